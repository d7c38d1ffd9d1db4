"""THE table of commands: what can be done, by which keys, where, and why not now.

Bindings, the key line, the palette, the help, `heroterm keys list` and the README's key section
are all read from here (architecture.md §6). Ids are stable: a user's keymap names them.
Keys follow product rules: letters act only while no text field has focus, no single letter
changes the server, and nothing needs a Ctrl, Alt or function key.
"""

from __future__ import annotations

from heroterm.tui.box_commands import (
    BOXES,
    BULK,
    CONFLICT,
    DRAFTS,
    FILES,
    HANDOVER,
    OUTBOX,
    TAKEOVER,
    UNDO,
)
from heroterm.tui.command import KEY_WORDS, Command, rows
from heroterm.tui.prefix_commands import (
    AFTER_PREFIXES,
    ASSIGN,
    COPY,
    GO,
    LAYOUT,
    MACRO,
    OPEN,
    PREFIXES,
    SORT,
    VIEWS,
)

__all__ = [
    "ASSIGN",
    "BULK",
    "COMMANDS",
    "CONFLICT",
    "COPY",
    "DRAFTS",
    "GO",
    "HANDOVER",
    "KEY_WORDS",
    "LAYOUT",
    "MACRO",
    "OPEN",
    "OUTBOX",
    "PREFIXES",
    "SORT",
    "TAKEOVER",
    "UNDO",
    "VIEWS",
    "Command",
]

ANYWHERE, TICKET, QUEUE, THREAD, LIST = "anywhere", "ticket", "queue", "thread", "list"
SIDE, FIND, GATE, PLAYBOOK = "side", "find", "gate", "playbook"
COMPOSER, REVIEW = "composer", "review"

PLACES = {
    ANYWHERE: "Anywhere",
    TICKET: "Ticket actions (queue row or open ticket)",
    QUEUE: "Queue",
    THREAD: "Ticket thread",
    FIND: "Found words in a thread",
    GATE: "Content warning before a thread",
    FILES: "Files of a thread",
    SIDE: "Side card",
    LIST: "Canned replies",
    PLAYBOOK: "Playbooks",
    COMPOSER: "Composer",
    REVIEW: "Review",
    OUTBOX: "Outbox",
    CONFLICT: "What stopped a change",
    DRAFTS: "Drafts",
    UNDO: "What can be undone",
    BULK: "Changing many tickets",
    HANDOVER: "Handover",
    TAKEOVER: "Taking over a week",
    ASSIGN: "a … assign, and fields",
    GO: "g … go",
    LAYOUT: "z … layout",
    COPY: "y … copy",
    OPEN: "o … open",
    VIEWS: "V … queues, and the letters that your team gave them",
    SORT: "S … sort",
    MACRO: "m … macro",
}
"""Where a command's keys act, in the words of the help."""


