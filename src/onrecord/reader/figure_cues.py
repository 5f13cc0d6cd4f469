"""Words that tell what a number measures: verbs, nouns and states by measure of the codebook.

`VERBS` maps every inflected form; a form is looked up in lower case.  The lists are ordinary news vocabulary,
grown on the training reports and on our own corpus, and hold no names.
"""

from __future__ import annotations

MEASURES = (
    "killed injured casualties missing abducted held released detained displaced sick participants troops weapons "
    "incidents aid money votes share duration other"
).split()
OF_PEOPLE = frozenset(
    "killed injured casualties missing abducted held released detained displaced sick participants".split()
)

_TRANSITIVE = {
    "killed": "drown neutralise neutralize kill murder execute slaughter massacre assassinate behead lynch "
    "electrocute asphyxiate",
    "injured": "treat injure wound hurt maim hospitalise hospitalize beat assault",
    "casualties": "stab torture",
    "abducted": "abduct kidnap seize",
    "released": "release free liberate pardon swap repatriate acquit exchange",
    "detained": "detain arrest capture jail imprison apprehend intern",
    "displaced": "displace evacuate uproot shelter",
    "troops": "deploy mobilise mobilize",
    "sick": "infect sicken poison",
}
_IRREGULAR = {
    "slain": "killed", "slew": "killed", "slaying": "killed", "gunned": "killed", "beaten": "injured",
    "shot": "casualties", "shooting": "casualties", "held": "held", "holds": "held", "holding": "held", "hold": "held",
}  # fmt: skip
_INTRANSITIVE = {
    "killed": "died dies dying perished",
    "missing": "disappeared vanished disappear",
    "displaced": "fled flee flees fleeing",
    "participants": "participated participating participate marched march marching gathered gathering gather rallied rallying protested protesting "
    "demonstrated demonstrating demonstrate attended attending assembled assembling flocked paraded picketed "
    "mourned",
    "votes": "voted abstained voting",
    "sick": "sickened",
}
STATES = {
    "dead": "killed", "lifeless": "killed", "missing": "missing", "unaccounted": "missing", "homeless": "displaced",
    "captive": "held", "hostage": "held", "hospitalised": "injured", "hospitalized": "injured", "ill": "sick",
    "sick": "sick", "unhurt": "other",
}  # fmt: skip
"""Words that follow the counted noun or a verb of being: "left 12 dead", "16 were missing"."""

CROWD = frozenset(
    "demanding demand demanded chanting chanted chant calling poured pouring converged converging streamed streaming "
    "thronged packed packing joined joining massed turned streets together walked walking blocked occupied waded "
    "demonstration march protest rally vigil strike swamped flooded defied attend".split()
)
"""Words that make a large number of people a crowd, where no verb names the measure."""

MODIFIERS = {
    "wounded": "injured", "injured": "injured", "displaced": "displaced", "missing": "missing", "dead": "killed",
    "slain": "killed", "kidnapped": "abducted", "abducted": "abducted", "infected": "sick", "detained": "detained",
    "arrested": "detained", "jailed": "detained", "imprisoned": "detained", "captive": "held", "stranded": "other",
    "former": "other", "ex": "other", "freed": "released", "released": "released", "homeless": "displaced",
}  # fmt: skip
"""Adjectives of the counted noun that give the measure: "17 injured men"."""

NOMINALS = {
    "killing": "killed", "killings": "killed", "death": "killed", "deaths": "killed", "murder": "killed",
    "murders": "killed", "execution": "killed", "executions": "killed", "massacre": "killed", "slaughter": "killed",
    "assassination": "killed", "lynching": "killed", "bodies": "killed", "corpses": "killed", "remains": "killed",
    "loss": "killed", "wounding": "injured", "injury": "injured", "injuries": "injured", "beating": "injured",
    "stabbing": "casualties", "shooting": "casualties", "arrest": "detained", "arrests": "detained",
    "detention": "detained", "capture": "detained", "imprisonment": "detained", "abduction": "abducted",
    "abductions": "abducted", "kidnapping": "abducted", "kidnap": "abducted", "release": "released",
    "liberation": "released", "freeing": "released", "exchange": "released", "swap": "released",
    "displacement": "displaced", "exodus": "displaced", "evacuation": "displaced", "disappearance": "missing",
    "crowd": "participants", "crowds": "participants", "march": "participants", "rally": "participants",
    "gathering": "participants", "protest": "participants", "demonstration": "participants",
    "force": "troops", "contingent": "troops", "deployment": "troops", "garrison": "troops",
}  # fmt: skip
"""Nouns that govern a number through "of" or "to": "the killing of 12 herders"."""

