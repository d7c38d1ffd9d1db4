"""The mirror: a local copy of Zendesk in mirror.db that may be deleted at any time and rebuilt.

What lives here: the schema and its migrations, the writer that the carrier uses, the reader that
the screen and the commands use, full-text search. WAL, foreign keys on, synchronous=NORMAL, files
0600 in a 0700 folder. sqlite_utils (migrations, search tables) and sqlite3 are named here and in
the journal alone; **the reader needs only sqlite3**, because the first painted queue waits for it.

What may come in: domain values. What goes out: domain values and `StoreError` with a sentence
(damaged, newer than this heroterm, locked, full, read-only): never an empty list for a failure.

```
writer.MirrorWriter(path, place: Callable[[Ticket, Organization | None], Placement])   makes the file
    .save_page(page, *, at, cursor=None)        rows and the named cursor in ONE transaction;
                                                cursor is (name, value); never goes back in time
    .save_comments(ticket_id, comments, people, *, complete, at)
    .save_groups(groups) .save_macros(macros) .save_views(views) .save_view_members(view_id, ids)
    .mark_missing(ids, *, at)                   asked for, and not shown by the server any more
    .stale_threads(limit) -> list[int]          tickets whose comments are older than the ticket
    .working_set(limit) -> list[int]            unsolved tickets, those nearest to breach first
    .high_water() -> datetime | None            newest updated_at that a whole pass has reached
    .remember(**fields of SyncState)            .cursor(name) -> str | None
    .replace_placements()                       after the tier rules changed
    .purge(*, older_than, user_id, everything) -> dict[str, int]
    .close()
reader.Mirror(path)                             read-only; opening a missing file raises StoreError
    .state() -> SyncState                       .version() -> int   grows when another process wrote
    .queue(view, overlay, *, offset=0, limit=200) -> list[Row]      in the order of domain.view
    .position(view, overlay, ticket_id) -> int | None               .row(ticket_id, overlay) -> Row | None
    .counts(view, overlay, *, now) -> QueueCounts
    .ticket(id) -> Ticket | None                .thread(id) -> Thread (comments oldest first, complete)
    .person(id) .organization(id) .group(id)    .people(ids) -> dict[int, Person]
    .other_open(ticket_id) -> list[Row]         same requester or organization
    .groups() .macros() .views()                .staff() -> list[Person]
    .integrity() -> str                         "ok" or what is wrong
    .close()
search.search(mirror, query, limit) -> SearchResult(query, explained, hits)
    Zendesk's grammar in part: words, "exact words", status:open status<solved org:name tag:name
    assignee:me|none requester:address priority:high #number; unknown words are explained
```
"""
