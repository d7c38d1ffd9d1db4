"""The browser that the desk opens leaves the desk's terminal alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from heroterm.cli.browser import open_beside

ADDRESS = "https://posthog.com/questions/how"
TALKS = """#!{python}
import os, sys
print("Opening in existing browser session.", flush=True)
print("[1:1:ERROR] no GPU", file=sys.stderr, flush=True)
with open({log!r}, "w") as log:
    print(sys.argv[1], sys.stdin.read() == "", "TERM" in os.environ,
          "HEROTERM_TOKEN" in os.environ, file=log)
sys.exit({code})
"""


@pytest.mark.parametrize("code", [0, 1])
def test_a_browser_that_talks_and_reads_has_no_part_of_the_screen(
    code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    script, log = tmp_path / "browser", tmp_path / "log"
    script.write_text(TALKS.format(python=sys.executable, log=str(log), code=code))
    script.chmod(0o700)
    environ = {**os.environ, "BROWSER": str(script), "TERM": "xterm", "HEROTERM_TOKEN": "x"}
    assert open_beside(ADDRESS, environ) is (code == 0)
    assert log.read_text().split() == [ADDRESS, "True", "False", "False"]
    assert capfd.readouterr() == ("", "")


def test_nothing_is_opened_over_ssh_or_that_the_rules_of_links_refuse() -> None:
    assert not open_beside(ADDRESS, {"SSH_CONNECTION": "a b c d"})
    assert not open_beside("file:///etc/passwd", {"BROWSER": "true"})
