"""Macros, the team's own and Zendesk's: chosen by letter or from a list, looked at before and
after, then queued; on marked rows as one bulk change.

A macro never touches a draft that it did not begin (features F3): where words of the hero lie on
the ticket, one that brings words of its own waits until those are sent or thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from heroterm.domain import macro as macros
from heroterm.domain.macro import Hero, Proposal
from heroterm.domain.team_macro import TeamMacro
from heroterm.domain.ticket import Macro
from heroterm.domain.undo import moved_since
from heroterm.tui.commands import MACRO
from heroterm.tui.doing import answering, beginning, bulk, ruling, seat, team_macros, writing
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NOTE, PUBLIC
from heroterm.tui.screens.before_after import BeforeAfter, Row, Shown
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.text import Part

_MOST_LETTERS = 52
_WRITE = "write it: the words open, {composer.review} {review.queue} queues all at once"


@dataclass(frozen=True, slots=True)
class Listed:
    """One macro of either kind, as it can be chosen."""

    title: str
    letter: str
    of_zendesk: bool
    proposed: Callable[[Opened], Proposal]
    approved: bool = False
    """Whether its words may go to many tickets at once."""


def known(desk: OnDesk) -> list[Macro]:
    """The macros of Zendesk that this person may use, by title. Raises StoreError."""
    mirror = desk.reading.mirror
    return mirror.macros() if mirror is not None else []


def letters(desk: OnDesk) -> list[tuple[str, str, str]]:
    """The team's letters, the macro of each, and whether Zendesk has it."""
    own = sorted((one.key, one.title, "") for one in desk.book.macros if one.key)
    taken, titles = {letter for letter, _, _ in own}, {macro.title for macro in known(desk)}
    of_zendesk = [
        (letter, title, "" if title in titles else "no such macro in Zendesk")
        for letter, title in desk.book.macro_keys.items()
        if letter not in taken
    ]
    return [*own, *of_zendesk][:_MOST_LETTERS]


def by_letter(desk: OnDesk, letter: str) -> bool:
    """The macro of a letter; False where the team gave it none."""
    team, title = team_macros.of_letter(desk, letter), desk.book.macro_keys.get(letter)
    if team is None and title is None:
        return False
    found = next((macro for macro in known(desk) if macro.title == title), None)
    if team is not None:
        use(desk, _own(desk, team))
    elif found is not None:
        use(desk, _of_zendesk(desk, found))
    else:
        desk.tell(
            f"Zendesk has no macro named {title}; {desk.key('macro.list')} lists those that it has."
        )
    return True


def every(desk: OnDesk) -> list[Listed]:
    """The team's own macros by their files' names, then those of Zendesk by title."""
    own = [_own(desk, team) for team in desk.book.macros]
    return [*own, *(_of_zendesk(desk, macro) for macro in known(desk))]


def _own(desk: OnDesk, team: TeamMacro) -> Listed:
    words = team_macros.words_of(desk, team)
    return Listed(
        team.title,
        team.key,
        False,
        lambda opened: team_macros.proposed(desk, opened, team),
        words is not None and words.bulk,
    )


def _of_zendesk(desk: OnDesk, macro: Macro) -> Listed:
    by_title = {title: letter for letter, title in desk.book.macro_keys.items()}
    letter = by_title.get(macro.title, "")
    letter = "" if team_macros.of_letter(desk, letter) is not None else letter
    return Listed(macro.title, letter, True, lambda opened: proposed(desk, opened, macro))


def choose(desk: OnDesk) -> None:
    """`m m`: any macro, from a list."""
    opened = desk.target
    if opened is None:
        return
    found = {str(number): one for number, one in enumerate(every(desk))}
    if not found:
        desk.tell(_none(desk))
        return
    choices = [
        Choice(key, f"Z {one.title}" if one.of_zendesk else one.title, one.letter)
        for key, one in found.items()
    ]

    def picked(key: str | None) -> None:
        if key is not None:
            use(desk, found[key])

    def preview(key: str) -> str:
        return _preview(desk, found[key].proposed(opened))

    desk.app.push_screen(Pick("Macros of the team and of Zendesk", choices, preview), picked)


def use(desk: OnDesk, one: Listed) -> None:
    """Show what it would do: to the marked rows, else to the ticket that is meant."""
    opened, marked = desk.target, desk.queue.marked
    if desk.focused is desk.queue and len(marked) > 1:
        bulk.macro(desk, marked, one.title, one.proposed, approved=one.approved)
    elif opened is None:
        desk.tell(f"Open a ticket first: {desk.key('desk.next')} opens the next one.")
    elif desk.composer.writing is not None:
        desk.tell(
            f"Finish what you are writing first: {desk.key('composer.review')} "
            "leaves it, the draft stays."
        )
    else:
        look(desk, opened, one.proposed(opened))


def keys(desk: OnDesk, one: Listed) -> str:
    """The keys of a macro: its letter after the one that waits for it, else the list's."""
    keymap = desk.parts.keymap
    prefix = keymap.prefix_shown(MACRO)
    return f"{prefix} {one.letter}" if prefix and one.letter else keymap.key("macro.list")


