"""Puts a practice desk on a real loopback socket: HTTP/1.1, keep-alive, one thread a connection."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from heroterm.sandbox.faults import Cut
from heroterm.sandbox.shift import Sandbox

HOST = "127.0.0.1"


class Handler(WSGIRequestHandler):
    """Speaks HTTP/1.1 with keep-alive; the app always reads the body and names its length.

    The toolkit's own handler closes after each answer, which would hide every fault that only
    shows on a connection that is used twice.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        """Answer one request; a Cut ends the connection without a word."""
        try:
            self._answer(self.make_environ())
        except (Cut, ConnectionError, TimeoutError):
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: requests are in the ledger, bodies and tokens belong in no log."""

    def _answer(self, environ: dict[str, Any]) -> None:
        head: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            head.append((status, headers))

        chunks = iter(self.server.app(environ, start_response))  # type: ignore[arg-type]
        status, headers = head[0]
        code, _, phrase = status.partition(" ")
        self.log_request(code)
        self.send_response_only(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self._body(chunks)

    def _body(self, chunks: Iterator[bytes]) -> None:
        if self.command != "HEAD":
            for chunk in chunks:
                self.wfile.write(chunk)


@dataclass(slots=True)
class Running:
    """A desk that answers in the background at `url` until it is stopped."""

    url: str
    sandbox: Sandbox
    _server: BaseWSGIServer
    _thread: threading.Thread

    def stop(self) -> None:
        """End the server; its port is free afterwards."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def start(sandbox: Sandbox, port: int = 0) -> Running:
    """Serve in a background thread of this process. Raises OSError when the port is taken."""
    server = _bind(sandbox, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    return Running(_url(server), sandbox, server, thread)


def serve(sandbox: Sandbox, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve until a signal; `ready` gets the address first. Raises OSError when the port is taken.

    In the main thread SIGTERM and SIGINT end the process with exit code 0.
    """
    server = _bind(sandbox, port)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _leave)
    ready(_url(server))
    server.serve_forever()


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _bind(sandbox: Sandbox, port: int) -> BaseWSGIServer:
    # The toolkit prints and exits when a port is taken; binding first lets OSError through.
    with socket.create_server((HOST, port), backlog=128) as bound:
        server = make_server(
            HOST, port, sandbox.app, threaded=True, request_handler=Handler, fd=bound.fileno()
        )
    return server


def _url(server: BaseWSGIServer) -> str:
    return f"http://{HOST}:{server.server_address[1]}"
