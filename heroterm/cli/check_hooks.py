"""The doctor's look at the team's hooks: whether each names a program that can be started."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from heroterm.cli.asides import expanded
from heroterm.cli.check import Check
from heroterm.cli.invocation import Invocation
from heroterm.sync.happened import HOOKS


def hooks(call: Invocation) -> Iterator[Check]:
    """Each hook of the configuration; none is run."""
    configured = {name: expanded(getattr(call.config.hooks, name)) for name in HOOKS}
    for name, words in configured.items():
        if words:
            found = startable(words[0], str(call.paths.config))
            say = words[0] if found else f"{words[0]} cannot be started"
            fix = "Give its whole path, and make it executable (chmod +x)."
            yield Check(f"hook {name}", found, say, fix)


def startable(program: str, folder: str) -> bool:
    """Whether a program is there; a path is meant from the folder, a bare name from PATH."""
    if os.sep not in program:
        return shutil.which(program) is not None
    return shutil.which(os.path.join(folder, program)) is not None
