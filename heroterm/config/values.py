"""What a person may choose, section by section, and which values can be.

Every value has a default, so that a missing file, section or key is in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, field, fields
from typing import Any

from heroterm.config.address import account_url, on_loopback
from heroterm.domain.record import record
from heroterm.errors import UsageError


@record(frozen=True, slots=True)
class Account:
    """Which Zendesk, and as whom."""

    url: str = ""
    """`https://SUBDOMAIN.zendesk.com`, or `http://` on loopback for a sandbox; empty: none yet."""
    email: str = ""
    sign_in: str = "token"
    """`token` (API token with the e-mail address) or `bearer` (OAuth access token)."""
    view: int | None = None
    """Number of the Zendesk view that serves as the queue; none: every unsolved ticket."""
    token_command: str = ""
    """A command that prints the token, for password managers; no shell."""


@record(frozen=True, slots=True)
class OrganizationFields:
    """Keys of the organization fields in which this account keeps what the desk shows."""

    plan: str = "plan"
    mrr: str = "mrr"
    content_warning: str = "content_warning"


@record(frozen=True, slots=True)
class Desk:
    """How the workstation behaves. Times in seconds."""

    hold_seconds: float = 15.0
    """How long a reply waits in the outbox, to be recalled."""
    training_sends: int = 0
    """How many of the first sends ever leave only when `!` is pressed; 0: none."""
    theme: str = "heroterm-dark"
    single_letter_keys: bool = True
    mouse: bool = True
    """Whether the mouse is the desk's; off, the terminal selects text as it does elsewhere."""
    show_cursor: bool = False
    """Whether the terminal shows its own cursor, at the focus: for magnifiers and readers that
    follow only a cursor that is seen.
    """
    notify: str = "auto"
    """How new tier 1, breach warnings and woken waits call: `auto`, `bell`, `off`, or an OSC."""
    notify_words: bool = False
    """Whether a notice on the desktop may carry the ticket's title."""
    claim: str = "assignee"
    """How `a c` claims a ticket so that others see it: `assignee`, or `tag` (claimed_by_…,
    with an internal note).
    """
    morning_brief: bool = True
    """Whether the brief shows itself on the first start of a day; `g m` shows it at any time."""
    policy: str = ""
    """Which preset of tiers.toml orders the queue; empty: the one that the file chooses."""
    order: str = ""
    """What counts first for the next ticket: `tier,breach` or `breach,tier`; empty: as filed."""


@record(frozen=True, slots=True)
class Sync:
    """How often the carrier looks, in seconds, and how much of the account it may use."""

    delta_seconds: float = 50.0
    working_set_seconds: float = 50.0
    open_ticket_seconds: float = 30.0
    reference_seconds: float = 3600.0
    older_threads: int = 30
    """Threads of solved tickets brought a minute while there is nothing else to do; 0: none."""
    share: float = 0.5
    """How much of the account's requests a minute may be used; the rest is for others."""


@record(frozen=True, slots=True)
class Mirror:
    """What stays on this machine."""

    keep_days: int = 90
    """How long what was said in a solved ticket is kept; the ticket itself stays."""


@record(frozen=True, slots=True)
class Rotation:
    """Where the rota is read: a PagerDuty schedule or an iCalendar feed; neither: none is."""

    schedule: str = ""
    """PagerDuty's id of the schedule, as in `…/schedules/PABC123`."""
    calendar: str = ""
    """Path or https address of an .ics; `secret` for an address that is kept as a token is."""
    api: str = "https://api.pagerduty.com"
    """Of the EU's service region: `https://api.eu.pagerduty.com`."""
    minutes: int = 30
    """How often it is read."""
    token_command: str = ""
    """A command that prints the token, or the secret address; no shell."""


@record(frozen=True, slots=True)
class Hooks:
    """Programs of the team that run when something happened; each a list of words, no shell."""

    on_new_tier1: tuple[str, ...] = ()
    on_breach_warning: tuple[str, ...] = ()
    on_sent: tuple[str, ...] = ()
    on_wait_woken: tuple[str, ...] = ()
    seconds: float = 10.0
    """How long one may take; then it is ended with all that it started."""


@record(frozen=True, slots=True)
class TeamView:
    """A queue of the team, as one `[[view]]` table: what it says must all hold of its tickets."""

    name: str = ""
    key: str = ""
    """The letter that switches to it; none: it is chosen by its name."""
    zendesk: int | None = None
    """Number of a saved view in Zendesk, whose tickets are brought."""
    query: str = ""
    """A line of the search language over unsolved tickets (domain.query)."""
    filter: str = ""
    """Words as a typed filter has them: each occurs in number, title, requester, organization or
    tags.
    """
    own_groups: bool = False
    """Whether it holds tickets of the hero's groups only."""


