"""`config edit` and `config show --origin`: what is in force stays, and each value has a source."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from heroterm.paths import locate
from tests.cli.door import Door

GOOD = """[desk]
hold_seconds = 20

[[view]]
name = "Ours"
query = "status:open"
"""


@pytest.fixture
def file(own_home: Path) -> Path:
    """A configuration in order."""
    made = locate(own_home, os.environ).make().config_file
    made.write_text(GOOD)
    made.chmod(0o600)
    return made


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditorOf:
    """Sets an editor that does one thing to the file."""
    return EditorOf(tmp_path / "editor", monkeypatch)


class EditorOf:
    def __init__(self, script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._script, self._monkeypatch = script, monkeypatch

    def __call__(self, *does: str) -> None:
        self._script.write_text("\n".join(["#!/bin/sh", *does]) + "\n")
        self._script.chmod(0o700)
        self._monkeypatch.setenv("VISUAL", str(self._script))


def test_what_is_in_order_takes_the_place_of_the_old_file(
    door: Door, file: Path, editor: EditorOf
) -> None:
    editor('sed -i s/20/30/ "$1"')
    told = door("config", "edit", "--json").document
    assert told["changed"] and file.read_text() == GOOD.replace("20", "30")
    assert file.stat().st_mode & 0o777 == 0o600
    assert not door("config", "edit", "--json").document["changed"], "30 holds no 20"


def test_what_cannot_be_used_is_named_and_kept_and_the_old_file_stays(
    door: Door, file: Path, editor: EditorOf
) -> None:
    editor('sed -i s/hold_seconds/hold_secnds/ "$1"')
    answer = door("config", "edit", "--json")
    refused = file.with_name("config.toml.refused")
    assert answer.code == 2 and file.read_text() == GOOD
    error = answer.document["error"]
    assert (error["file"], error["line"], error["key"]) == (str(refused), 2, "desk.hold_secnds")
    assert f"{file} was left as it was" in error["say"] and "hold_seconds" in error["remedy"]
    assert refused.read_text() == GOOD.replace("hold_seconds", "hold_secnds")
    editor("sed -i 's/hold_secnds = 20/hold_seconds = 25/' \"$1\"")
    assert door("config", "edit").code == 0
    assert "hold_seconds = 25" in file.read_text() and not refused.exists()


def test_a_file_that_another_program_changed_meanwhile_is_left_alone(
    door: Door, file: Path, editor: EditorOf
) -> None:
    editor(f"echo '# mine' >> {file}", 'echo "# theirs" >> "$1"')
    answer = door("config", "edit")
    assert answer.code == 2 and "changed by another program" in answer.err
    assert file.read_text() == f"{GOOD}# mine\n"
    assert "# theirs" in file.with_name("config.toml.refused").read_text()


@pytest.mark.parametrize("fails", ["exit 3", "kill -9 $$"])
def test_an_editor_that_fails_changes_nothing(
    door: Door, file: Path, editor: EditorOf, fails: str
) -> None:
    editor(fails)
    answer = door("config", "edit")
    assert answer.code == 2 and "left as it was" in answer.err and file.read_text() == GOOD


def test_the_first_edit_begins_with_every_default_as_a_comment(
    door: Door, own_home: Path, editor: EditorOf
) -> None:
    editor("sed -i 's/# hold_seconds = 15.0/hold_seconds = 9.0/' \"$1\"")
    assert door("config", "edit").code == 0
    assert door("config", "show", "--json").document["config"]["desk"]["hold_seconds"] == 9.0


def test_without_a_terminal_or_an_editor_nothing_is_opened(
    door: Door, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    answer = door("config", "edit", "--no-input")
    assert answer.code == 2 and "Set VISUAL or EDITOR" in answer.err


def test_each_value_says_where_it_comes_from(
    door: Door, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEROTERM_TOKEN", "s3cr3t")
    monkeypatch.setenv("NO_COLOR", "1")
    answer = door("config", "show", "--origin", "--json")
    assert "s3cr3t" not in answer.out
    found = {
        (each["section"], each["key"]): (each["value"], each["origin"], each["line"])
        for each in answer.document["origins"]
    }
    assert found["desk", "hold_seconds"] == (20.0, "file", 2)
    assert found["desk", "mouse"] == (True, "default", 0)
    assert found["view", "query"] == ("status:open", "file", 6)
    assert ("the sign-in's token", "HEROTERM_TOKEN") in found
    lines = door("config", "show", "--origin").out.splitlines()
    assert any(line.split()[0] == "desk.mouse" and line.endswith("default") for line in lines)
    assert any(line.endswith(f"{file}:2") for line in lines)
    values = {line.split()[0]: line.split()[1] for line in lines}
    assert (values["desk.mouse"], values["desk.notify"]) == ("true", '"auto"'), "as it is written"
    assert '"auto"' in door("config", "show").out and "None" not in door("config", "show").out
