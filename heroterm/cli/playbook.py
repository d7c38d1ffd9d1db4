"""`heroterm playbook`: the handbook's procedures listed, checked, shown, played, looked after."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from heroterm.cli import keymap_file
from heroterm.cli.invocation import Invocation
from heroterm.cli.known import Known
from heroterm.cli.numbers import TicketNumber
from heroterm.cli.playbook_documents import playbook_document, run_document, run_lines
from heroterm.cli.reading import Reading, reading
from heroterm.cli.rules import rulebook
from heroterm.cli.verb import VerbGroup
from heroterm.domain.playbook import Playbook, suggested
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.domain.text import shown
from heroterm.errors import ConfigError, RefusedByRule, UsageError
from heroterm.rulebook import SHIPPED, Rulebook, read_playbook
from heroterm.sync.cases import CaseReader
from heroterm.sync.runs import RunKeeper

command = VerbGroup("playbook", help="Play the handbook's procedures step by step.")


@command.command("list")
@click.argument("ticket", metavar="[ID]", type=TicketNumber(), required=False)
@click.pass_obj
def list_playbooks(call: Invocation, ticket: int | None) -> int:
    """List the playbooks; with a ticket, say which of them fit its words."""
    book = rulebook(call.paths)
    fitting: set[str] = set()
    if ticket is not None:
        with reading(call) as read:
            found = read.ticket(ticket)
            text = f"{found.subject}\n{found.description}"
            fitting = {p.name for p in suggested(book.playbooks, text, found.tags)}
    documents = [playbook_document(p, fits=p.name in fitting) for p in book.playbooks]
    rows = (
        f"{p.name:24}{p.title}{'   fits this ticket' if p.name in fitting else ''}"
        for p in book.playbooks
    )
    call.answer({"playbooks": documents}, rows)
    return 0


@command.command("show")
@click.argument("name", metavar="NAME", type=Known("playbooks"))
@click.pass_obj
def show(call: Invocation, name: str) -> int:
    """Print a playbook's steps."""
    playbook = named(rulebook(call.paths), name)
    document = playbook_document(playbook, fits=False, whole=True)
    call.answer({"playbooks": [document]}, _steps(playbook))
    return 0


def _steps(playbook: Playbook) -> Iterator[str]:
    yield f"{playbook.title} ({playbook.name} {hash_of(playbook.text)[:12]})"
    if playbook.section:
        yield f'Handbook: "{playbook.section}"'
    if playbook.note:
        yield playbook.note
    for number, step in enumerate(playbook.steps, 1):
        optional = "" if step.required else ", optional"
        ways = " or ".join(f"{where} is {answer}" for where, answer in step.only_if)
        yield f"{number:2} [{step.kind}{optional}] {step.text}"
        if step.warning:
            yield f"   !! {step.warning}"
        if ways:
            yield f"   only if {ways}"


@command.command("lint")
@click.pass_obj
def lint(call: Invocation) -> int:
    """Check every playbook file, the shipped ones and your own."""
    book = rulebook(call.paths)
    found = [error for error in book.findings if "playbooks" in error.file]
    replies = {reply.name: reply for reply in book.replies}
    own = call.paths.rules / "playbooks"
    for playbook in book.playbooks:
        for folder in (own, SHIPPED / "playbooks"):
            path = folder / f"{playbook.name}.toml"
            if path.exists():
                try:
                    read_playbook(path, replies)
                except ConfigError as error:
                    found += [error] if str(error) not in map(str, found) else []
                break
    findings = [
        {"file": e.file, "line": e.line, "key": e.key, "say": e.say, "remedy": e.remedy}
        for e in found
    ]
    whole = f"{len(book.playbooks)} playbooks are in order."
    call.answer({"findings": findings}, [str(error) for error in found] or [whole])
    return ConfigError.exit_code if found else 0


@command.command("runs")
@click.option("--all", "every", is_flag=True, help="Also those that have ended.")
@click.pass_obj
def runs(call: Invocation, every: bool) -> int:
    """List the runs under way, also those that colleagues began on other desks."""
    with reading(call) as read:
        said = keeper(call, read).take_over()
        found = read.journal.runs.under_way(all=every)
        torn = read.journal.runs.unreadable()
        lost = [
            f"#{one.ticket_id}: {one.playbook} cannot be read here, and keeps the ticket unsolved: "
            f"`heroterm playbook give-up {one.ticket_id} --reason WORDS` ends it."
            for one in torn
        ]
        lines = [*run_lines(found, read.now), *said, *lost]
        document = {
            "runs": [run_document(run) for run in found],
            "unreadable": [
                {"run": one.run_id, "playbook": one.playbook, "ticket": one.ticket_id}
                for one in torn
            ],
            "notices": [*said, *lost],
        }
        call.answer(document, lines or ["No playbook is under way."])
    return 0


@command.command("give-up")
@click.argument("ticket", type=TicketNumber())
@click.option("--reason", required=True, metavar="WORDS", help="Why; it is kept in the trail.")
@click.pass_obj
def give_up(call: Invocation, ticket: int, reason: str) -> int:
    """End a run that cannot be read here, so that its ticket may be solved again."""
    if not reason.strip():
        raise UsageError("A run is ended for a reason.", "Say it with --reason WORDS.")
    with reading(call) as read:
        runs = read.journal.runs
        torn = [one for one in runs.unreadable() if one.ticket_id == ticket]
        ended = [one for one in torn if runs.give_up(one.run_id, reason.strip())]
    if not ended:
        raise RefusedByRule(
            f"No run on #{ticket} is one that cannot be read.",
            "`heroterm playbook run NAME TICKET --plain` goes on with one that can; /abort REASON "
            "ends it there.",
            rule="run-readable",
        )
    document = {"given_up": [{"run": one.run_id, "ticket": one.ticket_id} for one in ended]}
    call.answer(document, [f"#{ticket}: {one.playbook} is ended." for one in ended])
    return 0


