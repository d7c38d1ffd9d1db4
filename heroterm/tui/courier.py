"""Starts, watches and restarts the carrier process; its reports become messages.

The one file with asynchrony in it. The carrier is a child process so that a first fill never
makes a key wait (measured: a thread doubles to quintuples key latency, a process does not touch
it). Orders go to its standard input, reports come from its standard output, one JSON object a
line. It touches no widget: everything it learns is posted to the App.
"""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from textual.message_pump import MessagePump

from heroterm.errors import HeroError
from heroterm.sync import orders, report
from heroterm.tui.messages import Carried, CarrierGone
from heroterm.tui.own_children import OwnChildren

_RESTARTS = (1.0, 2.0, 5.0, 15.0, 60.0)
_LINE_LIMIT = 1 << 20


class Courier:
    """Keeps one carrier running and passes orders to it."""

    def __init__(self, command: Sequence[str], children: OwnChildren, post: MessagePump) -> None:
        self._command = command
        self._options = children.options()
        self._post = post
        self._process: Process | None = None
        self._stopping = False

    def order(self, order: orders.Order) -> bool:
        """Pass an order on; False when no carrier is there to take it (it will pull by itself)."""
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return False
        process.stdin.write((orders.to_line(order) + "\n").encode())
        return True

    @property
    def stopped(self) -> bool:
        """Whether `stop` was asked for."""
        return self._stopping

    async def run(self) -> None:
        """Keep a carrier running until `stop`; each end that was not asked for is reported."""
        failures = 0
        while not self._stopping:
            spoke, why = await self._one_life()
            if self.stopped:
                return
            failures = 0 if spoke else failures + 1
            pause = _RESTARTS[min(failures, len(_RESTARTS) - 1)]
            self._post.post_message(CarrierGone(why, pause))
            await asyncio.sleep(pause)

    async def _one_life(self) -> tuple[bool, str]:
        """Run one carrier to its end: whether it ever reported, and why it ended, in words."""
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                limit=_LINE_LIMIT,
                **self._options,
            )
        except OSError as error:
            return False, f"could not be started ({error.strerror})"
        complaints = asyncio.create_task(self._complaint(self._process))
        spoke = await self._listen(self._process)
        code = await self._process.wait()
        why = (await complaints) or f"ended with code {code}"
        self._process = None
        return spoke, why

    async def _listen(self, process: Process) -> bool:
        """Turn every line of the carrier's report into a message; whether there was any."""
        spoke = False
        if process.stdout is None:
            return spoke
        while True:
            try:
                line = await process.stdout.readline()  # ValueError: longer than any report is
                if not line:
                    return spoke
                self._post.post_message(Carried(report.from_line(line.decode())))
            except (HeroError, ValueError):
                continue
            spoke = True

    async def _complaint(self, process: Process) -> str:
        """The last line that the carrier wrote for people."""
        last = ""
        if process.stderr is not None:
            async for line in process.stderr:
                last = line.decode(errors="replace").strip() or last
        return last

    async def stop(self) -> None:
        """Ask the carrier to finish its request and end; closing its input is the order."""
        self._stopping = True
        process = self._process
        if process is None or process.stdin is None:
            return
        if not process.stdin.is_closing():
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), timeout=2.0)
        except TimeoutError:
            process.terminate()
