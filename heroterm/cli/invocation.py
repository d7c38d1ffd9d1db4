"""One run of the command line: where its home is, what it prints, its clock and its ids.

Made once at the front door and handed to the verb. It opens what a verb asks for and closes it
at the end; nothing is opened that is not asked for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from heroterm.config import Account, Config, load
from heroterm.domain.text import shown
from heroterm.errors import ConfigError
from heroterm.paths import Paths, locate


class Invocation:
    """What a verb is handed; `home`, `as_json`, `no_input`, `read_only` are what the words say."""

    def __init__(self, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self.clock = clock
        self.new_id = new_id
        self.home: str | None = None
        self.as_json = False
        self.no_input = False
        self.read_only = False
        self.verb = "heroterm"
        """What was asked for, in the words of the log: `sync`, `outbox send`."""

    @property
    def may_ask(self) -> bool:
        """Whether there is a person to be asked: a terminal, and no `--no-input`."""
        return not self.no_input and sys.stdin.isatty()

    @property
    def paths(self) -> Paths:
        """The folders of this home; nothing is made by asking."""
        return locate(self.home, os.environ)

    @property
    def config(self) -> Config:
        """The configuration of this home. Raises ConfigError."""
        return load(self.paths.config_file)

    @property
    def account(self) -> Account:
        """The account; ConfigError with the way to one where there is none yet."""
        account = self.config.account
        if not account.url:
            raise ConfigError(
                "No Zendesk account is configured here.",
                "Run `heroterm connect SUBDOMAIN --email YOU --token-stdin`, "
                "or try `heroterm demo`, which needs none.",
                file=str(self.paths.config_file) if self.paths.config_file.exists() else "",
            )
        return account

    def answer(self, document: dict[str, Any], lines: Iterable[str]) -> None:
        """Print what was found: one JSON document, or the lines for a person, made harmless."""
        if self.as_json:
            print(json.dumps({"schema": 1, **document}, default=plain))
            return
        for line in lines:
            print(shown(line))

    def say(self, line: str) -> None:
        """Tell a person how it goes, on stderr, so that stdout stays what was asked for."""
        print(shown(line), file=sys.stderr, flush=True)


def plain(value: object) -> object:
    """What JSON cannot hold by itself: moments as ISO-8601 UTC, paths as text."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a document")


def moment(value: datetime) -> str:
    """ISO-8601 in UTC with whole seconds: `2026-03-04T10:00:00Z`."""
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
