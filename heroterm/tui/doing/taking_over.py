"""Taking over a colleague's week at the desk: their pack against now, ticked and signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.domain.ages import clock_day
from heroterm.domain.counted import counted
from heroterm.domain.outbox import Intent, InternalNote
from heroterm.domain.takeover import Compared, Takeover, sign_off, signed_words, taking_words
from heroterm.domain.text import shown
from heroterm.errors import HeroError
from heroterm.journal import taking_over as kept
from heroterm.journal.database import Journal
from heroterm.tui.doing import boxes, copying, queueing, saying, sending
from heroterm.tui.doing.late_list import LateList
from heroterm.tui.doing.ways import way
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens import takeover as screen
from heroterm.tui.screens.listing import Listed
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.screens.takeover import Line, TakeoverScreen


def show(desk: OnDesk) -> None:
    """The pack that was taken up last; without one, ask for its file."""
    journal = desk.reading.journal
    taken = kept.kept(journal) if journal is not None else None
    if taken is None:
        choose(desk, lambda found: _open(desk, found))
    else:
        _open(desk, taken)


def choose(desk: OnDesk, then: Callable[[Takeover], None]) -> None:
    """Ask for a pack's path, and take it up."""

    def found(typed: str) -> Sequence[Choice]:
        like = desk.parts.paths_like(typed or "~/")
        kinds = ((path, "folder" if size is None else "") for path, size in like)
        return [Choice(path, path, kind, known_by_end=True) for path, kind in kinds]

    def picked(path: str | None) -> None:
        if path is not None and path.endswith("/"):
            _ask(path)
        elif path is not None:
            _take_up(desk, path, then)

    def _ask(begun: str) -> None:
        title = "The pack (handover.json) of whoever was hero before you"
        desk.app.push_screen(Pick(title, [], free=True, find=found, begin=begun), picked)

    _ask("")


def _take_up(desk: OnDesk, path: str, then: Callable[[Takeover], None]) -> None:
    account = desk.reading.state.account

    def take(journal: Journal) -> Takeover:
        pack = desk.parts.read_pack(path)
        if pack.account != account:
            raise HeroError(f"This pack is of {pack.account or 'no account'}, not of {account}.")
        return kept.begin(journal, pack)

    def failed(error: HeroError) -> None:
        desk.tell(str(error), severity="warning")

    desk.pen.write(take, then, failed)


def _open(desk: OnDesk, taken: Takeover) -> None:
    taking = TakingOver(desk, taken)
    listed = Listed(
        title="Taking over a week",
        place="takeover",
        items=taking.lines,
        key=screen.key,
        line=screen.line,
        detail=screen.detail,
        act=taking.act,
        empty=screen.EMPTY,
        keymap=desk.parts.keymap,
    )
    taking.late.box = TakeoverScreen(listed)
    desk.app.push_screen(taking.late.box)


class TakingOver:
    """A take-over while its box is open."""

    def __init__(self, desk: OnDesk, taken: Takeover) -> None:
        self._desk, self._taken = desk, taken
        self.late: LateList[Compared] = LateList(desk, "takeover")
        self._refused = ""
        """Why it was not signed, as it was said last."""

    def lines(self) -> Sequence[Line]:
        """What is known by now; the pack is held against now beside the screen."""
        pack, compare = self._taken.pack, self._desk.parts.compared
        sign = way(self._desk, "takeover.sign")
        compared = self.late.fresh(lambda mirror: compare(mirror, pack))
        return list(screen.lines(self._taken, compared, sign)) if compared is not None else []

    def act(self, deed: str, chosen: Line | None) -> bool:
        """Do it; True closes the box, because the ticket is shown behind it."""
        compared = self.late.known
        if deed == "other":
            choose(self._desk, self._again)
        elif compared is None:
            return False
        elif deed == "copy":
            copying.to_clipboard(self._desk, self._result(compared), "the result as Markdown")
        elif deed != "open" and (done := signed_words(self._taken)):
            self._desk.tell(f"{done} {self._desk.key('takeover.other')} opens another pack.")
        elif deed == "sign":
            self._sign(compared)
        elif deed == "tick_all":
            self._tick([one.entry.ticket for one in compared.left(self._taken.ticks)])
        elif chosen is not None and chosen.ticket_id is not None:
            if deed == "tick":
                self._tick([chosen.ticket_id] if chosen.difference is not None else [])
            else:
                boxes.close(self._desk)
                self._desk.open_ticket(chosen.ticket_id)
        return False

    def _again(self, taken: Takeover) -> None:
        self._taken = taken
        self.late.forget()

    def _result(self, compared: Compared) -> str:
        now = self._desk.reading.now()
        day = clock_day(now, self._desk.book.zone)
        name = self._desk.reading.state.user_name
        return "\n".join(shown(line) for line in sign_off(self._taken, compared, name, day))

    def _tick(self, ids: Sequence[int]) -> None:
        compared, taken, at = self.late.known, self._taken, self._desk.reading.local_now()
        found = [d for d in compared.differences if d.entry.ticket in ids] if compared else []

        def tick(journal: Journal) -> Takeover:
            now = taken
            for one in found:
                off = one.entry.ticket in now.ticks
                now = (
                    kept.untick(journal, now, one.entry.ticket)
                    if off
                    else kept.tick(journal, now, one, at)
                )
            return now

        self._desk.pen.write(tick, self._ticked)

    def _ticked(self, taken: Takeover) -> None:
        self._taken = taken
        saying.true_no_more(self._desk, self._refused)
        self.late.draw()
        self._desk.refresh_desk()

    def _sign(self, compared: Compared) -> None:
        if left := compared.left(self._taken.ticks):
            first = ", ".join(f"#{one.entry.ticket}" for one in left[:5])
            are = "is" if len(left) == 1 else "are"
            self._refused = f"{counted(len(left), 'line')} {are} not ticked yet: {first}."
            self._desk.tell(self._refused, severity="warning")
            return
        answers = {"y": "sign it", "i": "sign it, and say so in a note on each", "n": "not yet"}
        question = f"Take over the week of {self._taken.pack.hero or 'the last hero'}?"
        self._desk.ask(question, answers, lambda key: self._signed(key, compared))

    def _signed(self, key: str, compared: Compared) -> None:
        taken, at = self._taken, self._desk.reading.local_now()
        if key not in ("y", "i"):
            return
        notes = self._notes(compared) if key == "i" else []

        def done(signed: Takeover | None) -> None:
            if signed is not None:
                self._ticked(signed)
                for note in notes:
                    queueing.put(self._desk, note)
                more = f" To be sent: {counted(len(notes), 'note')}." if notes else ""
                copies = self._desk.key("takeover.copy")
                self._desk.tell(f"Signed: the week is yours. {copies} copies the result.{more}")

        self._desk.pen.write(lambda journal: kept.sign(journal, taken, compared, at), done)

    def _notes(self, compared: Compared) -> list[Intent]:
        desk = self._desk
        words = taking_words(self._taken.pack.hero, desk.reading.state.user_name)
        return [
            Intent(
                id=desk.parts.new_id(),
                ticket_id=ticket_id,
                created_at=desk.reading.local_now(),
                send_after=sending.send_after(desk, words=True),
                comment=InternalNote(words),
            )
            for ticket_id in compared.to_note(self._taken.ticks)
        ]
