"""Signing in by a talk: which account, which way, and again after each refusal until it works."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from heroterm.cli.connect import (
    ANOTHER_HOME,
    account_to_be,
    by_browser,
    by_token,
    checked_token,
)
from heroterm.cli.invocation import Invocation
from heroterm.cli.oauth_answer import ANOTHER_PORT
from heroterm.cli.sign_in import BEARER
from heroterm.cli.talk import Talk
from heroterm.config import account_url
from heroterm.errors import ConfigError, HeroError, UsageError
from heroterm.zendesk.answers import RENAMED
from heroterm.zendesk.oauth import CLIENT_ID, CLOSE_TAB, PORT

BROWSER, TOKEN, ACCOUNT, CLIENT, LEAVE = "b", "t", "a", "c", "q"
_SUBDOMAIN = "Subdomain (the NAME of NAME.zendesk.com; Enter: leave):"
_FILE = "Keep it in a private file that you alone can read? y or n (Enter: n):"
_NO_PLACE = (
    "Then there is no place for it: unlock or install a keyring, or say y when you are asked again."
)
_HERE = {
    ANOTHER_PORT: "Answer with c to name another port, as the admin registered it.",
    ANOTHER_HOME: "Answer with a to go on with the account of that mirror, with q to leave: "
    "`heroterm purge` in the shell empties the mirror for another one.",
    CLOSE_TAB: "Close its tab, and answer with b to begin anew.",
    RENAMED: "Was the account renamed? Answer with a to name its new address.",
}
"""What helps in the talk, for what helps on the command line."""
_WORDS = re.compile(r"\s*(?:Then run|Run) `heroterm connect.*", re.DOTALL)
"""What an error advises to whom no question follows."""


class Talking(Invocation):
    """The same run, whose words are the talk's: wrapped for a reader, all in one place."""

    def __init__(self, call: Invocation, talk: Talk) -> None:
        super().__init__(call.clock, call.new_id)
        self.home, self.no_input, self.read_only = call.home, call.no_input, call.read_only
        self._talk = talk

    def answer(self, document: dict[str, Any], lines: Iterable[str]) -> None:
        """Say the lines; a talk has no use for the document."""
        for line in lines:
            self._talk.say(line)

    def say(self, line: str) -> None:
        """Say how it goes."""
        self._talk.say(line)


class SigningIn:
    """One person's way to an account. `client` and `port`: as the admin registered heroterm."""

    def __init__(self, call: Invocation, talk: Talk) -> None:
        self._call = Talking(call, talk)
        self._talk = talk
        self._way = BROWSER
        self._refused = False
        self._client: str | None = None
        self._port: int | None = None

    def run(self) -> bool:
        """Whether somebody is signed in; False when the person left."""
        address = self._address(self._call.config.account.url)
        while address is not None:
            way = self._asked(address)
            if way == LEAVE:
                return False
            if way == ACCOUNT:
                address = self._address("")
            elif self._went(way, address):
                return True
        return False

    def _went(self, way: str, address: str) -> bool:
        """Whether this way led in; what refused it is said."""
        try:
            if way == CLIENT:
                self._registered()
                return False
            self._way = way
            (self._by_token if way == TOKEN else self._by_browser)(address)
        except HeroError as error:
            self._refused = True
            self._talk.say(_said(error))
            return False
        return True

    def _address(self, known: str) -> str | None:
        if known:
            answer = self._talk.ask(f"Account {known} (Enter: this one; or another):")
            if not answer:
                return known
        else:
            answer = self._talk.ask(_SUBDOMAIN)
        while answer:
            try:
                return account_url(answer)
            except UsageError as error:
                self._talk.say(str(error))
            answer = self._talk.ask(_SUBDOMAIN)
        return None

    def _asked(self, address: str) -> str:
        """The way that is wanted now; after a refusal the client may be another one, too."""
        client = "c as another OAuth client, " if self._refused and self._way == BROWSER else ""
        question = (
            f"Sign in at {address}: b with the browser, t with an API token that the account "
            f"still has, {client}a at another account, q leaves (Enter: {self._way}):"
        )
        while True:
            answer = self._talk.ask(question)
            if answer is None:
                return LEAVE
            way = answer.lower() or self._way
            if way in (BROWSER, TOKEN, ACCOUNT, LEAVE) or (client and way == CLIENT):
                return way
            self._talk.say(f"{answer!a} is none of these letters.")

    def _registered(self) -> None:
        """Ask how the admin registered heroterm. Raises UsageError."""
        client, port = self._client or CLIENT_ID, PORT if self._port is None else self._port
        client = self._talk.ask(f"Identifier of the OAuth client (Enter: {client}):") or client
        typed = self._talk.ask(f"Port of its redirect (Enter: {port}):") or str(port)
        if not typed.isdecimal() or int(typed) > 65_535:
            raise UsageError(f"{typed!a} is no port; nothing was changed.")
        self._client, self._port = client, int(typed)

    def _by_browser(self, address: str) -> None:
        account = account_to_be(self._call, address, "", BEARER, None)

        def sign_in(allow_file: bool) -> None:
            by_browser(self._call, account, self._client, self._port, False, allow_file, "")

        self._with_a_place(sign_in)

    def _by_token(self, address: str) -> None:
        email = self._talk.ask("Address that the token signs in (you@company.com):") or ""
        if "@" not in email:
            raise UsageError("That is no e-mail address; nothing was changed.")
        token = checked_token(self._talk.secret("API token (not shown):") or "")
        account = account_to_be(self._call, address, email, "token", None)
        self._with_a_place(lambda file: by_token(self._call, account, token, file, ""))

    def _with_a_place(self, sign_in: Callable[[bool], object]) -> None:
        """Sign in; where no keyring is, a private file is offered and never taken silently."""
        try:
            sign_in(False)
        except ConfigError as error:
            if "keyring" not in error.say:
                raise
            self._talk.say(error.say)
            if not self._file_wanted():
                raise ConfigError(_NO_PLACE) from None
            sign_in(True)

    def _file_wanted(self) -> bool:
        while (answer := (self._talk.ask(_FILE) or "n").lower()) not in ("y", "yes", "n", "no"):
            self._talk.say(f"{answer!a} is neither y nor n.")
        return answer.startswith("y")


def _said(error: HeroError) -> str:
    """What went wrong, and what to answer to the question that follows."""
    here = _HERE.get(error.remedy)
    return f"{error.say} {here}" if here is not None else _WORDS.sub("", str(error))
