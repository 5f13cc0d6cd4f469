"""The body of a NewsML-G2 news item into text: inline NITF, XHTML or data."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from onrecord.intake.hardened_xml import local_name
from onrecord.intake.markup import element_text, html_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODIES = ("body.content", "body", "block")
"""Elements of NITF and XHTML that hold the article, the closest first."""


def body_text(item: _Element) -> str:
    """The article in a news item's content set; "" where it has none that is text."""
    for content in _contents(item):
        kind = (content.get("contenttype") or "").lower()
        if local_name(content.tag) == "inlinexml":
            text = _xml_text(content)
        elif content.get("encoding"):
            text = _as_text(_decoded(content), kind)
        else:
            text = _as_text(content.text or "", kind)
        if text.strip():
            return text
    return ""


def dateline_place(item: _Element) -> str | None:
    """The place in a NITF dateline (`body.head/dateline/location`)."""
    for element in item.iter():
        if local_name(element.tag) == "dateline":
            for below in element.iter():
                if local_name(below.tag) == "location":
                    return element_text(below).strip() or None
    return None


def _contents(item: _Element) -> list[_Element]:
    found = [e for e in item.iter() if local_name(e.tag) in {"inlinexml", "inlinedata"}]
    return sorted(found, key=lambda e: local_name(e.tag) != "inlinexml")


def _xml_text(content: _Element) -> str:
    for name in _BODIES:
        for element in content.iter():
            if local_name(element.tag) == name:
                return element_text(element)
    return element_text(content)


def _decoded(content: _Element) -> str:
    try:
        return base64.b64decode(content.text or "", validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _as_text(data: str, kind: str) -> str:
    return html_text(data) if "html" in kind or "xml" in kind else data
