"""XML of strangers into a tree, without entities, network access or bombs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


class XmlRefusedError(ValueError):
    """This is no XML, or XML of a kind that is not taken; the message says which."""


def parse_xml(data: bytes) -> _Element:
    """The root element of a document.

    Entities that a document declares are refused (they serve attacks, and news has no use for them), nothing is
    fetched, and libxml2's own limits on depth and size hold.

    Raises:
        XmlRefusedError: see there.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlRefusedError(f"not XML that can be read ({error})") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise XmlRefusedError("XML that declares entities of its own is not taken")
    return root


def local_name(tag: object) -> str:
    """ "p" for "{http://…}p"; empty for what is no element."""
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""
