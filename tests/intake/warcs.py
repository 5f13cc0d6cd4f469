"""WARC files for tests, written by hand after ISO 28500."""

from __future__ import annotations

import gzip


def warc(packed: bool, *pages: tuple[str, int, str, bytes]) -> bytes:
    """A WARC file as crawlers write it: information, then a request and a response for each page."""
    records = [_record("warcinfo", None, "application/warc-fields", b"software: test\r\n")]
    for url, status, kind, body in pages:
        asked = b"GET / HTTP/1.1\r\nHost: orm.example\r\n\r\n"
        records.append(_record("request", url, "application/http; msgtype=request", asked))
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        records.append(_record("response", url, "application/http; msgtype=response", head + body))
    return b"".join(gzip.compress(r, mtime=0) if packed else r for r in records)


def _record(kind: str, url: str | None, content_type: str, block: bytes) -> bytes:
    number = sum(block) % 10**12
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>",
        "WARC-Date: 2025-03-04T10:00:00Z",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
