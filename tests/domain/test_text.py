from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.quotes import first_line, fold_quotes, own_words
from heroterm.domain.text import BIDI, marked, safe_file_name, shown, storable

ANY_TEXT = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        ("\x00\x7f", "␀␡"),
        ("\x9b31m", "\ufffd31m"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("user\u202egpj.exe", "user◇gpj.exe"),
        ("a\u200bb\u200dc\ufe0f\u00ad", "abc"),
        ("👍🏽", "👍"),
        ("a\U000e0041\U000e0042b\u3164", "a◇b"),
        ("z" + "\u0301" * 9, "z" + "\u0301" * 3),
        ("a\tb", "a   b"),
        ("\ud800x", "\ufffdx"),
        ("grüße, 世界 — café", "grüße, 世界 — café"),
    ],
)
def test_hostile_text_is_shown_without_its_power(hostile: str, harmless: str) -> None:
    assert shown(hostile) == harmless


@given(ANY_TEXT)
def test_nothing_that_is_shown_can_steer_a_terminal(text: str) -> None:
    for c in shown(text):
        assert c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")
        assert c not in BIDI
        assert not 0xFE00 <= ord(c) <= 0xFE0F


@given(ANY_TEXT)
def test_what_was_made_harmless_once_stays_as_it_is(text: str) -> None:
    assert shown(shown(text)) == shown(text)


@given(ANY_TEXT)
def test_a_single_line_is_a_single_line(text: str) -> None:
    assert "\n" not in shown(text, single_line=True)


def test_newlines_and_blanks_of_a_subject_fold_to_one_space() -> None:
    assert shown("  one \n\n\t two\r\nthree ", single_line=True) == "one two three"


def test_text_that_is_cut_says_so() -> None:
    assert shown("abcdef", limit=4) == "abc…"


@given(ANY_TEXT)
def test_storable_text_survives_utf8(text: str) -> None:
    kept = storable(text + "\ud83d\x00")
    assert kept.encode().decode() == kept
    assert "\x00" not in kept


def test_stored_text_has_a_cap() -> None:
    assert storable("x" * 10, limit=4) == "xxxx"


def test_quotes_and_the_form_are_folded_and_the_words_stay() -> None:
    body = "\n".join(
        [
            "Hi,",
            "it broke.",
            "On Mon, 2 Mar 2026 at 10:00, Support <support@example.com>",
            "wrote:",
            "> did it?",
            "Still broken.",
            "",
            "-----",
            "Kind: bug",
        ]
    )
    blocks = fold_quotes(body)
    assert [(block.kind, block.lines) for block in blocks] == [
        ("text", 2),
        ("quote", 3),
        ("text", 2),
        ("footer", 2),
    ]
    assert own_words(body) == "Hi,\nit broke.\nStill broken."


def test_a_quote_without_marks_goes_on_to_the_end() -> None:
    body = "No, sorry.\n\nOn Monday, Support wrote:\nHey Kim,\nis it solved?"
    assert [block.kind for block in fold_quotes(body)] == ["text", "quote"]


def test_a_dash_line_of_the_customer_is_not_taken_for_the_form() -> None:
    assert [b.kind for b in fold_quotes("above\n-----\nbelow, in my own words")] == ["text"]


@given(st.lists(st.sampled_from(["On a", "x wrote:", "> q", "-----", "Kind: bug", "", "words"])))
def test_the_blocks_give_the_message_back(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert "\n".join(block.text for block in fold_quotes(body)) == body


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (
            "Hi team,\n\nRecordings stopped on Tuesday.\nMore.",
            "Recordings stopped on Tuesday.",
        ),
        ("Hello, my funnel shows zero. Why?", "Hello, my funnel shows zero. Why?"),
        ("\n\n-----\nKind: bug", ""),
        ("> quoted\nNew words", "New words"),
        ("Hey", "Hey"),
    ],
)
def test_the_title_is_the_first_line_that_says_something(body: str, title: str) -> None:
    assert first_line(body) == title


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\log.txt", "log.txt"),
        ("invoice\u202egpj.exe", "invoice_gpj.exe"),
        ("con.txt", "_con.txt"),
        ("-rf", "_-rf"),
        (".bashrc", "bashrc"),
        ("\x1b[2J.png", "_[2J.png"),
        ("", "attachment"),
        ("...", "attachment"),
    ],
)
def test_the_name_of_an_attachment_is_made_plain(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_file_name("x" * 300 + ".png")
    assert len(name) <= 120
    assert name.endswith(".png")


def test_a_long_name_of_wide_letters_fits_into_a_file_system(tmp_path: Path) -> None:
    name = safe_file_name("議事録" * 60 + ".pdf")
    assert name.startswith("議事録") and name.endswith("議事録.pdf")
    (tmp_path / f"{name.removesuffix('.pdf')}-999.pdf").touch()


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("ad\u200bmin", "ad◇min"),
        ("pay\u2060\ufeffpal.com", "pay◇pal.com"),
        ("\u3164\u3164", "◇"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Hello \u200b\u200b world\u00adwide", "Hello \u200b\u200b world\u00adwide"),
    ],
)
def test_what_parts_a_word_unseen_is_marked_for_the_eye(written: str, seen: str) -> None:
    assert marked(written) == seen
    assert "◇" not in shown(written)
