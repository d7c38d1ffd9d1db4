"""One storm: a hero at two screens, colleagues, a server with every fault, programs that die."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.conftest import NOW
from tests.sync.hands import Hands
from tests.sync.model import Zendesk
from tests.sync.program import Crash, Program
from tests.sync.verdict import verdict
from tests.sync.weather import Weather

DEATH, TURN, NIGHT = 0.006, 0.02, 9_000.0


class Storm:
    """Seeded: the same number, the same storm. `counts` says what was met."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.rng = path, Random(seed)
        self.server = Zendesk(now=NOW)
        self.counts: Counter[str] = Counter()
        self.weather = Weather(self.server, self.rng, self.counts)
        self.hands = Hands(self.weather, self.server, self.rng, seed, self.counts)
        self.calm = True
        self._nested = False
        self.programs = [self._program(), self._program()]

    def _program(self) -> Program:
        return Program(self.path, self.server, self.die, self.between)

    def die(self, point: str) -> None:
        """The process that is at work ends here, sometimes."""
        if not self.calm and self.rng.random() < DEATH:
            self.counts["crashes"] += 1
            raise Crash(point)

    def between(self, program: Program, point: str) -> None:
        """The other program has its turn while this one waits for an answer, sometimes."""
        if self.calm or self._nested or self.rng.random() >= TURN:
            return
        other = next(each for each in self.programs if each is not program)
        self._nested = True
        self.counts["turns in between"] += 1
        try:
            self.guarded(other, self.rng.choice(self._deeds()))
        finally:
            self._nested = False

    def guarded(self, program: Program, deed: Callable[[Program], Any]) -> None:
        """Do something; when the process dies of it, start another, until one lives."""
        try:
            deed(program)
        except Crash:
            program.die()
            self.programs[self.programs.index(program)] = self._program()

    def _deeds(self) -> list[Callable[[Program], Any]]:
        hands = self.hands
        work = [Program.work] * 12
        return [
            *work, *[hands.write] * 3, *[hands.decide] * 3, hands.fields, hands.ask_owner,
            hands.move_person, hands.recall, hands.recall, hands.hold, hands.discard, hands.undo,
            Program.hand_over,
        ]  # fmt: skip

    def rage(self, steps: int) -> None:
        """Everything at once for so many steps."""
        self.calm = False
        weather = self.weather
        others = [weather.colleague, weather.colleague, *[weather.fault] * 4, weather.lag,
                  self._jump, self._bulk_or_end]  # fmt: skip
        for _ in range(steps):
            if self.rng.random() < 0.28:
                self.rng.choice(others)()
            else:
                self.guarded(self.rng.choice(self.programs), self.rng.choice(self._deeds()))
            self.server.turn(self.rng.choice((0, 0, 1, 1, 2, 7, 60, 0, 0, 3, 3, 90, 5, 5, NIGHT)))

    def _jump(self) -> None:
        """A program's clock is turned, or right again."""
        self.rng.choice(self.programs).desk.skew = timedelta(hours=self.rng.choice((-1, 0, 0, 1)))

    def _bulk_or_end(self) -> None:
        program = self.rng.choice(self.programs)
        if self.rng.random() < 0.5:
            self.guarded(program, self.hands.bulk)
            return
        before = set(self.weather.tickets)
        target = self.weather.ends()
        gone = before - set(self.weather.tickets)
        self.guarded(program, lambda at: self.hands.merged(at, target, gone))

    def settle(self) -> None:
        """The weather clears: everything that can be settled is."""
        self.calm = True
        self.weather.clears()
        screen = self.programs[0]
        for program in self.programs:
            program.desk.skew = timedelta()
            program.desk.push.resume()
        for held in screen.outbox.unfinished():
            if held.state == "held":
                screen.outbox.release(held.id)
        for _ in range(800):
            for program in self.programs:
                program.work(40)
            self.server.turn(10)
            waiting = [i for i in screen.outbox.heads() if i.state != "needs_you"]
            if not waiting and not self.server.late:
                return
            self.hands.decide(screen)

    def wrong(self) -> list[str]:
        """Everything that is wrong, each beginning with its kind; what was met is counted."""
        return verdict(self.programs[0].desk.journal, self.server, self.hands, self.counts)

    def check(self) -> None:
        """Raise AssertionError with everything that is wrong; else only count."""
        wrong = self.wrong()
        assert not wrong, "; ".join(wrong)

    def close(self) -> None:
        for program in self.programs:
            program.die()
        shutil.rmtree(self.path.parent, ignore_errors=True)
