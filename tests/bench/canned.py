"""Answers of a practice desk given again from disk, so that its own work is not measured.

`python -m tests.bench.canned FOLDER URL AUTHORIZATION` serves on loopback and says its address in
one line. What was not asked before is asked of the practice desk behind it and kept; from the
second time on an answer costs a file's bytes. It gives way to whatever else runs here, since a
service takes no processor away from the desk that asks it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.bench.warm import NotBuilt

_NICER = 19
_WITH_CURSOR = ("include", "per_page", "start_time")
"""What says nothing more once a cursor is named."""


class Canned(BaseHTTPRequestHandler):
    """Gives answers out of `folder`, asks `behind` for those that are not in it."""

    protocol_version = "HTTP/1.1"
    folder: Path
    behind: httpx.Client

    def do_GET(self) -> None:
        status, body = self._answer()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # a desk that was closed waits for no answer
            self.wfile.write(body)

    def _answer(self) -> tuple[int, bytes]:
        """Status and body; only what went well is kept."""
        file = self.folder / hashlib.sha256(self._asked().encode()).hexdigest()
        if file.exists():
            return 200, file.read_bytes()
        answer = self.behind.get(self.path.replace(".json?", "?"))
        here = f"http://{self.headers['Host']}".encode()
        body = answer.content.replace(str(self.behind.base_url).encode(), here)
        if answer.status_code == 200:
            file.write_bytes(body)
        return answer.status_code, body

    def _asked(self) -> str:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if "cursor" in query:
            query = {name: text for name, text in query.items() if name not in _WITH_CURSOR}
        return f"{parts.path.removesuffix('.json')} {sorted(query.items())}"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def canned(at: dict[str, str], folder: Path) -> Iterator[dict[str, str]]:
    """The same desk behind its kept answers, in a process of its own; where it is."""
    secret = b64encode(f"{at['email']}/token:{at['token']}".encode()).decode()
    words = [sys.executable, "-m", "tests.bench.canned", str(folder), at["url"], f"Basic {secret}"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        try:
            assert child.stdout is not None
            url = child.stdout.readline().strip()
            if not url.startswith("http"):
                raise NotBuilt("the kept answers are not served")
            yield {**at, "url": url}
        finally:
            child.terminate()


def _give_way() -> None:
    """Linux weighs sessions against each other, and what is in one against the rest of it."""
    os.nice(_NICER)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(f"{_NICER}\n")


def main(folder: str, url: str, authorization: str) -> None:
    _give_way()
    Canned.folder = Path(folder)
    headers = {"Authorization": authorization}
    Canned.behind = httpx.Client(base_url=url, headers=headers, timeout=300)
    server = HTTPServer(("127.0.0.1", 0), Canned)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
