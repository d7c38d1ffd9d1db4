"""The doctor's look at the rota: where it comes from, how old it is, who is hero; asks nobody."""

from __future__ import annotations

from collections.abc import Iterator

from heroterm.cli.check import Check
from heroterm.cli.invocation import Invocation
from heroterm.cli.mirrors import open_mirror
from heroterm.cli.rota_source import place
from heroterm.domain.rotation import words
from heroterm.rulebook import local_zone

_AGAIN = "`heroterm rotation --now` tries it now and says what is wrong."


def rota(call: Invocation) -> Iterator[Check]:
    """Whether the rota can be read, and what the mirror holds of it."""
    wanted = call.config.rotation
    if not (wanted.schedule or wanted.calendar):
        yield Check("rota", True, "none is configured; [rotation] shows who is hero")
        return
    where = place(call, wanted)
    fix = "Pipe it into `heroterm rotation --token-stdin`."
    yield Check("rota token", bool(where), where or "none is kept here", fix)
    if not call.paths.mirror.exists():
        return
    mirror = open_mirror(call.paths.mirror)
    try:
        held = mirror.state().rota
    finally:
        mirror.close()
    if held is None:
        yield Check("rota", True, "not read yet; the next sync does")
        return
    say = held.trouble or f"{held.source}: {words(held, call.clock(), local_zone())}"
    yield Check("rota", not held.trouble, say, _AGAIN)