COMMANDS: tuple[Command, ...] = (
    *rows(
        ANYWHERE,
        ("desk.next", "n", "Next ticket by policy", "next", "Tier first, then closest to breach."),
        ("desk.skip", "N", "Skip with a reason", "", "Leaves it out of `n` until it changes."),
        ("desk.undo", "u", "Undo the last change", "undo", "Recalls what is held, in boxes, too."),
        ("desk.undo_list", "U", "What can be undone", "", "Also what was sent."),
        ("desk.filter", "slash", "Filter the queue, or find in the thread", "filter", ""),
        ("desk.goto", "number_sign", "Go to a ticket by number", "", ""),
        ("desk.palette", "colon ctrl+p", "Command palette", "palette", ""),
        ("desk.help", "question_mark f1", "Help for this pane", "help", ""),
        ("desk.sync", "R", "Sync now, show new rows", "", "Asks the carrier for a pass at once."),
        ("desk.back", "escape", "Back", "", "One level; never quits, never destroys."),
        ("desk.close", "q", "Close this pane", "back", ""),
        ("desk.previous", "backspace", "Previous ticket in my history", "", ""),
        ("pane.queue", "1", "Queue pane", "", ""),
        ("pane.ticket", "2", "Ticket pane", "", ""),
        ("pane.side", "3", "Side pane: person, organization, SLA", "", ""),
        ("pane.replies", "4", "Canned replies pane", "", ""),
        ("pane.playbook", "5", "Playbooks pane", "", ""),
        ("pane.outbox", "6", "Outbox", "outbox", ""),
        ("app.quit", "Q ctrl+q", "Quit", "quit", "Asks only while the outbox holds something."),
    ),
    *rows(
        TICKET,
        ("ticket.reply", "r", "Reply to the customer", "reply", "A community question is opened."),
        ("ticket.note", "i", "Internal note", "note", "Colleagues only."),
        ("ticket.canned", "c", "Canned reply", "canned", "Starts a reply if there is none."),
        ("ticket.status", "s", "Status, with what it does to the timers", "status", ""),
        ("ticket.tags", "t", "Tags: put on, take off", "tags", "Only the difference is sent."),
        ("ticket.priority", "exclamation_mark", "Priority", "", ""),
        (
            "ticket.escalate",
            "e",
            "Escalate: group and note",
            "escalate",
            "In one update.",
        ),
        ("ticket.organization", "f", "Fix the organization from the Admin line", "", ""),
        ("ticket.report", "b", "Bug report or feature request", "bug", "With the reply to it."),
        ("ticket.elsewhere", "d", "Done elsewhere: note and status", "", "Community, GitHub."),
        ("ticket.why", "L", "Explain: why next, timers, dates", "why", ""),
        ("ticket.tier1", "asterisk", "Mark: tagged by Customer Success", "", "Tier 1, by hand."),
        ("ticket.wait", "w", "Wait: remind me", "wait", "By a time, an answer, or both."),
        ("ticket.playbook", "p", "Playbooks for this ticket", "playbook", ""),
    ),
    *rows(
        QUEUE,
        ("queue.down", "j down", "Down", "", ""),
        ("queue.up", "k up", "Up", "", ""),
        ("queue.open", "enter l right", "Open the ticket", "open", ""),
        ("queue.last", "G end", "Last row", "", ""),
        ("queue.first", "home", "First row", "", ""),
        ("queue.half_down", "ctrl+d pagedown", "Half a page down", "", ""),
        ("queue.half_up", "ctrl+u pageup", "Half a page up", "", ""),
        ("queue.mark", "space", "Mark and move down", "mark", "Marks belong to tickets."),
        ("queue.mark_all", "X", "Mark all or none", "", ""),
        ("queue.mine", "backslash", "Only mine and unassigned", "", ""),
    ),
    *rows(
        THREAD,
        ("thread.down", "j down", "Scroll down", "", ""),
        ("thread.up", "k up", "Scroll up", "", ""),
        ("thread.next", "J", "Next message", "message", ""),
        ("thread.previous", "K", "Previous message", "", ""),
        ("thread.next_public", "right_curly_bracket", "Next public message", "", ""),
        ("thread.previous_public", "left_curly_bracket", "Previous public message", "", ""),
        ("thread.page_down", "space pagedown", "Page down", "", ""),
        ("thread.page_up", "ctrl+u pageup", "Half a page up", "", ""),
        ("thread.newest", "G end", "Newest message", "", ""),
        ("thread.oldest", "home", "First message", "", ""),
        ("thread.unfold", "l right", "Unfold quotes and long text", "unfold", ""),
        ("thread.fold", "h left", "Fold them again", "", ""),
        (
            "thread.events",
            "E",
            "Show or hide events",
            "events",
            "Who changed what, between messages.",
        ),
        ("thread.files", "A", "Files: open, save", "files", "Size, type and scan are shown first."),
        ("thread.seen", "enter", "What changed has been seen", "", "Goes to the first new one."),
        ("thread.identity", "H", "Who really sent this", "identity", "Addresses and channels."),
        ("thread.next_ticket", "right_square_bracket", "Next ticket in this list", "", ""),
        ("thread.previous_ticket", "left_square_bracket", "Previous ticket in this list", "", ""),
    ),
    *rows(
        GATE,
        ("gate.once", "y", "Show it once", "show once", "Until another ticket is shown."),
        ("gate.always", "a", "Always for this organization this week", "this week", ""),
        ("gate.stay", "enter", "Leave it closed", "", "The safe answer."),
    ),
    *rows(
        FIND,
        ("find.next", "n enter", "Next place", "next place", "Round and round."),
        ("find.previous", "N", "Previous place", "previous", ""),
        ("find.close", "escape q", "End finding", "end", ""),
    ),
    *rows(
        SIDE,
        ("side.down", "j down", "Next ticket that is named, or scroll", "", ""),
        ("side.up", "k up", "Previous ticket that is named, or scroll", "", ""),
        ("side.open", "enter l right", "Open it", "open", ""),
        ("side.page_down", "space pagedown", "Page down", "", ""),
        ("side.page_up", "ctrl+u pageup", "Half a page up", "", ""),
    ),
    *rows(
        LIST,
        ("list.down", "j down", "Down", "", ""),
        ("list.up", "k up", "Up", "", ""),
        ("list.choose", "enter l right", "Use it", "use", ""),
    ),
    *rows(
        PLAYBOOK,
        ("playbook.down", "j down", "Next step", "", ""),
        ("playbook.up", "k up", "Previous step", "", ""),
        ("playbook.act", "enter l right", "Begin it, or do the step", "act", ""),
        ("playbook.check", "x", "Answer the step", "answer", "Its value, or what proves it."),
        ("playbook.skip", "s", "Skip with a reason", "skip", "Optional steps only."),
        ("playbook.wait", "w", "Set or change the wait", "", "In days from now."),
        ("playbook.share", "H", "Tell the ticket how far it is", "", "Any hero can go on then."),
        ("playbook.rehearse", "T", "Rehearsal on or off", "rehearse", "Nothing is queued in it."),
        ("playbook.abort", "A", "End it with a reason", "", ""),
        ("playbook.leave", "h left", "Back to the ticket", "", ""),
    ),
    *rows(
        COMPOSER,
        ("composer.review", "escape f2", "To the Review bar", "review", "The draft is kept."),
        ("composer.stop", "tab", "Next blank, else Review", "next blank", ""),
        ("composer.stop_back", "shift+tab", "Previous blank", "", ""),
        ("composer.editor", "f4", "Edit in $EDITOR", "", ""),
    ),
    *rows(
        REVIEW,
        ("review.queue", "y", "Queue it", "queue it", "Held first; `u` recalls."),
        ("review.pending", "p", "Status Pending", "", ""),
        ("review.open", "o", "Status Open", "", ""),
        ("review.hold", "h", "Status On-hold", "", ""),
        ("review.solved", "s", "Status Solved", "", ""),
        ("review.unchanged", "k", "Keep the status as it is", "", ""),
        ("review.edit", "enter", "Back to the text", "edit", ""),
        ("review.leave", "escape", "Leave; the draft stays", "leave", ""),
        ("review.editor", "e", "Edit in $EDITOR", "$EDITOR", ""),
        ("review.canned", "c", "Insert a canned reply", "canned", ""),
        ("review.copies", "t", "Copies: add an address, take one off", "copies", ""),
        ("review.attach", "a", "Attach a file, or take one off", "attach", "Kept as it is now."),
        ("review.later", "w", "Send later", "later", "Checked again before it goes."),
        ("review.problem", "l", "Jump to the next problem", "", ""),
        ("review.preview", "v", "Look at it as the customer will", "preview", ""),
        ("review.mute", "m", "Mute an advice, with a reason", "", "Or hear a muted one again."),
        ("review.then_next", "n", "Then open the next ticket: yes or no", "", ""),
        ("review.to_note", "i", "Make it an internal note", "", ""),
        ("review.to_reply", "r", "Make it a public reply", "", "Shows the text again."),
        ("review.trash", "D", "Move the draft to the trash", "", "Kept there for 30 days."),
    ),
    *BOXES,
    *AFTER_PREFIXES,
)
"""Every command, in the order in which the help lists them."""

BY_ID = {command.id: command for command in COMMANDS}


def of(where: str) -> tuple[Command, ...]:
    """Commands whose keys act at one place."""
    return tuple(command for command in COMMANDS if command.where == where)