_HEADS = {
    "killed": "murders killings executions assassinations deaths death fatalities fatality dead bodies body corpses corpse deceased killed martyrs drownings "
    "graves",
    "injured": "injuries injury injured wounded",
    "casualties": "casualties casualty",
    "missing": "missing disappearances",
    "abducted": "abductions kidnappings abductees",
    "held": "hostages hostage captives captive prisoners pows",
    "detained": "arrests arrest detainees detainee detentions inmates arrestees",
    "displaced": "refugees refugee evacuees displaced idps returnees",
    "participants": "protesters protestors protester demonstrators demonstrator marchers participants attendees "
    "supporters strikers mourners petitioners co-petitioners worshippers spectators signatories signatures "
    "volunteers runners rioters petitioner",
    "troops": "troops soldiers soldier fighters fighter personnel servicemen reservists peacekeepers peacekeeper "
    "mercenaries militants militant rebels rebel insurgents insurgent gunmen gunman marines commandos militiamen "
    "reinforcements brigades battalions paratroopers policemen infantry combatants infantrymen conscripts guardsmen "
    "jihadists attackers recruits police militia",
    "weapons": "rockets rocket missiles missile tanks tank drones drone guns gun rifles rifle pistols shotguns bombs "
    "bomb shells mortars mortar firearms firearm weapons weapon warplanes warplane aircraft jets jet helicopters "
    "helicopter grenades grenade mines landmines launchers launcher artillery howitzers vehicles warships frigates "
    "destroyers submarines ieds explosives warheads machine-guns ak-47s torpedoes gunships carriers bullets cartridges howitzer kalashnikovs munitions batteries "
    "fighter-jets bombers projectiles uavs ammunition semi-automatics warhead frigate warship",
    "incidents": "attacks attack incidents incident bombings bombing explosions explosion blasts blast accidents "
    "accident airstrikes airstrike strikes strike raids raid clashes clash cases case sorties protests shootings "
    "shooting violations breaches gunshots crashes crash earthquakes quakes aftershocks lawsuits complaints "
    "investigations inquiries allegations actions demonstrations rallies skirmishes battles ambushes assaults "
    "shellings kidnappings fires wildfires floods outbreaks hijackings stabbings evictions "
    "operations missions tests launches convoys storms offences robberies coups salvos impacts "
    "bombardments intrusions overflights disappearances assassination gunshot riots mutinies tremors shots",
    "aid": "trucks truck lorries lorry truckloads tonnes tons tents parcels meals pallets aid blankets rations "
    "packages "
    "doses",
    "votes": "votes vote ballots abstentions",
    "sick": "infections infection patients",
}
HEADS = {word: measure for measure, words in _HEADS.items() for word in words.split()}
"""What is counted → measure, where no verb says otherwise ("3,100 soldiers")."""

UNITS = {
    "mission": "troops", "army": "troops", "brigade": "troops", "battalion": "troops", "unit": "troops",
    "regiment": "troops", "militia": "troops",
}  # fmt: skip
"""Bodies of troops by their strength: "a 9,500-strong mission"."""
SHOT = frozenset("ammunition artillery mortar tank tear bullets rubber live gun rifle shell cannon".split())
SUMS = frozenset(
    "total number sum toll group column convoy fleet some most out maximum minimum average estimate condition fate names "
    "identities presence".split()
)
"""Nouns before "of" that only lead up to a number: "a total of 30"."""

