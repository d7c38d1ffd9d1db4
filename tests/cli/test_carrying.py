"""From the command line to a Zendesk on loopback and back."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.carrying import periods_of, rooms
from heroterm.cli.invocation import Invocation
from heroterm.config import load
from heroterm.journal.lock import SenderLock
from heroterm.paths import locate
from heroterm.sync import report
from heroterm.sync.periods import Periods
from tests.cli.conftest import type_in
from tests.cli.door import Door
from tests.conftest import NOW

TOKEN_KINDS = ("account", "user", "can", "strategy")
SYNC_KEYS = set(
    "tickets comments users organizations requests strategy seconds cursor_at offline".split()
)


def control(running: Any, what: str, **body: object) -> Any:
    """Ask the sandbox's own plane, as a test may and a client may not."""
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(f"{running.url}/_sandbox/{what}", data=data)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_the_configuration_reaches_the_carrier(connect: Any, own_home: Path) -> None:
    connect()
    file = locate(own_home, {}).config_file
    slow = "delta_seconds = 120\nworking_set_seconds = 240\nopen_ticket_seconds = 45\n"
    sync = f"[sync]\n{slow}reference_seconds = 600\nshare = 0.25\n[mirror]\nkeep_days = 30\n"
    account = file.read_text().partition("\n[organization_fields]")[0]
    file.write_text(f"{account}\n{sync}")
    with rooms(Invocation(lambda: NOW, lambda: "")) as opened:
        assert opened.pull.access.wire.pace.share == 0.25  # type: ignore[attr-defined]
        assert periods_of(opened.call.config) == Periods(120, 240, 45, 600, keep_days=30)


def test_the_whole_configuration_is_shown(connect: Any, door: Door) -> None:
    connect()
    shown = door.json("config", "show")["config"]
    assert shown["sync"]["share"] == 0.5 and shown["mirror"] == {"keep_days": 90}
    assert "keep_days" in door("config", "show").out


def a_ticket(door: Door, **wanted: object) -> int:
    rows = door.json("queue", "--all")["tickets"]
    found = (r["id"] for r in rows if all(r[k] == v for k, v in wanted.items()))
    return int(next(found))


