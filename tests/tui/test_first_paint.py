"""What is loaded until the queue is painted: each of these costs a start what the queue does not
need, and was once drawn in by a line that looked harmless.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tests.tui.conftest import Shift

_UNTIL_PAINTED = """
import json, sys
from pathlib import Path
from heroterm.cli import fresh_id, present
from heroterm.cli.invocation import Invocation
from heroterm.cli.parts import parts_of
from heroterm.tui.app import HeroApp

def painted(app, front):
    seen = str(front.query_one("#queue").border_title)
    Path(sys.argv[2]).write_text(json.dumps({"seen": seen, "loaded": sorted(sys.modules)}))
    app.exit()

HeroApp._put_up_desk = painted
call = Invocation(present, fresh_id)
call.home = sys.argv[1]
HeroApp(parts_of(call, call.paths.make(), call.config, demo=False)).run(headless=True)
"""
LATER = """
    importlib.metadata click httpx pydantic keyring msgspec webbrowser
    heroterm.domain.ticket heroterm.domain.outbox heroterm.domain.handover heroterm.domain.query
    heroterm.domain.tiers heroterm.sync heroterm.zendesk heroterm.sandbox heroterm.mirror.reader
    heroterm.journal.outbox heroterm.journal.intents heroterm.tui.courier heroterm.tui.doing
    heroterm.tui.hands heroterm.tui.screens.desk heroterm.tui.panes.thread
    textual.widgets._text_area textual.widgets._markdown
""".split()


def test_the_first_paint_loads_what_it_draws_and_no_more(shift_: Shift) -> None:
    told = shift_.home / "told.json"
    words = [sys.executable, "-c", _UNTIL_PAINTED, str(shift_.home), str(told)]
    subprocess.run(words, check=True, timeout=60)
    found = json.loads(told.read_text())
    assert "to answer" in found["seen"]
    assert sorted(set(LATER) & set(found["loaded"])) == []
