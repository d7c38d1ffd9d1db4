"""The side card's lines: who asks, for whom, how urgent and why, what happens next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from heroterm.domain.ages import ago
from heroterm.domain.calendar import Calendar
from heroterm.domain.claims import claimers
from heroterm.domain.content_gate import Gate
from heroterm.domain.freshness import PROMISE, freshness
from heroterm.domain.owners import Owner
from heroterm.domain.sla import clock_words, countdown
from heroterm.domain.source import ALLOWS
from heroterm.tui.beside import Beside
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.named import asked
from heroterm.tui.opened import Opened
from heroterm.tui.panes.form import keyed, named_links
from heroterm.tui.panes.queue_row import SOURCE_WORDS
from heroterm.tui.text import Part

Line = list[Part | str]
Consequence = Callable[[str, datetime], str]
_RATINGS = {"good": "$sla-ok bold", "bad": "$sla-breached bold"}
_LOUD = ("breached", "soon", "paused")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the card, and the ticket to which Enter on it leads."""

    line: Line
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules and the hero's own marks say of the open ticket, in words."""

    why: str = ""
    """Why it is next, or stands where it stands."""
    following: str = ""
    """What will happen to it by itself, with its dates."""
    waiting: str = ""
    """What the hero waits for."""
    playbook: str = ""
    """Which playbook is under way, and where it stands."""
    fits: str = ""
    """Which playbooks the ticket's words suggest; none is ever begun by itself."""
    answer: str = ""
    """Which canned reply fits what the customer wrote, and the status that goes with it."""
    consequence: Consequence = lambda status, now: ""
    hours: Calendar | None = None
    """In which work time is told beside clock time."""
    gate: Gate | None = None
    """The content warning, while it was not answered."""
    promise: timedelta = PROMISE
    """How old an unsolved ticket's data may be before its age is shown."""
    shared: str = ""
    """Who shared a draft on it, in words."""
    owner: Owner | None = None
    """Who owns the feature that the trusted form names (data/owners.toml)."""
    reopen_days: int = 20
    """For how long an answer opens a solved ticket again."""
    keymap: Keymap = SHIPPED
    beside: Beside | None = None
    """What the mirror knows around it; None while it is being asked."""

    def keys(self, id_: str) -> str:
        """The keys of a command, as this hero presses them."""
        return self.keymap.key(id_)


def who(opened: Opened) -> Line:
    """The requester with their address."""
    requester = opened.requester
    name = requester.name if requester is not None else "unknown requester"
    address = requester.email if requester is not None and requester.email else "no address"
    return [(name, "bold"), f" <{address}>"]


def customer(opened: Opened, told: Told) -> Line:
    """Organization, plan and MRR, with their age where that matters."""
    organization = opened.organization
    if organization is None:
        return [("no organization", "$text-muted")]
    line: Line = [(organization.name, "bold")]
    line += [f"  plan {organization.plan}"] if organization.plan else []
    line += [f"  MRR {organization.mrr}"] if organization.mrr else ["  MRR not known"]
    asked = opened.row.fetched_at
    if freshness(asked, opened.read_at, told.promise) != "fresh":
        line.append((f"  as of {ago(asked, opened.read_at)}", "$sla-soon"))
    return line


def urgency(opened: Opened) -> Line:
    """Tier, priority, source, region and project."""
    row, footer = opened.row, opened.footer
    line: Line = [
        (f"T{row.tier}", f"$tier{min(row.tier, 4)} bold"),
        f"  priority {row.priority or 'none'}  from ",
        (SOURCE_WORDS.get(row.source, row.source), "$text-secondary"),
    ]
    if footer.trusted:
        line += [f"  region {footer.region}"] if footer.region else []
        line += [f"  project {footer.project_id}"] if footer.project_id else []
    return line


def warnings(opened: Opened, told: Told) -> list[Line]:
    """What must be known before anything is done."""
    lines: list[Line] = []
    if opened.row.content_warning:
        lines.append(_content(opened, told))
    differing = sum(bool(opened.doubt(comment)) for comment in opened.comments)
    if differing:
        many = "a message" if differing == 1 else f"{differing} messages"
        lines.append(
            [
                ("SENDER DIFFERS ", "$sla-breached bold"),
                f"in {many} ({told.keys('thread.identity')} shows each)",
            ]
        )
    if (person := _form_person(opened)) is not None:
        words = f"the form was sent by {person}"
        lines.append([("SENDER DIFFERS ", "$sla-breached bold"), words])
    if opened.row.free_mail_organization and opened.row.source != "community":
        right = opened.footer.organization if opened.footer.trusted else None
        words = "no Admin line names the right one"
        if right:
            words = f"the Admin line says {right} ({told.keys('ticket.organization')})"
        lines.append([("free-mail organization ", "$sla-soon bold"), words])
    if opened.row.source in ALLOWS:
        head, words = ALLOWS[opened.row.source]
        lines.append([(head, "$sla-soon bold"), told.keymap.told(words)])
    return lines + [[("note ", "$sla-soon"), note] for note in opened.footer.notes]


def _content(opened: Opened, told: Told) -> Line:
    organization = opened.organization
    reason = (organization.content_warning if organization is not None else None) or "by its tag"
    state = "closed" if told.gate is not None else "opened"
    return [("CONTENT WARNING ", "$sla-breached bold"), reason, (f"  ({state})", "$text-muted")]


