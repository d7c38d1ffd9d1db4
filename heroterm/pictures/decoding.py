"""The decoder's process: a picture on standard input, its few pixels as JSON on standard output.

`python -P -m heroterm.pictures.decoding COLUMNS ROWS`. Its limits are its own first act.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from base64 import b64encode
from typing import BinaryIO, TextIO

PIXELS = 16_000_000
"""Largest picture that is decoded."""
KINDS = ("PNG", "JPEG", "GIF", "WEBP")
MEMORY, SECONDS = 512 * 1024 * 1024, 5
_UNKNOWN, _LARGE, _DAMAGED = "unknown", "large", "damaged"


def limit() -> None:
    """Bound this process's memory, time and files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # macOS knows no limit of memory; the size of the picture and the deadline still hold.
            continue


def decode(raw: bytes, columns: int, rows: int) -> dict[str, object]:
    """The picture as few pixels, two of them one above the other in a cell; or `why` there is none.

    Transparent parts are black. Of a moving picture it is the first frame.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error")
    try:
        with Image.open(io.BytesIO(raw), formats=KINDS) as picture:
            whole = picture.size
            if whole[0] * whole[1] > PIXELS:
                return {"why": _LARGE}
            picture.draft("RGB", (columns, rows * 2))
            picture.thumbnail((columns, rows * 2))
            flat = Image.new("RGBA", picture.size, (0, 0, 0, 255))
            flat.alpha_composite(picture.convert("RGBA"))
            kind = str(picture.format)
    except UnidentifiedImageError:
        return {"why": _UNKNOWN}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"why": _LARGE}
    except (OSError, SyntaxError, ValueError, EOFError):
        return {"why": _DAMAGED}
    small = flat.convert("RGB")
    return {
        "width": small.width,
        "height": small.height,
        "pixels": b64encode(small.tobytes()).decode("ascii"),
        "kind": kind,
        "whole": whole,
    }


def main(words: list[str], source: BinaryIO, sink: TextIO) -> None:
    """Decode what comes in."""
    limit()
    columns, rows = (int(word) for word in words)
    sink.write(json.dumps(decode(source.read(), columns, rows)))


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout)
