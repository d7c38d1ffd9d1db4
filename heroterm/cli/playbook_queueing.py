"""Words of a run on their way into the outbox: shown whole, changed by a line, queued by `y`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from heroterm.cli import playbook_words as words
from heroterm.cli.playbook_sitting import Sitting
from heroterm.cli.remedies import remedy
from heroterm.domain.findings import Finding, answered
from heroterm.domain.outbox import HELD
from heroterm.domain.playbook import Step
from heroterm.domain.playbook_answers import put
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_wish import Wish, intent_of, wish
from heroterm.domain.ticket import WRITABLE_STATUSES

LATER = "/later"
Command = Callable[[str, Step, Case], bool]


def put_step(sitting: Sitting, step: Step, case: Case, command: Command) -> bool:
    """Show what a step would put until it is queued; False when the sitting ends here.

    `command` does what begins with a slash.
    """
    wanted = wish(sitting.seat.run, step, case, sitting.seat.book.replies)
    if isinstance(wanted, Finding):
        sitting.refuse(wanted)
        said = sitting.ask("/skip REASON, /abort REASON, or leave")
        return said is not None and said.startswith("/") and command(said, step, case)
    while True:
        sitting.say(words.wish(wanted))
        said = sitting.ask("y queues it")
        if said is None or said.strip() == LATER:
            return False
        if said.strip() == "y":
            _queue(sitting, wanted, case)
            return True
        changed = _changed(wanted, said)
        if changed is not None:
            wanted = changed
        elif not said.startswith("/"):
            sitting.refused = True
            sitting.out("  y queues it; /help lists what else.")
        elif not command(said, step, case):
            return False
        elif sitting.seat.run.state != "open" or step.id in sitting.seat.run.done:
            return True


def _queue(sitting: Sitting, wanted: Wish, case: Case) -> None:
    """Ask the rules, then put it with its event in one transaction."""
    seat = sitting.seat
    intent = intent_of(seat.run, wanted, case, seat.local_now(), seat.hold)
    findings, facts = seat.check(intent)
    refused = next((f for f in findings if f.level == "refuse"), None)
    if refused is not None:
        sitting.refuse(replace(refused, instead=remedy(refused, facts)))
        return
    asks = [f for f in findings if f.level == "ask"]
    if asks:
        sitting.say(f"  ? {each.say}" for each in asks)
        if (sitting.ask("y queues it all the same") or "").strip() != "y":
            return
        intent = answered(intent, asks)
    outcome = put(seat.run, wanted.step.id, intent.id, intent.ticket_id, wanted.say, case)
    if not sitting.keep(outcome, () if seat.run.rehearsal else (intent,)):
        return
    held = "held, then sent" if intent.state == HELD else "waits to be sent"
    nothing = "  Rehearsal: nothing was queued."
    sitting.out(nothing if seat.run.rehearsal else f"  Queued ({held}): {intent.id[:8]}")


def _changed(wanted: Wish, said: str) -> Wish | None:
    """The wish with other words or another status; None when the line asks for neither."""
    name, _, rest = said.partition(" ")
    if name == "/body" and not wanted.step.exact and wanted.comment is not None:
        return wanted.saying(rest.replace("\\n", "\n"))
    if name == "/set" and not wanted.step.exact:
        label, _, value = rest.partition("=")
        return wanted.saying(filled_in(wanted.body, label.strip(), value.strip()))
    if name == "/status" and rest in WRITABLE_STATUSES:
        return replace(wanted, changes=replace(wanted.changes, status=rest))
    return None


def filled_in(body: str, label: str, value: str) -> str:
    """A text with the blank of this label, or of this number, filled in."""
    wanted = re.escape(label)
    pattern = rf"\$\d{{1,2}}<{wanted}>|\${wanted}<[^<>\n]*>|<<{wanted}\?>>"
    return re.sub(pattern, lambda _: value, body)
