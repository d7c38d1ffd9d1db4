"""The first run's talk: signing in, the team's view, hours; leaving in the middle and going on."""

from __future__ import annotations

import io
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from heroterm.cli.invocation import Invocation
from heroterm.cli.office_hours import OfficeHours, write_hours
from heroterm.cli.setting_up import SettingUp
from heroterm.cli.talk import Talk
from heroterm.config import load
from heroterm.mirror.writer import MirrorWriter
from heroterm.paths import locate
from heroterm.rulebook import load as load_rules
from heroterm.zendesk.answers import Answer, unread
from tests.cli.door import Door
from tests.mirror.make import place


@dataclass
class Scripted:
    """A person who answers in order; what was said to them is kept."""

    answers: list[str]
    heard: list[str] = field(default_factory=list)

    def ask(self, prompt: str) -> str | None:
        self.heard.append(prompt)
        return self.answers.pop(0) if self.answers else None

    @property
    def talk(self) -> Talk:
        return Talk(self.heard.append, self.ask, self.ask)


def here(door: Door) -> Invocation:
    return Invocation(door.clock, door.new_id)


def test_a_newcomer_signs_in_and_picks_the_teams_view(
    door: Door, sandbox_http: Any, sandbox_wsgi: Any, own_home: Path
) -> None:
    person = Scripted(
        [
            "not a subdomain!", sandbox_http.url,
            "x", "t", sandbox_wsgi.email, "wrong-token",
            "", sandbox_wsgi.email, sandbox_wsgi.token,
            "zzz", "high prio",
            "25:00-26:00", "08:00-16:30 Europe/Berlin", "",
        ]
    )  # fmt: skip
    assert SettingUp(here(door), person.talk).run()
    heard = "\n".join(person.heard)
    assert "'x' is none of these letters." in heard
    assert "does not know these credentials" in heard and "Run `heroterm connect`" not in heard
    assert "No such view." in heard
    assert "are no working hours" in heard
    assert str(own_home / "config" / "config.toml") in heard
    assert "uninstall-data" in heard
    assert "Your queue is the view Product Analytics: high priority." in heard
    assert load(own_home / "config" / "config.toml").account.view
    rules = load_rules(overrides=own_home / "config" / "rules")
    assert not rules.findings
    assert str(rules.targets.warnings.zone) == "Europe/Berlin"
    assert sandbox_wsgi.token not in heard


def test_a_newcomer_who_leaves_has_written_nothing(door: Door, own_home: Path) -> None:
    person = Scripted([""])
    assert not SettingUp(here(door), person.talk).run()
    assert not (own_home / "config").exists()
    assert "Nothing was written." in person.heard[-1]


def test_a_wrong_account_is_left_for_the_right_one_without_leaving(
    door: Door, sandbox_http: Any, sandbox_wsgi: Any, own_home: Path
) -> None:
    person = Scripted(
        ["http://127.0.0.1:1", "t", sandbox_wsgi.email, "token", "a", sandbox_http.url,
         "t", sandbox_wsgi.email, sandbox_wsgi.token, "", "", ""]
    )  # fmt: skip
    assert SettingUp(here(door), person.talk).run()
    assert load(own_home / "config" / "config.toml").account.url == sandbox_http.url


