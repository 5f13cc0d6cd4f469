"""Invented reports in the forms that intake reads."""

from __future__ import annotations

import json
from typing import Any

FIRST = "The two sides met for the third day on Tuesday, the mediators said in a short statement from the hall."
SECOND = "No one was hurt when a shell fell near the place where the delegations had gathered, they added later."


def page(title: str = "Talks go on in Orm", first: str = FIRST, second: str = SECOND, lang: str = "en") -> bytes:
    return f"""<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>
<meta property="og:site_name" content="The Daily Orm"></head><body><nav><a href="/">Home</a></nav>
<article><h1>{title}</h1><p>{first}</p><p>{second}</p></article></body></html>""".encode()


def ninjs3(**changes: Any) -> dict[str, Any]:
    return {
        "uri": "urn:orm:1", "standard": {"name": "ninjs", "version": "3.1"}, "type": "text", "version": "2",
        "versionCreated": "2025-03-04T10:00:00Z", "firstCreated": "2025-03-04T09:00:00Z", "pubStatus": "usable",
        "edNote": "Adds a line", "language": "en", "copyrightHolder": "Orm Wire", "by": "Lena Okoro",
        "headlines": [{"role": "short", "value": "Talks"}, {"role": "main", "value": "Talks go on in Orm"}],
        "bodies": [
            {"role": "html", "contentType": "text/html", "value": f"<p>{FIRST}</p><p>{SECOND}</p>"},
            {"role": "abstract", "contentType": "text/plain", "value": "Talks."},
        ],
        "infoSources": [{"name": "Selu Agency", "role": "isrol:originfo", "uri": "https://selu.example/"}],
        "located": "Port Selu",
    } | changes  # fmt: skip


def ninjs2(**changes: Any) -> dict[str, Any]:
    data = {name.lower(): value for name, value in ninjs3().items()}
    data["standard"] = {"name": "ninjs", "version": "2.2"}
    data["byline"] = data.pop("by")
    data["bodies"] = [{"role": "main", "contenttype": "text/html", "value": f"<p>{FIRST}</p><p>{SECOND}</p>"}]
    return data | changes


def ninjs1(**changes: Any) -> dict[str, Any]:
    return {
        "uri": "urn:orm:1", "type": "text", "version": "2", "versioncreated": "2025-03-04T10:00:00Z",
        "pubstatus": "usable", "ednote": "Adds a line", "language": "en", "copyrightholder": "Orm Wire",
        "byline": "Lena Okoro", "headline": "Talks go on in Orm", "body_html": f"<p>{FIRST}</p><p>{SECOND}</p>",
        "body_text": FIRST, "infosource": [{"name": "Selu Agency", "role": "isrol:originfo", "uri": "https://selu.example/"}],
        "located": "Port Selu",
    } | changes  # fmt: skip


NITF = f"""<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Talks</hl1></hedline>
<dateline><location>Port Selu</location></dateline></body.head><body.content><p>{FIRST}</p><p>{SECOND}</p>
<media><media.caption>A hall</media.caption></media></body.content></body></nitf>"""
XHTML = f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Talks</title></head>
<body><p>{FIRST}</p><p>{SECOND}</p></body></html>"""


def newsml(
    content: str = NITF,
    *,
    version: str = "3",
    status: str = "stat:usable",
    meta: str = "",
    kind: str = "ninat:text",
    located: str = "<located><name>Port Selu</name></located>",
) -> str:
    """A news item; `content` is what stands in `inlineXML`, "" for an item without content."""
    body = (
        f'<contentSet><inlineXML contenttype="application/nitf+xml">{content}</inlineXML></contentSet>'
        if content
        else ""
    )
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:orm:1" version="{version}"
standard="NewsML-G2" standardversion="2.34" conformance="power" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>
<catalogRef href="http://elsewhere.example/catalog.xml"/>
<hopHistory><hop seq="2" timestamp="2025-03-04T09:30:00Z"><party qcode="nprov:ORMW"><name>Orm Wire</name></party>
<action qcode="act:edited"/></hop><hop seq="1"><party literal="Selu Radio"/></hop></hopHistory>
<itemMeta><itemClass qcode="{kind}"/><provider qcode="nprov:ORMW"><name>Orm Wire</name></provider>
<versionCreated>2025-03-04T10:00:00Z</versionCreated><pubStatus qcode="{status}"/>
<edNote>Adds a line</edNote>{meta}</itemMeta>
<contentMeta>{located}<infoSource qcode="nprov:SELU" role="isrol:originfo"><name>Selu Agency</name></infoSource>
<headline>Talks go on in Orm</headline><by>Lena Okoro</by></contentMeta>{body}</newsItem>"""


def message(*items: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
<header><sent>2025-03-04T10:00:00Z</sent></header><itemSet>{"".join(items)}</itemSet></newsMessage>"""


PACKAGE = """<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:orm:p" version="1"><itemMeta>
<itemClass qcode="ninat:composite"/><provider literal="Orm"/><versionCreated>2025-03-04T10:00:00Z</versionCreated></itemMeta>
<groupSet root="r"><group id="r" role="g:main"><itemRef residref="urn:orm:1"/></group></groupSet></packageItem>"""


def rss(base: str, *entries: str, title: str = "Orm News") -> bytes:
    """An RSS feed; an entry is its path, or whole XML."""
    made = [
        e if e.startswith("<")
        else f"<item><title>Talks{e}</title><link>{base}{e}</link><guid>tag:orm{e}</guid>"
        "<pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><description>Talks.</description></item>"
        for e in entries
    ]  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><link>{base}</link><language>en</language>{''.join(made)}</channel></rss>"
    ).encode()


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Orm Atom</title>
<entry><id>tag:orm:1</id><title type="html">Talks &amp;amp; more</title><link href="https://orm.example/1"/>
<published>2025-03-04T10:00:00Z</published><updated>2025-03-04T12:00:00Z</updated><author><name>Lena Okoro</name></author>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry>
<entry><id>tag:orm:2</id><title>Only a link</title><link href="https://orm.example/2"/></entry></feed>""".encode()

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "Orm JSON", "language": "en",
        "authors": [{"name": "The desk"}],
        "items": [
            {"id": "1", "url": "https://orm.example/1", "title": "Talks", "content_html": f"<p>{FIRST}</p><p>{SECOND}</p>",
             "date_published": "2025-03-04T10:00:00Z", "date_modified": "2025-03-04T12:00:00Z"},
            {"id": 2, "content_text": SECOND, "authors": [{"name": "Lena Okoro"}, {"name": "Ilo Maren"}]},
            {"url": "https://orm.example/3"}, "no entry",
        ],
    }
).encode()  # fmt: skip
