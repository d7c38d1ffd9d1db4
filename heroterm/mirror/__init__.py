"""The mirror: a local copy of Zendesk in mirror.db that may be deleted at any time and rebuilt.

What lives here: the schema and its migrations, the writer that the carrier uses, the reader that
the screen and the commands use, full-text search. WAL, foreign keys on, synchronous=NORMAL, files
0600 in a 0700 folder. sqlite_utils runs the migrations and is named in schema and database alone;
**the reader needs only sqlite3**, because the first painted queue waits for it.

What may come in: domain values. What goes out: domain values and `StoreError` with a sentence
(damaged, newer than this heroterm, locked, full, read-only): never an empty list for a failure.

```
writer.MirrorWriter(path, place: Callable[[Ticket, Organization | None], Placement], promised=None)
        promised: the team's own targets; rows of an account without clocks are then estimated
    .save_page(page, *, at, cursor=None) -> Saved       makes the file; rows and the named cursor
                                                in ONE transaction; cursor is (name, value or None);
                                                never goes back in time; Saved: ids, stale, refused
    .save_comments(ticket_id, comments, people, *, complete, at)    StoreError: ticket not held;
                                                at=None: more of them are on their way
    .add_comments(comments, *, until=None, more=False) -> list[int]     of any tickets: a part, so
                                                no mark of a thread moves; but all `until` then make
                                                one whole; more: searchable after index()
    .save_groups(groups) .save_macros(macros) .save_views(views) .save_view_members(view_id, ids)
    .save_fields(fields) .save_forms(forms) .save_custom_statuses(statuses)
    .save_policies(policies) .save_schedules(schedules)     SLA: for admins
    .save_identities(person_id, identities) .save_deleted(deleted)
    .save_memberships(person_id, memberships) .save_team_members(members)
    .save_audits(ticket_id, audits, *, complete=False) -> int       an audit as the wire gives it
    .history_mark(ticket_id) -> (audit id | None, stamp)    down to which all is held; what lacks
    .thread_known(ticket_id) -> bool                whether its thread was ever read
    .mark_missing(ids, *, at) -> int            asked for, and not shown by the server any more
    .stale_threads(limit) -> list[int]          tickets whose comments are older than the ticket
    .older_threads(limit, *, since) -> list[int]        the same of solved tickets
    .working_set(limit) -> list[int]            unsolved tickets, those nearest to breach first
    .high_water() -> datetime | None            newest updated_at that a whole pass has reached
    .remember(**fields of SyncState)            synced_at ends a pass and raises the high water, to
                                                high_water= if given; first_fill_done=True indexes
    .cursor(name) -> str | None
    .place_by(place, promised)                  other rules from now on
    .follow_rules(digest) -> bool               places every ticket anew after the rules changed
    .replace_placements()
    .index(limit=None) -> int  .rebuild_index() -> int
    .purge(*, older_than: datetime, user_id, everything) -> dict[str, int]     rows gone by table
    .retire_if_due(*, keep_days, now) -> Iterator[int]  weekly: what was said in old solved tickets
    .close()
queues.Queues(path)                             read-only; opening a missing file raises StoreError
    .state() -> SyncState                       .version() -> int   changes when another wrote
    .queue(view, overlay, *, offset=0, limit=200) -> list[Row]      in the order of domain.view
    .position(view, overlay, ticket_id) -> int | None       .row(ticket_id, overlay) -> Row | None
    .counts(view, overlay, *, now) -> QueueCounts           tiers are of those to answer
    .among(view, overlay, ids) -> frozenset[int]            those that stand in the queue
    .explained(view) -> sentences               what of its query is not understood or known yet
    .integrity() -> str                         "ok" or what is wrong   .close()
reader.Mirror(path)                             is a Queues, and besides
    .ticket(id) -> Ticket | None        its clocks with policy and target, where those are known
    .policies() -> list[SlaPolicy]      .schedules() -> list[Schedule]
    .thread(id) -> Thread(ticket_id, comments, complete, stale)     .fresh: all that was said
    .sharing_address(person_id) -> list[Person]     others with the same address: ambiguous
    .person(id) .organization(id) .group(id)    .people(ids) -> dict[int, Person]
    .other_open(ticket_id) -> list[Row]         same requester or organization
    .groups() .macros() .views()                .staff() -> list[Person]
    .placed_source(ticket_id) -> str | None     .organizations_named(text, *, but) -> list[str]
    .labels() -> Labels                         names of fields, options, forms, custom statuses
    .memberships(person_id) -> list[Membership]     .teams() -> {person_id: [Group]}
    .identities(person_id) .deleted(ticket_id) .linked(ticket_id) -> list[TicketLink]
    .history(ticket_id) -> History(ticket_id, audits, complete)
    .search_integrity(*, words=False) -> str    what is wrong with the search index, or "ok"
search.search(mirror, query, limit=50, *, ranked=True, typing=True)
        -> SearchResult(query, explained, hits: SearchHit(id, subject, snippet, score, where))
    Zendesk's grammar in part: words, "exact words", status:open status<solved org:name tag:name
    assignee:me|none requester:address priority:high created>2026-03-01 #number, each also with a
    minus; what is not understood is explained, never ignored
lookups: person_at(mirror, address) organizations_called(mirror, name) tagged(mirror, tag)
         organizations_known_as(mirror, external_id)     by the id of the Admin line
         bots(mirror)                            seats of staff in whose name only rules write
         notes_saying(mirror, words, ticket_id=None, after=0)   internal notes by colleagues
alike.alike(mirror, words, *, but, limit=5, solved=False) -> list[Alike]    share its rare words
reported.reported(mirror, words, *, but, limit=5) -> list[Reported]   alike, with their issues
past: past(mirror, ticket_id) -> list[Past]     last ten of person and organization, how each ended
      outcome(mirror, ticket_id) -> Outcome     the last answer, and issues on GitHub
last_answers: last_answers(mirror, ids) -> list[Comment]    our newest public answer on each
      answered_by(mirror, person_id, since) -> list[int]    where somebody answered lately
      reopened(mirror, solved) -> set    of (ticket, moment): solved once, and they came back
exporting: with snapshot(mirror): rows(mirror, table, Portion(since, tickets)) -> (values, warned)
    every row of domain.export_tables, one by one, out of one moment
repair.set_aside(path, *, at) -> Path           moves a damaged file out of the way
```

A ticket that the server no longer shows leaves every queue, except while something of ours waits
on it (the overlay names an intent for it); `row` and `ticket` go on giving it, marked missing.
"""
