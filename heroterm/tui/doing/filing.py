"""`b`: a bug report or feature request, from the tickets alike to the reply with its link; `y s`.

The box shows in one place what the playbook asks for step by step. Until an issue has an address
nothing is begun; then the run holds every answer, and its reply lies in the Review.
"""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from heroterm.domain.bug_report import BUG, CALLED, FEATURE, Issue, begun, objection, plus_one
from heroterm.domain.findings import Finding
from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_answers import answer
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_filing import Filed, already, filed
from heroterm.domain.playbook_offer import kind_of, material, owner_of, slack_offer, ticket_url
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.domain.playbook_way import next_step
from heroterm.journal.database import Journal
from heroterm.mirror.reported import reported
from heroterm.sync.cases import CaseReader
from heroterm.tui.doing import ending, filing_kept, opening, playing, putting
from heroterm.tui.doing.copying import COPIED, SHOWN, to_clipboard
from heroterm.tui.doing.ways import ending_keys
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.screens.issue import LINK, OTHER, IssueBox
from heroterm.tui.screens.reporting import Brought, Reporting
from heroterm.tui.screens.step import Asked, Said, StepBox, letters_for
from heroterm.tui.text import parts

_FORMS = ("bug-form", "feature-form")


def report(desk: OnDesk) -> None:
    """`b`: go on with the report that is under way here, or begin one."""
    opened = desk.target
    if opened is None:
        return
    run = opened.run
    if run is not None and not _reports(run.playbook):
        desk.tell(
            f"“{run.playbook.title}” is under way here: two procedures on one ticket would "
            f"contradict each other. {desk.key('pane.playbook')} shows it.",
            severity="warning",
        )
        return
    if desk.opened is None or desk.opened.ticket.id != opened.ticket.id:
        desk.open_ticket(opened.ticket.id)
    if run is not None and already(run):
        desk.focus_pane("playbook")
        desk.tell(
            f"Filed already: {already(run)}. {desk.key('playbook.act')} "
            f"goes on, {desk.key('copy.slack')} "
            "copies the line for Slack."
        )
        return
    _ask(desk, kind_of(run.playbook) if run is not None else _likely(desk, opened))


def _reports(playbook: Playbook) -> bool:
    return any(step.offer in _FORMS for step in playbook.steps)


def playbook_of(desk: OnDesk, kind: str) -> Playbook | None:
    """The playbook of a kind of issue; said where the team has none."""
    found = (p for p in desk.book.playbooks if _reports(p) and kind_of(p) == kind)
    playbook = next(found, None)
    if playbook is None:
        desk.tell(f"No playbook has a step with the form of a {CALLED[kind]}.", severity="warning")
    return playbook


def _likely(desk: OnDesk, opened: Opened) -> str:
    """What it probably is: what the form says, else what the words suggest."""
    if opened.footer.trusted and opened.footer.kind in ("bug", "feedback"):
        return FEATURE if opened.footer.kind == "feedback" else BUG
    fitting = [kind_of(p) for p in playing.fitting_for(desk, opened) if _reports(p)]
    return FEATURE if fitting and BUG not in fitting else BUG


# The box


def _ask(desk: OnDesk, kind: str, brought: Brought | None = None) -> None:
    """Open the box; `brought` is an address that is on its way into the journal."""
    opened, playbook = desk.opened, playbook_of(desk, kind)
    mirror, journal = desk.reading.mirror, desk.reading.journal
    if opened is None or playbook is None or mirror is None or journal is None:
        return
    reader = CaseReader(mirror, journal, desk.book.sources)
    case = reader.read(opened.ticket.id, desk.reading.now(), opened.run)
    if case is None:
        return
    reporting = _reporting(desk, opened, case, playbook, journal)
    box = IssueBox(reporting if brought is None else replace(reporting, brought=brought))

    def told(what: Filed | str | None) -> None:
        if what == OTHER:
            _other(desk, opened, playbook, box.brought)
        else:
            _told(desk, opened, case, playbook, what)

    desk.app.push_screen(box, told)
    words = f"{opened.ticket.subject}\n{opened.first_words}"
    desk.lookups.ask(
        lambda mirror: reported(mirror, words, but=opened.ticket.id),
        box.know,
        lambda error: box.fail(str(error)),
    )


