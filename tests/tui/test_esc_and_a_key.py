"""Esc and a key soon after it come as the bytes of that key with Alt; they stay two keys."""

from __future__ import annotations

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseDown, Paste

from heroterm.tui.keymap import SHIPPED
from heroterm.tui.listening import HurriedParser
from heroterm.tui.pasting import END, QUIET, START
from tests.tui.test_pasting import Listening

NAMES = {"\r": "enter", "\t": "tab", " ": "space", ":": "colon", "?": "question_mark"}
NAMES |= {"!": "exclamation_mark", "\x10": "ctrl+p"}


@pytest.mark.parametrize("sign", ["y", "Q", "u", "1", "-", *NAMES])
def test_a_key_right_behind_esc_is_a_key_of_its_own(sign: str) -> None:
    tmux, slow = Listening(), Listening()
    tmux.sends(f"\x1b{sign}")
    slow.sends("\x1b", sign)
    for heard in (tmux, slow):
        heard.rests()
        assert heard.keys == ["escape", NAMES.get(sign, {"-": "minus"}.get(sign, sign))]


@pytest.mark.parametrize(("sign", "alt"), [("b", "ctrl+left"), ("f", "ctrl+right")])
def test_a_hand_that_presses_esc_and_then_a_letter_moves_by_no_word(sign: str, alt: str) -> None:
    hand, keyboard = Listening(), Listening()
    for heard, seconds in ((hand, 0.03), (keyboard, 0.002)):
        heard.sends("\x1b")
        heard.now += seconds
        heard.sends(sign)
        heard.rests()
    assert hand.keys == ["escape", sign] and keyboard.keys == [alt]


def test_quick_hands_lose_nothing_behind_esc() -> None:
    heard = Listening()
    heard.sends("\x1bynjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", "\x1b\x1bu")
    heard.rests()
    assert heard.keys == ["escape", "y", "n", *"j" * 36, "escape", "escape", "u"]


@pytest.mark.parametrize("sent", ["\x1b[A", "\x1bOP", "\x1b[1;3D", "\x1bb", "\x1bf", "\x1b\x7f"])
def test_arrows_and_moves_by_words_are_what_they_were(sent: str) -> None:
    heard = Listening()
    heard.sends(sent)
    heard.rests()
    usual = [each.key for each in XTermParser().feed(sent) if isinstance(each, Key)]
    assert heard.keys == usual and len(usual) == 1


def test_a_click_and_a_paste_behind_esc_press_nothing_else() -> None:
    heard = Listening()
    heard.sends("\x1b\x1b[<0;5;5M", f"\x1bu{START}yes{END}")
    heard.rests(2 * QUIET)
    assert heard.keys == ["escape", "escape", "u"] and heard.texts == ["yes"]
    assert [type(each) for each in heard.heard if not isinstance(each, Key)] == [MouseDown, Paste]


def test_a_key_with_alt_that_the_hero_chose_is_that_key() -> None:
    own = SHIPPED.with_keys({"ticket.reply": ("r", "alt+x")})
    assert own.alt_keys == {"alt+x"} and not SHIPPED.alt_keys
    parser = HurriedParser()
    parser.alt_keys = own.alt_keys
    heard = [each for each in parser.feed("\x1bx") if isinstance(each, Key)]
    assert [(each.key, each.character) for each in heard] == [("alt+x", None)]
