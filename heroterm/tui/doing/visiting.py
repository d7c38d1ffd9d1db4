"""Views of Zendesk that the team gave no queue: opened by name, their tickets asked for each time.

The carrier brings the views of the team's queues, of which the desk tells it whenever they change;
any other is asked of Zendesk by a child of its own whenever it is shown.
"""

from __future__ import annotations

from heroterm.domain.view import QueueChoice, views_to_bring
from heroterm.errors import HeroError, StoreError
from heroterm.sync.orders import Follow
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.verbs import Document

SAVED = "saved in Zendesk"

_LONGEST = 60
"""Characters of a title; what is said of it follows on the same line."""


def saved(desk: OnDesk) -> list[QueueChoice]:
    """Zendesk's views, as the mirror knows them, that no queue shows whole, each by its title."""
    mirror = desk.reading.mirror
    whole = {
        one.zendesk_view_id for one in desk.queues if not (one.query or one.kept or one.own_groups)
    }
    names = {one.name.casefold() for one in desk.queues}
    found = []
    for view in mirror.views() if mirror is not None else ():
        if view.id not in whole:
            title = view.title.strip() or f"view {view.id}"
            title = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
            name = f"{title} (Zendesk)" if title.casefold() in names else title
            found.append(QueueChoice(name, zendesk_view_id=view.id))
    return found


def brought(desk: OnDesk, choice: QueueChoice) -> bool:
    """Whether its tickets are kept fresh without being asked for."""
    return choice.zendesk_view_id is None or choice.zendesk_view_id in _followed(desk)


def follow(desk: OnDesk) -> None:
    """The queues are others now: let the carrier keep the saved views of these fresh."""
    wanted = views_to_bring(desk.queues)
    if frozenset(wanted) == _followed(desk):
        return
    # While another heroterm syncs the carrier waits; what that one brings is not changed by this.
    taken = desk.order(Follow(wanted)) and not desk.waits.standing
    desk.seeing.followed = frozenset(wanted) if taken else _followed(desk).intersection(wanted)


def _followed(desk: OnDesk) -> frozenset[int]:
    known = desk.seeing.followed
    return frozenset(views_to_bring(desk.parts.settings.queues)) if known is None else known


def unlisted(desk: OnDesk) -> bool:
    """Whether the queue shows a view of Zendesk that is none of the team's queues."""
    choice = desk.queue.choice
    return choice.zendesk_view_id is not None and choice not in desk.queues


def counts(desk: OnDesk, choice: QueueChoice) -> str:
    """How much there is to do in a queue, or why that is not known."""
    view = choice.view(desk.reading.state.group_ids)
    try:
        found, said = desk.reading.counts(view), desk.reading.explained(view)
    except StoreError as error:
        return f"CANNOT BE READ: {error.say}"
    if said:
        return " ".join(said)
    words = f"{found.to_answer} to answer"
    words += f", {found.breached} breached" if found.breached else ""
    rest = found.pending + found.hold
    return words + (f", {rest} waiting" if rest else "")


def ask(desk: OnDesk, choice: QueueChoice) -> None:
    """Ask Zendesk for the tickets of a view that nothing brings, and say what became of it."""
    if brought(desk, choice):
        return
    offline = desk.reading.state.offline_since
    if offline is not None:
        since = offline.astimezone().strftime("%H:%M")
        says = f"Zendesk is out of reach since {since}; it is as it was last brought."
        desk.tell(f"{choice.name}: {says}", severity="warning")
        return

    def came(document: Document) -> None:
        if trouble := document.get("server_trouble"):
            desk.tell(f"{choice.name}: {trouble}", severity="warning")
            return
        desk.refresh_desk(unasked=True)
        desk.tell(f"{choice.name}: {counts(desk, choice).removesuffix('.')}, as of now.")

    def failed(error: HeroError) -> None:
        desk.tell(f"{choice.name}: {error}", severity="warning")

    desk.tell(f"{choice.name}: Zendesk is being asked for its tickets …")
    verb = ["queue", "--server", "--limit", "1", "--view", str(choice.zendesk_view_id)]
    desk.verbs.run(verb, came, failed)
