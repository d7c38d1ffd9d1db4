"""Commands of two keys: a prefix that waits, and the key after it."""

from __future__ import annotations

from heroterm.tui.command import Command, rows

ASSIGN, GO, LAYOUT, COPY, OPEN = "a", "g", "z", "y", "o"
VIEWS, SORT, MACRO = "V", "S", "m"

PREFIXES = {
    ASSIGN: "Assign, and fields",
    GO: "Go",
    LAYOUT: "Layout",
    COPY: "Copy",
    OPEN: "Open",
    VIEWS: "Queues",
    SORT: "Sort",
    MACRO: "Macro",
}
"""Keys that wait for a second one, with the word over their box."""

AFTER_PREFIXES: tuple[Command, ...] = (
    *rows(
        ASSIGN,
        ("assign.me", "m", "Assign to me", "", ""),
        ("assign.claim", "c", "Soft claim on or off", "", "Others see it; two cannot both win."),
        ("assign.person", "p", "Assign to a person", "", ""),
        ("assign.group", "g", "Assign to a group", "", ""),
        ("assign.nobody", "u", "Assign to nobody: back to the group", "", "From whoever has it."),
        ("assign.type", "t", "Type", "", "Question, incident, problem, task."),
        ("assign.field", "f", "A field of your account, by its label", "", ""),
        ("assign.warning", "w", "Content warning of the organization", "", "Warns colleagues."),
    ),
    *rows(
        GO,
        ("go.top", "g", "Top", "", ""),
        ("go.queue", "q", "Queue", "", ""),
        ("go.waits", "w", "Waits and reminders", "", ""),
        ("go.drafts", "d", "Drafts", "", ""),
        ("go.outbox", "o", "Outbox", "", ""),
        ("go.runs", "p", "Running playbooks", "", ""),
        ("go.tally", "f", "Feature requests, for Customer Success", "", "Enter copies them."),
        ("go.back", "b", "Previous ticket", "", ""),
        ("go.search", "slash", "Search everything", "", "Tab asks Zendesk for the same line."),
        ("go.handover", "h", "Handover: may the week end?", "", "The pack for the next hero."),
        ("go.mentions", "at", "Notes that name you", "", "Until you answer there."),
        ("go.brief", "m", "Morning brief", "", "What is breached, due, woken, changed."),
        ("go.stats", "s", "Stats of the last two weeks", "", ""),
        ("go.notifications", "n", "Notifications: what the hero was called for", "", ""),
        ("go.activity", "a", "Activity: what this desk said", "", "Also what a toast said."),
        ("go.config", "c", "Config: how it holds now, and where it lies", "", ""),
        ("go.absent", "x", "Take out what Zendesk does not show any more", "", "Asks first."),
        (
            "go.reread",
            "r",
            "Read the team's files again",
            "",
            "Canned replies, macros, playbooks, rules.",
        ),
    ),
    *rows(
        LAYOUT,
        ("layout.zoom", "z", "Zoom this pane on or off", "", ""),
        ("layout.side", "s", "Side pane on or off", "", ""),
        ("layout.bigger", "plus", "Pane bigger", "", "Remembered for this size of terminal."),
        ("layout.smaller", "minus", "Pane smaller", "", ""),
        ("layout.density", "d", "Row density: every column, or more subject", "", ""),
        ("layout.theme", "t", "Theme", "", ""),
        (
            "layout.read_only",
            "r",
            "ro: read only on or off",
            "",
            "While it is on nothing is queued.",
        ),
        ("layout.plain", "p", "Plain ASCII frames and signs on or off", "", ""),
    ),
    *rows(
        COPY,
        ("copy.url", "y u", "Ticket URL", "", ""),
        ("copy.number", "n", "Number", "", ""),
        ("copy.title", "t", "Number and title", "", ""),
        ("copy.markdown", "l", "Markdown link", "", ""),
        ("copy.email", "e", "Requester's e-mail", "", ""),
        ("copy.organization", "o", "Organization name, exact case", "", ""),
        ("copy.organization_id", "i", "Organization id", "", ""),
        ("copy.vip", "v", "@VIP Lookup Bot line", "", ""),
        ("copy.message", "m", "Message under the cursor", "", ""),
        ("copy.code", "c", "Code block of the message", "", "The first one in it."),
        ("copy.plain", "p", "What was copied last, as plain text", "", "To copy by hand."),
        ("copy.slack", "s", "Slack line about the issue that was filed", "", "Names the channel."),
    ),
    *rows(
        OPEN,
        (
            "open.ticket",
            "o",
            "This ticket in Zendesk",
            "",
            "Side conversations, who is viewing: only there.",
        ),
        ("open.admin", "a", "Admin page", "", ""),
        ("open.recording", "r", "Session recording", "", ""),
        ("open.location", "l", "Page the customer was on", "", ""),
        ("open.exceptions", "x", "Exceptions", "", ""),
        ("open.billing", "b", "Billing admin", "", ""),
        ("open.community", "c", "Community question", "", ""),
        ("open.slack", "s", "Slack thread", "", ""),
        ("open.github", "g", "GitHub issue", "", ""),
        ("open.merge", "m", "Merge with another ticket, in Zendesk", "", "Drafts go along."),
        ("open.handbook", "h", "Handbook, at the section of this playbook", "", ""),
        *((f"open.link{n}", str(n), f"Link {n} of this message", "", "") for n in range(1, 10)),
    ),
    *rows(
        VIEWS,
        ("views.own", "V", "The desk's own queue", "", "What your groups have to do."),
        ("views.next", "greater_than_sign", "Next queue", "", ""),
        ("views.previous", "less_than_sign", "Previous queue", "", ""),
        ("views.list", "slash", "Any queue, by its name", "", ""),
        (
            "views.keep",
            "plus",
            "Keep this filter as a queue",
            "",
            "With a name and a letter; a view of Zendesk, too.",
        ),
        (
            "views.forget",
            "minus",
            "Remove this kept queue",
            "",
            "Out of config.toml; no ticket is touched.",
        ),
    ),
    *rows(
        SORT,
        ("sort.policy", "p S", "By the policy", "", "Tier first, then closest to breach."),
        ("sort.breach", "b", "Closest to breach, whatever the tier", "", "Said at the foot."),
        ("sort.oldest", "o", "Oldest first", "", "Said at the foot."),
        ("sort.newest", "n", "Newest first", "", "Said at the foot."),
        ("sort.updated", "u", "Changed last first", "", "Said at the foot."),
    ),
    *rows(
        MACRO,
        ("macro.list", "m", "Any macro, from a list", "", "Shows before and after."),
    ),
)
"""In the order in which the help lists them."""