FIRM_HEADS = frozenset(
    "deaths death fatalities casualties injuries arrests abductions kidnappings votes ballots abstentions rockets "
    "missiles drones tanks bombs shells attacks bombings explosions airstrikes strikes raids explosives "
    "gunshots murders killings executions assassinations bodies corpses".split()
)
"""Heads that no verb of harm further off can turn into victims: "killed in two attacks"."""

NOT_PEOPLE = frozenset(
    "plans plan statements videos photos pictures images emails files pages records recordings objects items entities "
    "artifacts artefacts companies firms banks websites accounts units commutations mummies statues paintings town towns village villages city cities position positions building buildings house houses home homes mosque "
    "mosques church churches school schools hospital hospitals clinic clinics checkpoint checkpoints base bases "
    "bridge bridges seat seats station stations structure structures shop shops district districts province provinces "
    "area areas outpost outposts settlement settlements flat flats street streets country countries state states ship "
    "ships boat boats kilograms kg kilos pounds grams litres dollars car cars bus buses hill hills airport airports "
    "document documents computer computers phone phones animals cattle cows sheep goats horses dogs facilities centres "
    "centers offices office units compounds compound caches cache ton tons tonnes islands ports vessels points head "
    "games matches elections".split()
)

CALENDAR = {
    "minute": ("minute", 1),
    "hour": ("hour", 1), "day": ("day", 1), "week": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1),
    "year": ("year", 1), "decade": ("year", 10), "century": ("year", 100),
}  # fmt: skip
PLURAL_UNITS = {"centuries": "century"} | {f"{u}s": u for u in CALENDAR if u != "century"} | {u: u for u in CALENDAR}
MEASURING = frozenset(
    "mile miles km kms kilometre kilometres kilometer kilometers metre metres meter meters foot feet ft inch inches "
    "yard "
    "yards acres acre hectare hectares degree degrees mph kmh kph knots knot cm mm nautical square cubic percentage "
    "times time watts megawatts mw gw seconds second secs point points storey storeys story "
    "stories floor floors lb lbs mm caliber calibre part parts terms term sides side fronts front locations location "
    "ways hand hands stage stages phase phases rounds halves goals goal games matches sets laps runs wickets kmph m c "
    "f b volumes pages paragraphs chapters star stars mach".split()
)
"""Units of length, speed, minutes, scores and parts: counted, but never a figure by the codebook."""

AUXILIARIES = frozenset("is are was were be been being has have had will would could may might must can should".split())
BEING = frozenset("is are was were be been being get gets got getting".split())
HEDGES = frozenset(
    "reported reportedly believed feared confirmed thought known said presumed understood expected due set to likely "
    "also "
    "already going still now not never allegedly then since all both later previously critically seriously severely badly "
    "lightly slightly mostly largely subsequently eventually apparently currently initially only just either summarily "
    "fatally brutally being been be have has had were was left found listed declared pronounced taken burned "
    "burnt crushed even probably officially publicly illegally arbitrarily forcibly gravely "
    "immediately recently".split()
)
"""May stand between a verb of being and the word that names the measure: "were reported to have been killed"."""

