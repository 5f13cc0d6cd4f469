"""One numeral into its value: digits, number words, vague amounts, fractions, money and percentages (`ATOM`, `Atom`).

An atom is a numeral without its relation words: "1.5 million", "thirty-three", "tens of thousands", "two-thirds".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {w: i for i, w in enumerate(_SMALL)} | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9,
    "trillion": 10**12, "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
NUMERAL_WORDS = frozenset(
    {*_WORDS, *"hundred thousand million billion dozen dozens scores hundreds thousands millions several".split()}
)
"""Words that a number may consist of."""
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PLURALS: dict[str, tuple[float, float | None]] = {
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2000, 9999),
    "millions": (2 * 10**6, 10**7 - 1), "billions": (2 * 10**9, 10**10 - 1),
}  # fmt: skip
"""The codebook gives these up to thousands; beyond, the same proportions hold."""
_FEW: dict[str, tuple[int, int]] = {"several": (3, 9), "few": (3, 9), "handful": (3, 9), "couple": (2, 2)}
CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "#": "GBP", "¥": "JPY",
    "₹": "INR", "rs": "INR", "rs.": "INR", "₪": "ILS", "nis": "ILS", "₦": "NGN", "₽": "RUB", "chf": "CHF", "a$": "AUD",
    "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    **{code.lower(): code for code in "SEK NOK DKK PLN CZK HUF JPY CNY RUB INR TRY KES ZAR UAH AUD CAD".split()},
}  # fmt: skip
"""Signs to ISO 4217; "# " is how ISO-8859 pounds arrive in old newspaper dumps."""

_UNITS_OF_MONEY = {
    "dollar dollars": "USD", "euro euros": "EUR", "pound pounds sterling quid": "GBP", "yen": "JPY",
    "rupee rupees": "INR", "ruble rubles rouble roubles": "RUB", "shekel shekels": "ILS", "yuan renminbi": "CNY",
    "naira": "NGN", "lira liras": "TRY", "franc francs": "CHF", "hryvnia hryvnias": "UAH", "rial rials toman": "IRR",
    "riyal riyals": "SAR", "dinar dinars": "dinars", "peso pesos": "pesos", "reais": "BRL", "kroner": "NOK",
    "krona kronor": "SEK", "crown crowns": "crowns", "koruna korunas": "CZK", "rand": "ZAR", "won": "KRW",
    "zloty zlotys złoty złotys": "PLN", "lari": "GEL", "dram drams": "AMD", "dirham dirhams": "AED",
    "shilling shillings": "KES", "baht": "THB", "rupiah": "IDR", "ringgit": "MYR", "taka": "BDT", "birr": "ETB",
    "forint forints": "HUF", "tenge": "KZT", "bitcoin bitcoins": "BTC", "usd": "USD", "eur": "EUR", "gbp": "GBP",
    "cent cents": "cents", "pence": "pence",
}  # fmt: skip
CURRENCY_WORDS = {word: code for words, code in _UNITS_OF_MONEY.items() for word in words.split()}
"""Names of currencies to ISO 4217, or to themselves where several states use the name."""
NATIONAL = {
    ("australian", "USD"): "AUD", ("canadian", "USD"): "CAD", ("singapore", "USD"): "SGD", ("zealand", "USD"): "NZD",
    ("taiwan", "USD"): "TWD", ("egyptian", "GBP"): "EGP", ("sudanese", "GBP"): "SDG", ("syrian", "GBP"): "SYP",
    ("lebanese", "GBP"): "LBP", ("lebanese", "TRY"): "LBP", ("pakistani", "INR"): "PKR", ("lankan", "INR"): "LKR",
    ("nepalese", "INR"): "NPR", ("yemeni", "IRR"): "YER", ("omani", "IRR"): "OMR", ("iraqi", "dinars"): "IQD",
    ("jordanian", "dinars"): "JOD", ("kuwaiti", "dinars"): "KWD", ("libyan", "dinars"): "LYD",
    ("tunisian", "dinars"): "TND", ("algerian", "dinars"): "DZD", ("serbian", "dinars"): "RSD",
    ("mexican", "pesos"): "MXN", ("colombian", "pesos"): "COP", ("argentine", "pesos"): "ARS",
    ("chilean", "pesos"): "CLP", ("philippine", "pesos"): "PHP", ("cuban", "pesos"): "CUP",
    ("czech", "crowns"): "CZK", ("swedish", "crowns"): "SEK", ("norwegian", "crowns"): "NOK",
    ("danish", "crowns"): "DKK", ("danish", "NOK"): "DKK", ("cfa", "CHF"): "XOF", ("congolese", "CHF"): "CDF",
    ("ugandan", "KES"): "UGX", ("tanzanian", "KES"): "TZS", ("somali", "KES"): "SOS", ("moroccan", "AED"): "MAD",
    ("qatari", "SAR"): "QAR", ("belarusian", "RUB"): "BYN",
}  # fmt: skip
"""A nation and the common meaning of a currency's name to that nation's currency."""

_MAX_DIGITS = 24
"""Longer runs of digits are codes, not quantities."""
_SP = r"[^\S\n\r]"
_D = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_U = "|".join(sorted(_SMALL, key=len, reverse=True))
_T = "|".join(_TENS)
_S = r"hundred|thousand|million|billion|trillion|lakh|crore"
_N = rf"(?:(?:{_T})(?:[\s-](?:{_U}))?|(?:{_U}))(?!\w)"
_W = rf"(?:{_N}(?:[{{sp}}-](?:{_S})\b(?:{{sp}}(?:and{{sp}})?{_N})?)*)".replace("[{sp}-]", rf"(?:{_SP}|-)").replace(
    "{sp}", _SP
)
_F = "half|halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?"
_PLURAL = "|".join(_PLURALS)
_SIGN = r"(?:(?:US|USD|AU|CA|HK|NZ|A|C|S)?\$|€|£|¥|₹|₪|₦|₽|(?:USD|EUR|GBP|NIS|CHF|SEK|NOK|DKK|PLN|CZK|HUF|JPY|CNY|RUB|INR|TRY|KES|ZAR|UAH|AUD|CAD|Rs\.?)(?=\s?\d)|#(?=\s\d))"

ATOM = re.compile(
    rf"(?<![\w$€£])(?:(?<![^\W\d]-)|(?<=\d-to-)|(?<=one-to-))(?<!\d[.,:/])(?:"
    rf"(?P<ordinal>\d+(?:st|nd|rd|th)|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    rf"|twelfth|thirteenth|twentieth|hundredth)(?={_SP}))\b"
    rf"|(?P<quarters>(?:a|three){_SP}quarters?{_SP}(?:of{_SP}a{_SP})?(?:million|billion|trillion))\b"
    rf"|(?P<half>half(?:{_SP}|-)an?(?:{_SP}|-)(?:dozen|hundred|thousand|million|billion|trillion))\b"
    rf"|(?P<halfunit>half{_SP}an?(?={_SP}(?:hour|day|week|month|year|decade|century)\b))"
    rf"|(?P<odds>(?:{_U}|\d+){_SP}(?:in(?:{_SP}every)?|out{_SP}of(?:{_SP}every|(?={_SP}(?:ten|10)\b))){_SP}(?:{_U}|\d+)(?={_SP}[a-z]+s?\b))"
    rf"|(?P<plural>(?:tens|hundreds|{_PLURAL})(?:{_SP}(?:of|upon){_SP}(?:hundreds|thousands|millions|billions))?)\b"
    rf"|(?P<few>several|(?:a{_SP})?(?:few|couple(?:{_SP}of)?|handful))\b"
    rf"(?P<few_scale>{_SP}(?:dozen|hundred|thousand|million|billion))?\b"
    rf"|(?P<part>(?:one|two|three|four|five|six|seven|nine)(?:{_SP}|-)(?:{_F})(?=\W)"
    rf"|an?{_SP}(?:quarter|(?:third|fifth|sixth|eighth|tenth)(?={_SP}(?:of|as)\b))|half(?![\w-]))"
    rf"|(?P<a1>(?<=than{_SP})an?|(?<=least{_SP})an?|(?<=nearly{_SP})an?|(?<=almost{_SP})an?|(?<=over{_SP})an?"
    rf"|(?<=about{_SP})an?|(?<=around{_SP})an?|(?<=for{_SP})an?|(?<=by{_SP})an?)(?={_SP}(?:full{_SP}|whole{_SP})?(?:hour|day|week|fortnight|month|year|decade|century)\b)"
    rf"|(?P<no>no{_SP}one|none|no(?!{_SP}(?:fewer|less|more){_SP}than)|nobody)\b"
    rf"|(?:(?P<sign>{_SIGN}){_SP}?)?(?:"
    rf"(?P<digits>{_D})(?:(?:{_SP}|-)?(?P<dscale>(?:{_S}|dozen)\b|(?:k|mn|mln|m|bn|tn)\b))?"
    rf"|(?P<words>{_W})(?:{_SP}(?P<wscale>dozen)\b)?"
    rf"|(?P<a>an?{_SP}(?:dozen|hundred|thousand|million|billion|trillion))\b(?P<arest>{_SP}and{_SP}{_N})?"
    rf")(?P<andhalf>{_SP}and{_SP}(?:a{_SP})?half(?:{_SP}(?P<hscale>{_S}))?\b)?"
    rf"(?:(?P<sym>{_SP}?%)|(?P<pct>(?={_SP}per{_SP}?cent|-per-?cent|{_SP}percentage|{_SP}pct\b)))?"
    rf")(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A numeral's place, its bounds, what sort it is and the scale word that a range may share ("300-400 billion")."""

    start: int
    end: int
    low: float
    high: float | None
    kind: str
    vague: bool = False
    currency: str | None = None
    scale: float = 1
    digits: str = ""


