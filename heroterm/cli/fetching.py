"""How a reading verb says that it asked Zendesk, and what is missing where it could not."""

from __future__ import annotations

from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.domain.view import View
from heroterm.errors import ConfigError, NotFound, Offline, UsageError, ZendeskError
from heroterm.mirror.audits import History


def fetch(call: Invocation, read: Reading, ticket_id: int) -> None:
    """Bring a ticket that is not in the mirror, with its thread. Raises Offline, NotFound.

    Without an account nothing is asked: the reader says then that the ticket is not there.
    """
    from heroterm.cli.on_demand import on_demand

    later = f"`heroterm sync --once --ticket {ticket_id}` brings it once you are online."
    try:
        with on_demand(call) as asked:
            asked.bring(ticket_id)
            if not read.mirror.labels().fields:
                asked.bring_labels()
    except ConfigError:
        return
    except Offline as error:
        say = f"Ticket #{ticket_id} is not in the mirror, and Zendesk cannot be reached."
        raise Offline(say, later) from error
    except NotFound as error:
        gone = read.mirror.deleted(ticket_id)
        why = f"{gone.actor} deleted it" if gone else "deleted, or not for your seat to see"
        raise NotFound(f"Zendesk does not show #{ticket_id}: {why}.", error.remedy) from error
    call.say(f"#{ticket_id} was not in the mirror; it was fetched from Zendesk just now.")


def bring_view(call: Invocation, view: View) -> str:
    """Bring the tickets of Zendesk's view that a queue is about; a sentence where it is out of
    reach. Raises UsageError for a queue without one, and what else Zendesk says to it.
    """
    if view.zendesk_view_id is None:
        raise UsageError(f"{view.name!a} is no view of Zendesk.", "Leave --server out.")
    from heroterm.cli.on_demand import on_demand

    try:
        with on_demand(call) as asked:
            asked.bring_view(view.zendesk_view_id)
    except Offline:
        return "Zendesk cannot be reached: this is what was brought last."
    return ""


def history_of(call: Invocation, read: Reading, ticket_id: int) -> History:
    """A ticket's audits, fetched where the mirror does not hold them all or holds old ones."""
    held = read.mirror.history(ticket_id)
    if held.complete and not _behind(read, held):
        return held
    from heroterm.cli.on_demand import on_demand

    try:
        with on_demand(call) as asked:
            asked.bring_history(ticket_id)
    except (ConfigError, ZendeskError) as error:
        some = f"{len(held.audits)} changes are here" if held.audits else "No changes are here"
        call.say(f"{some}, and the rest could not be fetched: {error.say}")
    return read.mirror.history(ticket_id)


def _behind(read: Reading, held: History) -> bool:
    """Whether the ticket changed after its newest audit."""
    ticket = read.mirror.ticket(held.ticket_id)
    newest = max((audit.created_at for audit in held.audits), default=None)
    return ticket is not None and (newest is None or newest < ticket.updated_at)
