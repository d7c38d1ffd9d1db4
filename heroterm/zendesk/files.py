"""An attachment's bytes: asked of the account's own host with credentials, of any other without.

Zendesk answers with a redirect to a delivery network (api.md §8). The secret must not travel
there, so each hop is a request of its own: the account's client for the account's host alone, a
bare one for the rest (security.md §3, Attachments).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from heroterm import __version__
from heroterm.domain.text import safe_file_name, shown
from heroterm.domain.ticket import Attachment
from heroterm.errors import Misunderstood, NotFound, Offline, RefusedByRule
from heroterm.zendesk.address import loopback
from heroterm.zendesk.answers import Answer, failure
from heroterm.zendesk.asking import Asking
from heroterm.zendesk.file_kinds import looks_like
from heroterm.zendesk.hurry import Hurry
from heroterm.zendesk.library_calls import Library
from heroterm.zendesk.noted import Noted
from heroterm.zendesk.saving import NewFile

CAP = 256 * 1024 * 1024
"""Bytes of one file; Zendesk takes 50 MB."""
_HOPS = 4
_HEADERS = 30.0
"""Seconds within which an answer has to begin."""
_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (401, 403, 404, 410)
_AS_IT_IS = {"Accept-Encoding": "identity", "Accept": "*/*"}


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that was saved, its size in bytes, and sentences about what does not fit."""

    path: Path
    size: int
    remarks: tuple[str, ...] = ()


class Files:
    """Fetches attachments of one account. Nothing that was saved is ever opened.

    `account` signs its requests and `bare` does not; neither follows redirects. `renewed` gives
    an attachment with a fresh address. `seconds` bound one whole fetch.
    """

    def __init__(
        self,
        account: httpx.Client,
        bare: httpx.Client,
        *,
        clock: Callable[[], datetime],
        renewed: Callable[[int], Attachment],
        seconds: float = 300.0,
        hurry: Hurry | None = None,
    ) -> None:
        self._account = account
        self._bare = bare
        self._clock = clock
        self._renewed = renewed
        self._seconds = seconds
        self._hurry = hurry or Hurry(_HEADERS)

    def save(self, attachment: Attachment, folder: Path, *, most: int = CAP) -> SavedFile:
        """Fetch one file into a folder under a safe name; nothing there is written over. `most`:
        bytes after which it is given up.

        Raises RefusedByRule for malware, ZendeskError, StoreError when it cannot be written.
        """
        name = shown(attachment.file_name, single_line=True)
        if attachment.malware == "malware_found":
            raise RefusedByRule(
                f"Zendesk found malware in {name}; it was not fetched.",
                "Ask your security people before anybody opens it.",
                rule="malware",
            )
        try:
            return self._fetched(attachment, folder, most)
        except NotFound:
            # A signed address lives for minutes only; the account gives another (faults.md 75).
            return self._fetched(self._renewed(attachment.id), folder, most)

    def _fetched(self, attachment: Attachment, folder: Path, most: int) -> SavedFile:
        deadline = self._clock() + timedelta(seconds=self._seconds)
        with (
            NewFile(folder, safe_file_name(attachment.file_name), attachment.id) as file,
            self._answer(attachment.content_url) as response,
        ):
            try:
                for chunk in response.iter_bytes():
                    file.write(chunk)
                    self._check(file.size, most, deadline)
            except (httpx.TransportError, httpx.DecodingError, httpx.StreamError) as error:
                raise Offline("The connection broke; no part of the file was kept.") from error
            kind = looks_like(file.head)
            return SavedFile(file.keep(), file.size, _remarks(attachment, file.size, kind))

    def _check(self, size: int, most: int, deadline: datetime) -> None:
        if size > most:
            raise Misunderstood(f"The file is larger than {most // 1048576} MB; it was not kept.")
        if self._clock() > deadline:
            raise Offline("The file came too slowly and was given up; no part of it was kept.")

    @contextmanager
    def _answer(self, url: str) -> Iterator[httpx.Response]:
        """The answer that holds the bytes, after at most four hops."""
        for _ in range(_HOPS):
            client = self._client(url)
            try:
                with (
                    Noted("GET", "attachment", self._clock) as noted,
                    self._hurry.watching(),
                ):
                    request = client.build_request(
                        "GET", url, headers=_AS_IT_IS, extensions={"trace": self._hurry.trace}
                    )
                    response = client.send(request, stream=True)
                    noted.outcome = str(response.status_code)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                raise Offline("The file's host cannot be reached.", "Try again later.") from error
            try:
                if response.status_code not in _REDIRECTS:
                    self._refuse(response)
                    yield response
                    return
                url = _led(url, response.headers.get("location", ""))
            finally:
                response.close()
        raise Misunderstood("The file's address leads from one host to the next without an end.")

    def _client(self, url: str) -> httpx.Client:
        """Who may ask this address. Raises Misunderstood for one that nobody may."""
        own = self._account.base_url
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise Misunderstood("The file's address cannot be taken apart.") from None
        practice = loopback(own.host) and parts.scheme == "http" and loopback(host)
        if not host or "@" in parts.netloc or (parts.scheme != "https" and not practice):
            raise Misunderstood("The file's address is not an encrypted one; it was not fetched.")
        same = (parts.scheme, host, port) == (own.scheme, own.host, own.port)
        return self._account if same else self._bare

    def _refuse(self, response: httpx.Response) -> None:
        if response.status_code in _GONE:
            raise NotFound("The file's address does not hold any more.")
        error = failure(Answer(response.status_code, dict(response.headers), b"", self._clock()))
        if error is not None:
            raise error


def unsigned(base_url: str) -> httpx.Client:
    """A client without any secret, for hosts that are not the account's."""
    return httpx.Client(
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        timeout=httpx.Timeout(10.0, connect=3.0),
        follow_redirects=False,
        trust_env=not loopback(urlsplit(base_url).hostname or ""),
        headers={"User-Agent": f"heroterm/{__version__}"},
    )


class Attachments(Asking):
    """The client's part that fetches files."""

    @contextmanager
    def files(self) -> Iterator[Files]:
        """The files of its account; the bare connections are let go at the end."""
        with unsigned(self.base_url) as bare:
            renewed = Library(self._get).attachment
            yield Files(self._http, bare, clock=self._clock, renewed=renewed, hurry=self._hurry)


def _led(url: str, where: str) -> str:
    """The address that a redirect names. Raises Misunderstood for one that is none."""
    try:
        return urljoin(url, where)
    except ValueError:
        raise Misunderstood("The file's address leads to one that cannot be read.") from None


def _remarks(attachment: Attachment, size: int, kind: str | None) -> tuple[str, ...]:
    found = []
    if size != attachment.size:
        found.append(f"It has {size:,} bytes; Zendesk said {attachment.size:,}.")
    if kind is not None and kind != attachment.content_type.partition(";")[0].strip().lower():
        told = shown(attachment.content_type, single_line=True) or "nothing"
        found.append(f"Its bytes look like {kind}; Zendesk said {told}.")
    if attachment.malware in ("failed_to_scan", "not_scanned"):
        found.append("Nobody has looked for malware in it.")
    return tuple(found)
