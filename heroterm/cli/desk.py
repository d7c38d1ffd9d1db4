"""Opens the workstation: builds its parts, each with its slice of the configuration.

The way to the first painted queue loads textual and sqlite3 and nothing more (performance.md §1),
so what is needed later is imported inside the callables that need it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime

from heroterm.cli.invocation import Invocation
from heroterm.cli.preflight import look

WELCOME = """\
heroterm is a terminal workstation for the engineer on Support Hero week.

There is no Zendesk account here yet. Two ways to begin:

  heroterm demo       a practice shift on made-up tickets; nothing leaves this machine
  heroterm connect    sign in: heroterm connect SUBDOMAIN --email YOU --token-stdin

`heroterm --help` lists what works without a screen."""


def open_desk(
    home: str | None,
    *,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    demo: bool = False,
) -> int:
    """Open the workstation on a home; its exit code. Without an account it says how to begin.

    Raises UsageError where no screen can be drawn, ConfigError for a damaged configuration.
    """
    call = Invocation(clock, new_id)
    call.home = home
    if not call.config.account.url:
        print(WELCOME)
        return 0
    look(os.environ)
    where = call.paths.make()
    from heroterm.cli.parts import parts_of
    from heroterm.tui.app import HeroApp

    app = HeroApp(parts_of(call, where, demo=demo))
    app.run()
    report = getattr(app, "crash_report", "")
    if report:
        print(
            f"heroterm met a fault of its own. A report was written to {report}.", file=sys.stderr
        )
        return 70
    return app.return_code or 0
