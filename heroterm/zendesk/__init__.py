"""The wire: Zendesk's API as a person's words, and nothing else.

What lives here: the HTTP client (one call per method), credentials and the sign-in with a browser,
Zendesk's JSON as pydantic models (pages of tickets as msgspec's), the reading of rate headers, of
mails in HTML, and of files. msgspec and justhtml are named here alone, httpx in `rotation`, too,
and pydantic in `config`.

What may come in: a base URL, credentials, a transport, a clock. What goes out: domain values and
the error tree of `heroterm.errors`; no JSON, no httpx object, no model leaves this room.

It never sleeps and never retries: `heroterm.sync` decides when to try again. Strings are made
storable on entry (lone surrogates, NUL, size caps); they are made safe to show elsewhere.

```
client.Zendesk(url, credentials, *, clock, transport=None, fields=None, read_timeout, deadline,
               share=1.0)
    .me() -> Me                                 GET users/me; a null id is NotAllowed(signed_out)
    .tickets_page(cursor) -> Page               GET tickets, sort=-updated_at, size 100, side-loads
    .tickets(ids) -> Page                       GET tickets/show_many (<= 100), the same side-loads;
                                                one alone brings its metric events: Page.applied
    .view_page(view_id, cursor) -> Page         GET views/{id}/tickets
    .ticket(id) -> Ticket                       GET tickets/{id}
    .comments(ticket_id, cursor) -> CommentPage newest first, include=users
    .audits(ticket_id, cursor) -> AuditPage     newest first, all or Misunderstood: for a write
    .history(ticket_id, cursor) -> AuditPage    the same for a person, as far as it can be read
    .update(ticket_id, comment, changes, stamp, marker, uploads=()) -> Updated  PUT tickets/{id}
    .create(new, comment, changes, marker, uploads=()) -> Updated       POST, idempotent for 2 h
    .upload(name, content_type, content) -> token
    .person(id) .move_person(id, organization_id)
    .organization(id) .write_organization(id, field, text)      field: notes, content_warning
    .my_groups(user_id) -> tuple[int, ...]      .groups() .macros() .views()
    .search(query, limit) -> tuple[Ticket, ...]
    .probe(path) -> bool                        whether this role and plan may read it
    .tickets_export(cursor, start_time, size) -> ExportPage     admins; .may_export() -> bool
    .ticket_events(start_time, size) -> EventPage               admins: comments in bulk
    .sla_policies() .schedules() .metric_events(start_time, size) -> MetricPage     admins
    .ticket_clocks(ticket_id) -> clocks         of one ticket alone; NotFound(path): no such call
    .activities(since) -> ids
    .library -> Library     fields, forms, custom_statuses, identities, memberships, deleted_page,
                            team_members, count(query)
    .people(user_ids) .organizations(organization_ids)          show_many, <= 100
    .pause() -> float                           seconds for which nothing may be asked
    .idle() -> bool                             whether what nobody waits for may be asked
    .requests: int      .clock_offset: float | None (seconds, from Date)      .limits: limits.Limits
    .files() -> files.Files     while open: .save(attachment, folder, *, most) -> SavedFile
    .close()
auth.Token(email, token)    auth.Bearer(fresh, *, renewed=None, held=None)
                            sent only to the account's own host; fresh: a token, or what gives one
oauth.SignIn(base_url, client_id, redirect_uri, verifier, state)        one sign-in under way
    .address() -> where the person says yes     .code_of(answer) -> code    .pasted(text) -> code
oauth_endpoint.TokenEndpoint(url, *, clock, transport=None)     .redeem(sign_in, code) -> Tokens
oauth_session.Session(tokens, kept, endpoint, *, alone, clock)  keeps them fresh; alone: RenewalLock
pacing.Pace(clock, share)   raises RateLimited before a request that would go over a limit:
                            the share of the account's budget (a tenth of it kept for writes), an
                            endpoint with nothing left, a 429, a ticket's 30 updates in ten minutes
limits.Limits               what is left of each budget, from every rate header in both spellings
```
"""