def _reporting(
    desk: OnDesk, opened: Opened, case: Case, playbook: Playbook, journal: Journal
) -> Reporting:
    kind = kind_of(playbook)
    url = ticket_url(desk.parts.settings.account_url, opened.ticket.id)
    of = material(case, opened.footer, url, desk.book.owners)
    issue = begun(kind, of)
    kept, brought = filing_kept.recall(journal, kind, opened.ticket.id)
    priority = case.known["priority"].value
    return Reporting(
        opened.ticket.id,
        issue,
        kept or issue.text,
        priority == "low",
        _head(desk, opened, case, playbook),
        lambda made: objection(made, of),
        lambda made: _opens(desk, made),
        lambda known: _knows(desk, known, url),
        lambda: _search(desk, kind),
        lambda words, brought: filing_kept.keep(desk, kind, opened.ticket.id, words, brought),
        brought,
    )


def _head(desk: OnDesk, opened: Opened, case: Case, playbook: Playbook) -> list[Content]:
    """Priority with its source, who owns the feature, and what else the playbook says."""
    priority, owner = case.known["priority"], owner_of(opened.footer, desk.book.owners)
    labels = f"  labels {' '.join(owner.labels)}" if owner.labels else ""
    lines = [
        parts(
            ("priority ", "$text-muted"), (priority.value, "bold"),
            (f" ({priority.source})  owned by ", "$text-muted"),
            f"{owner.team} {owner.channel}", (labels, "$text-muted"),
        )
    ]  # fmt: skip
    if priority.value == "low":
        step = next((one for one in playbook.steps if one.kind == "reply"), None)
        said = step.text if step is not None else "Give them the link to the forms."
        return [*lines, Content(""), parts((said, "bold"))]
    lines += [
        parts((step.text, "$text-secondary")) for step in playbook.steps if step.kind == "tell"
    ]
    if case.content_warning:
        say = "CONTENT WARNING: nothing of theirs is quoted; write it in your own words."
        lines.append(parts((say, "$sla-breached bold")))
    return lines


def _opens(desk: OnDesk, issue: Issue) -> str:
    """Open the form; what does not fit into its address goes by the clipboard, behind the address
    itself where no browser could be started.
    """
    done = opening.browse(desk, issue.link)
    if done in (COPIED, SHOWN):
        return _elsewhere(desk, issue, done)
    if not issue.fits:
        done = to_clipboard(desk, issue.body, "the words of the issue")
        return (
            f"Too long for a link: opened with the title, the words are {done}. Paste them there."
        )
    if done == opening.NOT_OPENED:
        return "Not opened; the address of an issue that is there already can be pasted here."
    return "Opened with these words. Submit it there; then paste its address here."


def _elsewhere(desk: OnDesk, issue: Issue, done: str) -> str:
    """No browser can be started here: the form is opened where the hero sits."""
    if issue.fits:
        return f"Its address is {done}: open it where you sit, and bring the issue's address here."
    both = f"{issue.link}\n\n{issue.body}"
    done = to_clipboard(desk, both, "the form's address and, below it, the words of the issue")
    return f"Too long for a link: its address is {done}, and below it the words to paste there."


def _knows(desk: OnDesk, issue: str, url: str) -> str:
    """Open the issue that is there, with the comment for it in the clipboard."""
    came = to_clipboard(desk, plus_one(url), "the comment for it")
    if issue:
        opening.browse(desk, issue)
    return f"{came.capitalize()} “{plus_one(url)}”: add it there; Enter with its address goes on."


def _search(desk: OnDesk, kind: str) -> None:
    playbook = playbook_of(desk, kind)
    steps = playbook.steps if playbook is not None else ()
    links = [link.url for step in steps if step.offer == "similar" for link in step.links]
    if links and links[0]:
        opening.browse(desk, links[0])


