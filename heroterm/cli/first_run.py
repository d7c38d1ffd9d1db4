"""The first start: one screen with three ways to begin, then the talk that the way needs.

The screen chooses; the talk is plain lines on the terminal, so that it can be read aloud, pasted
into and scrolled back to.
"""

from __future__ import annotations

import os
import subprocess

from heroterm.cli.children import importable, own_command
from heroterm.cli.invocation import Invocation
from heroterm.cli.talk import Talk, talk_here
from heroterm.errors import HeroError
from heroterm.paths import shipped

_PATH = "Path of the colleague's config.toml, or of the folder around it (Enter: back):"


def begin(call: Invocation) -> bool:
    """Show the ways and go the one that is chosen; whether an account is there afterwards.

    After a practice shift, and after a way that was left, the ways are shown again.
    """
    from heroterm.cli import keymap_file
    from heroterm.cli.terminal_probe import traits
    from heroterm.tui.welcome import CONNECT, IMPORT, PRACTICE, Welcome

    lines = [trait.line for trait in traits(keymap_file.of(call))]
    folders = (shipped("themes"), call.paths.themes)
    while True:
        welcome = Welcome(lines, folders, "mono" if os.environ.get("NO_COLOR") else "")
        welcome.run()
        if welcome.chosen == PRACTICE:
            _practice(call)
        elif welcome.chosen == IMPORT:
            if imported(call, talk_here()) and _connected(call):
                return True
        elif welcome.chosen == CONNECT:
            return _connected(call)
        else:
            return False


def _practice(call: Invocation) -> None:
    """A practice shift is a heroterm of its own in this terminal, on a home of its own."""
    environ = {**os.environ, "PYTHONPATH": importable(os.environ.get("PYTHONPATH", ""))}
    subprocess.run(own_command(call.home, "demo", "--practice"), env=environ, check=False)


def _connected(call: Invocation) -> bool:
    from heroterm.cli.setting_up import SettingUp

    return SettingUp(call, talk_here()).run()


def imported(call: Invocation, talk: Talk) -> bool:
    """Whether a colleague's configuration was taken over."""
    from heroterm.cli.colleague import take_over

    while path := talk.ask(_PATH):
        try:
            lines = take_over(call.paths, path)
        except HeroError as error:
            talk.say(f"{error} Nothing was taken over.")
            continue
        for line in lines:
            talk.say(line)
        return True
    return False
