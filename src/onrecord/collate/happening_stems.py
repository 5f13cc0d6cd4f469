"""A word -> its stem, by plain rules: "killings" → kill, "shot" → shoot; and the words that tell nothing."""

from __future__ import annotations

from functools import lru_cache

STOP = frozenset(
    "a an the and or but nor so yet if then than that this these those there here it its it's he him his she her hers they "
    "them their theirs we us our ours you your yours i me my mine myself himself herself itself themselves who whom whose "
    "which what when where why how is am are was were be been being do does did done doing have has had having will would "
    "shall should can could may might must ought of in on at by for with about against between into through during before "
    "after above below to from up down out off over under again further once all any both each few more most other some "
    "such no not only own same too very just as while because until since although though also however s t d ll re ve m "
    "don didn doesn isn wasn weren aren hasn haven hadn won wouldn couldn shouldn can't cannot said say says saying told "
    "tell tells according mr mrs ms dr one two three four five six seven eight nine ten first second monday tuesday "
    "wednesday thursday friday saturday sunday today yesterday tomorrow night morning afternoon evening pm am jan feb mar "
    "apr jun jul aug sept sep oct nov dec january february march april june july august september october november "
    "december year years day days week weeks month months time times new last late later early now still even much many "
    "among amid via per around toward towards upon within without across along near nearly like well back get got make "
    "made go going come came take took".split()
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "shot:shoot shots:shoot shooter:shoot shooters:shoot gunned:gun slain:slay slew:slay died:die dying:die death:die "
        "deaths:die dead:die met:meet held:hold began:begin begun:begin broke:break broken:break won:win lost:lose left:leave "
        "fell:fall fallen:fall fought:fight found:find gave:give given:give hid:hide hurt:hurt knew:know known:know led:lead "
        "fled:flee sent:send sold:sell bought:buy brought:bring caught:catch chose:choose chosen:choose drove:drive "
        "driven:drive flew:fly flown:fly froze:freeze frozen:freeze sought:seek stole:steal stolen:steal struck:strike "
        "stricken:strike strikes:strike swore:swear sworn:swear took:take taken:take thrown:throw threw:throw "
        "withdrew:withdraw withdrawn:withdraw wrote:write written:write fired:fire firing:fire wounded:wound ran:run "
        "paid:pay put:put quit:quit rose:rise risen:rise saw:see seen:see shook:shake spoke:speak spoken:speak stood:stand "
        "taught:teach thought:think tore:tear torn:tear woke:wake bore:bear born:bear built:build dealt:deal felt:feel "
        "kept:keep laid:lay lay:lie made:make meant:mean read:read rode:ride sank:sink sunk:sink sat:sit shut:shut "
        "slept:sleep spent:spend split:split stuck:stick swept:sweep swam:swim men:man women:woman children:child people:person "
        "killer:kill killers:kill killing:kill killings:kill murderer:murder announcement:announc election:elect "
        "acquisition:acquir acquired:acquir marriage:marri wedding:wed explosion:explod attacker:attack robbery:rob robber:rob "
        "robbers:rob burglary:burglar arrested:arrest resignation:resign appointment:appoint nomination:nomin invasion:invad "
        "collision:collid decision:decid conviction:convict verdict:convict sentencing:sentenc"
    ).split()
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; words of one stem need not be one word, but seldom are not."""
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies"):
        return word[:-3] + "i"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) > 2 and any(c in "aeiouy" for c in word[: -len(ending)]):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 3:
        return word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word
