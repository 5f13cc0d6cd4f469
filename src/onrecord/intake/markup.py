"""A body in HTML, XHTML or NITF into plain text in which every paragraph is a line.

For bodies that a provider sends as the article itself, so there is nothing to sift: all text counts, but for
captions, scripts and the like.  Web pages, which are mostly not article, are `html`'s matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.intake.hardened_xml import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 hl1 hl2 li ul ol dl dt dd blockquote bq block section article header footer main aside pre "
    "table tr caption hr body body.content body.head body.end tagline byline dateline nitf html address center form".split()
)
_SKIPPED = frozenset(
    "head script style template noscript iframe object svg math figure figcaption media audio video button select "
    "textarea title".split()
)
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def html_text(markup: str) -> str:
    """The text of a piece of HTML, which may be broken; "" where there is none."""
    from lxml import etree, html

    if not markup.strip():
        return ""
    # lxml refuses text that names an encoding, and XML has no place for control characters
    data = re.sub("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", " ", markup).encode("utf-8")
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return element_text(root)


def element_text(root: _Element) -> str:
    """The text of an element of HTML, XHTML or NITF: runs of white space are one space, blocks are lines."""
    from lxml import etree

    parts: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = local_name(element.tag)
        if event == "start":
            skipped += name in _SKIPPED
            if not skipped:
                parts.append(_before(name))
                parts.append(_SPACE.sub(" ", element.text or ""))
            continue
        if event == "end":
            skipped -= name in _SKIPPED
            if not skipped:
                parts.append("\n" if name in _BLOCKS else "")
        if not skipped and element is not root:
            parts.append(_SPACE.sub(" ", element.tail or ""))
    lines = (re.sub(" {2,}", " ", line).strip(" ") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _before(name: str) -> str:
    return "\n" if name in _BLOCKS else " " if name in _CELLS else ""
