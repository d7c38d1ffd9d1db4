"""`heroterm man`: the manual page in roff, made from the table of verbs; `man -l` shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

import heroterm
from heroterm.cli.invocation import Invocation
from heroterm.cli.verb import verb

_FILES = (
    ("config.toml", "The configuration; beside it your own replies, playbooks, data, keys.toml."),
    ("mirror.db", "The copy of Zendesk. It may be deleted at any time."),
    ("journal.db", "Drafts, outbox, marks. It exists nowhere else."),
    ("heroterm.log", "Counts and codes, never text of a ticket and never a token."),
)
_ENVIRONMENT = (
    ("HEROTERM_HOME", "Keep everything below this folder, as --home DIR does."),
    ("HEROTERM_TOKEN", "The token of the account, for this run."),
    ("HEROTERM_ROTATION_TOKEN", "The token that reads the rota, for this run."),
    ("NO_COLOR", "Wear the grey theme."),
    ("VISUAL, EDITOR", "The editor for replies."),
)


@verb("man")
def command(call: Invocation) -> int:
    """Print the manual page.

    heroterm man > ~/.local/share/man/man1/heroterm.1, or: heroterm man | man -l -
    """
    lines = list(page())
    call.answer({"page": "\n".join(lines) + "\n"}, lines)
    return 0


def page() -> Iterator[str]:
    """The page, line by line."""
    from heroterm.cli.front import VERBS, front

    yield f'.TH HEROTERM 1 "" "heroterm {heroterm.__version__}" "User Commands"'
    yield from _part("NAME", [r"heroterm \- a terminal workstation for the Support Hero"])
    synopsis = [".B heroterm", ".RI [ OPTIONS ]", ".RI [ VERB ]", ".RI [ ARGS ...]"]
    yield from _part("SYNOPSIS", synopsis)
    yield from _part("DESCRIPTION", map(roff, (front.help or "").split("\n")))
    yield ".SH OPTIONS"
    ctx = click.Context(front, info_name="heroterm")
    yield from _options(front, ctx)
    yield ".SH VERBS"
    for name, (_, line) in VERBS.items():
        made = front.get_command(ctx, name) if line else None
        if made is not None:
            yield from _verb(made, click.Context(made, parent=ctx, info_name=name))
    yield from _terms("FILES", _FILES)
    yield from _terms("ENVIRONMENT", _ENVIRONMENT)
    yield ".SH EXIT STATUS"
    yield from _verbatim(_text("exit-codes"))
    yield ".SH HOOKS"
    yield from _verbatim(_text("hooks"))
    more = r"heroterm help keys, heroterm help json, heroterm \fIVERB\fR \-\-help"
    yield from _part("SEE ALSO", [more])


def _text(name: str) -> list[str]:
    """A page of `heroterm help` without its heading."""
    path = Path(heroterm.__file__).parent / "help" / f"{name}.txt"
    return path.read_text(encoding="utf-8").splitlines()[2:]


def _verb(made: click.Command, ctx: click.Context) -> Iterator[str]:
    if isinstance(made, click.Group):
        for name in made.list_commands(ctx):
            inner = made.get_command(ctx, name)
            if inner is not None and not inner.hidden:
                yield from _verb(inner, click.Context(inner, parent=ctx, info_name=name))
        return
    usage = " ".join(made.collect_usage_pieces(ctx)).removeprefix("[OPTIONS]").strip()
    path = ctx.command_path.partition(" ")[2]
    yield f".SS {roff(path)} {roff(usage)}".rstrip()
    for paragraph in re.split(r"\n\s*\n", (made.help or "").replace("\b", "").strip()):
        yield from (".PP", roff(" ".join(paragraph.split())))
    yield from _options(made, ctx)


def _options(made: click.Command, ctx: click.Context) -> Iterator[str]:
    """Its own options; those that every verb has stand at the top of the page."""
    everywhere = {"home", "json", "no_input", "read_only"} if ctx.parent is not None else set()
    for param in made.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is None or param.name in everywhere or ("--help" in param.opts and everywhere):
            continue
        yield from (".TP", rf"\fB{roff(record[0])}\fR", roff(record[1]))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f".SH {title}"
    yield from (line if line.strip() else ".PP" for line in lines)


def _terms(title: str, terms: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f".SH {title}"
    for name, say in terms:
        yield from (".TP", rf"\fB{roff(name)}\fR", roff(say))


def _verbatim(lines: Iterable[str]) -> Iterator[str]:
    yield from (".nf", *map(roff, lines), ".fi")


def roff(text: str) -> str:
    """A text as roff shows it: no line is a request, no sign is anything but itself."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    safe = safe.replace("…", "...").replace("\u2018", "'").replace("\u2019", "'")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe
