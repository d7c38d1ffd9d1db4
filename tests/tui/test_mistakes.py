"""Mistakes in the hero's own files, as they are said at the start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from heroterm.tui.keymap import SHIPPED
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_many_mistakes_of_own_files_are_one_sentence_and_a_list(shift_: Shift) -> None:
    wrong = tuple(f"/home/ana/keys.toml:{n}:1: there is no command 'x{n}'." for n in range(1, 7))
    parts = replace(shift_.parts(carrier=False), keymap=replace(SHIPPED, findings=wrong))
    async with at_the_desk(parts, size=(80, 24)) as hero:
        await hero.waits_for("6 mistakes in your own files: g a lists them.")
        assert not hero.sees("keys.toml:3")
        await hero.press("g", "a")
        await hero.waits_for("Activity since", *wrong)
    parts = replace(shift_.parts(carrier=False), keymap=replace(SHIPPED, findings=wrong[:1]))
    async with at_the_desk(parts, size=(120, 40)) as hero:
        await hero.waits_for(wrong[0])
