"""What may be typed into a plain shift, and in which words it says what to do now."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.cli.remedies import REMEDIES, Voice
from heroterm.domain.put_in import greeted_twice
from heroterm.domain.ticket import WRITABLE_STATUSES

WORDS = {
    "n": "next: the next ticket by policy, and its thread",
    "o NUMBER": "open a ticket",
    "t": "this ticket again",
    "w": "why the next ticket is next, rule by rule",
    "N REASON": "skip this ticket with a reason, then next",
    "r": "reply to the customer",
    "i": "internal note",
    "c NAME": "canned reply; c alone lists them",
    "s STATUS": "status: open, pending, hold or solved",
    "d": "done elsewhere: a note that says where, then the status",
    "set WORDS": "priority, group, assignee, tags, fields, as in: set --group Support --add-tag x",
    "W WHEN": "wait: remind me, as in: W tue 9:00; W alone lists; W - ends it",
    "h": "handover: whether the week may end; h write FOLDER writes the pack",
    "l": "the queue, ten lines",
    "/ WORDS": "search",
    "p": "playbooks; p NAME runs one on this ticket",
    "b": "the outbox",
    "u": "undo: recall what is held",
    "?": "these words",
    "q": "quit; what is held goes out at the next start or with `heroterm outbox send`",
}
"""What may be typed, and what it does."""
IN_FULL = {
    "next": "n", "open": "o", "thread": "t", "show": "t", "why": "w", "skip": "N", "reply": "r",
    "note": "i", "canned": "c", "status": "s", "done": "d", "wait": "W", "handover": "h",
    "list": "l", "queue": "l", "search": "/", "playbook": "p", "playbooks": "p", "outbox": "b",
    "undo": "u", "help": "?", "quit": "q",
}  # fmt: skip
"""The same in full, for whoever speaks them: capital and small letters sound alike."""


def written(
    ask: Callable[[str], str | None], say: Callable[[str], None], kept: str, begun: str
) -> str:
    """Words line by line, behind those that are kept and those that are brought (`begun`)."""
    stands = begun or kept
    if kept.strip() and begun:
        stands = f"{kept.rstrip()}\n\n{begun[greeted_twice(kept, begun) :]}"
    if stands:
        say(f"So far:\n{stands}")
    say("Write; a line with a single full stop ends it, one with a single - takes the last off.")
    lines = stands.split("\n") if stands else []
    while (line := ask("")) is not None and line != ".":
        if line != "-":
            lines.append(line)
        else:
            say(f"Taken off: {lines.pop()}" if lines else "No line is left.")
    return "\n".join(lines).strip("\n").rstrip()


def asked_status(
    ask: Callable[[str], str | None], say: Callable[[str], None], usual: str | None
) -> str | None:
    """The status that goes with some words, asked for until it is one; Enter is the usual one."""
    words = ", ".join(WRITABLE_STATUSES)
    while said := (ask(f"Status ({words}; Enter: {usual or 'as it is'}): ") or "").strip():
        if said in WRITABLE_STATUSES:
            return said
        say(f"{said!a} is no status to answer with.")
    return usual


TALK = Voice(
    {
        **REMEDIES,
        "unfilled-placeholder": "r (or i) goes on with it; c NAME asks for its blanks.",
        "community-public-reply": "Answer {place}, then d records it.",
        "light-agent-reply": "i writes it as a note, or ask for a full seat.",
        "light-agent-change": "i writes a note that says what is to be changed.",
        "status-not-for-answers": "Use open, pending, hold or solved.",
        "custom-status-unknown": "Use open, pending, hold or solved.",
        "hold-needs-reply": "r tells the customer; its status may be hold.",
        "pending-unread": "t shows what they wrote.",
        "open-required-steps": "p NAME goes on with it.",
        "solve-with-note-only": "r writes a reply first.",
        "solve-unrecorded": "d records the answer and solves.",
        "claimed": "n takes another, or talk to them first.",
        "own-address": "t shows who really wrote.",
        "content-warning": "t asks before it reads anything out.",
        "answer-where-asked": "t gives the issue's link; d then records the answer.",
        "empty-text": "r or i begins anew.",
        **dict.fromkeys(("greeting", "apology", "thanks", "next-step"), "r goes on with it."),
        "greeting-name": "t shows who wrote; r goes on with it.",
        "slack-tone": "r goes on with it: a line with a single - takes the last off.",
        "attachment": "Leave it out, or attach it at the desk: it stays a draft there.",
        "self-hosted": "c NAME puts the canned words in; c alone lists them.",
        "merch": "c NAME puts an offer in; c alone lists them.",
        "status": "r asks for the status again.",
    },
    {
        "closed-ticket": "Answer {place}; a question has no follow-up ticket.",
        "hold-needs-reply": "Answer {place}, then d, with the status hold.",
    },
    "",
    "u takes it back",
    " It goes out by itself while this shift runs.",
    advises=False,
)
"""A plain shift speaks of its own words, not of commands."""
