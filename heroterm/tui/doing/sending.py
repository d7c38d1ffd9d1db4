"""When what is queued goes: after the usual hold, at a chosen moment, or only by hand.

The first sends ever wait for `!`: a newcomer finds the outbox before a customer finds a mistake
(keys §4). Field changes alone need no practice, for they can be taken back after they were sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from heroterm.domain.outbox import Intent
from heroterm.journal.epoch import UNTIL_RELEASED
from heroterm.tui import intent_words
from heroterm.tui.doing import saying
from heroterm.tui.on_desk import OnDesk

REMIND = timedelta(seconds=60)
"""After so long a practice send asks for its `!`."""


def practice(desk: OnDesk) -> int:
    """Which of the first sends the next one is, from 1; 0 when they are over."""
    journal, most = desk.reading.journal, desk.parts.settings.training_sends
    done = journal.outbox.sends() if journal is not None and most else 0
    return done + 1 if done < most else 0


def hold_words(desk: OnDesk, at: str) -> str:
    """What `y` will do, for the Review bar; `at` is the moment that was chosen, in words."""
    queues, recalls = desk.key("review.queue"), f"{desk.key('review.undo')} recalls"
    if at:
        changes = f"{desk.key('review.later')} changes"
        return f"{queues} queues it, sent {at}, checked again then ({recalls}, {changes})"
    if number := practice(desk):
        most = desk.parts.settings.training_sends
        press = f"{desk.key('outbox.send')} in {desk.key('pane.outbox')}"
        which = f"practice send {number} of {most}"
        return f"{queues} queues it; {which}: it leaves when you press {press}"
    seconds = desk.parts.settings.hold_seconds
    return f"{queues} queues it, held {seconds:.0f} s{once(desk)} ({recalls})"


def once(desk: OnDesk) -> str:
    """What is said of a hold while Zendesk is not reached: it goes later than that; "" else."""
    since = desk.reading.state.offline_since
    if since is None:
        return ""
    return f", sent once the network is back (OFFLINE since {since.astimezone():%H:%M})"


def hold(desk: OnDesk) -> str:
    """How long what was queued is kept here, in words."""
    seconds = desk.parts.settings.hold_seconds
    return f"held for {seconds:.0f} s{once(desk) or ', then sent'}"


def send_after(desk: OnDesk, *, words: bool, later: datetime | None = None) -> datetime:
    """The moment before which it stays here."""
    now = desk.reading.local_now()
    usual = now + timedelta(seconds=desk.parts.settings.hold_seconds)
    if later is not None:
        return max(later, usual)
    return UNTIL_RELEASED if words and practice(desk) else usual


def held(desk: OnDesk, intent: Intent) -> Intent:
    """The hold of an intent begins when it is queued, not when the box that showed it opened."""
    until = max(intent.send_after, send_after(desk, words=False))
    return replace(intent, created_at=desk.reading.local_now(), send_after=until)


def promise(desk: OnDesk, intent: Intent) -> str:
    """What is said once it is queued."""
    now, what = desk.reading.local_now(), intent_words.subject(intent)
    if intent_words.by_hand(intent):
        number, most = practice(desk), desk.parts.settings.training_sends
        return (
            f"{what} waits for you: practice send {number} of {most}. "
            f"{desk.key('pane.outbox')} shows it, "
            f"{desk.key('outbox.send')} sends it, {desk.key('desk.undo')} recalls it."
        )
    seconds = desk.parts.settings.hold_seconds
    if intent_words.is_later(intent, seconds):
        at = intent_words.moment(intent.send_after, now)
        return f"{what} is sent {at}: {desk.key('desk.undo')} recalls it."
    return f"{what} is {hold(desk)}: {desk.key('desk.undo')} recalls it."


def second(desk: OnDesk) -> None:
    """Asked once a second while something goes soon: countdowns go on, in an open outbox, too."""
    saying.status_lines(desk)
    desk.refresh_outbox()


def remind(desk: OnDesk, intent: Intent) -> None:
    """A practice send that still waits after a minute says so."""
    if intent_words.by_hand(intent):
        desk.set_timer(REMIND.total_seconds(), lambda: _remind(desk, intent.id))


def _remind(desk: OnDesk, intent_id: str) -> None:
    waits = next((each for each in desk.reading.intents() if each.id == intent_id), None)
    if waits is not None and intent_words.by_hand(waits) and practice(desk):
        desk.tell(
            f"{intent_words.subject(waits)} still waits for you: "
            f"{desk.key('pane.outbox')} shows it once more, "
            f"{desk.key('outbox.send')} sends it, {desk.key('desk.undo')} recalls it.",
            severity="warning",
        )
