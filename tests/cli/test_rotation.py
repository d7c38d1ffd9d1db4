"""`heroterm rotation`, and everywhere else that the rota is shown; the carrier reads it."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from typing import Any

import pytest

from heroterm.domain.rotation import Rota, Turn
from heroterm.paths import locate
from heroterm.sandbox.rota import SCHEDULE, TOKEN
from tests.cli.conftest import Home
from tests.cli.door import Door
from tests.conftest import NOW

WEEK = Rota(
    "PagerDuty: Heroes",
    (
        Turn("Ana Hero", NOW - timedelta(days=2), NOW + timedelta(days=5), swapped=True),
        Turn("Lee Ortiz", NOW + timedelta(days=5), NOW + timedelta(days=12)),
    ),
    NOW - timedelta(days=3),
)


def configure(home: Any, **keys: str) -> None:
    """Add a [rotation] to the configuration of a home."""
    file = locate(home, os.environ).make().config_file
    before = file.read_text() if file.exists() else ""
    table = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    file.write_text(f"{before.replace('[rotation]', '')}\n[rotation]\n{table}")


def mirrored(home: Home, rota: Rota) -> None:
    writer = home.writer()
    writer.remember(rota=rota)
    writer.close()


def test_what_was_read_is_there_offline_with_its_age(home: Home, door: Door, own_home: Any) -> None:
    configure(own_home, schedule=SCHEDULE)
    mirrored(home, WEEK)
    told = door.json("rotation")
    assert (told["now"]["who"], told["now"]["swapped"]) == ("Ana Hero", True)
    assert told["next"] == {
        "who": "Lee Ortiz",
        "from": "2026-03-09T10:00:00Z",
        "until": "2026-03-16T10:00:00Z",
        "swapped": False,
    }
    assert told["age_seconds"] == 3 * 86_400
    out = door("rotation").out
    assert "do not change the rotation's order" in out and "Read 3 d ago." in out
    assert "Ana Hero until Mon 9 Mar, by an override, then Lee Ortiz" in out
    pack = door.json("handover")["rotation"]
    assert (pack["now"]["who"], pack["next"]["who"]) == ("Ana Hero", "Lee Ortiz")
    assert "\nRota: Ana Hero until" in door("handover").out


def test_the_doctor_says_which_hook_cannot_be_started(
    home: Home, door: Door, own_home: Any
) -> None:
    file = locate(own_home, os.environ).make().config_file
    script = file.parent / "mine.sh"
    script.write_text("#!/bin/sh\n")
    words = 'on_sent = ["sh"]\non_new_tier1 = ["./mine.sh"]\non_wait_woken = ["no-such-program"]\n'
    file.write_text(f"[hooks]\n{words}")
    seen = {each["name"]: each for each in door("doctor", "--offline", "--json").document["checks"]}
    assert seen["hook on_sent"]["ok"] and not seen["hook on_wait_woken"]["ok"]
    assert not seen["hook on_new_tier1"]["ok"] and "chmod" in seen["hook on_new_tier1"]["fix"]
    assert "hook on_breach_warning" not in seen
    script.chmod(0o700)
    seen = {each["name"]: each for each in door("doctor", "--offline", "--json").document["checks"]}
    assert seen["hook on_new_tier1"]["ok"]


def test_without_a_rota_or_before_it_was_read_the_next_step_is_said(
    home: Home, door: Door, own_home: Any
) -> None:
    assert "No rota is configured" in door("rotation").err
    configure(own_home, schedule=SCHEDULE)
    assert "has not been read yet" in door("rotation").err
    answer = door("rotation", "--now", "--json")
    assert answer.code == 2 and "--token-stdin" in answer.document["error"]["remedy"]


def test_zendesk_s_token_never_goes_to_pagerduty(
    door: Door, own_home: Any, sandbox_http: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(own_home, schedule=SCHEDULE, api=f"{sandbox_http.url}/_pagerduty")
    monkeypatch.setenv("HEROTERM_TOKEN", TOKEN)
    assert "No token" in door("rotation", "--now").err
    monkeypatch.setattr("sys.stdin", io.StringIO(TOKEN + "\n"))
    assert door("rotation", "--token-stdin").code == 0
    monkeypatch.delenv("HEROTERM_TOKEN")
    assert door.json("rotation", "--now")["now"]["who"]
    file = locate(own_home, os.environ).state / "secrets.json"
    assert file.stat().st_mode & 0o077 == 0


def test_a_secret_address_lies_where_tokens_do(
    door: Door, own_home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(own_home, calendar="secret")
    assert "No token" in door("rotation", "--now").err
    monkeypatch.setattr("sys.stdin", io.StringIO("http://127.0.0.1:9/private/f00d.ics\n"))
    assert door("rotation", "--token-stdin", "--token-file").code == 0
    answer = door("rotation", "--now")
    assert answer.code == 5 and "f00d" not in answer.err


def test_the_carrier_reads_it_beside_its_work(
    connect: Any, door: Door, own_home: Any, sandbox_http: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connect().code == 0
    configure(own_home, schedule=SCHEDULE, api=f"{sandbox_http.url}/_pagerduty")
    monkeypatch.setenv("HEROTERM_ROTATION_TOKEN", TOKEN)
    door.json("sync", "--once")
    told = door.json("rotation")
    assert told["source"] == "PagerDuty: Support Hero" and told["turns"]
    seen = {each["name"]: each for each in door("doctor", "--offline", "--json").document["checks"]}
    assert seen["rota token"]["say"] == "HEROTERM_ROTATION_TOKEN"
    assert seen["rota"]["ok"] and "PagerDuty: Support Hero" in seen["rota"]["say"]
    file = locate(own_home, os.environ).config_file
    file.write_text(file.read_text().split("[rotation]")[0])
    door.json("sync", "--once")
    assert "No rota is configured" in door("rotation").err
