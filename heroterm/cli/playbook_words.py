"""A run in plain lines: for a terminal, a screen reader, a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from heroterm.domain.ages import clock_time
from heroterm.domain.playbook import Line, Step
from heroterm.domain.playbook_case import Case, address, fact, filled
from heroterm.domain.playbook_checks import differences
from heroterm.domain.playbook_evidence import candidates
from heroterm.domain.playbook_keeping import suggestion
from heroterm.domain.playbook_known import words_of
from heroterm.domain.playbook_run import Run
from heroterm.domain.playbook_since import unread
from heroterm.domain.playbook_standing import until
from heroterm.domain.playbook_trail import step_line
from heroterm.domain.playbook_values import KINDS
from heroterm.domain.playbook_way import lines, next_step, waiting
from heroterm.domain.playbook_wish import Wish
from heroterm.domain.quotes import own_words
from heroterm.domain.text import shown
from heroterm.domain.zone import LOCAL
from heroterm.tui.keymap import Keymap

_TYPED = {
    "desk.undo": "`heroterm outbox recall`",
    "playbook.abort": "/abort REASON",
    "playbook.act": "Enter",
    "playbook.wait": "/wait DAYS",
    "review.queue": "y",
    "ticket.playbook": "`heroterm playbook run`",
}
"""What is typed line by line in the place of a key of the desk."""
HELP = """\
  An empty line takes what stands in [brackets]. Other lines answer the step. Besides:
  /again N        answer step N anew, as long as nothing was done after it
  /skip REASON    leave an optional step out     /abort REASON   end the run, with a note
  /steps          every step                     /facts          what is known, and whence
  /open [N]       open a link of the step        /share          tell the ticket how it stands
  /wait DAYS      wait longer                    /later          leave; the run stays open
  Words to be sent: y queues them; /set LABEL=TEXT fills a blank, /body TEXT replaces them,
  /status S sets the status.""".split("\n")


def typed(words: str, keymap: Keymap) -> str:
    """What a rule says to do, with what is typed here in the place of keys."""
    return keymap.told(words, _TYPED)


def head(run: Run, case: Case) -> Iterator[str]:
    """What this is, and the facts that it stands on, each with its source."""
    kind = "REHEARSAL of playbook" if run.rehearsal else "Playbook"
    subject = shown(case.ticket.subject, single_line=True, limit=80)
    yield f'{kind} "{run.playbook.title}" ({run.hash[:12]}) on #{run.ticket_id} {subject}'
    if run.playbook.note:
        yield f"  {run.playbook.note}"
    yield from facts(run, case)


def facts(run: Run, case: Case) -> Iterator[str]:
    """The facts that the playbook stands on, and why one is not known."""
    named = dict.fromkeys([*run.playbook.needs, *(s.fact for s in run.playbook.steps if s.fact)])
    for name in named:
        known = fact(run, case, name)
        if known is not None:
            yield f"  {words_of(name)}: {_one(known.value)} ({known.source})"
        elif name in run.playbook.needs:
            yield f"  {words_of(name)}: not known yet"
    yield from (f"  ! {doubt}" for doubt in case.doubts)


def steps(run: Run) -> Iterator[str]:
    """Every step with what became of it."""
    done, current = run.done, next_step(run)
    for one in lines(run):
        mark = ">" if current is not None and one.number == current.number else " "
        if one.off and one.step.id not in done:
            yield f"{mark} ( ) {one.number} {one.step.title} (not on this way)"
        else:
            yield f"{mark} {step_line(one, done.get(one.step.id), run)}"


def step(line: Line, run: Run, case: Case, keymap: Keymap) -> Iterator[str]:
    """The step that comes next: what to do, what heroterm knows, what is wanted."""
    one = line.step
    optional = "" if one.required else " (optional: /skip REASON)"
    yield f"\n> {line.number} {filled(one.text, run, case)}{optional}"
    if one.warning:
        yield f"  !! {filled(one.warning, run, case)}"
    if since := unread(run, case):
        yield f"  !! {since.say} {typed(since.instead, keymap)}"
    if one.kind != "danger":
        yield from links(one, run, case)
    yield from _of_kind(one, run, case)


def links(one: Step, run: Run, case: Case) -> Iterator[str]:
    """The step's links for this region; a link that cannot be built says why."""
    for number, link in enumerate(one.links, 1):
        url = address(link, run, case)
        region = fact(run, case, "region")
        if url is None:
            yield f"  [{number}] {link.title}: no link, the region or a value is not known"
            continue
        doubt = region is not None and region.value in link.doubtful.split()
        check = "  (this host follows a pattern: check it first)" if doubt else ""
        yield f"  [{number}] {link.title}: {url}{check}"


def _of_kind(one: Step, run: Run, case: Case) -> Iterator[str]:
    match one.kind:
        case "quote":
            yield from messages(one, run, case)
        case "wait":
            yield from _waiting(run)
        case "check" | "choose":
            offered = suggestion(run, one, case)
            known = ""
            if offered is not None and one.kind == "check":
                known = f"; known: {_one(offered.value)} ({offered.source}), type what you see"
            elif offered is not None:
                known = f" [{_one(offered.value)}] ({offered.source})"
            wanted = ", ".join(one.answers) or one.evidence or KINDS[one.value].say
            yield f"  wanted: {wanted}{known}"
        case "do" if one.evidence:
            yield f"  wanted: {one.evidence}"


def messages(one: Step, run: Run, case: Case) -> Iterator[str]:
    """What customers wrote on the run's tickets, and for each why it does not count."""
    found = candidates(run, case, one)
    for number, each in enumerate(found, 1):
        words = _one(own_words(each.comment.body) or "(only quoted words)", 160)
        when = clock_time(each.comment.created_at, case.now, case.zone)
        yield f"  [{number}] #{each.comment.ticket_id} {_one(each.address)} {when}: {words}"
        yield f"      {'DOES NOT COUNT: ' + each.reason if each.reason else 'counts'}"
    if not found:
        yield "  Nobody has written yet."
    yield f"  wanted: the number of the message and what it says: {', '.join(one.answers)}"


def _waiting(run: Run) -> Iterator[str]:
    now = waiting(run)
    if now is None:
        return
    yield f"  {until(now, LOCAL)}. `heroterm sync` wakes it."
    if now.overdue:
        yield "  Its time is over: timeout takes that way, /wait DAYS waits longer."


def wish(wanted: Wish) -> Iterator[str]:
    """What would be put, whole, before anybody says yes."""
    yield f"  {wanted.say} to {_one(wanted.to)}"
    subject = getattr(wanted.deed, "subject", "")
    if subject:
        yield f"  Subject: {subject}"
    yield from (f"  | {line}" for line in wanted.body.split("\n") if wanted.comment is not None)


def danger(one: Step, run: Run, case: Case) -> Iterator[str]:
    """The warning in words, what goes and what stays, and what has to be typed."""
    yield "  " + "=" * 70
    yield f"  DANGER. {filled(one.warning, run, case)}"
    yield from (f"  {said}" for said in differences(run, case))
    yield f"  What will be gone:  {filled(one.gone, run, case)}"
    yield f"  What must remain:   {filled(one.remains, run, case)}"
    yield "  " + "=" * 70


def _one(text: str, limit: int = 200) -> str:
    return shown(text, single_line=True, limit=limit)