@record(frozen=True, slots=True)
class Config:
    """Everything that a person may choose. A missing file is all defaults."""

    account: Account = field(default_factory=Account)
    organization_fields: OrganizationFields = field(default_factory=OrganizationFields)
    desk: Desk = field(default_factory=Desk)
    sync: Sync = field(default_factory=Sync)
    mirror: Mirror = field(default_factory=Mirror)
    rotation: Rotation = field(default_factory=Rotation)
    hooks: Hooks = field(default_factory=Hooks)
    view: tuple[TeamView, ...] = ()
    """The team's queues, in the order in which they are offered."""


WORDS = tuple[str, ...]
"""The type of a list of texts."""
VIEWS = "view"
"""Name of the tables that describe the team's queues."""
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("desk", "notify"): ("auto", "bell", "off", "9", "777", "99"),
    ("desk", "claim"): ("assignee", "tag"),
    ("desk", "order"): ("", "tier,breach", "breach,tier"),
    ("account", "sign_in"): ("token", "bearer"),
}
"""Texts of which one must be chosen; an empty one is the usual."""
PAGERDUTY = ("https://api.pagerduty.com", "https://api.eu.pagerduty.com")
"""Where a PagerDuty token may go, besides a practice stand-in on this machine."""
A_DAY = 86_400
BOUNDS: dict[tuple[str, str], tuple[float, float | None]] = {
    ("account", "view"): (1, None),
    ("desk", "hold_seconds"): (0, A_DAY),
    ("desk", "training_sends"): (0, 1_000),
    ("sync", "delta_seconds"): (15, A_DAY),
    ("sync", "working_set_seconds"): (30, A_DAY),
    ("sync", "open_ticket_seconds"): (10, A_DAY),
    ("sync", "reference_seconds"): (300, A_DAY),
    ("sync", "share"): (0.05, 1),
    ("sync", "older_threads"): (0, 600),
    ("mirror", "keep_days"): (1, 36_500),
    ("rotation", "minutes"): (5, 1_440),
    ("hooks", "seconds"): (1, 120),
}
"""Least and most; lower seconds would spend the account's rate budget (api.md §1)."""


def wrong_values(config: Config) -> Iterator[tuple[str, str, str]]:
    """Entries of the right type with a value that cannot be: section, key, what to do."""
    for (section, key), (least, most) in BOUNDS.items():
        value = getattr(getattr(config, section), key)
        if value is not None and not least <= value <= (value if most is None else most):
            upper = f" and at most {most}" if most is not None else ""
            yield section, key, f"Use a number of at least {least}{upper}."
    for (section, key), words in CHOICES.items():
        if getattr(getattr(config, section), key) not in words:
            yield section, key, f"Use one of: {', '.join(filter(None, words))}."
    try:
        usual = account_url(config.account.url) if config.account.url else ""
    except UsageError as error:
        yield "account", "url", error.remedy
    else:
        if usual != config.account.url:
            yield "account", "url", f'Write it as "{usual}".'
    yield from _wrong_rotation(config.rotation)
    yield from _wrong_hooks(config.hooks)


def _wrong_rotation(rotation: Rotation) -> Iterator[tuple[str, str, str]]:
    if rotation.schedule and rotation.calendar:
        yield "rotation", "calendar", "Name a schedule or a calendar, not both."
    if rotation.schedule and not (rotation.schedule.isascii() and rotation.schedule.isalnum()):
        yield "rotation", "schedule", "Use the id alone, as PABC123 in …/schedules/PABC123."
    if rotation.api not in PAGERDUTY and not on_loopback(rotation.api):
        yield "rotation", "api", f"Use one of: {', '.join(PAGERDUTY)}."
    scheme = rotation.calendar.partition("://")[0] if "://" in rotation.calendar else ""
    if scheme not in ("", "file", "https", "webcal") and not on_loopback(rotation.calendar):
        yield "rotation", "calendar", "Use a path, or an address with https."


def _wrong_hooks(hooks: Hooks) -> Iterator[tuple[str, str, str]]:
    for each in fields(hooks):
        words = getattr(hooks, each.name)
        if isinstance(words, tuple) and words and not words[0].strip():
            yield "hooks", each.name, "Begin with the program's name or path."
        if isinstance(words, tuple) and any("\0" in word for word in words):
            yield "hooks", each.name, "No word may hold a NUL."


def defaults() -> dict[str, dict[str, Any]]:
    """Every section with its keys and their usual values, in the order of the file."""
    sections = {}
    for section in fields(Config):
        if section.default_factory is MISSING:
            continue
        made = section.default_factory()
        sections[section.name] = {each.name: getattr(made, each.name) for each in fields(made)}
    return sections
