"""`heroterm doctor`: looks at everything that must be right, and says how to mend what is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from heroterm import __version__
from heroterm.cli import check_stores, check_terminal
from heroterm.cli.check import Check, Look, found, lines_of
from heroterm.cli.invocation import Invocation
from heroterm.cli.rules import rulebook
from heroterm.cli.settings import exposed
from heroterm.cli.verb import verb


@verb("doctor")
@click.option("--repair", is_flag=True, help="Set a damaged mirror aside, to be filled anew.")
@click.option("--offline", is_flag=True, help="Do not ask Zendesk.")
def command(call: Invocation, repair: bool, offline: bool) -> int:
    """Check configuration, files, databases, terminal, sign-in, and what Zendesk allows."""
    repaired = [_repaired(call)] if repair else []
    checks = [*repaired, *(check for look in LOOKS for check in found(look, call))]
    checks += (
        [Check("network", True, "skipped, as you asked")] if offline else found(_network, call)
    )
    call.answer(
        {"version": __version__, "checks": [asdict(check) for check in checks]}, lines_of(checks)
    )
    return 0 if all(check.ok for check in checks) else 3


def _repaired(call: Invocation) -> Check:
    from heroterm.cli.mirror_repair import repair

    return repair(call)


def _config(call: Invocation) -> Iterator[Check]:
    account = call.config.account
    say = f"account {account.url} as {account.email}" if account.url else "no account yet"
    yield Check("config", True, say)
    for each in exposed(call.paths.config_file):
        yield Check("config file", False, str(each["say"]), str(each["remedy"]))


def _rules(call: Invocation) -> Iterator[Check]:
    book = rulebook(call.paths)
    told = f"{len(book.replies)} canned replies, {len(book.playbooks)} playbooks"
    yield Check("rules", not book.findings, told)
    for finding in book.findings:
        where = f"{finding.file}:{finding.line}"
        yield Check("rules file", False, f"{where}: {finding.say}", finding.remedy)


def _files(call: Invocation) -> Iterator[Check]:
    where = call.paths
    secrets = where.state / "secrets.json"
    folders = (where.config, where.data, where.state, where.logs)
    for path in (*folders, where.mirror, where.journal, secrets):
        if path.exists():
            yield _private(path)


def _private(path: Path) -> Check:
    mode = path.stat().st_mode & 0o777
    wanted = "700" if path.is_dir() else "600"
    return Check(f"{path}", not mode & 0o077, f"mode {mode:o}", f"chmod {wanted} {path}")


def _python(_call: Invocation) -> Iterator[Check]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", sys.version_info >= (3, 11), python, "Use Python 3.11 or newer.")


def _rota(call: Invocation) -> Iterator[Check]:
    from heroterm.cli import check_rota

    yield from check_rota.rota(call)


def _hooks(call: Invocation) -> Iterator[Check]:
    from heroterm.cli import check_hooks

    yield from check_hooks.hooks(call)


def _sign_in(call: Invocation) -> Iterator[Check]:
    from heroterm.cli import check_zendesk

    yield from check_zendesk.sign_in(call)
    yield from check_zendesk.proxy(call)


def _network(call: Invocation) -> Iterator[Check]:
    from heroterm.cli import check_zendesk

    yield from check_zendesk.network(call)


LOOKS: tuple[Look, ...] = (
    _config,
    _rules,
    check_stores.mirror,
    check_stores.journal,
    _files,
    _python,
    check_terminal.terminal,
    _rota,
    _hooks,
    _sign_in,
)
"""What is looked at on this machine, in this order; the network comes last."""
