"""Keys told from words: fast fingers are obeyed, a sentence typed beside a field is not."""

from heroterm.tui.keyboard import Burst, Bursts


def taken(letters: str, every: float) -> list[Burst]:
    bursts = Bursts()
    return [bursts.take(letter, n * every) for n, letter in enumerate(letters)]


def test_a_sentence_typed_beside_a_field_is_stopped() -> None:
    found = taken("thequickbrownfox", 0.05)
    assert found[:8] == [Burst.KEY] * 8
    assert found[8] is Burst.BEGINS
    assert set(found[9:]) == {Burst.IGNORED}


def test_a_held_key_is_obeyed() -> None:
    assert set(taken("j" * 60, 0.03)) == {Burst.KEY}


def test_fast_commands_are_obeyed() -> None:
    assert set(taken("nrnjkjkynr", 0.15)) == {Burst.KEY}


def test_after_a_pause_letters_are_keys_again() -> None:
    bursts = Bursts()
    for n, letter in enumerate("thequickbrown"):
        bursts.take(letter, n * 0.05)
    assert bursts.take("n", 5.0) is Burst.KEY
