"""What happened, as frozen records: one JSON object a line for the process that watches.

Moments are seconds since 1970, UTC, by this machine's clock. No report carries words of a ticket
but `Moved.why` and `Woken.say`, which name who stood in the way or wrote.
"""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.sync.lines import line_of, record_of


@dataclass(frozen=True, slots=True)
class Pulled:
    """Rows came into the mirror and are committed."""

    what: str
    """`fill`, `delta`, `working set`, `thread`, `history`, `reference`, `deleted`, `view`, …"""
    ticket_ids: tuple[int, ...] = ()
    comments: int = 0
    users: int = 0
    organizations: int = 0
    refused: int = 0
    """Rows that could not be understood and were left out."""
    whole: bool = True
    """Whether this ended its pass; False: more pages follow."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An intent was seen on the server under its marker."""

    intent_id: str
    ticket_id: int
    audit_id: int | None = None
    comment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """An intent stands elsewhere now; without one: another process wrote, or the rules are others,
    and what is shown is read anew.
    """

    intent_id: str = ""
    ticket_id: int | None = None
    state: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Online:
    """The server answered after a time without it."""

    at: float


@dataclass(frozen=True, slots=True)
class Offline:
    """Nothing reached the server; what waits stays as it is. Tried again in `again_in` seconds."""

    since: float
    again_in: float = 0.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something waits for a moment, by itself: `seconds` are left. `what` says for what."""

    what: str
    seconds: float
    ticket_id: int | None = None
    intent_id: str = ""
    whole: bool = False
    """Whether nothing at all is asked of Zendesk meanwhile."""
    short: str = ""
    """For what in a word or two, where a line has no room for more: `rate limit`."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Of how many requests a minute the account had how many left, as an answer said last."""

    left: int
    of: int


@dataclass(frozen=True, slots=True)
class Standby:
    """Another process carries; this one only watches. `pid` is the other's, None if unknown."""

    pid: int | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something went wrong that waiting alone may not mend. `paused`: until told otherwise."""

    say: str
    remedy: str = ""
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """Zendesk does not show many of the unsolved tickets at once, which looks like a lost right.

    None was taken out of the queue; a person decides (orders.TakeOut).
    """

    tickets: int
    of: int

    @property
    def say(self) -> str:
        """What happened, for a person."""
        return (
            f"Zendesk does not show {self.tickets} of {self.of} unsolved tickets any more; "
            "none was taken out of the queue."
        )


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that the hero should hear of, told once."""

    kind: str
    """`breach_warning`, `wait_woken` or `named`."""
    ticket_id: int
    say: str
    hours: int = 0
    """Of a warning: less than so many hours are left."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a first fill has come: tickets so far."""

    tickets: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Woken:
    """A playbook that waited on a ticket has something for the hero; `say` names no words."""

    ticket_id: int
    run_id: str
    say: str


Report = (
    Pulled
    | Sent
    | Moved
    | Online
    | Offline
    | Waiting
    | Standby
    | Trouble
    | Absent
    | Progress
    | Woken
    | Alert
    | Allowance
)
_KINDS: dict[str, type[Report]] = {
    kind.__name__: kind
    for kind in (
        *(Pulled, Sent, Moved, Online, Offline, Waiting, Standby, Trouble, Absent, Progress),
        Woken,
        Alert,
        Allowance,
    )
}


def to_line(report: Report) -> str:
    """The report as one ASCII line, without its newline."""
    return line_of(report, "report")


def from_line(line: str) -> Report:
    """The report that a line holds. Raises ValueError for anything else."""
    return record_of(line, "report", _KINDS)
