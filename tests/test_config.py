"""The configuration and the folders: quick when in order, exact when not, never written over."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from heroterm.config import Account, Config, TeamView, account_url, load
from heroterm.config.writing import with_training, write_account
from heroterm.errors import ConfigError, UsageError
from heroterm.paths import Paths, locate, shipped

ORDERLY = """\
# mine
[account]
url = "https://acme.zendesk.com"
email = "ana@example.com"
view = 360

[desk]
hold_seconds = 20   # slow fingers
theme = "nord"

[hooks]
on_sent = ["~/bin/sent", "--quiet"]
"""

WRONG = [
    ("[desk]\nhold_second = 3", 2, "hold_seconds"),
    ("[desc]\nhold_seconds = 3", 1, "desk"),
    ("hold_seconds = 3", 1, "Known are"),
    ('[desk]\ntheme = "a"\nhold_seconds = "x"', 3, "a number"),
    ("[desk]\nhold_seconds = true", 2, "a number"),
    ("[desk]\nhold_seconds = -1", 2, "at least 0"),
    ("[desk]\nhold_seconds = inf", 2, "at most"),
    ("[desk]\nhold_seconds = nan", 2, "at least"),
    ("[desk]\nsingle_letter_keys = 1", 2, "true or false"),
    ("[sync]\n\ndelta_seconds = 1", 3, "at least 15"),
    ("[sync]\nshare = 0.01", 2, "at least 0.05 and at most 1"),
    ("[sync]\nshare = 2", 2, "at most 1"),
    ('[sync]\nshare = "half"', 2, "a number"),
    ("[sync]\nshares = 0.5", 2, '"share"'),
    ("[mirror]\nkeep_days = 0", 2, "at least 1 and at most 36500"),
    ("[mirror]\nkeep_days = 30.5", 2, "a whole number"),
    ("[mirror]\nkeep_day = 30", 2, "keep_days"),
    ('[account]\ntoken = "s3cret"', 2, "heroterm connect"),
    ('[account]\nsign_in = "password"', 2, "token, bearer"),
    ('[account]\nurl = "acme.zendesk.com"', 2, 'Write it as "https://acme.zendesk.com"'),
    ('[account]\nurl = "https://evil.example.com"', 2, "subdomain"),
    ('[rotation]\nschedule = "PABC"\ncalendar = "rota.ics"', 3, "not both"),
    ('[rotation]\nschedule = "https://acme.pagerduty.com/schedules/PABC"', 2, "the id alone"),
    ('[rotation]\napi = "https://evil.example.com"', 2, "https://api.eu.pagerduty.com"),
    ('[rotation]\ncalendar = "http://example.com/a.ics"', 2, "https"),
    ("[rotation]\nminutes = 1", 2, "at least 5"),
    ('[rotation]\ntoken = "s3cret"', 2, "secret"),
    ('[hooks]\non_sent = "notify-send"', 2, 'a list of texts, as ["program", "word"]'),
    ('[hooks]\non_sent = ["x", 3]', 2, "a list of texts"),
    ('[hooks]\non_sent = [" "]', 2, "Begin with the program"),
    ("[hooks]\non_snet = []", 2, "on_sent"),
    ("[hooks]\nseconds = 600", 2, "at most 120"),
    ("desk = 3", 1, "[desk]"),
    ("[desk]\nhold_seconds = 3\n[a", 3, "left as it was"),
    ('[desk]\ntheme = "a"\ntheme = "b"', 3, "left as it was"),
    (f"x = {'[' * 3_000}{']' * 3_000}", 1, "fewer brackets"),
    (f"[desk]\ntraining_sends = {'9' * 5_000}", 1, "shorter numbers"),
]
ONE = '[[view]]\nname = "Ours"\nkey = "o"\nzendesk = 7\n'
WRONG_VIEWS = [
    (ONE + '[[view]]\nname = "Mine"\nqury = "x"', 7, "view.qury is not known. Did you mean"),
    (ONE + '[[view]]\nname = "Mine"\nzendesk = "x"', 7, "a number"),
    (ONE + '[[view]]\nname = "Mine"\n\nkey = "o"\nquery = "x"', 8, "the letter o belongs to"),
    (ONE + '[[view]]\nname = "OURS"\nquery = "x"', 6, "another queue"),
    (ONE + '[[view]]\nname = "Mine"\nkey = "oo"\nquery = "x"', 7, "is no letter"),
    (ONE + '[[view]]\nname = "Mine"\nkey = "ö"\nquery = "x"', 7, "is no letter"),
    (ONE + '[[view]]\nname = "Mine"', 6, "says nothing about its tickets"),
    (ONE + '[[view]]\nquery = "x"', 5, "needs a name"),
    (ONE + '[[view]]\nname = "M"\nown_groups = "x"', 7, "true or false"),
    (ONE + '[[view]]\nname = "M"\nfilter = "acme tag:a"', 7, "tag:a asks for a field"),
    (ONE + '[[view]]\nname = "M"\nfilter = " "', 7, "Use 1 to 16 words"),
    (ONE + '[[view]]\nname = "Queue"\nquery = "x"', 6, "another queue"),
    (ONE + '[[view]]\nname = "Mine"\nzendesk = 0', 7, "no view's number"),
    (ONE + '[[view]]\nname = "M"\nquery = "x colour:red"', 7, "colour is no filter. Known are"),
    (ONE + '[[view]]\nname = "M"\nquery = "status:opne"', 7, "Status is one of new, open"),
    (ONE + '[[view]]\nname = "M"\nquery = "status:solved"', 7, "unsolved tickets only"),
    (ONE + '[[view]]\nname = "M"\nquery = "created>soon"', 7, "Write a day as 2026-03-04"),
    (ONE + '[[view]]\nname = "M"\nquery = "tag:"', 7, "does not restrict"),
    ('[view]\nname = "M"', 1, "[[view]]"),
    ("view = 3", 1, "[[view]]"),
]


@pytest.mark.parametrize(
    ("text", "line", "words"), [*WRONG, *WRONG_VIEWS], ids=lambda v: ascii(v)[-40:]
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    text: str, line: int, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{file}:{line}:")
    assert "s3cret" not in str(caught.value)
    assert file.read_text() == text


def test_a_missing_file_is_all_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Config()


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("\ufeff" + ORDERLY, encoding="utf-8")
    assert load(file).desk.theme == "nord"


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b'[desk]\ntheme = "\xff"\n')
    with pytest.raises(ConfigError, match="UTF-8") as caught:
        load(file)
    assert caught.value.line == 2
    file.write_bytes(b"#" * (10 << 20))
    with pytest.raises(ConfigError, match="larger"):
        load(file)


def test_an_orderly_file_is_read_without_pydantic(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(ORDERLY)
    code = (
        "import sys, pathlib\nfrom heroterm.config import load\n"
        f"c = load(pathlib.Path({str(file)!r}))\n"
        "assert c.desk.hold_seconds == 20.0 and type(c.desk.hold_seconds) is float\n"
        "assert c.account.view == 360\n"
        "assert c.hooks.on_sent == ('~/bin/sent', '--quiet')\n"
        "assert 'pydantic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_team_s_queues_are_read_in_their_order_without_pydantic(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(ONE + '[[view]]\nname = "Burning"\nquery = "priority:urgent -status:solved"\n')
    code = (
        "import sys, pathlib\nfrom heroterm.config import load\n"
        f"c = load(pathlib.Path({str(file)!r}))\n"
        "print(*c.view, sep='|')\nassert 'pydantic' not in sys.modules\n"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True)
    first, second = (
        TeamView("Ours", "o", 7),
        TeamView("Burning", query="priority:urgent -status:solved"),
    )
    assert run.stdout.decode().strip() == f"{first}|{second}"


def test_the_example_of_a_queue_in_a_fresh_file_is_in_order(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    write_account(file, Account("https://acme.zendesk.com", "ana@example.com"))
    lines = file.read_text().splitlines()
    at = lines.index("# [[view]]")
    file.write_text("\n".join(line.removeprefix("# ") for line in lines[at:] if line != "#"))
    assert [view.key for view in load(file).view] == ["o", "u"]


def test_writing_the_account_keeps_every_other_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(ORDERLY)
    write_account(file, Account("https://other.zendesk.com", "kim@example.com", "bearer", None))
    text = file.read_text()
    for line in ("# mine", "hold_seconds = 20   # slow fingers", 'theme = "nord"'):
        assert line in text
    assert "view" not in text
    assert load(file).account == Account("https://other.zendesk.com", "kim@example.com", "bearer")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_fresh_file_says_what_may_be_set(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    write_account(file, Account("https://acme.zendesk.com", "ana@example.com"))
    for line in ("# hold_seconds = 15.0", "# share = 0.5", "[mirror]", "# keep_days = 90"):
        assert line in file.read_text().splitlines()
    assert load(file).account.email == "ana@example.com"


def test_a_quote_in_a_value_stays_inside_it(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    account = Account("https://acme.zendesk.com", 'a"b\\c\n[desk]\x7f@example.com')
    write_account(file, account)
    assert load(file).account == account


def test_a_damaged_file_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[desk\nmine = ")
    with pytest.raises(ConfigError):
        write_account(file, Account("https://acme.zendesk.com", "ana@example.com"))
    assert file.read_text() == "[desk\nmine = "
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


@pytest.mark.parametrize(
    ("wish", "url"),
    [
        ("acme", "https://acme.zendesk.com"),
        ("ACME", "https://acme.zendesk.com"),
        ("acme.zendesk.com", "https://acme.zendesk.com"),
        ("https://Acme.zendesk.com/agent/tickets/1", "https://acme.zendesk.com"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:9/", "http://[::1]:9"),
    ],
)
def test_an_account_s_address_is_built(wish: str, url: str) -> None:
    assert account_url(wish) == url


@pytest.mark.parametrize(
    "wish",
    ["", "evil.com/", "a.b", "-x", "x-", "ä", "a" * 64, "x.zendesk.com.evil.com", "a b", "a@b",
     "http://acme.zendesk.com", "https://evil.com", "https://u@acme.zendesk.com",
     "https://a.b.zendesk.com", "ftp://acme.zendesk.com", "https://acme.zendesk.com:99",
     "http://127.0.0.1.evil.com", "https://[", "http://u:p@127.0.0.1"],
)  # fmt: skip
def test_what_is_no_account_is_refused(wish: str) -> None:
    with pytest.raises(UsageError):
        account_url(wish)


def test_two_homes_are_two_machines(tmp_path: Path) -> None:
    a, b = locate(tmp_path / "a", {}), locate(None, {"HEROTERM_HOME": str(tmp_path / "b")})
    assert a.mirror == tmp_path / "a" / "data" / "mirror.db"
    assert b.config_file == tmp_path / "b" / "config" / "config.toml"
    assert locate(tmp_path / "a", {"HEROTERM_HOME": "/b"}) == a


def test_linux_follows_xdg_and_passes_over_relative_values() -> None:
    found = locate(None, {"HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "rel"}, "linux")
    assert found == Paths(
        Path("/h/.config/heroterm"),
        Path("/d/heroterm"),
        Path("/h/.local/state/heroterm"),
        Path("/h/.local/state/heroterm/log"),
    )


def test_folders_are_for_their_owner_alone_even_if_they_were_not(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (tmp_path / "data").mkdir(mode=0o755)
        where = locate(tmp_path, {}).make()
    finally:
        os.umask(before)
    for folder in (where.config, where.data, where.state, where.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be made"):
        locate(tmp_path / "file", {}).make()


def test_what_is_shipped_is_found() -> None:
    assert (shipped("themes") / "heroterm-dark.toml").is_file()
    assert (shipped("data") / "tiers.toml").is_file()


def test_a_persons_first_account_brings_the_practice_sends_and_no_other_does(
    tmp_path: Path,
) -> None:
    file = tmp_path / "config.toml"
    account = Account("https://acme.zendesk.com", "ana@example.com")
    assert not write_account(file, account)
    assert load(file).desk.training_sends == 0
    assert write_account(file, account, learning=True)
    assert load(file).desk.training_sends == 10
    assert not write_account(file, account, learning=True)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[account]\n", "[account]\n\n[desk]\ntraining_sends = 10\n"),
        ("[desk]\nmouse = false\n", "[desk]\ntraining_sends = 10\nmouse = false\n"),
        ("[desk]\ntraining_sends = 3\n", "[desk]\ntraining_sends = 3\n"),
        ("desk.mouse = false\n", "desk.mouse = false\n"),
    ],
)
def test_practice_sends_are_written_where_nothing_is_said_of_them(text: str, after: str) -> None:
    assert with_training(text) == after
