"""A front door, and a home whose mirror holds a few tickets."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.rules import rulebook
from heroterm.domain.ticket import (
    Comment,
    Group,
    Organization,
    Page,
    Person,
    SlaClock,
    Ticket,
    ZendeskView,
)
from heroterm.mirror.writer import MirrorWriter
from heroterm.paths import Paths, locate
from tests.cli.door import Answer, Door
from tests.conftest import NOW
from tests.filled import made_once, readdress

ANA = Person(900, "Ana Hero", "ana@desk.example.com", "agent")
JO = Person(901, "Jo Ødegård", "jo@acme.example.com", organization_id=70)
ACME = Organization(70, "Acme Rockets", ("acme.example.com",), plan="Enterprise")


def ticket(id_: int, subject: str, **fields: object) -> Ticket:
    """A ticket of Jo's, changed an hour ago."""
    values: dict[str, object] = {
        "status": "open",
        "created_at": NOW - timedelta(days=1),
        "updated_at": NOW - timedelta(hours=1),
        "updated_stamp": "2026-03-04T09:00:00Z",
        "description": f"{subject}, please.",
        "channel": "email",
        "requester_id": JO.id,
        "organization_id": ACME.id,
        "group_id": 5,
        "slas": (),
        **fields,
    }
    return Ticket(id=id_, subject=subject, **values)  # type: ignore[arg-type]


def due(minutes: int) -> tuple[SlaClock, ...]:
    """A first reply clock that breaches so many minutes after NOW."""
    return (SlaClock("first_reply_time", "active", NOW + timedelta(minutes=minutes)),)


TICKETS = (
    ticket(101, "Funnel is empty", priority="normal", slas=due(30)),
    ticket(102, "Charts [/red] \x1b[31mred\u202e", priority="high", slas=due(300)),
    ticket(103, "Invoice", priority="normal", slas=due(-20), group_id=6),
    ticket(104, "Waiting", status="pending", priority="high"),
    ticket(105, "Old", status="solved"),
    ticket(
        106,
        "How do cohorts work?",
        priority="low",
        tags=("community_question",),
        description="How?\n\nhttps://posthog.com/questions/how-do-cohorts-work",
    ),
    ticket(107, "Shut", status="closed"),
)
WORDS = (
    Comment(1, 101, JO.id, True, "Hi,\nmy funnel is empty.\nhttps://app.example.com/f/1", NOW),
    Comment(2, 101, ANA.id, False, "Looks like the filter.", NOW),
)


@dataclass(frozen=True)
class Home:
    """A home that was synced: `paths`, and what the mirror holds."""

    paths: Paths

    def writer(self) -> MirrorWriter:
        return mirror_writer(self.paths.mirror, rulebook(self.paths))


@pytest.fixture
def door(capsys: pytest.CaptureFixture[str]) -> Door:
    """The front door."""
    return Door(capsys)


@pytest.fixture
def home(own_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with seven tickets, synced two minutes ago."""
    shutil.copytree(made_once(tmp_path_factory, "seven tickets", filled), own_home)
    return Home(locate(own_home, {}).make())


def filled(where: Path) -> Home:
    """Make such a home there."""
    found = Home(locate(where, {}).make())
    writer = found.writer()
    page = Page(TICKETS, (ANA, JO), (ACME,), (Group(5, "Support"), Group(6, "Billing")))
    writer.save_page(page, at=NOW)
    writer.save_groups([Group(5, "Support"), Group(6, "Billing")])
    writer.save_views([ZendeskView(77, "Support queue")])
    writer.save_view_members(77, [101])
    writer.save_comments(101, WORDS, (ANA, JO), complete=True, at=NOW)
    writer.remember(
        account="http://127.0.0.1:1",
        user_id=ANA.id,
        user_name=ANA.name,
        role="agent",
        group_ids=(5,),
        first_fill_done=True,
        synced_at=NOW - timedelta(minutes=2),
    )
    writer.close()
    return found


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What a person would type, or a pipe give."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.fixture
def connect(
    door: Door, sandbox_http: Any, sandbox_wsgi: Any, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Sign in to the sandbox; more words may follow."""

    def sign_in(*words: str, token: str = "") -> Answer:
        type_in(monkeypatch, (token or sandbox_wsgi.token) + "\n")
        where = ("--url", sandbox_http.url, "--email", sandbox_wsgi.email)
        return door("connect", *where, "--token-stdin", *words, "--json")

    return sign_in


@pytest.fixture
def synced(
    connect: Any,
    door: Door,
    own_home: Path,
    sandbox_http: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Any:
    """A home that is signed in and filled; gives the totals of the first pass."""

    def make(where: Path) -> None:
        assert connect().code == 0
        totals = door.json("sync", "--once")
        where.mkdir()
        own_home.rename(where / "home")
        (where / "told.json").write_text(json.dumps([sandbox_http.url, totals]))

    made = made_once(tmp_path_factory, "synced", make)
    url, totals = json.loads((made / "told.json").read_text())
    shutil.copytree(made / "home", own_home)
    readdress(own_home, url, sandbox_http.url)
    return totals
