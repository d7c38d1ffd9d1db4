"""Catches the browser's answer on a loopback port: one redirect, then the port is closed."""

from __future__ import annotations

import html
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from heroterm.errors import HeroError, UsageError
from heroterm.zendesk.oauth import PATH

HOST = "127.0.0.1"
ANOTHER_PORT = "Choose another that the admin registered (--port P), or paste the answer (--paste)."
"""What helps where the port is taken."""
_PAGE = (
    '<!doctype html><meta charset="utf-8"><title>heroterm</title>'
    "<body style='font:18px sans-serif;margin:4em'><h1>{head}</h1><p>{text}</p>"
)
_STRANGER = (
    "This answer belongs to another sign-in and was not taken. Close this tab; the terminal goes "
    "on waiting for the one that it began."
)
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "Connection": "close",
}
_IDLE_SECONDS = 5.0
"""How long a connection may say nothing: browsers open some in advance."""


class Catcher(ThreadingHTTPServer):
    """A server that waits for one redirect. `judge` gives its code, or raises HeroError.

    What is not `ours` (an old tab, a page that plays Zendesk) ends nothing: `stranger` is told.
    """

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), Redirect)
        self.judge: Callable[[dict[str, str]], str] | None = None
        self.ours: Callable[[dict[str, str]], bool] = lambda answer: True
        self.stranger: Callable[[], object] = lambda: None
        self.code = ""
        self.error: HeroError | None = None
        self.done = threading.Event()
        self._first = threading.Lock()

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, which may take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    @property
    def redirect_uri(self) -> str:
        """The address to which Zendesk sends the browser back."""
        return f"http://{HOST}:{self.server_port}{PATH}"

    def take(self, answer: dict[str, str]) -> tuple[int, str, str]:
        """Judge a redirect; status, headline and words of the page. Only the first one counts."""
        if not self.ours(answer):
            self.stranger()
            return 400, "Not this sign-in", _STRANGER
        if self.judge is None or not self._first.acquire(blocking=False):
            return 409, "Already answered", "Go back to the terminal; this tab may be closed."
        try:
            self.code = self.judge(answer)
        except HeroError as error:
            self.error = error
            return 400, "Not signed in", f"{error.say} The terminal says what to do next."
        return 200, "The answer is there", "Go back to the terminal; this tab may be closed."

    def wait(self, seconds: float) -> str:
        """The code. Raises what `judge` raised; UsageError when nothing came in time."""
        if not self.done.wait(seconds):
            raise UsageError(f"No answer came from the browser within {seconds:.0f} seconds.")
        if self.error is not None:
            raise self.error
        return self.code


class Redirect(BaseHTTPRequestHandler):
    """Answers GET on the redirect's path; everything else does not exist."""

    server: Catcher
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        """Take the redirect. A foreign Host is a page elsewhere that plays this machine."""
        parts = urlsplit(self.path)
        hosts = (f"{HOST}:{self.server.server_port}", f"localhost:{self.server.server_port}")
        if parts.path != PATH or self.headers.get("Host") not in hosts:
            self._page(404, "Nothing here", "heroterm waits for Zendesk's answer only.")
            return
        self._page(*self.server.take(dict(parse_qsl(parts.query, keep_blank_values=True))))
        if self.server.code or self.server.error:
            self.server.done.set()

    def _page(self, status: int, head: str, text: str) -> None:
        body = _PAGE.format(head=html.escape(head), text=html.escape(text)).encode()
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the request line holds the code."""


@contextmanager
def catching(port: int) -> Iterator[Catcher]:
    """A catcher on a loopback port, 0 for a free one. Raises UsageError when it is taken."""
    try:
        server = Catcher(port)
    except OSError as error:
        raise UsageError(
            f"Port {port} of this machine cannot be used ({error.strerror}).",
            ANOTHER_PORT,
        ) from None
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
