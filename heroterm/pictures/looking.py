"""Have a picture decoded by a process of its own, and take over its few pixels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from heroterm.errors import RefusedByRule

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file that is looked at; what is larger can still be saved."""
SAVE = "s saves it on this machine instead."
_CELLS = 300
"""Columns and rows at most."""
_ANSWER = _CELLS * _CELLS * 2 * 3 * 2
_PASSED_ON = ("PATH", "HOME", "LANG", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV")
"""What the decoder learns of the environment: enough for Python to find itself."""
_WHY = {
    "unknown": "It is no PNG, JPEG, GIF or WEBP, whatever its name says.",
    "large": "It has more than 16 million pixels, or wants more memory than it may.",
    "damaged": "It is damaged, or not whole.",
}
_NONE = "It could not be decoded within five seconds and 512 MB."


@dataclass(frozen=True, slots=True)
class Picture:
    """`pixels` are rows of three bytes each, red, green and blue, `width` × `height` of them."""

    width: int
    height: int
    pixels: bytes
    kind: str
    whole: tuple[int, int]
    """Width and height of the picture itself."""


def look(path: Path, columns: int, rows: int, *, seconds: float = 5.0) -> Picture:
    """The picture, scaled to fit so many cells with two pixels in each. Raises RefusedByRule."""
    columns, rows = max(1, min(columns, _CELLS)), max(1, min(rows, _CELLS))
    if path.stat().st_size > LARGEST_FILE:
        raise _refused(f"It is larger than {LARGEST_FILE >> 20} MB.")
    told = _told(_decoded(path, columns, rows, seconds))
    made = _picture(told, columns, rows)
    if made is None:
        raise _refused(_WHY.get(str(told.get("why")), _NONE))
    return made


def _decoded(path: Path, columns: int, rows: int, seconds: float) -> bytes:
    """What the decoder said before its time was over, and no more than a picture can be."""
    command = [sys.executable, "-P", "-m", "heroterm.pictures.decoding", str(columns), str(rows)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with (
        path.open("rb") as file,
        subprocess.Popen(
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        ) as child,
    ):
        assert child.stdout is not None
        end = Timer(seconds, child.kill)
        end.start()
        try:
            return child.stdout.read(_ANSWER)
        finally:
            end.cancel()
            child.kill()


def _told(said: bytes) -> dict[str, object]:
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _picture(told: dict[str, object], columns: int, rows: int) -> Picture | None:
    """The answer, when it is one that a picture of this size can have."""
    match told:
        case {
            "width": int(width),
            "height": int(height),
            "pixels": str(pixels),
            "kind": "PNG" | "JPEG" | "GIF" | "WEBP" as kind,
            "whole": [int(wide), int(high)],
        } if 0 < width <= columns and 0 < height <= rows * 2:
            try:
                raw = b64decode(pixels, validate=True)
            except ValueError:
                return None
            right = len(raw) == width * height * 3
            return Picture(width, height, raw, str(kind), (wide, high)) if right else None
    return None


def _refused(why: str) -> RefusedByRule:
    return RefusedByRule(f"The picture is not shown. {why}", SAVE, rule="picture")
