"""The one table of commands: no clash, no command without a deed, no key that gets lost."""

from heroterm.tui import commands
from heroterm.tui.box_commands import BOXES
from heroterm.tui.doing import conflict, outbox
from heroterm.tui.doing.table import DEEDS
from heroterm.tui.keymap import Keymap
from tests.house import keys

OF_BOXES = {command.id for command in BOXES}


def test_no_key_means_two_things_in_one_place() -> None:
    assert Keymap().clashes() == []


def test_a_clash_would_be_found() -> None:
    twin = commands.Command("queue.twin", "Twin", ("j",), commands.QUEUE)
    hider = commands.Command("queue.hider", "Hider", ("r",), commands.QUEUE)
    asker = commands.Command("queue.asker", "Asker", ("g",), commands.QUEUE)
    assert Keymap((*commands.COMMANDS, twin, hider, asker)).clashes() == [
        ("j", "queue.twin", "queue.down"),
        ("r", "queue.hider", "ticket.reply"),
        ("g", "queue.asker", "prefix.g"),
    ]


def test_every_command_has_a_deed_and_every_deed_a_command() -> None:
    ids = {command.id for command in commands.COMMANDS} - OF_BOXES
    in_its_pane = {command.id for command in commands.of(commands.OUTBOX)}
    assert ids | in_its_pane == set(DEEDS)


def test_every_command_of_a_box_is_done_there() -> None:
    by_the_box = {"down", "up", "close", "help"}
    done = {
        commands.OUTBOX: {*outbox.DEEDS, "show", "edit", "hold_all"},
        commands.CONFLICT: {*conflict.DEEDS, "ticket", "browse"},
        commands.DRAFTS: {"open", "restore", "trash"},
        commands.UNDO: {"take"},
        commands.BULK: {"queue", "leave_out"},
        commands.HANDOVER: {"open", "tick", "edit", "editor", "copy", "write", "take"},
        commands.TAKEOVER: {"open", "tick", "tick_all", "sign", "copy", "other"},
    }
    for place, deeds in done.items():
        ids = {command.id.removeprefix(f"{place}.") for command in commands.of(place)}
        assert ids == deeds | by_the_box


def test_ids_are_unique() -> None:
    assert len(commands.BY_ID) == len(commands.COMMANDS)


def test_nothing_needs_a_key_that_terminals_swallow() -> None:
    """keys §3: these arrive as something else, or not at all, without the Kitty protocol."""
    never = {"ctrl+m", "ctrl+i", "ctrl+h", "ctrl+j", "ctrl+left_square_bracket", "ctrl+space"}
    for command in commands.COMMANDS:
        assert not never & set(command.keys), command.id
        assert not any(key.startswith("alt+") for key in command.keys), command.id


def test_every_action_has_a_plain_key() -> None:
    """Rule 7: Ctrl and function keys are second routes only."""
    for command in commands.COMMANDS:
        plain = [key for key in command.keys if not key.startswith(("ctrl+", "f"))]
        letter_f = [key for key in command.keys if key == "f"]
        assert plain or letter_f or command.id == "composer.editor", command.id


def test_prefix_keys_are_nobody_elses() -> None:
    for where in (commands.ANYWHERE, commands.TICKET, commands.QUEUE, commands.THREAD):
        for command in commands.of(where):
            assert not set(command.keys) & set(commands.PREFIXES), command.id


def test_the_key_that_queues_is_not_the_key_that_began() -> None:
    """keys rule 3: r, i, c, Enter and Esc begin or lead to the review; none of them queues."""
    queue_it = set(commands.BY_ID["review.queue"].keys)
    began = {
        *("ticket.reply", "ticket.note", "ticket.canned", "ticket.fitting"),
        "composer.review",
    }
    for id_ in began:
        assert not queue_it & set(commands.BY_ID[id_].keys)
    assert "enter" not in queue_it


def test_the_readme_lists_the_keys_as_they_are() -> None:
    """Mend it with: python -m tests.house.keys"""
    text = keys.README.read_text(encoding="utf-8")
    assert keys.written(text) == text


def test_a_key_that_changed_would_be_noticed_in_the_readme() -> None:
    text = keys.README.read_text(encoding="utf-8")
    assert keys.written(text.replace("| `n` | Next", "| `m` | Next")) == text