@command.command("run")
@click.argument("name", metavar="NAME", type=Known("playbooks"))
@click.argument("ticket", metavar="[TICKET]", type=TicketNumber(), required=False)
@click.option("--plain", is_flag=True, help="Line by line on standard input and output.")
@click.option("--rehearse", is_flag=True, help="On a made-up ticket; nothing is queued.")
@click.pass_obj
def run(call: Invocation, name: str, ticket: int | None, plain: bool, rehearse: bool) -> int:
    """Begin a playbook on a ticket, or go on with it where it stands."""
    if not plain:
        begins = keymap_file.of(call).key("ticket.playbook")
        raise UsageError(
            f"On the desk a playbook is played in its pane ({begins}); here it is played line by "
            "line.",
            f"Add --plain, or open the desk: `heroterm`. Nothing was begun for {name}.",
        )
    if rehearse == (ticket is not None):
        raise UsageError(
            "A run needs a ticket, and a rehearsal needs none.",
            f"`heroterm playbook run {name} TICKET --plain`, or --rehearse without a ticket.",
        )
    if rehearse:
        from heroterm.cli.playbook_rehearsal import rehearsal

        return _play(call, rehearsal(call, named(rulebook(call.paths), name)))
    with reading(call) as read:
        return _on_ticket(call, read, name, int(ticket or 0))


def _on_ticket(call: Invocation, read: Reading, name: str, ticket_id: int) -> int:
    from heroterm.cli.playbook_seat import HomeSeat

    book, keep = rulebook(call.paths), keeper(call, read)
    for sentence in keep.take_over(ticket_id):
        call.say(sentence)
    found = _begun(call, read, book, keep, name, ticket_id)
    config = call.config
    own = (config.account.email,) if config.account.email else ()
    seat = HomeSeat(
        read,
        book,
        keep,
        found,
        config.account.url,
        config.desk.hold_seconds,
        own,
        call.clock,
    )
    return _play(call, seat)


def _begun(
    call: Invocation, read: Reading, book: Rulebook, keep: RunKeeper, name: str, ticket_id: int
) -> Run:
    """The run that is open on the ticket, one that goes on there, or a new one. Raises
    RefusedByRule for another's.
    """
    read.ticket(ticket_id)
    found = read.journal.runs.open_on(ticket_id)
    if found is not None and (found.playbook.name, found.ticket_id) == (name, ticket_id):
        return found
    if found is not None:
        raise two_runs(found, ticket_id)
    again = keep.gone_on(name, ticket_id)
    if isinstance(again, Run):
        call.say("It had ended because nobody answered. An answer came since, so it goes on.")
        return again
    if again is not None:
        raise RefusedByRule(again.say, again.instead, rule=again.rule)
    playbook = named(book, name)
    fresh = Run(
        call.new_id(),
        playbook,
        hash_of(playbook.text),
        playbook.text,
        ticket_id,
        keep.now,
        read.state.user_name or "you",
    )
    begun = read.journal.runs.begin(fresh)
    if begun is None:
        other = read.journal.runs.open_on(ticket_id)
        raise two_runs(other or fresh, ticket_id)
    return begun


def two_runs(open_one: Run, ticket_id: int) -> RefusedByRule:
    """The refusal of a second run on a ticket."""
    where = open_one.ticket_id
    made = "" if where == ticket_id else f" It made #{ticket_id} for #{where}."
    return RefusedByRule(
        f'"{open_one.playbook.title}", begun by {open_one.begun_by}, is under way here: two '
        f"procedures on one ticket would contradict each other.{made}",
        f"Go on with it: `heroterm playbook run {open_one.playbook.name} {where} --plain`, or end "
        "it there with /abort REASON.",
        rule="two-runs",
    )


def _play(call: Invocation, seat: Any) -> int:
    """Play until it ends or waits; then the state of the run, as a document or as the last line."""
    from heroterm.cli.parts import browse
    from heroterm.cli.playbook_plain import Plain
    from heroterm.cli.playbook_sitting import Sitting

    def out(line: str) -> None:
        if call.as_json:
            call.say(line)
        else:
            print(shown(line), flush=True)

    def ask(question: str) -> str | None:
        out(f"? {question}")
        line = sys.stdin.readline()
        return line.rstrip("\r\n") if line else None

    sitting = Sitting(seat, out, ask, browse, keymap_file.of(call))
    Plain(sitting).play()
    call.answer({"runs": [run_document(seat.run)]}, run_lines([seat.run], _now(call)))
    return RefusedByRule.exit_code if sitting.refused else 0


def _now(call: Invocation) -> datetime:
    return call.clock()


def keeper(call: Invocation, read: Reading) -> RunKeeper:
    """The runs' keeper over an opened home."""
    book = rulebook(call.paths)
    cases = CaseReader(read.mirror, read.journal, book.sources)
    return RunKeeper(read.mirror, read.journal, call.clock, cases)


def named(book: Rulebook, name: str) -> Playbook:
    """A playbook by its name. Raises UsageError."""
    found = book.playbook(name)
    if found is None:
        known = ", ".join(playbook.name for playbook in book.playbooks)
        raise UsageError(f"There is no playbook {name!a}.", f"Known are: {known}.")
    return found
