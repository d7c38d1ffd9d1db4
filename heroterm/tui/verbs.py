"""Verbs of heroterm as children: what the screen's process must not do itself, such as fetching.

A child prints one JSON document and ends. It is killed when the screen closes, so that leaving
never waits for a download.
"""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from textual.message_pump import MessagePump

from heroterm.errors import HeroError, Offline
from heroterm.tui.own_children import OwnChildren

_LIMIT = 4 << 20
"""Bytes of a child's answer that are read."""
Document = dict[str, Any]


class Verbs:
    """Starts children; what they say is handed over on the screen, as a message would be."""

    def __init__(self, verb: Sequence[str], children: OwnChildren, post: MessagePump) -> None:
        self._verb = verb
        self._options = children.options()
        self._post = post
        self._running: set[asyncio.Task[None]] = set()
        self._processes: set[Process] = set()

    def run(
        self,
        words: Sequence[str],
        then: Callable[[Document], None],
        otherwise: Callable[[HeroError], None],
        given: Sequence[str] = (),
    ) -> None:
        """Run a verb; `then` gets its document, `otherwise` what went wrong, on the screen.

        `given` is what somebody typed, which may look like an option and is none.
        """
        asked = [*words, "--json", *(("--", *given) if given else ())]
        task = asyncio.create_task(self._one(asked, then, otherwise))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _one(
        self,
        words: Sequence[str],
        then: Callable[[Document], None],
        otherwise: Callable[[HeroError], None],
    ) -> None:
        document, error = await self._answer(words)
        if error is None:
            self._post.call_later(then, document)
        else:
            self._post.call_later(otherwise, error)

    async def _answer(self, words: Sequence[str]) -> tuple[Document, HeroError | None]:
        try:
            child = await asyncio.create_subprocess_exec(
                *self._verb,
                *words,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=DEVNULL,
                **self._options,
            )
        except OSError as error:
            return {}, HeroError(f"heroterm could not start itself: {error.strerror}.")
        self._processes.add(child)
        try:
            assert child.stdout is not None
            said = await _read(child.stdout)
            if len(said) > _LIMIT:
                child.kill()  # it waits for somebody to read the rest
                await child.communicate()
                return {}, HeroError(f"A child of heroterm said more than {_LIMIT >> 20} MB.")
            code = await child.wait()
        finally:
            self._processes.discard(child)
        return _understood(said, code)

    def stop(self) -> None:
        """Let nothing go on."""
        for child in self._processes:
            with suppress(ProcessLookupError):
                child.kill()
        for task in self._running:
            task.cancel()


async def _read(answer: asyncio.StreamReader) -> bytes:
    """All of it, which comes in pieces; one byte more than is read where there is more."""
    said = bytearray()
    while piece := await answer.read(_LIMIT + 1 - len(said)):
        said += piece
    return bytes(said)


def _understood(said: bytes, code: int) -> tuple[Document, HeroError | None]:
    try:
        document = json.loads(said or b"{}")
    except ValueError:
        document = {}
    if not isinstance(document, dict):
        document = {}
    told = document.get("error")
    # A verb that could not reach Zendesk may still answer out of the mirror.
    if code in (0, Offline.exit_code) and document and told is None:
        return document, None
    if isinstance(told, dict):
        wait = told.get("retry_after")
        remedy = str(told.get("remedy") or (f"It asks for {wait:.0f} s." if wait else ""))
        return {}, HeroError(str(told.get("say", "")), remedy)
    return {}, HeroError(f"A child of heroterm ended with code {code} and said nothing.")
