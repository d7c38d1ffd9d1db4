"""A sign-in stays fresh over expiry, crashes, lost answers and other processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

import httpx
import pytest

from heroterm.domain.outbox import Changes
from heroterm.errors import ConfigError, NotAllowed, Offline, RateLimited, StoreError, Unclear
from heroterm.sandbox import server, shift
from heroterm.secrets import Secrets
from heroterm.zendesk.auth import Bearer
from heroterm.zendesk.client import Zendesk
from heroterm.zendesk.oauth import SignIn
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_lock import TRIES, RenewalLock
from heroterm.zendesk.oauth_session import EARLY, PATIENCE, Session
from heroterm.zendesk.oauth_tokens import Tokens, read
from heroterm.zendesk.oauth_words import SignInRefused
from tests.conftest import NOW

EMAIL = "hero@example.com"
BACK = "http://127.0.0.1:47801/callback"
HALF_HOUR = 1800


class Stay(HTTPRedirectHandler):
    """A browser that stops at the redirect."""

    def redirect_request(self, *_: Any) -> None:
        return None

    def http_error_302(self, _request: Any, answer: Any, *_: Any) -> Any:
        return answer


@dataclass
class Desk:
    """A practice Zendesk over HTTP with a clock that the test turns, and tokens kept in a file."""

    url: str
    sandbox: Any
    folder: Path
    now: datetime = NOW

    def clock(self) -> datetime:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @property
    def endpoint(self) -> TokenEndpoint:
        return TokenEndpoint(self.url, clock=self.clock)

    def sign_in(self) -> Tokens:
        """A first pair, kept."""
        asked = SignIn(self.url, self.sandbox.oauth_client_id, BACK, "v" * 64, "s")
        answer = build_opener(Stay).open(asked.address(), timeout=10)
        answer.close()
        tokens = self.endpoint.redeem(asked, asked.pasted(answer.headers["Location"]))
        self.save(tokens.text())
        return tokens

    def load(self) -> str:
        return Secrets(self.folder, {}).find(self.url, EMAIL)

    def save(self, text: str) -> None:
        Secrets(self.folder, {}).replace(self.url, EMAIL, text)

    def session(self, kept: Any = None, endpoint: Any = None) -> Session:
        lock = RenewalLock(self.folder / "sign-in.lock", lambda _: None)
        place = kept or self
        tokens = read(self.load())
        return Session(tokens, place, endpoint or self.endpoint, alone=lock, clock=self.clock)

    def client(self, session: Session) -> Zendesk:
        credentials = Bearer(session.fresh, renewed=session.renewed, held=session.held)
        return Zendesk(self.url, credentials, clock=self.clock)

    def refreshes(self) -> list[Any]:
        """Statuses of the refreshes that reached the server."""
        entries = self.sandbox.app.ledger.entries
        return [e.status for e in entries if (e.body or {}).get("grant_type") == "refresh_token"]

    def fault(self, **rule: Any) -> None:
        self.sandbox.app.faults.replace([{"match": "POST /oauth/tokens", **rule}])

    def works(self, token: str) -> bool:
        return bool(self.sandbox.app.oauth.knows(token))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk("", None, tmp_path / "state")
    made.sandbox = shift.build(seed=1, tickets=60, clock=NOW, now=made.clock)
    running = server.start(made.sandbox)
    made.url = running.url
    try:
        yield made
    finally:
        running.stop()


def test_a_code_becomes_a_pair_that_knows_when_it_ends(desk: Desk) -> None:
    tokens = desk.sign_in()
    assert desk.works(tokens.access)
    assert tokens.expires_at == NOW + timedelta(seconds=HALF_HOUR)
    assert tokens.refresh_until == NOW + timedelta(days=30)
    assert (tokens.generation, tokens.since) == (1, NOW)


def test_a_client_that_nobody_registered_is_met_with_the_steps_for_an_admin(desk: Desk) -> None:
    asked = SignIn(desk.url, "somebody", BACK, "v" * 64, "s")
    with pytest.raises(SignInRefused) as raised:
        desk.endpoint.redeem(asked, "code-1234567")
    assert "Identifier: somebody" in raised.value.remedy


def test_a_code_that_came_too_late_says_so(desk: Desk) -> None:
    asked = SignIn(desk.url, desk.sandbox.oauth_client_id, BACK, "v" * 64, "s")
    with pytest.raises(SignInRefused, match="two minutes"):
        desk.endpoint.redeem(asked, "code-1234567")


def test_a_good_token_is_not_renewed(desk: Desk) -> None:
    first = desk.sign_in()
    desk.later(HALF_HOUR - EARLY - 1)
    assert desk.session().fresh() == first.access
    assert desk.refreshes() == []


def test_a_token_is_renewed_before_it_ends_and_kept(desk: Desk) -> None:
    first = desk.sign_in()
    desk.later(HALF_HOUR - EARLY + 1)
    session = desk.session()
    second = session.fresh()
    assert second != first.access
    assert desk.works(second)
    assert read(desk.load()) == session.tokens
    assert session.tokens.generation == 2
    assert session.fresh() == second
    assert desk.refreshes() == [200]


def test_a_refused_token_is_renewed_once_and_the_read_goes_on(desk: Desk) -> None:
    first = desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.access.clear()
    client = desk.client(session)
    assert client.tickets_page().tickets
    assert session.held() != first.access
    assert desk.refreshes() == [200]
    client.close()


def test_an_update_never_refreshes_and_its_401_applied_nothing(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    client = desk.client(session)
    ticket = next(t for t in client.tickets_page().tickets if t.status == "open")
    desk.later(HALF_HOUR + 1)
    with pytest.raises(RateLimited, match="nothing was applied"):
        client.update(ticket.id, None, Changes(priority="low"), ticket.updated_stamp, "m")
    assert desk.refreshes() == []
    assert client.ticket(ticket.id).priority == ticket.priority
    assert desk.refreshes() == [200]
    client.close()


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_is_hours_off_changes_nothing(desk: Desk, hours: int) -> None:
    desk.sandbox.world.clock.advance(hours * 3600)
    desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR - EARLY + 1)
    assert desk.works(session.fresh())
    assert desk.refreshes() == [200]


def test_a_clock_that_was_put_back_is_saved_by_the_401(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.sandbox.world.clock.advance(2 * HALF_HOUR)
    client = desk.client(session)
    assert client.tickets_page().tickets
    client.close()


def test_a_revoked_refresh_asks_for_a_sign_in_and_says_what_is_kept(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.refresh.clear()
    desk.later(HALF_HOUR + 1)
    with pytest.raises(NotAllowed) as raised:
        session.fresh()
    assert raised.value.signed_out
    assert "heroterm connect --oauth" in raised.value.remedy
    assert "kept" in raised.value.remedy


def test_a_refresh_that_fails_early_leaves_the_old_token_in_use(desk: Desk) -> None:
    first = desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.refresh.clear()
    desk.later(HALF_HOUR - EARLY + 1)
    assert session.fresh() == first.access
    assert session.fresh() == first.access
    assert desk.refreshes() == [400]
    desk.later(PATIENCE + 1)
    assert session.fresh() == first.access
    assert desk.refreshes() == [400, 400]


def test_a_new_sign_in_elsewhere_is_taken_over(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.access.clear()
    desk.sandbox.app.oauth.refresh.clear()
    second = desk.sign_in()
    assert session.renewed(session.held()) == second.access
    assert desk.refreshes() == []


@pytest.mark.parametrize("do", ["refuse", "drop-before", "status"])
def test_a_refresh_that_did_not_arrive_is_tried_again(desk: Desk, do: str) -> None:
    desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR + 1)
    desk.fault(do=do, status=502, times=1)
    with pytest.raises((Offline, Unclear)):
        session.fresh()
    desk.later(PATIENCE + 1)
    assert desk.works(session.fresh())


@pytest.mark.parametrize("do", ["drop-after", "truncate"])
def test_a_lost_answer_tries_the_old_tokens_and_then_asks(desk: Desk, do: str) -> None:
    first = desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR - EARLY + 1)
    desk.fault(do=do, times=1)
    assert session.fresh() == first.access
    client = desk.client(session)
    with pytest.raises(NotAllowed) as raised:
        client.tickets_page()
    assert raised.value.signed_out
    assert "lost on its way" in raised.value.say
    assert desk.refreshes()[-1] == 400
    client.close()


def test_a_page_instead_of_tokens_is_no_pair(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR + 1)
    desk.fault(do="html", times=1)
    with pytest.raises(Offline):
        session.fresh()
    desk.later(PATIENCE + 1)
    assert desk.works(session.fresh())


class Crash(BaseException):
    """The process ends here."""


@dataclass
class Crashing:
    """The tokens' place and the endpoint of a process that dies at a chosen moment."""

    desk: Desk
    at: str

    def load(self) -> str:
        return self.desk.load()

    def save(self, text: str) -> None:
        self._at("before-save")
        self.desk.save(text)
        self._at("after-save")

    def renew(self, tokens: Tokens, refresh: str) -> Tokens:
        self._at("before-request")
        found = self.desk.endpoint.renew(tokens, refresh)
        self._at("after-answer")
        return found

    def _at(self, moment: str) -> None:
        if moment == self.at:
            raise Crash


