"""Data of every kind of wrongness: it is shown as it is, left out with a number, or said."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as some

from heroterm.domain.sla import countdown, left
from heroterm.domain.ticket import Comment, Person
from heroterm.domain.view import Overlay, View
from heroterm.mirror.search import search
from heroterm.sync import exported
from heroterm.sync.pull import Pull
from heroterm.tui.panes.message import Said, lines
from heroterm.tui.panes.status import skew
from heroterm.tui.text import fit, width_of
from tests.cli.conftest import Home
from tests.cli.door import Door
from tests.conftest import NOW
from tests.house.arrows import imports
from tests.house.source import package
from tests.mirror.make import Desk
from tests.mirror.make import ticket as made
from tests.sync.answers import ADA, Me
from tests.sync.model import Zendesk
from tests.sync.test_pull import Side
from tests.zendesk.answering import TICKET, told


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "mirror.db")
    yield desk
    desk.close()


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    server = Zendesk(page_size=10, exports=True, signed_in=Me(role="admin"))
    for number in range(1, 56):
        server.add(number, age=4_000.0 + number)
    made = Side(tmp_path / "mirror.db", server)
    yield made
    made.close()


def test_a_pass_has_its_budget_of_pages_and_the_next_one_goes_on(side: Side) -> None:
    list(side.pull.fill())
    for number in range(1, 56):
        side.server.turn(10)
        side.server.say(number, ADA, "news")
    pull = Pull(side.server, side.writer, lambda: side.server.now, page_cap=2)
    mark = pull.mark
    for whole in (False, False, True):
        pages = list(pull.delta())
        assert (len(pages), pages[-1].whole) == (2, whole)
        assert (pull.mark != mark) is whole


def test_an_export_without_an_end_has_its_budget_too(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "_PAGES", 3)
    monkeypatch.setattr(exported, "_TICKETS", 10)
    side.restart()
    side.pull.strategy = "admin"
    assert [page.whole for page in side.pull.export()] == [False, False, False]
    assert [page.whole for page in side.pull.export()] == [False, False, True]


def test_what_zendesk_has_not_told_us_of_yet_is_shown_as_it_is(desk: Desk) -> None:
    strange = made(1, status="triage", priority="sky-high", type="omen", channel="pigeon")
    desk.save(strange, made(2, priority="high"), made(3, status="solved"))
    rows = desk.mirror.queue(View(), Overlay(), limit=9)
    assert [(row.id, row.status, row.priority) for row in rows] == [
        (2, "open", "high"),
        (1, "triage", "sky-high"),
    ]
    assert [hit.id for hit in search(desk.mirror, "status:triage").hits] == [1]
    held = desk.mirror.ticket(1)
    assert held is not None and (held.type, held.channel) == ("omen", "pigeon")


def test_only_what_zendesk_knows_is_ever_written(door: Door, home: Home) -> None:
    for words in (("--status", "triage"), ("--priority", "sky-high")):
        assert door("set", "101", *words, "--json").code in (1, 2)
    assert door.json("outbox", "list")["intents"] == []


def test_new_fields_and_objects_are_passed_over() -> None:
    row = {**TICKET, "support_type": "agent", "new": {"deep": [{"er": 1}]}, "fields": []}
    page = told({"tickets": [row], "new_list": [1], "count": "?"}).tickets_page()
    assert [each.id for each in page.tickets] == [7] and page.refused == ()


def test_what_could_not_be_understood_is_counted_and_the_doctor_says_so(
    side: Side,
    door: Door,
    home: Home,
) -> None:
    real = side.server.tickets_page
    side.server.tickets_page = lambda cursor: replace(real(cursor), refused=("tickets 9: id",))  # type: ignore[method-assign]
    list(side.pull.delta())
    assert side.mirror.state().refused == 6, "one a page"
    side.server.tickets_page = real  # type: ignore[method-assign]
    list(side.pull.delta())
    assert side.mirror.state().refused == 0
    writer = home.writer()
    writer.remember(refused=6)
    writer.close()
    checks = door("doctor", "--offline", "--json").document["checks"]
    (rows,) = [each for each in checks if each["name"] == "rows"]
    assert not rows["ok"] and rows["say"].startswith("6 tickets")


def test_an_address_of_two_people_is_called_ambiguous(door: Door, home: Home) -> None:
    assert door.json("show", "101")["same_address"] == []
    writer = home.writer()
    twin = Person(902, "Jo Twin", "JO@acme.example.com")
    nobody = [Person(903, "(no name)", None), Person(904, "(no name)", "")]
    writer.save_comments(101, [], [twin, *nobody], complete=False, at=NOW)
    writer.close()
    assert door.json("show", "101")["same_address"] == [{"id": 902, "name": "Jo Twin"}]
    assert "Jo Twin (user 902) has the same address" in door("show", "101").out


def test_whoever_is_not_known_is_called_unknown(door: Door, home: Home) -> None:
    writer = home.writer()
    said = [Comment(n, 102, author, True, "Hi", NOW) for n, author in ((70, -1), (71, 555))]
    writer.save_comments(102, said, [], complete=True, at=NOW)
    writer.close()
    out = door("show", "102").out
    assert out.count("-- unknown (customer)") == 2
    user = told({"users": [{"id": 5}], "tickets": []}).tickets_page().people[0]
    assert (user.name, user.email, user.organization_id) == ("(no name)", None, None)


def test_a_message_without_an_end_is_cut_with_a_word_how_to_see_more() -> None:
    body = "line of words\n" * 200_000
    comment = Comment(1, 7, None, True, body, NOW)
    for unfolded, most in ((False, 210), (True, 4_100)):
        said = Said(comment, None, NOW, current=True, unfolded=unfolded)
        drawn = [line.plain for line in lines(said, 80)]
        assert len(drawn) < most
        assert f"{len(body):,} letters in all" in drawn[-2]


ZONES = sorted(available_timezones())
MOMENTS = some.integers(1_577_836_800, 2_051_222_400).map(
    lambda at: datetime.fromtimestamp(at, UTC)
)


@given(MOMENTS, some.integers(-10_000, 10_000), some.sampled_from(ZONES), some.sampled_from(ZONES))
def test_what_is_left_of_a_clock_is_the_same_in_every_zone(
    now: datetime, minutes: int, here: str, there: str
) -> None:
    due = now + timedelta(minutes=minutes)
    moved, looked = due.astimezone(ZoneInfo(there)), now.astimezone(ZoneInfo(here))
    assert left(moved, looked) == timedelta(minutes=minutes)
    told = countdown("next_reply_time", "active", moved, looked)
    assert told == countdown("next_reply_time", "active", due, now)


@pytest.mark.parametrize(
    ("offset", "words"),
    [(0.0, ""), (119.0, ""), (-120.0, ""), (300.0, "5 min behind"), (-7_200.0, "2 h ahead of")],
)
def test_a_clock_that_is_off_is_said_on_the_screen(offset: float, words: str) -> None:
    assert (words in skew(offset)) and bool(skew(offset)) is bool(words)


STRANGE = (
    *(
        "Z\u0335\u0321alg\u0334o",
        "\u202egnp.exe",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2067a\u2069",
    ),
    *(
        "\U000e0041\U000e0042",
        "\uff37\uff49\uff44\uff45",
        "\u1680\u3000",
        "\ufe0f\u26a0",
        "a\u00adb",
        "\x1b[31m",
    ),
)


@given(
    some.lists(some.sampled_from(STRANGE) | some.text(max_size=9), max_size=9), some.integers(1, 60)
)
def test_no_text_moves_what_stands_beside_it(pieces: list[str], width: int) -> None:
    line = fit("".join(pieces), width)
    assert width_of(line) == width and "\n" not in line
    assert not {unicodedata.category(sign) for sign in line} & {"Cc", "Cf", "Cs"}


APART = "heroterm.pictures.decoding"
"""The one module that decodes pictures: a process with limits and without secrets."""
NEVER: dict[str, set[str]] = {
    "pictures": {"PIL", "imageio", "cv2", "textual_image", "rich_pixels"},
    "archives": {"zipfile", "tarfile", "py7zr", "rarfile"},
    "documents": {"textual.widgets.Markdown", "rich.markdown", "html.parser", "lxml", "bs4"},
}


@pytest.mark.parametrize("what", NEVER)
def test_nothing_decodes_what_a_stranger_sent(what: str) -> None:
    """No picture, archive or document of a ticket is opened (faults 60, 73, 74), but for pictures
    in the process that is kept apart for it, which no other module imports.
    """
    found: set[Any] = set()
    for source in package():
        if what == "pictures" and source.name == APART:
            continue
        names = {name for name, _ in imports(source)}
        if "textual.widgets" in names:
            names |= {f"textual.widgets.{word}" for word in _widgets(source)}
        found |= names & {*NEVER[what], APART}
    assert found == set()


def _widgets(source: Any) -> set[str]:
    import ast

    nodes = source.nodes(ast.ImportFrom)
    return {each.name for node in nodes if node.module == "textual.widgets" for each in node.names}
