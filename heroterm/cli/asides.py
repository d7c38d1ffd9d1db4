"""What runs beside the carrier of a home: the look at the rota, the team's hooks."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from heroterm.cli.children import importable, own_command
from heroterm.cli.invocation import Invocation
from heroterm.domain.rotation import Rota
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.sync.aside import Aside
from heroterm.sync.rota import RotaKeeper


def asides(call: Invocation, mirror: Mirror, writer: MirrorWriter) -> Iterator[Aside]:
    """What is configured, ready to be handed to the carrier."""
    rotation = call.config.rotation
    if rotation.schedule or rotation.calendar:
        yield _rota(call, mirror, writer, rotation.minutes * 60.0)
    elif mirror.state().rota is not None:
        writer.remember(rota=None)


def _rota(call: Invocation, mirror: Mirror, writer: MirrorWriter, period: float) -> RotaKeeper:
    def keep(rota: Rota) -> None:
        writer.remember(rota=rota)

    return RotaKeeper(
        own_command(call.home, "rotation", "--now", "--json"),
        {**os.environ, "PYTHONPATH": importable(os.environ.get("PYTHONPATH", ""))},
        lambda: mirror.state().rota,
        keep,
        ticks=time.monotonic,
        period=period,
    )
