"""keys.toml: what is taken, what is named with its line, and that the screen obeys it."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from textual.keys import _character_to_key

from heroterm.cli.key_spelling import spelled, wrong
from heroterm.cli.keymap_file import load
from heroterm.tui.commands import BY_ID
from heroterm.tui.keymap import SHIPPED


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "keys.toml"
    path.write_text("\n".join(["[keys]", *lines]) + "\n", encoding="utf-8")
    return path


def test_without_a_file_the_keys_are_the_shipped_ones(tmp_path: Path) -> None:
    assert load(tmp_path / "keys.toml") == SHIPPED
    assert SHIPPED.clashes() == []


def test_own_keys_take_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    own = load(written(tmp_path, '"ticket.reply" = ["f5", ";"]', '"prefix.g" = [","]'))
    assert own.findings == ()
    assert own.get("ticket.reply").keys == ("f5", "semicolon")
    assert own.command_for(("ticket",), ["f5"]) == "ticket.reply"
    assert own.command_for(("ticket",), ["r"]) is None
    assert (own.prefixes.get("comma"), own.prefixes.get("g")) == ("g", None)
    assert own.route(own.get("go.drafts")) == ", d"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"tickt.reply" = ["r"]', "there is no command 'tickt.reply'; nearest is 'ticket.reply'"),
        ('"ticket.reply" = ["ctrl+m"]', "ctrl+m cannot be used: terminals send it as Enter"),
        ('"ticket.reply" = ["alt+1"]', "alt+1 cannot be used"),
        ('"ticket.tags" = "ctrl+shift+t"', "terminals send it as ctrl+t. Choose another key"),
        ('"ticket.tags" = "shift+t"', "terminals send it as T, so write that"),
        ('"ticket.tags" = "ctrl+enter"', "many terminals send it as enter"),
        ('"ticket.tags" = "ctrl+7"', "no control sign for a digit"),
        ('"ticket.reply" = ["i"]', "i of ticket.reply is the key of ticket.note already"),
        ('"queue.open" = ["r"]', "r of queue.open is the key of ticket.reply already"),
        ('"ticket.reply" = ["z"]', "z of ticket.reply is the key of prefix.z already"),
        ('"composer.editor" = ["e"]', "e is text while you write"),
        ('"ticket.reply" = ["hyper+x"]', "is no key that terminals send"),
        ('"ticket.reply" = 5', "write a list of keys"),
        ('"desk.palette" = []', "desk.palette needs a key"),
        ('"ticket.tags" = "Ctrl+["', "Ctrl+[ cannot be used: terminals send it as Esc"),
        ('"ticket.tags" = "super+x"', "only ctrl, alt, shift or ctrl+shift are sent"),
        ('"ticket.tags" = "escpae"', "did you mean 'escape'?"),
        ('"ticket.tags" = ""', "[] takes every key away"),
        ('ticket.nope = "f5"', "there is no command 'ticket.nope'"),
        ('"review.queue" = "f2"', "f2 cannot be the key of review.queue: what decides is never"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_left_out(
    tmp_path: Path, line: str, said: str
) -> None:
    path = written(tmp_path, '"desk.sync" = ["f6"]', line)
    own = load(path)
    (finding,) = own.findings
    assert finding.startswith(f"{path}:3:") and said in finding
    assert own.get("desk.sync").keys == ("f6",)
    assert own.get("ticket.reply").keys == BY_ID["ticket.reply"].keys


def test_the_shipped_keys_have_a_name_and_can_be_sent(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('preset = "hero-1"\n\n[keys]\n"desk.sync" = ["f6"]\n')
    own = load(path)
    assert own.findings == () and own.get("desk.sync").keys == ("f6",)
    path.write_text('preset = "hero-9"\n')
    (finding,) = load(path).findings
    assert finding == (
        f"{path}:1:10: there are no shipped keys 'hero-9'; write preset = \"hero-1\"."
    )
    sendable = written(
        tmp_path,
        *(f'"{c.id}" = {json.dumps(list(c.keys))}' for c in SHIPPED.commands
          if not {"ctrl+q", "ctrl+c", "ctrl+z"}.intersection(c.keys)),
    )  # fmt: skip
    assert [said for said in load(sendable).findings if "cannot be used" in said] == []


def test_keys_are_taken_as_people_write_them(tmp_path: Path) -> None:
    own = load(
        written(
            tmp_path,
            "ticket.reply = ['Ctrl+T', 'ctrl+t']",  # without quotes, twice the same key
            '"ticket.note" = "F5"',
            '"ticket.wait" = "Control+PgDn"',
            '"ticket.tags" = "option+x"',
            '"ticket.why" = "Del"',
        )
    )
    assert own.findings == ()
    assert own.get("ticket.reply").keys == ("ctrl+t",)
    keys = [own.get(f"ticket.{name}").keys for name in ("note", "wait", "tags", "why")]
    assert keys == [("f5",), ("ctrl+pagedown",), ("alt+x",), ("delete",)]


def test_enter_never_queues_however_the_keys_are_laid(tmp_path: Path) -> None:
    own = load(written(tmp_path, '"review.queue" = ["enter"]', '"review.edit" = ["f6"]'))
    assert own.get("review.queue").keys == ("y",) and len(own.findings) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"ticket.reply" = "f5"\n', ":1:1: ticket.reply does not stand below [keys]"),
        ('[ticket]\nreply = "f5"\n', ":2:1: ticket.reply does not stand below [keys]"),
        ('[ticket]\n"ticket.reply" = "f5"\n', ":2:1: [ticket] is no section; write [keys]"),
        ('[desk]\nnope = "f5"\n', ":2:1: [desk] is no section; write [keys]"),
        ('keys = "r"\n', ":1:1: keys is a section"),
        ('[keys]\n"desk.sync" = f6\n', ":2:15: a value is missing here, or it is a text without"),
        ("[keys]\n[keys]\n", ":2:6: [keys] stands here a second time"),
        (b"\xff\xfe", ": not UTF-8 text"),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_one_sentence(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (finding,) = load(path).findings
    assert finding.startswith(f"{path}{said}")


def test_two_lines_may_trade_their_keys(tmp_path: Path) -> None:
    own = load(written(tmp_path, '"ticket.reply" = ["i"]', '"ticket.note" = ["r"]'))
    assert own.findings == ()
    assert own.command_for(("ticket",), ["i"]) == "ticket.reply"


@pytest.mark.parametrize("text", ["[keys", "\x00", "x" * 70_000, "[kyes]\n"])
def test_a_broken_file_leaves_the_shipped_keys(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")
    own = load(path)
    assert own.commands == SHIPPED.commands and str(path) in own.findings[0]


def test_letters_can_be_taken_away_and_the_palette_stays(tmp_path: Path) -> None:
    quiet = load(tmp_path / "keys.toml", letters=False)
    everywhere = ("queue", "ticket", "anywhere")
    assert quiet.command_for(everywhere, ["r"]) is None and "g" not in quiet.prefixes
    assert quiet.command_for(everywhere, ["ctrl+p"]) == "desk.palette"
    assert quiet.command_for(everywhere, ["enter"]) == "queue.open"
    assert quiet.command_for(everywhere, ["2"]) == "pane.ticket"
    assert quiet.command_for(("review",), ["y"]) == "review.queue"


@pytest.mark.parametrize("sign", string.punctuation)
def test_every_sign_is_written_as_itself_and_arrives_as_that_key(sign: str, tmp_path: Path) -> None:
    name = _character_to_key(sign)
    assert spelled(sign) == name and not wrong(name, sign)
    own = load(written(tmp_path, f'"ticket.vip" = {json.dumps(sign)}'))
    assert own.findings or own.command_for(("ticket",), [name]) == "ticket.vip"