@pytest.mark.parametrize("moment", ["before-request", "after-answer", "before-save", "after-save"])
def test_a_crash_at_any_moment_is_survived_or_said(desk: Desk, moment: str) -> None:
    desk.sign_in()
    desk.later(HALF_HOUR - EARLY + 1)
    dying = Crashing(desk, moment)
    with pytest.raises(Crash):
        desk.session(dying, dying).fresh()
    after = desk.session()
    client = desk.client(after)
    if moment in ("before-request", "after-save"):
        assert client.tickets_page().tickets
        assert desk.refreshes() == [200]
        assert after.tokens.generation == 2
    else:
        # The pair was nowhere but in the process that died: nothing but a person can help.
        with pytest.raises(NotAllowed) as raised:
            client.tickets_page()
        assert raised.value.signed_out
    client.close()


def test_the_new_pair_is_kept_before_its_first_use(desk: Desk) -> None:
    desk.sign_in()
    desk.later(HALF_HOUR + 1)
    kept_at_first_use: list[str] = []
    session = desk.session()

    def watched() -> str:
        token = session.fresh()
        kept_at_first_use.append(read(desk.load()).access)
        return token

    client = Zendesk(desk.url, Bearer(watched), clock=desk.clock)
    assert client.me().id
    assert kept_at_first_use == [session.held()]
    client.close()


