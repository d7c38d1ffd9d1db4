from __future__ import annotations

import zlib
from collections.abc import Iterator

import httpx
import pytest

from heroterm.sandbox import faults, server
from heroterm.sandbox.faults import BOMB_BYTES, Faults
from tests.sandbox.desk import make


@pytest.fixture
def running() -> Iterator[server.Running]:
    started = server.start(make())
    yield started
    started.stop()


@pytest.fixture
def http(running: server.Running) -> Iterator[httpx.Client]:
    sign = (f"{running.sandbox.email}/token", running.sandbox.token)
    with httpx.Client(base_url=running.url, auth=sign, timeout=20) as client:
        yield client


def order(http: httpx.Client, **rule: object) -> None:
    assert http.post("/_sandbox/faults", json={"rules": [rule]}).status_code == 200


def path(running: server.Running) -> str:
    return f"/api/v2/tickets/{running.sandbox.world.named['gdpr']}"


def tags(running: server.Running) -> list[str]:
    world = running.sandbox.world
    return world.tickets[world.named["gdpr"]].tags


def marks(http: httpx.Client) -> list[tuple[object, ...]]:
    rows = http.get("/_sandbox/ledger").json()["writes"]
    return [(row["status"], row["applied"], row["answered"]) for row in rows]


@pytest.mark.parametrize(
    ("do", "written", "applied"),
    [
        ("refuse", [], False),
        ("drop-before", [(None, False, False)], False),
        ("drop-after", [(None, True, False)], True),
    ],
)
def test_a_cut_connection(
    running: server.Running,
    http: httpx.Client,
    do: str,
    written: list[tuple[object, ...]],
    applied: bool,
) -> None:
    order(http, match="PUT /api/v2/tickets/*", do=do, times=1)
    with pytest.raises(httpx.TransportError):
        http.put(path(running), json={"ticket": {"tags": ["cut"]}})

    assert marks(http) == written
    assert (tags(running) == ["cut"]) is applied
    assert http.put(path(running), json={"ticket": {"tags": ["x"]}}).status_code == 200


def test_an_ordered_status_is_not_applied(running: server.Running, http: httpx.Client) -> None:
    order(http, match="* /api/*", do="status", status=503, retry_after=7, times=1)
    answer = http.put(path(running), json={"ticket": {"tags": ["no"]}})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert marks(http) == [(503, False, True)]
    assert tags(running) != ["no"]


def test_a_login_page_comes_instead_of_json(running: server.Running, http: httpx.Client) -> None:
    order(http, match="*", do="html")
    answer = http.put(path(running), json={"ticket": {"tags": ["no"]}})

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert marks(http) == [(200, False, True)]


def test_a_truncated_answer_breaks_off(running: server.Running, http: httpx.Client) -> None:
    order(http, match="GET /api/v2/tickets*", do="truncate", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        http.get("/api/v2/tickets")

    assert http.get("/api/v2/tickets").status_code == 200


def test_a_drip_answers_whole_in_the_end(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "DRIP_SECONDS", 0.0)
    order(http, match="GET /api/v2/tickets/count", do="drip")

    assert http.get("/api/v2/tickets/count").json()["count"]["value"] == 60


def test_a_delay_answers_normally(http: httpx.Client) -> None:
    order(http, match="GET /api/*", do="delay", seconds=0.01)

    assert http.get("/api/v2/tickets/count").status_code == 200


def test_the_bomb_is_small_outside_and_large_inside() -> None:
    opened = zlib.decompressobj(31)
    size = 0
    data = faults.bomb()
    assert len(data) < 1_000_000
    while data:
        size += len(opened.decompress(data, 1 << 20))
        data = opened.unconsumed_tail

    assert size == BOMB_BYTES


def test_the_bomb_is_sent_as_gzip(http: httpx.Client) -> None:
    order(http, match="GET /api/*", do="gzip-bomb")
    with http.stream("GET", "/api/v2/tickets") as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert next(answer.iter_raw()).startswith(b"\x1f\x8b")


@pytest.mark.parametrize(
    ("match", "met"),
    [
        ("*", True),
        ("* /api/*", True),
        ("PUT /api/v2/tickets/*", True),
        ("PUT", True),
        ("/api/*", True),
        ("GET /api/*", False),
        ("PUT /api/v2/users/*", False),
    ],
)
def test_rules_match_method_and_path(match: str, met: bool) -> None:
    rules = Faults()
    rules.replace([{"match": match, "do": "html"}])

    assert (rules.take("PUT", "/api/v2/tickets/5") is not None) is met


def test_a_used_up_rule_makes_room_for_the_next() -> None:
    rules = Faults()
    rules.replace([{"match": "*", "do": "html", "times": 2}, {"match": "*", "do": "refuse"}])
    taken = [rules.take("GET", "/api") for _ in range(3)]

    assert [rule.do for rule in taken if rule] == ["html", "html", "refuse"]


def test_no_rules_clear_all(running: server.Running, http: httpx.Client) -> None:
    order(http, match="*", do="refuse")
    http.post("/_sandbox/faults", json={"rules": []})

    assert http.get(path(running)).status_code == 200


def test_one_connection_serves_many_requests(running: server.Running) -> None:
    sign = (f"{running.sandbox.email}/token", running.sandbox.token)
    with httpx.Client(base_url=running.url, auth=sign) as client:
        used = set()
        for _ in range(5):
            with client.stream("GET", "/api/v2/groups") as answer:
                answer.read()
                stream = answer.extensions["network_stream"]
                used.add(stream.get_extra_info("client_addr"))

    assert len(used) == 1


def test_a_refused_request_leaves_no_body_on_the_connection(running: server.Running) -> None:
    with httpx.Client(base_url=running.url) as client:
        assert client.put(path(running), json={"ticket": {"tags": ["x"]}}).status_code == 401
        assert client.get("/api/v2/users/me").json()["user"]["id"] is None
