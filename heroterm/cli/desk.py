"""Opens the workstation: builds its parts, each with its slice of the configuration.

The way to the first painted queue loads textual and sqlite3 and nothing more (performance.md §1),
so what is needed later is imported inside the callables that need it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from heroterm.cli.invocation import Invocation
from heroterm.cli.preflight import look

if TYPE_CHECKING:
    from heroterm.config import Config
    from heroterm.tui.app import HeroApp
    from heroterm.tui.lessons import Course

LESSON_HOLD = 30.0
"""Seconds that a reply is held in a practice shift: time to read what to do with it."""
WELCOME = """\
heroterm is a terminal workstation for the engineer on Support Hero week.

There is no Zendesk account here yet. Ways to begin:

  heroterm            in a terminal: one screen that leads through all of it
  heroterm demo       a practice shift on made-up tickets; nothing leaves this machine
  heroterm connect    sign in: heroterm connect SUBDOMAIN --email YOU --token-stdin

`heroterm --help` lists what works without a screen."""


def open_desk(
    home: str | None,
    *,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    demo: bool = False,
    course: Course | None = None,
    read_only: bool = False,
    held: Sequence[int] = (),
) -> int:
    """Open the workstation on a home; its exit code. Without an account the first run comes first.
    Its children keep open what is `held`.

    Raises UsageError where no screen can be drawn, ConfigError for a damaged configuration.
    """
    call = Invocation(clock, new_id)
    call.home = home
    config = call.config
    account = config.account
    new = not account.url or (account.sign_in == "token" and not account.email)
    if new and not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(WELCOME)
        return 0
    look(os.environ)
    if new:
        if not _first_run(call):
            return 0
        config = call.config
    where = call.paths.make()
    if not new and where.setting_up.exists() and sys.stdin.isatty():
        config = _rest(call)
    from heroterm.cli.parts import parts_of
    from heroterm.cli.short_turns import take_short_turns
    from heroterm.tui.app import HeroApp

    parts = parts_of(call, where, config, demo=demo, held=held)
    parts.read_only.on = read_only
    if course is not None:
        settings = replace(parts.settings, hold_seconds=LESSON_HOLD)
        parts = replace(parts, course=course, settings=settings)
    app = HeroApp(parts)
    take_short_turns()
    app.run(mouse=config.desk.mouse)
    return _ended(app)


def _first_run(call: Invocation) -> bool:
    """Whether there is an account after the talk about one."""
    gc.enable()  # a talk comes first, so that nothing is won by putting it off
    from heroterm.cli.first_run import begin

    return begin(call)


def _rest(call: Invocation) -> Config:
    """Ask what is left of the first run; the configuration after that."""
    gc.enable()
    from heroterm.cli.setting_up import SettingUp
    from heroterm.cli.talk import talk_here

    SettingUp(call, talk_here()).go_on()
    return call.config


def _ended(app: HeroApp) -> int:
    """The exit code; a crash is told below the screen that it ended."""
    report = getattr(app, "crash_report", "")
    if report:
        print(
            f"heroterm met a fault of its own. A report was written to {report}.", file=sys.stderr
        )
        return 70
    return app.return_code or 0
