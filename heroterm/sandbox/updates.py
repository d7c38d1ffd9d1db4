"""What a PUT on a ticket may say, checked and carried out (api.md §2)."""

from __future__ import annotations

from typing import Any

from heroterm.sandbox.call import Call, number
from heroterm.sandbox.changes import Change, plain, stripped
from heroterm.sandbox.clock import epoch
from heroterm.sandbox.materials import table
from heroterm.sandbox.placeholders import rendered
from heroterm.sandbox.records import PRIORITIES, STATUSES, TYPES, Audit, Json, Ticket, User, Via
from heroterm.sandbox.refusal import closed, conflict, invalid
from heroterm.sandbox.roles import check_update
from heroterm.sandbox.world import World

KEYS = frozenset(
    "comment status priority type assignee_id assignee_email group_id tags additional_tags "
    "remove_tags custom_fields fields subject organization_id requester_id metadata safe_update "
    "updated_stamp external_id due_at custom_status_id macro_id macro_ids problem_id email_ccs "
    "followers collaborator_ids via_followup_source_id ticket_form_id brand_id".split()
)
COMMENT_KEYS = frozenset("body html_body public author_id uploads".split())
CHOICES = {"status": STATUSES, "priority": PRIORITIES, "type": (*TYPES, None)}


def update(call: Call, ticket: Ticket, wanted: Json) -> Audit:
    """Carry out the wanted changes as the calling agent. Raises Refusal (403, 409, 422)."""
    _drop_unknown(call, wanted)
    if ticket.status == "closed":
        raise closed()
    check_stamp(ticket, wanted)
    check_update(call.user, wanted)
    check(call.world, ticket, wanted)
    change = Change(call.world, ticket, call.user, Via("api"))
    if wanted.get("comment"):
        add_comment(change, wanted["comment"])
    _set_fields(change, wanted)
    _set_people(change, wanted)
    _set_copies(change, wanted)
    _set_tags(change, wanted)
    _set_status(change, wanted)
    return change.finish(wanted.get("metadata") or {})


def check_stamp(ticket: Ticket, wanted: Json) -> None:
    """Refuse a safe update whose stamp is older than the ticket. Raises Refusal (409, 422)."""
    stamp = wanted.get("updated_stamp")
    if stamp is None:
        return
    try:
        seen = epoch(str(stamp))
    except ValueError as error:
        raise invalid("updated_stamp", "Invalid date") from error
    if ticket.updated_at > seen:
        raise conflict()


def add_comment(change: Change, wanted: Json) -> None:
    """Add the comment of a PUT or POST; an omitted `public` is inherited from the thread."""
    rich = wanted.get("html_body")
    text = str(rich if rich is not None else wanted.get("body") or "")
    text = rendered(change.world, change.ticket, change.author, text)
    body = stripped(text) if rich is None else plain(text)
    if not body.strip() and not wanted.get("uploads"):
        return
    inherited = any(each.public for each in change.thread.comments)
    author = change.world.users.get(number(wanted.get("author_id") or change.author.id))
    change.comment(
        body,
        public=bool(wanted.get("public", inherited)),
        rich=None if rich is None else text,
        author=author,
        uploads=list(wanted.get("uploads") or []),
    )


def clean_tags(value: Any) -> list[str]:
    """Tags as Zendesk keeps them: a list or a string of words, lower case, each once."""
    words = value.split() if isinstance(value, str) else [str(each) for each in value or []]
    return list(dict.fromkeys("_".join(word.lower().split()) for word in words if word.strip()))


def _drop_unknown(call: Call, wanted: Json) -> None:
    unknown = [f"ticket.{key}" for key in wanted if key not in KEYS]
    comment = wanted.get("comment")
    if isinstance(comment, dict):
        unknown += [f"ticket.comment.{key}" for key in comment if key not in COMMENT_KEYS]
    if unknown:
        call.warn(":ticket=>[...]", unknown)


