"""One step of a run at a time: what Enter and `x` do with it, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.content import Content

from heroterm.domain.ages import clock_time
from heroterm.domain.findings import Finding
from heroterm.domain.playbook import PUTS, Step
from heroterm.domain.playbook_answers import answer
from heroterm.domain.playbook_case import Case, address, filled
from heroterm.domain.playbook_checks import differences
from heroterm.domain.playbook_evidence import candidates
from heroterm.domain.playbook_keeping import suggestion
from heroterm.domain.playbook_run import Run
from heroterm.domain.playbook_since import unread
from heroterm.domain.playbook_values import KINDS
from heroterm.domain.playbook_way import hindered, next_step
from heroterm.domain.quotes import own_words
from heroterm.tui.doing import (
    awaiting,
    beginning,
    deciding,
    ending,
    gating,
    opening,
    playing,
    putting,
)
from heroterm.tui.doing.copying import to_clipboard
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.run_lines import Played, laid
from heroterm.tui.screens.danger import DangerScreen, Feared
from heroterm.tui.screens.step import Asked, Said, StepBox, letters_for
from heroterm.tui.text import parts

_WIDE = 0.96
"""The share of the terminal that the screen of a danger step takes."""
ARMED = "ARMED: do it now, on the admin page{where}. Then answer here:"
_REHEARSED = "A rehearsal: do nothing now. At work{where} would be open. Answer here as you like:"


def act(desk: OnDesk) -> None:
    """Enter: begin the playbook under the cursor, or do what the step under it asks for."""
    played = playing.shown(desk)
    if played is not None:
        playing.look(desk)
        played = playing.shown(desk)
    if played is None:
        if (playbook := desk.playbook.playbook) is not None:
            beginning.begin(desk, playbook)
        return
    step = step_at(desk, played)
    if step is None:
        return
    match step.kind:
        case "link" | "check" | "choose" | "do" | "tell" if step.links or step.offer:
            _open(desk, played, step)
        case _:
            _answer(desk, played, step)


def check(desk: OnDesk) -> None:
    """`x`: answer the step under the cursor: its value, its evidence, that it is done."""
    playing.look(desk)  # by what the mirror says now, not when the pane was drawn
    played = playing.begun(desk)
    step = step_at(desk, played) if played is not None else None
    if played is not None and step is not None:
        _answer(desk, played, step)


def step_at(desk: OnDesk, played: Played) -> Step | None:
    """The step under the cursor, else the next one; None ends the run or tells why not."""
    id_ = desk.playbook.step
    line = next_step(played.run)
    step = played.run.playbook.step(id_) if id_ else None
    if line is None and (step is None or not _answers_anew(played.run, step)):
        if played.run.state == "open":
            ending.finish(desk, played)
        return None
    step = step or (line.step if line is not None else None)
    if step is None:
        return None
    stop = hindered(played.run, step.id)
    if stop is not None:
        playing.refuse(desk, played.run, stop)
        return None
    return step


def _answers_anew(run: Run, step: Step) -> bool:
    """Whether the last answer of a run whose steps are all done may be given once more."""
    return step.kind not in PUTS and step.id in run.done and hindered(run, step.id) is None


def _answer(desk: OnDesk, played: Played, step: Step) -> None:
    if step.kind in PUTS:
        putting.begin(desk, played, step)
        return
    _DO[step.kind](desk, played, step)


def _plain(desk: OnDesk, played: Played, step: Step) -> None:
    """Read, opened, done: nothing more is asked, unless there is something to write down."""
    if step.kind == "do" and (step.evidence or step.fact or step.answers):
        _value(desk, played, step)
    else:
        deciding.said(desk, played, step, "by hand" if step.kind == "link" else "")


def _value(desk: OnDesk, played: Played, step: Step, *, before: str = "") -> None:
    """A value, typed or chosen. What is known stands above it; a check is typed all the same."""
    run, case = played.run, played.case
    offered = suggestion(run, step, case)
    lines = [parts((before, "$sla-breached bold"))] if before else []
    lines.append(parts((filled(step.text, run, case), "bold")))
    if step.warning:
        lines.append(parts((filled(step.warning, run, case), "$sla-breached bold")))
    if offered is not None:
        told = (f"  {offered.source}", "$text-muted")
        lines.append(parts(("known: ", "$text-muted"), (offered.value, "bold"), told))
    letters, field = letters_for(step.answers), None if step.answers else ""
    if offered is not None and step.kind != "check":
        letters |= {"enter": (offered.value, f"{offered.value}, as it is known")}
        field = None if step.answers else offered.value
    hint = f"type here: {step.evidence or KINDS[step.value].say}"
    asked = Asked(step.title, lines, letters, field, hint)
    asked = replace(asked, judge=lambda what: deciding.judge(desk, played, step, what))

    def told_(what: Said | None) -> None:
        if what is not None:
            deciding.said(desk, played, step, what.value)

    desk.app.push_screen(StepBox(asked), told_)


def _quote(desk: OnDesk, played: Played, step: Step) -> None:
    """Which message, and what it says."""
    run, case = played.run, played.case
    found = candidates(run, case, step)
    lines = [parts((step.text, "bold")), parts((step.warning, "$sla-breached bold")), Content("")]
    for number, each in enumerate(found[:9], 1):
        when = clock_time(each.comment.created_at, case.now, case.zone)
        head = f"{number} #{each.comment.ticket_id} {each.address} {when}"
        style = "$text-muted" if each.reason else "bold"
        lines.append(parts((head, style)))
        lines.append(parts(("   " + (own_words(each.comment.body)[:300] or "(only quotes)"), "")))
        if each.reason:
            lines.append(parts((f"   DOES NOT COUNT: {each.reason}", "$sla-breached")))
    counting = [n for n, each in enumerate(found[:9], 1) if not each.reason]
    if not found:
        lines.append(parts("Nobody has written yet."))
    letters = letters_for(step.answers) if found else {}
    first = (counting or [1])[0]

    def picked(what: Said) -> int | None:
        return found[what.number - 1].comment.id if 0 < what.number <= len(found) else None

    def judge(what: Said) -> str:
        return deciding.judge(desk, played, step, what, message=picked(what))

    asked = Asked(step.title, lines, letters, None, "", len(found[:9]), first, judge)

    def told(what: Said | None) -> None:
        if what is not None:
            deciding.said(desk, played, step, what.value, message=picked(what))

    desk.app.push_screen(StepBox(asked), told)


def _danger(desk: OnDesk, played: Played, step: Step) -> None:
    run, case = played.run, played.case
    if since := unread(run, case):
        playing.refuse(desk, run, since)
        return
    width = max(30, int(desk.size.width * _WIDE) - 6)
    feared = Feared(
        title=f"{'REHEARSAL  ' * run.rehearsal}{run.playbook.title}  #{run.ticket_id}",
        steps=[line for line, id_ in laid(Played(run, case), width) if id_],
        text=filled(step.text, run, case),
        warning=filled(step.warning, run, case),
        doubts=differences(run, case),
        gone=filled(step.gone, run, case),
        remains=filled(step.remains, run, case),
        wanted=filled(step.confirm, run, case),
        judge=lambda words: playing.words_of(
            desk, answer(run, step.id, words, deciding.now(desk, played))
        ),
    )

    def typed(words: str | None) -> None:
        if words is None:
            desk.tell("Cancelled: nothing was done.")
            return
        outcome = answer(run, step.id, words, deciding.now(desk, played))
        playing.keep(desk, run, outcome, then=lambda: _armed(desk, run, case, step))

    desk.app.push_screen(DangerScreen(feared), typed)


def _armed(desk: OnDesk, run: Run, case: Case, step: Step) -> None:
    """The page opens only now; the hero acts there. The box that asks what is left waits here,
    and names the page where no browser could be started.
    """
    urls = [url for link in step.links if (url := address(link, run, case)) is not None]
    if run.rehearsal:
        desk.tell("ARMED, in a rehearsal: nothing is opened, and nothing is to be done.")
        before = _REHEARSED.format(where=f" {' '.join(urls)}" if urls else " the page")
    else:
        came = [opening.browse(desk, url) for url in urls]
        unopened = [url for url, how in zip(urls, came, strict=True) if how != opening.OPENED]
        where = f" {' '.join(unopened)}" if unopened else " that has been opened"
        desk.tell("ARMED: do it now, on the admin page; then read back here.", severity="warning")
        before = ARMED.format(where=where if urls else "")
    played = playing.shown(desk)
    line = next_step(played.run) if played is not None else None
    if played is not None and line is not None and line.step.kind in ("choose", "check"):
        _value(desk, played, line.step, before=before)


_Kind = Callable[[OnDesk, Played, Step], None]
_DO: dict[str, _Kind] = {
    "tell": _plain,
    "do": _plain,
    "link": _plain,
    "check": _value,
    "choose": _value,
    "quote": _quote,
    "wait": awaiting.answer,
    "danger": _danger,
}


def _open(desk: OnDesk, played: Played, step: Step) -> None:
    """Open what stands beside the step, or copy it; then what it asks for is asked."""
    run, case = played.run, played.case
    if played.gated and step.links:
        playing.refuse(desk, run, Finding("content-gate", "refuse", desk.filled(gating.CLOSED)))
        return
    urls = [url for link in step.links if (url := address(link, run, case)) is not None]
    made = played.offer
    if made is not None and made.refused is not None:
        # The step goes on without it, and with that what stands below it would go.
        desk.tell(playing.words_of(desk, made.refused), severity="warning")
    elif made is not None and made.copy:
        to_clipboard(desk, made.copy, f"{made.title.lower()} for {made.to}")
    if made is not None and made.url:
        urls.insert(0, made.url)
    came = opening.NOT_OPENED
    if urls and not run.rehearsal:
        came = opening.browse(desk, urls[0])
    elif not urls and step.links:
        say = "No link: the region or a value is not known."
        playing.refuse(
            desk, run, Finding("no-link", "refuse", say, "{playbook.check} answers without it.")
        )
        return
    if step.kind == "link":
        deciding.said(desk, played, step, came if urls else "no form")
    elif step.kind in ("check", "choose"):
        _value(desk, played, step)
