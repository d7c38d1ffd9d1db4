"""A run played line by line: what is printed is the whole state, what is read is one answer.

Works on a terminal, over a pipe and for a screen reader: no redraws, no colours. The end of the
input leaves the run as it stands; nothing that was answered is lost.
"""

from __future__ import annotations

from heroterm.cli import playbook_words as words
from heroterm.cli.playbook_queueing import LATER, put_step
from heroterm.cli.playbook_sitting import Sitting
from heroterm.domain.findings import Finding
from heroterm.domain.playbook import PUTS, Line, Step
from heroterm.domain.playbook_answers import Outcome, abort, answer, finish, longer, skip
from heroterm.domain.playbook_case import Case, address, filled
from heroterm.domain.playbook_checks import asks_where
from heroterm.domain.playbook_evidence import candidates
from heroterm.domain.playbook_keeping import suggestion
from heroterm.domain.playbook_offer import offer
from heroterm.domain.playbook_run import Event
from heroterm.domain.playbook_trail import note_intent, note_text
from heroterm.domain.playbook_way import hindered, lines, next_step
from heroterm.domain.ticket_number import number_of

DEAF_SECONDS = 3.0
"""How long a danger step stands there before an answer is read (keys §4)."""


class Plain:
    """Plays one run."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._seat = sitting.seat
        self._opened: dict[str, str] = {}
        """What came of opening the link of a step."""

    def play(self) -> None:
        """Go on until the run ends, waits, or the input does."""
        case = self._seat.case()
        self._sitting.say(words.head(self._seat.run, case))
        self._sitting.say(words.steps(self._seat.run))
        while self._seat.run.state == "open":
            line = next_step(self._seat.run)
            if line is None:
                if not self._finish(case):
                    return
            elif not self._step(line, case):
                at = next_step(self._seat.run)
                where = f"step {at.number}" if at is not None else "its end"
                self._sitting.out(f"\nThe run stays open at {where}.")
                return
            case = self._seat.case()

    def _step(self, line: Line, case: Case) -> bool:
        """Deal with one step; False when the sitting ends here."""
        step = line.step
        self._sitting.say(words.step(line, self._seat.run, case, self._sitting.keymap))
        self._beside(step, case)
        if step.kind in PUTS:
            return put_step(self._sitting, step, case, self._command)
        if step.kind == "danger":
            self._sitting.say(words.danger(step, self._seat.run, case))
            self._sitting.sleep(0.0 if self._seat.run.rehearsal else DEAF_SECONDS)
        said = self._sitting.ask(self._question(step, case))
        if said is None or said.strip() == LATER or (step.kind == "wait" and not said.strip()):
            return False
        if said.startswith("/"):
            return self._command(said, step, case)
        return self._answered(step, said.strip(), case)

    def _question(self, step: Step, case: Case) -> str:
        if step.kind == "danger":
            return f"Type {filled(step.confirm, self._seat.run, case)}"
        asks = step.evidence or step.answers
        if step.kind in ("tell", "link") or (step.kind == "do" and not asks):
            return "an empty line when it is done"
        if step.kind == "wait":
            return "an empty line leaves it waiting"
        return "your answer"

    def _beside(self, step: Step, case: Case) -> None:
        """What heroterm lays beside a step."""
        seat = self._seat
        if step.offer == "similar":
            found = seat.similar(case) or ["no ticket in the mirror"]
            self._sitting.say(f"  alike: {each}" for each in found)
        made = offer(seat.run, step, case, seat.footer(case), seat.book.owners, seat.account_url)
        if made is None:
            return
        if made.refused is not None:
            instead = words.typed(made.refused.instead, self._sitting.keymap)
            self._sitting.out(f"  {made.title}: {made.refused.say} {instead}")
            return
        to = f" for {made.to}" if made.to else ""
        self._sitting.out(f"  {made.title}{to}:")
        self._sitting.say(f"    {part}" for part in (made.url, *made.copy.split("\n")) if part)

    # Answers.

    def _answered(self, step: Step, said: str, case: Case) -> bool:
        offered = suggestion(self._seat.run, step, case) if step.kind != "check" else None
        value = said or (offered.value if offered is not None else "")
        message = None
        if step.kind == "quote":
            number, _, value = value.partition(" ")
            found = candidates(self._seat.run, case, step)
            picked = number_of(number) or 0
            message = found[picked - 1].comment.id if 0 < picked <= len(found) else None
        if step.kind == "link" and not value:
            value = self._opened.get(step.id, "by hand")
        outcome = self._decided(step, value, message)
        done = outcome is not None and self._sitting.keep(outcome)
        if done and step.kind == "danger":
            self._sitting.out("  ARMED. Do it now, in the admin panel; then read back.")
            self._sitting.say(words.links(step, self._seat.run, case))
        return outcome is not None

    def _decided(self, step: Step, value: str, message: int | None) -> Outcome | None:
        """What an answer comes to, by what the mirror says now; None at the end of the lines."""
        case, run = self._seat.case(), self._seat.run
        outcome = answer(run, step.id, value, case, message=message)
        if isinstance(outcome, Finding) and asks_where(outcome):
            self._sitting.refuse(outcome)
            seen = self._sitting.ask("where you saw it")
            return None if seen is None else answer(run, step.id, value, case, seen=seen)
        if isinstance(outcome, Finding) and outcome.level == "ask":
            self._sitting.out(
                f"  ? {outcome.say} {words.typed(outcome.instead, self._sitting.keymap)}"
            )
            said = self._sitting.ask("y: I have read it, this answer stands all the same")
            if said is None or said.strip() != "y":
                return outcome if said is not None else None
            case, run = self._seat.case(), self._seat.run
            return answer(run, step.id, value, case, message=message, anyway=True)
        return outcome

    def _command(self, said: str, step: Step, case: Case) -> bool:
        name, _, rest = said[1:].partition(" ")
        rest = rest.strip()
        match name:
            case "skip":
                self._sitting.keep(skip(self._seat.run, step.id, rest, case))
            case "abort":
                return self._end(abort(self._seat.run, rest, case), case)
            case "wait":
                self._sitting.keep(longer(self._seat.run, step.id, rest, case))
            case "steps":
                self._sitting.say(words.steps(self._seat.run))
            case "facts":
                self._sitting.say(words.facts(self._seat.run, case))
            case "open":
                self._open(step, rest, case)
            case "again":
                return self._again(rest, case)
            case "share":
                self._share(case)
            case "help":
                self._sitting.say(words.HELP)
            case _:
                if not self._seat.pretend(said[1:]):
                    self._sitting.refused = True
                    self._sitting.out(f"  /{name} means nothing here; /help lists what does.")
        return True

    def _again(self, number: str, case: Case) -> bool:
        """Answer a step anew that is done; False when the sitting ends here."""
        run = self._seat.run
        found = next((line for line in lines(run) if str(line.number) == number), None)
        if found is None or found.step.id not in run.done or found.step.kind in PUTS:
            self._sitting.refused = True
            self._sitting.out("  /again takes the number of a step that was answered.")
            return True
        stop = hindered(run, found.step.id)
        if stop is not None:
            self._sitting.refuse(stop)
            return True
        return self._step(found, case)

    def _open(self, step: Step, number: str, case: Case) -> None:
        at = (number_of(number) or 1) - 1
        url = address(step.links[at], self._seat.run, case) if 0 <= at < len(step.links) else None
        if url is None or step.kind == "danger":
            self._sitting.refused = True
            self._sitting.out("  There is no such link here.")
        elif self._sitting.open(url):
            self._opened[step.id] = "opened"
            self._sitting.out(f"  Opened {url}")
        else:
            self._opened[step.id] = "not opened"
            self._sitting.out(f"  No browser can be started here: {url}")

    # The end.

    def _finish(self, case: Case) -> bool:
        self._sitting.out("\nEvery step is done. This note ends the run:")
        return self._end(finish(self._seat.run, case), case)

    def _end(self, outcome: Outcome, case: Case) -> bool:
        """Preview the last note; the event and the note are one transaction."""
        if isinstance(outcome, Finding):
            self._sitting.refuse(outcome)
            return True
        ended = self._seat.run.with_events(outcome)
        self._sitting.say(f"  | {line}" for line in note_text(ended).split("\n"))
        said = self._sitting.ask("y posts it")
        if said is None or said.strip() != "y":
            self._sitting.out("  Nothing was posted; the run stays open.")
            return False
        self._post(outcome, case)
        return True

    def _share(self, case: Case) -> None:
        """Tell the ticket how far the run has come, so that another desk can go on with it."""
        self._post([], case)

    def _post(self, ending: list[Event], case: Case) -> None:
        run = self._seat.run.with_events(ending)
        intent, noted = note_intent(run, case, self._seat.local_now(), self._seat.hold)
        put = () if run.rehearsal else (intent,)
        if self._sitting.keep([*ending, noted], put):
            nothing = "  Rehearsal: no note was queued."
            said = nothing if run.rehearsal else f"  The note is queued: {intent.id[:8]}"
            self._sitting.out(said)
