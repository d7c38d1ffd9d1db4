"""Attachments: who is asked with credentials, where the bytes go, and what a lie looks like."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from heroterm.domain.ticket import Attachment
from heroterm.errors import (
    Misunderstood,
    NotFound,
    Offline,
    RateLimited,
    RefusedByRule,
    StoreError,
)
from heroterm.zendesk.auth import Token
from heroterm.zendesk.connection import opened
from heroterm.zendesk.files import Files
from tests.conftest import NOW
from tests.zendesk.answering import URL, answer, asking

FAR = "https://cdn.example.net/signed?key=1"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
FILE = Attachment(4, "shot.png", f"{URL}/attachments/token/t/?name=shot.png", "image/png", len(PNG))
Handler = Callable[[httpx.Request], httpx.Response]


class Desk:
    """An account and the world beyond it, each request noted with its credentials."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool, bool]] = []
        self.answers: dict[str, httpx.Response | Handler] = {}
        self.now = NOW
        self.fresh = FILE
        credentials = Token("jo@example.com", "made-up-token")
        credentials.bind("acme.zendesk.com")
        own = httpx.MockTransport(lambda request: self._answer(request, own=True))
        self.account = opened(URL, "acme.zendesk.com", credentials, own, 5.0)
        self.bare = httpx.Client(
            transport=httpx.MockTransport(lambda request: self._answer(request, own=False))
        )
        self.files = Files(self.account, self.bare, clock=self.clock, renewed=lambda _: self.fresh)

    def clock(self) -> datetime:
        return self.now

    def _answer(self, request: httpx.Request, *, own: bool) -> httpx.Response:
        url = str(request.url)
        self.asked.append((url, "authorization" in request.headers, own))
        told = self.answers.get(url, answer("gone", 404))
        return told if isinstance(told, httpx.Response) else told(request)

    def leads(self, start: str, *urls: str, body: bytes = PNG) -> None:
        """A chain of redirects that ends with the bytes."""
        for here, there in zip((start, *urls), urls, strict=False):
            self.answers[here] = answer("", 302, headers={"location": there})
        self.answers[urls[-1] if urls else start] = answer(body)

    def close(self) -> None:
        self.account.close()
        self.bare.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_the_secret_goes_to_the_account_alone_and_the_bytes_come_from_elsewhere(
    desk: Desk, tmp_path: Path
) -> None:
    desk.leads(FILE.content_url, FAR)
    saved = desk.files.save(FILE, tmp_path / "new")
    assert desk.asked == [(FILE.content_url, True, True), (FAR, False, False)]
    assert (saved.path, saved.size, saved.remarks) == (tmp_path / "new/shot.png", len(PNG), ())
    assert saved.path.read_bytes() == PNG
    assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(saved.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/attachments",
        "https://acme.zendesk.com.evil.example/a",
        "https://acme.zendesk.com:8443/a",
    ],
)
def test_an_address_that_is_not_the_accounts_never_sees_the_secret(
    url: str, desk: Desk, tmp_path: Path
) -> None:
    desk.leads(url)
    desk.files.save(replace(FILE, content_url=url), tmp_path)
    assert desk.asked == [(url, False, False)]


