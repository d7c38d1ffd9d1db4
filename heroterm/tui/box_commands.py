"""Commands of the boxes that lie over the desk; each box runs its own."""

from __future__ import annotations

from heroterm.tui.command import Command, rows

OUTBOX, CONFLICT, FILES = "outbox", "conflict", "files"
DRAFTS, UNDO, BULK = "drafts", "undo", "bulk"
HANDOVER, TAKEOVER = "handover", "takeover"


def _help(box: str) -> tuple[str, str, str, str, str]:
    return (f"{box}.help", "question_mark f1", "Everything that can be done here", "help", "")


BOXES: tuple[Command, ...] = (
    *rows(
        OUTBOX,
        ("outbox.down", "j down", "Down", "", ""),
        ("outbox.up", "k up", "Up", "", ""),
        ("outbox.show", "enter", "Show its ticket, or what stopped it", "show", ""),
        ("outbox.edit", "e", "Edit: recall and reopen", "edit", "Stops its clock."),
        ("outbox.send", "exclamation_mark", "Send now", "send now", ""),
        ("outbox.hold", "H", "Hold this, or release it", "hold", ""),
        ("outbox.hold_all", "P", "Hold all, or release all", "hold all", ""),
        ("outbox.again", "R", "Ask the server and try again", "try again", ""),
        ("outbox.discard", "D", "Discard it; its words are kept", "discard", ""),
        ("outbox.close", "escape q", "Close", "close", ""),
        _help("outbox"),
    ),
    *rows(
        CONFLICT,
        ("conflict.down", "j down", "Scroll down", "", ""),
        ("conflict.up", "k up", "Scroll up", "", ""),
        ("conflict.edit", "e", "Edit mine", "edit mine", "It opens under what is there now."),
        ("conflict.send", "y", "Send it anyway", "send anyway", "Having read what came."),
        ("conflict.draft", "D", "Keep mine as a draft", "to draft", ""),
        ("conflict.follow_up", "f", "Make a follow-up ticket of it", "follow-up", "When closed."),
        ("conflict.again", "R", "Ask the server and try again", "try again", ""),
        (
            "conflict.arrived",
            "x",
            "It did arrive: I saw it in Zendesk",
            "it arrived",
            "When not sure.",
        ),
        ("conflict.browse", "o", "The ticket in Zendesk", "Zendesk", ""),
        ("conflict.ticket", "enter", "Open its ticket, decide later", "ticket", ""),
        ("conflict.close", "escape q", "Close; nothing is changed", "close", ""),
        _help("conflict"),
    ),
    *rows(
        FILES,
        ("files.down", "j down", "Down", "", ""),
        ("files.up", "k up", "Up", "", ""),
        ("files.open", "o enter", "Open in the browser", "open in the browser", ""),
        (
            "files.look",
            "v",
            "View a picture here",
            "view",
            "Asked for one at a time, decoded apart.",
        ),
        ("files.save", "s", "Save on this machine", "save", "It is never opened by itself."),
        ("files.close", "escape q", "Close", "close", ""),
        _help("files"),
    ),
    *rows(
        DRAFTS,
        ("drafts.down", "j down", "Down", "", ""),
        ("drafts.up", "k up", "Up", "", ""),
        ("drafts.open", "enter", "Go on with it", "go on", "From the trash it is restored first."),
        ("drafts.restore", "r", "Restore it from the trash", "restore", ""),
        ("drafts.trash", "D", "Move it to the trash", "to trash", "Kept there for 30 days."),
        ("drafts.close", "escape q", "Close", "close", ""),
        _help("drafts"),
    ),
    *rows(
        UNDO,
        ("undo.down", "j down", "Down", "", ""),
        ("undo.up", "k up", "Up", "", ""),
        ("undo.take", "enter", "Take it back", "take back", "What was sent by its inverse."),
        ("undo.close", "escape q", "Close", "close", ""),
        _help("undo"),
    ),
    *rows(
        BULK,
        ("bulk.down", "j down", "Down", "", ""),
        ("bulk.up", "k up", "Up", "", ""),
        (
            "bulk.queue",
            "y",
            "Queue them as one change",
            "queue them",
            "One `{desk.undo}` recalls all.",
        ),
        ("bulk.leave_out", "x", "Leave this ticket out", "leave out", ""),
        ("bulk.close", "escape q n", "Close; nothing is queued", "close", ""),
        _help("bulk"),
    ),
    *rows(
        HANDOVER,
        ("handover.down", "j down", "Down", "", ""),
        ("handover.up", "k up", "Up", "", ""),
        ("handover.open", "enter", "Deal with it", "deal with it", "Answer, escalate, pass on."),
        (
            "handover.tick",
            "x",
            "Tick: pass on with a note; a promise as kept; a run as told",
            "pass on, kept",
            "Passed on, and told, once its note is sent.",
        ),
        ("handover.edit", "e", "Add a line to the section", "add a line", "Learnings above all."),
        ("handover.editor", "E", "Edit the section in $EDITOR", "", ""),
        ("handover.copy", "y", "Copy the pack as Markdown", "copy", ""),
        ("handover.write", "w", "Write files (Markdown and JSON)", "write files", ""),
        ("handover.take", "t", "Take over a colleague's week", "take over", "By their pack."),
        ("handover.close", "escape q", "Close", "close", ""),
        _help("handover"),
    ),
    *rows(
        TAKEOVER,
        ("takeover.down", "j down", "Down", "", ""),
        ("takeover.up", "k up", "Up", "", ""),
        ("takeover.open", "enter", "Open the ticket", "open", ""),
        ("takeover.tick", "x", "Take it, or leave it after all", "take it", ""),
        ("takeover.tick_all", "X", "Take all of it", "", ""),
        ("takeover.sign", "s", "Sign off", "sign off", "Once every line is ticked."),
        ("takeover.copy", "y", "Copy the result as Markdown", "copy", ""),
        ("takeover.other", "o", "Another pack", "another pack", ""),
        ("takeover.close", "escape q", "Close", "close", ""),
        _help("takeover"),
    ),
)
"""In the order in which the help lists them."""
