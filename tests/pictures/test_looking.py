"""What a picture can do to the process that shows it: nothing."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from heroterm.errors import RefusedByRule
from heroterm.pictures import decoding, looking
from heroterm.pictures.looking import Picture, look


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(wide: int, high: int) -> bytes:
    """A PNG of one grey, as small as its size allows; of a very large one, only its first rows."""
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(min((1 + (wide + 7) // 8) * high, 25_000_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def painted(kind: str, size: tuple[int, int] = (64, 48), **how: object) -> bytes:
    """Red above, blue below."""
    made = Image.new("RGB", size, (255, 0, 0))
    made.paste((0, 0, 255), (0, size[1] // 2, size[0], size[1]))
    sink = io.BytesIO()
    made.save(sink, kind, **how)
    return sink.getvalue()


def seen(folder: Path, raw: bytes, columns: int = 20, rows: int = 10) -> Picture:
    path = folder / "file"
    path.write_bytes(raw)
    return look(path, columns, rows, seconds=20.0)


def refused(folder: Path, raw: bytes) -> str:
    with pytest.raises(RefusedByRule) as told:
        seen(folder, raw)
    assert "s saves it" in told.value.remedy
    return told.value.say


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_becomes_so_many_cells_and_keeps_its_shape(tmp_path: Path, kind: str) -> None:
    made = seen(tmp_path, painted(kind))
    assert (made.width, made.height, made.kind, made.whole) == (20, 15, kind, (64, 48))
    top, bottom = made.pixels[:3], made.pixels[-3:]
    assert top[0] > 200 > 60 > top[2] and bottom[2] > 200 > 60 > bottom[0]


def test_what_is_small_is_not_made_larger_and_what_is_clear_is_black(tmp_path: Path) -> None:
    sink = io.BytesIO()
    Image.new("RGBA", (2, 2), (255, 255, 255, 0)).save(sink, "PNG")
    made = seen(tmp_path, sink.getvalue())
    assert (made.width, made.height, made.pixels) == (2, 2, bytes(12))


@pytest.mark.parametrize(
    ("wide", "high"),
    [(9_000, 9_000), (13_000, 13_000), (4_001, 4_000), (2**31 - 1, 2**31 - 1), (16_000_001, 1)],
)
def test_a_small_file_with_many_pixels_is_not_decoded(tmp_path: Path, wide: int, high: int) -> None:
    raw = bomb(wide, high)
    assert len(raw) < 30_000 and "16 million pixels" in refused(tmp_path, raw)


def test_as_many_pixels_as_may_be_are_decoded_within_the_memory(tmp_path: Path) -> None:
    made = seen(tmp_path, bomb(4_000, 4_000))
    assert (made.width, made.height) == (20, 20)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_part_of_a_file_is_told_as_such(tmp_path: Path, kind: str) -> None:
    raw = painted(kind, (600, 400))
    assert "not shown" in refused(tmp_path, raw[: len(raw) * 2 // 3])


@pytest.mark.parametrize(
    "raw",
    [b"", b"MZ" + bytes(200), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF"],
)
def test_what_is_no_picture_is_not_decoded_whatever_its_name_says(
    tmp_path: Path, raw: bytes
) -> None:
    assert "no PNG, JPEG, GIF or WEBP" in refused(tmp_path, raw)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_are_left_to_other_programs(tmp_path: Path, kind: str) -> None:
    assert "no PNG, JPEG, GIF or WEBP" in refused(tmp_path, painted(kind))


def test_words_in_a_picture_that_unfold_without_end_do_no_harm(tmp_path: Path) -> None:
    raw = painted("PNG")
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))
    cut = raw.index(b"IDAT") - 4
    assert "not shown" in refused(tmp_path, raw[:cut] + text + raw[cut:])


def test_a_file_that_is_too_large_is_not_even_handed_over(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.truncate(looking.LARGEST_FILE + 1)
    with pytest.raises(RefusedByRule, match="larger than 20 MB"):
        look(path, 20, 10)


def test_a_decoder_that_hangs_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(painted("PNG"))
    with pytest.raises(RefusedByRule, match="could not be decoded"):
        look(path, 20, 10, seconds=0.0)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[" * 100_000,
        b'{"width": 20, "height": 15, "pixels": "AAAA", "kind": "PNG", "whole": [1, 1]}',
        b'{"width": 999, "height": 1, "pixels": "AAAA", "kind": "PNG", "whole": [1, 1]}',
        b'{"width": 1, "height": 1, "pixels": "AAAA", "kind": "\\u001b[2J", "whole": [1, 1]}',
        b'{"width": 1, "height": 1, "pixels": "!", "kind": "PNG", "whole": [1, 1]}',
    ],
)
def test_a_decoder_that_was_taken_over_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(looking, "_decoded", lambda *_: said)
    assert "could not be decoded" in refused(tmp_path, b"x")


def test_the_decoder_has_little_memory_and_can_write_no_file() -> None:
    asks = (
        "import json, resource; from heroterm.pictures import decoding; decoding.limit();"
        "print(json.dumps([resource.getrlimit(each)[0]"
        " for each in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU)]))"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"[{decoding.MEMORY}, 0, {decoding.SECONDS}]"


def test_the_decoder_learns_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tells = tmp_path / "python"
    tells.write_text("#!/bin/sh\nenv\n")
    tells.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(tells))
    monkeypatch.setenv("HEROTERM_TOKEN", "secret")
    told = looking._decoded(tells, 20, 10, 20.0)
    assert b"PATH=" in told and b"HEROTERM" not in told and b"secret" not in told
