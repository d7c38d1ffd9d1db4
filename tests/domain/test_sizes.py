"""Sizes of files as they are told."""

import pytest

from heroterm.domain.sizes import size_words


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 kB"),
        (15_000, "15 kB"),
        (1024 * 1024 - 1, "1.0 MB"),
        (50 * 1024 * 1024, "50.0 MB"),
    ],
)
def test_a_size_is_told_in_a_persons_unit(count: int, told: str) -> None:
    assert size_words(count) == told
