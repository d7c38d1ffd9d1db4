"""A message cut into what its author wrote, what was quoted, and what the in-app form added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

RULE = "-----"
"""The line above what the in-app form adds; only what stands below the last one is the form's."""

_FORM_LINE = re.compile(r"\s*\[?[A-Z][\w ()/-]{2,40}(?:\]\(|: ?)")
_ATTRIBUTION = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Em)\s.{4,240}(?:wrote|schrieb.{0,80}|a écrit|escribió|ha scritto|"
    r"schreef.{0,80}|escreveu)\s?:"
)
_OUTLOOK = re.compile(r"-{3,} ?(?:Original Message|Forwarded message) ?-{3,}")
_GREETING = re.compile(
    r"(?:hi|hey|hello|dear|greetings|good (?:morning|afternoon|evening|day))\b[^.?!:]{0,32}[,.!:]?",
    re.IGNORECASE,
)
_BEGINNINGS = ("On ", "Am ", "Le ", "El ", "Il ", "Op ", "Em ", "---")
_NOT_PLAIN = (">", *_BEGINNINGS)
"""What a line begins with that may be a quote's or the form's; any other is its author's own."""
_TITLE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a message. Joined by newlines, the blocks give the message back."""

    kind: Literal["text", "quote", "footer"]
    text: str
    lines: int


def footer_start(lines: list[str]) -> int:
    """Index of the last `-----` that has a line of the in-app form below it, else `len(lines)`."""
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].strip() == RULE:
            below = next((line for line in lines[at + 1 :] if line.strip()), "")
            return at if _FORM_LINE.match(below) else len(lines)
    return len(lines)


def fold_quotes(body: str) -> list[Block]:
    """The message in blocks: `text`, `quote` (runs of `>` and "On … wrote:"), and the `footer`."""
    lines = body.replace("\r\n", "\n").split("\n")
    end = footer_start(lines)
    kinds = [*_kinds(lines[:end]), *["footer"] * (len(lines) - end)]
    blocks: list[Block] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or kinds[at] != kinds[start]:
            blocks.append(_block(kinds[start], lines[start:at]))
            start = at
    return blocks


def _block(kind: str, lines: list[str]) -> Block:
    known: Literal["text", "quote", "footer"] = (
        "quote" if kind == "quote" else "footer" if kind == "footer" else "text"
    )
    return Block(known, "\n".join(lines), len(lines))


def _kinds(lines: list[str]) -> Iterator[str]:
    """`text` or `quote` for each line; a quote without `>` goes on to the end of the message."""
    at = 0
    while at < len(lines):
        if lines[at].lstrip().startswith(">"):
            yield "quote"
            at += 1
        elif length := _attribution(lines, at):
            below = next((i for i in range(at + length, len(lines)) if lines[i].strip()), None)
            marked = below is not None and lines[below].lstrip().startswith(">")
            stop = below if marked and below is not None else len(lines)
            yield from ["quote"] * (stop - at)
            at = stop
        else:
            yield "text"
            at += 1


def _attribution(lines: list[str], at: int) -> int:
    """How many lines the "On … wrote:" starting here takes (mail programs wrap it), else 0."""
    first = lines[at].strip()
    if not first.startswith(_BEGINNINGS):
        return 0
    if first.startswith(RULE[:3]):
        return int(_OUTLOOK.fullmatch(first) is not None)
    for length in (1, 2, 3):
        joined = " ".join(line.strip() for line in lines[at : at + length])
        if len(joined) > 400:
            return 0
        if _ATTRIBUTION.fullmatch(joined):
            return length
    return 0


def own_words(body: str) -> str:
    """What the author wrote, without quotes and without the in-app form's lines."""
    return "\n".join(block.text for block in fold_quotes(body) if block.kind == "text").strip()


def first_line(body: str) -> str:
    """A title from a message: its first line that says something, passing over a bare greeting.

    In-app subjects are generic ("Bug Report: Feature Flags (…)"), so the queue shows this instead.
    Empty when the message has no words of its own.
    """
    # Nearly all messages begin with such a line, and nothing below it can change what it is.
    top = body.partition("\n")[0].strip()
    if top and not top.startswith(_NOT_PLAIN) and not _GREETING.fullmatch(top):
        return top[:_TITLE_LIMIT]
    lines = body.replace("\r\n", "\n").split("\n")
    kinds = _kinds(lines[: footer_start(lines)])
    own = (line.strip() for line, kind in zip(lines, kinds, strict=False) if kind == "text")
    greeting = ""
    for line in own:
        if line and not _GREETING.fullmatch(line):
            return line[:_TITLE_LIMIT]
        greeting = greeting or line
    return greeting[:_TITLE_LIMIT]
