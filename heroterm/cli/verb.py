"""What every verb accepts, before it or after it: `--home DIR`, `--json`, `--no-input`,
`--read-only`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from heroterm.cli.invocation import Invocation

_FLAGS = (
    ("--json", "as_json", "Print exactly one JSON document."),
    ("--no-input", "no_input", "Never ask: what needs an answer fails and says what to add."),
    ("--read-only", "read_only", "Queue and send nothing; also for the desk itself."),
)
"""Each with the attribute of the invocation that it sets."""


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
    home = "Keep config, data, state and logs below DIR (or HEROTERM_HOME)."
    flags = [_option(name, set_, say, is_flag=True) for name, set_, say in _FLAGS]
    return [_option("--home", "home", home, metavar="DIR"), *flags]


def _option(name: str, attribute: str, say: str, **more: Any) -> click.Option:
    """An option that acts on the invocation as soon as it is read."""

    def take(ctx: click.Context, _param: click.Parameter, value: object) -> None:
        if value:
            setattr(ctx.find_object(Invocation), attribute, value)

    return click.Option([name], expose_value=False, is_eager=True, callback=take, help=say, **more)


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
