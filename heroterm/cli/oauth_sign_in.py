"""The way of a person through the browser: caught on loopback, or pasted where that cannot be."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from heroterm.cli.oauth_answer import HOST, catching
from heroterm.errors import UsageError
from heroterm.zendesk.oauth import PATH, PORT, SignIn
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_tokens import Tokens
from heroterm.zendesk.oauth_words import steps

WAIT_SECONDS = 300.0
"""How long the port waits: time enough for a single sign-on with a second factor."""
LONGEST = 8_192
_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_WHY = (
    "heroterm asks for the scopes read and write: a lost update is looked for in a ticket's "
    "audits, which need the whole of read."
)

_STRANGER = "An answer of another sign-in came and was not taken; still waiting for yours …"


@dataclass(frozen=True, slots=True)
class Person:
    """The ways to and from the person at the terminal, handed in.

    `browse` opens an address and says whether it could; `say` prints a line; `read` gives the
    pasted line; `secret` makes an unguessable text of 64 letters, digits, `-` and `_` or more.
    """

    browse: Callable[[str], bool]
    say: Callable[[str], object]
    read: Callable[[], str]
    secret: Callable[[], str]
    wait_seconds: float = WAIT_SECONDS


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which account, as which registered client, over which port (0: any free one)."""

    base_url: str
    client_id: str
    port: int = PORT
    paste: bool = False


def sign_in(wanted: Wanted, person: Person, endpoint: TokenEndpoint) -> Tokens:
    """A first pair of tokens. Raises UsageError, SignInRefused, Offline, Unclear."""
    person.say(_WHY)
    asked, code = _pasted(wanted, person) if wanted.paste else _caught(wanted, person)
    return endpoint.redeem(asked, code)


def _caught(wanted: Wanted, person: Person) -> tuple[SignIn, str]:
    with catching(wanted.port) as port:
        asked = _asked(wanted, port.redirect_uri, person)
        port.judge, port.ours = asked.code_of, asked.is_ours
        port.stranger = lambda: person.say(_STRANGER)
        if not person.browse(asked.address()):
            person.say("No browser could be started here.")
        else:
            person.say("A browser opens Zendesk's sign-in; choose Allow there. If none opens:")
            person.say(asked.address())
            person.say(f"Waiting for the answer on {port.redirect_uri} (Ctrl+C gives up) …")
            try:
                return asked, port.wait(person.wait_seconds)
            except UsageError as error:
                raise UsageError(error.say, _if_it_complains(asked)) from None
    return _pasted(wanted, person, asked)


def _pasted(wanted: Wanted, person: Person, asked: SignIn | None = None) -> tuple[SignIn, str]:
    if asked is None:
        redirect = f"http://{HOST}:{wanted.port or PORT}{PATH}"
        asked = _asked(wanted, redirect, person)
    person.say("Open this address in the browser of the machine where you sit, choose Allow:")
    person.say(asked.address())
    person.say("The browser then shows that it cannot reach 127.0.0.1: that is in order.")
    person.say("Paste the whole address of that page here, within two minutes:")
    line = person.read()
    if not line.strip():
        raise UsageError("Nothing was pasted; nothing was changed.", _if_it_complains(asked))
    return asked, asked.pasted(line)


def _asked(wanted: Wanted, redirect_uri: str, person: Person) -> SignIn:
    verifier, state = person.secret(), person.secret()
    return SignIn(wanted.base_url, wanted.client_id, redirect_uri, verifier, state)


def _if_it_complains(asked: SignIn) -> str:
    """Zendesk shows an unknown client or redirect in the browser alone and sends nothing back."""
    return (
        "If the page spoke of an unknown client, a redirect or a scope, the client is not "
        f"registered like this yet. {steps(asked.client_id, asked.redirect_uri)}"
    )


def must_paste(environ: Mapping[str, str], *, platform: str, attended: bool) -> bool:
    """Whether no browser on this machine can reach the person: SSH, no display, nobody there.

    `attended`: a terminal is connected. A BROWSER that was set is taken at its word.
    """
    if any(environ.get(name) for name in _REMOTE):
        return True
    if environ.get("BROWSER"):
        return False
    display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return not attended or (platform.startswith("linux") and not display)


def person_here(say: Callable[[str], object]) -> Person:
    """The person at this terminal, with this machine's browser and chance."""
    import secrets
    import webbrowser

    return Person(
        browse=webbrowser.open,
        say=say,
        read=lambda: sys.stdin.readline(LONGEST),
        secret=lambda: secrets.token_urlsafe(48),
    )


def pasting_here() -> bool:
    """`must_paste` for this process."""
    return must_paste(os.environ, platform=sys.platform, attended=sys.stderr.isatty())
