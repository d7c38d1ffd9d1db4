"""`heroterm rotation`: whose week it is and whose comes next; keeps the token that reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.config import Rotation
from heroterm.domain.ages import ago, exact
from heroterm.domain.rotation import SWAPS, Rota, document, turn_document, words
from heroterm.errors import ConfigError, UsageError
from heroterm.rulebook import local_zone
from heroterm.secrets import Secrets

VARIABLE = "HEROTERM_ROTATION_TOKEN"
SECRET = "secret"
"""As `rotation.calendar`: the address is itself a secret, and kept as one."""
_CALENDAR = "https://calendar.invalid"
"""Under which name a secret address is kept."""
_NAME = "rotation"
_REMEDY = "Pipe it into `heroterm rotation --token-stdin`."


@verb("rotation")
@click.option("--now", "fresh", is_flag=True, help="Read it now; nothing of it is kept.")
@click.option("--token-stdin", is_flag=True, help="Keep a token, or a calendar's secret address.")
@click.option("--token-file", is_flag=True, help="Keep it in a private file if need be.")
def command(call: Invocation, fresh: bool, token_stdin: bool, token_file: bool) -> int:
    """Say who is Support Hero now and next. It is read, never changed.

    PagerDuty: [rotation] schedule = "PABC123", and a read-only API key by --token-stdin.
    A calendar: [rotation] calendar = "rota.ics" or "https://…". The carrier reads it now and then.
    """
    wanted = call.config.rotation
    if token_stdin:
        return _keep(call, wanted, token_file)
    rota = read(call, wanted) if fresh else _mirrored(call, wanted)
    call.answer(_document(rota, call.clock()), _lines(rota, call.clock()))
    return 0


def read(call: Invocation, wanted: Rotation) -> Rota:
    """The rota as it is now. Raises ConfigError, Offline, RotaError."""
    # They bring a wire and a calendar's rules in, which nothing else needs.
    if wanted.schedule:
        from heroterm.rotation import pagerduty

        token = _secrets(call, wanted).find(wanted.api, _NAME)
        return pagerduty.read(wanted.api, wanted.schedule, token, call.clock)
    if wanted.calendar:
        from heroterm.rotation import feed

        return feed.read(_address(call, wanted), call.clock, local_zone())
    raise _none(call)


def _address(call: Invocation, wanted: Rotation) -> str:
    if wanted.calendar != SECRET:
        if "://" in wanted.calendar:
            return wanted.calendar
        # A path is meant from where the configuration lies, not from where heroterm was started.
        return str(call.paths.config / Path(wanted.calendar).expanduser())
    address = _secrets(call, wanted).find(_CALENDAR, _NAME)
    if not address.startswith(("https://", "webcal://", "http://127.0.0.1")):
        raise ConfigError("The kept address of the calendar is none.", _REMEDY)
    return address


def _mirrored(call: Invocation, wanted: Rotation) -> Rota:
    if not (wanted.schedule or wanted.calendar):
        raise _none(call)
    if call.paths.mirror.exists():
        from heroterm.cli.mirrors import open_mirror

        mirror = open_mirror(call.paths.mirror)
        try:
            held = mirror.state().rota
        finally:
            mirror.close()
        if held is not None:
            return held
    raise UsageError(
        "The rota has not been read yet.", "`heroterm rotation --now` reads it; so does `sync`."
    )


def _none(call: Invocation) -> ConfigError:
    file = call.paths.config_file
    return ConfigError(
        "No rota is configured.",
        'Add [rotation] with schedule = "PABC123" or calendar = "rota.ics".',
        file=str(file) if file.exists() else "",
    )


def _secrets(call: Invocation, wanted: Rotation) -> Secrets:
    return Secrets(
        call.paths.state,
        os.environ,
        token_command=wanted.token_command,
        variable=VARIABLE,
        remedy=_REMEDY,
    )


def _keep(call: Invocation, wanted: Rotation, allow_file: bool) -> int:
    if not (wanted.schedule or wanted.calendar == SECRET):
        raise ConfigError(
            "Nothing in [rotation] needs a token.",
            'It is for schedule = "PABC123", or calendar = "secret".',
        )
    token = sys.stdin.readline(4_096).strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("That is no token; nothing was changed.", "Copy it whole, on one line.")
    call.paths.make()
    where = wanted.api if wanted.schedule else _CALENDAR
    say = _secrets(call, wanted).store(where, _NAME, token, allow_file=allow_file)
    call.answer({"kept": say}, [say])
    return 0


def place(call: Invocation, wanted: Rotation) -> str:
    """Where the token lies, in words; "" where it is missing, "none is needed" where none is."""
    if wanted.schedule:
        return _secrets(call, wanted).place(wanted.api, _NAME)
    if wanted.calendar == SECRET:
        return _secrets(call, wanted).place(_CALENDAR, _NAME)
    return "none is needed"


def erase(call: Invocation, wanted: Rotation) -> bool:
    """Remove the token from the keyring; whether it is gone from there."""
    where = wanted.api if wanted.schedule else _CALENDAR
    return _secrets(call, wanted).erase(where, _NAME)


def _document(rota: Rota, now: datetime) -> dict[str, Any]:
    here, then = rota.now(now), rota.next(now)
    age = None if rota.read_at is None else int((now - rota.read_at).total_seconds())
    return {
        **document(rota),
        "now": here and {**turn_document(here), "until": rota.until(now)},
        "next": then and turn_document(then),
        "age_seconds": age,
        "advice": SWAPS,
    }


def _lines(rota: Rota, now: datetime) -> Iterator[str]:
    zone = local_zone()
    yield f"{rota.source or 'rota'}: {words(rota, now, zone)}"
    if rota.trouble:
        yield f"The last look failed: {rota.trouble}"
    if rota.read_at is not None:
        yield f"Read {ago(rota.read_at, now)}."
    rows = [
        (turn.who, exact(turn.begins, zone), exact(turn.ends, zone), "swapped" * turn.swapped)
        for turn in rota.turns
        if turn.ends > now
    ]
    if rows:
        yield ""
        yield from aligned(rows[:12])
        yield ""
    yield SWAPS
