"""`u` and `U`: recall what has not left; take back by its inverse what was sent and still stands.

A bulk change is one entry: one key takes all of it back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from heroterm.domain.claims import is_claim
from heroterm.domain.outbox import SENT, Intent
from heroterm.tui import intent_words
from heroterm.tui.doing import forgetting, inverting, recalling, reviewing, waiting, writing
from heroterm.tui.doing.ways import way
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.listing import Listed
from heroterm.tui.screens.undo import Entry, UndoScreen, detail, line

RECENT = timedelta(minutes=10)
"""What was sent longer ago is not taken back by `u` alone: `U` lists it."""
_LISTED = 100


def undo(desk: OnDesk) -> None:
    """`u`: take back the newest change that can be; its words open as they were."""
    if desk.reading.journal is None:
        desk.tell(str(desk.reading.journal_trouble), severity="error")
        return
    if desk.composer.writing is not None and not writing.keep_now(desk):
        return
    entry = next(iter(entries(desk)), None)
    # What has not left comes before a reminder, however new: words on their way cannot wait.
    left = entry is None or entry.sent
    since = entry.intents[0].created_at if entry is not None else None
    if left and (forgetting.undo(desk, since) or waiting.undo(desk, since)):
        return
    if entry is None:
        desk.tell("Nothing is held, and nothing that was sent can be taken back.")
    elif not entry.sent:
        take_back(desk, entry)
    elif desk.reading.local_now() - _when(entry.intents[0]) > RECENT:
        desk.tell(
            f"Nothing is held or waiting. {desk.key('desk.undo_list')} "
            "lists what was sent and can be "
            "taken back."
        )
    elif any(intent.comment is not None for intent in entry.intents):
        what = intent_words.subject(entry.intents[0])
        desk.tell(
            f"{what} is sent: words cannot be taken back. {desk.key('desk.undo_list')} takes back "
            "what it changed."
        )
    else:
        take_back(desk, entry)


def undo_in_review(desk: OnDesk) -> None:
    """`u` in the Review: recall what has not left; where nothing waits, undo what was typed last.
    What was sent is not touched from there.
    """
    entry = next((found for found in entries(desk) if not found.sent), None)
    if entry is not None:
        if writing.keep_now(desk):
            take_back(desk, entry)
        return
    before = desk.composer.body
    desk.composer.words.undo()
    if desk.composer.body == before:
        desk.tell("Nothing is held, and no typing is left to undo.")
    else:
        reviewing.refresh_review(desk)
        desk.tell(
            f"Undid what was typed last: {desk.key('review.undo')} goes on, "
            f"{desk.key('review.edit')} is back to the text."
        )


def entries(desk: OnDesk) -> list[Entry]:
    """What can be taken back, newest first; a bulk change is one entry."""
    journal = desk.reading.journal
    if journal is None:
        return []
    found: dict[str, list[Intent]] = {}
    for intent in journal.outbox.undoable(_LISTED):
        found.setdefault(_entry_of(intent), []).append(intent)
    return [Entry(tuple(intents)) for intents in found.values()]


def _entry_of(intent: Intent) -> str:
    """Intents of one bulk change stand together, those that left apart from those that did not."""
    return f"{intent.group} {intent.state == SENT}" if intent.group else intent.id


def _when(intent: Intent) -> datetime:
    return intent.finished_at or intent.created_at


def take_back(desk: OnDesk, entry: Entry) -> None:
    """Recall what has not left, or queue the inverse of what has."""
    first = entry.intents[0]
    if entry.sent:
        inverting.invert(desk, entry.intents)
    elif first.group:
        recalling.group(desk, first.group, len(entry.intents))
    else:
        recalling.one(desk, first)


def show(desk: OnDesk) -> None:
    """`U`: what can be taken back, with what that would do."""
    if desk.reading.journal is None:
        desk.tell(str(desk.reading.journal_trouble), severity="error")
        return
    send = way(desk, "outbox.send")
    listed = Listed(
        title="What can be undone",
        place="undo",
        items=lambda: entries(desk),
        key=lambda entry: entry.intents[0].id,
        line=lambda entry, width: line(
            entry,
            Names(desk.reading.mirror),
            desk.reading.local_now(),
            send,
            width,
            offline=desk.reading.state.offline_since is not None,
        ),
        detail=lambda entry, width: detail(entry, _said(desk, entry), width),
        act=lambda deed, entry: _act(desk, entry),
        empty=" Nothing is held, and nothing that was sent can be taken back.",
        keymap=desk.parts.keymap,
    )
    desk.app.push_screen(UndoScreen(listed))


def _act(desk: OnDesk, entry: Entry | None) -> bool:
    if entry is not None:
        take_back(desk, entry)
    return False


def _said(desk: OnDesk, entry: Entry) -> list[str]:
    """What taking it back would do, ticket by ticket."""
    names = Names(desk.reading.mirror)
    if not entry.sent:
        return ["It has not left: it is recalled" + _words_stay(entry)]
    found = []
    for intent in entry.intents:
        how = inverting.back_of(desk, intent).how
        said = ", ".join([*intent_words.deed(replace(intent, deed=how.deed), names)])
        said = said or ", ".join(names.said(how.changes))
        found.append(f"{intent_words.subject(intent)}: {how.refusal or f'back to {said}'}")
    return found


def _words_stay(entry: Entry) -> str:
    first = entry.intents[0]
    if first.comment is None or is_claim(first):
        return "."
    return ", and its words are a draft again." if not first.group else ", words and all."
