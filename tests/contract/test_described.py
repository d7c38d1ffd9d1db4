"""What client and practice desk say to each other is what Zendesk describes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from heroterm.sandbox import api_bulk, api_people_write, updates
from heroterm.sandbox.routes import PREFIX
from tests.contract import beyond
from tests.contract.description import Description, bare, read
from tests.contract.exercise import Exchange, exercise, ground, methods
from tests.contract.practice import read_parameters
from tests.sandbox.desk import make


@pytest.fixture
def description(shared: Path) -> Description:
    """Zendesk's description; the test skips where it is absent."""
    return read(shared / "zendesk" / "oas.yaml")


@pytest.fixture(scope="module")
def exchanges() -> list[Exchange]:
    """Everything that the client can ask, asked once."""
    on = ground()
    try:
        return list(exercise(on))
    finally:
        on.client.close()


def routes() -> list[str]:
    """Every "GET /tickets/{}" of the practice desk's API."""
    known = make(tickets=1).app.router.routes
    return [f"{each.method} {bare(each.template)}" for each in known if each.prefix == PREFIX]


def operation(exchange: Exchange, known: list[str]) -> str:
    """The route of the practice desk that answered, in bare form."""
    request = exchange.request
    asked = request.url.path.removeprefix(PREFIX).removesuffix(".json").strip("/").split("/")
    for name in known:
        method, _, path = name.partition(" ")
        parts = path.strip("/").split("/")
        fits = len(parts) == len(asked) and all(
            part in ("{}", have) for part, have in zip(parts, asked, strict=True)
        )
        if method == request.method and fits:
            return name
    raise AssertionError(f"the practice desk has no {request.method} {request.url.path}")


def test_every_path_of_the_practice_desk_is_described(description: Description) -> None:
    described = set(description.operations())

    assert set(routes()) - described - set(beyond.known("paths")) == set()


def test_every_parameter_that_the_practice_desk_reads_is_described(
    description: Description, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange: set[str] = set()
    for name, used in read_parameters(monkeypatch).items():
        strange |= beyond.strange_parameters(description, bare(name), used)

    assert strange == set()


def test_every_key_that_the_practice_desk_takes_is_described(description: Description) -> None:
    taken = {
        "PUT /tickets/{}": {"ticket": dict.fromkeys(updates.KEYS)},
        "PUT /users/{}": {"user": dict.fromkeys(api_people_write.USER_KEYS)},
        "POST /tickets/{}/merge": dict.fromkeys(api_bulk.MERGE_KEYS),
    }
    strange: set[str] = set()
    for name, body in taken.items():
        strange |= beyond.strange_keys(description, name, body)

    assert strange == set()
    assert description.schema_keys("TicketCommentObject") >= updates.COMMENT_KEYS


def test_every_request_of_the_client_is_described(
    description: Description, exchanges: list[Exchange]
) -> None:
    strange: set[str] = set()
    for each in exchanges:
        name = description.template(each.request.method, each.request.url.path)
        name = name or operation(each, sorted(beyond.known("paths")))
        used = set(parse_qs(each.request.url.query.decode(), keep_blank_values=True))
        strange |= beyond.strange_parameters(description, name, used)
        if each.body is not None:
            strange |= beyond.strange_keys(description, name, each.body)
            comment = (each.body.get("ticket") or {}).get("comment") or {}
            strange |= set(comment) - description.schema_keys("TicketCommentObject")

    assert strange == set()


def test_the_practice_desk_reads_every_parameter_that_the_client_sends(
    exchanges: list[Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = {bare(name): used for name, used in read_parameters(monkeypatch).items()}
    ignored = set()
    for each in exchanges:
        name = operation(each, routes())
        sent = set(parse_qs(each.request.url.query.decode(), keep_blank_values=True))
        ignored |= {f"{name} {key}" for key in sent - read[name]}

    assert ignored == set()


def test_the_list_of_exceptions_holds_nothing_that_is_described(description: Description) -> None:
    described = set(description.operations())

    assert set(beyond.known("paths")) & described == set()
    parameters = [row.rpartition(" ")[::2] for row in beyond.known("parameters")]
    bodies = [row.rpartition(" ")[::2] for row in beyond.known("bodies")]
    stale = {(name, key) for name, key in parameters if key in description.parameters(name)}
    for name, key in bodies:
        top, _, inner = key.partition(".")
        stale |= {(name, key)} if inner in description.body_keys(name)[top] else set()

    assert stale == set()


def test_every_call_of_the_client_is_answered_and_none_is_warned_about(
    exchanges: list[Exchange],
) -> None:
    on = ground()
    try:
        assert len(exchanges) >= len(methods(on.client))
    finally:
        on.client.close()
    for each in exchanges:
        where = f"{each.request.method} {each.request.url}"
        assert each.status in (200, 201, 204), where
        assert "x-zendesk-api-warn" not in each.headers, where