@dataclass
class Stubborn:
    """A keyring that refuses for a while."""

    desk: Desk
    refusals: int

    def load(self) -> str:
        return self.desk.load()

    def save(self, text: str) -> None:
        self.refusals -= 1
        if self.refusals >= 0:
            raise ConfigError("locked")
        self.desk.save(text)


def test_a_keyring_that_is_locked_for_a_while_costs_no_sign_in(desk: Desk) -> None:
    first = desk.sign_in()
    desk.later(HALF_HOUR + 1)
    session = desk.session(Stubborn(desk, 2))
    second = session.fresh()
    assert desk.works(second)
    assert read(desk.load()).access == first.access
    for _ in range(2):
        desk.later(PATIENCE + 1)
        assert session.fresh() == second
    assert read(desk.load()).access == second
    assert desk.refreshes() == [200]


def test_a_pair_that_was_rolled_back_is_healed_by_the_token_beside_it(desk: Desk) -> None:
    first = desk.sign_in()
    lost = Tokens(first.client_id, "gone-access", "gone-refresh").follows(first)
    desk.save(lost.text())
    session = desk.session()
    assert desk.works(session.renewed("gone-access"))
    assert desk.refreshes() == [400, 200]


def test_a_token_without_refresh_lives_until_it_is_refused(desk: Desk) -> None:
    first = desk.sign_in()
    desk.save(Tokens(first.client_id, first.access).text())
    session = desk.session()
    desk.later(10 * HALF_HOUR)
    assert session.fresh() == first.access
    with pytest.raises(NotAllowed) as raised:
        session.renewed(first.access)
    assert raised.value.signed_out
    assert desk.refreshes() == []


