"""`V -`: the shown queue is taken out of config.toml after one question; `u` keeps it again.

No ticket is touched by it: a queue is only a way of looking at them.
"""

from __future__ import annotations

from datetime import datetime

from heroterm.domain.view import OWN, QueueChoice
from heroterm.errors import HeroError
from heroterm.tui.commands import VIEWS
from heroterm.tui.doing import keeping, switching, visiting
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.seeing import Forgotten
from heroterm.tui.text import parts


def why_not(desk: OnDesk) -> str | None:
    """Why the queue that is shown cannot be taken out; None where config.toml names it."""
    choice = desk.queue.choice
    if choice.in_config:
        return None
    if visiting.unlisted(desk):
        keeps = f"{desk.key('views.keep')} would keep it"
        return f"“{choice.name}” is saved in Zendesk alone, config.toml does not name it; {keeps}."
    if choice.name == OWN:
        return f"“{choice.name}” is the desk's own queue, which is always there."
    return (
        f"“{choice.name}” is one of the usual queues: it goes only where config.toml gives its "
        "name or letter to another."
    )


def forget(desk: OnDesk) -> None:
    """Say what goes, and take it out where that is wanted."""
    choice = desk.queue.choice
    prefix = desk.parts.keymap.prefix_shown(VIEWS)
    named = f" ({prefix} {choice.key})" if prefix and choice.key else ""
    saved = "" if choice.zendesk_view_id is None else " The view stays in Zendesk."
    question = (
        f"Remove the queue “{choice.name}”{named}?\n\nIts [[view]] goes out of config.toml; the "
        f"rest of the file stays as it is. No ticket is touched.{saved} "
        f"{desk.key('desk.undo')} would keep it again."
    )

    def said(answer: str) -> None:
        if answer == "y":
            _take_out(desk, choice)

    desk.ask(question, {"y": "remove the queue", "n": "leave it"}, said)


def _take_out(desk: OnDesk, choice: QueueChoice) -> None:
    try:
        desk.queues = desk.parts.forget_queue(choice.name)
    except HeroError as error:
        stands = f"It stands as it was; {desk.key('views.forget')} tries again."
        lines = [*str(error).split("\n"), "", stands]
        desk.explain(f"“{choice.name}” was not removed", [parts(line) for line in lines])
        return
    visiting.follow(desk)
    name = choice.name.casefold()
    usual = next((one for one in desk.queues if one.name.casefold() == name), desk.queues[0])
    switching.show(desk, usual)
    desk.seeing.forgotten = Forgotten(choice, desk.reading.local_now())
    undo = desk.key("desk.undo")
    desk.tell(f"“{choice.name}” is out of config.toml ({undo} keeps it again): {usual.name} here.")


def undo(desk: OnDesk, since: datetime | None) -> bool:
    """Keep again the queue that was taken out at this desk, unless something was done `since`;
    False where there is none.
    """
    gone, reminded = desk.seeing.forgotten, desk.seeing.reminded
    done = (since, reminded.at if reminded is not None else None)
    if gone is None or any(moment is not None and moment > gone.at for moment in done):
        return False
    keeping.write(desk, gone.queue, f"Nothing changed; {desk.key('desk.undo')} tries again.")
    return True
