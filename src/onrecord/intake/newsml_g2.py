"""NewsML-G2: news items, alone or in a news message, with the wire's own source chain.

`newsmlg2` reads the metadata; the body is taken from `inlineXML` (NITF or XHTML) or `inlineData` here.  The library
gets a copy with those elements only that are asked for: its 1.1 fails on a hop's `party`, prints about catalogs that
it does not know, and parses a whole catalog for every item.  Codes are resolved by the catalogs that it ships.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.intake.dates import moment
from onrecord.intake.hardened_xml import XmlRefusedError, local_name, parse_xml
from onrecord.intake.items import Hop, Intaken, Item, Rejected
from onrecord.intake.missing import missing
from onrecord.intake.newsml_body import body_text, dateline_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
ROOTS = frozenset(
    {"newsitem", "newsmessage", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem"}
)
_NS = f"{{{NAMESPACE}}}"
_META = {
    "itemMeta": (
        "itemClass", "provider", "versionCreated", "firstCreated", "embargoed", "pubStatus", "title", "edNote", "signal",
    ),
    "contentMeta": ("contentCreated", "contentModified", "located", "infoSource", "creditline", "headline", "by", "dateline"),
}  # fmt: skip
_REQUIRED = ("itemClass", "provider", "versionCreated")
_STATUSES = frozenset({"usable", "withheld", "canceled"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class NewsmlIntake:
    """One document: a news item, or a message or package with several."""

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """The news items in a document, or rejections.

        OR-I05 `newsmlg2` is not installed, OR-I13 no text (a picture, a package of references, a concept),
        OR-I14 it is no XML, no NewsML-G2, or lacks what the standard requires.
        """
        try:
            root = parse_xml(stream.read())
        except XmlRefusedError as error:
            yield Rejected(code="OR-I14", message=str(error), origin=origin)
            return
        try:
            import NewsMLG2  # noqa: F401
        except ImportError:
            yield missing("wire", "newsmlg2", "NewsML-G2", origin)
            return
        items = list(root.iter(f"{_NS}newsItem"))
        for number, element in enumerate(items, start=1):
            yield _taken(element, origin, number if len(items) > 1 else None)
        if not items:
            message = f"a NewsML-G2 {local_name(root.tag)} without a news item in it"
            yield Rejected(code="OR-I13", message=message, origin=origin)


def _taken(element: _Element, origin: str, number: int | None) -> Intaken:
    try:
        return _item(element, origin, number)
    except Exception as error:  # the library asserts, and fails in as many ways as documents do
        message = f"a news item that cannot be taken apart ({type(error).__name__}: {error})"
        return Rejected(code="OR-I14", message=message, origin=origin, line=number)


def _item(element: _Element, origin: str, number: int | None) -> Intaken:
    lacking = [name for name in _REQUIRED if element.find(f"{_NS}itemMeta/{_NS}{name}") is None]
    if lacking or not element.get("guid"):
        message = f"a news item without {' and '.join(lacking) or 'a guid'}"
        return Rejected(code="OR-I14", message=message, origin=origin, line=number)
    codes = _Codes(element)
    news = _read_meta(element)
    item_meta, content = news.itemmeta, news.contentmeta
    status = codes.word(item_meta.pubstatus) or "usable"
    kind = codes.word(item_meta.itemclass) or "text"
    text = body_text(element) if status != "canceled" or _has_content(element) else ""
    if status == "usable" and (kind not in {"text", "composite"} or not text.strip()):
        message = f"a news item of class {kind}, not a text" if kind != "text" else "a news item without a body"
        return Rejected(code="OR-I13", message=message, origin=origin, line=number)
    provider = codes.name(item_meta.provider)
    return Item(
        text=text,
        source_id=news.guid,
        guid=news.guid,
        version=news.version,
        title=_text(content.headline) or _text(item_meta.title),
        published=moment(_text(item_meta.versioncreated)),
        publisher=provider,
        language=element.get(_XML_LANG),
        byline=_text(content.by),
        status=status if status in _STATUSES else "usable",
        signal=next((s for s in map(codes.word, item_meta.signal) if s in {"update", "correction"}), None),
        embargoed=moment(_text(item_meta.embargoed)),
        agency=_text(content.creditline) or provider,
        located=next(filter(None, map(codes.name, content.located)), None) or dateline_place(element),
        note=_text(item_meta.ednote),
        provenance=(*_sources(content, codes), *_hops(element, codes)),
        origin=origin,
        line=number,
    )


def _read_meta(element: _Element) -> Any:
    """The library's news item, of a copy with those elements only that are asked for."""
    from NewsMLG2.newsitem import NewsItem

    slim = element.makeelement(element.tag, dict(element.attrib), nsmap=element.nsmap)
    for part, names in _META.items():
        made = element.makeelement(_NS + part, {}, nsmap=element.nsmap)
        slim.append(made)
        for name in names:
            for found in element.iterfind(f"{_NS}{part}/{_NS}{name}"):
                made.append(copy.deepcopy(found))
    return NewsItem(xmlelement=slim)


