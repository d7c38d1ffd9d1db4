"""The intent: a write that a person wants, and the states that it may pass through.

Every change to the server is an intent; there is no second path (architecture.md §4). A public
reply and an internal note are different types from the composer to the wire, so that one cannot
become the other by a flag that somebody forgot.

```
 held ──recall──► recalled (the text goes back to its draft)
   │ send_after reached
   ▼
 queued ◄────────────── 409 / 429 / not reached / fenced ───────────┐
   │ read ticket and audits, checks pass                            │
   ▼                                                                │
 sending ──200 with our marker──► sent                              │
   │ ──refused, and nothing older can still land──► needs_you       │
   ▼ no clear answer                                                │
 verify ──marker found──► sent;  fenced ────────────────────────────┘;  undecidable ──► needs_you
```
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from heroterm.domain.deeds import Deed, EnclosedFile
from heroterm.domain.intent_states import (
    DISCARDED as DISCARDED,
)
from heroterm.domain.intent_states import (
    HELD as HELD,
)
from heroterm.domain.intent_states import (
    NEEDS_YOU as NEEDS_YOU,
)
from heroterm.domain.intent_states import (
    QUEUED as QUEUED,
)
from heroterm.domain.intent_states import (
    RECALLED as RECALLED,
)
from heroterm.domain.intent_states import (
    SENDING as SENDING,
)
from heroterm.domain.intent_states import (
    SENT as SENT,
)
from heroterm.domain.intent_states import (
    STATE_WORDS as STATE_WORDS,
)
from heroterm.domain.intent_states import (
    STATES as STATES,
)
from heroterm.domain.intent_states import (
    UNFINISHED as UNFINISHED,
)
from heroterm.domain.intent_states import (
    VERIFY as VERIFY,
)
from heroterm.domain.record import record

MARKER = "heroterm_op"
"""Key in `ticket.metadata` that carries the intent's id into the audit (outbox.md §0)."""


@record(frozen=True, slots=True)
class PublicReply:
    """Words for the customer. Sent with `public: true`, always said."""

    body: str


@record(frozen=True, slots=True)
class InternalNote:
    """Words for colleagues. Sent with `public: false`, always said."""

    body: str


NOBODY = 0
"""As `assignee_id` or `group_id`: taken from whoever has it."""


@record(frozen=True, slots=True)
class Changes:
    """Field changes of one update; None and empty mean "leave as it is"."""

    status: str | None = None
    priority: str | None = None
    type: str | None = None
    assignee_id: int | None = None
    group_id: int | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    organization_id: int | None = None
    custom_status_id: int | None = None
    custom_fields: tuple[tuple[int, str], ...] = ()
    """Pairs of field id and its new value as text; "" empties the field."""
    add_ccs: tuple[str, ...] = ()
    """Addresses that get copies from now on."""
    remove_ccs: tuple[str, ...] = ()
    macro_id: int | None = None
    """The macro that proposed this; Zendesk notes it in the audit (api.md §7)."""

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return self == Changes(macro_id=self.macro_id)


@record(frozen=True, slots=True)
class Intent:
    """One write: a comment, field changes, or both, in one update of one ticket; or a deed.

    A deed (domain.deeds) goes elsewhere: a new ticket, a person's organization, an organization's
    text. It waits in the line of the ticket on which the hero decided it.
    """

    id: str
    """UUID made when the hero confirmed; it is the marker on the server."""
    ticket_id: int
    """The ticket that is written to, or in whose line a deed waits; 0 where there is none."""
    created_at: datetime
    send_after: datetime
    comment: PublicReply | InternalNote | None = None
    changes: Changes = field(default_factory=Changes)
    base_stamp: str | None = None
    """`updated_stamp` of the ticket that the hero was looking at."""
    seen_comment_id: int | None = None
    """Newest comment that the hero had on the screen: what came later stops a public reply."""
    state: str = HELD
    not_before: datetime | None = None
    attempts: int = 0
    stamp: str | None = None
    """`updated_stamp` that the newest attempt carried: its fence."""
    why: str = ""
    """A sentence on why it is in this state, for the person."""
    audit_id: int | None = None
    comment_id: int | None = None
    finished_at: datetime | None = None
    overrides: tuple[str, ...] = ()
    """Names of rules that the hero overrode with open eyes ("collision", …)."""
    deed: Deed | None = None
    """What is written elsewhere than to `ticket_id`; its words, if any, are in `comment`."""
    files: tuple[EnclosedFile, ...] = ()
    """Files that go with the comment; uploaded when it is sent."""
    group: str = ""
    """Shared by the intents of one bulk change, so that one key recalls them all."""
    undoes: str = ""
    """Id of the sent intent whose changes this one takes back."""
    inverse: Changes | None = None
    """What would take a sent field change back: noted from the ticket just before it was sent."""
    made_ticket_id: int | None = None
    """The ticket that a sent `NewTicket` became."""
    unreadable: tuple[str, ...] = ()
    """Columns of its row that were changed from outside and are left out here: it is never sent."""

    @property
    def kind(self) -> str:
        """`public_reply`, `internal_note` or `fields`; a deed's own kind."""
        if self.deed is not None:
            return self.deed.kind
        match self.comment:
            case PublicReply():
                return "public_reply"
            case InternalNote():
                return "internal_note"
            case None:
                return "fields"

    @property
    def lane(self) -> int | str:
        """Whose order it keeps: intents of one lane are sent one after the other."""
        return self.ticket_id or self.id

    @property
    def unfinished(self) -> bool:
        """Whether the server has not yet been seen to hold this."""
        return self.state in UNFINISHED


def end_of(body: str) -> tuple[int, int]:
    """Where a cursor stands behind all words: line and letter, both from 0."""
    lines = body.split("\n")
    return len(lines) - 1, len(lines[-1])


@record(frozen=True, slots=True)
class Draft:
    """What is being written: kept within a second of a pause, keyed by ticket and kind."""

    ticket_id: int
    kind: str
    """`public_reply`, `internal_note` or `new_ticket`."""
    body: str
    updated_at: datetime
    status: str | None = None
    cursor: tuple[int, int] = (0, 0)
    base_stamp: str | None = None
    seen_comment_id: int | None = None
    to: str = ""
    """Recipient of a new ticket: an address, "" otherwise."""
    subject: str = ""
    ccs: tuple[str, ...] = ()
    """Addresses that are to get copies; `remove_ccs` those that are to get none any more."""
    remove_ccs: tuple[str, ...] = ()
    files: tuple[EnclosedFile, ...] = ()
    changes: Changes = field(default_factory=Changes)
    """What else changes along with its words: by a macro, by escalating (features H5)."""
    later: datetime | None = None
    """The moment that was chosen for it (Send later); None: as soon as it is queued."""
    step: tuple[str, str] | None = None
    """Id of a playbook run, and of its step that is done once these words are queued."""
    torn: bool = False
    """Its row was changed from outside: readers, files or what else goes with it may be missing."""

    @property
    def blank(self) -> bool:
        """Whether nothing in it was written by a person."""
        head = self.to or self.subject.strip() or self.ccs or self.remove_ccs or self.files
        return not (self.body.strip() or head)
