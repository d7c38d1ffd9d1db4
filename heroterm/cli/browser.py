"""The browser of this machine, opened beside the desk: it neither writes on the screen nor reads
from it.

Browsers talk to the terminal that starts them ("Opening in existing browser session."), and one
that runs in a terminal would take the desk's. So it starts in a process of its own, which has no
terminal and is told of none.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

from heroterm.domain.links import Refusal, openable
from heroterm.domain.terminal import REMOTE

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_PATIENCE_SECONDS = 3.0
"""After so long a browser that does not come back has been started."""


def open_beside(url: str, environ: Mapping[str, str]) -> bool:
    """Open an address that the rules of links let pass; False where no browser can start, or the
    person sits elsewhere: one here would show it to nobody.
    """
    checked = openable(url)
    remote = any(environ.get(name) for name in REMOTE) and not environ.get("BROWSER")
    if remote or isinstance(checked, Refusal):
        return False
    try:
        return not _started(checked, environ).wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


def _started(url: str, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A child without a terminal, and without what is heroterm's own: the token may be among it."""
    told = {
        name: value
        for name, value in environ.items()
        if name != "TERM" and not name.startswith("HEROTERM_")
    }
    nothing = subprocess.DEVNULL
    words = [sys.executable, "-I", "-c", _OPEN, url]
    return subprocess.Popen(
        words, env=told, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
