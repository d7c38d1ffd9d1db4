"""`heroterm canned`: the team's replies are checked before a customer meets their mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from heroterm.cli import main
from heroterm.cli.canned import unknown
from heroterm.rulebook import load

GOOD = '+++\ntitle = "Mine"\nkind = "public_reply"\n+++\nHey {{name|there}}, see $1<what>.\n'


def _own(home: Path, name: str, text: str) -> Path:
    folder = home / "config/rules/replies"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.md"
    file.write_text(text)
    return file


def _lint(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, object]]]:
    code = main(["canned", "lint", "--json"])
    return code, json.loads(capsys.readouterr().out)["findings"]


def test_what_is_shipped_and_a_good_reply_are_in_order(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _own(own_home, "mine", GOOD)
    assert _lint(capsys) == (0, [])


@pytest.mark.parametrize(
    ("text", "line", "say", "remedy"),
    [
        (GOOD.replace("{{name|there}}", "{{nmae}}"), 5, "{{nmae}} is no placeholder", "Known are"),
        (GOOD.replace('kind = "public_reply"\n', ""), 1, "kind is missing", "Add it"),
        (
            GOOD.replace("+++\nHey", 'status = "new"\n+++\nHey'),
            4,
            '"new" is not known',
            "open, pending",
        ),
        (
            GOOD.replace("+++\nHey", '[when]\nsource = ["chat"]\n+++\nHey'),
            5,
            'No ticket comes from "chat"',
            "app, community",
        ),
        (GOOD.replace("Mine", "Bug report opened"), 2, '"bug-filed" has the same title', "its own"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    own_home: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    line: int,
    say: str,
    remedy: str,
) -> None:
    file = _own(own_home, "mine", text)
    code, (found,) = _lint(capsys)
    assert code == 2
    assert (found["file"], found["line"]) == (str(file), line)
    assert say in str(found["say"]) and remedy in str(found["remedy"])


def test_a_macro_of_the_team_is_looked_over_with_the_replies(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = own_home / "config/rules/macros"
    folder.mkdir(parents=True)
    file = folder / "mine.md"
    file.write_text('+++\ntitle = "Mine"\ncanned = "loking"\n+++\n')
    code, (found,) = _lint(capsys)
    assert (code, found["file"], found["line"]) == (2, str(file), 3)
    assert '"loking" is not there' in str(found["say"])
    file.write_text('+++\ntitle = "Mine"\ncanned = "looking-into-it"\n+++\n')
    assert main(["canned", "lint", str(file)]) == 0
    out = capsys.readouterr().out
    assert "0 replies and 1 macros are in order." in out
    assert "A desk that runs takes them up by “Read the team's files again”" in out
    for name in ("mine", "other"):
        text = f'+++\ntitle = "{name}"\nkey = "l"\nstatus = "open"\n+++\n'
        (folder / f"{name}.md").write_text(text)
    letters = {one.name: one.key for one in load(overrides=folder.parent).macros}
    assert (letters["mine"], letters["other"], letters["look-into-it"]) == ("l", "", "")
    code, (found,) = _lint(capsys)
    assert (code, found["file"], found["line"]) == (2, str(folder / "other.md"), 3)
    assert found["say"] == 'key "l" is the letter of mine.md already.'
    (folder / "other.md").rename(folder.parent / "other.md")
    code, (found,) = _lint(capsys)
    assert (code, found["file"]) == (2, str(folder.parent / "other.md"))
    assert str(folder / "other.md") in str(found["remedy"])


def test_the_list_says_whose_a_reply_is_and_show_prints_both_variants(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _own(own_home, "bug-filed", GOOD)
    assert main(["canned", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["replies"]}
    assert (rows["bug-filed"]["origin"], rows["bug-filed"]["uses"]) == ("own", 0)
    assert rows["need-more-info"]["origin"] == "shipped"
    assert main(["canned", "show", "need-more-info"]) == 0
    shown = capsys.readouterr().out
    assert "-- mail --" in shown and "-- Slack --" in shown
    assert main(["canned", "show", "nobody"]) == 2


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("looking", "Did you mean looking-into-it?"),
        ("loking-into-it", "Did you mean looking-into-it?"),
        ("qqq", "Known are: answered-no-reply-expected, "),
    ],
)
def test_a_name_that_no_reply_has_brings_those_that_are_near(name: str, remedy: str) -> None:
    assert unknown(name, [reply.name for reply in load().replies]).remedy.startswith(remedy)
