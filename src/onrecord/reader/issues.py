"""What a position is about, by its words (`issue_of`).

Two tiers: words that name an issue by themselves, then words that do so only where nothing stronger stands
("security", "government").  Within a tier the first to stand in the text decides: heads come before what
they govern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SURE = 0.6
"""The head's issue is taken from here on, whatever the words say."""
Patterns = tuple[tuple[str, re.Pattern[str]], ...]

_HELD = r"(?:soldiers|troops|fighters|men|commanders|guards|pilots|officers|policemen|medics|demonstrators|protesters|activists|journalists|leaders?)"


def _compiled(*rows: tuple[str, str]) -> Patterns:
    return tuple((issue, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for issue, pattern in rows)


_STRONG = _compiled(
    ("guarantees", r"guarant(?:ees?|ors?|eed?)\b|assurances?\b|(?:binding|written|firm) (?:promises?|commitments?|pledges?)"),
    (
        "disarmament",
        (r"disarm\w*|demilitari\w+|demobili\w+|decommission\w*|disband\w*|dismantl\w+ (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:battalions?|militias?|arsenal|wing|brigades?)|"
        r"(?:lay|laid|laying|put|putting|give|giving|gave|hand|handing|surrender\w*|keep|keeping|kept|store|turn\w*) (?:\w+ ){0,3}?(?:arms|weapons|rifles|guns|fighters|rockets)|"
        r"(?:our|their|its|the group['’]s) weapons|(?:left?|leaves?|leaving|remain\w*|stay\w*) (?:\w+ ){1,3}armed|rein in the militias|mines? (?:are|is|be|were) cleared|clear\w* (?:the )?mines|tunnels"),
    ),
    ("hostages", r"hostages?\b|captives?\b|abduct\w+|kidnapp\w+|(?:bring|free|release|releas\w+ of|return of)\b[^,;.]{0,20}\b(?:children|sons|daughters|workers|teachers|sailors|nurses|girls|pupils|civilians|priest|engineers)"),
    (
        "prisoners",
        (rf"prisoners?\b|detainees?\b|inmates?\b|political prisoner|jailed \w+|imprisoned|prisons\b|held without charge|(?:free|freed|freeing|releas\w+|return|transfer|hand(?:ed|ing)? over|bring|give up)\b[^,;.]{{0,45}}\b{_HELD}\b|"
        r"(?:general|leader|commanders?|man|woman|two|three|them|him|her|everyone) (?:was|were|is|are|be) (?:freed|released)|(?:his|her|their) release|(?:unconditional|immediate)[^,;.]{0,20} release|exchange of (?:men|soldiers)|amnesty for"),
    ),
    ("end_of_war", r"end(?:ing|s|ed)? (?:to |of )?(?:the |its |this |their |of )*(?:\w+ )?(?:war|conflict|hostilities|insurgency|bloodshed)\b|permanent (?:ceasefire|truce|end)|(?:halt|stop) (?:to )?the war|lasting peace|peace (?:plan|accord|deal|agreement|in|with)\b|conflict be declared over|bring (?:about )?peace|get peace"),
    (
        "ceasefire",
        (r"cease-?fires?\b|truces?\b|cessation|armistice|lull\b|(?:humanitarian |\w+-(?:day|week|hour) )?pause\b(?! in (?:the )?talks)|(?:stop|halt|halts?|end|suspen\w+|cease)\b (?:to |in |of |the |all |its |their |any )*"
        r"(?:fighting|shelling|bombing|firing|bombardment|offensive|strikes|attacks|assault|siege|raids|crusade)|guns fall silent|shelling stops|(?:army|troops|forces) would halt|halt (?:the )?(?:army|advance)"),
    ),
    (
        "withdrawal",
        r"withdraw(?!\w* (?:of )?(?:the |a |its )?(?:bill|law|candid|charges|offer|support))\w*|pull(?:s|ed|ing)?[- ]?(?:[\w-]+ ){0,4}(?:out|back)\b|pull-?(?:out|back)|(?:soldiers|troops|forces|army|foreigners) (?:to )?(?:leave|left|return|go home)|leave the (?:territory|country|region|valley)|return to (?:the )?lines|remove the (?:missile|tanks|troops)|vacate",
    ),
    ("aid_access", r"humanitarian|(?:aid|relief) (?:flights?|convoys?|trucks?|workers? (?:in|into|access)|deliver\w+|access|be)\b|convoys?\b|corridors?\b|deliver\w* (?:of )?(?:food|aid|flour|medicine)|food|flour|medicine|crossings?\b|(?:lift\w*|end|ease) (?:of )?(?:the )?(?:siege|blockade)|blockade is lifted|trucks\b|the road open"),
    ("refugees", r"refugees?\b|displaced (?:people|persons|families)|right of return|reception centre|migrants?\b|return of (?:the )?(?:families|villagers)"),
    ("sanctions", r"sanctions?\b|embargo\w*|tariffs?\b|freez\w+ (?:the )?(?:\w+ )?assets|ban on (?:imports?|exports?|oil|coal|timber|steel|gas|\w+ (?:imports?|coal|oil|gas|timber|steel|exports))|naval blockade|blockade of the port"),
    ("recognition", r"recogni\w+|statehood|(?:sole|legitimate) (?:representative|government|authority)|legitima(?:cy|te)\b|a \w+ state\b|their state\b|court['’]s authority"),
    ("inspection", r"inspect\w*|verification|(?:fact-finding|monitoring|observer) (?:mission|team)|observers?\b|monitors (?:in|at|to)\b|investigators (?:in|to)\b|(?:experts|doctor|commission) to (?:join|enter|visit|see)"),
    ("elections", r"elections?\b|ballots?\b|referendum (?!on a)|re-?elect\w*|polls?\b|voting\b|(?:the )?vote (?:be|is|was|should)\b|a (?:new |second )?vote\b|final say|by-election|recount|run-?off"),
    ("resignation", r"resign\w*|step(?:s|ped|ping)? (?:down|aside)|stand(?:s|ing)? down|quit\b|oust\w*|(?:leave|leaves|left|leaving) (?:office|power)|be (?:replaced|dismissed|sacked|fired|removed)|dismiss(?:al)?\b(?! of the bill)|must (?:fall|go)\b|to go$|^go$|(?:his|her) (?:departure|removal|ouster)|date (?:he|she) leaves|\w+-year rule"),
    ("autonomy", r"autonom\w+|self-rule|independence\b|self-determination|secession"),
    ("compensation", r"compensat\w+|reparations?|damages\b|pay (?:rise|claim)|wages?\b|salar\w+|pensions?\b(?! cuts)|ransom|payment|\d+ (?:million|billion) (?:dollars|euros|pounds)|\d+(?:\.\d+)?% (?:pay|rise|raise)"),
    ("apology", r"apolog\w+"),
    (
        "justice",
        (r"justice\b|investigat\w+|inquir\w+|probe\b|trials?\b|tried\b|retry|prosecut\w+|accountab\w+|to account\b|courts?\b|courtroom|judges?\b|the dock\b|charges\b|sentence[ds]?\b|extradit\w+|verdict|acquitt\w+|ruling\b|pardon|amnesty|"
        r"immunity|death penalty|leniency|arrest\b|imprison\w*|take responsibility|the truth|fate of|where the bodies|handed over|handover\b|witness|perpetrators|guilty|tribunal|war crimes?"),
    ),
    ("legislation", r"bills?\b|laws?\b|legislation|amendment|ban (?:such|on (?:fire)?arms|on guns|all)|(?:weapons|guns) (?:would|will|should|must) be banned|subsid\w+|budget|cuts?\b|tax\w*"),
    ("restraint", r"restraint|\bcalm\b|patience|de-?escalat\w+|refrain\w*|retaliat\w+|revenge|spare civilians|end (?:the |a )?(?:violence|crackdown)|crackdown|rubber bullets|stop (?:attacking|killing|the violence|beating)|air raids|air strikes? on|siege\b|flexibility|the use of force"),
    ("talks", r"talks\b|negotiat\w+|dialogue\b|mediat\w+|(?:back|come|return\w*|sit\w*|walk\w*) (?:\w+ )?(?:to|at|from|away from|down at) the table|sit (?:across|down|with)|the next round|bargain\w*|envoy|invitation|channel open|meet (?:him|her|them|the|his|its|with|in)\b|host (?:the|a|talks|both)|talk (?:to|with|about)|discuss\w*|in person|summit|rift\b|peace (?:conference|process|talks)|differences"),
    (
        "presence_of_forces",
        r"peacekeep\w+|(?:foreign|international|regional|occupation|multinational|stabili[sz]ation) (?:force|forces|troops|police|soldiers|mission)|air ?bases?\b|bases?\b|buffer zone|garrison|(?:troops|soldiers|forces) (?:would |will |should )?(?:stay|remain|in|kept)|keeping forces|ground (?:invasion|troops|forces)|recall (?:its|the|their) (?:\d+ )?(?:troops|soldiers)|number of (?:its |the )?(?:monitors|troops)|battalion",
    ),
    ("territory", r"territor\w+|borders?\b(?! wall)|annex\w*|islands?\b|retake|regain\w* control|take control of|the (?:lake )?district|strait\b|highway\b|enclave|waters?\b|frontier|sovereignty|sea\b|the heights"),
    ("arms", r"arms (?:deal|sales|deliver\w+|supplies)|arming\b|(?:fighter )?jets|supply (?:of )?weapons|missiles?\b|ammunition|gunrunners|rearm\w*|armament"),
)  # fmt: skip
_WEAK = _compiled(
    ("protection", r"protect\w*|safety|safe passage|security|exile\b|asylum|no-fly zone|spare\b|air strikes"),
    ("governance", r"governments?\b|govern\w*|reforms?\b|power\b|rule\b|democra\w+|constitution\w*|parliament|assembly|coalition|cabinet|ministr(?:y|ies)\b|minister\b|state of emergency|emergency\b|takeover|coup\b|leadership|transition|administration|king\b|monarchy|president\b|political process|prorog\w+|prorogation|seats\b|term limits|civilian rule|restore order|overthrow|topple|decree|chamber\b|mandate"),
    ("elections", r"referendum|votes?\b|delay\b|postpone\w*|seats"),
    ("legislation", r"ban\b|act\b"),
    ("arms", r"arms\b|weapons?\b|guns?\b"),
    ("presence_of_forces", r"troops|forces|soldiers|monitors"),
    ("hostages", r"release\b|freed?\b|exchange\b"),
    ("aid_access", r"\baid\b|supplies|relief"),
    ("guarantees", r"promises?\b|commitment"),
    ("territory", r"land\b|sea\b|villages?\b"),
    ("withdrawal", r"leav(?:e|es|ing)\b|pull"),
    ("end_of_war", r"peace\b|accord\b"),
    ("restraint", r"violence"),
)  # fmt: skip

_ANAPHOR = re.compile(
    r"(?:(?:the|this|that|these|those|such|a|an|any|its|their|his|her|all|of|it|them|which|two|three|no|\w+an)\s*)*(?:latest|final|last|new|"
    r"proposed|first|second|third)?\s*(?:offers?|plans?|proposals?|ideas?|steps?|moves?|demands?|conditions?|requests?|decisions?|measures?|terms|text|"
    r"deal|agreement|one|accord|signing|draft|document|package|repl(?:y|ies)|report|call|outcome|signing|payment|transfer|delay|phase|objections|promises?)?(?:\s+by\s.*)?$",
    re.IGNORECASE,
)


def _first(text: str, patterns: Patterns) -> str | None:
    hits = [(m.start(), n, issue) for n, (issue, pattern) in enumerate(patterns) if (m := pattern.search(text))]
    return min(hits)[2] if hits else None


def named_issues(text: str) -> dict[str, str]:
    """Every issue that some words name, each with how: "first" and "later" by strong words, "weak" by others."""
    hits = sorted((m.start(), n, issue) for n, (issue, pattern) in enumerate(_STRONG) if (m := pattern.search(text)))
    found = {issue: "first" if k == 0 else "later" for k, (*_, issue) in enumerate(hits)}
    faint = sorted((m.start(), n, issue) for n, (issue, pattern) in enumerate(_WEAK) if (m := pattern.search(text)))
    for k, (*_, issue) in enumerate(faint):
        found.setdefault(issue, f"weak {'first' if k == 0 else 'later'}{'' if hits else ' alone'}")
    return found


def issue_of(
    text: str, head: tuple[str, float] | None = None, *, around: Callable[[], tuple[str, ...]] | None = None
) -> str:
    """The issue that some words are about: the head's where it is sure or nothing is listed, else by the words.

    `around` gives the texts to look at, nearest first, where the words only point back ("the offer", "it").
    """
    if head and head[1] >= SURE:
        return head[0]
    if head and any(issue == head[0] and pattern.search(text) for p in (_STRONG, _WEAK) for issue, pattern in p):
        return head[0]
    texts = [text]
    if around is not None and _ANAPHOR.match(text.strip()):
        texts += around()
    for t in texts:
        if found := _first(t, _STRONG) or _first(t, _WEAK):
            return found
    return head[0] if head else "other"
