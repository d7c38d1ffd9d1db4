"""Playbooks: the handbook's procedures for the open ticket, and the run that is under way on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from heroterm.domain.findings import Finding
from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_run import ANSWERED, Run
from heroterm.domain.playbook_way import next_step
from heroterm.tui.leaps import Leaping
from heroterm.tui.messages import CommandClicked, RunShown
from heroterm.tui.panes.run_lines import Laid, Played, laid
from heroterm.tui.text import Part, parts


@dataclass(frozen=True, slots=True)
class Offered:
    """A playbook that may be begun on the ticket."""

    playbook: Playbook
    fits: bool = False
    """Whether the ticket's words suggest it."""
    done: str = ""
    """When it was done there already: "done 12:03"; "" for never."""

    @property
    def words(self) -> str:
        """What is said beside it; "" mostly."""
        return self.done or ("fits this ticket" if self.fits else "")


class PlaybookPane(Leaping):
    """The list of playbooks, those that fit the ticket on top; or the steps of its run."""

    HELP = (
        "Playbooks. {playbook.act} begins one, or does what its next step asks; {playbook.check} "
        "answers it; {playbook.skip} skips, {playbook.wait} sets the wait, {playbook.abort} ends "
        "the run, each with a reason; {playbook.rehearse} rehearses on a made-up ticket."
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._playbooks: Sequence[Offered] = ()
        self.played: Played | None = None
        self._lines: list[Laid] = []
        self._refused: tuple[str, int, str, Finding] | None = None

    def under_cursor(self, line: Content) -> Content:
        """A step that is done or comes later has the cursor's sign behind its own."""
        if line.plain[:1] not in ("[", "(") or line.plain[3:4] != " ":
            return super().under_cursor(line)
        return Content.assemble(line[:3], (">", "$accent bold"), line[4:])

    def call(self, title: str) -> None:
        """Its title, behind the key that goes to it."""
        self.entitle(self.numbered("pane.playbook", title))

    def offer(self, playbooks: Sequence[Offered]) -> None:
        """Show the playbooks. After a rehearsal the cursor is on its playbook, so that the same
        key begins it again; after a run, too: no key that was meant for it begins another. Under
        the focus it stays on the one where it was.
        """
        same = self.played is None and list(playbooks) == list(self._playbooks)
        here = self.playbook if self.has_focus else None
        former = here.name if here is not None else ""
        if self.played is not None:
            run = self.played.run
            ended = any(one.done for one in playbooks if one.playbook.name == run.playbook.name)
            former = run.playbook.name if run.rehearsal or ended else former
            self.post_message(RunShown())
        self._playbooks, self.played = playbooks, None
        names = [one.playbook.name for one in playbooks]
        first = names.index(former) if former in names else 0
        self._lay(first if not same and self.cursor is not None else self.cursor)

    def play(self, played: Played) -> None:
        """Show a run. The cursor goes to the next step when another step has become it, or the
        hero has answered the step under it anew; else it stays on its step, however many lines
        came in above.
        """
        before, step = self.played, self.step
        moved = before is None or _at(before) != _at(played) or before.run.id != played.run.id
        moved = moved or (before is not None and _answered(before.run, played.run, step))
        at, refused = self._refusal(played.run)
        self.played = replace(played, refused=refused, refused_at=at, keymap=self.keymap)
        if before is None:
            self.post_message(RunShown())
        self._lay(None if moved else self.cursor, None if moved else step)

    def refuse(self, run: Run, finding: Finding) -> bool:
        """Keep a refusal in sight below the step under the cursor, until something has happened to
        the run; False where the pane does not show the run.
        """
        if self.played is None or self.played.run.id != run.id:
            return False
        at = _at(self.played) if self.step is None else self.step
        self._refused = (run.id, len(run.events), at, finding)
        self.play(self.played)
        return self.region.area > 0

    def _refusal(self, run: Run) -> tuple[str, Finding | None]:
        if self._refused is None or self._refused[:2] != (run.id, len(run.events)):
            return "", None
        return self._refused[2:]

    @property
    def playbook(self) -> Playbook | None:
        """The playbook under the cursor of the list."""
        if self.played is not None or self.cursor is None or not self._playbooks:
            return None
        return self._playbooks[self.cursor].playbook

    @property
    def step(self) -> str | None:
        """The id of the step under the cursor; "" is the closing note."""
        if self.played is None or self.cursor is None or self.cursor >= len(self._lines):
            return None
        return self._lines[self.cursor][1]

    def on_resize(self) -> None:
        """Wrap again; the frame is the base's, whose own handler runs after this one."""
        self._lay(self.cursor if self.played is None else None, self.step)

    def line(self, y: int, width: int) -> Content:
        """A playbook, or a line of a step."""
        return self._lines[y][0]

    def clicked(self, at: int, again: bool) -> None:
        """To the playbook or the step; again: begin it, or do what it asks."""
        self.cursor = at
        if again:
            self.post_message(CommandClicked("playbook.act"))

    def _lay(self, at: int | None, step: str | None = None) -> None:
        """Lay the lines with the cursor on one, if it is still of that step, else on the step, else
        on the next step.
        """
        width = max(16, self.scrollable_content_region.width)
        self._lines = self._list() if self.played is None else laid(self.played, width)
        if at is not None and step and [s for _, s in self._lines[at : at + 1]] != [step]:
            at = None
        if at is None:
            wanted = _at(self.played) if self.played is not None and step is None else step
            at = next((y for y, (_, step) in enumerate(self._lines) if step == wanted), 0)
        at = min(at, len(self._lines) - 1) if self._lines else None
        self.set_reactive(PlaybookPane.cursor, at)
        self.relay(len(self._lines))
        if at is not None:
            self.reveal(min(at + self.room - 1, len(self._lines) - 1))
            self.reveal(at)

    def _list(self) -> list[Laid]:
        made: list[Laid] = []
        for one in self._playbooks:
            style = "$sla-ok bold" if one.done else "$sla-soon bold"
            said: list[Part | str] = [(f"  {one.words}", style)] if one.words else []
            if one.done:
                said.append(("; begin again?", "$text-muted"))
            made.append((parts(f" {one.playbook.title}", *said), one.playbook.name))
        return made

    def move(self, by: int) -> None:
        """Move the cursor: by playbooks, or by steps."""
        if not self.count:
            return
        here, at = self.step, (self.cursor or 0) + by
        while self.played is not None and 0 <= at < self.count and self._lines[at][1] == here:
            at += by
        at = max(0, min(at, self.count - 1))
        while by < 0 and self.played is not None and at > 0:
            if self._lines[at - 1][1] != self._lines[at][1]:
                break
            at -= 1
        self.cursor = at


def _answered(before: Run, now: Run, step: str | None) -> bool:
    return any(e.step == step and e.what == ANSWERED for e in now.events[len(before.events) :])


def _at(played: Played) -> str:
    line = next_step(played.run)
    return line.step.id if line is not None else ""
