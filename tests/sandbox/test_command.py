from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys

import httpx

SCRIPT = "from heroterm.cli.sandbox import command; command()"


def spawn(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_first_line_says_how_to_sign_in_and_a_signal_ends_it() -> None:
    with spawn("--seed", "7", "--tickets", "20", "--json", "--home", "x") as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        sign = (f"{first['email']}/token", first["token"])
        me = httpx.get(f"{first['url']}/api/v2/users/me", auth=sign).json()["user"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0

    assert me["email"] == first["email"]
    assert (first["schema"], first["seed"], first["tickets"]) == (1, 7, 20)
    assert {"subdomain", "oauth_client_id"} <= set(first)


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with spawn("--port", str(port), "--tickets", "5") as process:
            _, words = process.communicate(timeout=20)

    assert process.returncode == 2
    assert words.startswith(f"Port {port} cannot be used")


def test_help_loads_nothing_of_the_room() -> None:
    check = "import sys; import heroterm.cli.sandbox; print('werkzeug' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
