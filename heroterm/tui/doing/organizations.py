"""`f` and `a w`: the organization of a person put right, the organization's content warning."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.deeds import (
    CONTENT_WARNING,
    NOTES,
    Deed,
    OrganizationText,
    PersonOrganization,
)
from heroterm.domain.outbox import Intent
from heroterm.domain.ticket import Organization, Person
from heroterm.mirror.choices import organizations, organizations_called
from heroterm.mirror.lookups import organizations_known_as
from heroterm.tui.doing import queueing, ruling, sending
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.screens.pick import Choice, Pick

_COMMUNITY = (
    "Handbook, Temp orgs: the organization is put right where it \"is not a 'community question' "
    'ticket".'
)


def fix(desk: OnDesk) -> None:
    """`f`: the requester into the organization that the Admin line names (features C6)."""
    opened = desk.target
    if opened is None:
        return
    asks = opened.requester
    if opened.row.source == "community":
        desk.tell(_COMMUNITY, severity="warning")
    elif asks is None:
        desk.tell(f"Who asked is not known yet ({desk.key('desk.sync')} syncs).")
    elif asks.staff:
        desk.tell(f"{asks.name} answers tickets and is no customer.")
    else:
        _candidates(desk, opened, asks)


def _candidates(desk: OnDesk, opened: Opened, asks: Person) -> None:
    mirror, footer = desk.reading.mirror, opened.footer
    if mirror is None:
        return
    # The id is the product's own and of one length; a name may hold every separator.
    known = organizations_known_as(mirror, footer.organization_id or "") if footer.trusted else []
    if len(known) == 1:
        _confirm(desk, opened, asks, known[0])
        return
    named = footer.organization if footer.trusted else None
    found = organizations_called(mirror, named) if named else []
    if len(found) == 1 and not footer.ambiguous:
        _confirm(desk, opened, asks, found[0])
        return
    why = _why_choose(named, len(found), footer.ambiguous)
    _choose(desk, opened, asks, found or organizations(mirror), why)


def _why_choose(named: str | None, count: int, ambiguous: bool) -> str:
    if named is None:
        return "no Admin line names it"
    if ambiguous:
        return "the Admin line can be read in more than one way"
    if count > 1:
        return f"{count} are called so"
    return f"no organization {named} is known here"


def _choose(
    desk: OnDesk, opened: Opened, asks: Person, found: Sequence[Organization], why: str
) -> None:
    by_key = {str(each.id): each for each in found}
    choices = [
        Choice(key, each.name.strip() or "(no name)", f"{key}  {each.plan or ''}")
        for key, each in by_key.items()
    ]

    def picked(key: str | None) -> None:
        if key is not None:
            _confirm(desk, opened, asks, by_key[key])

    desk.app.push_screen(Pick(f"Organization of {asks.name}: {why}", choices), picked)


def _confirm(desk: OnDesk, opened: Opened, asks: Person, new: Organization) -> None:
    if asks.organization_id == new.id:
        desk.tell(f"{asks.name} is in {new.name} already.")
        return
    mirror = desk.reading.mirror
    before = asks.organization_id
    old = mirror.organization(before) if mirror is not None and before is not None else None
    line = source_line(opened)
    question = "\n".join(
        [
            f"{asks.name} <{asks.email or 'no address'}>",
            f"now:  {old.name if old is not None else 'no organization'}",
            f"then: {new.name}  (#{new.id})",
            f"because: {line}" if line else "because: you chose it; no Admin line names it.",
            f"Their tickets go along. Held first; {desk.key('desk.undo')} "
            "takes it back, also once it was sent.",
        ]
    )
    deed = PersonOrganization(asks.id, new.id, before)
    desk.ask(
        question,
        {"y": "change the organization", "n": "leave it"},
        lambda answer: put(desk, opened, deed) if answer == "y" else None,
    )


def source_line(opened: Opened) -> str:
    """The Admin line as it stands in the ticket; empty where none is trusted."""
    admin = opened.footer.admin if opened.footer.trusted else None
    lines = [line.strip() for line in opened.first_words.splitlines()]
    return next((line for line in reversed(lines) if admin and admin in line), "")


def warn(desk: OnDesk) -> None:
    """`a w`: what to expect in this customer's account, for whoever looks next."""
    opened = desk.target
    if opened is None:
        return
    whose = opened.organization
    if whose is None or opened.row.free_mail_organization:
        desk.tell(
            "The requester has no organization of their own: "
            f"{desk.key('ticket.organization')} puts "
            "that right first."
        )
    elif desk.reading.state.role == "light":
        desk.tell("A light agent may not change organizations: ask a colleague.")
    else:
        _ask_for_warning(desk, opened, whose)


def _ask_for_warning(desk: OnDesk, opened: Opened, whose: Organization) -> None:
    now = whose.content_warning or ""

    def typed(words: str | None) -> None:
        if words:
            _confirm_warning(desk, opened, whose, words)

    kept = [Choice(now, now, "as it is now")] if now else []
    title = f"Content warning of {whose.name}: what may one see there?"
    desk.app.push_screen(Pick(title, kept, free=True, typed="as typed"), typed)


def _confirm_warning(desk: OnDesk, opened: Opened, whose: Organization, words: str) -> None:
    deed = _warning(desk, whose, words)
    field = "Content Warning" if deed.field == CONTENT_WARNING else "notes"
    more = "" if deed.field == CONTENT_WARNING else " (your role may write the notes alone)"
    question = "\n".join(
        [
            f"{whose.name}, {field}{more}",
            f"now:  {deed.before or '(empty)'}",
            f"then: {deed.text}",
            "Colleagues are warned by it, and every ticket of this customer is marked.",
        ]
    )
    desk.ask(
        question,
        {"y": "write it", "n": "leave it"},
        lambda answer: put(desk, opened, deed) if answer == "y" else None,
    )


def _warning(desk: OnDesk, whose: Organization, words: str) -> OrganizationText:
    """The field that this role may write (handbook: the Content Warning field; api.md §7)."""
    if desk.reading.state.role == "admin":
        return OrganizationText(whose.id, CONTENT_WARNING, words, whose.content_warning or "")
    notes = whose.notes or ""
    line = f"Content warning: {words}"
    return OrganizationText(whose.id, NOTES, f"{notes}\n{line}".strip(), notes)


def put(desk: OnDesk, opened: Opened, deed: Deed) -> None:
    """Queue a write that goes elsewhere than to the ticket, if the rules let it."""
    intent = Intent(
        id=desk.parts.new_id(),
        ticket_id=opened.ticket.id,
        created_at=desk.reading.local_now(),
        send_after=sending.send_after(desk, words=False),
        base_stamp=opened.ticket.updated_stamp,
        seen_comment_id=opened.seen_comment_id,
        deed=deed,
    )
    against = next((f for f in desk.parts.check(intent) if f.level == "refuse"), None)
    if against is not None:
        desk.tell(ruling.sentence(desk, against), severity="warning")
    else:
        queueing.put(desk, intent)
