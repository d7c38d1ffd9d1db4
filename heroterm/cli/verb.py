"""What every verb accepts, before it or after it: `--home DIR`, `--json`, `--no-input`,
`--read-only`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from heroterm.cli.invocation import Invocation


def _take_home(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_object(Invocation).home = value  # type: ignore[union-attr]


def _take_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_object(Invocation).as_json = True  # type: ignore[union-attr]


def _take_no_input(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_object(Invocation).no_input = True  # type: ignore[union-attr]


def _take_read_only(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_object(Invocation).read_only = True  # type: ignore[union-attr]


class WithHome(click.Command):
    """A command with the options that all have. They act on the invocation, not on the verb."""

    def __init__(self, name: str | None = None, **settings: Any) -> None:
        settings["params"] = [*(settings.get("params") or []), *_everywhere()]
        settings["context_settings"] = {
            "help_option_names": ["-h", "--help"],
            "max_content_width": 100,
            **(settings.get("context_settings") or {}),
        }
        super().__init__(name, **settings)


def _everywhere() -> list[click.Parameter]:
    home = click.Option(
        ["--home"],
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=_take_home,
        help="Keep config, data, state and logs below DIR (or HEROTERM_HOME).",
    )
    as_json = click.Option(
        ["--json"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_take_json,
        help="Print exactly one JSON document.",
    )
    no_input = click.Option(
        ["--no-input"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_take_no_input,
        help="Never ask: what needs an answer fails and says what to add.",
    )
    read_only = click.Option(
        ["--read-only"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_take_read_only,
        help="Queue and send nothing; also for the desk itself.",
    )
    return [home, as_json, no_input, read_only]


class Verb(WithHome):
    """One verb."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; the invocation knows its name from now on."""
        call = ctx.find_object(Invocation)
        if call is not None:
            call.verb = ctx.command_path.partition(" ")[2]
        return super().invoke(ctx)


class VerbGroup(WithHome, click.Group):
    """A verb with words of its own, such as `outbox send`."""

    command_class = Verb

    def __init__(self, name: str | None = None, **settings: Any) -> None:
        super().__init__(name, **{"no_args_is_help": False, **settings})


def verb(name: str, **settings: Any) -> Callable[[Callable[..., int]], click.Command]:
    """Make a function the verb `name`; it is given the Invocation first, and returns a code."""

    def decorate(function: Callable[..., int]) -> click.Command:
        return click.command(name, cls=Verb, **settings)(click.pass_obj(function))

    return decorate
