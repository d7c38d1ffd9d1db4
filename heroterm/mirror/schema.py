"""Tables of mirror.db, as steps that are only ever added to.

Ids are Zendesk's; times are whole epoch seconds UTC; lists and clocks are JSON. A foreign key
stands only where a row is worthless without its parent: people, organizations and groups may be
missing at any time, since they come beside tickets and not before them.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("heroterm.mirror")
"""Every step; its last one brings a file to `connection.VERSION`."""

_PEOPLE = (
    """create table person (
        id integer primary key, name text not null, email text, role text not null,
        organization_id integer, suspended integer not null
    ) strict""",
    "create index person_email on person(email collate nocase)",
    "create index person_staff on person(name) where role in ('agent', 'admin')",
    """create table organization (
        id integer primary key, name text not null, domain_names text not null, plan text,
        mrr text, content_warning text, notes text, tags text not null
    ) strict""",
    "create table team (id integer primary key, name text not null) strict",
)

# `due` is `breach_at`, or the largest number where there is no target, so that those come last in
# the same index. `section` is `status_section`, or 9 for what the server no longer shows. Both are
# plain columns: with generated ones SQLite does not take an index as covering.
_TICKETS = (
    """create table ticket (
        id integer primary key, subject text not null, status text not null,
        created_at integer not null, updated_at integer not null, updated_stamp text not null,
        priority text, type text, channel text, from_address text,
        requester_id integer, submitter_id integer, assignee_id integer,
        group_id integer, organization_id integer,
        tags text not null, custom_fields text not null, custom_status_id integer,
        comment_count integer, email_cc_ids text not null, followup_ids text not null,
        via_followup_source_id integer, slas text, generated_timestamp integer, replies integer,
        tier integer not null, source text not null, title text not null,
        content_warning integer not null, free_mail_organization integer not null,
        status_section integer not null, metric text, stage text, breach_at integer,
        fetched_at integer not null,
        missing integer not null default 0,
        never_answered integer,
        folded text not null default '',
        thread_complete integer not null default 0,
        thread_at integer,
        thread_basis integer,
        section integer not null,
        due integer not null,
        thread_stale integer not null generated always as
            (section < 9 and (thread_at is null
                or (updated_at > thread_basis and updated_at >= thread_at))) stored
    ) strict""",
    # The trailing columns let a queue be walked and filtered without touching the table.
    "create index queue_order on ticket(section, tier, due, id, group_id, assignee_id)",
    # The same with the words of a typed filter, for what a queue can show; a row enters it once its
    # words are known, not twice.
    "create index queue_words on ticket(section, tier, due, id, group_id, assignee_id, folded) "
    "where section < 9 and folded <> ''",
    "create index ticket_due on ticket(due, id) where section < 9",
    "create index ticket_stale on ticket(due, id) where thread_stale",
    "create index ticket_requester on ticket(requester_id, section)",
    "create index ticket_organization on ticket(organization_id, section)",
    "create index ticket_assignee on ticket(assignee_id)",
    "create index ticket_updated on ticket(updated_at)",
    """create table comment (
        id integer primary key,
        ticket_id integer not null references ticket(id) on delete cascade,
        author_id integer, public integer not null, created_at integer not null,
        channel text, from_address text, attachments text not null, audit_id integer,
        truncated integer not null, body text not null
    ) strict""",
    "create index comment_thread on comment(ticket_id, created_at, id)",
    "create index comment_author on comment(author_id)",
)

_LIBRARY = (
    """create table macro (
        id integer primary key, title text not null, actions text not null, description text
    ) strict""",
    """create table zendesk_view (
        id integer primary key, title text not null, position integer not null
    ) strict""",
    # A member may be a ticket that has not been mirrored yet.
    """create table view_member (
        view_id integer not null, ticket_id integer not null,
        primary key (view_id, ticket_id)
    ) strict, without rowid""",
    "create table memo (key text primary key, value text not null) strict, without rowid",
    "create table cursor (name text primary key, value text not null) strict, without rowid",
)

_DOCUMENT = """create view document as
    select ticket_id, subject, requester, organization, tags, ifnull((
        select group_concat(body, char(10)) from (
            select body from comment c where c.ticket_id = words.ticket_id
            order by created_at, id)
    ), description) as comments from words"""

# The index keeps no text of its own; it reads `document`. What it was told must therefore be taken
# out of it before `words` or `comment` change (indexing.py).
_SEARCH = (
    """create table words (
        ticket_id integer primary key references ticket(id) on delete cascade,
        subject text not null, requester text not null, organization text not null,
        tags text not null, description text not null
    ) strict""",
    # Which tickets the index holds; apart, since a mark in `words` would rewrite its texts.
    "create table indexed (ticket_id integer primary key) strict",
    _DOCUMENT,
    """create virtual table document_index using fts5(
        subject, requester, organization, tags, comments,
        content='document', content_rowid='ticket_id', prefix='2',
        tokenize='unicode61 remove_diacritics 2')""",
)


@MIGRATIONS()
def m001_first_tables(db: Database) -> None:
    """Everything a queue, a thread and a search need."""
    for statement in (*_PEOPLE, *_TICKETS, *_LIBRARY, *_SEARCH):
        db.execute(statement)


# New columns stand last in their tables, so that rows and `encoding` keep one order.
_MORE = (
    "alter table ticket add column satisfaction text",
    "alter table ticket add column satisfaction_comment text",
    "alter table ticket add column form_id integer",
    "alter table ticket add column audits_complete integer not null default 0",
    "alter table comment add column links text not null default '[]'",
    "alter table comment add column images text not null default '[]'",
    "alter table comment add column html_left_out integer not null default 0",
    "alter table comment add column merged_ticket_id integer",
    "create index comment_merge on comment(merged_ticket_id) where merged_ticket_id is not null",
    """create table audit (
        id integer primary key,
        ticket_id integer not null references ticket(id) on delete cascade,
        created_at integer not null, author_id integer, channel text, marker text,
        comments text not null, changes text not null
    ) strict""",
    "create index audit_ticket on audit(ticket_id, created_at, id)",
)

_LABELS = (
    """create table field (
        id integer primary key, title text not null, type text not null, options text not null
    ) strict""",
    "create table form (id integer primary key, title text not null) strict",
    """create table custom_status (
        id integer primary key, category text not null, label text not null
    ) strict""",
    """create table identity (
        id integer primary key, person_id integer not null, type text not null,
        value text not null, is_primary integer not null, verified integer not null
    ) strict""",
    "create index identity_person on identity(person_id)",
    """create table deleted (
        ticket_id integer primary key, actor text not null, deleted_at integer not null
    ) strict""",
)


@MIGRATIONS()
def m002_labels_and_history(db: Database) -> None:
    """Labels of fields, forms and statuses; identities; audits; what HTML adds to a message."""
    for statement in (*_MORE, *_LABELS):
        db.execute(statement)


# A target may be told before its ticket comes, and of a ticket that never does.
_PROMISES = (
    """create table sla_policy (
        id integer primary key, title text not null, description text not null,
        position integer not null, filter text not null
    ) strict""",
    """create table sla_target (
        policy_id integer not null, metric text not null, priority text not null,
        seconds integer not null, business_hours integer not null,
        primary key (policy_id, metric, priority)
    ) strict, without rowid""",
    """create table schedule (
        id integer primary key, name text not null, time_zone text not null,
        intervals text not null, holidays text not null
    ) strict""",
    """create table applied_target (
        ticket_id integer not null, metric text not null, instance integer not null,
        at integer not null, policy_id integer, policy text, seconds integer,
        business_hours integer not null,
        primary key (ticket_id, metric)
    ) strict, without rowid""",
)


@MIGRATIONS()
def m003_what_is_promised(db: Database) -> None:
    """SLA policies, business hours, and the target that applies to a ticket's clock."""
    for statement in _PROMISES:
        db.execute(statement)


