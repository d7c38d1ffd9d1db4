"""Signs that every terminal and font has, in the place of those that some lack, cell for cell.

Letters of any language stay what they are; only pictures and ornaments change, and nothing moves.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_ORNAMENTS = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—‐‑─━", "-"),
    **dict.fromkeys("│┃", "|"),
    **dict.fromkeys(map(chr, range(0x2400, 0x2422)), "^"),
    **dict.fromkeys("▁▂▃▅▆▇", " "),
    "…": "~", "▶": ">", "→": ">", "←": "<", "·": "-", "•": "*", "×": "x", "✓": "v",
}  # fmt: skip
_FACES = {
    **dict.fromkeys("🙂😊😃😀😄😁😅😂🤗", ":)"),
    **dict.fromkeys("🙁😕😞😟😢😭😡😠", ":("),
    "😉": ";)", "🤔": ":/", "👍": "+1", "👎": "-1", "👀": "oo", "✅": "ok", "❌": "no", "🙏": "ty",
    "💙": "<3", "💚": "<3", "💛": "<3", "🎉": "!!", "🔥": "!!", "💯": "!!", "🚀": "->",
}  # fmt: skip
_PICTURE, _SMALL = "()", "*"
"""Any other picture of two cells, and of one."""
_FRAMES, _BLOCKS = range(0x2500, 0x2580), range(0x2580, 0x25A0)
_FIRST = 0x2190
"""Below it stand signs of texts (20 °C, ©, ™), which fonts have."""
_BRAILLE, _FLAGS = range(0x2800, 0x2900), range(0x1F1E6, 0x1F200)
_UPPER, _LOWER = 0b00011011, 0b11100100
"""Dots of a Braille sign in the upper and the lower half of its cell."""


class PlainSigns(LineFilter):
    """Exchanges pictures and ornaments in every line; `z p` puts it in and takes it out."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with plain signs; control segments are Textual's own."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment("".join(map(plain_sign, segment.text)), segment.style)
            for segment in segments
        ]


@lru_cache(maxsize=4_096)
def plain_sign(sign: str) -> str:
    """What stands for one character, as many cells wide as it is."""
    code = ord(sign)
    if sign in _ORNAMENTS:
        return _ORNAMENTS[sign]
    if code < _FIRST or sign.isalnum() or code in _BLOCKS:
        return sign
    if code in _FRAMES:
        return "+"
    if code in _BRAILLE:
        upper, lower = code & _UPPER, code & _LOWER
        return ":" if upper and lower else "'" if upper else "." if lower else " "
    if unicodedata.category(sign) != "So":
        return sign
    width = cell_len(sign)
    if code in _FLAGS:
        return chr(code - _FLAGS.start + ord("A")).ljust(width)
    return _FACES.get(sign, _PICTURE) if width == 2 else _SMALL * width
