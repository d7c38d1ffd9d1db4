"""The front door: knows every room and lives in none.

What lives here: the verbs of the command line, one file a family; the joining of the rooms (each
gets its slice of the configuration, its clock, its ids); the one crash boundary. Without a verb
the workstation opens, by the shortest way there is: click is not even loaded.

What may come in: words, standard input, the environment. What goes out: plain text for people,
with `--json` exactly one JSON document on stdout (`"schema": 1`, ASCII, times in ISO-8601 UTC),
and an exit code: 0 done, 1 refused by a rule, 2 usage or config, 3 mirror or journal, 4 Zendesk
refused, 5 offline, 70 a bug, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from heroterm.cli import streams
from heroterm.errors import HeroError

_COMPLETE = "_HEROTERM_COMPLETE"
INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells have it (128 + SIGINT)."""


def present() -> datetime:
    """The present moment by this machine's clock, aware, UTC."""
    return datetime.now(UTC)


def fresh_id() -> str:
    """A new id for an intent; it becomes the marker on the server (outbox.md §0)."""
    import uuid

    return str(uuid.uuid4())


def main(
    argv: Sequence[str] | None = None,
    *,
    clock: Callable[[], datetime] = present,
    new_id: Callable[[], str] = fresh_id,
) -> int:
    """Do what the words ask; the exit code. Expected failures end as a sentence, others too."""
    os.umask(0o077)
    words = list(sys.argv[1:] if argv is None else argv)
    if not streams.usable():
        return streams.LOST
    _speak_utf8()
    try:
        code = _outcome(words, clock, new_id)
        sys.stdout.flush()
        return code
    except OSError as error:
        return streams.lost(error)


def _outcome(words: list[str], clock: Callable[[], datetime], new_id: Callable[[], str]) -> int:
    """Run the words; every failure but that of standard output itself ends as a sentence."""
    try:
        return _run(words, clock, new_id)
    except HeroError as error:
        from heroterm.cli.failure import tell

        return tell(error, words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if streams.failed(error):
            raise
        from heroterm.cli.failure import tell_bug

        return tell_bug(error, words, clock())


def _run(words: list[str], clock: Callable[[], datetime], new_id: Callable[[], str]) -> int:
    if _COMPLETE in os.environ:
        from heroterm.cli.completion import answer

        return answer(os.environ[_COMPLETE], clock, new_id)
    opening = _opening(words)
    if opening is None:
        from heroterm.cli.front import run

        return run(words, clock, new_id)
    home, read_only = opening
    # Collecting garbage among a thousand fresh classes would cost the first paint; the App turns it
    # on again once the desk stands.
    gc.disable()
    from heroterm.cli.desk import open_desk

    return open_desk(home or None, clock=clock, new_id=new_id, read_only=read_only)


def _opening(words: list[str]) -> tuple[str, bool] | None:
    """The home ("" for the usual one) and whether it is only to be looked at, when the words hold
    nothing else; None when they do.
    """
    match words:
        case []:
            return "", False
        case ["--read-only", *rest] | [*rest, "--read-only"]:
            found = _opening(rest)
            return None if found is None else (found[0], True)
        case ["--home", home] if home:
            return home, False
        case [word] if word.startswith("--home=") and len(word) > 7:
            return word[7:], False
    return None


def _speak_utf8() -> None:
    """A terminal or pipe of another encoding gets escapes, never an exception (faults 107)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