# For searches that name no word. Unsolved tickets are few, and solved ones are found soon by
# walking from the newest.
_FILTERS = (
    "create index ticket_created on ticket(created_at)",
    "create index ticket_group on ticket(group_id)",
    "create index ticket_unsolved on ticket(status) "
    "where status in ('new', 'open', 'pending', 'hold')",
)


@MIGRATIONS()
def m004_filters_of_a_search(db: Database) -> None:
    """Indexes by which a search without words finds what is rare."""
    for statement in _FILTERS:
        db.execute(statement)


@MIGRATIONS()
def m005_estimated_clocks(db: Database) -> None:
    """Clocks that were worked out here, and since when a ticket has its status."""
    db.execute("alter table ticket add column estimated integer not null default 0")
    db.execute("alter table ticket add column status_since integer")
    db.execute("alter table ticket add column estimates text")
    db.execute(
        "insert into memo select 'clocks_seen', 'true' where exists "
        "(select 1 from ticket where ifnull(slas, '[]') <> '[]')"
    )


@MIGRATIONS()
def m006_time_zones(db: Database) -> None:
    """The clock that a person goes by; known for each once they come along anew."""
    db.execute("alter table person add column time_zone text not null default ''")


_MEMBERSHIPS = (
    "alter table person add column external_id text",
    "alter table organization add column external_id text",
    "create index organization_external on organization(external_id) where external_id is not null",
    """create table membership (
        id integer primary key, person_id integer not null, organization_id integer not null,
        is_default integer not null
    ) strict""",
    "create index membership_person on membership(person_id)",
    """create table team_member (
        person_id integer not null, team_id integer not null,
        primary key (person_id, team_id)
    ) strict, without rowid""",
)


@MIGRATIONS()
def m007_memberships(db: Database) -> None:
    """Who belongs to which organizations and groups; what other systems know them by."""
    for statement in _MEMBERSHIPS:
        db.execute(statement)


# In the order in which they came: an export comes by the moment of change, so that words kept by
# their ticket's number would fill a page of the log for each, three times what they are long. And
# no queue shows what is solved, which is nearly all, so that it need not stand in its order.
_SPARING = (
    """create table arrived (
        id integer primary key,
        ticket_id integer not null unique references ticket(id) on delete cascade,
        subject text not null, requester text not null, organization text not null,
        tags text not null, description text not null
    ) strict""",
    "insert into arrived(ticket_id, subject, requester, organization, tags, description) "
    "select ticket_id, subject, requester, organization, tags, description from words "
    "order by ticket_id",
    "drop view document",
    "drop table words",
    "alter table arrived rename to words",
    _DOCUMENT,
    "drop index queue_order",
    "create index queue_order on ticket(section, tier, due, id, group_id, assignee_id) "
    "where section < 9",
)


@MIGRATIONS()
def m008_sparing_fill(db: Database) -> None:
    """The words of tickets one behind the other, and only what a queue shows in its order."""
    for statement in _SPARING:
        db.execute(statement)
