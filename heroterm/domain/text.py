"""Text from strangers: made storable, and made harmless to show.

Whatever a ticket holds may have been written by an enemy of the reader's terminal. `storable` is
applied where text comes in, `shown` where it becomes visible, and nowhere is there a third way.
"""

from __future__ import annotations

import re
import unicodedata

STORED_LIMIT = 512_000
"""Characters of one text that are kept; Zendesk itself cuts comments at 64 KB."""
_CUT = "…"
_MARKS_IN_A_ROW = 3
_TAB = 4

_SURROGATE = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile("[\U000e0000-\U000e007f]+")
"""Tag characters: a whole sentence may be written in them that no reader sees."""
_WITHIN = re.compile("(?<=[0-9A-Za-z])[\u200b-\u200d\u2060-\u2064\ufeff]+(?=[0-9A-Za-z])")
_FILLERS = re.compile("[\u115f\u1160\u3164\uffa0]+")
"""Letters that are blank: what a name is made of that shall not be seen."""
# Above U+0300 a run of four or more characters that are no letters: the only place where too many
# combining marks can stand. Judged exactly, but only there.
_MARK_RUN = re.compile(r"[^\w\x00-\u02ff]{4,}")

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that reorder what stands beside them; shown as `◇`, so that spoofing is seen."""
_LINE_ENDS = "\r\x85\u2028\u2029"
_INVISIBLE = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # grapheme joiner
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian selectors and vowel separator
    (0x200B, 0x200D),  # zero-width space, non-joiner, joiner
    (0x2060, 0x2065),  # word joiner, invisible operators
    (0x206A, 0x206F),  # deprecated format controls
    (0x3164, 0x3164),  # Hangul filler
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # half-width Hangul filler
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0x1D173, 0x1D17A),  # musical format controls
    (0x1F3FB, 0x1F3FF),  # skin tones
    (0xE0080, 0xE01EF),  # more variation selectors
)


def _replacements() -> dict[str, str]:
    table = {chr(c): chr(0x2400 + c) for c in range(0x20) if chr(c) not in "\t\n"}
    table["\x7f"] = "␡"
    table |= {chr(c): "\ufffd" for c in (*range(0x80, 0xA0), 0xFFFE, 0xFFFF)}
    table |= dict.fromkeys(_LINE_ENDS, "\n")
    table |= dict.fromkeys(BIDI, "◇")
    for first, last in _INVISIBLE:
        table |= {chr(c): "" for c in range(first, last + 1)}
    return table


_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]|\x1b\][^\x07\x1b\n]{0,2048}(?:\x07|\x1b\\)"
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_REPLACE = _replacements()
_REPLACED = frozenset(_REPLACE)


def storable(s: str, limit: int = STORED_LIMIT) -> str:
    """Text that a database takes and gives back unchanged, at most `limit` characters long.

    Lone surrogates become U+FFFD and NUL becomes `␀`; everything else stays as it was written.
    """
    return _SURROGATE.sub("\ufffd", s[:limit]).replace("\0", "␀")


def shown(s: str, *, single_line: bool = False, limit: int = STORED_LIMIT) -> str:
    """THE door: text that does nothing to a terminal and hides nothing from a reader.

    Control characters become visible pictures, bidi controls and hidden sentences `◇`, C1 U+FFFD;
    what else has no width is removed; at most three combining marks follow each other.
    `single_line` folds newlines and runs of blanks around them to one space, for subjects and
    names. Longer text ends in `…`.
    """
    if len(s) > limit:
        s = s[: max(0, limit - 1)] + _CUT
    if not s.isascii() or not s.isprintable():
        s = _harmless(s)
    if single_line:
        return " ".join(part for line in s.split("\n") if (part := line.strip())).replace("\t", " ")
    return s.expandtabs(_TAB) if "\t" in s else s


def marked(s: str) -> str:
    """The same with `◇` for signs without width that part a word of Latin letters or digits, and
    for blank letters: what `shown` removes there was put in so that a word is not what it seems.

    For a reader's eye alone; words are compared as `shown` gives them.
    """
    return s if s.isascii() else _FILLERS.sub("◇", _WITHIN.sub("◇", s))


def pasted(s: str, limit: int) -> tuple[str, int]:
    """Text from a clipboard as it may stand in a reply, and how many characters were left out.

    Control characters go, but for line ends and tabs, and the colours and links of a terminal with
    them, whole; what is longer than `limit` is cut.
    """
    lines = s.replace("\r\n", "\n").replace("\r", "\n")
    plain = _SEQUENCE.sub("", lines[: 4 * limit])
    clean = _SURROGATE.sub("", _CONTROLS.sub("", plain))[:limit]
    return clean, len(lines) - len(clean)


def _harmless(s: str) -> str:
    s = s.replace("\r\n", "\n")
    s = _HIDDEN.sub("◇", s) if not s.isascii() and _HIDDEN.search(s) else s
    present = set(s)
    if not present.isdisjoint(_REPLACED):
        # A table without gaps: `translate` pays for every character that it does not find.
        s = s.translate({ord(c): _REPLACE.get(c, c) for c in present})
    if s.isascii():
        return s
    s = _SURROGATE.sub("\ufffd", s)
    return _MARK_RUN.sub(_few_marks, s)


def _few_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for c in run[0]:
        marks = marks + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(c)
    return "".join(kept)


_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)
_NAME_LIMIT, _NAME_BYTES = 120, 240
"""Of a file: a file system takes 255 bytes, and a number may be added."""


def safe_file_name(name: str) -> str:
    """A plain base name for an attachment: no folders, no controls, no reserved or hidden name.

    The ending is kept when a long name is cut; a name of which nothing is left is "attachment".
    """
    base = shown(name, single_line=True).replace("\\", "/").rsplit("/", 1)[-1]
    base = re.sub(r'[<>:"|?*◇\ufffd\u2400-\u2426]', "_", base).strip(" .")
    stem, dot, ending = base.rpartition(".")
    if not dot or len(ending) > 16:
        stem, dot, ending = base, "", ""
    room = _NAME_BYTES - len(ending.encode()) - 1
    stem = stem[: _NAME_LIMIT - len(ending) - 1].encode()[:room].decode(errors="ignore")
    stem = stem.rstrip(" .")
    if stem.split(".")[0].lower().strip() in _RESERVED or stem.startswith("-"):
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}" if stem else "attachment"
