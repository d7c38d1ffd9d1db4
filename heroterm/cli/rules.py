"""Joins the rulebook, the mirror and the one list of rules: is an intent let pass?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from heroterm import config
from heroterm.cli.mirrors import open_mirror
from heroterm.domain.deeds import NewTicket
from heroterm.domain.findings import Facts, Finding, Question
from heroterm.domain.meanwhile import after
from heroterm.domain.outbox import Intent, PublicReply
from heroterm.domain.placing import place
from heroterm.domain.recorded import recorded_at
from heroterm.domain.rules import check
from heroterm.domain.sender import own_addresses
from heroterm.domain.source import community_url, opening, source
from heroterm.domain.ticket import Comment, Organization, Ticket
from heroterm.domain.view import Placement
from heroterm.journal.database import Journal, open_journal
from heroterm.mirror.lookups import person_at
from heroterm.mirror.naming import named_in
from heroterm.mirror.reader import Mirror
from heroterm.paths import Paths
from heroterm.rulebook import SHIPPED, Rulebook, load

COMMUNITY = "community"
_DESKS = ".zendesk.com"
LIGHT = "light"
"""The role of a seat that may write internal notes only (features H6)."""


def rulebook(where: Paths, former: Rulebook | None = None) -> Rulebook:
    """The shipped rules, replies and playbooks, with this home's own in their stead. A file that is
    wrong now keeps what it said in the `former` rulebook. Raises ConfigError for config.toml.
    """
    desk = config.load(where.config_file).desk
    return load(SHIPPED, where.rules, policy=desk.policy, order=desk.order, former=former)


def placer(book: Rulebook) -> Callable[[Ticket, Organization | None], Placement]:
    """What the mirror's writer asks about each ticket once."""
    return lambda ticket, organization: place(ticket, organization, book.tiers, book.sources)


class RuleCheck:
    """The one list of rules over one home's mirror; called with an intent, gives what they find.

    The mirror is opened at the first question, because on a first start there is none yet. `book`
    may be put anew between two questions.
    """

    def __init__(
        self,
        where: Paths,
        clock: Callable[[], datetime],
        own_addresses: tuple[str, ...] = (),
        book: Rulebook | None = None,
    ) -> None:
        self._where = where
        self._clock = clock
        self._own = own_addresses
        self.book = book or rulebook(where)
        self._mirror: Mirror | None = None
        self._journal: Journal | None = None

    def __call__(self, intent: Intent) -> Sequence[Finding]:
        """What the rules find. Raises StoreError when the mirror cannot be read."""
        if self._mirror is None:
            self._mirror = open_mirror(self._where.mirror)
        mirror = self._mirror
        now = self._clock() + timedelta(seconds=mirror.state().clock_offset)
        ticket = mirror.ticket(intent.ticket_id)
        if ticket is None and intent.deed is not None:
            return check(intent, facts_of_none(mirror, self.book, now, self._own, intent))
        if ticket is None:
            say = f"Ticket #{intent.ticket_id} is not in the mirror."
            return [Finding("unknown-ticket", "refuse", say, "{desk.sync} syncs; then look again.")]
        return check(
            intent,
            facts_of(
                mirror,
                ticket,
                self.book,
                now,
                self._own,
                intent=intent,
                journal=self._kept(intent),
            ),
        )

    def _kept(self, intent: Intent) -> Journal | None:
        """The journal; None where nothing that it holds matters to a rule."""
        if intent.changes.status != "solved" and intent.changes.custom_status_id is None:
            return None
        if self._journal is None:
            self._journal = open_journal(self._where.journal, clock=self._clock)
        return self._journal


def opening_of(mirror: Mirror, ticket: Ticket) -> str:
    """What a ticket began with, as far as the mirror can vouch for it."""
    thread = mirror.thread(ticket.id)
    return opening(ticket, thread.comments, complete=thread.complete)


def source_of(mirror: Mirror, ticket: Ticket, book: Rulebook) -> str:
    """Where a ticket came from. Whatever speaks for a community question wins: its first words,
    its description, or how the mirror placed it before.
    """
    found = source(ticket, book.sources, opening_of(mirror, ticket))
    described = source(ticket, book.sources)
    stored = mirror.placed_source(ticket.id)
    return COMMUNITY if COMMUNITY in (described, stored) else found


