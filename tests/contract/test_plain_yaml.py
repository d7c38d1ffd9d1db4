"""The reader of Zendesk's description reads what that is written in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.plain_yaml import load


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: yes it is\n", {"a": 1, "b": "yes it is"}),
        ("a:\n  - x\n  - y: 1\n    z: 2\n", {"a": ["x", {"y": 1, "z": 2}]}),
        ("a:\n- 1\n- 2.5\nb: null\n", {"a": [1, 2.5], "b": None}),
        ("a: |\n  one\n    two: no key\n\n  three\nb: 1\n", None),
        ("a: 'it''s: fine'\n\"b/{c}\": \"\\u00e9\"\n", {"a": "it's: fine", "b/{c}": "é"}),
        ('a: {"b": [1, 2]}\nc: []\n', {"a": {"b": [1, 2]}, "c": []}),
        ("a: plain text that\n  goes on here\nb: true\n", None),
        ("# nothing\na:\n  # a remark\n  b: -1\n", {"a": {"b": -1}}),
    ],
)
def test_a_piece_of_yaml_is_read(text: str, value: Any) -> None:
    read = load(text)
    if value is not None:
        assert read == value
    else:
        assert set(read) == {"a", "b"}
        assert read["b"] in (1, True)
        assert "\n" in read["a"] or read["a"] == "plain text that goes on here"
