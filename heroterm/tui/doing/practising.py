"""The practice shift: looks whether the step of the lesson has been done, and draws its lines."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from heroterm.domain import lessons, playbook_way
from heroterm.domain.intent_states import RECALLED
from heroterm.domain.lessons import When
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook import TIMEOUT
from heroterm.domain.playbook_evidence import candidates
from heroterm.domain.playbook_run import Run
from heroterm.domain.playbook_way import next_step
from heroterm.tui.doing.navigating import choose_next
from heroterm.tui.lessons import Course
from heroterm.tui.on_desk import OnDesk

LOOK_SECONDS = 0.3
"""How often it is looked; a practice shift alone pays for it."""


def did(desk: OnDesk, id_: str) -> None:
    """A command was run, and nothing kept it from being run."""
    if (course := desk.parts.course) is not None:
        course.did.add(id_)
        now = course.now
        if now is not None and now.when == When(lessons.REFUSED, id_):
            opened = desk.target
            if opened is not None and not desk.book.may_reply(opened).ok:
                course.did.add(lessons.REFUSED)


def begin(desk: OnDesk) -> None:
    """Show the first step."""
    if (course := desk.parts.course) is not None:
        _begins(desk, course)
        draw(desk)


def _begins(desk: OnDesk, course: Course) -> None:
    """A step begins: what is there already is none of its doing."""
    there = _intents(desk)
    course.known = frozenset(intent.id for intent in there)
    course.recalled = frozenset(intent.id for intent in there if intent.state == RECALLED)


def look(desk: OnDesk) -> None:
    """Go on to the next step once this one is done."""
    course = desk.parts.course
    if course is None or course.now is None:
        return
    step = course.now
    if _done(desk, course, step.when) or (step.also and _done(desk, course, step.also)):
        course.passed(desk.parts.keymap)
        _begins(desk, course)
        draw(desk)
        return
    astray = step.astray is not None and _done(desk, course, step.astray)
    if astray != course.astray:
        course.astray = astray
        draw(desk)


def draw(desk: OnDesk) -> None:
    """Say the lesson, in as many lines as there are for it."""
    course = desk.parts.course
    if course is None:
        return
    width, keymap = max(20, desk.size.width - 1), desk.parts.keymap
    low = desk.size.height < 24
    lines = [course.said_shortly(width, keymap)] if low else course.said(width, keymap)
    desk.lesson.say_all(Content("\n").join(lines))
    # The strip of a warning stands above the lesson, not over it.
    desk.query_one("ToastRack").styles.padding = (0, 0, len(lines), 0)


def _done(desk: OnDesk, course: Course, when: When) -> bool:
    if when.on:
        return _dealt(desk, when)
    return _LOOKS[when.what](desk, course, when.of)


def _intents(desk: OnDesk) -> list[Intent]:
    journal = desk.reading.journal
    return journal.outbox.list(all=True) if journal is not None else []


def _queued(desk: OnDesk, course: Course, of: str) -> bool:
    kind = lessons.KINDS[of]
    fresh = (intent for intent in _intents(desk) if intent.id not in course.known)
    return any(_stands(intent, kind) for intent in fresh)


def _dealt(desk: OnDesk, when: When) -> bool:
    """Whether the one ticket of its kind has it, from before the step as well: it has no other."""
    kind = lessons.KINDS[when.of]
    rows = (desk.reading.row(i.ticket_id) for i in _intents(desk) if _stands(i, kind))
    if when.on == lessons.COMMUNITY:
        return any(row is not None and row.source == lessons.COMMUNITY for row in rows)
    return any(row is not None and row.free_mail_organization for row in rows)


def _stands(intent: Intent, kind: str) -> bool:
    return intent.kind == kind and intent.state != RECALLED


def _opened(desk: OnDesk, course: Course, of: str) -> bool:
    """Whether the hero went to the ticket that is next by policy; beside the queue the ticket of
    the first row is shown without that.
    """
    there = desk.focused is desk.thread or desk.composer.writing is not None
    opened, first = desk.opened, choose_next(desk).row
    return there and opened is not None and first is not None and first.id == opened.ticket.id


def _recalled(desk: OnDesk, course: Course, of: str) -> bool:
    back = {intent.id for intent in _intents(desk) if intent.state == RECALLED}
    return bool(back - course.recalled)


def _inserted(desk: OnDesk, course: Course, of: str) -> bool:
    writing = desk.composer.writing
    return writing is not None and bool(writing.canned)


def _refused(desk: OnDesk, course: Course, of: str) -> bool:
    return lessons.REFUSED in course.did


def _run(desk: OnDesk) -> Run | None:
    return desk.rehearsal.run if desk.rehearsal is not None else None


def _rehearsing(desk: OnDesk, course: Course, of: str) -> bool:
    run = _run(desk)
    return run is not None and run.playbook.name == of


def _begun(desk: OnDesk, course: Course, of: str) -> bool:
    run = desk.opened.run if desk.opened is not None and desk.rehearsal is None else None
    return run is not None and run.playbook.name == of


def _asked(desk: OnDesk, course: Course, of: str) -> bool:
    run = _run(desk)
    line = next_step(run) if run is not None else None
    return line is not None and line.step.id == of


def _wrong(desk: OnDesk, course: Course, of: str) -> bool:
    now = desk.rehearsal
    step = now.run.playbook.step(of) if now is not None else None
    if now is None or step is None:
        return False
    asked = max(now.case.tickets)
    judged = candidates(now.run, now.case, step)
    return any(one.reason and one.comment.ticket_id == asked for one in judged)


def _right(desk: OnDesk, course: Course, of: str) -> bool:
    run = _run(desk)
    return run is not None and run.answers.get(of, TIMEOUT) != TIMEOUT


def _lost(desk: OnDesk, course: Course, of: str) -> bool:
    """Whether no rehearsal is on, or its way has left the step out."""
    run = _run(desk)
    if run is None or run.playbook.step(of) is None:
        return True
    return of not in run.done and not any(
        one.step.id == of and not one.off for one in playbook_way.lines(run)
    )


_LOOKS: dict[str, Callable[[OnDesk, Course, str], bool]] = {
    lessons.DID: lambda desk, course, of: of in course.did,
    lessons.OPENED: _opened,
    lessons.INSERTED: _inserted,
    lessons.QUEUED: _queued,
    lessons.RECALLED: _recalled,
    lessons.REFUSED: _refused,
    lessons.REHEARSING: _rehearsing,
    lessons.BEGUN: _begun,
    lessons.ASKED: _asked,
    lessons.WRONG: _wrong,
    lessons.RIGHT: _right,
    lessons.LOST: _lost,
}
