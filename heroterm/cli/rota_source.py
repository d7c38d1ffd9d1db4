"""Where the rota comes from, and where its token lies: its own place, never Zendesk's."""

from __future__ import annotations

import os
from pathlib import Path

from heroterm.cli.invocation import Invocation
from heroterm.config import Rotation
from heroterm.domain.rotation import Rota
from heroterm.errors import ConfigError
from heroterm.rulebook import local_zone
from heroterm.secrets import Secrets

VARIABLE = "HEROTERM_ROTATION_TOKEN"
SECRET = "secret"
"""As `rotation.calendar`: the address is itself a secret, and kept as one."""
_CALENDAR = "https://calendar.invalid"
"""Under which name a secret address is kept."""
_NAME = "rotation"
_REMEDY = "Pipe it into `heroterm rotation --token-stdin`."


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
    raise none_configured(call)


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


def none_configured(call: Invocation) -> ConfigError:
    """What to say where no rota is configured."""
    file = call.paths.config_file
    return ConfigError(
        "No rota is configured.",
        'Add [rotation] with schedule = "PABC123" or calendar = "rota.ics".',
        file=str(file) if file.exists() else "",
    )


def keep(call: Invocation, wanted: Rotation, token: str, *, allow_file: bool) -> str:
    """Keep a token, or a calendar's secret address; a sentence on where. Raises ConfigError."""
    if not (wanted.schedule or wanted.calendar == SECRET):
        raise ConfigError(
            "Nothing in [rotation] needs a token.",
            'It is for schedule = "PABC123", or calendar = "secret".',
        )
    where = wanted.api if wanted.schedule else _CALENDAR
    return _secrets(call, wanted).store(where, _NAME, token, allow_file=allow_file)


def _secrets(call: Invocation, wanted: Rotation) -> Secrets:
    return Secrets(
        call.paths.state,
        os.environ,
        token_command=wanted.token_command,
        variable=VARIABLE,
        remedy=_REMEDY,
    )


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
