"""What the tests stand on holds: no network, no foreign settings, a whole wheel, a fresh lock."""

from __future__ import annotations

import os
import socket
import tomllib
from pathlib import Path

import pytest

import heroterm
from tests.conftest import NetworkRefused, on_this_machine
from tests.house import lock, wheel


def test_a_test_cannot_reach_beyond_this_machine() -> None:
    with pytest.raises(NetworkRefused, match="only loopback"):
        socket.getaddrinfo("example.com", 443)
    with socket.socket() as plug, pytest.raises(NetworkRefused, match=r"192\.0\.2\.1"):
        plug.connect(("192.0.2.1", 80))


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "", None])
def test_a_host_on_this_machine_is_known_as_such(host: str | None) -> None:
    assert on_this_machine(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "example.com", "2001:db8::1", "127.0.0.1.example.com"]
)
def test_a_host_elsewhere_is_known_as_such(host: str) -> None:
    assert not on_this_machine(host)


def test_each_test_has_its_own_empty_home(own_home: Path) -> None:
    assert os.environ["HEROTERM_HOME"] == str(own_home)
    assert not own_home.exists()
    assert "NO_COLOR" not in os.environ
    foreign = [name for name in os.environ if name.startswith("TEXTUAL")]
    assert not [name for name in foreign if not name.startswith("TEXTUAL_SNAPSHOT")]


def test_the_version_is_written_once() -> None:
    assert heroterm.__version__.count(".") == 2


def test_a_wheel_without_its_data_is_found_out(project: Path) -> None:
    wanted = wheel.wanted(project)
    assert "heroterm/themes/heroterm-dark.toml" in wanted
    assert "heroterm/py.typed" in wanted
    some = wanted - {"heroterm/themes/mono.toml"}
    assert wheel.missing(wanted, some) == ["heroterm/themes/mono.toml"]


def test_a_wheel_carries_no_tests_and_no_caches() -> None:
    packed = {"heroterm/__init__.py", "tests/conftest.py", "heroterm/__pycache__/a.pyc"}
    assert wheel.strangers(packed) == ["heroterm/__pycache__/a.pyc", "tests/conftest.py"]


def test_the_lock_holds_what_the_project_asks_for(project: Path) -> None:
    assert lock.differences(project) == []


def test_a_pin_that_the_project_does_not_want_is_found_out(project: Path, tmp_path: Path) -> None:
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text((project / name).read_text())
    text = (tmp_path / "requirements.lock").read_text()
    (tmp_path / "requirements.lock").write_text(text.replace("textual==8.2.8", "textual==8.9.9"))
    assert any("textual" in line for line in lock.differences(tmp_path))


def test_a_dependency_that_is_not_locked_is_found_out(project: Path, tmp_path: Path) -> None:
    for name in ("requirements.lock",):
        (tmp_path / name).write_text((project / name).read_text())
    text = (project / "pyproject.toml").read_text()
    changed = text.replace('"pyperclip>=1.9,<2",', '"pyperclip>=1.9,<2", "newcomer>=1",')
    (tmp_path / "pyproject.toml").write_text(changed)
    assert any("newcomer" in line for line in lock.differences(tmp_path))


def test_every_dependency_says_why_it_is_there(project: Path) -> None:
    text = (project / "pyproject.toml").read_text()
    listed = tomllib.loads(text)
    names = [*listed["project"]["dependencies"], *listed["dependency-groups"]["test"]]
    lines = text.splitlines()
    for name in names:
        at = next(i for i, line in enumerate(lines) if f'"{name}"' in line)
        assert lines[at - 1].lstrip().startswith("#"), f"{name} has no reason above it"
