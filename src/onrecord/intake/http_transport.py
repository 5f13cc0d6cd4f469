"""One HTTP request over httpx2, to a checked address, within a time and a size.

The connection is made to the very address that was checked (`GuardedBackend`), while TLS and the Host header keep the
name: a name server that answers otherwise the second time gains nothing.  Proxies of the environment are not used,
because behind one the check would say nothing.
"""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Any

import httpcore2
import httpx2

from onrecord.intake.address import RefusedAddressError, Resolver, allowed_addresses
from onrecord.intake.fetch import USER_AGENT, Fetched, Limits, Unfetched

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator, Mapping

    from httpcore2 import NetworkBackend, NetworkStream

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536
_LONGEST_WAIT = 7 * 86400.0


class TooSlowError(Exception):
    """The time for this request is over."""


class _TooLargeError(Exception):
    """More bytes than allowed."""


def request(
    url: str,
    headers: Mapping[str, str],
    limits: Limits,
    context: ssl.SSLContext,
    resolver: Resolver,
    allow_private: bool,
) -> Fetched | Unfetched:
    """Ask once, without following redirects: a redirect comes back as `Fetched` with its status and `location`."""
    deadline = time.monotonic() + limits.seconds
    transport = _Transport(context, GuardedBackend(deadline, resolver, allow_private))
    sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **headers}
    try:
        client = httpx2.Client(transport=transport, trust_env=False, timeout=limits.seconds, headers=sent)
        with client, client.stream("GET", url, follow_redirects=False) as response:
            return _answer(url, response, limits, deadline)
    except RefusedAddressError as error:
        return Unfetched(url=url, code="OR-I31", message=str(error))
    except _TooLargeError:
        return Unfetched(url=url, code="OR-I35", message=f"larger than {limits.max_bytes:,} bytes")
    except (TooSlowError, httpx2.TimeoutException, httpcore2.TimeoutException):
        return Unfetched(url=url, code="OR-I34", message=f"it took longer than {limits.seconds:g} seconds")
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpcore2.UnsupportedProtocol, UnicodeError) as error:
        return Unfetched(url=url, code="OR-I30", message=f"no address that can be read ({error})")
    except (
        httpx2.HTTPError,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        zlib.error,
        OSError,
        ValueError,
    ) as error:
        reason = str(error) or type(error).__name__
        return Unfetched(url=url, code="OR-I33", message=f"the server could not be reached ({reason})")


def _answer(url: str, response: httpx2.Response, limits: Limits, deadline: float) -> Fetched | Unfetched:
    headers = {name.lower(): value for name, value in response.headers.items()}
    status = response.status_code
    if status in _REDIRECTS or status == httpx2.codes.NOT_MODIFIED:
        return Fetched(url=url, status=status, headers=headers)
    if status in {httpx2.codes.TOO_MANY_REQUESTS, httpx2.codes.SERVICE_UNAVAILABLE}:
        wait = retry_after(headers.get("retry-after"), time.time())
        told = f" in {wait:,.0f} seconds" if wait else ""
        message = f"the server asks to come again later{told} (status {status})"
        return Unfetched(url=url, code="OR-I38", message=message, status=status, retry_after=wait)
    if status != httpx2.codes.OK:
        return Unfetched(url=url, code="OR-I37", message=f"the server answered with status {status}", status=status)
    if int(headers.get("content-length", "0").strip() or 0) > limits.max_bytes:
        raise _TooLargeError
    body = b"".join(_body(response, headers.get("content-encoding", ""), limits.max_bytes, deadline))
    return Fetched(url=url, status=status, headers=headers, body=body)


def _body(response: httpx2.Response, encoding: str, max_bytes: int, deadline: float) -> Iterator[bytes]:
    """The body, unpacked, in pieces that are counted: a packed body must not burst before it is measured."""
    packed = encoding.strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise httpx2.DecodingError(f"the server packs by {packed}, which was not asked for")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed not in {"", "identity"} else None
    left = max_bytes
    for chunk in response.iter_raw(_CHUNK):
        if time.monotonic() > deadline:
            raise TooSlowError
        data = unpacker.decompress(chunk, left + 1) if unpacker else chunk
        left -= len(data)
        if left < 0:
            raise _TooLargeError
        yield data


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks to wait, as a number or a date; None where it says nothing usable."""
    if not value:
        return None
    text = value.strip()
    if text.isdigit():
        return min(float(text), _LONGEST_WAIT)
    from email.utils import parsedate_to_datetime

    try:
        return min(max(0.0, parsedate_to_datetime(text).timestamp() - now), _LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return None


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and ends everything at one moment."""

    def __init__(
        self, deadline: float, resolver: Resolver, allow_private: bool, inner: NetworkBackend | None = None
    ) -> None:
        self._deadline = deadline
        self._resolver = resolver
        self._allow_private = allow_private
        self._inner = inner or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """A connection to the first address of a host that takes one.

        Raises:
            RefusedAddressError: the host leads into a private network.
        """
        try:
            addresses = allowed_addresses(host, port, self._allow_private, self._resolver)
        except OSError as error:
            raise httpcore2.ConnectError(f"no address for {host}: {error.strerror or error}") from error
        failed: Exception = httpcore2.ConnectError(host)
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, _left(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failed


class _TimedStream(httpcore2.NetworkStream):
    """A stream on which nothing may last beyond one moment, however slowly the other side drips."""

    def __init__(self, inner: NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the inner stream's."""
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the inner stream's."""
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """As the inner stream's."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """As the inner stream's."""
        secured = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """As the inner stream's."""
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TooSlowError
    return left if timeout is None else min(left, timeout)


class _Transport(httpx2.BaseTransport):
    """httpx2 over a connection pool of httpcore2 with a network backend of our own."""

    def __init__(self, context: ssl.SSLContext, backend: NetworkBackend) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=context, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and hand its answer on unread."""
        raw = request.url
        url = httpcore2.URL(scheme=raw.raw_scheme, host=raw.raw_host, port=raw.port, target=raw.raw_path)
        asked = httpcore2.Request(
            method=request.method, url=url, headers=request.headers.raw, content=b"", extensions=request.extensions
        )
        answer = self._pool.handle_request(asked)
        return httpx2.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()


class _Stream(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