def check(world: World, ticket: Ticket | None, wanted: Json) -> None:
    """Refuse values that no ticket, or not this one, can have. Raises Refusal (422)."""
    for name, choices in CHOICES.items():
        if name in wanted and wanted[name] not in choices:
            raise invalid(name, f"{name.title()}: {wanted[name]} is not valid")
    if ticket is not None and wanted.get("status") == "new" and ticket.status != "new":
        raise invalid("status", "Status: cannot be set back to new")
    comment = wanted.get("comment")
    if comment is not None and not isinstance(comment, dict):
        raise invalid("comment", "Comment: must be an object")
    _check_ids(world, wanted)


def _check_ids(world: World, wanted: Json) -> None:
    places: tuple[tuple[str, dict[int, Any]], ...] = (
        ("group_id", world.groups),
        ("organization_id", world.organizations),
        ("requester_id", world.users),
        ("assignee_id", {user.id: user for user in world.agents()}),
    )
    for name, known in places:
        value = wanted.get(name)
        if value is not None and number(value) not in known:
            raise invalid(name, f"{name}: {value} is invalid")


def _set_fields(change: Change, wanted: Json) -> None:
    for name in ("subject", "priority", "type", "external_id", "problem_id"):
        if name in wanted:
            change.set(name, wanted[name])
    if "due_at" in wanted:
        change.set("due_at", epoch(wanted["due_at"]) if wanted["due_at"] else None)
    known = set(table("desk")["fields"].values())
    for row in wanted.get("custom_fields") or wanted.get("fields") or []:
        if isinstance(row, dict) and row.get("id") in known:
            change.set_custom(row["id"], row.get("value"))


def _set_people(change: Change, wanted: Json) -> None:
    for name in ("organization_id", "requester_id"):
        if wanted.get(name) is not None:
            change.set(name, number(wanted[name]))
    if "group_id" in wanted and wanted["group_id"] is not None:
        group_id = number(wanted["group_id"])
        if group_id != change.ticket.group_id and "assignee_id" not in wanted:
            change.set("assignee_id", None)
        change.set("group_id", group_id)
    if "assignee_id" in wanted:
        _assign(change, wanted["assignee_id"], moved="group_id" in wanted)


def _assign(change: Change, value: Any, *, moved: bool) -> None:
    user = change.world.users.get(number(value)) if value is not None else None
    change.set("assignee_id", user.id if user else None)
    if user is not None and not moved and user.group_id:
        change.set("group_id", user.group_id)


def _set_copies(change: Change, wanted: Json) -> None:
    for name, field in (("email_ccs", "email_cc_ids"), ("followers", "follower_ids")):
        ids = list(getattr(change.ticket, field))
        for row in wanted.get(name) or []:
            key = _person(change.world, row)
            ids = [each for each in ids if each != key]
            if row.get("action", "put") == "put":
                ids.append(key)
        change.set(field, ids)


def _person(world: World, row: Json) -> int:
    """A user by number or address; an address that nobody has yet becomes a new user's."""
    email = str(row.get("user_email") or "")
    key = row.get("user_id") or world.by_email.get(email.lower())
    if key is None and "@" in email.strip("@"):
        now = int(world.clock.seconds())
        name = str(row.get("user_name") or email)
        key = world.add_user(User(world.next_user_id(), name, email, "end-user", now, now)).id
    if key is None or number(key) not in world.users:
        raise invalid("base", "User: is invalid")
    return number(key)


def _set_tags(change: Change, wanted: Json) -> None:
    tags = clean_tags(wanted["tags"]) if "tags" in wanted else list(change.ticket.tags)
    tags += [tag for tag in clean_tags(wanted.get("additional_tags")) if tag not in tags]
    gone = set(clean_tags(wanted.get("remove_tags")))
    change.set("tags", [tag for tag in tags if tag not in gone])


def _set_status(change: Change, wanted: Json) -> None:
    status = wanted.get("status")
    rows = table("desk")["custom_status"]
    for row in rows:
        if row["id"] == wanted.get("custom_status_id"):
            status = row["category"]
    if status is None and change.ticket.status == "new" and change.ticket.assignee_id:
        status = "open"
    if status is None:
        return
    if status == "solved" and change.ticket.assignee_id is None:
        change.set("assignee_id", change.author.id)
    change.set("status", status)