CHILD = """
import sys, time
from datetime import datetime
from pathlib import Path
from heroterm.secrets import Secrets
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_lock import RenewalLock
from heroterm.zendesk.oauth_session import Session
from heroterm.zendesk.oauth_tokens import read
url, email, folder, moment = sys.argv[1:]
clock = lambda: datetime.fromisoformat(moment)
class Place:
    secrets = Secrets(Path(folder), {})
    def load(self): return self.secrets.find(url, email)
    def save(self, text): self.secrets.replace(url, email, text)
lock = RenewalLock(Path(folder) / "sign-in.lock", time.sleep)
endpoint = TokenEndpoint(url, clock=clock)
session = Session(read(Place().load()), Place(), endpoint, alone=lock, clock=clock)
print("ready", flush=True)
sys.stdin.readline()
print(session.fresh(), flush=True)
"""


def start(desk: Desk) -> subprocess.Popen[str]:
    return run(CHILD, desk.url, EMAIL, str(desk.folder), desk.now.isoformat())


def run(code: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )


def test_processes_that_refresh_at_once_make_one_refresh(desk: Desk) -> None:
    desk.sign_in()
    desk.later(HALF_HOUR + 1)
    desk.fault(do="delay", seconds=0.3)
    children = [start(desk) for _ in range(3)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    told = {child.communicate(timeout=30)[0].strip() for child in children}
    assert len(told) == 1
    assert desk.works(told.pop())
    assert desk.refreshes() == [200]


HOLDER = """
import sys, time
from pathlib import Path
from heroterm.zendesk.oauth_lock import RenewalLock
with RenewalLock(Path(sys.argv[1]), time.sleep)():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_process_that_is_killed_in_a_refresh_frees_the_lock(desk: Desk) -> None:
    desk.sign_in()
    desk.later(HALF_HOUR + 1)
    child = run(HOLDER, str(desk.folder / "sign-in.lock"))
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with pytest.raises(Offline):
        desk.session().fresh()
    child.kill()
    child.communicate(timeout=30)
    assert desk.works(desk.session().fresh())


def never(_seconds: float) -> None:
    raise AssertionError("nobody else holds the lock")


def test_a_lock_that_is_never_let_go_is_given_up_with_words(tmp_path: Path) -> None:
    pauses: list[float] = []
    second = RenewalLock(tmp_path / "lock", pauses.append)
    with (
        RenewalLock(tmp_path / "lock", never)(),
        pytest.raises(Offline, match="half a minute"),
        second(),
    ):
        raise AssertionError("two hold the lock")
    assert len(pauses) == TRIES


def test_a_lock_in_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError), RenewalLock(tmp_path / "file" / "lock", never)():
        raise AssertionError("there is no lock")


def test_the_tokens_go_to_the_own_host_alone() -> None:
    asked: list[str] = []

    def fresh() -> str:
        asked.append("fresh")
        return "secret"

    made = Bearer(fresh)
    made.bind("acme.zendesk.com")
    request = next(made.auth_flow(httpx.Request("GET", "https://evil.example.com/")))
    assert "Authorization" not in request.headers
    assert asked == []
