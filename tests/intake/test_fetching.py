"""Fetching over real connections: robots.txt, redirects, limits, private networks; pages and feeds by address."""

from __future__ import annotations

import gzip
import json
import time

import pytest

from onrecord.intake import Item, Rejected, take_in
from onrecord.intake.address import RefusedAddressError, allowed_addresses, check_url, is_public
from onrecord.intake.fetch import USER_AGENT, Fetched, Limits, Unfetched
from onrecord.intake.http_fetcher import HttpFetcher
from onrecord.intake.http_transport import retry_after
from tests.intake.samples import ATOM, FIRST, JSON_FEED, SECOND, ninjs3, page, rss
from tests.intake.servers import Answer, serving

QUICK = Limits(max_bytes=20_000, seconds=1.0, host_delay=0.0)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def fetcher(limits: Limits = QUICK, **options: object) -> HttpFetcher:
    return HttpFetcher(limits, **{"allow_private": True, **options})  # type: ignore[arg-type]


def fetch(url: str, **options: object) -> Fetched | Unfetched:
    return fetcher(**options).fetch(url)  # type: ignore[arg-type]


def code(answer: Fetched | Unfetched) -> str:
    assert isinstance(answer, Unfetched), answer
    return answer.code


def test_a_page_becomes_an_item() -> None:
    with serving({"/talks": Answer(page(), headers=HTML)}) as server:
        (found,) = take_in([server.url + "/talks"], fetcher=fetcher())
        assert isinstance(found, Item)
        assert (found.title, found.url, found.publisher) == (
            "Talks go on in Orm",
            server.url + "/talks",
            "The Daily Orm",
        )
        assert FIRST in found.text
        assert [path for path, _ in server.asked] == ["/robots.txt", "/talks"]
        assert server.asked[1][1]["user-agent"] == USER_AGENT


def test_the_declared_form_counts() -> None:
    with serving(
        {
            "/text": Answer(FIRST.encode(), headers={"Content-Type": "text/plain"}),
            "/item": Answer(json.dumps(ninjs3()).encode(), headers={"Content-Type": "application/json"}),
            "/paper": Answer(b"%PDF-1.7"),
        }
    ) as server:
        text, item, paper = take_in([server.url + p for p in ("/text", "/item", "/paper")], fetcher=fetcher())
        assert isinstance(text, Item)
        assert (text.text, text.publisher) == (FIRST, "127.0.0.1")
        assert isinstance(item, Item)
        assert item.guid == "urn:orm:1"
        assert isinstance(paper, Rejected)
        assert paper.code == "OR-I04"


@pytest.mark.parametrize("feed", ["rss", "atom", "json"])
def test_a_feeds_address_gives_its_articles(feed: str) -> None:
    with serving({"/1": Answer(page(first="Fetched: " + FIRST), headers=HTML)}) as server:
        made = {"rss": rss(server.url, "/1", "/2"), "atom": ATOM, "json": JSON_FEED}[feed]
        server.answers["/feed"] = Answer(made.replace(b"https://orm.example", server.url.encode()))
        found = list(take_in([server.url + "/feed"], fetcher=fetcher()))
        assert isinstance(found[0], Item)
        assert "Fetched: " in found[0].text
        assert found[0].guid in {"tag:orm/1", "tag:orm:1", "1"}
        assert found[0].published == ("2025-03-04T10:00:00+00:00" if feed == "rss" else "2025-03-04T10:00:00Z")
        assert isinstance(found[-1], Rejected)
        assert found[-1].code == "OR-I37"


def test_the_feeds_own_text_stands_in_for_a_page_that_is_not_there() -> None:
    long = f"<content:encoded><![CDATA[<p>{FIRST}</p>" + f"<p>{SECOND}</p>" * 6 + "]]></content:encoded>"
    with serving({}) as server:
        entry = f"<item><title>T</title><link>{server.url}/gone</link>{long}</item>"
        server.answers["/feed"] = Answer(rss(server.url, entry))
        (found,) = take_in([server.url + "/feed"], fetcher=fetcher())
        assert isinstance(found, Item)
        assert found.text.startswith(FIRST)
        assert [n.code for n in found.notes] == ["OR-I26"]


