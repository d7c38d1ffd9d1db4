"""Numbers with their words."""

import pytest

from heroterm.domain.counted import counted


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines"), (1_200, "1,200 lines")]
)
def test_one_of_a_thing_takes_no_s(count: int, said: str) -> None:
    assert counted(count, "line") == said