# What was filed


def _told(
    desk: OnDesk, opened: Opened, case: Case, playbook: Playbook, told: Filed | str | None
) -> None:
    if told == LINK:
        _file(desk, opened, case, playbook, None)
    elif isinstance(told, Filed) and kind_of(playbook) == FEATURE:
        _tell_success(desk, opened, case, playbook, told)
    elif isinstance(told, Filed):
        _file(desk, opened, case, playbook, told)


def _other(desk: OnDesk, opened: Opened, playbook: Playbook, brought: Brought) -> None:
    """The box of the other kind, unless a run of this one is under way."""
    if opened.run is None:
        _ask(desk, BUG if kind_of(playbook) == FEATURE else FEATURE, brought)
        return
    desk.tell(
        f"{ending_keys(desk)} ends the run that is under way; then "
        f"{desk.key('ticket.report')} files it as the other kind."
    )


def _tell_success(
    desk: OnDesk, opened: Opened, case: Case, playbook: Playbook, told: Filed
) -> None:
    """Customer Success hears of a request of a paying customer, now or by the tally."""
    step = next((one for one in playbook.steps if one.offer == "slack-line"), None)
    if step is None or not step.answers:
        _file(desk, opened, case, playbook, told)
        return
    asks = case.organization
    plan = f"plan {asks.plan or 'not known'}, MRR {asks.mrr or 'not known'}" if asks else ""
    name = asks.name if asks else "no organization"
    lines = [parts((step.text, "bold")), parts((f"{name}  ", "bold"), plan)]

    def said(what: Said | None) -> None:
        if what is not None:
            _file(desk, opened, case, playbook, replace(told, told=what.value))
        else:
            _ask(desk, kind_of(playbook), Brought(told.issue, told.existing))

    desk.app.push_screen(StepBox(Asked(step.title, lines, letters_for(step.answers))), said)


def _file(desk: OnDesk, opened: Opened, case: Case, playbook: Playbook, what: Filed | None) -> None:
    """Write the run up to its reply, in one transaction, and lay the reply under review."""
    run = opened.run or Run(
        desk.parts.new_id(), playbook, hash_of(playbook.text), playbook.text, opened.ticket.id,
        desk.reading.now(), case.by,
    )  # fmt: skip
    events = filed(run, case, what)

    def filed_now() -> None:
        filing_kept.keep(desk, kind_of(playbook), opened.ticket.id, "", Brought())
        _thank(desk)

    if opened.run is not None or isinstance(events, Finding):
        playing.keep(desk, run, events, then=filed_now)
    else:
        playing.start(desk, run.with_events(events), filed_now)


def _thank(desk: OnDesk) -> None:
    """The reply with the link."""
    played = playing.shown(desk)
    line = next_step(played.run) if played is not None else None
    if played is None or line is None:
        return
    putting.begin(desk, played, line.step)


# `y s`


def slack(desk: OnDesk) -> None:
    """Copy the line that tells of this ticket's issue, and say where it goes."""
    opened, journal, mirror = desk.target, desk.reading.journal, desk.reading.mirror
    if opened is None or journal is None or mirror is None:
        return
    runs = [opened.run] if opened.run is not None else journal.runs.of_ticket(opened.ticket.id)
    run = next((one for one in runs if already(one)), None)
    case = playing.case_for(desk, run) if run is not None else None
    made = slack_offer(run, case, opened.footer, desk.book.owners) if run and case else None
    if run is None or case is None or made is None:
        desk.tell(f"No issue was filed from this ticket: {desk.key('ticket.report')} files one.")
        return
    to_clipboard(desk, made.copy, f"the line for {made.to}")
    line = next_step(run)
    if line is not None and line.step.offer == "slack-line" and not line.step.answers:
        playing.keep(
            desk, run, answer(run, line.step.id, "", case), then=lambda: ending.if_done(desk)
        )
