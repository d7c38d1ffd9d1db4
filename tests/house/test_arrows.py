"""The arrows between the rooms point one way."""

from __future__ import annotations

import pytest

from tests.house import arrows
from tests.house.source import nothing_in, package, parse


def test_every_import_follows_the_arrows() -> None:
    nothing_in(arrows.against(package()))


def test_no_module_imports_itself_by_way_of_others() -> None:
    nothing_in(arrows.cycles(package()))


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("heroterm.domain.sla", "from heroterm.errors import HeroError"),
        ("heroterm.domain.sla", "import sqlite3"),
        ("heroterm.domain.sla", "from urllib.request import urlopen"),
        ("heroterm.domain.sla", "import pydantic"),
        ("heroterm.mirror.reader", "from heroterm.zendesk import client"),
        ("heroterm.mirror.reader", "def f():\n    import httpx"),
        ("heroterm.journal.outbox", "from ..mirror import reader"),
        ("heroterm.sync.pull", "import asyncio"),
        ("heroterm.sync.pull", "from heroterm.config import Config"),
        ("heroterm.sync.pull", "from heroterm.zendesk.client import Zendesk"),
        ("heroterm.tui.app", "from heroterm.zendesk.client import Zendesk"),
        ("heroterm.sync.pull", "from heroterm import __version__"),
        ("heroterm.tui.app", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n import httpx"),
        ("heroterm.sandbox.api", "from heroterm.domain.ticket import Status"),
        ("heroterm.cli.queue", "import textual"),
        ("heroterm.zendesk.wire", "import requests"),
        ("heroterm.attic.old", "import json"),
    ],
)
def test_a_wrong_arrow_is_found_out(module: str, text: str) -> None:
    assert arrows.against([parse(text, module)])


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("heroterm.cli.queue", "import click\nfrom heroterm.mirror import reader"),
        ("heroterm.tui.panes.queue", "from ..text import row\nfrom textual.widget import Widget"),
        ("heroterm.zendesk.client", "import httpx\nfrom heroterm.errors import Offline"),
        ("heroterm.zendesk.connection", "from heroterm import __version__"),
        ("heroterm.domain.sla", "from datetime import datetime\nfrom .ticket import Ticket"),
    ],
)
def test_a_right_arrow_is_let_pass(module: str, text: str) -> None:
    assert arrows.against([parse(text, module)]) == []


def test_a_ring_is_found_out_though_one_import_is_deferred_and_one_only_for_types() -> None:
    one = parse("def f():\n    from heroterm.domain import two", "heroterm.domain.one")
    two = parse("if TYPE_CHECKING:\n    from .three import X", "heroterm.domain.two")
    three = parse("import heroterm.domain.one", "heroterm.domain.three")
    assert len(arrows.cycles([one, two, three])) == 1


def test_two_ways_to_one_module_are_no_ring() -> None:
    one = parse("from . import two, three", "heroterm.domain.one")
    two = parse("from . import three", "heroterm.domain.two")
    three = parse("", "heroterm.domain.three")
    assert arrows.cycles([one, two, three]) == []
