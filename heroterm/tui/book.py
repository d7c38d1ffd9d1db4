"""What a team reads and edits as files, ready for the screen: replies, playbooks, rules' words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from heroterm.domain.outbox import Intent
from heroterm.domain.playbook import Playbook
from heroterm.domain.priority import HANDBOOK, TierRules
from heroterm.domain.reply import CannedReply, Filled
from heroterm.domain.rules import Finding
from heroterm.tui.opened import Opened


@dataclass(frozen=True, slots=True)
class DeskBook:
    """Canned replies, playbooks and the words of the rules. Empty until the files are read."""

    replies: tuple[CannedReply, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    tiers: TierRules = field(default=HANDBOOK)
    consequence: Callable[[str, datetime], str] = lambda status, now: ""
    """What a status does to the timers, in words (handbook: Ticket Status)."""
    advise: Callable[[Intent], Sequence[Finding]] = lambda intent: ()
    """Advice on tone and status: never blocks."""
    rank: Callable[[Sequence[CannedReply], Opened], Sequence[CannedReply]] = (
        lambda replies, opened: replies
    )
    fill: Callable[[CannedReply, Opened], Filled] = lambda reply, opened: Filled(reply.body)
    findings: tuple[str, ...] = ()
    """A sentence for each file that could not be used."""

    def ranked(self, opened: Opened) -> Sequence[CannedReply]:
        """The replies, those that fit the ticket best first."""
        return self.rank(self.replies, opened)

    def filled(self, name: str, opened: Opened) -> Filled:
        """A reply with what is known about the ticket filled in."""
        reply = next(reply for reply in self.replies if reply.name == name)
        return self.fill(reply, opened)
