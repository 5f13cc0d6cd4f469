"""Place names into places: a compact GeoNames gazetteer, a curated list, countries and demonyms.

>>> from onrecord.gazetteer import country_by_name
>>> country_by_name("Burma")
('MMR', 'Myanmar')
"""

from onrecord.gazetteer._countries import (
    Country,
    Demonym,
    countries,
    country_by_name,
    country_of_capital,
    country_of_demonym,
    demonym,
)
from onrecord.gazetteer._format import GazetteerFileError
from onrecord.gazetteer._keys import exact_key, fold, loose_key
from onrecord.gazetteer._lookup import Gazetteer, Place, default_gazetteer, feature_class, kilometres
from onrecord.gazetteer._names import TYPE_WORDS, plain_division

__all__ = [
    "TYPE_WORDS",
    "Country",
    "Demonym",
    "Gazetteer",
    "GazetteerFileError",
    "Place",
    "countries",
    "country_by_name",
    "country_of_capital",
    "country_of_demonym",
    "default_gazetteer",
    "demonym",
    "exact_key",
    "feature_class",
    "fold",
    "kilometres",
    "loose_key",
    "plain_division",
]
