"""The first start: the welcome, the terminal's traits, signing in by a talk, what is written."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.colleague import take_over
from heroterm.cli.terminal import kinds
from heroterm.cli.terminal_probe import looked_at, understood
from heroterm.config import load
from heroterm.domain.terminal import Tmux, known, wrapped
from heroterm.errors import ConfigError, UsageError
from heroterm.paths import Paths, locate, shipped
from heroterm.tui.welcome import Welcome, Wrapped
from tests.cli.door import Door

# The welcome


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("keys", "chosen"),
    [(["d"], "d"), (["down", "enter"], "c"), (["up", "enter"], "i"), (["q"], "")],
)
async def test_the_welcome_is_left_by_a_letter_or_by_arrows_and_enter(
    keys: Sequence[str], chosen: str
) -> None:
    app = Welcome(["yes  size  80 columns"], (shipped("themes"),))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
    assert app.chosen == chosen


@pytest.mark.anyio
async def test_the_way_that_is_picked_is_seen_on_a_small_screen() -> None:
    app = Welcome(["yes  size  40 columns"], (shipped("themes"),))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "down")
        await pilot.pause()
        ways = app.query_one("#ways", Wrapped)
        top, height = int(ways.scroll_offset.y), ways.size.height
        seen = [ways.lines[y].plain for y in range(top, top + height)]
        assert any("> i" in line for line in seen), seen


# The terminal


def test_a_terminal_is_known_by_its_own_answer_and_by_its_environment() -> None:
    answers = understood(b"\x1b[?0u\x1bP>|kitty(0.35.2)\x1b\\\x1b[?62;52c")
    assert (answers.version, answers.keys, answers.copies) == ("kitty(0.35.2)", True, True)
    assert known(kinds(), {"TERM": "xterm-256color"}, answer="kitty(0.35.2)").notify == "99"
    assert known(kinds(), {"LC_TERMINAL": "iTerm2", "SSH_TTY": "/dev/x"}).remote
    assert known(kinds(), {"TERM": "xterm-256color"}).name == ""


def test_inside_tmux_only_what_tmux_says_of_its_own_terminal_counts() -> None:
    environ = {"TMUX": "x", "KITTY_WINDOW_ID": "1"}  # of whoever started tmux, long ago
    assert known(kinds(), environ, tmux=Tmux()).name == ""
    found = known(kinds(), environ, tmux=Tmux("xterm-ghostty", passthrough=True))
    assert found.name == "Ghostty" and found.reached
    assert wrapped("\x1b]9;x\x07", found) == "\x1bPtmux;\x1b\x1b]9;x\x07\x1b\\"


def test_each_no_says_what_changes() -> None:
    for trait in looked_at({}, (70, 20), understood(b"\x1b[?6c"), known(kinds(), {"TMUX": "x"})):
        assert trait.there or trait.change, trait.name
        assert "\n" not in trait.line


# A colleague's configuration

_THEIRS = """\
# my token is abc123
[account]
url = "https://acme.zendesk.com"
email = "kim@acme.example.com"
view = 7
token_command = "cat /home/kim/token"
[hooks]
on_sent = ["/home/kim/bin/run-me"]
[rotation]
schedule = "PHEROES"
token_command = "cat /home/kim/rota"
[[view]]
name = "Ours"
key = "o"
query = "assignee:none"
"""


def test_a_colleagues_configuration_brings_no_person_and_no_secret(
    own_home: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "kim"
    (theirs / "rules" / "replies").mkdir(parents=True)
    (theirs / "config.toml").write_text(_THEIRS)
    (theirs / "secrets.json").write_text('{"x": "abc123"}')
    (theirs / "rules" / "replies" / "bad.md").write_text("no front matter")
    (theirs / "rules" / "replies" / "good.md").symlink_to("/etc/passwd")
    where = locate(own_home, {})
    lines = take_over(where, str(theirs))
    config = load(where.config_file)
    assert (config.account.url, config.account.view) == ("https://acme.zendesk.com", 7)
    assert (config.account.email, config.account.token_command) == ("", "")
    assert (config.hooks.on_sent, config.rotation.token_command) == ((), "")
    assert config.rotation.schedule == "PHEROES"
    assert [view.name for view in config.view] == ["Ours"]
    taken = [path.read_text() for path in own_home.rglob("*") if path.is_file()]
    assert not any("abc123" in text or "kim" in text or "root:" in text for text in taken)
    assert any("bad.md" in line and "Left out" in line for line in lines)
    with pytest.raises(UsageError):
        take_over(where, str(theirs))


def test_a_damaged_configuration_is_named_by_line_and_nothing_is_written(
    own_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("[desk]\nhold_second = 3\n")
    with pytest.raises(ConfigError) as error:
        take_over(locate(own_home, {}), str(tmp_path / "config.toml"))
    assert error.value.line == 2
    assert not own_home.exists() or not list(own_home.rglob("*.toml"))


# Taking it all away


class Terminal(io.StringIO):
    """Standard input with somebody in front of it."""

    def isatty(self) -> bool:
        return True


def everything(where: Paths) -> list[str]:
    folders = (where.config, where.data, where.state, where.logs)
    return [p.name for folder in folders for p in folder.rglob("*") if p.is_file()]


def test_uninstall_lists_asks_for_a_word_and_leaves_nothing_of_heroterms(
    synced: Any, door: Door, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    where = locate(own_home, {})
    (where.data / "mine.txt").write_text("not heroterm's")
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    said = door("uninstall-data")
    assert said.code == 2 and str(where.mirror) in said.err
    assert "mirror.db" in everything(where)
    monkeypatch.setattr("sys.stdin", Terminal("uninstall\n"))
    told = door("uninstall-data")
    assert told.code == 0 and "mine.txt" in told.out
    assert everything(where) == ["mine.txt"]


def test_uninstall_keeps_everything_while_words_wait(
    synced: Any, door: Door, own_home: Path
) -> None:
    ticket = door.json("next")["id"]
    door.json("note", str(ticket), "--body", "Looking into it.")
    said = door("uninstall-data", "--yes")
    assert said.code == 1 and "1 in the outbox" in said.err
    assert "journal.db" in everything(locate(own_home, {}))
    assert door("uninstall-data", "--yes", "--even-unsent").code == 0
    assert everything(locate(own_home, {})) == []
