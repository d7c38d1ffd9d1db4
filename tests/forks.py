"""heroterm's own child processes, without importing everything anew for each of them.

Importing is more than half of what a carrier's start costs, and a desk starts one in nearly each
test. Here a parent imports everything once; a child is a fork of it, with the standard streams, the
environment, the folder and the words that were given to the command: a process of its own session,
which is spoken to by its pipes and ended by its signals as ever. That `heroterm` starts from
nothing is tried elsewhere (tests/cli).

    command → tests/asking.py, the process that was started → the parent's socket → fork
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests import asking
from tests.asking import STREAMS, exactly

PROJECT = Path(__file__).resolve().parent.parent


class Forks:
    """What a desk starts as its children, while the parent lives."""

    def __init__(self, address: str) -> None:
        self._address = address

    def command(self, own: Sequence[str]) -> list[str]:
        """The same child as this command of heroterm's own would start."""
        words = own[own.index("heroterm") + 1 :]
        return [sys.executable, "-I", "-S", asking.__file__, self._address, *words]


@contextmanager
def parent() -> Iterator[Forks]:
    """A parent that forks for whoever asks, until the block ends."""
    # The address of a socket holds some 100 bytes, which a TMPDIR of its own may fill.
    with tempfile.TemporaryDirectory(prefix="heroterm-", dir="/tmp") as folder:
        address = f"{folder}/door"
        words = [sys.executable, "-m", "tests.forks", address]
        pipe = subprocess.PIPE
        with subprocess.Popen(words, stdin=pipe, stdout=pipe, cwd=PROJECT) as process:
            assert process.stdin is not None and process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield Forks(address)
            process.stdin.close()


def serve(address: str) -> None:
    """Fork for everyone who asks at this socket, until standard input ends."""
    # What a child would load is loaded before the fork.
    import httpcore  # noqa: F401

    import heroterm.cli.carry
    import heroterm.cli.carrying
    import heroterm.cli.front  # noqa: F401
    from heroterm import rulebook

    rulebook.load()  # what the shipped files say is remembered by their text
    signal.signal(signal.SIGCHLD, _bury)
    door = socket.socket(socket.AF_UNIX)
    door.bind(address)
    door.listen(16)
    print("ready", flush=True)
    if not os.fork():
        sys.stdin.read()
        os.kill(os.getppid(), signal.SIGTERM)
        os._exit(0)
    while True:
        caller, _ = door.accept()
        if not os.fork():
            door.close()
            _become(caller)
        caller.close()


def _bury(_number: int, _frame: object) -> None:
    """Each fork tells how it ended to whoever asked for it; here they are only waited for."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become(caller: socket.socket) -> None:
    """Live the life that was asked for, tell how it ended, and end."""
    code = 70
    try:
        size = int.from_bytes(exactly(caller, 4))
        asked: dict[str, Any] = json.loads(exactly(caller, size))
        _, streams, _, _ = socket.recv_fds(caller, 1, len(STREAMS))
        _hear_and_speak(streams)
        os.setsid()
        caller.sendall(os.getpid().to_bytes(4))
        _die_with(caller)
        code = _live(asked)
    finally:
        # A fork ends here, whatever happened: what stands above it is the parent's.
        ended = sys.exc_info()[1]
        if isinstance(ended, SystemExit):
            code = ended.code if isinstance(ended.code, int) else 1
        elif ended is not None:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        caller.sendall(bytes([code]))
        os._exit(code)


def _hear_and_speak(streams: Sequence[int]) -> None:
    """By these, and not by the parent's; what Python knows of the parent's is another file's."""
    for stream, given in zip(STREAMS, streams, strict=True):
        os.dup2(given, stream)
        os.close(given)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)


def _die_with(caller: socket.socket) -> None:
    """Whoever kills the process that asked kills the fork: the end of the line is a signal."""
    fcntl.fcntl(caller, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(caller, fcntl.F_SETFL, fcntl.fcntl(caller, fcntl.F_GETFL) | os.O_ASYNC)
    with suppress(BlockingIOError):  # it lives, and says nothing
        caller.recv(1, socket.MSG_DONTWAIT)
        os._exit(1)


def _live(asked: dict[str, Any]) -> int:
    from heroterm.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    random.seed()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    sys.argv = ["heroterm", *asked["words"]]
    return main()


if __name__ == "__main__":
    serve(sys.argv[1])
