"""A path that is typed or dropped behind what stands in the field of the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.cli.enclosing import paths_like


@pytest.mark.parametrize("shape", ["{}", "~/{}", "~/'{}'", "'{}'", '~/"{}"', "~/{escaped}"])
def test_a_whole_path_is_found_whatever_stood_before_it_and_however_it_is_quoted(
    tmp_path: Path, shape: str
) -> None:
    file = tmp_path / "my notes.txt"
    file.write_text("one")
    typed = shape.format(file, escaped=str(file).replace(" ", "\\ "))
    assert paths_like(typed) == [(str(file), 3)]


def test_an_empty_home_offers_nothing_of_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths_like("") == paths_like("~/") == []
