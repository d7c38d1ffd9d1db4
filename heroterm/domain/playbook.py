"""Playbooks: the handbook's procedures as steps in order, with what each needs before it.

A playbook is data without code. Its links are built from a fixed table by region, never from
ticket text, and a region that is not known gives no link (features G11). `playbook_file` reads
one, `playbook_run` keeps how far it has come, `playbook_answers` decides what may be done next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from heroterm.domain.playbook_values import HOLE, VALUES

KINDS = (
    "tell", "do", "check", "choose", "quote", "link", "reply", "note", "new_ticket", "set", "wait",
    "danger",
)  # fmt: skip
"""What a step wants (features G3): something read, done outside, answered with a value, a way
chosen, a message picked that proves it, a page opened; a reply, a note, a ticket of its own or a
change of fields through the outbox; waited for; done outside with great care."""
PUTS = ("reply", "note", "new_ticket", "set")
"""Kinds that put something into the outbox."""
EVENTS = ("reply", "bounce", "date")
"""What a `wait` may wait for."""
TIMEOUT = "timeout"
"""How a wait ends when its time is up."""
OFFERS = ("similar", "bug-form", "feature-form", "plus-one", "slack-line")
"""What heroterm can lay beside a step: tickets that look alike, a GitHub form that is filled in
and redacted, the comment for an issue that is there, the line for the team's channel."""


@dataclass(frozen=True, slots=True)
class StepLink:
    """A link of a step: one address for all, or one for each region."""

    title: str
    url: str | None = None
    us: str | None = None
    eu: str | None = None
    doubtful: str = ""
    """Regions (of "US EU") whose address follows the other's pattern: confirm the host first."""

    def address(self, region: str | None, values: Mapping[str, str]) -> str | None:
        """The address for a region; None when region or a value is not known or not plausible."""
        template = self.url or {"US": self.us, "EU": self.eu}.get(region or "")
        if template is None:
            return None
        if whole := HOLE.fullmatch(template):
            value = values.get(whole[1], "")
            return value if VALUES[whole[1]].fullmatch(value) else None
        for name in HOLE.findall(template):
            value = values.get(name, "")
            if not VALUES[name].fullmatch(value):
                return None
            template = template.replace(f"{{{name}}}", quote(value, safe="@-"))
        return template


@dataclass(frozen=True, slots=True)
class Settings:
    """What a `set` step changes. Empty leaves as it is."""

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    organization: bool = False
    """Put the requester into the organization that the trusted footer names."""
    content_warning: str = ""
    """Name of the fact whose value becomes the organization's content warning."""
    group: str = ""
    """Name of the fact whose value is the group that takes over."""
    unassign: bool = False
    """Back to the group, taken from whoever has it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Its place in the file is its order; `requires` narrows what must come before."""

    id: str
    kind: str
    text: str
    required: bool = True
    requires: tuple[str, ...] | None = None
    """Ids of steps that must be done before it; None: every required step above it."""
    only_if: tuple[tuple[str, str], ...] = ()
    """Pairs of step and answer, one of which leads here; else the step is off the way."""
    also_if: tuple[tuple[str, str], ...] = ()
    """The same, asked besides."""
    answers: tuple[str, ...] = ()
    """What may be answered, where only some words are possible."""
    value: str = "text"
    """How a typed answer must look: a name of `playbook_values.KINDS`."""
    evidence: str = ""
    """What is to be written down: "address of the owner"."""
    fact: str = ""
    """The fact that the answer becomes, for links, texts and comparisons below."""
    suggest: str = ""
    """The fact that is offered as the answer."""
    when_unknown: bool = False
    """Ask only where no source knows the fact; else it counts as answered, with its source."""
    agrees: bool = False
    """Whether the answer must be what the trusted footer or the mirror says, if they say it."""
    equals: str = ""
    """The fact that the answer must repeat: a read-back."""
    verify: str = ""
    """`owner`: the answer about who asks is compared with the addresses."""
    warning: str = ""
    """Shown in words across the whole width."""
    confirm: str = ""
    """What has to be typed before a danger step, with facts in {braces}: "{groups} SAVE"."""
    gone: str = ""
    remains: str = ""
    """What a danger step takes away, and what must still be there afterwards."""
    reply: str = ""
    """Name of a canned reply."""
    fill: tuple[tuple[str, str], ...] = ()
    """Pairs of a blank of the canned reply and the fact that fills it."""
    fill_if: tuple[tuple[str, str, str, str], ...] = ()
    """Blank, step, its answer, and the words that then fill the blank, with {facts}."""
    exact: bool = False
    """The words go out as they are: nobody edits them."""
    to: str = ""
    """The fact that holds the address to which a new ticket goes."""
    on: str = ""
    """Id of the `new_ticket` step on whose ticket this happens; "" is the ticket at hand."""
    status: str = ""
    """The status that goes with it."""
    settings: Settings = field(default_factory=Settings)
    wait_for: tuple[str, ...] = ()
    """What ends a wait, of `EVENTS`."""
    sender: str = ""
    """The fact that holds the address from which an answer counts."""
    until: str = ""
    """The fact that holds the date on which a wait for a date ends."""
    days: int = 0
    """How long a wait lasts at most."""
    remind: int = 0
    """After how many days of waiting the hero is reminded."""
    links: tuple[StepLink, ...] = ()
    offer: str = ""
    """What heroterm lays beside the step, of `OFFERS`."""

    @property
    def title(self) -> str:
        """Its first sentence."""
        return self.text.split(". ")[0].rstrip(".")


