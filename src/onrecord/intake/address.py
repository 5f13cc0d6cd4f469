"""Host names into addresses that may be connected to: the guard against requests into private networks."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

Resolver = Callable[[str, int], list[str]]
"""Host and port -> numeric addresses.  Raises OSError when the name is unknown."""

_MAX_URL = 8192


class RefusedAddressError(Exception):
    """An address that is not connected to; the message says which and why."""


def check_url(url: str) -> str | None:
    """What is wrong with an address that is to be fetched, in words; None when nothing is."""
    if len(url) > _MAX_URL:
        return "the address is too long"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"no address that can be read ({error})"
    if parts.scheme.lower() not in {"http", "https"}:
        return f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'}"
    if not parts.hostname:
        return "the address names no host"
    if parts.username is not None or parts.password is not None:
        return "addresses with a user name or password in them are not fetched"
    if port == 0:
        return "port 0 cannot be fetched from"
    return None


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def allowed_addresses(host: str, port: int, allow_private: bool, resolver: Resolver = resolve) -> list[str]:
    """The addresses of a host to connect to.

    A name that leads to even one private address is refused altogether: which of them would be taken must not
    depend on chance.  The caller connects to what this returns and never resolves the name again, so that it
    cannot change in between.

    Raises:
        RefusedAddressError: an address lies in a private, loopback, link-local or otherwise reserved network.
        OSError: the name cannot be resolved.
    """
    addresses = resolver(host, port)
    if not addresses:
        raise OSError(f"no address for {host}")
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise RefusedAddressError(f"{host} leads into a private network ({address})")
    return addresses


def is_public(address: str) -> bool:
    """Is this numeric address one of the open internet?  Addresses that wrap another are judged by that one."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _nat64(ip)
        if wrapped is not None:
            return is_public(str(wrapped))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in 64:ff9b::/96 (RFC 6052)."""
    if ip in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
