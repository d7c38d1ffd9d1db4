"""One sitting at a run: who is asked, what is said, and what was refused last."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from heroterm.cli.playbook_seat import Seat
from heroterm.cli.playbook_words import typed
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook_answers import Outcome
from heroterm.tui.keymap import SHIPPED, Keymap


@dataclass
class Sitting:
    """`ask` prints a question and gives the next line, None at the end of the lines."""

    seat: Seat
    out: Callable[[str], None]
    ask: Callable[[str], str | None]
    open: Callable[[str], bool]
    keymap: Keymap = SHIPPED
    """The hero's keys, where a rule names one that has no word here."""
    sleep: Callable[[float], None] = time.sleep
    refused: bool = False
    """Whether what was asked for last was refused."""

    def say(self, lines: Iterable[str]) -> None:
        """Print lines."""
        for line in lines:
            self.out(line)

    def refuse(self, finding: Finding) -> None:
        """Say why not, and what instead."""
        self.refused = True
        self.out(f"  REFUSED: {finding.say} {typed(finding.instead, self.keymap)}".rstrip())

    def keep(self, outcome: Outcome, intents: Sequence[Intent] = ()) -> bool:
        """Write an outcome with what it puts into the outbox; a refusal is said instead."""
        if isinstance(outcome, Finding):
            self.refuse(outcome)
            return False
        self.refused = not self.seat.add(outcome, intents)
        if self.refused:
            self.out("  Another desk was quicker; this is where the run stands now.")
        return not self.refused