def _none(desk: OnDesk) -> str:
    if "macros" in desk.reading.state.not_allowed:
        return "Zendesk does not let your role read macros."
    return (
        "No macro is known: your account has none, or they did not come "
        f"yet ({desk.key('desk.sync')} syncs)."
    )


def _preview(desk: OnDesk, made: Proposal) -> str:
    changed = ", ".join(Names(desk.reading.mirror).said(made.changes))
    begins = f"begins the playbook {made.playbook}" if made.playbook else ""
    said = [changed, begins, made.words, made.macro.description]
    refused = [f"not done: {one}" for one in made.refused]
    return "\n\n".join([part for part in said if part] + refused)


def proposed(desk: OnDesk, opened: Opened, macro: Macro) -> Proposal:
    """What a macro would do to a ticket, filled in with what is known. Raises StoreError."""
    state, mirror, ticket = desk.reading.state, desk.reading.mirror, opened.ticket
    group = mirror.group(ticket.group_id) if mirror is not None and ticket.group_id else None
    mine = mirror.person(state.user_id) if mirror is not None and state.user_id else None
    facts = macros.placeholders(
        ticket,
        opened.requester,
        mine or answering.me(desk),
        None,
        group,
        f"{desk.parts.settings.account_url}/agent/tickets/{ticket.id}",
    )
    facts["ticket.organization.name"] = opened.organization_name
    return macros.propose(macro, ticket, Hero(state.user_id, state.group_ids), facts)


def look(desk: OnDesk, opened: Opened, made: Proposal) -> None:
    """Show before and after; only `y` does anything."""

    def decided(yes: bool | None) -> None:
        if yes:
            _do(desk, opened, made)

    desk.app.push_screen(BeforeAfter(_shown(desk, opened, made)), decided)


def _shown(desk: OnDesk, opened: Opened, made: Proposal) -> Shown:
    stopped = _stopped(desk, opened, made)
    notes: list[Part] = [(f"NOT DONE: {one}", "$sla-soon bold") for one in made.refused]
    if stopped:
        notes.append((stopped, "$sla-breached bold"))
    if made.words:
        who = "PUBLIC REPLY, for the customer" if made.public else "INTERNAL NOTE, colleagues only"
        notes.append((f"{who}:", "$text-muted"))
    if made.playbook:
        notes.append((f"Then the playbook {made.playbook} begins.", "bold"))
    return Shown(
        title=f"#{opened.ticket.id}  {made.macro.title}",
        rows=_rows(desk, opened, made),
        notes=notes,
        words=made.words,
        yes="" if stopped else desk.filled(_WRITE) if made.words else "queue it",
    )


def _stopped(desk: OnDesk, opened: Opened, made: Proposal) -> str:
    """Why the macro cannot be applied here now; "" when it can."""
    kind = PUBLIC if made.public else NOTE
    if made.empty:
        return "Nothing of this macro can be done from here."
    if opened.ticket.status == "closed":
        return "The ticket is closed: Zendesk changes it no more."
    if not (made.words or made.playbook or moved_since(made.changes, opened.ticket)):
        return "It is so already: nothing would change."
    verdict = seat.may_reply(desk, opened)
    if made.words and made.public and not verdict.ok:
        return ruling.sentence(desk, verdict) if seat.is_light(desk) else verdict.say
    journal = desk.reading.journal
    draft = journal.drafts.get(opened.ticket.id, kind) if journal is not None else None
    if made.words and draft is not None and not draft.blank:
        word = "reply" if made.public else "note"
        return (
            f"Your draft of a {word} lies on this ticket and stays as it is. "
            f"{desk.key(f'ticket.{word}')} opens it: send it or throw it away "
            f"({desk.key('composer.review')} {desk.key('review.trash')}) first."
        )
    return ""


def _rows(desk: OnDesk, opened: Opened, made: Proposal) -> list[Row]:
    names = Names(desk.reading.mirror)
    return [
        (names.titled(field), names.valued(field, before), names.valued(field, after))
        for field, before, after in macros.differences(made.changes, opened.ticket)
    ]


def _do(desk: OnDesk, opened: Opened, made: Proposal) -> None:
    """Queue the fields; words open in the composer, and go with the fields in one update."""
    if not made.words:
        if not made.changes.empty:
            answering.put_changes(desk, opened, made.changes)
        if made.playbook:
            beginning.choose_named(desk, made.playbook)
        return
    if _stopped(desk, opened, made):
        desk.tell("A draft was begun on this ticket meanwhile: it stays as it is.")
        return
    kind = PUBLIC if made.public else NOTE
    besides = replace(made.changes, status=None)
    writing.begin(desk, kind, opened, changes=besides)
    used = ((made.canned, made.words),) if made.canned else ()
    desk.composer.change(status=made.changes.status, chosen=True, canned=used)
    desk.composer.insert(made.words)
