"""Reads an answer's body with a cap on its size and a deadline on its time.

httpx would unpack 292 kB of gzip into 300 MB and wait for a byte every few seconds for ever
(faults.md 18, 21), so the raw bytes are taken and unpacked here.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from heroterm.errors import Misunderstood, Unclear

CAP = 32 * 1024 * 1024
"""Bytes of one unpacked page."""
TOO_SLOW = "Zendesk's answer came too slowly and was given up."
_GZIP = 16 + zlib.MAX_WBITS


def read(
    chunks: Iterable[bytes],
    encoding: str,
    *,
    clock: Callable[[], datetime],
    deadline: datetime,
    cap: int = CAP,
) -> bytes:
    """The whole body. Raises Unclear past the deadline, Misunderstood past the cap."""
    unpack = zlib.decompressobj(_GZIP) if encoding.strip().lower() == "gzip" else None
    if unpack is None and encoding.strip().lower() not in ("", "identity"):
        raise Misunderstood(f"Zendesk answered in an encoding that was not asked for: {encoding}.")
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        if clock() > deadline:
            raise Unclear(TOO_SLOW)
        part = _unpacked(unpack, chunk, cap + 1 - size) if unpack else chunk
        parts.append(part)
        size += len(part)
        if size > cap:
            raise Misunderstood(f"Zendesk's answer is larger than {cap // 1048576} MB.")
    if unpack is not None and size and not unpack.eof:
        raise Misunderstood("Zendesk's answer ended in the middle.")
    return b"".join(parts)


def _unpacked(unpack: zlib._Decompress, chunk: bytes, room: int) -> bytes:
    try:
        return unpack.decompress(chunk, max(1, room))
    except zlib.error as error:
        raise Misunderstood("Zendesk's answer could not be unpacked.") from error


def deadline_from(now: datetime, seconds: float) -> datetime:
    """The moment after which an answer is given up."""
    return now + timedelta(seconds=seconds)
