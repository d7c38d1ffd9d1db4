"""`heroterm completion SHELL`, and the answer when a shell asks what a word may become."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.verb import verb

VARIABLE = "_HEROTERM_COMPLETE"
"""With it a shell asks; its value names the shell and what is wanted."""
SHELLS = ("bash", "zsh", "fish")
_INTO = {
    "bash": "~/.local/share/bash-completion/completions/heroterm",
    "zsh": "a folder of your fpath, as _heroterm",
    "fish": "~/.config/fish/completions/heroterm.fish",
}


@verb("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(call: Invocation, shell: str) -> int:
    """Print what makes bash, zsh or fish complete verbs, options, tickets and names.

    heroterm completion bash > ~/.local/share/bash-completion/completions/heroterm
    """
    script = source(shell)
    call.answer({"shell": shell, "into": _INTO[shell], "script": script}, script.splitlines())
    return 0


def source(shell: str) -> str:
    """The shell's script; click's own, without its look at the version of bash."""
    from click.shell_completion import get_completion_class

    from heroterm.cli.front import front

    made = get_completion_class(shell)
    if made is None:
        raise LookupError(shell)
    asking = made(front, {}, "heroterm", VARIABLE)
    return asking.source_template % asking.source_vars()


def answer(
    instruction: str,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
) -> int:
    """Answer a shell that asks; nothing but words on stdout, whatever happens."""
    from click.shell_completion import shell_complete

    from heroterm.cli.front import front

    call = Invocation(clock, new_id)
    return shell_complete(front, {"obj": call}, "heroterm", VARIABLE, instruction)