def test_a_browser_signs_in_as_the_client_that_the_admin_registered(
    door: Door, sandbox_http: Any, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No browser opens at first, and the client is unknown there: both are said, then mended."""
    ours = sandbox_http.sandbox.oauth_client_id
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        if f"client_id={ours}" not in address:
            return False
        threading.Thread(target=lambda: httpx.get(address, follow_redirects=True)).start()
        return True

    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.setattr("webbrowser.open", browse)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    person = Scripted([sandbox_http.url, "", "c", ours, "0", "", "", "", ""])
    assert SettingUp(here(door), person.talk).run()
    heard = "\n".join(person.heard)
    assert len(opened) == 2 and "Nothing was pasted" in heard and "OAuth clients" in heard
    assert load(own_home / "config" / "config.toml").account.sign_in == "bearer"


def test_who_leaves_after_signing_in_is_asked_the_rest_at_the_next_start(
    door: Door, sandbox_http: Any, sandbox_wsgi: Any, own_home: Path
) -> None:
    class Leaving(Scripted):
        def ask(self, prompt: str) -> str | None:
            if not self.answers:
                raise KeyboardInterrupt
            return super().ask(prompt)

    person = Leaving([sandbox_http.url, "t", sandbox_wsgi.email, sandbox_wsgi.token])
    with pytest.raises(KeyboardInterrupt):
        SettingUp(here(door), person.talk).run()
    where = locate(own_home, {})
    assert any(str(where.config_file) in line for line in person.heard[-5:])
    assert where.setting_up.exists()
    SettingUp(here(door), Scripted(["high prio", "", ""]).talk).go_on()
    assert load(where.config_file).account.view and not where.setting_up.exists()


def test_a_view_that_came_with_a_colleagues_configuration_stays_by_enter(
    door: Door, sandbox_http: Any, sandbox_wsgi: Any, own_home: Path
) -> None:
    signed = [sandbox_http.url, "t", sandbox_wsgi.email, sandbox_wsgi.token]
    assert SettingUp(here(door), Scripted([*signed, "high prio", "", ""]).talk).run()
    file = own_home / "config" / "config.toml"
    chosen = load(file).account.view
    again = ["", "t", sandbox_wsgi.email, sandbox_wsgi.token]
    person = Scripted([*again, "", "", ""])
    assert SettingUp(here(door), person.talk).run()
    assert load(file).account.view == chosen
    assert "Your queue is the view Product Analytics: high priority." in person.heard
    assert SettingUp(here(door), Scripted([*again, "0", "", ""]).talk).run()
    assert load(file).account.view is None


def test_whole_hours_need_no_minutes() -> None:
    assert OfficeHours.read("mon-thu 8-16", OfficeHours()).line == "mon-thu 08:00-16:00 UTC"


def test_hours_keep_every_other_line_of_a_teams_own_rules(own_home: Path) -> None:
    where = locate(own_home, {}).make()
    first = write_hours(where, OfficeHours.read("sat-sun 10:00-14:00 Europe/London", OfficeHours()))
    assert first is not None
    first.write_text(first.read_text() + "# ours\n")
    write_hours(where, OfficeHours.read("7:30-15:00", OfficeHours(zone="Europe/London")))
    text = first.read_text()
    assert text.endswith("# ours\n")
    assert 'quiet = "15:00-07:30"' in text and 'quiet_days = ["sat", "sun"]' in text


def test_what_helps_is_an_answer_to_the_next_question_and_no_flag(
    door: Door, sandbox_http: Any, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A port that is taken, then a mirror of another account, then an account that has moved."""
    monkeypatch.setenv("BROWSER", "true")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr("heroterm.cli.connect.PORT", taken.getsockname()[1])
        first = Scripted([sandbox_http.url, "b", "c", "", "", "q"])
        assert not SettingUp(here(door), first.talk).run()
    heard = "\n".join(first.heard)
    assert "cannot be used" in heard
    assert "Answer with c to name another port, as the admin registered it." in heard
    assert "c as another OAuth client" in heard and "Port of its redirect" in heard

    paths = locate(own_home, {})
    paths.make()
    writer = MirrorWriter(paths.mirror, place)
    writer.remember(account="https://other.zendesk.com")
    writer.close()
    second = Scripted([sandbox_http.url, "b", "q"])
    assert not SettingUp(here(door), second.talk).run()
    heard += "\n".join(second.heard)
    assert "holds https://other.zendesk.com" in heard
    assert "Answer with a to go on with the account of that mirror" in heard

    def moves(*_: object, **__: object) -> None:
        raise unread(Answer(302, {"location": "https://new.zendesk.com"}, b"", door.clock()))

    monkeypatch.setattr("heroterm.cli.signing_in.by_browser", moves)
    paths.mirror.unlink()
    third = Scripted([sandbox_http.url, "b", "q"])
    assert not SettingUp(here(door), third.talk).run()
    heard += "\n".join(third.heard)
    assert "Was the account renamed? Answer with a to name its new address." in heard
    assert " --" not in heard
