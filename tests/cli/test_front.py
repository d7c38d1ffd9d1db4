"""The front door itself: words, exit codes, one document, the crash boundary."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from heroterm.cli import failure, front
from heroterm.cli.table import aligned, cells, clip
from heroterm.errors import HeroError
from tests.cli.door import Door
from tests.conftest import NOW


def run(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "heroterm", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "HEROTERM_HOME": str(home), "HOME": str(home), **more},
    )


def test_every_verb_of_the_table_can_be_asked_for_help(door: Door) -> None:
    built = [name for name, (file, _) in front.VERBS.items() if _there(file)]
    assert {"queue", "reply", "set", "outbox"} <= set(built)
    for name in built:
        answer = door(name, "--help")
        assert answer.code == 0, name
        assert "--home DIR" in answer.out or name == "sandbox", name


def _there(file: str) -> bool:
    return (Path(front.__file__).parent / f"{file}.py").is_file()


def test_a_mistyped_verb_is_met_with_the_nearest(door: Door) -> None:
    answer = door("quue")
    assert answer.code == 2
    assert "heroterm queue" in answer.err
    assert answer.out == ""


def test_a_usage_error_is_one_document_with_json(door: Door) -> None:
    for words in (("show", "--json"), ("--json", "show", "x"), ("--json",), ("nope", "--json")):
        answer = door(*words)
        assert answer.code == 2, words
        assert answer.err == ""
        assert answer.document["error"]["remedy"], words


def test_home_is_taken_before_or_after_the_verb(door: Door, tmp_path: Path) -> None:
    for words in (("--home", str(tmp_path / "a"), "config", "path"),
                  ("config", "--home", str(tmp_path / "a"), "path"),
                  ("config", "path", f"--home={tmp_path / 'a'}")):  # fmt: skip
        assert door.json(*words)["data"] == str(tmp_path / "a" / "data")


def test_an_option_s_value_is_not_taken_for_an_option(door: Door, home: object) -> None:
    assert door.json("note", "101", "--body", "--home")["body"] == "--home"


def test_asking_makes_nothing(door: Door, own_home: Path) -> None:
    door("config", "path")
    door("config", "check")
    door("queue")
    assert not own_home.exists()


def test_a_bug_leaves_a_private_report_without_a_ticket_s_words(
    door: Door, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_invocation: object) -> None:
        secret_local = "customer words"
        raise ValueError(f"token 123 and {secret_local}")

    monkeypatch.setattr(front, "Invocation", lambda *_: break_down(None))
    answer = door("queue", "--json")
    assert answer.code == 70
    told = answer.document["error"]
    report = Path(told["file"])
    text = report.read_text()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert report.is_relative_to(own_home / "logs")
    assert "break_down" in text and "ValueError" in text
    assert "customer words" not in text + answer.out
    assert "token 123" not in text + answer.out


def test_a_report_that_cannot_be_written_does_not_hide_the_failure(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file, not a folder")
    assert failure.report(ValueError(), tmp_path / "logs", NOW) == ""


def test_ctrl_c_ends_with_130(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(front, "Invocation", interrupted)
    assert door("queue").code == 130


def test_hostile_words_in_a_sentence_cannot_reach_the_terminal(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HeroError("No \x1b]52;c;evil\x07 here.", "Go.")

    monkeypatch.setattr(front, "Invocation", refuse)
    assert "\x1b" not in door("queue").err


def test_without_a_terminal_no_screen_opens_and_a_new_home_is_welcomed(tmp_path: Path) -> None:
    welcomed = run(home=tmp_path / "home")
    assert welcomed.returncode == 0
    assert "heroterm demo" in welcomed.stdout and "heroterm connect" in welcomed.stdout
    demo = run("demo", home=tmp_path / "home")
    assert demo.returncode == 2
    assert "not a terminal" in demo.stderr
    assert demo.stdout == ""


def test_the_process_itself_gives_the_code_and_one_document(tmp_path: Path) -> None:
    found = run("queue", "--json", home=tmp_path)
    assert found.returncode == 3
    assert json.loads(found.stdout)["error"]["exit_code"] == 3
    assert found.stderr == ""


def test_an_ascii_terminal_gets_escapes_and_no_traceback(tmp_path: Path) -> None:
    found = run("keys", "list", home=tmp_path, PYTHONIOENCODING="ascii", LANG="C")
    assert found.returncode == 0
    assert "Traceback" not in found.stderr


def test_a_reader_that_leaves_ends_it_quietly(tmp_path: Path) -> None:
    command = f"{sys.executable} -m heroterm keys list | head -n 1"
    found = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": "/usr/bin:/bin", "HEROTERM_HOME": str(tmp_path)},
    )
    assert found.stderr == ""


def test_files_that_a_verb_makes_are_for_the_owner_alone(door: Door, home: object) -> None:
    before = os.umask(0o022)
    try:
        door.json("note", "101", "--body", "private")
    finally:
        os.umask(before)
    home_folder = Path(os.environ["HEROTERM_HOME"])
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in home_folder.rglob("*")}
    assert modes["journal.db"] == 0o600
    assert modes["data"] == 0o700
    assert not {name for name, mode in modes.items() if mode & 0o077}


def test_wide_and_combining_letters_are_measured_as_the_terminal_shows_them() -> None:
    assert cells("日本") == 4
    assert cells("e\u0301") == 1
    assert clip("日本語", 5) == "日本…"
    assert list(aligned([("日本", "a"), ("x", "b")])) == ["日本  a", "x     b"]
    assert list(aligned([("a\nb\x1b", None)])) == ["a b␛  -"]


def test_the_config_verbs_name_file_line_and_the_nearest_key(door: Door, own_home: Path) -> None:
    assert door.json("config", "check")["findings"] == []
    file = own_home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n[desk]\nhold_second = 3\nmouse = 1\n")
    file.chmod(0o644)
    answer = door("config", "check", "--json")
    assert answer.code == 2
    wrong, other, exposed = answer.document["findings"]
    assert (wrong["line"], wrong["key"]) == (3, "desk.hold_second")
    assert "hold_seconds" in wrong["remedy"]
    assert (other["line"], other["remedy"]) == (4, "Use true or false.")
    assert exposed["level"] == "warning"
    assert door("config", "show").code == 2


def test_an_unknown_theme_is_found_and_the_nearest_is_named_first(
    door: Door, own_home: Path
) -> None:
    file = own_home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[desk]\nhold_seconds = 3\ntheme = "heroterm-drak"\n')
    file.chmod(0o600)
    answer = door("config", "check", "--json")
    assert answer.code == 2
    (wrong,) = answer.document["findings"]
    assert (wrong["line"], wrong["key"]) == (3, "desk.theme")
    assert wrong["remedy"].startswith("Known are: heroterm-dark,")
    assert "nord" in wrong["remedy"]
    file.write_text('[desk]\ntheme = "nord"\n')
    assert door.json("config", "check")["findings"] == []


def test_the_config_check_reads_the_keys_as_the_start_does(door: Door, own_home: Path) -> None:
    file = own_home / "config" / "keys.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[keys]\n"ticket.reply" = ["f5"]\n"desk.nxt" = ["f6"]\n')
    answer = door("config", "check")
    assert answer.code == 2
    assert f"{file}:3:1: there is no command 'desk.nxt'; nearest is 'desk.next'." in answer.out
    (wrong,) = door("config", "check", "--json").document["findings"]
    assert (wrong["file"], wrong["line"], wrong["column"]) == (str(file), 3, 1)
    file.write_text("[keys\n")
    (broken,) = door("config", "check", "--json").document["findings"]
    assert broken["line"] == 1 and "the shipped keys are used" in broken["say"]
    file.write_text('[keys]\n"ticket.playbook" = ["f5"]\n')
    assert f"{file}: in order." in door("config", "check").out
    assert "in its pane (F5)" in door("playbook", "run", "handover", "1").err


def test_themes_and_keys_are_listed(door: Door, own_home: Path) -> None:
    themes = door.json("themes", "list")["themes"]
    assert [t["name"] for t in themes if t["chosen"]] == ["heroterm-dark"]
    ids = [key["id"] for key in door.json("keys", "list")["keys"]]
    assert "ticket.reply" in ids
    own = own_home / "config" / "themes"
    own.mkdir(parents=True)
    (own / "bad.toml").write_text("primary = [")
    (own / "typo.toml").write_text('primary = "#fff"\n\n[variabels]\n')
    (own / "copied.toml").write_text('name = "nord"\nprimary = "#fff"\n')
    answer = door("themes", "check", "--json")
    assert answer.code == 2
    bad, copied, typo = answer.document["findings"]
    assert bad["file"].endswith("bad.toml") and "is missing" in bad["say"]
    assert copied["line"] == 1 and 'write "copied"' in copied["say"]
    assert typo["line"] == 3 and 'did you mean "variables"?' in typo["say"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('tier1 = "notacolour"', 'tier1 = "notacolour" cannot be used: write a colour'),
        ('tier1 = "$nothing"', 'tier1 = "$nothing" cannot be used'),
        ("held = 5", "held = 5 cannot be used"),
        ('block-cursor-text-style = "wobbly"', "block-cursor-text-style"),
    ],
)
def test_a_theme_with_a_bad_value_is_named_everywhere(
    door: Door, own_home: Path, line: str, told: str
) -> None:
    own = own_home / "config" / "themes" / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_text(f'primary = "#8cc8ff"\n\n[variables]\nheld = "#abc"\n{line}\n'.replace(
        'held = "#abc"\nheld', "\nheld"))  # fmt: skip
    checked = door("themes", "check", "--json")
    assert checked.code == 2
    (finding,) = checked.document["findings"]
    assert (finding["file"], finding["line"]) == (str(own), 5)
    assert finding["say"].startswith(told)
    listed = {each["name"]: each["failed"] for each in door.json("themes", "list")["themes"]}
    assert listed["mine"].startswith(told) and listed["nord"] is None
    looked = door("config", "check", "--json")
    assert looked.code == 2
    assert looked.document["findings"][0]["say"].startswith(f"The theme cannot be used: {told}")


def test_doctor_finds_what_is_wrong_and_repair_sets_a_damaged_mirror_aside(
    door: Door, home: object, own_home: Path
) -> None:
    checks = {c["name"]: c for c in door.json("doctor")["checks"]}
    assert checks["mirror"]["ok"] and "7 tickets" in checks["mirror"]["say"]
    mirror = own_home / "data" / "mirror.db"
    mirror.write_bytes(b"garbage" * 1000)
    sick = door("doctor", "--json")
    assert sick.code == 3
    assert door("doctor", "--repair", "--json").code == 0
    assert not mirror.exists()
    assert list(mirror.parent.glob("mirror-damaged-*.db"))
