"""What a desk costs that nobody touches: bytes to the terminal, and processor time."""

from __future__ import annotations

import os
import subprocess
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
    """Processor seconds of a process so far."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    seconds = 0.0
    for part in _asked("time", pid).replace("-", ":").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def memory(pid: int) -> float:
    """Resident MiB of a process."""
    return int(_asked("rss", pid)) / 1024


def _asked(column: str, pid: int) -> str:
    words = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
