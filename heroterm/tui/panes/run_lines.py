"""A run as the lines of its pane: facts with their source, every step, the next one in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.ages import clock_time
from heroterm.domain.findings import Finding
from heroterm.domain.playbook import Line
from heroterm.domain.playbook_addresses import SAME, compare
from heroterm.domain.playbook_case import Case, address, fact, filled
from heroterm.domain.playbook_checks import differences
from heroterm.domain.playbook_keeping import suggestion
from heroterm.domain.playbook_known import words_of
from heroterm.domain.playbook_offer import Offer
from heroterm.domain.playbook_run import OPEN, PUT, SKIPPED, Event, Run, unsent
from heroterm.domain.playbook_since import unread
from heroterm.domain.playbook_standing import until
from heroterm.domain.playbook_way import lines as ways
from heroterm.domain.playbook_way import next_step, waiting
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.text import Part, fit, hung, parts, width_of

Laid = tuple[Content, str | None]
"""A line and the id of the step to which it belongs."""
_LOUD = "$sla-breached bold"
_LEAST = 16
"""Cells of a title that stay beside a long answer."""

_ALL_DONE = "Every step is done: {playbook.act} looks over the closing note and posts it."
_OPTIONAL = "  (optional: {playbook.skip} skips it with a reason)"
_GATED = "   links: behind the content warning ({pane.ticket}, then {gate.once})"
_NOT_SENT = "   Not sent yet, so that nobody can answer: {pane.outbox} shows what keeps it."
_PRETENDS = "{playbook.act} lets somebody write, or the time go by"
_OVERDUE = "   Its time is over: {playbook.check} goes on, {playbook.wait} waits longer."


@dataclass(frozen=True, slots=True)
class Played:
    """What the pane shows of a run."""

    run: Run
    case: Case
    offer: Offer | None = None
    """What heroterm lays beside the next step."""
    similar: tuple[str, ...] = ()
    gated: bool = False
    """Whether its links lie behind a content warning that was not answered."""
    refused: Finding | None = None
    """What a step was refused for, until something has changed."""
    refused_at: str = ""
    """The id of that step; "" is the closing note."""
    keymap: Keymap = SHIPPED

    def told(self, words: str) -> str:
        """Words with the hero's keys in the place of `{ids}` of commands."""
        return self.keymap.told(words)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A run on a made-up ticket: it lives on the desk alone."""

    run: Run
    case: Case


def laid(played: Played, width: int) -> list[Laid]:
    """Every line, wrapped to so many cells."""
    run, case = played.run, played.case
    made: list[Laid] = []
    for content in (*_head(played), *_facts(run, case)):
        made += [(piece, None) for piece in content.wrap(width)]
    current, lines = next_step(run), list(ways(run))
    cells = max((len(str(line.number)) for line in lines), default=1)
    for line in lines:
        number = f"{line.number:>{cells}}"
        mine = current is not None and line.number == current.number
        if mine:
            first, *rest = _step(line, number, played)
            mark = len(f">   {number} ")
            pieces = hung(first, width, mark) + [p for each in rest for p in hung(each, width)]
        else:
            pieces = [_short(line, number, run, case, width)]
        pieces += _refusal(played, line.step.id, width)
        made += [(piece, line.step.id) for piece in pieces]
    if current is None:
        words = played.told(_ALL_DONE)
        end = words if run.state == "open" else f"This run is {run.state}."
        last = [*parts((end, "$sla-ok bold")).wrap(width), *_refusal(played, "", width)]
        made += [(piece, "") for piece in last]
    return made


def _head(played: Played) -> Iterator[Content]:
    run, case = played.run, played.case
    name: list[Part | str] = [("REHEARSAL ", _LOUD)] if run.rehearsal else []
    yield parts(*name, (run.playbook.title, "bold"), (f"  {run.hash[:12]}", "$text-muted"))
    if run.playbook.note:
        yield parts((run.playbook.note, "italic"))
    asks, owner = fact(run, case, "requester_address"), fact(run, case, "owner_address")
    if asks is not None and owner is not None:
        kind, why = compare(asks.value, owner.value)
        if kind != SAME:
            said = f"REQUESTER IS NOT THE OWNER: {asks.value} asks, {owner.value} owns."
            yield parts((said, _LOUD), (f" LOOK-ALIKE: {why}." if why else "", _LOUD))
    for said in differences(run, case):
        yield parts((said, _LOUD))
    since = unread(run, case) if run.state == OPEN else None
    if since is not None and since != played.refused:
        yield parts((f"{since.say} ", _LOUD), played.told(since.instead))


def _facts(run: Run, case: Case) -> Iterator[Content]:
    for name in dict.fromkeys(run.playbook.needs):
        known = fact(run, case, name)
        if known is None:
            yield parts((f"{words_of(name)}: ", "$text-muted"), ("not known yet", "$sla-soon"))
        else:
            told = (f"  {known.source}", "$text-muted")
            yield parts((f"{words_of(name)}: ", "$text-muted"), (known.value, "bold"), told)
    for doubt in case.doubts:
        yield parts((f"! {doubt}", "$sla-soon"))


def _short(line: Line, number: str, run: Run, case: Case, width: int) -> Content:
    """A step on one line: done, still to come, or off the way. What was answered is never cut
    off for the sake of the title.
    """
    step, event = line.step, run.done.get(line.step.id)
    if line.off and event is None:
        return parts((fit(f"( ) {number} {step.title}", width), "$text-muted"))
    if event is None:
        style = "$text-muted" if line.undecided else ""
        return parts((fit(f"[ ] {number} {step.title}", width), style))
    mark = "[-]" if event.what == SKIPPED else "[x]"
    said = _said(event, run)
    when = f"  {clock_time(event.at, case.now, case.zone)} {event.by}"
    head = f"{mark} {number} "
    room = max(_LEAST, width - width_of(head) - width_of(said) - width_of(when) - 2)
    title = step.title if width_of(step.title) <= room else fit(step.title, room)
    return parts(f"{head}{title}", (f"  {said}", "bold"), (when, "$text-muted"))


def _said(event: Event, run: Run) -> str:
    if event.what == PUT:
        made = run.made(event.step)
        return f"{event.value} #{made}" if made is not None else event.value
    if event.evidence is not None:
        return f'{event.value}: "{event.evidence.line}"'
    return event.value


def _step(line: Line, number: str, played: Played) -> Iterator[Content]:
    """The next step in full."""
    step, run, case = line.step, played.run, played.case
    danger = step.kind == "danger"
    mark = ">!!" if danger else "[~]" if step.kind == "wait" else ">  "
    optional = "" if step.required else played.told(_OPTIONAL)
    style = _LOUD if danger else "bold"
    yield parts((f"{mark} {number} ", "$accent bold"), (filled(step.text, run, case), style))
    if optional:
        yield parts((optional, "$text-muted"))
    if step.warning:
        yield parts((f"   !! {filled(step.warning, run, case)}", _LOUD))
    for said in differences(run, case) if danger else ():
        yield parts((f"   !! {said}", _LOUD))
    if not danger:
        yield from _links(line, played)
    yield from _offer(played)
    yield from _wanted(line, played)


def _refusal(played: Played, step: str, width: int) -> list[Content]:
    """Why it was refused, below the step where that was tried, and nowhere else in the pane."""
    if played.refused is None or played.refused_at != step:
        return []
    said = f"   REFUSED: {played.refused.say} {played.told(played.refused.instead)}"
    return hung(parts((said.rstrip(), _LOUD)), width)


def _links(line: Line, played: Played) -> Iterator[Content]:
    run, case = played.run, played.case
    if played.gated and line.step.links:
        yield parts((played.told(_GATED), "$sla-soon"))
        return
    for link in line.step.links:
        url = address(link, run, case)
        said = url or "no link: the region or a value is not known"
        yield parts((f"   {link.title}: ", "$text-muted"), (said, "underline" if url else ""))
        region = fact(run, case, "region")
        if url and region is not None and region.value in link.doubtful.split():
            yield parts(("   This host follows a pattern: check it first.", "$sla-soon"))


def _offer(played: Played) -> Iterator[Content]:
    for each in played.similar:
        yield parts(("   alike: ", "$text-muted"), each)
    made = played.offer
    if made is None:
        return
    if made.refused is not None:
        yield parts((f"   {made.refused.say} {played.told(made.refused.instead)}", "$sla-soon"))
        return
    to = f" for {made.to}" if made.to else ""
    words = made.copy.split("\n")[0] if made.copy else made.url[:100]
    yield parts((f"   {made.title}{to}: ", "$text-muted"), words)


def _wanted(line: Line, played: Played) -> Iterator[Content]:
    step, run, case = line.step, played.run, played.case
    now = waiting(run)
    if step.kind == "wait" and now is not None:
        ends = "" if now.overdue else "  it ends by itself"
        ends = f"  {played.told(_PRETENDS)}" if run.rehearsal else ends
        yield parts((f"   {until(now, case.zone)}", "$held bold"), ends)
        if now.overdue:
            yield parts((played.told(_OVERDUE), _LOUD))
        elif unsent(run):
            yield parts((played.told(_NOT_SENT), "$sla-soon"))
        return
    if step.kind not in ("check", "choose", "do"):
        return
    wanted = ", ".join(step.answers) or step.evidence
    if wanted:
        yield parts(("   wanted: ", "$text-muted"), wanted)
    offered = suggestion(run, step, case)
    if offered is not None:
        told = (f"  {offered.source}", "$text-muted")
        yield parts(("   known: ", "$text-muted"), (offered.value, "bold"), told)
