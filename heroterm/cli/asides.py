"""What runs beside the carrier of a home: the look at the rota, the team's hooks."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from heroterm.cli.children import importable, own_command
from heroterm.cli.invocation import Invocation
from heroterm.cli.private_file import private_file
from heroterm.domain.rotation import Rota
from heroterm.journal.database import Journal
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.sync.aside import Aside
from heroterm.sync.happened import HOOKS, Happened
from heroterm.sync.hooks import Hooks, Surroundings
from heroterm.sync.rota import RotaKeeper

PASSED_ON = frozenset(
    "PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR TERM DISPLAY WAYLAND_DISPLAY "
    "XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS".split()
)
"""What of the environment a hook sees, besides LC_*: a list of names, so that no secret is in it
that nobody thought of."""


def rota(call: Invocation, mirror: Mirror, writer: MirrorWriter) -> Aside | None:
    """The look at the rota; None where none is configured, and then none is shown any more."""
    rotation = call.config.rotation
    if not (rotation.schedule or rotation.calendar):
        if mirror.state().rota is not None:
            writer.remember(rota=None)
        return None

    def keep(told: Rota) -> None:
        writer.remember(rota=told)

    return RotaKeeper(
        own_command(call.home, "rotation", "--now", "--json"),
        {**os.environ, "PYTHONPATH": importable(os.environ.get("PYTHONPATH", ""))},
        lambda: mirror.state().rota,
        keep,
        ticks=time.monotonic,
        period=rotation.minutes * 60.0,
    )


def hooks(call: Invocation, happened: Happened, journal: Journal) -> Aside:
    """The team's hooks; without any it only keeps in mind that there are none."""
    config = call.config
    commands = {name: expanded(getattr(config.hooks, name)) for name in HOOKS}
    around = Surroundings(
        config.hooks.seconds,
        harmless(os.environ),
        call.paths.config,
        config.account.url,
        lambda name, out: _kept(call.paths.state / "hooks" / f"{name}.txt", out),
    )
    return Hooks(commands, happened, journal, around, clock=call.clock, ticks=time.monotonic)


def expanded(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, with `~` before the program's name made a home; nothing else is touched."""
    return (os.path.expanduser(words[0]), *words[1:]) if words else ()


def harmless(environ: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that a hook may see."""
    return {name: v for name, v in environ.items() if name in PASSED_ON or name[:3] == "LC_"}


def _kept(path: Path, out: bytes) -> str:
    """Keep what a hook printed last, for who wrote it; "" where it cannot be kept."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with private_file(path) as file:
            file.write(out)
    except OSError:
        return ""
    return str(path)
