"""A refresh over crashes and between processes: one at a time, and nothing used unkept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from heroterm.errors import NotAllowed, Offline, StoreError
from heroterm.zendesk.auth import Bearer
from heroterm.zendesk.client import Zendesk
from heroterm.zendesk.oauth_lock import TRIES, RenewalLock
from heroterm.zendesk.oauth_session import EARLY
from heroterm.zendesk.oauth_tokens import Tokens, read
from tests.zendesk.test_oauth_desk import EMAIL, HALF_HOUR, Desk, running


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with running(tmp_path) as made:
        yield made


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
