"""Copies of one wire text among reports, verbatim or edited: what the rest of collate needs of it.

The way: a text's `signature` (MinHash) gives `bands`; reports that share a band are compared word by word
(`likeness`); pairs that `is_kept` are remembered, and `groups` makes groups of them that no merged report chains
together.  `origin` picks the report that a group goes back to.

Why not the libraries.  datasketch and rensa (Rust) are given runs of words as Python strings, and making these costs
more than all that is done here: words are found and hashed for many texts at once in arrays (`copies_words`), which
makes over ten thousand reports a second on one core; `python -m benchmarks.copies` shows all three side by side.
"""

from onrecord.collate.copies_groups import groups
from onrecord.collate.copies_index import CopyIndex
from onrecord.collate.copies_likeness import Likeness, Prepared, compared, is_copy, is_kept, likeness, prepared
from onrecord.collate.copies_origin import CopyFacts, credited_in, origin
from onrecord.collate.copies_signatures import band_table, bands, has_words, signature, signatures

__all__ = [
    "CopyFacts",
    "CopyIndex",
    "Likeness",
    "Prepared",
    "band_table",
    "bands",
    "compared",
    "credited_in",
    "groups",
    "has_words",
    "is_copy",
    "is_kept",
    "likeness",
    "origin",
    "prepared",
    "signature",
    "signatures",
]
