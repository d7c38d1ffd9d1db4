"""What a desk costs that nobody touches: bytes to the terminal, and processor time."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.bench.terminal import Terminal

BYTES_TARGET, PART_TARGET = 2_000, 0.5
"""Bytes a minute, percent of a core."""


def measure(running: Terminal, seconds: float) -> tuple[float, float]:
    """Bytes a minute and percent of a core of the program's own process, over some seconds."""
    sent, worked, began = running.received, _worked(running.pid), time.perf_counter()
    time.sleep(seconds)
    took = time.perf_counter() - began
    percent = (_worked(running.pid) - worked) / took * 100
    return (running.received - sent) / took * 60, percent


def _worked(pid: int) -> float:
    """Processor seconds of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