def test_robots_txt_is_obeyed() -> None:
    robots = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\nUser-agent: onrecord\nDisallow: /ours\nCrawl-delay: 3"
    slept: list[float] = []
    with serving({"/robots.txt": Answer(robots), "/ours/1": Answer(b"x"), "/private": Answer(b"x")}) as server:
        one = fetcher(sleep=slept.append)
        assert code(one.fetch(server.url + "/ours/1")) == "OR-I32"
        assert isinstance(one.fetch(server.url + "/private"), Fetched)
        assert server.paths() == ["/private"]
        assert len(server.asked) == 2, "robots.txt is asked for once"
        assert slept == [pytest.approx(3.0, abs=0.5)]


@pytest.mark.parametrize(("status", "expected"), [(404, None), (403, None), (500, "OR-I38"), (503, "OR-I38")])
def test_robots_txt_that_cannot_be_had(status: int, expected: str | None) -> None:
    with serving({"/robots.txt": Answer(status=status), "/a": Answer(b"x")}) as server:
        answer = fetch(server.url + "/a")
        assert (answer.code if isinstance(answer, Unfetched) else None) == expected
        assert not isinstance(answer, Unfetched) or answer.passing


def test_redirects_are_followed_and_checked_one_by_one() -> None:
    def to(where: str) -> Answer:
        return Answer(status=302, headers={"Location": where})

    with serving({"/a": to("/b#part"), "/b": to("c"), "/c": Answer(b"here"), "/loop": to("/loop")}) as server:
        server.answers |= {
            "/file": to("file:///etc/passwd"),
            "/out": to("http://10.0.0.1/"),
            "/login": to("http://u:p@orm.example/"),
        }
        answer = fetch(server.url + "/a")
        assert isinstance(answer, Fetched)
        assert (answer.url, answer.body) == (server.url + "/c", b"here")
        assert code(fetch(server.url + "/loop")) == "OR-I36"
        assert code(fetch(server.url + "/file")) == "OR-I30"
        assert code(fetch(server.url + "/login")) == "OR-I30"
        server.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /c")
        assert code(fetch(server.url + "/a")) == "OR-I32"


def test_a_redirect_into_a_private_network_is_refused() -> None:
    with serving({"/a": Answer(status=301, headers={"Location": "http://inside.example/secret"})}) as server:
        port = int(server.url.rsplit(":", 1)[1])

        def resolver(host: str, _: int) -> list[str]:
            return ["127.0.0.1"] if host in {"outside.example", "127.0.0.1"} else ["10.1.2.3"]

        import onrecord.intake.address as address

        whole = address.is_public
        try:  # this machine plays the open internet, so that nothing outside is needed
            address.is_public = lambda a: a == "127.0.0.1"
            answer = HttpFetcher(QUICK, resolver=resolver).fetch(f"http://outside.example:{port}/a")
        finally:
            address.is_public = whole
        assert code(answer) == "OR-I31"
        assert "10.1.2.3" in answer.message  # type: ignore[union-attr]


def test_private_networks_are_refused_unless_allowed() -> None:
    with serving({"/a": Answer(b"x")}) as server:
        assert code(HttpFetcher(QUICK).fetch(server.url + "/a")) == "OR-I31"
        assert code(HttpFetcher(QUICK).fetch(server.url.replace("127.0.0.1", "localhost") + "/a")) == "OR-I31"
        assert server.asked == []
        assert isinstance(fetch(server.url + "/a"), Fetched)


def test_the_name_is_resolved_once_and_the_connection_goes_there() -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    with serving({"/a": Answer(b"x")}) as server:
        port = server.url.rsplit(":", 1)[1]
        resolved: list[str] = []

        def resolver(host: str, _: int) -> list[str]:
            resolved.append(host)
            return next(answers)

        assert isinstance(fetch(f"http://orm.example:{port}/a", resolver=resolver), Fetched)
        assert resolved == ["orm.example", "orm.example"], "once for robots.txt, once for the page"
        assert server.asked[1][1]["host"] == f"orm.example:{port}"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "::",
     "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "192.0.2.1", "240.0.0.1", "255.255.255.255", "fec0::1", "name"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_addresses_that_are_public() -> None:
    assert all(map(is_public, ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"]))
    with pytest.raises(RefusedAddressError):
        allowed_addresses("mixed.example", 80, False, lambda *_: ["93.184.216.34", "192.168.0.1"])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example",
        "file:///etc/passwd",
        "http://",
        "http://u:p@a.example",
        "http://a:0/",
        "http://a:99999/",
        "http://[::1",
        "x",
        "http://" + "a" * 9000,
    ],
)
def test_addresses_that_are_not_fetched(url: str) -> None:
    assert check_url(url)
    assert code(fetch(url)) == "OR-I30"


