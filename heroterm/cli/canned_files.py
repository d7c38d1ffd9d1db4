"""`heroterm canned`: the canned replies as files: list them, look for mistakes, show one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from heroterm.cli.canned import unknown
from heroterm.cli.canned_uses import uses_of
from heroterm.cli.invocation import Invocation
from heroterm.cli.known import Known
from heroterm.cli.rules import rulebook
from heroterm.cli.table import aligned
from heroterm.cli.verb import VerbGroup
from heroterm.domain.reply import CannedReply
from heroterm.domain.reply_lint import lint
from heroterm.domain.text import shown
from heroterm.domain.usage import Use
from heroterm.errors import ConfigError
from heroterm.rulebook import SHIPPED, Rulebook, read_macro, read_reply

command = VerbGroup("canned", help="List, check or show the canned replies.")
_REPLIES, _MACROS = "replies", "macros"


@command.command("list")
@click.pass_obj
def list_replies(call: Invocation) -> int:
    """List the replies: how often each was sent, how much was rewritten, what came back.

    Those that are worth rewriting stand at the end with the reason.
    """
    uses = uses_of(call)
    replies, broken = _read(call)
    rows = [
        _document(reply, path, own, uses.get(reply.name, Use())) for reply, path, own in replies
    ]
    lines = [
        (row["name"], row["kind"].replace("_", " "), row["status"] or "-", row["origin"],
         uses.get(row["name"], Use()).words or "-")
        for row in rows
    ]  # fmt: skip
    poor = [f"Worth rewriting: {row['name']}, {row['rewrite']}." for row in rows if row["rewrite"]]
    more = [f"{len(broken)} of your files cannot be used: heroterm canned lint"] if broken else []
    call.answer({"replies": rows}, [*aligned(lines), *poor, *more])
    return 0


@command.command("show")
@click.argument("name", type=Known("replies"))
@click.pass_obj
def show(call: Invocation, name: str) -> int:
    """Print one reply: its words for mail and for Slack, and when it is suggested."""
    replies, _ = _read(call)
    found = next((each for each in replies if each[0].name == name), None)
    if found is None:
        raise unknown(name, [reply.name for reply, _, _ in replies])
    reply, path, own = found
    row = _document(reply, path, own, uses_of(call).get(name, Use()))
    words = {"body": reply.body, "slack": reply.slack}
    call.answer({**row, **words}, _shown(reply, path))
    return 0


def _shown(reply: CannedReply, path: Path) -> Iterator[str]:
    yield f"{reply.title}  ({reply.kind.replace('_', ' ')}, {reply.status or 'no status'})"
    yield str(path)
    for title, words in (("mail", reply.body), ("Slack", reply.slack)):
        if words is not None:
            yield ""
            yield f"-- {title} --"
            yield from shown(words).split("\n")


@command.command("lint")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def lint_replies(call: Invocation, files: tuple[Path, ...]) -> int:
    """Look for mistakes in the replies and in the team's macros, or in FILES alone.

    Each is named with file, line and what to do. A file of a folder named macros is a macro.
    """
    macros = [file for file in files if file.parent.name == _MACROS]
    if files:
        replies, errors = _read_all([(file, True) for file in files if file not in macros])
    else:
        replies, errors = _read(call)
        macros = _files(call, _MACROS)
    checked = len(replies) + len(errors)
    book = rulebook(call.paths)
    errors += _wrong_macros(book, macros)
    errors += _of_several(book, files, {str(error) for error in errors})
    findings = [_told(error) for error in errors]
    for found in lint([(reply, path.read_text("utf-8-sig")) for reply, path, _ in replies]):
        path = next(path for reply, path, _ in replies if reply is found.reply)
        findings.append(
            {"file": str(path), "line": found.line, "say": found.say, "remedy": found.remedy}
        )
    lines = [f"{each['file']}:{each['line']}: {each['say']} {each['remedy']}" for each in findings]
    right = f"{checked} replies and {len(macros)} macros are in order."
    right += " A desk that runs takes them up by “Read the team's files again” in its palette."
    call.answer({"checked": checked + len(macros), "findings": findings}, lines or [right])
    return 2 if findings else 0


def _wrong_macros(book: Rulebook, files: list[Path]) -> Iterator[ConfigError]:
    """What is wrong in macros: each may name the replies and playbooks that hold in this home."""
    replies, playbooks = [one.name for one in book.replies], [one.name for one in book.playbooks]
    for file in files:
        try:
            read_macro(file, replies, playbooks)
        except ConfigError as error:
            yield error


def _of_several(
    book: Rulebook, files: Sequence[Path], said: Collection[str]
) -> Iterator[ConfigError]:
    """What one file cannot know: that another has its letter, that nothing is read where it lies.
    Of all where no files are given, but of playbooks and rules.
    """
    looked_over = {file.resolve() for file in files}
    for found in book.findings:
        path = Path(found.file)
        asked = path.resolve() in looked_over if files else path.suffix not in ("", ".toml")
        if asked and str(found) not in said:
            yield found


def _told(error: ConfigError) -> dict[str, Any]:
    return {"file": error.file, "line": error.line, "say": error.say, "remedy": error.remedy}


_Found = list[tuple[CannedReply, Path, bool]]


def _read(call: Invocation) -> tuple[_Found, list[ConfigError]]:
    """The replies that hold in this home with their files, and what is wrong in the others."""
    files = _files(call, _REPLIES)
    replies, errors = _read_all([(file, SHIPPED not in file.parents) for file in files])
    held = {reply.name: (reply, path, own) for reply, path, own in replies}
    return [held[name] for name in sorted(held)], errors


def _files(call: Invocation, folder: str) -> list[Path]:
    """The shipped files of a folder, then this home's own."""
    return [
        path
        for above in (SHIPPED, call.paths.rules)
        for path in sorted((above / folder).glob("*.md"))
        if not path.name.startswith(".")
    ]


def _read_all(files: list[tuple[Path, bool]]) -> tuple[_Found, list[ConfigError]]:
    found, errors = [], []
    for path, own in files:
        try:
            found.append((read_reply(path), path, own))
        except ConfigError as error:
            errors.append(error)
    return found, errors


def _document(reply: CannedReply, path: Path, own: bool, use: Use) -> dict[str, Any]:
    return {
        "name": reply.name,
        "title": reply.title,
        "kind": reply.kind,
        "status": reply.status,
        "origin": "own" if own else "shipped",
        "file": path,
        "slack": reply.slack is not None,
        "uses": use.uses,
        "rewritten": round(use.share, 3),
        "solved": use.solved,
        "reopened": use.reopened,
        "rewrite": use.rewrite,
    }
