"""Playbooks: the handbook's procedures as steps in order, with what each needs before it.

A playbook is data without code. Its links are built from a fixed table by region, never from
ticket text, and a region that is not known gives no link (features G11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from heroterm.domain.tables import Table

KINDS = ("tell", "do", "check", "quote", "link", "wait", "danger", "reply", "mail", "note")
"""What a step wants (features G3): something said, done, answered, quoted, opened, waited for,
done with great care, a canned reply, a mail of its own to somebody else, an internal note."""
REGIONS = ("US", "EU")
_STEP_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_HOLE = re.compile(r"\{([a-z_]+)\}")
_VALUES = {
    "project_id": re.compile(r"\d{1,12}"),
    "organization_id": re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "ticket_id": re.compile(r"\d{1,18}"),
    "email": re.compile(r"[^\s/?#@]{1,64}@[\w.-]{1,190}"),
}
"""What may be put into a link, and how it must look."""


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
        for name in _HOLE.findall(template):
            value = values.get(name, "")
            if not _VALUES[name].fullmatch(value):
                return None
            template = template.replace(f"{{{name}}}", quote(value, safe="@-"))
        return template


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `requires` are ids of steps that must be done before it."""

    id: str
    kind: str
    text: str
    required: bool = True
    warning: str = ""
    """Shown in words across the whole width before a danger step."""
    requires: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    """What may be answered to a `check`; empty asks for a value in words."""
    evidence: str = ""
    """What is to be written down: "address of the owner"."""
    confirm: str = ""
    """What has to be typed before a danger step: "name of the group"."""
    reply: str = ""
    """Name of a canned reply."""
    days: int = 0
    """How long a `wait` waits at most."""
    only_if: tuple[str, str] | None = None
    """Id and answer of an earlier check that leads here; else the step is off the way."""
    links: tuple[StepLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """One file of playbooks/. `name` is the file's name without its ending."""

    name: str
    title: str
    section: str
    """The heading in the handbook."""
    steps: tuple[Step, ...]
    triggers: tuple[str, ...] = ()
    """Phrases in the customer's words, case ignored, that make it offer itself."""
    tags: tuple[str, ...] = ()
    note: str = ""
    """What to know before starting."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step as it is listed: its number, and whether the answers so far lead past it."""

    number: int
    step: Step
    off: bool = False


def from_file(name: str, table: Table) -> Playbook:
    """A playbook from its file. Raises tables.BadEntry."""
    trigger = table.table("trigger", needed=False)
    steps: list[Step] = []
    for row in table.tables("step"):
        steps.append(_step(row, steps))
        row.done()
    if not steps:
        raise table.bad("step", "is missing.", "Add at least one [[step]].")
    made = Playbook(
        name=name,
        title=table.text("title"),
        section=table.text("section"),
        steps=tuple(steps),
        triggers=tuple(phrase.casefold() for phrase in trigger.texts("text")),
        tags=trigger.texts("tags"),
        note=table.text("note", ""),
    )
    trigger.done()
    table.done()
    return made


def _step(row: Table, before: Sequence[Step]) -> Step:
    known = {step.id: step for step in before}
    made = Step(
        id=row.text("id"),
        kind=row.text("kind", among=KINDS),
        text=row.text("text"),
        required=row.flag("required", True),
        warning=row.text("warning", ""),
        requires=row.texts("requires"),
        answers=row.texts("answers"),
        evidence=row.text("evidence", ""),
        confirm=row.text("confirm", ""),
        reply=row.text("reply", ""),
        days=row.number("days", 0),
        only_if=_only_if(row, known),
        links=tuple(_link(link) for link in row.tables("links")),
    )
    if not _STEP_ID.fullmatch(made.id) or made.id in known:
        raise row.bad("id", f'"{made.id}" is taken or no id.', "Use small letters, digits, dashes.")
    for one in made.requires:
        if one not in known:
            raise row.bad(
                "requires", f'"{one}" is no earlier step.', f"Earlier: {', '.join(known)}."
            )
    _check_kind(row, made)
    return made


def _check_kind(row: Table, step: Step) -> None:
    """What a kind cannot do without."""
    if step.kind == "danger" and not (step.warning and step.confirm and step.required):
        raise row.bad("kind", "a danger step is careless.", "Add warning and confirm; required.")
    if step.kind in ("reply", "mail") and not step.reply:
        raise row.bad("reply", "is missing.", "Name a file of the replies folder.")
    if step.kind == "wait" and not step.days:
        raise row.bad("days", "is missing.", "Say after how many days the wait ends.")


def _only_if(row: Table, known: Mapping[str, Step]) -> tuple[str, str] | None:
    if not row.has("only_if"):
        return None
    branch = row.table("only_if")
    where, answer = branch.text("step", among=tuple(known)), branch.text("answer")
    branch.done()
    if answer not in known[where].answers:
        raise row.bad("only_if", f'"{answer}" is no answer of {where}.', "Use one of its answers.")
    return where, answer


def _link(row: Table) -> StepLink:
    made = StepLink(
        title=row.text("title"),
        url=row.text("url") if row.has("url") else None,
        us=row.text("us") if row.has("us") else None,
        eu=row.text("eu") if row.has("eu") else None,
        doubtful=row.text("doubtful", ""),
    )
    row.done()
    if (made.url is None) == (made.us is None and made.eu is None):
        raise row.bad("url", "stands beside regions, or nothing does.", "Give url, or us and eu.")
    for address in filter(None, (made.url, made.us, made.eu)):
        if not address.startswith(("https://", "http://go/")):
            raise row.bad("url", f"{address} is no https address.", "Begin it with https://.")
        for name in _HOLE.findall(address):
            if name not in _VALUES:
                raise row.bad("url", f"{{{name}}} is not known.", f"Known: {', '.join(_VALUES)}.")
    return made


def ordered(playbook: Playbook, answers: Mapping[str, str]) -> list[Line]:
    """The steps in order; those that the answers lead past are marked `off`, never left out."""
    lines: list[Line] = []
    off: set[str] = set()
    for number, step in enumerate(playbook.steps, 1):
        branch = step.only_if
        past = branch is not None and (
            branch[0] in off or answers.get(branch[0], branch[1]) != branch[1]
        )
        if past:
            off.add(step.id)
        lines.append(Line(number, step, past))
    return lines


def open_required(playbook: Playbook, answers: Mapping[str, str], done: Sequence[str]) -> list[str]:
    """Titles of required steps that are on the way and not done: what keeps a ticket unsolved."""
    finished = frozenset(done)
    return [
        f"{line.number}. {line.step.text.split('.')[0]}"
        for line in ordered(playbook, answers)
        if line.step.required and not line.off and line.step.id not in finished
    ]


def suggested(playbooks: Sequence[Playbook], text: str, tags: Sequence[str]) -> list[Playbook]:
    """Playbooks that offer themselves for a customer's words and a ticket's tags; never started."""
    words = " ".join(text.casefold().split())
    return [
        playbook
        for playbook in playbooks
        if any(phrase in words for phrase in playbook.triggers)
        or not set(playbook.tags).isdisjoint(tags)
    ]