def test_connecting_keeps_the_account_and_a_private_token(
    connect: Any, sandbox_http: Any, own_home: Path
) -> None:
    document = connect("--view", "12").document
    assert set(TOKEN_KINDS) <= set(document)
    assert document["can"] == {
        "reply": True,
        "note": True,
        "history": True,
        "incremental": False,
        "slas_policies": False,
    }
    where = locate(own_home, {})
    account = load(where.config_file).account
    assert (account.url, account.view) == (sandbox_http.url, 12)
    assert connect().code == 0
    assert load(where.config_file).account.view == 12
    for file in (where.config_file, where.state / "secrets.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_wrong_token_changes_nothing(connect: Any, own_home: Path) -> None:
    answer = connect(token="wrong")
    assert answer.code == 4
    assert answer.document["error"]["kind"] == "NotAllowed"
    assert not own_home.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("acme",),
        ("acme", "--email", "nobody"),
        ("--email", "a@example.com", "--token-stdin"),
        ("acme", "--url", "https://acme.zendesk.com", "--email", "a@example.com"),
        ("evil.com/", "--email", "a@example.com", "--token-stdin"),
        ("acme", "--oauth"),
        ("acme", "--email", "a@example.com", "--token-stdin"),
    ],
)
def test_connecting_says_what_is_missing(
    words: tuple[str, ...], door: Door, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    type_in(monkeypatch, "")
    answer = door("connect", *words, "--json")
    assert answer.code == 2
    assert answer.document["error"]["remedy"]
    assert not own_home.exists()


def test_without_an_account_there_is_nothing_to_sync(door: Door) -> None:
    answer = door("sync", "--once", "--json")
    assert answer.code == 2
    assert "heroterm demo" in answer.document["error"]["remedy"]


def test_one_pass_fills_the_mirror_and_the_next_brings_little(synced: Any, door: Door) -> None:
    assert set(synced) >= SYNC_KEYS
    assert synced["tickets"] == 60
    assert synced["offline"] is False
    assert door.json("queue")["tickets"]
    assert door.json("sync", "--once")["requests"] < synced["requests"]


def test_the_team_s_saved_views_are_brought_and_a_search_says_the_same(
    connect: Any, door: Door, own_home: Path
) -> None:
    assert connect("--view", "360002440001").code == 0
    where = locate(own_home, os.environ).config_file
    tables = "".join(
        f'\n[[view]]\nname = "{name}"\n{rest}\n'
        for name, rest in {
            "Unassigned": "zendesk = 360002440016",
            "Nobody's": 'query = "assignee:none"',
            "Replay": "zendesk = 360002440021",
            "Theirs": 'query = "group:Replay"',
        }.items()
    )
    where.write_text(where.read_text() + tables)
    door.json("sync", "--once")

    def held(*words: str) -> list[int]:
        return [row["id"] for row in door.json("queue", *words)["tickets"]]

    assert held("--view", "Unassigned") == held("--view", "Nobody's") != []
    assert held("--view", "Replay") == held("--view", "Theirs") != []
    groups = {row["group"] for row in door.json("queue")["tickets"]}
    assert groups == {"Product Analytics"}
    answer = door("queue", "--view", "Pending tickets", "--json")
    assert answer.document["explained"] and answer.document["tickets"] == []


def test_what_is_sent_by_a_pass_is_told_to_a_person(synced: Any, door: Door) -> None:
    id_ = a_ticket(door, source="mail", status="open")
    door.json("note", str(id_), "--body", "looked at it", "--hold", "0")
    answer = door("sync", "--once")
    assert f"#{id_} sent" in answer.err
    assert "1 sent" in answer.out


def test_a_reply_is_sent_once_and_seen_in_the_mirror(
    synced: Any, door: Door, sandbox_http: Any
) -> None:
    id_ = a_ticket(door, source="mail", status="open")
    words = "Hey there, reload please; I wait for you."
    intent = door.json("reply", str(id_), "--body", words, "--status", "pending")["intent"]
    (sent,) = door.json("outbox", "send", intent)["intents"]
    assert sent["state"] == "sent"
    assert sent["audit_id"] and sent["comment_id"]
    world = {t["id"]: t for t in control(sandbox_http, "world")["tickets"]}
    mine = [c for c in world[id_]["comments"] if c["body"] == words]
    assert [c["public"] for c in mine] == [True]
    assert world[id_]["status"] == "pending"
    shown = door.json("show", str(id_))
    assert shown["comments"][-1]["text"] == words
    assert shown["ticket"]["status"] == "pending"
    assert [each["state"] for each in shown["intents"]] == ["sent"]


def test_what_is_sent_without_a_network_stays_queued(
    synced: Any, door: Door, sandbox_http: Any
) -> None:
    id_ = a_ticket(door, source="mail", status="open")
    door.json("note", str(id_), "--body", "written on the train")
    sandbox_http.stop()
    answer = door("outbox", "send", "--json")
    assert answer.code == 5
    assert [i["state"] for i in answer.document["intents"]] == ["queued"]
    offline = door("sync", "--once", "--json")
    assert offline.code == 5
    assert offline.document["offline"] is True
    assert door.json("queue")["offline_since"] is not None


def test_a_customer_who_wrote_meanwhile_stops_the_reply(
    synced: Any, door: Door, sandbox_http: Any
) -> None:
    id_ = a_ticket(door, source="mail", status="open")
    intent = door.json("reply", str(id_), "--body", "Hey there, all is well again.")["intent"]
    control(sandbox_http, "clock", advance_seconds=60)
    control(sandbox_http, "say", ticket=id_, author="requester", body="Still broken", public=True)
    control(sandbox_http, "clock", advance_seconds=60)
    answer = door("outbox", "send", "--json")
    assert answer.code == 1
    (stopped,) = answer.document["intents"]
    assert stopped["state"] == "needs_you"
    assert stopped["why"]
    (sent,) = door.json("outbox", "send", intent, "--anyway", "collision")["intents"]
    assert sent["state"] == "sent"


def test_an_answer_that_is_not_zendesk_s_is_no_success(
    synced: Any, door: Door, sandbox_http: Any
) -> None:
    control(sandbox_http, "faults", rules=[{"match": "GET /api/*", "do": "html"}])
    answer = door("sync", "--once", "--json")
    assert answer.code == 4
    assert answer.document["error"]["kind"] == "SignInPage"


def test_one_process_carries_and_another_says_so(synced: Any, door: Door, own_home: Path) -> None:
    lock = SenderLock(locate(own_home, {}).sender_lock)
    assert lock.acquire()
    try:
        answer = door("sync", "--once")
        assert answer.code == 0
        assert str(os.getpid()) in answer.out
    finally:
        lock.release()


def test_the_mirror_of_one_account_is_not_mixed_with_another(
    synced: Any, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "abc\n")
    answer = door("connect", "acme", "--email", "a@example.com", "--token-stdin", "--json")
    assert answer.code == 3
    assert "purge" in answer.document["error"]["remedy"]


def carry(given: str) -> subprocess.CompletedProcess[str]:
    """The carrier as the workstation starts it, its orders given at once and then closed."""
    return subprocess.run(
        [sys.executable, "-m", "heroterm", "carry"],
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_carrier_speaks_in_lines_and_ends_with_its_orders(synced: Any) -> None:
    for given in ("", '{"order":"Stop"}\n', 'nonsense\n{"order":"SyncNow"}\n'):
        ended = carry(given)
        assert ended.returncode == 0, ended.stderr
        for line in ended.stdout.splitlines():
            report.from_line(line)


def test_the_carrier_reports_what_it_brought(connect: Any) -> None:
    connect()
    child = subprocess.Popen(
        [sys.executable, "-m", "heroterm", "carry"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None and child.stdin is not None
    kinds = []
    for line in child.stdout:
        told = report.from_line(line)
        kinds.append(type(told).__name__)
        if isinstance(told, report.Pulled) and told.what == "fill" and told.whole:
            break
    else:
        pytest.fail(f"the fill never ended: {kinds}")
    child.terminate()
    child.stdin.close()
    child.stdout.read()
    child.stdout.close()
    assert child.wait(timeout=30) == 0


def test_the_desk_s_own_process_stays_light() -> None:
    code = (
        "import sys, heroterm.cli.desk, heroterm.cli.parts, heroterm.cli.deskbook\n"
        "heavy = {'httpx', 'pydantic', 'keyring', 'sqlite_utils', 'click'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