@pytest.mark.parametrize(
    "url",
    [
        "http://acme.zendesk.com/a",
        "http://127.0.0.1/a",
        "file:///etc/passwd",
        "https://jo@acme.zendesk.com/a",
        "//",
        "",
        "https://[bad/a",
    ],
)
def test_an_address_that_is_not_encrypted_is_not_asked(
    url: str, desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(Misunderstood):
        desk.files.save(replace(FILE, content_url=url), tmp_path)
    assert desk.asked == []
    desk.leads(FILE.content_url, url or "file:///x")
    with pytest.raises(Misunderstood):
        desk.files.save(FILE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_redirects_without_an_end_are_given_up(desk: Desk, tmp_path: Path) -> None:
    desk.answers[FILE.content_url] = answer("", 302, headers={"location": FILE.content_url})
    with pytest.raises(Misunderstood, match="without an end"):
        desk.files.save(FILE, tmp_path)
    assert len(desk.asked) == 4


def test_an_address_that_ran_out_is_asked_of_the_account_anew(desk: Desk, tmp_path: Path) -> None:
    desk.fresh = replace(FILE, content_url=f"{URL}/attachments/token/new/")
    desk.leads(desk.fresh.content_url, FAR)
    assert desk.files.save(FILE, tmp_path).size == len(PNG)
    desk.fresh = replace(FILE, content_url=f"{URL}/attachments/token/none/")
    with pytest.raises(NotFound):
        desk.files.save(FILE, tmp_path)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../.bashrc", "bashrc"),
        ("con.txt", "_con.txt"),
        ("a\u202egnp.exe", "a_gnp.exe"),
        ("x\0y.txt", "x_y.txt"),
        ("-rf.txt", "_-rf.txt"),
        ("", "attachment"),
    ],
)
def test_a_name_stays_in_its_folder(name: str, kept: str, desk: Desk, tmp_path: Path) -> None:
    desk.leads(FILE.content_url)
    saved = desk.files.save(replace(FILE, file_name=name), tmp_path / "in")
    assert saved.path == tmp_path / "in" / kept
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


def test_nothing_is_written_over_or_through_a_link(desk: Desk, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "shot.png").symlink_to(victim)
    desk.leads(FILE.content_url)
    assert desk.files.save(FILE, folder).path.name == "shot-2.png"
    desk.leads(FILE.content_url)
    assert desk.files.save(FILE, folder).path.name == "shot-3.png"
    assert victim.read_text() == "mine"


def test_a_lying_size_and_a_lying_type_are_said(desk: Desk, tmp_path: Path) -> None:
    desk.leads(FILE.content_url, body=b"MZ program")
    saved = desk.files.save(replace(FILE, size=5, malware="not_scanned"), tmp_path)
    assert saved.remarks == (
        "It has 10 bytes; Zendesk said 5.",
        "Its bytes look like application/x-msdownload; Zendesk said image/png.",
        "Nobody has looked for malware in it.",
    )


def test_malware_is_not_fetched(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RefusedByRule, match="malware"):
        desk.files.save(replace(FILE, malware="malware_found"), tmp_path)
    assert desk.asked == [] and list(tmp_path.iterdir()) == []


def broken(request: httpx.Request) -> httpx.Response:
    def parts() -> Iterator[bytes]:
        yield b"half"
        raise httpx.ReadError("made up", request=request)

    return httpx.Response(200, content=parts())


def test_a_connection_that_breaks_leaves_no_part_behind(desk: Desk, tmp_path: Path) -> None:
    desk.answers[FILE.content_url] = broken
    with pytest.raises(Offline, match="no part"):
        desk.files.save(FILE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_come_too_slowly_are_given_up(desk: Desk, tmp_path: Path) -> None:
    def drip(_request: httpx.Request) -> httpx.Response:
        def parts() -> Iterator[bytes]:
            for _ in range(100):
                desk.now += timedelta(seconds=60)
                yield b"x"

        return httpx.Response(200, content=parts())

    desk.answers[FILE.content_url] = drip
    with pytest.raises(Offline, match="too slowly"):
        desk.files.save(FILE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_an_end_is_given_up(desk: Desk, tmp_path: Path) -> None:
    desk.leads(FILE.content_url)
    with pytest.raises(Misunderstood, match="larger"):
        desk.files.save(FILE, tmp_path, most=50)
    assert list(tmp_path.iterdir()) == []


def test_zendesks_wish_to_wait_is_heard(desk: Desk, tmp_path: Path) -> None:
    desk.answers[FILE.content_url] = answer("", 429, headers={"retry-after": "7"})
    with pytest.raises(RateLimited) as refused:
        desk.files.save(FILE, tmp_path)
    assert refused.value.retry_after == 7


def test_a_folder_that_cannot_be_made_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    desk.leads(FILE.content_url)
    with pytest.raises(StoreError, match="could not be written"):
        desk.files.save(FILE, tmp_path / "file" / "below")


def test_a_client_lends_its_account(tmp_path: Path) -> None:
    client = asking(lambda request: answer(PNG if "Authorization" in request.headers else b""))
    with client.files() as files:
        assert files.save(FILE, tmp_path).size == len(PNG)
    client.close()
