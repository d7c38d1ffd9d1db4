"""The rules of a running desk: one reading of the files for all that it shows and counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.cli.invocation import Invocation
from heroterm.cli.late_rules import LateRules
from heroterm.errors import ConfigError
from heroterm.mirror.reader import Mirror
from heroterm.rulebook import SHIPPED
from tests.cli.conftest import Home
from tests.conftest import NOW


@pytest.fixture
def late(home: Home, own_home: Path) -> LateRules:
    """Those of a desk that has read its files."""
    call = Invocation(lambda: NOW, lambda: "x")
    call.home = str(own_home)
    made = LateRules(call, home.paths)
    made.book()
    return made


def test_what_is_counted_goes_by_the_files_as_the_desk_has_read_them(
    home: Home, late: LateRules
) -> None:
    data = home.paths.rules / "data"
    data.mkdir(parents=True)
    shipped = (SHIPPED / "data" / "tiers.toml").read_text()
    later = shipped.replace('preset = "handbook"', 'preset = "handbook-2025"', 1)
    mirror = Mirror(home.paths.mirror)
    try:
        (data / "tiers.toml").write_text(later)
        assert late.pack(mirror).policy == "handbook", "nothing was read again yet"
        assert late.read_again().say.startswith("tiers.toml changed;")
        assert late.pack(mirror).policy == "handbook-2025"
        (data / "tiers.toml").write_text(later + "preset = ")
        read = late.read_again()
        assert "all as before" in read.say
        (said,) = read.book.findings
        assert said.endswith("Until then what was read before stays in use.")
        assert late.pack(mirror).policy == "handbook-2025"
        home.paths.config_file.parent.mkdir(parents=True, exist_ok=True)
        home.paths.config_file.write_text("[desk\n")
        with pytest.raises(ConfigError):
            late.read_again()
        home.paths.config_file.unlink()
        assert late.pack(mirror).policy == "handbook-2025"
    finally:
        mirror.close()


def test_replies_alone_are_read_where_one_of_them_is_newer(home: Home, late: LateRules) -> None:
    assert late.newer_replies() is None
    rules = home.paths.rules
    for folder in ("replies", "data"):
        (rules / folder).mkdir(parents=True)
    (rules / "data" / "sla.toml").write_text("preset = ")
    (rules / "replies" / "hi.md").write_text('+++\ntitle = "Hi"\nkind = "internal_note"\n+++\nHi')
    read = late.newer_replies()
    assert read is not None and read.say.endswith(" replies, 1 new.")
    assert not read.book.findings, "of the other files it is said when they are read"
    assert late.newer_replies() is None
    (rules / "replies" / "hi.md").unlink()
    gone = late.newer_replies()
    assert gone is not None and gone.say.endswith(" replies, 1 gone.")
