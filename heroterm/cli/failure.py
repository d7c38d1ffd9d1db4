"""How a failure is said: a sentence with its next step, or one JSON document with both."""

from __future__ import annotations

import itertools
import json
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any

from heroterm.errors import HeroError

BUG = 70
"""Exit code of a fault in heroterm itself."""
_SPEAKS_OF_CODE = (TypeError, AttributeError, NameError, ImportError, NotImplementedError)
"""Errors whose message names code; that of any other might hold a ticket's words."""


def document_of(error: HeroError) -> dict[str, Any]:
    """The `error` part of a document: `say`, `remedy`, and what the kind of error knows besides."""
    told: dict[str, Any] = {
        "kind": type(error).__name__,
        "say": error.say,
        "remedy": error.remedy,
        "exit_code": error.exit_code,
    }
    for name in ("rule", "file", "line", "column", "key", "retry_after", "reason"):
        value = getattr(error, name, None)
        if value:
            told[name] = value
    return told


def tell(error: HeroError, words: list[str]) -> int:
    """Say an expected failure where the words asked for it; its exit code."""
    if "--json" in words:
        print(json.dumps({"schema": 1, "error": document_of(error)}))
    else:
        from heroterm.domain.text import shown

        print(f"heroterm: {shown(str(error))}", file=sys.stderr)
    return error.exit_code


def tell_bug(error: BaseException, words: list[str], now: datetime) -> int:
    """Keep a report of what nobody expected, and say where it lies. Exit code 70."""
    path = report(error, _logs(words), now)
    where = f"A report without ticket text was written to {path}." if path else ""
    say = f"heroterm met a fault of its own ({type(error).__name__}) and stopped."
    remedy = f"{where} What was queued is kept; `heroterm outbox list` shows it.".strip()
    if "--json" in words:
        told = {"kind": "Bug", "say": say, "remedy": remedy, "exit_code": BUG, "file": path}
        print(json.dumps({"schema": 1, "error": told}))
    else:
        print(f"heroterm: {say} {remedy}", file=sys.stderr)
    return BUG


def _logs(words: list[str]) -> Path:
    from heroterm.paths import locate

    home = next((after for word, after in itertools.pairwise(words) if word == "--home"), None)
    joined = next((word[7:] for word in words if word.startswith("--home=")), None)
    return locate(home or joined, os.environ).logs


def report(error: BaseException, folder: Path, now: datetime) -> str:
    """Write a crash report, mode 0600; its path, or "" where even that is refused.

    It holds places in the code and kinds of errors: no local variables, no ticket text, no token.
    """
    path = folder / f"crash-{now:%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(target, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(_redacted(error, now))
    except OSError:
        return ""
    from heroterm.log import noted

    noted(folder, f"crash report {path.name}")
    return str(path)


def _redacted(error: BaseException, now: datetime) -> str:
    from heroterm import __version__

    lines = [
        f"heroterm {__version__}, Python {sys.version.split()[0]}, {sys.platform}, {now:%FT%TZ}\n"
    ]
    chain: BaseException | None = error
    while chain is not None and len(lines) < 2000:
        frames = traceback.extract_tb(chain.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} in {frame.name}\n" for frame in frames]
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}: {_message(chain)}\n\n")
        chain = chain.__cause__ or chain.__context__
    return "".join(lines)


def _message(error: BaseException) -> str:
    text = str(error)
    if isinstance(error, _SPEAKS_OF_CODE):
        return text[:300]
    return f"({len(text)} characters withheld)"
