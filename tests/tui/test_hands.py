"""What the desk asks of a thread or a child comes back whole, or why it does not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any, cast

import pytest
from textual.message import Message
from textual.message_pump import MessagePump

from heroterm.errors import ConfigError, HeroError
from heroterm.mirror.reader import Mirror
from heroterm.tui.courier import Courier
from heroterm.tui.lookups import Lookups
from heroterm.tui.messages import Carried, CarrierGone
from heroterm.tui.own_children import OwnChildren
from heroterm.tui.verbs import Verbs

pytestmark = pytest.mark.anyio
SAYS = "import json, sys; print(json.dumps({'words': 'x' * int(sys.argv[1])}))"


class Desk:
    """Hands over what comes, as an App does; from another thread, too."""

    is_running = True

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.messages: list[Message] = []

    def post_message(self, message: Message) -> None:
        self.messages.append(message)

    def call_later(self, callback: Callable[..., Any], *given: Any) -> None:
        self.loop.call_soon_threadsafe(callback, *given)


def pump() -> MessagePump:
    return cast(MessagePump, Desk())


@pytest.mark.parametrize("letters", [9, 70_000, 600_000])
async def test_an_answer_of_any_length_comes_whole(letters: int) -> None:
    """A thread of many messages does not fit into a pipe at once, and it is no empty answer."""
    came: asyncio.Future[dict[str, Any]] = asyncio.Future()
    verbs = Verbs([sys.executable, "-c", SAYS], OwnChildren(), pump())
    verbs.run([str(letters)], came.set_result, came.set_exception)
    assert len((await asyncio.wait_for(came, 30))["words"]) == letters


async def test_an_answer_without_an_end_is_given_up() -> None:
    failed: asyncio.Future[HeroError] = asyncio.Future()
    verbs = Verbs([sys.executable, "-c", SAYS], OwnChildren(), pump())
    came: asyncio.Future[dict[str, Any]] = asyncio.Future()
    verbs.run(["9000000"], came.set_result, failed.set_result)
    assert "more than 4 MB" in (await asyncio.wait_for(failed, 30)).say


REPORTS = """
import sys
from heroterm.sync.report import Moved, to_line
print("x" * (3 << 20))
print(to_line(Moved("i")), flush=True)
sys.exit(7)
"""


async def test_a_line_that_is_longer_than_any_report_ends_no_watch_over_the_carrier() -> None:
    desk = Desk()
    courier = Courier([sys.executable, "-c", REPORTS], OwnChildren(), cast(MessagePump, desk))
    watch = asyncio.create_task(courier.run())
    for _ in range(300):
        if any(isinstance(each, CarrierGone) for each in desk.messages):
            break
        await asyncio.sleep(0.1)
    told = [type(each) for each in desk.messages]
    assert told[0] is Carried and CarrierGone in told and not watch.done()
    watch.cancel()
    await courier.stop()


async def test_a_fault_in_a_question_is_said_and_reported_and_the_next_is_answered() -> None:
    reports: list[BaseException] = []
    failed: asyncio.Future[HeroError] = asyncio.Future()
    came: asyncio.Future[int] = asyncio.Future()

    def log(fault: BaseException) -> str:
        reports.append(fault)
        return "crash.txt"

    def wrong(_: Mirror) -> int:
        raise KeyError("subject")

    lookups = Lookups(lambda: cast(Mirror, None), pump(), log)
    lookups.ask(wrong, came.set_result, failed.set_result)
    said = await asyncio.wait_for(failed, 10)
    assert str(said) == (
        "A fault of heroterm's own (KeyError) kept the answer away. The report is crash.txt."
    )
    assert [type(fault) for fault in reports] == [KeyError]
    mistaken: asyncio.Future[HeroError] = asyncio.Future()

    def edited(_: Mirror) -> int:
        raise ConfigError("This is not valid TOML.", file="config.toml", line=3)

    lookups.ask(edited, came.set_result, mistaken.set_result)
    assert str(await asyncio.wait_for(mistaken, 10)) == "config.toml:3: This is not valid TOML."
    assert len(reports) == 1, "whoever edits a file makes no fault of heroterm's"
    lookups.ask(lambda _: 7, came.set_result, failed.set_result)
    assert await asyncio.wait_for(came, 10) == 7
    lookups.close()
