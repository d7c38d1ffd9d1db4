"""The picker of canned replies: `c` from anywhere, `::` while writing. Zendesk's macros, marked
`Z`, give their words there too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heroterm.domain.macro import matches
from heroterm.domain.reply import CannedReply
from heroterm.domain.ticket import Macro
from heroterm.domain.usage import Use
from heroterm.tui.doing import answering, bulk, macros, team_files
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import INLINE, NOTE, PUBLIC
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.used import used

_MACRO = "Z "


def choose(desk: OnDesk) -> None:
    """`c`: pick one; it goes into what is being written, or starts a reply. To marked rows goes
    one that the team approved for many.
    """
    if desk.composer.writing is None and desk.focused is desk.queue and len(desk.queue.marked) > 1:
        bulk.canned(desk)
    else:
        _pick(desk, "")


def fitting(desk: OnDesk) -> None:
    """`C`: the one that fits what the customer wrote, with its status, without a picker."""
    opened = desk.target
    fits = desk.book.fitting(opened) if opened is not None else None
    chosen = desk.book.to_offer(opened) if opened is not None else None
    picks = f"{desk.key('ticket.canned')} picks one."
    if opened is None or fits is None:
        desk.tell(f"No canned reply fits what they wrote; {picks}")
    elif chosen is None:
        desk.tell(f"“{fits.title}” fits, and stands in the thread already; {picks}")
    else:
        answering.use_canned(desk, opened, chosen.name)


def inline(desk: OnDesk) -> None:
    """`::` in the text: pick one for the cursor's place; without a choice the signs are text, and
    so is what was typed behind them and is no canned reply: perhaps code that a terminal pasted key
    by key.
    """
    _pick(desk, INLINE)


def _pick(desk: OnDesk, typed: str) -> None:
    opened = desk.opened if desk.composer.writing is not None else desk.target
    if opened is None:
        desk.composer.words.insert(typed)
        return
    shown, found, uses = opened, _with_words(desk, opened), used(desk.reading)

    def picked(key: str | None) -> None:
        if key is None:
            desk.composer.words.insert(typed and typed + pick.unmatched)
        elif key.startswith(_MACRO):
            _use_macro(desk, shown, found[key])
        else:
            answering.use_canned(desk, shown, key)

    def preview(key: str) -> str:
        if key in found:
            return macros.proposed(desk, shown, found[key]).words
        return desk.book.filled(key, shown, answering.me(desk)).body

    pick = Pick(
        "Canned replies",
        (),
        preview=preview,
        find=lambda query: _found(desk, shown, found, uses, query),
    )
    desk.app.push_screen(pick, picked)
    team_files.newer_replies(desk, pick)


def _with_words(desk: OnDesk, opened: Opened) -> dict[str, Macro]:
    """Macros that write something, by the key of their choice."""
    return {
        f"{_MACRO}{macro.id}": macro
        for macro in macros.known(desk)
        if macros.proposed(desk, opened, macro).words
    }


def _use_macro(desk: OnDesk, opened: Opened, macro: Macro) -> None:
    """Its words at the cursor; by itself the whole of it, after before and after were seen."""
    composing = desk.composer.writing
    made = macros.proposed(desk, opened, macro)
    if composing is None:
        macros.look(desk, opened, made)
    elif composing.kind == PUBLIC and not made.public:
        desk.tell(f"{macro.title} is a note for colleagues; nothing was put into this reply.")
    else:
        desk.composer.insert(made.words)
        if not made.changes.empty:
            desk.tell(
                f"Only its words were put in; {desk.key('macro.list')} on "
                "the ticket shows its other changes."
            )


def _found(
    desk: OnDesk, opened: Opened, found: dict[str, Macro], uses: Mapping[str, Use], query: str
) -> Sequence[Choice]:
    """What matches the typed letters: replies by context, then use; then macros by title, alone
    where the letters begin with their mark.
    """
    marked = query.casefold().startswith(_MACRO.casefold())
    replies = () if marked else desk.book.ranked(opened, uses, query)
    choices = [Choice(r.name, r.title, _hint(desk, opened, r, uses)) for r in replies]
    typed = query[len(_MACRO) :] if marked else query
    titled = [(matches(macro, typed), key, macro.title) for key, macro in found.items()]
    best = sorted((one for one in titled if one[0]), key=lambda one: (-one[0], one[2]))
    return [*choices, *(Choice(key, f"{_MACRO}{title}", "macro") for _, key, title in best)]


def _hint(desk: OnDesk, opened: Opened, reply: CannedReply, uses: Mapping[str, Use]) -> str:
    kind = "note" if reply.kind == NOTE else reply.status or ""
    lifted = desk.book.lifted(opened, reply, uses)
    return "  ".join(part for part in (*reply.keys[:1], kind, lifted) if part)
