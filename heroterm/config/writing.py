"""Writes the account into the file, and leaves the rest of it as its owner wrote it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from pathlib import Path

from heroterm.config.reading import load, parsed
from heroterm.config.values import VIEWS, Account, Config, TeamView, defaults
from heroterm.errors import ConfigError

_HEAD = """\
# heroterm's configuration. Every line may be left out; `heroterm config check` reads it aloud.
# The token is not here: `heroterm connect` keeps it in the system's keyring.
"""
_SAYS = {
    "account": "Which Zendesk, and as whom. `heroterm connect` writes this section.",
    "organization_fields": "Keys of the organization fields that hold plan, MRR, content warning.",
    "desk": "hold_seconds: how long a reply waits in the outbox, to be recalled.\n"
    "# training_sends: so many first sends leave the outbox only by your key (10 to learn).\n"
    "# notify: auto, bell or off; quiet hours stand in rules/data/sla.toml.\n"
    "# mouse = false leaves the mouse to the terminal.\n"
    "# show_cursor: the terminal's own cursor is seen at the focus, for magnifiers and readers.",
    "sync": "How often Zendesk is asked, in seconds; share: of the account's requests a minute;\n"
    "# older_threads: threads of solved tickets that are read a minute when nothing else is to do.",
    "mirror": "keep_days: how long what was said in solved tickets stays on this machine.",
    "hooks": 'Programs that run when something happened, as ["program", "word"]; JSON on stdin.',
    "rotation": "Whose week it is: PagerDuty's schedule by its id, or a calendar (.ics).",
}

_VIEWS = """\
# Queues of your team, a table for each: a saved view of Zendesk by its number, a search, words of
# a filter, your own groups; of several all must hold. V + at the desk adds one.
# [[view]]
# name = "Ours"
# key = "o"
# zendesk = 360002440001
#
# [[view]]
# name = "Urgent and nobody's"
# key = "u"
# query = "priority>normal assignee:none"
"""


LEARNING = 10
"""How many first sends leave only when the hero presses `!`, where heroterm is new to a person."""


def write_account(path: Path, account: Account, *, learning: bool = False) -> bool:
    """Put the account's section into the file; comments and every other line stay.

    `learning` lets the first sends wait for a `!`, unless the file says how many; whether it is
    so now is the answer. A damaged file is never written over, nor one that says its account
    otherwise than in such a section: ConfigError, and nothing was moved.
    """
    load(path)
    try:
        before = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        before = fresh()
    after = with_account(before, account)
    taught = with_training(after) if learning else after
    _check_says(taught, account, path)
    replace(path, taught)
    return taught != after


def _check_says(text: str, account: Account, path: Path) -> None:
    """Look at the text before it takes the place of what was in order."""
    try:
        right = parsed(text, path).account == account
    except ConfigError:
        right = False
    if not right:
        raise ConfigError(
            "This file writes its account in a way that heroterm cannot change; it was left alone.",
            "Write it as a section, [account] and below it a line for each entry, then try again.",
            file=str(path),
        )


def with_training(text: str) -> str:
    """The text with `training_sends` set in its `[desk]` section, unless it says so already."""
    if re.search(r"^\s*(training_sends\s*=|desk\s*[.=])", text, re.MULTILINE):
        return text
    entry = f"training_sends = {LEARNING}"
    for found in (r"^# training_sends = 0$", r"^\s*\[\s*desk\s*\].*$"):
        if (at := re.search(found, text, re.MULTILINE)) is not None:
            kept = "" if at[0].startswith("#") else f"{at[0]}\n"
            return f"{text[: at.start()]}{kept}{entry}{text[at.end() :]}"
    return f"{text}\n[desk]\n{entry}\n"


def write_whole(path: Path, config: Config) -> None:
    """Write a configuration from its values alone. Raises ConfigError."""
    replace(path, rendered(config))
    load(path)


def rendered(config: Config) -> str:
    """A whole file with the values that are not the usual ones."""
    lines = [_HEAD]
    for section, values in defaults().items():
        chosen = getattr(config, section)
        own = {key: getattr(chosen, key) for key in values if getattr(chosen, key) != values[key]}
        lines += [f"# {_SAYS[section]}", f"[{section}]", *_entries(own), ""]
    for view in config.view:
        lines += [*table_of(view), ""]
    return "\n".join(lines)


def table_of(view: TeamView) -> list[str]:
    """A queue as its table, line by line."""
    own = {key: value for key, value in asdict(view).items() if value not in ("", None, False)}
    return [f"[[{VIEWS}]]", *_entries(own)]


def _entries(values: dict[str, object]) -> list[str]:
    return [f"{key} = {_text(value)}" for key, value in values.items()]


def _text(value: object) -> str:
    # A JSON text is a TOML text, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def fresh() -> str:
    """A whole file with every default as a comment, for a person to find."""
    parts = [_HEAD]
    for section, values in defaults().items():
        lines = [f"# {_SAYS[section]}", f"[{section}]"]
        if section != "account":
            lines += [f"# {key} = {json.dumps(value)}" for key, value in values.items()]
        parts.append("\n".join(lines) + "\n")
    parts.append(_VIEWS)
    return "\n".join(parts)


def with_account(text: str, account: Account) -> str:
    """The text with the account's keys set inside its `[account]` section, which is added if new.

    A key that is already there keeps its place; a key whose value is none or empty is removed.
    """
    # Not `splitlines`: what it takes for more ends of a line may stand inside a text or a comment.
    lines = text.removesuffix("\n").split("\n") if text else []
    start = _header(lines)
    if start is None:
        lines += ["", "[account]"]
        start = len(lines) - 1
    end = _end(lines, start)
    body = lines[start + 1 : end]
    for key, usual in defaults()["account"].items():
        value = getattr(account, key)
        body = _set(body, key, value, shown=value != usual or key == "sign_in")
    return "\n".join([*lines[: start + 1], *body, *lines[end:]]) + "\n"


def _header(lines: list[str]) -> int | None:
    found = (at for at, line in enumerate(lines) if re.match(r"\s*\[\s*account\s*\]", line))
    return next(found, None)


def _end(lines: list[str], start: int) -> int:
    """Where the section's own lines end: before blanks and comments that lead the next one."""
    heads = (at for at in range(start + 1, len(lines)) if lines[at].lstrip().startswith("["))
    following = next(heads, None)
    end = len(lines) if following is None else following
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        if following is None and lines[end - 1].startswith("#"):
            break
        end -= 1
    return end


def _set(body: list[str], key: str, value: object, *, shown: bool) -> list[str]:
    entry = f"{key} = {_text(value)}"
    mine = re.compile(rf"\s*{key}\s*=")
    at = next((at for at, line in enumerate(body) if mine.match(line)), None)
    if at is None:
        return [*body, entry] if shown else body
    return [*body[:at], *([entry] if shown else []), *body[at + 1 :]]


def replace(path: Path, text: str) -> None:
    """Write beside the file and swap, so that a crash leaves the old or the new one whole.

    Raises ConfigError; the old one then stays.
    """
    try:
        real = path.resolve()  # a file that is linked to from here stays where it is
        beside = real.with_name(f".{real.name}.new")
        beside.unlink(missing_ok=True)
        target = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(target, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(real)
    except OSError as error:
        raise ConfigError(
            f"This file cannot be written ({error.strerror}).",
            "The old one was left as it was.",
            file=str(path),
        ) from None
