"""Words as the customer will see them: Markdown read in a mail, signs as they are in Slack.

What is not known for certain is not shown otherwise than it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Piece = tuple[str, str]
"""Text, and how it looks: "", "bold", "italic", "code", "link" or "quote"."""
_INLINE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<url>https?://[^\s)]+)\)|(?P<link>https?://[^\s<>]+)"
    r"|(?<![\w*])\*(?P<italic>[^*\s][^*\n]*)\*(?![\w*])"
)
_BULLET = re.compile(r"(\s*)[-*+] +(.*)")
_HEADING = re.compile(r"#{1,6} +(.*)")
_LINK = re.compile(r"https?://[^\s<>]+")


def preview(body: str, source: str) -> list[list[Piece]]:
    """The lines of a reply to a ticket of this source, each in pieces."""
    return list(_in_slack(body) if source == "slack" else _in_mail(body))


def _in_slack(body: str) -> Iterator[list[Piece]]:
    for line in body.split("\n"):
        yield _between(line, _LINK, lambda hit: [(hit[0], "link")])


def _in_mail(body: str) -> Iterator[list[Piece]]:
    fenced = False
    for line in body.split("\n"):
        bullet, heading = _BULLET.fullmatch(line), _HEADING.fullmatch(line)
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            yield [(f"  {line}", "code")]
        elif line.startswith(">"):
            yield [(f"| {line.lstrip('> ')}", "quote")]
        elif heading is not None:
            yield [(heading[1], "bold")]
        elif bullet is not None:
            yield [(f"{bullet[1]}• ", ""), *_inline(bullet[2])]
        else:
            yield _inline(line)


def _inline(line: str) -> list[Piece]:
    return _between(line, _INLINE, _styled)


def _styled(hit: re.Match[str]) -> list[Piece]:
    if hit["label"]:
        return [(hit["label"], "link"), (f" ({hit['url']})", "")]
    kind = hit.lastgroup or ""
    return [(hit[kind], kind)]


def _between(
    line: str, pattern: re.Pattern[str], styled: Callable[[re.Match[str]], list[Piece]]
) -> list[Piece]:
    made: list[Piece] = []
    at = 0
    for hit in pattern.finditer(line):
        made += [(line[at : hit.start()], ""), *styled(hit)]
        at = hit.end()
    return [piece for piece in (*made, (line[at:], "")) if piece[0]]
