"""Words that people bring from other tools, and the commands that they mean: the palette and the
help find a command by them, too, and name them beside it.
"""

from __future__ import annotations

ALSO = {
    "app.quit": "exit",
    "desk.goto": "jump to",
    "desk.help": "keys, shortcuts",
    "desk.skip": "pass over",
    "desk.sync": "refresh, reload",
    "desk.undo": "recall, unsend",
    "go.config": "settings",
    "layout.theme": "colours, dark, light",
    "open.ticket": "browser",
    "ticket.canned": "template, snippet, saved reply",
    "ticket.note": "comment, private",
    "ticket.status": "solve, resolve, close",
    "ticket.wait": "snooze, later",
}
"""By the id of the command; none of its title's own words."""