@dataclass(frozen=True, slots=True)
class Playbook:
    """One file of playbooks/. `name` is the file's name without its ending."""

    name: str
    title: str
    section: str
    """The heading in the handbook; "" for a procedure of the team's own."""
    steps: tuple[Step, ...]
    triggers: tuple[str, ...] = ()
    """Phrases in the customer's words, case ignored, that make it offer itself."""
    tags: tuple[str, ...] = ()
    note: str = ""
    """What to know before starting."""
    needs: tuple[str, ...] = ()
    """Facts that it stands on; shown with their source before the first step."""
    text: str = field(default="", compare=False, repr=False)
    """The whole file, which a run keeps."""

    def step(self, id_: str) -> Step | None:
        """A step by its id."""
        return next((step for step in self.steps if step.id == id_), None)


@dataclass(frozen=True, slots=True)
class Line:
    """A step as it is listed: its number, and whether the answers so far lead past it."""

    number: int
    step: Step
    off: bool = False
    undecided: bool = False
    """Whether an answer that is still open decides if the way leads here."""


def ordered(playbook: Playbook, answers: Mapping[str, str]) -> list[Line]:
    """The steps in order; those that the answers lead past are marked `off`, never left out.

    `answers` holds what was answered to each step that is done, "" where nothing was asked.
    """
    lines: list[Line] = []
    off: set[str] = set()
    undecided: set[str] = set()
    for number, step in enumerate(playbook.steps, 1):
        both = [
            _any(ways, answers, off, undecided) for ways in (step.only_if, step.also_if) if ways
        ]
        if False in both:
            off.add(step.id)
        elif None in both:
            undecided.add(step.id)
        lines.append(Line(number, step, step.id in off, step.id in undecided))
    return lines


def _any(
    ways: Sequence[tuple[str, str]], answers: Mapping[str, str], off: set[str], undecided: set[str]
) -> bool | None:
    """Whether one of several ways leads to a step; None while that is open."""
    found = [_leads(way, answers, off, undecided) for way in ways]
    return True if True in found else None if None in found else False


def _leads(
    way: tuple[str, str], answers: Mapping[str, str], off: set[str], undecided: set[str]
) -> bool | None:
    """Whether one way leads to a step; None while that is open."""
    where, answer = way
    if where in off:
        return False
    if where in undecided or where not in answers:
        return None
    return answers[where] == answer


def suggested(playbooks: Sequence[Playbook], text: str, tags: Sequence[str]) -> list[Playbook]:
    """Playbooks that offer themselves for a customer's words and a ticket's tags; never started."""
    words = " ".join(text.casefold().split())
    return [
        playbook
        for playbook in playbooks
        if any(phrase in words for phrase in playbook.triggers)
        or not set(playbook.tags).isdisjoint(tags)
    ]