def test_too_large_is_stopped() -> None:
    packed = gzip.compress(bytes(10_000_000))
    with serving(
        {
            "/large": Answer(bytes(30_000)),
            "/lies": Answer(bytes(30_000), headers={"Content-Length": "30000"}),
            "/bomb": Answer(packed, headers={"Content-Encoding": "gzip"}),
            "/good": Answer(gzip.compress(b"good"), headers={"Content-Encoding": "gzip"}),
            "/odd": Answer(b"x", headers={"Content-Encoding": "br"}),
            "/broken": Answer(b"no gzip", headers={"Content-Encoding": "gzip"}),
        }
    ) as server:
        assert [code(fetch(server.url + p)) for p in ("/large", "/lies", "/bomb")] == ["OR-I35"] * 3
        assert [code(fetch(server.url + p)) for p in ("/odd", "/broken")] == ["OR-I33"] * 2
        answer = fetch(server.url + "/good")
        assert isinstance(answer, Fetched)
        assert answer.body == b"good"


def test_too_slow_is_stopped() -> None:
    with serving({"/drip": Answer(bytes(200), drip=0.05), "/robots.txt": Answer(b"")}) as server:
        start = time.monotonic()
        answer = fetch(server.url + "/drip", limits=Limits(seconds=0.3, host_delay=0.0))
        assert code(answer) == "OR-I34"
        assert isinstance(answer, Unfetched)
        assert answer.passing
        assert time.monotonic() - start < 2


def test_no_server_and_no_name() -> None:
    with serving({}) as server:
        port = server.url.rsplit(":", 1)[1]
    assert code(fetch(f"http://127.0.0.1:{port}/")) == "OR-I33"

    def unknown(host: str, _: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    assert code(fetch("http://nowhere.example/", resolver=unknown)) == "OR-I33"


@pytest.mark.parametrize("status", [400, 404, 410, 418, 500, 502])
def test_other_answers_are_named(status: int) -> None:
    with serving({"/a": Answer(status=status)}) as server:
        answer = fetch(server.url + "/a")
        assert isinstance(answer, Unfetched)
        assert (answer.code, answer.status, answer.passing) == ("OR-I37", status, status >= 500)


def test_a_server_that_asks_for_patience() -> None:
    with serving({"/a": Answer(status=429, headers={"Retry-After": "120"})}) as server:
        answer = fetch(server.url + "/a")
        assert isinstance(answer, Unfetched)
        assert (answer.code, answer.retry_after, answer.passing) == ("OR-I38", 120.0, True)
    assert retry_after("Tue, 04 Mar 2025 10:00:30 GMT", 1741082400.0) == 30.0
    assert [retry_after(v, 0.0) for v in (None, "", "soon", "-5")] == [None] * 4
    assert retry_after("99999999999", 0.0) == 7 * 86400


def test_requests_to_one_host_keep_their_distance() -> None:
    slept: list[float] = []
    with serving({"/a": Answer(b"x"), "/b": Answer(b"x")}) as server:
        one = fetcher(Limits(seconds=1, host_delay=5), sleep=slept.append, clock=lambda: 100.0)
        one.fetch(server.url + "/a")
        one.fetch(server.url + "/b")
    assert slept == [5.0, 5.0], "after robots.txt and after the first page"


def test_without_the_packages_an_address_says_what_to_install() -> None:
    (found,) = take_in(["https://orm.example/"])
    assert isinstance(found, Rejected)
    assert found.code == "OR-I05"
    assert "onrecord[fetch]" in found.message
