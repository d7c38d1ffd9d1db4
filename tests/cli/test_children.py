"""What heroterm starts of itself is itself, whatever lies in the folder where the hero stands."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from heroterm.cli.children import importable, own_command


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    trap = "import pathlib\npathlib.Path('caught').touch()\nraise SystemExit(9)\n"
    for name in ("json.py", "heroterm.py", "click.py"):
        (tmp_path / name).write_text(trap)
    done = subprocess.run(
        own_command(None, "themes", "list", "--json"),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": importable("")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "caught").exists()