def tidy(value: float) -> float:
    """A whole number as `int`, so that it is written without a point; other values to four places."""
    return int(value) if float(value).is_integer() else round(value, 4)


def _words_value(words: str) -> float:
    total = group = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _WORDS:
            group += _WORDS[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = 0
    return total + group


def _plural(text: str) -> tuple[float, float | None]:
    head, _, tail = (w.strip() for w in re.sub(r"\s(?:of|upon)\s", "\0", text.lower()).partition("\0"))
    if not tail:
        return _PLURALS.get(head, (20, 99))
    factor = {"tens": (20, 99), "hundreds": (200, 999), "dozens": (24, 99)}.get(head, (2, 9))
    step = _SCALES[tail[:-1]]
    return factor[0] * step, (factor[1] + 1) * step - 1


def _part(text: str) -> float:
    count, _, unit = re.sub(r"[\s-]+", " ", text.lower()).rpartition(" ")
    name = "half" if unit == "halves" else unit.rstrip("s")
    return round(100 * (_WORDS.get(count, 1) if count else 1) / _PARTS[name], 2)


def _odds(text: str) -> float | None:
    first, last = (re.split(r"\s", text.lower())[i] for i in (0, -1))
    top, base = (_WORDS.get(w, int(w) if w.isdigit() else 0) for w in (first, last))
    return round(100 * top / base, 2) if 0 < top < base and base in (2, 3, 4, 5, 6, 8, 10, 20, 100) else None


def _single(match: re.Match[str], value: float, kind: str) -> Atom:
    return Atom(*match.span(), value, value, kind)


def read_atom(match: re.Match[str]) -> Atom | None:
    """The atom that an `ATOM` match stands for; None where the match means nothing ("3 in 2")."""
    start, end = match.span()
    group = match.groupdict()
    if len(group["digits"] or "") > _MAX_DIGITS:
        return None
    if group["ordinal"]:
        return _single(match, 0, "ordinal")
    if group["half"]:
        return _single(match, _SCALES[re.split(r"[\s-]", group["half"].lower())[-1]] / 2, "count")
    if group["halfunit"]:
        return _single(match, 0.5, "count")
    if group["quarters"]:
        words = group["quarters"].lower().split()
        return _single(match, _SCALES[words[-1]] * (3 if words[0] == "three" else 1) / 4, "count")
    if group["odds"]:
        value = _odds(group["odds"])
        return None if value is None else _single(match, value, "fraction")
    if group["plural"]:
        low, high = _plural(group["plural"])
        return Atom(start, end, low, high, "count", vague=True)
    if group["few"]:
        return _few(match)
    if group["part"]:
        return _single(match, _part(group["part"]), "fraction")
    if group["a1"]:
        return _single(match, 1, "count")
    if group["no"]:
        return _single(match, 0, "none")
    return _plain(match)


def _few(match: re.Match[str]) -> Atom:
    word = next(w for w in _FEW if w in match["few"].lower())
    low, high = _FEW[word]
    if high > low and (match["few_scale"] or "").strip().lower() == "dozen":
        return Atom(*match.span(), *_PLURALS["dozens"], "count", vague=True)  # "a few dozen" are dozens
    scale = _SCALES[match["few_scale"].strip().lower()] if match["few_scale"] else 1
    top = (high + 1) * scale - 1 if scale > 1 and high > low else high * scale
    return Atom(*match.span(), low * scale, top, "count", vague=True)


def _plain(match: re.Match[str]) -> Atom:
    group = match.groupdict()
    scale: float = 1
    if group["digits"]:
        value = (
            float(group["digits"].replace(",", "")) if "." in group["digits"] else int(group["digits"].replace(",", ""))
        )
        scale = _SCALES[group["dscale"].lower()] if group["dscale"] else 1
        if not group["sign"] and re.search(r"\sm$", match.group()):
            scale = 1  # "50 m" are metres
    elif group["words"]:
        value = _words_value(group["words"])
        scale = 12 if group["wscale"] else 1
    else:
        value = _SCALES[group["a"].split()[-1].lower()] + (_words_value(group["arest"]) if group["arest"] else 0)
    if group["andhalf"]:
        after = _SCALES[group["hscale"].lower()] if group["hscale"] else 1
        last = re.split(r"[\s-]", (group["words"] or group["a"] or "").lower())[-1]
        value += _SCALES.get(last, 1) / 2 if last in _SCALES else 0.5
        scale *= after
    value = tidy(round(value * scale, 6))
    if group["words"] and (found := re.search(r"(thousand|million|billion|trillion)$", group["words"], re.IGNORECASE)):
        scale = _SCALES[found.group().lower()]
    sign = CURRENCIES.get(group["sign"].lower()) if group["sign"] else None
    kind = "money" if sign else "percent" if group["sym"] or group["pct"] is not None else "count"
    return Atom(*match.span(), value, value, kind, currency=sign, scale=scale, digits=group["digits"] or "")


def with_scale(atom: Atom, scale: float) -> Atom:
    """The atom read with its neighbour's scale word: the "300" of "300 to 400 billion"."""
    return replace(atom, low=tidy(atom.low * scale), high=tidy((atom.high or atom.low) * scale), scale=scale)