def _text(value: Any) -> str | None:
    """The words of an element, or of the first of several that has some."""
    if hasattr(value, "_array_contents"):
        return next(filter(None, map(_text, list(value))), None)
    words = getattr(value, "_text", None)
    return words.strip() or None if isinstance(words, str) else None


def _has_content(element: _Element) -> bool:
    return element.find(f"{_NS}contentSet") is not None


def _sources(content: Any, codes: _Codes) -> Iterator[Hop]:
    for source in content.infosource:
        if name := codes.name(source):
            yield Hop(name=name, role=codes.tail(source.role), uri=codes.uri(source.qcode, source.uri))


def _hops(element: _Element, codes: _Codes) -> Iterator[Hop]:
    hops = list(element.iterfind(f"{_NS}hopHistory/{_NS}hop"))
    hops.sort(key=lambda hop: int(hop.get("seq", "0")) if hop.get("seq", "0").isdigit() else 0)
    for hop in hops:
        party, action = hop.find(f"{_NS}party"), hop.find(f"{_NS}action")
        if party is None:
            continue
        qcode, uri = party.get("qcode"), party.get("uri")
        name = party.findtext(f"{_NS}name") or party.get("literal") or codes.tail(qcode) or uri
        if name and name.strip():
            yield Hop(
                name=name.strip(),
                action=codes.tail(action.get("qcode") or action.get("uri")) if action is not None else None,
                when=moment(hop.get("timestamp") or (action.get("timestamp") if action is not None else None)),
                uri=codes.uri(qcode, uri),
            )


class _Codes:
    """Qualified codes ("stat:canceled") by the catalogs that an item names or carries."""

    def __init__(self, element: _Element) -> None:
        self._schemes: dict[str, str] = {}
        for reference in element.iterfind(f"{_NS}catalogRef"):
            self._schemes.update(_shipped(reference.get("href") or ""))
        for scheme in element.iterfind(f"{_NS}catalog/{_NS}scheme"):
            self._schemes[scheme.get("alias") or ""] = scheme.get("uri") or ""

    def uri(self, qcode: str | None, uri: str | None) -> str | None:
        """The identity as a URI where the catalogs know it, else as the item writes it."""
        if uri or not qcode:
            return uri
        alias, _, code = qcode.partition(":")
        return self._schemes[alias] + code if alias in self._schemes else qcode

    @staticmethod
    def tail(code: str | None) -> str | None:
        """The code itself: "canceled" for "stat:canceled" and for the end of a URI."""
        return code.rstrip("/").replace(":", "/").rsplit("/", 1)[-1] or None if code else None

    def word(self, value: Any) -> str | None:
        """The code of a property, in lower case."""
        found = self.tail(value.qcode or value.uri)
        return found.lower() if found else None

    def name(self, value: Any) -> str | None:
        """What a party or place is called: its name, its literal, else its code."""
        return _text(value.name) or value.literal or self.tail(value.qcode or value.uri)


@lru_cache(maxsize=16)
def _shipped(href: str) -> dict[str, str]:
    """Alias -> URI of a catalog that comes with the library; nothing for one that does not."""
    from importlib.resources import files

    from NewsMLG2.catalog import CATALOG_CACHE

    path = CATALOG_CACHE.get(href.replace("https://", "http://"))
    if path is None:
        return {}
    root = parse_xml(files("NewsMLG2").joinpath(path).read_bytes())
    return {s.get("alias") or "": s.get("uri") or "" for s in root.iter(f"{_NS}scheme")}
