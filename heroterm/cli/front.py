"""The verbs of the command line: a table, so that each is imported only when it is asked for."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from heroterm import __version__
from heroterm.cli.invocation import Invocation
from heroterm.cli.verb import WithHome
from heroterm.errors import UsageError

VERBS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Open the workstation on a private practice shift; needs no account."),
    "sandbox": ("sandbox", "Serve a practice Zendesk on this machine."),
    "connect": ("connect", "Sign in to your Zendesk account."),
    "sync": ("sync", "Bring Zendesk's state here and the outbox there."),
    "queue": ("queue", "List the queue in the order of the screen."),
    "next": ("next", "Say which ticket comes next, and why."),
    "shift": ("shift", "Work a shift line by line, without a screen (--plain)."),
    "show": ("show", "Print a ticket with its thread."),
    "search": ("search", "Search tickets, comments and people."),
    "reply": ("answer", "Put a public reply into the outbox."),
    "note": ("answer", "Put an internal note into the outbox."),
    "share-draft": ("share_draft", "Share the draft of a reply in an internal note."),
    "set": ("change", "Change status, priority, type, assignee, group, tags or fields."),
    "new": ("new_ticket", "Put a new ticket to somebody into the outbox."),
    "person": ("person", "Put a person into the organization where they belong."),
    "playbook": ("playbook", "Play the handbook's procedures step by step; check their files."),
    "bug": ("report", "Show the bug report that a ticket would become, naming nobody."),
    "feature": ("report", "The same for a feature request."),
    "tally": ("tally", "Feature requests of paying customers, for Customer Success."),
    "canned": ("canned_files", "List, check or show the canned replies of the team."),
    "outbox": ("outbox", "List, send, recall, undo, hold or discard what waits."),
    "rotation": ("rotation", "Say who is Support Hero now and next."),
    "handover": ("handover", "Say whether the week may end, and write the pack."),
    "brief": ("brief", "What to know this morning: breached, due, woken, changed."),
    "takeover": ("taking_over", "Take over a colleague's week by their pack, line by line."),
    "stats": ("stats", "The last days in numbers: open by tier, first replies, breaches."),
    "export": ("export", "Write the mirror as CSV, JSON lines or Parquet."),
    "doctor": ("doctor", "Check files, databases, sign-in and terminal."),
    "help": ("topics", "Explain keys, JSON documents, hooks, exit codes."),
    "man": ("man", "Print the manual page."),
    "completion": ("completion", "Print what makes your shell complete heroterm's words."),
    "config": ("settings", "Show, check, edit or find the configuration."),
    "keys": ("keys", "List the keys of the workstation."),
    "themes": ("themes", "List or check themes."),
    "purge": ("purge", "Remove customers' data from this machine."),
    "uninstall-data": (
        "uninstall_data",
        "Remove everything that heroterm keeps on this machine.",
    ),
    "carry": ("carry", ""),
}
"""Each verb, the file that holds it, and its line in the help; no line keeps it out of there."""

_EXAMPLES = """\b
heroterm               open the workstation
heroterm demo          the same on made-up tickets, without an account
heroterm next --json   which ticket is next, as one JSON document
\b
Exit codes: 0 done, 1 refused by a rule, 2 usage or config, 3 mirror or journal,
4 Zendesk refused, 5 offline, 130 interrupted."""


class Front(WithHome, click.Group):
    """The group that looks a verb up in the table and imports its file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Verbs in the order of the help."""
        return [name for name, (_, line) in VERBS.items() if line]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, imported now; None for a word that is no verb."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"heroterm.cli.{VERBS[cmd_name][0]}")
        found: click.Command = getattr(module, "commands", {}).get(cmd_name) or module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs from the table, without importing any."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items() if line])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Verbs that begin so, from the table, and the options of the group itself."""
        verbs = [
            CompletionItem(name, help=line)
            for name, (_, line) in VERBS.items()
            if line and name.startswith(incomplete)
        ]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the first word names; an unknown one is met with the nearest known."""
        if args[0] in VERBS or args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        near = difflib.get_close_matches(args[0], self.list_commands(ctx), 1)
        raise UsageError(
            f"{args[0]!a} is no verb of heroterm.",
            f"Did you mean `heroterm {near[0]}`?" if near else "`heroterm --help` lists them.",
        )


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"heroterm {__version__}")
        ctx.exit()


front = Front(
    name="heroterm",
    help="heroterm: a terminal workstation for the engineer on Support Hero week.\n\n"
    "Without a verb the workstation opens.",
    epilog=_EXAMPLES,
    subcommand_metavar="[VERB] [ARGS]...",
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help="Print the version.",
        )
    ],
)


def run(words: list[str], clock: Callable[[], datetime], new_id: Callable[[], str]) -> int:
    """Find the verb and run it; its exit code. What click complains of becomes a UsageError."""
    try:
        with front.make_context("heroterm", list(words), obj=Invocation(clock, new_id)) as ctx:
            code = front.invoke(ctx)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        raise UsageError(_sentence(error), _hint(error)) from None
    return code if isinstance(code, int) else 0


def _sentence(error: click.ClickException) -> str:
    text = error.format_message().rstrip()
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _hint(error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "heroterm"
    return f"`{path} --help` says more."
