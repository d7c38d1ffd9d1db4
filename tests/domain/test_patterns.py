from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.patterns import needed
from heroterm.rulebook import load

FLAGS = re.IGNORECASE | re.MULTILINE


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"https?://(?:www\.)?posthog\.com/questions/\S+", "posthog.com/questions/"),
        (r"colou?r|grey", ""),
        (r"a{2,30}bcd", "bcd"),
        (r"ab{,3}cd{2,}e{,}fgh{4}", "fg"),
        (r"abc{|d", ""),
        (r"a{b}{1,2,3}", "a{b}{1,2,3}"),
        (r"(?:long one)?x+yy", "yy"),
        (r"[]long]ab\d+c", "ab"),
        (r"(?x) spread out", ""),
        (r"abc\u212a", ""),
        ("abc\u212a", "abc"),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, wanted: str) -> None:
    assert needed(re.compile(pattern, FLAGS)) == wanted


def test_every_shipped_source_is_looked_for_only_where_it_can_be() -> None:
    sources = load().sources
    bodies = [rule for rule in sources.others if rule.body]
    assert bodies and all(rule.body_needs for rule in bodies)
    assert sources.question_needs


_TEXTS = st.text(st.sampled_from("aAbBkKxu.-|?*+{}()[]^$\\d12 \n\u017f\u212a"), max_size=12)


@given(_TEXTS, st.text(st.sampled_from("aAbBkK.-|?*+{}()[]^$\\d12 \n"), max_size=12))
def test_nothing_that_is_found_lacks_what_is_needed(pattern: str, text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of what some later Python may read anew
        try:
            compiled = re.compile(pattern, FLAGS)
        except re.error:
            return
    if found := compiled.search(text):
        assert needed(compiled) in found[0].lower() if found[0] else needed(compiled) == ""