PREPOSITIONS = frozenset(
    "in at on from near by during for with to between against since into outside under over inside around across "
    "along through throughout within without after before about upon via amid among amongst off toward towards until "
    "till than like despite per because beside beyond following aboard".split()
)
SUBORDINATORS = frozenset(
    "that which who whom whose while but because when as if although though where whereas unless so yet after before "
    "since said says told say according".split()
)
PRONOUNS = frozenset("he she it they we i you this there who which that him her them us these those".split())
DETERMINERS = frozenset(
    "the a an another additional further these those its his her their our your my all other others more extra some "
    "any "
    "both each no every only just remaining first last such".split()
)
ADVERBS = frozenset("now then later still also soon often once again together".split())
"""Stand before a verb and in no list of nouns ("her children and now lives")."""
CONJUNCTIONS = frozenset({"and", "or", ",", "plus", "including", "&", "nor"})
PEOPLE_NOUNS = frozenset(
    "people men women children civilians police officers workers members journalists students villagers residents "
    "nationals citizens families relatives nephews nieces sons daughters brothers sisters cousins colleagues comrades "
    "cadres staff employees passengers girls boys youths doctors nurses medics teachers engineers miners fishermen "
    "sailors pilots crew persons adults foreigners tourists pilgrims clerics priests monks aides bodyguards guards "
    "others hostages captives prisoners detainees refugees migrants patients victims survivors leaders commanders "
    "ministers lawmakers diplomats technicians experts pupils minors troopers servicemen".split()
)
DRAWS = frozenset("drew draws draw drawing attracted attracting attracts".split())
"""Verbs of gatherings before their size: "the rally drew 500 people"."""
TAKES_PART = {
    ("took", "part"), ("taking", "part"), ("take", "part"), ("taken", "part"), ("turned", "out"), ("turning", "out"),
    ("showed", "up"), ("turned", "up"), ("walked", "out"), ("walked", "off"), ("downed", "tools"), ("lined", "the"),
    ("thronged", "the"), ("took", "to"), ("filled", "the"),
}  # fmt: skip
ILLNESS = frozenset(
    "cholera measles ebola polio mpox malaria covid coronavirus virus infected infection infections disease "
    "outbreak epidemic pandemic dengue typhoid influenza flu symptoms recovered".split()
)
"""Words that make "cases" cases of illness."""
ALWAYS_AID = frozenset("parcels meals rations aid blankets tents".split())
VOTERS = frozenset(
    "democrats republicans lawmakers mps deputies senators legislators members delegates councillors representatives "
    "judges justices states countries nations".split()
)
STATE_FORCES = frozenset(
    "police officers soldiers troops army military security authorities agents intelligence".split()
)
CRAFT = frozenset("boats boat ships ship vessels planes plane".split())
ARMED = frozenset("patrol naval navy war fighter attack gun assault torpedo military".split())
"""What makes boats, ships and planes weapons: "two patrol boats"."""
NOT_AID = frozenset(
    "gasoline diesel oil gas lng crude gold timber coal aviation pick pickup pick-up weapons ammunition smuggled smuggle "
    "contraband explosives munitions cocaine heroin heavy".split()
)
"""Words that make trucks and tons no aid."""
AID_GOODS = frozenset(
    "convoy convoys lorryload crossing charity charities unicef unrwa wfp agency supply biscuits blankets tents fuel aid "
    "food flour wheat rice grain medicine medicines medical relief humanitarian supplies water fuel-aid".split()
)

IRREGULAR_PLURALS = frozenset(
    "people men women children police persons personnel troops staff cattle aircraft dead wounded injured missing "
    "deceased policemen policewomen servicemen gunmen firemen fishermen clergymen militiamen guardsmen tribesmen media "
    "youths businessmen infantrymen iraqi iraqis chinese japanese british french israeli vietnamese sudanese lebanese "
    "portuguese spanish irish shia sunni infantry others sheep fish hostage displaced homeless killed detained "
    "arrested "
    "unemployed poor members-elect bpd".split()
)


def is_people(head: str) -> bool:
    """Does the noun (in lower case) name people?"""
    if head in NOT_PEOPLE:
        return False
    measure = HEADS.get(head)
    if measure is not None:
        return measure not in {"weapons", "aid", "incidents", "votes"}
    return head in PEOPLE_NOUNS or head.endswith(("men", "ists", "ians", "ers", "ors", "ees", "eers", "women"))


def _regular(verb: str) -> list[str]:
    """Base, -s, -ed and -ing forms of a regular verb."""
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    stem = verb + verb[-1] if verb in {"stab", "kidnap", "swap"} else verb
    third = verb + "es" if verb.endswith(("ss", "ch", "sh")) else verb + "s"
    return [verb, third, stem + "ed", stem + "ing"]


TRANSITIVE: dict[str, str] = {
    form: measure for measure, verbs in _TRANSITIVE.items() for verb in verbs.split() for form in _regular(verb)
} | _IRREGULAR
INTRANSITIVE: dict[str, str] = {form: m for m, forms in _INTRANSITIVE.items() for form in forms.split()}
PARTICIPLES: dict[str, str] = {
    form: measure
    for form, measure in TRANSITIVE.items()
    if form.endswith(("ed", "en", "ain")) or form in {"hurt", "shot", "held"}
}
