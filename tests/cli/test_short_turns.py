"""The screen's own turns are short; those of what it starts are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCHED = Path("/proc/self/sched")
ASKS = """
import subprocess
from heroterm.cli.short_turns import take_short_turns
def turn():
    return next(line.split()[-1] for line in open("/proc/self/sched") if "slice" in line)
usual = turn()
take_short_turns()
print(usual, turn(), flush=True)
subprocess.run(["grep", "slice", "/proc/self/sched"])
"""


@pytest.mark.skipif(
    not SCHED.exists() or "slice" not in SCHED.read_text(), reason="this system tells of no turns"
)
def test_the_screen_takes_short_turns_and_its_children_usual_ones() -> None:
    said = subprocess.run([sys.executable, "-c", ASKS], capture_output=True, text=True, check=True)
    usual, short, _, _, child = said.stdout.split()
    if short == usual:
        pytest.skip("this system gives no short turns (Linux before 6.12)")
    assert (short, child) == ("100000", usual)
