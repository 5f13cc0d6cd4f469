"""Place names into readable and plain forms: transliteration marks off, words such as "Province" off."""

from __future__ import annotations

import re
import unicodedata

TYPE_WORDS: dict[str, str] = {
    "province": "ADM1", "provinces": "ADM1", "governorate": "ADM1", "governate": "ADM1", "gouvernorat": "ADM1",
    "oblast": "ADM1", "state": "ADM1", "region": "ADM1", "territory": "ADM1", "krai": "ADM1", "republic": "ADM1",
    "prefecture": "ADM1", "department": "ADM1", "wilaya": "ADM1", "emirate": "ADM1", "canton": "ADM1", "zone": "ADM1",
    "county": "ADM2", "co": "ADM2", "parish": "ADM2", "district": "ADM2", "raion": "ADM2", "rayon": "ADM2",
    "borough": "ADM2", "subdistrict": "ADM2", "municipality": "ADM2", "township": "ADM2", "locality": "ADM2",
    "city": "PPL", "town": "PPL", "village": "PPL", "suburb": "PPLX", "neighbourhood": "PPLX", "neighborhood": "PPLX",
    "quarter": "PPLX", "camp": "CMPRF", "crossing": "PSTB", "river": "STM", "sea": "SEA", "lake": "LK", "island": "ISL",
    "islands": "ISLS", "valley": "VAL", "airport": "AIRP", "airbase": "AIRB", "base": "MILB", "mountains": "MTS",
    "desert": "DSRT", "peninsula": "PEN", "strait": "STRT", "gulf": "GULF", "bridge": "BDG", "square": "SQR",
    "hospital": "HSP", "prison": "PRN", "mosque": "MSQE", "church": "CH", "university": "UNIV", "street": "ST",
    "road": "RD", "highway": "RD", "avenue": "ST", "park": "PRK", "dam": "DAM", "port": "PRT", "harbor": "HBR",
    "harbour": "HBR", "station": "STN", "stadium": "STDM", "hotel": "HTL", "school": "SCH", "palace": "PAL",
}  # fmt: skip
"""Word after a name → the feature code it asks for (ADM1, ADM2 and PPL stand for their whole group)."""

_DIVISION = re.compile(
    r"^(?:Provincia de(?:l)?|Departamento de(?:l)?|Estado de|Muḩāfaz̧at|Muhafazat|Wilaya de|Wilayat|Région d[eu]|"
    r"Province of|State of|County of|County|Republic of|City of|Ostān-e|Ostan-e|Województwo|Préfecture de)\s+"
    r"|\s+(?:Governorate|Province|Oblast['’]?|Region|State|Prefecture|Department|County|Parish|District|Raion|Krai|"
    r"Kray|Oblast|Republic|Territory|Borough|Municipality|Division|Autonomous Region|Sheng|Shi|Qu)$"
)
_TRANSLITERATED = set("AE AF BH DZ EG IQ IR IL JO KW LB LY MA OM PK PS QA SA SD SY TN YE IN NP BD MR DJ SO".split())
_HALF_RINGS = re.compile(r"[‘’ʿʾʻʼ`]")


def plain_division(name: str) -> str:
    """A division's name without the word for its kind: "Ninawa Governorate" → "Ninawa"; never empty."""
    return _DIVISION.sub("", name) or name


def readable(name: str, country: str) -> str:
    """A name as English news would print it: marks of transliteration off where the country's script is not Latin."""
    if country not in _TRANSLITERATED:
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _HALF_RINGS.sub("'", plain).strip("'")
