"""The one door through which text from tickets becomes pixels.

Every string that a stranger may have written passes `heroterm.domain.text.shown`, which makes
control, bidi and invisible characters harmless and visible, and leaves as `Content`, which never
parses markup (design: hostile text). Our own words pass too: a door with two sides is a hole.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

from heroterm.domain.text import marked, shown

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
"""What stands between two facts on one line."""
_FOLLOWED = re.compile(r"(?:https?://|mailto:)[!-~]{1,2040}", re.IGNORECASE)
"""Printable ASCII alone: the address travels inside of a sequence of its own."""
COMMAND = "command"
"""Under this name the words that can be clicked carry what they run."""
Part = tuple[str, str]
"""Text and its style, such as `("breached", "$sla-breached bold")`; the style is ours alone."""


def safe(text: str, style: str = "") -> Content:
    """Text of any origin, over as many lines as it has, in one style."""
    words = shown(marked(text))
    return Content.styled(words, style) if style else Content(words)


def safe_line(text: str) -> Content:
    """Text of any origin on one line: for subjects, names, titles."""
    return Content(shown(marked(text), single_line=True))


def linked(content: Content, url: str) -> Content:
    """The same as a link that a terminal can follow; only addresses of the web and of mail are.

    The guard below every widget takes links out again where the terminal knows none.
    """
    if not _FOLLOWED.fullmatch(url):
        return content
    return content.stylize(Style(link=url))


def pressed(content: Content, command: str) -> Content:
    """The same, which runs a command when it is clicked; for our own words alone."""
    return content.stylize(Style.from_meta({COMMAND: command}))


def parts(*pieces: Part | str) -> Content:
    """One line made of pieces, each with its own style; spaces at their ends are kept."""
    return Content.assemble(
        *(
            Content(_piece(piece)) if isinstance(piece, str) else (_piece(piece[0]), piece[1])
            for piece in pieces
        )
    )


def _piece(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text  # most of what is drawn: nothing to look for in it
    bare = text.strip(" ")
    if not bare:
        return text
    before = " " * (len(text) - len(text.lstrip(" ")))
    after = " " * (len(text) - len(text.rstrip(" ")))
    return before + shown(marked(bare), single_line=True) + after


def folded(line: Content, width: int) -> list[Content]:
    """A line of facts with two spaces between them as lines of at most `width` cells: it breaks
    between facts where it can, and inside of one only where that alone is longer.
    """
    made: list[Content] = []
    while line.cell_length > width:
        gaps = [gap.span() for gap in _GAP.finditer(line.plain)]
        fits = [(end, then) for end, then in gaps if line[:end].cell_length <= width]
        end, then = fits[-1] if fits else gaps[0] if gaps else (len(line), len(line))
        made += line[:end].wrap(width)
        line = line[then:]
    return [*made, line] if line.plain or not made else made


def hung(line: Content, width: int, by: int | None = None) -> list[Content]:
    """The same for a line that begins with blanks, or with a mark of `by` cells: what goes on
    below stands under its first word.
    """
    blanks = len(line.plain) - len(line.plain.lstrip(" ")) if by is None else by
    if not 0 < blanks < width // 2 or line.cell_length <= width:
        return folded(line, width)
    first, *rest = folded(line[blanks:], width - blanks)
    return [
        Content.assemble(line[:blanks], first),
        *(Content.assemble(" " * blanks, each) for each in rest),
    ]


def fit(text: str, width: int) -> str:
    """One line of exactly `width` cells: cut with `…` where it is longer, padded where shorter."""
    line = _piece(text)
    if line.isascii() and width > 0:
        return line.ljust(width) if len(line) <= width else line[: width - 1] + "…"
    if cell_len(line) > width > 0:
        return set_cell_size(line, width - 1) + "…"
    return set_cell_size(line, max(0, width))


def fit_end(text: str, width: int) -> str:
    """One line of at most `width` cells: cut at its beginning, with `…` there, as what tells one
    path from another is its end.
    """
    line = _piece(text)
    if cell_len(line) <= width:
        return line
    while line and cell_len(line) >= width:
        line = line[1:]
    return "…" + line if width > 0 else ""


def width_of(text: str) -> int:
    """Cells that one line of text takes once it is made safe."""
    return cell_len(_piece(text))
