"""The process that stands for a fork (tests/forks.py): it asks for it, and ends as it ends.

It gives its own streams, words, folder and environment away. What is imported here is paid by each
child of each desk: next to nothing.
"""

from __future__ import annotations

import array
import json
import os
import signal
import socket
import sys

STREAMS = (0, 1, 2)
"""What a fork gets from whoever asks for it: standard input, output and error."""


def ask(address: str, words: list[str]) -> int:
    """Be, to whoever started this process, the fork that it asks for; its exit code."""
    line = socket.socket(socket.AF_UNIX)
    line.connect(address)
    asked = {"words": words, "folder": os.getcwd(), "environment": dict(os.environ)}
    sent = json.dumps(asked).encode()
    line.sendall(len(sent).to_bytes(4) + sent)
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", STREAMS))
    line.sendmsg([b"."], [rights])
    fork = int.from_bytes(exactly(line, 4))
    signal.signal(signal.SIGTERM, lambda number, _: _pass_on(fork, number))
    for stream in STREAMS:  # the pipes end when the fork ends
        os.close(stream)
    return (line.recv(1) or b"\x89")[0]


def _pass_on(fork: int, number: int) -> None:
    try:
        os.kill(fork, number)
    except ProcessLookupError:
        return


def exactly(line: socket.socket, count: int) -> bytes:
    """So many bytes, however long they take."""
    return line.recv(count, socket.MSG_WAITALL)


if __name__ == "__main__":
    sys.exit(ask(sys.argv[1], sys.argv[2:]))
