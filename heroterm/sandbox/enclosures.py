"""Files on comments: small pictures and texts whose bytes the desk makes itself."""

from __future__ import annotations

import struct
import zlib
from random import Random

from heroterm.sandbox.records import Attachment
from heroterm.sandbox.world import World

ATTACHMENT_BASE = 9_400_000_000_000
SIDE = 24


def enclose(world: World, rng: Random, file_name: str) -> Attachment:
    """Make a file of the kind that its name says and let the world serve it."""
    token = f"{rng.getrandbits(96):024x}"
    if file_name.endswith(".png"):
        content, kind = picture(rng), "image/png"
    else:
        content, kind = _log(rng), "text/plain"
    return keep(world, token, file_name, kind, content)


def keep(world: World, token: str, file_name: str, kind: str, content: bytes) -> Attachment:
    """Let the world serve these bytes below /attachments/token/<token>/."""
    side = SIDE if kind.startswith("image/") else None
    key = ATTACHMENT_BASE + len(world.attachments) * 3 + 1
    attachment = Attachment(key, file_name, kind, content, token, side, side)
    world.attachments[token] = attachment
    return attachment


def picture(rng: Random) -> bytes:
    """A valid little PNG: a square of noise, 24 pixels a side, 8 bit grey."""
    rows = b"".join(b"\0" + rng.randbytes(SIDE) for _ in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    parts = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _log(rng: Random) -> bytes:
    lines = [f"{at:>6} ms  request {rng.randrange(1000)} blocked by client" for at in range(40)]
    return "\n".join(lines).encode()
