"""The team's own macros: files like canned replies, with what changes on the ticket besides.

A macro is a bundle of field changes, with words or a playbook: it becomes the same proposal as one
of Zendesk's (domain/macro.py), which a person reads before anything happens (features F1, F2).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from heroterm.domain.macro import Hero, Proposal, propose
from heroterm.domain.reply import KINDS, CannedReply, variants
from heroterm.domain.tables import Table, nearest
from heroterm.domain.ticket import (
    PRIORITIES,
    WRITABLE_STATUSES,
    Group,
    Macro,
    Person,
    Ticket,
)

ME, NOBODY = "me", "nobody"
"""What may stand for a person; anybody else is named by address or whole name."""
_LETTER = re.compile(r"[a-ln-zA-Z]")


@dataclass(frozen=True, slots=True)
class TeamMacro:
    """One file of macros/. `name` is the file's name without its ending."""

    name: str
    title: str
    key: str = ""
    """Its letter after `m`; "" where it has none."""
    status: str | None = None
    priority: str | None = None
    tags: tuple[str, ...] = ()
    untag: tuple[str, ...] = ()
    group: str = ""
    assignee: str = ""
    canned: str = ""
    """Name of the canned reply whose words it writes."""
    own: CannedReply | None = None
    """Words that stand in the file itself."""
    playbook: str = ""
    """Name of the playbook that it begins."""


def from_file(name: str, front: Table, text: str) -> TeamMacro:
    """A macro from its front matter and the words below it, if any. Raises tables.BadEntry."""
    made = TeamMacro(
        name=name,
        title=front.text("title"),
        key=front.text("key", ""),
        status=front.text("status", among=WRITABLE_STATUSES) if front.has("status") else None,
        priority=front.text("priority", among=PRIORITIES) if front.has("priority") else None,
        tags=front.texts("tags"),
        untag=front.texts("untag"),
        group=front.text("group", ""),
        assignee=front.text("assignee", ""),
        canned=front.text("canned", ""),
        own=_words(name, front, text),
        playbook=front.text("playbook", ""),
    )
    front.done()
    _checked(made, front)
    return made


def _words(name: str, front: Table, text: str) -> CannedReply | None:
    if not text.strip():
        return None
    email, slack = variants(front, text)
    kind = front.text("kind", among=KINDS)
    title, bulk = front.text("title"), front.flag("bulk")
    return CannedReply(name, title, kind, email, slack, bulk=bulk)


def _checked(made: TeamMacro, front: Table) -> None:
    if made.key and not _LETTER.fullmatch(made.key):
        raise front.bad("key", "is no key for a macro.", "Use one letter; m is the list.")
    for name in ("tags", "untag"):
        if wrong := next((tag for tag in getattr(made, name) if re.search(r"[\sA-Z]", tag)), ""):
            raise front.bad(name, f'"{wrong}" is no tag.', "Use small letters without blanks.")
    if made.canned and made.own is not None:
        raise front.bad("canned", "stands beside words of its own.", "Keep one of the two.")
    if made.playbook and (made.canned or made.own is not None):
        raise front.bad("playbook", "writes its own words.", "Leave out canned and the text.")
    if made == TeamMacro(made.name, made.title, made.key):
        raise front.bad("title", "is all there is.", "Say what it does: status, tags, canned, …")


def check_names(
    made: TeamMacro, front: Table, replies: Collection[str], playbooks: Collection[str]
) -> None:
    """Whether the reply and the playbook that a macro names are there. Raises tables.BadEntry."""
    for entry, name, known in (
        ("canned", made.canned, replies),
        ("playbook", made.playbook, playbooks),
    ):
        if name and name not in known:
            raise front.bad(entry, f'"{name}" is not there.', nearest(name, known))


def proposal(
    made: TeamMacro,
    ticket: Ticket,
    me: Hero,
    groups: Sequence[Group],
    staff: Sequence[Person],
    words: tuple[str, bool] | None = None,
) -> Proposal:
    """What a macro of the team would do to a ticket; `words` are filled in, and for whom: True
    for the customer.
    """
    actions, refused = _plain_actions(made), []
    for entry, asked, found in (
        ("group_id", made.group, _group(made.group, groups)),
        ("assignee_id", made.assignee, _person(made.assignee, staff)),
    ):
        if asked and found is None:
            what = "group" if entry == "group_id" else "person"
            refused.append(f"{what} = {asked}: no {what} of that name is known here.")
        elif found is not None:
            actions.append((entry, found))
    made_of = propose(Macro(0, made.title, tuple(actions)), ticket, me, {})
    body, public = words or ("", True)
    return replace(
        made_of,
        changes=replace(made_of.changes, macro_id=None),
        words=body,
        public=public,
        playbook=made.playbook,
        canned=made.canned if words else "",
        refused=(*made_of.refused, *refused),
    )


def _plain_actions(made: TeamMacro) -> list[tuple[str, str]]:
    """What a macro does whoever is here, as actions of one of Zendesk's."""
    entries = (
        ("status", made.status),
        ("priority", made.priority),
        ("current_tags", " ".join(made.tags)),
        ("remove_tags", " ".join(made.untag)),
    )
    return [(entry, value) for entry, value in entries if value]


def _group(name: str, groups: Sequence[Group]) -> str | None:
    wanted = name.casefold()
    return next((str(one.id) for one in groups if one.name.casefold() == wanted), None)


def _person(name: str, staff: Sequence[Person]) -> str | None:
    wanted = name.casefold()
    if wanted in (ME, NOBODY):
        return "current_user" if wanted == ME else ""
    called = [p for p in staff if wanted in (p.name.casefold(), (p.email or "").casefold())]
    return str(called[0].id) if name and len(called) == 1 else None
