"""`heroterm help [TOPIC]`: keys, JSON documents, hooks, exit codes; pages that need no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

import heroterm
from heroterm.cli import document_shapes
from heroterm.cli.invocation import Invocation
from heroterm.cli.keys import key_lines
from heroterm.cli.verb import verb

FOLDER = Path(heroterm.__file__).parent / "help"


def _page(name: str) -> Callable[[Invocation, str], Iterator[str]]:
    def lines(_call: Invocation, _word: str) -> Iterator[str]:
        yield from (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()

    return lines


def _keys(call: Invocation, _word: str) -> Iterator[str]:
    yield from key_lines(call)


def _export(call: Invocation, word: str) -> Iterator[str]:
    from heroterm.cli.export import table_lines

    yield from _page("export")(call, word)
    yield from table_lines()


def _json(_call: Invocation, word: str) -> Iterator[str]:
    yield from document_shapes.page(word)


TOPICS: dict[str, tuple[str, Callable[[Invocation, str], Iterator[str]]]] = {
    "keys": ("Every key of this home, by the place where it acts.", _keys),
    "json": ("What --json prints, verb by verb (help json VERB for one).", _json),
    "export": ("The tables and columns of an export, and what may be left out.", _export),
    "hooks": (
        "Your own programs when something happened.",
        _page("hooks"),
    ),
    "exit-codes": ("What a verb's exit code means.", _page("exit-codes")),
}


@verb("help")
@click.argument("topic", required=False, type=click.Choice(list(TOPICS)))
@click.argument("word", required=False, default="")
def command(call: Invocation, topic: str | None, word: str) -> int:
    """Explain keys, the JSON documents, hooks, exit codes."""
    if topic is None:
        lines = [f"heroterm help {name:12}{line}" for name, (line, _) in TOPICS.items()]
        lines.append("heroterm VERB --help     One verb, with its options.")
    else:
        lines = list(TOPICS[topic][1](call, word))
    call.answer({"topic": topic, "topics": list(TOPICS), "text": "\n".join(lines)}, lines)
    return 0
