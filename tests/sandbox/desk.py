"""A caller at the practice desk, in memory: signs in and reads JSON."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from werkzeug.test import Client, TestResponse

from heroterm.sandbox import shift
from heroterm.sandbox.shift import Sandbox

START = datetime(2024, 10, 7, 9, 0, tzinfo=UTC)


def make(**options: Any) -> Sandbox:
    """A shift whose clock stands still at START unless it is turned."""
    chosen: dict[str, Any] = {"tickets": 60, "clock": START, "now": lambda: START}
    return shift.build(**{**chosen, **options})


class Desk:
    """Calls one sandbox as its hero; `get` insists on 200 and gives the JSON."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.world = sandbox, sandbox.world
        sign = base64.b64encode(f"{sandbox.email}/token:{sandbox.token}".encode()).decode()
        self.headers = {"Authorization": f"Basic {sign}"}
        self.client = Client(sandbox.app)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Any request; `path` may be below /api/v2 or absolute with a leading slash twice."""
        where = path if path.startswith(("/_sandbox", "/oauth")) else f"/api/v2{path}"
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(where, method=method, json=body, headers={**self.headers, **own})

    def get(self, path: str) -> Any:
        """The JSON of a GET that must succeed."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.get_json()

    def put(self, ticket: int, **wanted: Any) -> TestResponse:
        """Update a ticket."""
        return self.call("PUT", f"/tickets/{ticket}", {"ticket": wanted})

    def ticket(self, key: int | str) -> Any:
        """A ticket by number, or a scripted one by its name."""
        number = self.world.named[key] if isinstance(key, str) else key
        return self.get(f"/tickets/{number}?include=slas")["ticket"]

    def control(self, path: str, body: Any = None) -> Any:
        """Use the control plane; POST when there is a body."""
        answer = self.call("POST" if body is not None else "GET", f"/_sandbox/{path}", body)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def pages(self, path: str, name: str) -> list[Any]:
        """All rows of a list that is paged by cursor, the way a client reads it."""
        rows: list[Any] = []
        after = ""
        while True:
            page = self.get(f"{path}{after}")
            rows += page[name]
            if not page["meta"]["has_more"]:
                return rows
            after = f"&page[after]={page['meta']['after_cursor']}"
