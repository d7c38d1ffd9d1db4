"""Where tokens live: the system keyring, else a command, else the environment; a file if asked.

The token of a sandbox on loopback guards nothing, so it goes into a private file below the home
and never into the keyring: two homes are two machines, and no password box opens for practice.
Nothing here is printed or logged.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from heroterm.errors import ConfigError, KeyringShut, StoreError

VARIABLE = "HEROTERM_TOKEN"
FILE = "secrets.json"
_SECONDS = 45.0
"""For a person who is asked for the keyring's password, or by a token_command for a finger."""
# By its path and with -P: with -m, a keyring.py in the folder where heroterm starts would be asked.
_KEYRING = (sys.executable, "-P", str(Path(__file__).with_name("keyring_door.py")))
NO_BACKEND = 3
"""How that process ends where nothing here keeps secrets."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_WAYS = (
    "Three ways: set HEROTERM_TOKEN for this run, name a token_command in config.toml, "
    "or add --token-file to keep it in a private file."
)
_PAIR_WAYS = (
    "Unlock or install one, or add --token-file to keep the tokens in a private file: they are "
    "renewed every half hour, so they must lie where heroterm can write."
)


class Secrets:
    """The tokens of one home. `folder` is private; `keyring` is the command that asks it.

    `variable` gives a token for one run; `remedy` says how one comes here. Each service has its
    own, so that no token is offered to another than the one that it is for.
    """

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        *,
        token_command: str = "",
        keyring: Sequence[str] = _KEYRING,
        variable: str = VARIABLE,
        remedy: str = "Run `heroterm connect`.",
    ) -> None:
        self._file = folder / FILE
        self._environ = environ
        self._command = token_command
        self._keyring = keyring
        self._variable = variable
        self._remedy = remedy

    def find(self, url: str, email: str) -> str:
        """The token of an account. Raises ConfigError naming the ways when there is none, and
        KeyringShut when that cannot be known.
        """
        if not url:
            raise ConfigError("No account is connected.", self._remedy)
        found = (
            self._environ.get(self._variable, "").strip()
            or self._from_file(url, email)
            or self._from_command()
            or (None if on_loopback(url) else self._from_keyring(url, email))
        )
        if not found:
            raise ConfigError(f"No token for {url} is kept here.", self._remedy)
        return found

    def store(self, url: str, email: str, token: str, *, allow_file: bool = False) -> str:
        """Keep a token; a sentence on where. Raises ConfigError where there is no safe place."""
        if on_loopback(url):
            self._to_file(url, email, token)
            return f"The practice token lies in {self._file}."
        if self._command:
            self.forget(url, email)
            return "The token comes from your token_command."
        if self._to_keyring(url, email, token, allow_file):
            # The file is looked at first: an older token left there would win over this one.
            self.forget(url, email)
            return "The token lies in the system keyring."
        if allow_file:
            self._to_file(url, email, token)
            return f"The token lies in {self._file}, readable by you alone."
        if self._environ.get(self._variable):
            return f"The token comes from {self._variable}, for this run."
        ways = _WAYS.replace(VARIABLE, self._variable)
        raise ConfigError("This machine has no keyring that keeps secrets.", ways)

    def check_pair_fits(self, url: str, email: str, *, allow_file: bool = False) -> None:
        """Find out whether there is a place for a pair before a person signs in for it.

        Raises ConfigError as `store_pair` would.
        """
        keeps = allow_file or on_loopback(url) or self._from_keyring(url, email) is not None
        if not keeps:
            raise ConfigError("This machine has no keyring that keeps secrets.", _PAIR_WAYS)

    def store_pair(self, url: str, email: str, pair: str, *, allow_file: bool = False) -> str:
        """Keep OAuth's tokens, which change by themselves; a sentence on where.

        Neither a command nor the environment can take a renewed pair: ConfigError where there is
        no place that can.
        """
        if on_loopback(url):
            self._to_file(url, email, pair)
            return f"The practice tokens lie in {self._file}."
        if self._to_keyring(url, email, pair, allow_file):
            self.forget(url, email)
            return "The tokens lie in the system keyring."
        if allow_file:
            self._to_file(url, email, pair)
            return f"The tokens lie in {self._file}, readable by you alone."
        raise ConfigError("This machine has no keyring that keeps secrets.", _PAIR_WAYS)

    def replace(self, url: str, email: str, token: str) -> None:
        """Put a renewed token where the older one lies: the private file, else the keyring.

        All or nothing. Raises ConfigError or StoreError when it is refused; the older one stays.
        """
        if on_loopback(url) or self._from_file(url, email) is not None:
            self._to_file(url, email, token)
        elif self._asked("set", _key(url, email), token) is None:
            raise ConfigError("The keyring did not take the renewed sign-in.", "Unlock it.")

    def place(self, url: str, email: str) -> str:
        """Which of the places gives the token, in words; empty when none does."""
        if self._environ.get(self._variable, "").strip():
            return self._variable
        if self._from_file(url, email):
            return str(self._file)
        if self._command:
            return "token_command"
        kept = None if on_loopback(url) else self._from_keyring(url, email)
        return "the system keyring" if kept else ""

    def forget(self, url: str, email: str) -> None:
        """Remove a token from the file; the keyring keeps its own."""
        kept = self._all()
        if kept.pop(_key(url, email), None) is not None:
            self._write(kept)

    def erase(self, url: str, email: str) -> bool:
        """Remove a token from the keyring, too; whether it is gone from there."""
        self.forget(url, email)
        try:
            return self._asked("delete", _key(url, email)) is not None
        except KeyringShut:
            return False

    def _from_keyring(self, url: str, email: str) -> str | None:
        return self._asked("get", _key(url, email))

    def _to_keyring(self, url: str, email: str, secret: str, allow_file: bool) -> bool:
        """Keep a secret in the keyring; whether it did. A shut one is no matter where a private
        file was asked for as well.
        """
        try:
            return self._asked("set", _key(url, email), secret) is not None
        except KeyringShut:
            if allow_file:
                return False
            raise

    def _asked(self, verb: str, key: str, secret: str = "") -> str | None:
        """What the keyring's process says; None where this machine has none that keeps secrets.

        Raises KeyringShut for one that is locked, fails or hangs.
        """
        try:
            done = subprocess.run(
                [*self._keyring, verb, key],
                input=secret,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            done = None
        except (OSError, ValueError, subprocess.SubprocessError):
            return None
        if done is None or done.returncode not in (0, NO_BACKEND):
            raise KeyringShut(
                "The system keyring is locked or does not answer.",
                "Unlock it and try again: what it keeps stays in it.",
            )
        return done.stdout if done.returncode == 0 else None

    # The command

    def _from_command(self) -> str | None:
        if not self._command:
            return None
        try:
            done = subprocess.run(
                shlex.split(self._command),
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=True,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise ConfigError(
                "The token_command did not give a token.", "Try it by hand.", key="token_command"
            ) from error
        return done.stdout.strip() or None

    # The file

    def _from_file(self, url: str, email: str) -> str | None:
        return self._all().get(_key(url, email))

    def _to_file(self, url: str, email: str, token: str) -> None:
        self._write({**self._all(), _key(url, email): token})

    def _all(self) -> dict[str, str]:
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise ConfigError(
                "The file with the token cannot be read.",
                "Move it away, then run `heroterm connect` again.",
                file=str(self._file),
            ) from error
        return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}

    def _write(self, kept: dict[str, str]) -> None:
        beside = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(kept, out)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(self._file)
        except OSError as error:
            raise StoreError(
                f"The token could not be kept in {self._file}: {error.strerror}.",
                "Nothing was changed.",
            ) from error


def _key(url: str, email: str) -> str:
    return f"{email} {url}"


def on_loopback(url: str) -> bool:
    """Whether an account is a sandbox of this machine, whose tokens guard nothing."""
    return (urlsplit(url).hostname or "") in _LOOPBACK
