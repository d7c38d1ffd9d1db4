"""The practice shift's lessons and how far somebody has come in them."""

from __future__ import annotations

import json
from pathlib import Path

from heroterm.cli.invocation import Invocation
from heroterm.domain import lessons
from heroterm.rulebook import SHIPPED, read_data
from heroterm.tui.commands import BY_ID
from heroterm.tui.lessons import Course

FILE = "practice.json"


def course(call: Invocation, *, fresh: bool) -> Course:
    """The lessons from where this home's person left them; `fresh`, and after the last: anew.

    Raises ConfigError for lessons that are not in order.
    """
    path = call.paths.make().state / FILE
    taught = read_data(
        SHIPPED / "data" / "lessons.toml", lambda table: lessons.from_table(table, BY_ID)
    )
    done = 0 if fresh else _done(path)
    return Course(taught, done if done < len(taught) else 0, lambda many: _keep(path, many))


def _done(path: Path) -> int:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))["done"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return told if isinstance(told, int) and told >= 0 else 0


def _keep(path: Path, many: int) -> None:
    try:
        path.write_text(json.dumps({"done": many}) + "\n", encoding="utf-8")
    except OSError:
        return  # a disk that is full keeps nobody from learning
