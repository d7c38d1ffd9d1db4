"""The carrier gives way to the screen, in a session of its own as in another's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SESSION = Path("/proc/self/autogroup")
GIVES_WAY = """
import os
from heroterm.cli import carry
before = os.nice(0)
carry._give_way()
print(os.nice(0) - before, carry._SESSION.read_text() if carry._SESSION.exists() else "")
"""


def _given(*, own_session: bool) -> list[str]:
    """How much nicer the process is, then what stands in the file of its session."""
    return subprocess.run(
        [sys.executable, "-c", GIVES_WAY],
        capture_output=True, text=True, check=True, start_new_session=own_session,
    ).stdout.split()  # fmt: skip


def test_the_carrier_takes_less_of_a_processor() -> None:
    assert int(_given(own_session=True)[0]) > 0


@pytest.mark.skipif(not os.access(SESSION, os.W_OK), reason="this system weighs no sessions")
def test_its_own_session_weighs_less_and_that_of_others_what_it_did() -> None:
    # Empty where this process is in the session that the system began with.
    mine = SESSION.read_text().split()
    # Linux takes one such change in a tenth of a second from all that are not the superuser.
    assert "15" in (_given(own_session=True)[-1] for _ in range(5))
    assert _given(own_session=False)[1:] == mine == SESSION.read_text().split()
