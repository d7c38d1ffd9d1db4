"""What the workstation asks of the team's files, read when it is first asked for, and again when
the hero says so: what the desk shows and what it counts goes by the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from heroterm.cli.invocation import Invocation
from heroterm.paths import Paths

if TYPE_CHECKING:
    from heroterm.cli.rules import RuleCheck
    from heroterm.domain.brief import Brief
    from heroterm.domain.findings import Finding
    from heroterm.domain.outbox import Intent
    from heroterm.domain.pack import Pack
    from heroterm.domain.stats import Week
    from heroterm.domain.takeover import Compared
    from heroterm.mirror.reader import Mirror
    from heroterm.rulebook import Rulebook
    from heroterm.tui.book import DeskBook, ReadAgain


_Stamps = dict[str, tuple[int, int]]
"""Files by name, with when each was written last (ns) and its size in bytes."""


class LateRules:
    """Rules, replies and playbooks, read when they are first asked for."""

    def __init__(self, call: Invocation, where: Paths) -> None:
        self._call = call
        self._where = where
        self._check: RuleCheck | None = None
        self._rules: Rulebook | None = None
        self._seen: _Stamps = {}

    def check(self, intent: Intent) -> Sequence[Finding]:
        """What the one list of rules finds. Raises StoreError when the mirror cannot be read."""
        if self._check is None:
            from heroterm.cli.rules import RuleCheck

            address = self._call.config.account.email
            own = (address,) if address else ()
            self._check = RuleCheck(self._where, self._call.clock, own, self._rules)
        return self._check(intent)

    def week(self, mirror: Mirror, now: datetime, days: int) -> Week:
        """Numbers of the last days, by the tiers of the policy in force, from a mirror of the
        caller's and a journal opened for it.
        """
        from heroterm.cli.reading import over
        from heroterm.cli.rules import rulebook
        from heroterm.cli.weekly import weekly

        with over(self._call, mirror) as read:
            return weekly(mirror, read.journal, now, days, self._rules or rulebook(self._where))

    def pack(self, mirror: Mirror) -> Pack:
        """The handover pack, from a mirror of the caller's and a journal opened for it."""
        from heroterm.cli.packing import pack_of
        from heroterm.cli.reading import over

        with over(self._call, mirror) as read:
            return pack_of(self._call, read, self._rules)

    def brief(self, mirror: Mirror) -> Brief:
        """What to know this morning, from a mirror of the caller's."""
        from heroterm.cli.briefing import brief_of
        from heroterm.cli.reading import over

        with over(self._call, mirror) as read:
            return brief_of(self._call, read, self._rules)

    def compared(self, mirror: Mirror, pack: Pack) -> Compared:
        """A colleague's pack against now. Raises UsageError for one of another account."""
        from heroterm.cli.reading import over
        from heroterm.cli.taking_over import compared_with

        with over(self._call, mirror) as read:
            return compared_with(self._call, read, pack, self._rules)

    def book(self) -> DeskBook:
        """The files of the rulebook, ready for the screen. Raises ConfigError."""
        from heroterm.cli.deskbook import desk_book
        from heroterm.cli.rules import rulebook

        self._seen = self._stamps()
        self._rules = rulebook(self._where)
        return desk_book(self._where, self._rules)

    def read_again(self) -> ReadAgain:
        """The same files as they are now, on any thread, and what is other in them; one that is
        wrong keeps what was read of it before. From then on the rules are asked by them, too.

        Raises ConfigError for config.toml or a shipped file, and everything stays as it was.
        """
        from heroterm.cli.deskbook import desk_book
        from heroterm.cli.rules import rulebook
        from heroterm.rulebook.changes import difference
        from heroterm.tui.book import ReadAgain

        former, seen = self._rules, self._stamps()
        now = rulebook(self._where, former)
        read = ReadAgain(desk_book(self._where, now), difference(former or now, now))
        self._rules, self._seen = now, seen
        if self._check is not None:
            self._check.book = now
        return read

    def newer_replies(self) -> ReadAgain | None:
        """The replies anew, where a file of the team's is another than the one that was read, and
        nothing else of the files; None where all of them are as they were. On any thread.

        Raises ConfigError, as `read_again` does.
        """
        former, seen = self._rules, self._stamps()
        if former is None or seen == self._seen:
            return None
        from heroterm.cli.deskbook import desk_book
        from heroterm.cli.rules import rulebook
        from heroterm.rulebook.changes import of_replies
        from heroterm.tui.book import ReadAgain

        now = rulebook(self._where, former)
        wrong = tuple(e for e in now.findings if Path(e.file).parent == self._replies)
        made = replace(former, replies=now.replies, findings=wrong)
        self._rules, self._seen = made, seen
        return ReadAgain(desk_book(self._where, made), of_replies(former, made))

    @property
    def _replies(self) -> Path:
        return self._where.rules / "replies"

    def _stamps(self) -> _Stamps:
        """By which it is seen that one of the team's replies was written, has come or is gone."""
        found: _Stamps = {}
        for path in self._replies.glob("*.md"):
            with suppress(OSError):  # gone by now, or nobody may look at it
                state = path.stat()
                found[path.name] = (state.st_mtime_ns, state.st_size)
        return found
