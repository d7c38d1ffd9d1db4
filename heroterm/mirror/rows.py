"""A queue's line out of the mirror: the columns, their joins, and the value they become."""

from __future__ import annotations

import sqlite3

from heroterm.domain.view import Row
from heroterm.mirror.decoding import known_moment, moment, texts

COLUMNS = """
    t.id, {tier} as tier, {section} as section, ifnull(o.status, t.status) as status, t.priority,
    t.source, t.title, t.subject, t.organization_id, t.assignee_id, t.tags, t.metric, t.stage,
    t.breach_at, t.estimated, t.status_since, t.never_answered, t.content_warning,
    t.free_mail_organization, t.created_at, t.updated_at, t.fetched_at, t.comment_count, t.missing,
    o.waiting, ifnull(o.status <> t.status, 0) as unsent,
    r.name as requester, r.email as requester_email, c.name as organization, c.plan, c.mrr,
    c.tags as organization_tags,
    a.name as assignee, g.name as team"""
"""What `row_of` reads; `{tier}` and `{section}` come from where the row was placed."""
JOINS = """
    left join temp.overlay o on o.ticket_id = t.id
    left join person r on r.id = t.requester_id
    left join organization c on c.id = t.organization_id
    left join person a on a.id = t.assignee_id
    left join team g on g.id = t.group_id"""


def row_of(found: sqlite3.Row) -> Row:
    """One line of a queue; people and groups that are not known yet are empty texts."""
    answered = found["never_answered"]
    return Row(
        id=found["id"],
        tier=found["tier"],
        section=found["section"],
        status=found["status"],
        priority=found["priority"],
        source=found["source"],
        title=found["title"],
        subject=found["subject"],
        requester=found["requester"] or "",
        requester_email=found["requester_email"],
        organization=found["organization"] or "",
        organization_id=found["organization_id"],
        assignee=found["assignee"] or "",
        assignee_id=found["assignee_id"],
        group=found["team"] or "",
        tags=texts(found["tags"]),
        metric=found["metric"],
        stage=found["stage"],
        breach_at=moment(found["breach_at"]),
        never_answered=None if answered is None else bool(answered),
        content_warning=bool(found["content_warning"]),
        free_mail_organization=bool(found["free_mail_organization"]),
        created_at=known_moment(found["created_at"]),
        updated_at=known_moment(found["updated_at"]),
        fetched_at=known_moment(found["fetched_at"]),
        comment_count=found["comment_count"],
        plan=found["plan"],
        mrr=found["mrr"],
        waiting=found["waiting"],
        missing=bool(found["missing"]),
        organization_tags=texts(found["organization_tags"] or "[]"),
        estimated=bool(found["estimated"]),
        status_since=moment(found["status_since"]),
        unsent=bool(found["unsent"]),
    )