def _form_person(opened: Opened) -> str | None:
    """The address of the in-app form, where it is none of the requester's."""
    person = opened.footer.person if opened.footer.trusted else None
    if person is None or "@" not in person or not opened.own_addresses:
        return None
    return None if person.strip().casefold() in opened.own_addresses else person


def reasons(opened: Opened, told: Told) -> list[Line]:
    """Why it stands where it stands, and what it waits for."""
    lines: list[Line] = []
    play, thread = told.keys("ticket.playbook"), told.keys("open.slack")
    if told.why:
        lines.append([("why: ", "$text-muted"), (told.why, _urgent(opened))])
    if told.playbook:
        lines.append([("playbook ", "$held bold"), told.playbook, (f" ({play})", "$text-muted")])
    elif told.fits:
        lines.append([("fits: ", "$text-muted"), (told.fits, "$accent"), f" ({play})"])
    if told.answer:
        key = f" ({told.keys('ticket.fitting')})"
        lines.append([("answer: ", "$text-muted"), (told.answer, "$accent"), key])
    if told.waiting:
        lines.append([("waits ", "$sla-soon bold"), told.waiting])
    if told.shared:
        lines.append([("draft: ", "$sla-soon bold"), told.shared])
    if names := claimers(opened.ticket.tags):
        lines.append([("claimed by ", "$sla-soon bold"), ", ".join(names)])
    if opened.tier1_link:
        lines.append([(f"asked at ({thread}) ", "$text-muted"), opened.tier1_link])
    return lines


def _urgent(opened: Opened) -> str:
    """The style of the clock that counts."""
    row = opened.row
    return _loud(countdown(row.metric, row.stage, row.breach_at, opened.read_at).state)


def _loud(state: str) -> str:
    return f"$sla-{state}" if state in _LOUD else ""


def clocks(opened: Opened, hours: Calendar | None) -> list[Line]:
    """Every clock with its state in words."""
    lines: list[Line] = []
    for clock in opened.ticket.slas or ():
        state = countdown(clock.metric, clock.stage, clock.breach_at, opened.read_at).state
        words = clock_words(clock, opened.read_at, hours)
        lines.append([(words, _loud(state))])
    if not lines:
        lines.append([("no SLA target", "$text-muted")])
    if opened.row.never_answered:
        lines.append([("never answered by a human", "$sla-soon bold")])
    return lines


def status(opened: Opened, told: Told) -> Line:
    """The status and what follows from it, with dates."""
    line: Line = [("status ", "$text-muted"), opened.row.status]
    return [*line, f": {told.following}"] if told.following else line


def rating(opened: Opened, told: Told) -> list[Line]:
    """What the requester said of the help, with their words; a survey without an answer so far."""
    ticket = opened.ticket
    if ticket.satisfaction == "offered":
        return [[("rating ", "$text-muted"), "asked for, no answer so far"]]
    if ticket.satisfaction not in _RATINGS:
        return []
    line: Line = [(f"rated {ticket.satisfaction}", _RATINGS[ticket.satisfaction])]
    if words := " ".join((ticket.satisfaction_comment or "").split()):
        line.append(": behind the content warning" if told.gate is not None else f": “{words}”")
    return [line]


def consequences(opened: Opened, told: Told) -> list[Line]:
    """What Pending and Solved would do now."""
    said = {s: told.consequence(s, opened.read_at) for s in ("pending", "solved")}
    kept = {s: words for s, words in said.items() if words and s != opened.row.status}
    return [[(f"{name}: ", "$text-muted"), words] for name, words in kept.items()]


def owner(opened: Opened, told: Told) -> list[Line]:
    """The feature's owner: team, channel, label; e escalates to it."""
    if told.owner is None:
        return []
    area = opened.footer.target_area or ""
    line: Line = [("owner of ", "$text-muted"), area, ": ", (told.owner.team, "bold")]
    line += [f"  {told.owner.channel}  ", (", ".join(told.owner.labels), "$text-muted")]
    return [line]


def links(opened: Opened, told: Told) -> list[Line]:
    """Named links of the trusted form and of the thread, with their keys."""
    form = named_links(opened.footer)
    if told.gate is not None:
        closed: Line = [("links: ", "$text-muted"), "behind the content warning"]
        return [closed] if form or asked(opened) else []
    found = form + [(id_, f"{word}{_number(url)}") for id_, word, url in asked(opened)]
    return [[("links: ", "$text-muted"), *keyed(found, told.keymap)]] if found else []


def _number(url: str) -> str:
    """The number at the end of an issue's address, as it is called: " #99871"."""
    last = url.rstrip("/").rpartition("/")[2]
    return f" #{last}" if last.isascii() and last.isdigit() and len(last) < 9 else ""


def presence(opened: Opened, told: Told) -> Line:
    """Zendesk tells no program who looks at a ticket, but its own page does; the last touch
    is the nearest to it that is known here.
    """
    touch, unknown = opened.last_staff_touch(), f"presence unknown ({told.keys('open.ticket')})"
    if touch is None:
        return [(f"{unknown}, no colleague wrote yet", "$text-muted")]
    author = opened.author(touch)
    name = author.name if author is not None else "somebody"
    when = f" {ago(touch.created_at, opened.read_at)}"
    return [(f"{unknown}  last touch ", "$text-muted"), name, (when, "$text-muted")]


def content(opened: Opened) -> list[Line]:
    """That there is no content warning; where there is one, it is said among the warnings."""
    return [] if opened.row.content_warning else [[("content warning: none", "$text-muted")]]
