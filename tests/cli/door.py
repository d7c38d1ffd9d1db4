"""The front door as a test uses it: words in, exit code and what was printed out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from heroterm.cli import main
from tests.conftest import NOW


@dataclass
class Answer:
    """What one run said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout; anything beside it fails."""
        found = json.loads(self.out)
        assert self.out.isascii()
        assert found["schema"] == 1
        return found


class Door:
    """Runs verbs in this process, with a still clock and ids that count."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.now = NOW
        self.ids = 0

    def clock(self) -> datetime:
        return self.now

    def new_id(self) -> str:
        self.ids += 1
        return f"{self.ids:08d}-0000-4000-8000-000000000000"

    def __call__(self, *words: str) -> Answer:
        self._capsys.readouterr()
        code = main(words, clock=self.clock, new_id=self.new_id)
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)

    def json(self, *words: str) -> Any:
        """The document of a run that went well."""
        answer = self(*words, "--json")
        assert answer.code == 0, answer.out + answer.err
        return answer.document
