"""Reads the part of YAML in which Zendesk's description of its API is written.

Block mappings and sequences, plain and quoted scalars on one line or folded over several, literal
and folded blocks, JSON in flow style. Anchors, tags and multiple documents are refused by being
misread as text, which the tests of the structure would notice.
"""

from __future__ import annotations

import json
import re
from typing import Any

KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#'"\[{&*!|>%@`-][^#]*?|-[^\s#][^#]*?)"""
    r""":(?:\s+(.*))?$"""
)
BLOCK = re.compile(r"[|>][-+]?$")
NUMBER = re.compile(r"-?\d+(\.\d+)?$")
WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Reader:
    """Walks the lines once; `at` is the line that is read next."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.at = 0

    def value(self, indent: int) -> Any:
        """The block that begins at the next filled line, indented by at least `indent`."""
        depth = self._depth()
        if depth is None or depth < indent:
            return None
        line = self.lines[self.at][depth:]
        if line == "-" or line.startswith("- "):
            return self._sequence(depth)
        if KEY.match(line):
            return self._mapping(depth)
        self.at += 1
        return self._scalar(line, depth)

    def _depth(self) -> int | None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            bare = line.lstrip(" ")
            if bare and not bare.startswith("#"):
                return len(line) - len(bare)
            self.at += 1
        return None

    def _sequence(self, depth: int) -> list[Any]:
        rows: list[Any] = []
        while self._depth() == depth and self.lines[self.at][depth : depth + 2] in ("- ", "-"):
            line = self.lines[self.at]
            rest = line[depth + 1 :].strip()
            if not rest:
                self.at += 1
                rows.append(self.value(depth + 1))
            elif BLOCK.match(rest):
                self.at += 1
                rows.append(self._text(rest, depth))
            else:
                # The dash stands for one more step of indentation.
                self.lines[self.at] = line[:depth] + " " + line[depth + 1 :]
                rows.append(self.value(depth + 1))
        return rows

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self._depth() == depth:
            match = KEY.match(self.lines[self.at][depth:])
            if match is None:
                break
            self.at += 1
            rest = (match.group(2) or "").strip()
            found[_plain(match.group(1))] = self._after_key(rest, depth)
        return found

    def _after_key(self, rest: str, depth: int) -> Any:
        if BLOCK.match(rest):
            return self._text(rest, depth)
        if rest:
            return self._scalar(rest, depth + 1)
        inner = self._depth()
        if inner == depth and self.lines[self.at][depth : depth + 2] in ("- ", "-"):
            return self._sequence(depth)
        return self.value(depth + 1) if inner is not None and inner > depth else None

    def _text(self, style: str, depth: int) -> str:
        rows = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= depth:
                break
            rows.append(line.strip())
            self.at += 1
        joined = ("\n" if style[0] == "|" else " ").join(rows).rstrip()
        return joined if style.endswith("-") else joined + "\n"

    def _scalar(self, text: str, indent: int) -> Any:
        while (depth := self._depth()) is not None and depth >= indent and not _closed(text):
            text = f"{text} {self.lines[self.at].strip()}"
            self.at += 1
        return _read(text.strip())


def load(text: str) -> Any:
    """The value of a whole document."""
    return Reader(text).value(0)


def _closed(text: str) -> bool:
    """Whether a quoted or flow scalar is complete; plain ones go on while lines are deeper."""
    if text[0] in "[{":
        return text.count(text[0]) == text.count("]" if text[0] == "[" else "}")
    if text[0] == '"':
        return bool(re.fullmatch(r'"(?:[^"\\]|\\.)*"', text))
    if text[0] == "'":
        return bool(re.fullmatch(r"'(?:[^']|'')*'", text))
    return False


def _read(text: str) -> Any:
    if text[:1] in "[{" and text[:1]:
        try:
            return json.loads(text)
        except ValueError:
            return [part.strip() for part in text[1:-1].split(",") if part.strip()]
    if text[:1] in ("'", '"'):
        return _plain(text)
    if text in WORDS:
        return WORDS[text]
    if NUMBER.match(text):
        return float(text) if "." in text else int(text)
    return text


def _plain(text: str) -> str:
    if text[:1] == '"':
        return str(json.loads(text))
    if text[:1] == "'":
        return text[1:-1].replace("''", "'")
    return text
