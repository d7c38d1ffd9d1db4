"""Where tokens are kept, and that neither file mode nor log gives one away."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from heroterm import keyring_door
from heroterm import secrets as places
from heroterm.errors import ConfigError, KeyringShut, StoreError
from heroterm.log import Redacting, open_log
from heroterm.secrets import Secrets

ACME, SANDBOX = "https://acme.zendesk.com", "http://127.0.0.1:8080"
EMAIL = "jo@example.com"
LOCKED = (sys.executable, "-c", "raise RuntimeError('the prompt was dismissed')")
SILENT = (sys.executable, "-c", "import time; time.sleep(60)")
NO_KEYRING = (sys.executable, "-c", "raise SystemExit(3)")


def ring(folder: Path) -> tuple[str, ...]:
    """A command that keeps secrets as the keyring's process does, in a file for the test."""
    words = (
        "import pathlib, sys; verb, key = sys.argv[1:]; path = pathlib.Path(sys.prefix_of_test)\n"
    )
    words = words.replace("sys.prefix_of_test", repr(str(folder / "ring")))
    words += "print(end=path.read_text() if verb == 'get' and path.exists() else '')\n"
    words += "verb == 'set' and path.write_text(sys.stdin.read())\n"
    return (sys.executable, "-c", words)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def careless() -> Iterator[None]:
    """A umask that lets everybody read."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_a_practice_token_lies_in_a_private_file_and_never_in_the_keyring(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path / "state", {}, keyring=ring(tmp_path))
    secrets.store(SANDBOX, EMAIL, "practice")
    assert secrets.find(SANDBOX, EMAIL) == "practice"
    assert not (tmp_path / "ring").exists()
    assert mode(tmp_path / "state" / "secrets.json") == 0o600
    assert mode(tmp_path / "state") == 0o700


def test_a_real_token_lies_in_the_keyring_and_in_no_file(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path / "state", {}, keyring=ring(tmp_path))
    secrets.store(ACME, EMAIL, "real")
    assert secrets.find(ACME, EMAIL) == "real"
    assert not (tmp_path / "state" / "secrets.json").exists()


def test_without_a_keyring_the_three_ways_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        Secrets(tmp_path, {}, keyring=NO_KEYRING).store(ACME, EMAIL, "real")
    assert all(
        way in raised.value.remedy for way in ("HEROTERM_TOKEN", "token_command", "--token-file")
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("careless")
def test_a_file_is_taken_only_after_an_explicit_yes(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path, {}, keyring=NO_KEYRING)
    secrets.store(ACME, EMAIL, "real", allow_file=True)
    assert secrets.find(ACME, EMAIL) == "real"
    assert mode(tmp_path / "secrets.json") == 0o600


def test_a_newer_token_in_the_keyring_replaces_an_older_one_in_the_file(tmp_path: Path) -> None:
    Secrets(tmp_path, {}, keyring=NO_KEYRING).store(ACME, EMAIL, "old", allow_file=True)
    secrets = Secrets(tmp_path, {}, keyring=ring(tmp_path))
    secrets.store(ACME, EMAIL, "new")
    assert secrets.find(ACME, EMAIL) == "new"
    assert "old" not in (tmp_path / "secrets.json").read_text()


def test_the_environment_gives_a_token_for_one_run(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path, {"HEROTERM_TOKEN": " here "}, keyring=NO_KEYRING)
    assert secrets.find(ACME, EMAIL) == "here"


def test_a_command_gives_a_token_and_no_shell_reads_it(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path, {}, token_command="echo 'a b' ; $HOME", keyring=NO_KEYRING)
    assert secrets.find(ACME, EMAIL) == "a b ; $HOME"


@pytest.mark.parametrize("command", ["no-such-command-here", "false", "echo 'open"])
def test_a_command_that_fails_is_said_and_is_not_a_missing_token(
    tmp_path: Path, command: str
) -> None:
    with pytest.raises(ConfigError, match="token_command"):
        Secrets(tmp_path, {}, token_command=command, keyring=NO_KEYRING).find(ACME, EMAIL)


def test_no_token_and_no_account_name_the_next_step(tmp_path: Path) -> None:
    for url in (ACME, SANDBOX, ""):
        with pytest.raises(ConfigError) as raised:
            Secrets(tmp_path, {}, keyring=NO_KEYRING).find(url, EMAIL)
        assert "heroterm connect" in raised.value.remedy


def test_a_damaged_file_is_said_and_is_not_a_missing_token(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")
    secrets = Secrets(tmp_path, {}, keyring=NO_KEYRING)
    with pytest.raises(ConfigError, match="cannot be read") as raised:
        secrets.find(SANDBOX, EMAIL)
    # Nothing is written over it, so signing in again helps only once it is away.
    assert raised.value.remedy.startswith("Move it away")
    with pytest.raises(ConfigError, match="cannot be read"):
        secrets.store(SANDBOX, EMAIL, "practice")


def test_a_token_can_be_forgotten(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path, {}, keyring=NO_KEYRING)
    secrets.store(SANDBOX, EMAIL, "practice")
    secrets.forget(SANDBOX, EMAIL)
    assert "practice" not in (tmp_path / "secrets.json").read_text()


def test_a_keyring_that_keeps_no_secrets_is_not_used(tmp_path: Path) -> None:
    # The tests' own backend is the null one, which no allow-list holds.
    with pytest.raises(ConfigError):
        Secrets(tmp_path, {}).store(ACME, EMAIL, "real")


def test_a_keyring_module_in_the_current_folder_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = "import pathlib, sys\npathlib.Path('caught').write_text(sys.stdin.read())\n"
    (tmp_path / "keyring.py").write_text(trap)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError):
        Secrets(tmp_path / "state", {}).store(ACME, EMAIL, "real")
    assert not (tmp_path / "caught").exists()


@pytest.mark.parametrize("keyring", [LOCKED, SILENT])
def test_a_keyring_that_is_locked_or_silent_is_not_one_without_a_token(
    tmp_path: Path, keyring: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_SECONDS", 0.5)
    shut = Secrets(tmp_path, {}, keyring=keyring)
    for ask in (shut.find, shut.place, shut.check_pair_fits):
        with pytest.raises(KeyringShut, match="locked or does not answer"):
            ask(ACME, EMAIL)
    for keep in (shut.store, shut.store_pair, shut.replace):
        with pytest.raises(KeyringShut):
            keep(ACME, EMAIL, "real")
    assert not shut.erase(ACME, EMAIL)
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_a_keyring_is_told_by_the_same_code() -> None:
    assert keyring_door.NO_BACKEND == places.NO_BACKEND


def test_a_shut_keyring_is_no_matter_where_a_file_was_asked_for(tmp_path: Path) -> None:
    shut = Secrets(tmp_path, {}, keyring=LOCKED)
    shut.store_pair(ACME, EMAIL, "real", allow_file=True)
    assert shut.find(ACME, EMAIL) == "real"


LEAKS = [
    "Authorization: Basic c2VjcmV0",
    "authorization=Bearer c2VjcmV0",
    "{'Authorization': 'Bearer c2VjcmV0'}",
    "Authorization: Digest user=jo, response=c2VjcmV0",
    '{"access_token": "c2VjcmV0"}',
    "token c2VjcmV0",
    "password=c2VjcmV0",
    "asked search?query=requester:c2VjcmV0@example.com",
]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Handler]:
    logger = logging.getLogger("heroterm")
    handler, before = open_log(tmp_path / "logs"), logger.level
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(before)
    handler.close()


@pytest.mark.parametrize("line", LEAKS)
@pytest.mark.usefixtures("log")
def test_the_log_holds_no_secret_and_no_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    logging.getLogger("heroterm.zendesk").warning("asked %s", line)
    written = (tmp_path / "logs" / "heroterm.log").read_text()
    assert "asked" in written
    assert "c2VjcmV0" not in written
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("careless")
def test_the_log_is_private_after_a_rotation_too(tmp_path: Path) -> None:
    (tmp_path / "heroterm.log").touch(mode=0o644)
    handler = open_log(tmp_path)
    try:
        assert mode(tmp_path / "heroterm.log") == 0o600
        assert isinstance(handler, logging.handlers.RotatingFileHandler)
        handler.doRollover()
        assert [mode(path) for path in tmp_path.iterdir()] == [0o600, 0o600]
    finally:
        logging.getLogger("heroterm").removeHandler(handler)
        handler.close()


@pytest.mark.usefixtures("log")
def test_a_line_that_is_one_long_word_is_written_at_once() -> None:
    began = time.process_time()
    line = logging.LogRecord("x", 20, "", 1, "_" * 100_000, (), None)
    assert Redacting("%(message)s").format(line) == "_" * 100_000
    assert time.process_time() - began < 30


def test_whole_addresses_of_requests_are_not_logged() -> None:
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpcore").isEnabledFor(logging.INFO)


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "heroterm.log").symlink_to(tmp_path / "elsewhere")
    handler = open_log(tmp_path)
    logging.getLogger("heroterm").removeHandler(handler)
    assert isinstance(handler, logging.NullHandler)
    assert not (tmp_path / "elsewhere").exists()


PAIR, NEXT = '{"oauth":1,"n":1}', '{"oauth":1,"n":2}'


def test_a_renewed_pair_lies_where_the_older_one_lay(tmp_path: Path) -> None:
    in_ring = Secrets(tmp_path / "a", {}, keyring=ring(tmp_path))
    assert "keyring" in in_ring.store_pair(ACME, EMAIL, PAIR)
    in_ring.replace(ACME, EMAIL, NEXT)
    assert in_ring.find(ACME, EMAIL) == NEXT
    assert in_ring.place(ACME, EMAIL) == "the system keyring"
    assert not (tmp_path / "a").exists()
    in_file = Secrets(tmp_path / "b", {}, keyring=NO_KEYRING)
    in_file.store_pair(ACME, EMAIL, PAIR, allow_file=True)
    in_file.replace(ACME, EMAIL, NEXT)
    assert in_file.find(ACME, EMAIL) == NEXT
    assert in_file.place(ACME, EMAIL).endswith("secrets.json")


def test_a_pair_has_no_place_in_a_command_or_in_the_environment(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path, {"HEROTERM_TOKEN": "x"}, token_command="echo x", keyring=NO_KEYRING)
    for ask in (
        lambda: secrets.check_pair_fits(ACME, EMAIL),
        lambda: secrets.store_pair(ACME, EMAIL, PAIR),
    ):
        with pytest.raises(ConfigError) as raised:
            ask()
        assert "--token-file" in raised.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_that_refuses_a_renewed_pair_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="keyring"):
        Secrets(tmp_path, {}, keyring=NO_KEYRING).replace(ACME, EMAIL, NEXT)


def test_a_pair_that_cannot_be_written_leaves_the_older_one(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path, {}, keyring=NO_KEYRING)
    secrets.store_pair(SANDBOX, EMAIL, PAIR)
    (tmp_path / "secrets.new").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError):
        secrets.replace(SANDBOX, EMAIL, NEXT)
    assert secrets.find(SANDBOX, EMAIL) == PAIR


def test_the_place_of_a_token_is_told_in_the_order_of_the_search(tmp_path: Path) -> None:
    assert Secrets(tmp_path, {}, keyring=NO_KEYRING).place(ACME, EMAIL) == ""
    by_command = Secrets(tmp_path, {}, token_command="echo t", keyring=NO_KEYRING)
    assert by_command.place(ACME, EMAIL) == "token_command"
    by_run = Secrets(tmp_path, {"HEROTERM_TOKEN": "t"}, token_command="echo t")
    assert by_run.place(ACME, EMAIL) == "HEROTERM_TOKEN"