def facts_of(
    mirror: Mirror,
    ticket: Ticket,
    book: Rulebook,
    now: datetime,
    own: tuple[str, ...] = (),
    since: Sequence[Comment] = (),
    intent: Intent | None = None,
    journal: Journal | None = None,
) -> Facts:
    """What the rules need to know of a ticket, from the mirror as it stands.

    `own` are addresses of ours; `since` comments that the mirror does not hold yet; `intent` what
    is asked about, for what its words name; `journal` tells which steps of a running playbook are
    open, and which notes were put; without it there are none.
    """
    comments = (*mirror.thread(ticket.id).comments, *since)
    body = opening_of(mirror, ticket)
    people = mirror.people({c.author_id for c in comments if c.author_id is not None})
    staff = {id_ for id_, person in people.items() if person.staff}
    requester = mirror.person(ticket.requester_id) if ticket.requester_id else None
    organization = mirror.organization(ticket.organization_id) if ticket.organization_id else None
    where = source_of(mirror, ticket, book)
    placed = place(ticket, organization, book.tiers, book.sources)
    known, host = _ours(mirror, own)
    question = community_url(body, book.sources) if where == COMMUNITY else None
    put = journal.outbox.of_ticket(ticket.id, all=True) if journal and where == COMMUNITY else ()
    return Facts(
        ticket=ticket,
        now=now,
        source=where,
        question_url=question,
        light_agent=mirror.state().role == LIGHT,
        last_public_by_staff_at=_last(comments, lambda c: c.author_id in staff),
        last_public_by_requester_at=_last(comments, lambda c: c.author_id not in staff),
        asked_since=bool(intent and _by_customers(after(intent, comments), staff)),
        recorded_at=recorded_at(comments, staff, put, question, mirror.state().clock_offset)
        if where == COMMUNITY
        else None,
        custom_status=_custom_status(mirror, intent),
        open_required_steps=journal.runs.open_steps(ticket.id, intent) if journal else (),
        content_warning=placed.content_warning,
        requester_address=requester.email if requester else None,
        own_addresses=known,
        own_host=host,
        other_customers=others_named(
            mirror, intent, ticket.organization_id, _bodies(_by_customers(comments, staff))
        ),
        questions=_questions(mirror, book, intent),
    )


def _by_customers(comments: Iterable[Comment], staff: Collection[int]) -> list[Comment]:
    return [c for c in comments if c.public and c.author_id not in staff]


def _bodies(comments: Iterable[Comment]) -> str:
    return "\n".join(c.body for c in comments)


def facts_of_none(
    mirror: Mirror, book: Rulebook, now: datetime, own: tuple[str, ...], intent: Intent
) -> Facts:
    """The facts of a deed that belongs to no ticket."""
    known, host = _ours(mirror, own)
    return Facts(
        ticket=Ticket(0, "", "open", now, now, ""),
        now=now,
        light_agent=mirror.state().role == LIGHT,
        own_addresses=known,
        own_host=host,
        other_customers=others_named(mirror, intent, _reader_of(mirror, intent)),
        questions=_questions(mirror, book, intent),
    )


def _custom_status(mirror: Mirror, intent: Intent | None) -> str | None:
    """What a status of the account's own that is to be set stands for; None: not known, or none."""
    number = intent.changes.custom_status_id if intent is not None else None
    found = mirror.labels().statuses.get(number) if number is not None else None
    return found.category if found is not None else None


def _ours(mirror: Mirror, own: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Addresses of our own, mine among them, and the host at which every address is the account's:
    Zendesk takes mail in for any name there.
    """
    state = mirror.state()
    me = mirror.person(state.user_id) if state.user_id else None
    mine = (me.email,) if me is not None and me.email else ()
    host = (urlsplit(state.account).hostname or "").casefold()
    return (*own, *mine), host if host.endswith(_DESKS) else ""


def _questions(mirror: Mirror, book: Rulebook, intent: Intent | None) -> tuple[Question, ...]:
    """Community questions that a new ticket has to do with."""
    if intent is None or not isinstance(intent.deed, NewTicket):
        return ()
    near = dict.fromkeys((intent.ticket_id, intent.deed.follows_up))
    tickets = [ticket for id_ in near if id_ and (ticket := mirror.ticket(id_)) is not None]
    return tuple(
        Question(
            ticket.id,
            community_url(opening_of(mirror, ticket), book.sources),
            own_addresses(
                mirror.person(ticket.requester_id) if ticket.requester_id else None,
                mirror.identities(ticket.requester_id) if ticket.requester_id else (),
            ),
        )
        for ticket in tickets
        if source_of(mirror, ticket, book) == COMMUNITY
    )


def _reader_of(mirror: Mirror, intent: Intent) -> int | None:
    """The organization of whoever will read a new ticket: that of the ticket in whose line it
    waits, else that of its recipient.
    """
    ticket = mirror.ticket(intent.ticket_id) if intent.ticket_id else None
    if ticket is not None and ticket.organization_id is not None:
        return ticket.organization_id
    to = intent.deed.to_address if isinstance(intent.deed, NewTicket) else ""
    person = person_at(mirror, to) if to else None
    return person.organization_id if person is not None else None


def others_named(
    mirror: Mirror, intent: Intent | None, own_organization: int | None, said: str = ""
) -> tuple[str, ...]:
    """Names of other customers in the words that a customer would read. What the customer `said`
    first gives nothing away, and neither does the name of our own organization.
    """
    if intent is None or not isinstance(intent.comment, PublicReply):
        return ()
    found = mirror.organizations_named(intent.comment.body, but=own_organization)
    known = {*named_in(said, found), *_own_organization(mirror)} if found else set()
    return tuple(name for name in found if name not in known)


def _own_organization(mirror: Mirror) -> Iterator[str]:
    user_id = mirror.state().user_id
    me = mirror.person(user_id) if user_id else None
    ours = mirror.organization(me.organization_id) if me and me.organization_id else None
    if ours is not None:
        yield ours.name


def _last(comments: Sequence[Comment], counts: Callable[[Comment], bool]) -> datetime | None:
    moments = (c.created_at for c in comments if c.public and counts(c))
    return max(moments, default=None)
