"""The table: what each rule is tried with, and by which paths a write comes.

A new rule needs a row in ROWS; a new place that puts intents needs one in DOORS. Both are held
against the code by test_every_path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from heroterm.domain.deeds import NewTicket, PersonOrganization
from heroterm.domain.outbox import Changes, Intent, InternalNote, PublicReply
from tests.cli.conftest import ANA, JO
from tests.conftest import NOW

REPLY, NOTE = PublicReply("Hey Jo, I look into it."), InternalNote("Looked at the logs.")
OPEN, COMMUNITY, SHUT = 101, 106, 107
ANSWERED = 109
"""A community question that was closed."""


def intent(ticket_id: int = OPEN, status: str | None = None, **values: Any) -> Intent:
    """A queued intent on one of the tickets of `tests.cli.conftest.TICKETS`."""
    changes = values.pop("changes", None) or Changes(status=status)
    made: dict[str, Any] = {"base_stamp": "2026-03-04T09:00:00Z", "state": "queued", **values}
    return Intent("i", ticket_id, NOW, NOW, changes=changes, **made)


def letter(
    to: str = "sam@cove.example",
    subject: str = "Confirm",
    follows: int | None = None,
    **values: Any,
) -> Intent:
    """A new ticket."""
    return intent(**{"comment": REPLY, **values}, deed=NewTicket(to, "Sam", subject, follows))


def rule_of(name: str) -> str:
    """The rule that a row of ROWS breaks: what stands behind a blank tells it from others."""
    return name.partition(" ")[0]


@dataclass(frozen=True)
class Row:
    """An intent that breaks one rule. `cli`: the words that ask for the same, where there are any.

    `role` is the hero's seat, `own` the addresses that are ours.
    """

    level: str
    intent: Intent
    cli: tuple[str, ...] = ()
    role: str = "agent"
    own: tuple[str, ...] = ()
    warned: bool = False
    running: bool = False
    """Whether a playbook with required steps runs on ticket 101."""


MOVE = PersonOrganization(901, 71, 70)
ROWS: dict[str, Row] = {
    "community-public-reply": Row(
        "refuse", intent(COMMUNITY, comment=REPLY), ("reply", "106", "--body", "Hey.")
    ),
    "community-public-reply (follow-up)": Row(
        "refuse", letter(JO.email or "", follows=ANSWERED, ticket_id=ANSWERED),
        ("new", "--follow-up", "109", "--body", "Hey."),
    ),
    "community-public-reply (follow-up from elsewhere)": Row(
        "refuse", letter(follows=ANSWERED, ticket_id=0)
    ),
    "community-public-reply (letter to the asker)": Row(
        "refuse", letter("JO@acme.example.com", ticket_id=COMMUNITY),
        ("new", "--ticket", "106", "--to", "JO@acme.example.com", "--subject", "Cohorts",
         "--body", "Hey."),
    ),
    "community-public-reply (copy to the asker)": Row(
        "refuse", letter(ticket_id=COMMUNITY, changes=Changes(add_ccs=(JO.email or "",))),
        ("new", "--ticket", "106", "--to", "sam@cove.example", "--subject", "Cohorts",
         "--cc", JO.email or "", "--body", "Hey."),
    ),
    "light-agent-reply": Row(
        "refuse", intent(comment=REPLY), ("reply", "101", "--body", "Hey."), role="light"
    ),
    "light-agent-change": Row(
        "refuse", intent(changes=Changes(status="pending")),
        ("set", "101", "--status", "pending"), role="light",
    ),
    "own-address-copied": Row(
        "refuse",
        intent(comment=REPLY, changes=Changes(add_ccs=("help@desk.example.com",))),
        own=("help@desk.example.com",),
    ),
    "own-address-copied (the account's)": Row(
        "refuse", intent(comment=REPLY, changes=Changes(add_ccs=("any@acme-desk.zendesk.com",))),
        ("reply", "101", "--body", "Hey.", "--cc", "any@acme-desk.zendesk.com"),
    ),
    "own-address-written-to": Row(
        "refuse", letter("Support@Acme-desk.zendesk.com"),
        ("new", "--to", "Support@Acme-desk.zendesk.com", "--subject", "Hi", "--body", "Hey."),
    ),
    "own-address-written-to (me)": Row(
        "refuse", letter(ANA.email or "", ticket_id=0),
        ("new", "--to", ANA.email or "", "--subject", "Hi", "--body", "Hey."),
    ),
    "help-desk-address": Row(
        "ask", letter("support@other.zendesk.com"),
        ("new", "--to", "support@other.zendesk.com", "--subject", "Hi", "--body", "Hey."),
    ),
    "copy-to-no-address": Row(
        "refuse", intent(comment=REPLY, changes=Changes(add_ccs=("foo@bar",)))
    ),
    "own-address": Row("ask", intent(comment=REPLY), own=(JO.email or "",)),
    "no-recipient": Row("refuse", letter("nobody at all")),
    "no-recipient (no host)": Row(
        "refuse", letter("foo@bar"),
        ("new", "--to", "foo@bar", "--subject", "Hi", "--body", "Hey."),
    ),
    "no-subject": Row("refuse", letter(subject=" ")),
    "new-ticket-needs-words": Row("refuse", letter(comment=NOTE)),
    "deed-alone": Row("refuse", intent(comment=NOTE, deed=MOVE)),
    "closed-ticket": Row("refuse", intent(SHUT, comment=NOTE), ("note", "107", "--body", "late")),
    "status-not-for-answers": Row(
        "refuse", intent(comment=REPLY, status="new"), ("set", "101", "--status", "new")
    ),
    "hold-needs-reply": Row("refuse", intent(status="hold"), ("set", "101", "--status", "hold")),
    "hold-needs-reply (asked since)": Row(
        "refuse", intent(110, status="hold"), ("set", "110", "--status", "hold")
    ),
    "hold-needs-reply (by a status of the account's)": Row(
        "refuse", intent(changes=Changes(custom_status_id=9))
    ),
    "pending-unread": Row("ask", intent(110, status="pending", seen_comment_id=61)),
    "custom-status-unknown": Row("refuse", intent(changes=Changes(custom_status_id=7))),
    "solve-with-note-only": Row(
        "ask", intent(comment=NOTE, status="solved"),
        ("note", "101", "--body", "Done.", "--status", "solved"),
    ),
    "solve-unrecorded": Row(
        "ask", intent(COMMUNITY, status="solved"), ("set", "106", "--status", "solved")
    ),
    "open-required-steps": Row(
        "refuse", intent(comment=REPLY, status="solved"),
        ("reply", "101", "--body", "Done.", "--status", "solved"), running=True,
    ),
    "open-required-steps (by a status of the account's)": Row(
        "refuse", intent(comment=REPLY, changes=Changes(custom_status_id=8)), running=True
    ),
    "too-long": Row(
        "refuse", intent(comment=InternalNote("x" * 64_001)),
        ("note", "101", "--body", "x" * 64_001),
    ),
    "unfilled-placeholder": Row(
        "refuse", intent(comment=PublicReply("Hey {{name}}.")),
        ("reply", "101", "--body", "Hey {{name}}."),
    ),
    "empty-text": Row("refuse", intent(comment=PublicReply(" ")), ("reply", "101", "--body", " ")),
    "other-customer-named": Row(
        "ask", intent(comment=PublicReply("As with Cove Analytics.")),
        ("reply", "101", "--body", "As with Cove Analytics."),
    ),
    "html-left-out": Row(
        "ask", intent(comment=PublicReply("Put it into <App client={x}>.")),
        ("reply", "101", "--body", "Put it into <App client={x}>."),
    ),
    "claimed": Row(
        "refuse", intent(108, changes=Changes(add_tags=("claimed_by_ana_hero",))),
        ("set", "108", "--add-tag", "claimed_by_ana_hero"),
    ),
    "content-warning": Row("advice", intent(comment=NOTE), warned=True),
    "answer-where-asked": Row("advice", intent(108, comment=REPLY)),
    "open-needs-words": Row("advice", intent(comment=InternalNote("hm"), status="open")),
}  # fmt: skip
WORDS_IN_PUBLIC = {"content-warning-public": (("bug", "101"), ("feature", "101"))}
"""Rules that are asked of words for a public place and not of an intent: no such words are an
intent, and what a verb would print or a key would open is what they stop.
"""

DESK, CLI, ROW = "the desk's check and its door", "the verbs", "the push"
PATHS = {
    "key": DESK, "palette": DESK, "macro": DESK, "bulk": DESK, "playbook": DESK, "undo": DESK,
    "cli": CLI, "plain shift": CLI, "hand-edited row": ROW,
}  # fmt: skip
"""By which check each path is met; whatever passes one of the first two meets the third as well.
Each path is walked by the eight rules of the handbook's day in the running program (`table`)."""
DOORS = {
    "heroterm/tui/doing/queueing.py": DESK,
    "heroterm/tui/doing/inverting.py": DESK,
    "heroterm/tui/doing/bulk.py": DESK,
    "heroterm/tui/doing/claiming.py": DESK,
    "heroterm/tui/doing/playing.py": DESK,
    "heroterm/tui/doing/watching.py": DESK,
    "heroterm/cli/intents.py": CLI,
    "heroterm/cli/playbook_seat.py": CLI,
    "heroterm/sync/runs.py": ROW,
}
"""Files that put intents, and the check that stands before it."""
