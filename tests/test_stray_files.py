"""A team's files that lie where nothing reads them are named with the place where they belong."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.rulebook import load


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A team's folder with all that belongs into it."""
    for folder in ("data", "replies", "playbooks"):
        (tmp_path / "own" / folder).mkdir(parents=True)
    return tmp_path / "own"


def test_a_file_that_lies_beside_its_folder_is_reported_with_where_it_belongs(own: Path) -> None:
    (own / "sla.toml").write_text("")
    (own.parent / "tiers.toml").write_text("")
    (own.parent / "config.toml").write_text("")
    said = sorted(str(finding) for finding in load(overrides=own).findings)
    assert len(said) == 2, "other files there are nobody's business"
    for name, told in zip(("sla.toml", "tiers.toml"), said, strict=True):
        assert "not read where it lies" in told and str(own / "data" / name) in told


def test_what_a_newcomer_puts_into_the_wrong_folder_is_reported_with_the_right_one(
    own: Path,
) -> None:
    for name in ("hello.md", "replies/hey.txt", "replies/.hey.md", "replies/hey.md~", "README.md",
                 "data/tier.toml", "../replies/hi.md"):  # fmt: skip
        (own / name).parent.mkdir(exist_ok=True)
        (own / name).write_text("")
    said = {Path(f.file).name: f"{f.say} {f.remedy}" for f in load(overrides=own).findings}
    assert sorted(said) == ["hello.md", "hey.txt", "hi.md", "tier.toml"]
    assert f"Move it to {own / 'replies/hello.md'} or {own / 'macros/hello.md'}" in said["hello.md"]
    assert f"Move it to {own / 'replies/hi.md'}." in said["hi.md"]
    assert 'Did you mean "tiers.toml"?' in said["tier.toml"]
    assert "end in .md" in said["hey.txt"]
