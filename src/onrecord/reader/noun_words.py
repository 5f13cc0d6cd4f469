"""Head nouns of actors by what they name, and the closed word classes that bound an English noun phrase.

General vocabulary of conflict and politics news; sectors stand in the codebook's role table, not here.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STATE_HEADS: Final = _set(
    "government administration regime state country nation republic kingdom leadership authorities"
)
MEDIA_HEADS: Final = _set(
    "newspaper paper daily weekly tabloid broadcaster channel network station media outlet website magazine tv television "
    "radio press newscast gazette newsroom"
)
DOCUMENT_HEADS: Final = _set(
    "statement document letter report study poll survey indictment filing lawsuit motion complaint text communique "
    "communiqué memo memorandum resolution ruling declaration draft tweet post video release affidavit leaflet flyer "
    "transcript file record cable request note bulletin readout count tally footage data email e-mail decision "
    "summary judgment judgement verdict dossier chart statistic figure guideline banner placard sign imaging paper "
    "testimony message email recording diary book article plan framework estimate warrant order copy terms term record study readout"
)
ORGANISATION_HEADS: Final = _set(
    "ministry department office police army navy military court parliament council commission committee embassy party "
    "company bank university hospital agency service bureau institute foundation union federation league authority "
    "secretariat mission command force forces troops prosecution camp side delegation team panel jury tribunal assembly "
    "senate congress house campaign firm organisation organization government movement front militia faction brigade "
    "coalition alliance presidency kremlin junta ngo charity watchdog observatory monitor body cabinet judiciary inquiry "
    "legislature palace contingent association group chamber diocese church club corporation intelligence opposition "
    "defence defense partner bidder airline operator defendant-company railway ministry squad unit battalion regiment "
    "division corps guard militia wing air-force coastguard base mosque school college think-tank inquest society board "
    "business pact court-martial gang cartel network brotherhood bloc trust fund consulate"
)
MASS_GROUPS: Final = _set(
    "public clergy crowd staff population family families community couple minority majority youth mob clan tribe crew convoy patrol"
)
PERSON_HEADS: Final = _set(
    "man woman boy girl person official officer spokesman spokeswoman spokesperson minister president leader chief head "
    "director commander general colonel envoy diplomat ambassador lawmaker senator mp judge prosecutor lawyer doctor "
    "witness eyewitness resident activist analyst expert source member aide adviser advisor negotiator mediator secretary "
    "governor mayor king queen prince princess emir sheikh imam priest bishop pope journalist reporter student professor "
    "teacher driver worker victim suspect attacker gunman soldier policeman policewoman fighter militant rebel refugee "
    "survivor relative father mother son daughter brother sister wife husband founder candidate chairman chairwoman chair "
    "deputy premier chancellor coordinator representative historian economist nurse farmer fisherman trader shopkeeper "
    "neighbour neighbor protester protestor demonstrator editor author pilot captain lieutenant sergeant major brigadier "
    "admiral constable superintendent commissioner detective coroner speaker whip insider defendant politician executive "
    "parent child schoolchild grandchild surgeon blogger engineer interpreter investigator inspector organiser organizer guard bodyguard nephew "
    "uncle aunt cousin grandfather grandmother widow orphan friend colleague partner associate assistant clerk owner "
    "manager boss tycoon oligarch banker analyst insurgent guerrilla terrorist jihadist islamist bomber hijacker kidnapper "
    "captor hostage captive prisoner detainee inmate patient passenger migrant exile deserter recruit conscript veteran "
    "reservist marine sailor medic paramedic rescuer firefighter volunteer supporter opponent rival ally critic "
    "campaigner marcher rioter looter settler villager citizen civilian national foreigner tourist visitor pilgrim "
    "worshipper mourner bystander onlooker pedestrian motorist commuter teenager youth adult minor baby infant pensioner "
    "monk nun cleric rabbi pastor patriarch mufti ayatollah mullah elder tribesman chieftain warlord smuggler trafficker "
    "dealer thief robber burglar killer murderer assassin shooter sniper spy agent defector whistleblower informant "
    "observer monitor peacekeeper delegate participant attendee guest host winner loser voter elector councillor "
    "congressman congresswoman legislator deputy parliamentarian premier statesman ruler dictator monarch sultan shah "
    "taoiseach consul attache attaché treasurer secretary-general director-general undersecretary counsellor counselor "
    "counsel attorney solicitor barrister advocate magistrate justice juror plaintiff accuser claimant applicant critic "
    "scientist researcher academic scholar writer poet novelist artist musician singer actor actress filmmaker "
    "film-maker photographer cameraman columnist correspondent commentator presenter anchor publisher pundit "
    "interviewee protégé friend-of-the-family foreman miner docker builder driver-guard trucker cab-driver conductor "
    "steward crewman skipper helmsman fisher herder shepherd rancher landowner peasant labourer laborer employee employer "
    "striker unionist unionist-leader shareholder investor contractor supplier customer consumer client subscriber "
    "gunner trooper paratrooper infantryman airman serviceman servicewoman militiaman guardsman lieutenant-colonel "
    "brigadier-general figure guarantor minder insider handler overseer caretaker janitor tenant landlord householder "
    "homeowner counterpart attorney-general policymaker patient pathologist merchant vendor hawker butcher baker mechanic electrician plumber carpenter"
)
GENERIC_PEOPLE: Final = _set("person people other one two three those someone anyone everyone somebody nobody")
UNNAMED: Final = _set("source insider whistleblower")
QUANTITIES: Final = _set(
    "number dozens hundreds thousands scores majority handful lot lots couple pair rest half most some many all both each "
    "tens millions several few none any group crowd series string total one two three four five six seven eight nine ten "
    "another crowds groups hundred thousand score dozen million part"
)
DETERMINERS: Final = _set(
    "the a an whose this that these those some several many most all both another other one two three four five six seven eight "
    "nine ten eleven twelve its his her their our my your no any each every either neither various dozens hundreds "
    "thousands scores more few fewer what whose same such certain at least about around nearly almost roughly only just "
    "up than over under even also"
)
DEFINITE: Final = _set("the this that these those his her its their our my your both such same")
INDEFINITE: Final = _set(
    "a an one two three four five six seven eight nine ten eleven twelve some several many another other various dozens hundreds "
    "thousands scores more few most no any each every certain"
)
STOPPERS: Final = _set(
    "who whom whose which that of for from in with at on by to into near inside outside under over against including "
    "as where when while because after before since and or but via among between during about amid around along "
    "within without upon across behind beyond through towards toward despite like until than if though although not n't "
    "is are was were be been being has have had do does did will would can could may might must shall should "
    "said says say saying told tells tell added adds according speaking citing briefed close familiar loyal opposed based aged "
    "there here today yesterday tonight tomorrow then now later again also too alone abroad overseas online together "
    "monday tuesday wednesday thursday friday saturday sunday themselves himself herself itself per plus known he she it they we i him them us me"
)
NOT_MODIFIER: Final = STOPPERS | _set(
    "say called calls call urged urges asked asks accused accuses killed kills kill wounded attacked attacks met meets meet "
    "warned warns denied denies claimed claims reported reports announced announces arrested arrests detained held "
    "believe believes believed think thinks want wants wanted including seeing made make makes took take takes gave give "
    "gives saw see sees found left leave leaves joined join joins blamed blames sent send sends ordered orders let lets "
    "got get gets put puts kept keep keeps became become becomes remained remain out off up down so very how why "
    "released freed seized shot hit struck injured condemned criticised criticized praised thanked rejected accepted "
    "backed supported led supports support forced hopes hoped fear feared demanded demands invited visited fired beat beaten "
    "captured abducted kidnapped rescued executed hanged expelled summoned briefed quoted quoting calling urging accusing "
    "killing wounding injuring attacking meeting telling asking warning sending taking giving making leaving forcing "
    "protecting ordering allowing letting helping blaming backing supporting joining arresting detaining freeing "
    "releasing targeting using representing seeking never thing things reason way moment allow allowed allows help helped helps force"
)
"""What never stands between a determiner and its noun in a scan from the right."""
EX: Final = _set("former ex then-president late ousted deposed outgoing acting")
