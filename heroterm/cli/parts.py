"""The workstation's parts: every way out of its process, made here and handed in.

What is needed only after the first paint (rules, canned replies, the editor) is imported inside
the callables that need it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from heroterm.cli import keymap_file
from heroterm.cli.children import importable, own_command
from heroterm.cli.invocation import Invocation
from heroterm.cli.late_rules import LateRules
from heroterm.cli.mirrors import open_mirror, open_queues
from heroterm.cli.queues import choices_of, within_reach
from heroterm.journal.database import open_journal
from heroterm.paths import Paths, shipped
from heroterm.tui.commands import VIEWS
from heroterm.tui.keymap import Keymap
from heroterm.tui.own_children import OwnChildren
from heroterm.tui.parts import DeskSettings, Parts
from heroterm.tui.read_only import ReadOnly

if TYPE_CHECKING:
    from heroterm.cli.enclosing import FileRead
    from heroterm.config import Config
    from heroterm.domain.pack import Pack
    from heroterm.domain.terminal import Terminal
    from heroterm.domain.view import QueueChoice
    from heroterm.tui.edited import Edited

LEAST_PROMISE = 300.0
"""Seconds: a row that is younger shows no age, and one that missed three looks does."""


def parts_of(
    call: Invocation, where: Paths, config: Config, *, demo: bool, held: Sequence[int] = ()
) -> Parts:
    """Everything that the App uses and does not make itself; `held` is kept open by its children.
    Raises ConfigError.
    """
    late, read_only = LateRules(call, where), ReadOnly()
    keymap = keymap_file.load(where.keys_file, letters=config.desk.single_letter_keys)
    return Parts(
        open_queues=lambda: open_queues(where.mirror),
        open_mirror=lambda: open_mirror(where.mirror),
        open_journal=lambda *, patience=None: open_journal(
            where.journal, clock=call.clock, sealed=read_only, patience=patience
        ),
        book=late.book,
        read_again=late.read_again,
        newer_replies=late.newer_replies,
        check=lambda intent: [*read_only.findings(), *late.check(intent)],
        read_only=read_only,
        settings=_settings(config, keymap, demo=demo),
        themes=(shipped("themes"), where.themes),
        clock=call.clock,
        new_id=call.new_id,
        copy=_copy,
        browse=_way_out(demo),
        terminal=Once(_terminal),
        edit=lambda text: _edit(text, where),
        paths_like=_paths_like,
        read_file=_read_file,
        week=late.week,
        pack=late.pack,
        write_pack=lambda pack: _write_pack(pack, where),
        read_pack=_read_pack,
        compared=late.compared,
        brief=late.brief,
        keymap=keymap,
        keep_queue=lambda wanted: _keep_queue(where, keymap, wanted),
        forget_queue=lambda name: _forget_queue(where, keymap, name),
        carrier=own_command(call.home, "carry"),
        verb=own_command(call.home),
        children=OwnChildren({"PYTHONPATH": importable(os.environ.get("PYTHONPATH", ""))}, held),
        log_crash=lambda error: _log_crash(error, where, call.clock()),
        note=lambda line: _note(line, where),
    )


def _settings(config: Config, keymap: Keymap, *, demo: bool) -> DeskSettings:
    """The slice of the configuration that the screen needs."""
    queues, findings = within_reach(choices_of(config), keymap.titles(VIEWS))
    return DeskSettings(
        account_url=config.account.url,
        hold_seconds=config.desk.hold_seconds,
        training_sends=0 if demo else config.desk.training_sends,
        promise_seconds=max(LEAST_PROMISE, 3 * config.sync.working_set_seconds),
        theme="mono" if os.environ.get("NO_COLOR") else config.desk.theme,
        no_color=bool(os.environ.get("NO_COLOR")),
        queues=queues,
        findings=findings,
        demo=demo,
        show_cursor=config.desk.show_cursor,
        notify=config.desk.notify,
        notify_words=config.desk.notify_words,
        brief=config.desk.morning_brief and not demo,
        claim=config.desk.claim,
        breach_first=config.desk.order == "breach,tier",
    )


def _keep_queue(where: Paths, keymap: Keymap, wanted: QueueChoice) -> tuple[QueueChoice, ...]:
    from heroterm.cli.queue_keeping import keep_queue

    return keep_queue(where, keymap, wanted)


def _forget_queue(where: Paths, keymap: Keymap, name: str) -> tuple[QueueChoice, ...]:
    from heroterm.cli.queue_keeping import forget_queue

    return forget_queue(where, keymap, name)


def _write_pack(pack: Pack, where: Paths) -> Sequence[str]:
    from heroterm.cli.pack_files import write

    return write(where.state / "handover", pack)


def _read_pack(path: str) -> Pack:
    from heroterm.cli.pack_files import read_file

    return read_file(Path(path).expanduser())


def _copy(text: str) -> str:
    """To the clipboard of the machine where the person sits."""
    from heroterm.tui.clipboard import copier

    return copier(os.environ)(text)


def browse(url: str) -> bool:
    """Open an address that the rules of links let pass; nothing else reaches a browser."""
    import webbrowser

    from heroterm.domain.links import Refusal, openable

    checked = openable(url)
    return not isinstance(checked, Refusal) and webbrowser.open(checked)


class Once:
    """Asks for the terminal once: tmux is a process of its own. Where tmux keeps back what is
    copied it is asked anew, for a person who reads that may tell it otherwise at once.
    """

    def __init__(self, ask: Callable[[], Terminal]) -> None:
        self._ask = ask
        self._found: Terminal | None = None

    def __call__(self) -> Terminal:
        """What was found."""
        if self._found is None or self._found.kept_back:
            self._found = self._ask()
        return self._found


def _terminal() -> Terminal:
    from heroterm.cli.terminal import terminal

    return terminal()


def _way_out(demo: bool) -> Callable[[str], bool]:
    """Nowhere in practice, to no browser over SSH (one here would show it to nobody)."""
    return nowhere if demo else browse_here


def browse_here(url: str) -> bool:
    """Open an address in this machine's browser; False where the person sits elsewhere."""
    from heroterm.cli.browser import open_beside

    return open_beside(url, os.environ)


def nowhere(url: str) -> bool:
    """In practice nothing leaves this machine, not even to a browser."""
    return True


def _edit(text: str, where: Paths) -> Edited:
    from heroterm.cli.editor import edit

    return edit(text, os.environ, where.state)


def _paths_like(typed: str) -> Sequence[tuple[str, int | None]]:
    from heroterm.cli.enclosing import paths_like

    return paths_like(typed)


def _read_file(path: str) -> FileRead:
    from heroterm.cli.enclosing import read_file

    return read_file(path)


def _log_crash(error: BaseException, where: Paths, now: datetime) -> str:
    from heroterm.cli.failure import report

    return report(error, where.logs, now)


def _note(line: str, where: Paths) -> None:
    from heroterm.log import noted

    noted(where.logs, line)
