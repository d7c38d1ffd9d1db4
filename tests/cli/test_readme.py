"""What the README tells a newcomer to type works as it stands there."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


def script(project: Path) -> str:
    """The block of commands below "The same without the screen"."""
    text = (project / "README.md").read_text(encoding="utf-8")
    below = text.split("## The same without the screen", 1)[1]
    return below.split("```sh\n", 1)[1].split("```", 1)[0]


def commands(folder: Path) -> Path:
    """A folder in which `heroterm` and `python3` are those of this run."""
    folder.mkdir()
    for name, words in (("heroterm", ["-m", "heroterm"]), ("python3", [])):
        file = folder / name
        file.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, *words])} "$@"\n')
        file.chmod(0o755)
    return folder


def run(script: str, **environment: str) -> tuple[int, str]:
    """The code and everything that bash printed; whatever it left running is ended."""
    with subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", script],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=environment,
    ) as shell:
        try:
            code = shell.wait(timeout=120)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGTERM)
        assert shell.stdout is not None
        return code, shell.stdout.read()


def test_the_script_of_the_readme_runs_as_it_stands(project: Path, tmp_path: Path) -> None:
    code, said = run(
        script(project),
        PATH=f"{commands(tmp_path / 'bin')}:{os.environ['PATH']}",
        PYTHONPATH=str(project),
        HOME=str(tmp_path),
        TMPDIR=str(tmp_path),
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
    )
    assert code == 0, said
    assert "heroterm outbox recall" in said
    assert "public reply  sent  just now" in said, said
