"""The tickets that every shift has: those of specials.toml and the enemy's of hostile.toml.

A practice shift has those of practice.toml instead, and no other unsolved one.
"""

from __future__ import annotations

from heroterm.sandbox import openings
from heroterm.sandbox.arrivals import Draft, Lot
from heroterm.sandbox.clock import DAY, HOUR, MINUTE
from heroterm.sandbox.enclosures import enclose
from heroterm.sandbox.materials import Topic, table, unescape
from heroterm.sandbox.openings import Opening
from heroterm.sandbox.population import group_named
from heroterm.sandbox.records import Attachment, Beat, Json, Organization, User, Via
from heroterm.sandbox.threads import CLOSES_AFTER
from heroterm.sandbox.world import ORGANIZATION_BASE, World


def drafts(lot: Lot) -> list[Draft]:
    """All scripted tickets, in the order of their files."""
    special = [_special(lot, row) for row in table("specials")["ticket"]]
    return special + [_hostile(lot, row) for row in table("hostile")["ticket"]]


def lessons(lot: Lot, behind: int) -> list[Draft]:
    """The tickets of the practice shift but for the first `behind`, whose lessons are learned."""
    return [_special(lot, row) for row in table("practice")["ticket"][behind:]]


def _special(lot: Lot, row: Json) -> Draft:
    user = _requester(lot, row)
    opening = _opening(lot, row, user)
    opening.tags.extend(row.get("tags", []))
    start = lot.world.clock.seconds() - int(row["ago"] * HOUR)
    script = _script(lot, row, opening, start)
    group_id = group_named(lot.world, row["group"]).id
    draft = _draft(opening, user, group_id, row, script)
    touched = row["status"] != "new" and "line" in row
    draft.assignee_id = lot.world.hero_id if touched else None
    return draft


def _draft(
    opening: Opening, user: User, group_id: int, row: Json, script: tuple[Beat, ...]
) -> Draft:
    end = script[-1].at
    return Draft(
        opening,
        user,
        group_id,
        row["status"],
        row.get("priority", "normal"),
        script[0].at,
        end + CLOSES_AFTER if row["status"] == "closed" else end,
        sum(1 for beat in script if beat.text),
        script=script,
        solved_at=end if row["status"] in ("solved", "closed") else None,
        name=row["name"],
    )


def _requester(lot: Lot, row: Json) -> User:
    world = lot.world
    if row["who"] == "orgless":
        return lot.orgless[len(row["name"]) % len(lot.orgless)]
    company = next(each for each in world.organizations.values() if each.name == row["company"])
    if row["who"] == "owner" and company.owner_id:
        return world.users[company.owner_id]
    if row["who"] == "freemail":
        free = [user for user in lot.members if user.true_organization_id]
        user = free[len(row["name"]) % len(free)]
        user.true_organization_id = company.id
        return user
    return next(user for user in lot.members if user.organization_id == company.id)


def _opening(lot: Lot, row: Json, user: User) -> Opening:
    topic = Topic(
        row.get("area", "analytics"),
        row.get("kind", "support"),
        row.get("severity", "medium"),
        row["subject"],
        row["text"],
    )
    if row["source"] == "in_app":
        return openings.in_app(lot.world, lot.rng, topic, user, row["shape"], row.get("project"))
    if row["source"] == "chat":
        return openings.chat(lot.world, lot.rng, topic, user)
    if row["source"] == "community":
        return openings.community(topic)
    return openings.mail(lot.world, lot.rng, topic, user)


def _script(lot: Lot, row: Json, opening: Opening, start: int) -> tuple[Beat, ...]:
    files = tuple(enclose(lot.world, lot.rng, name) for name in row.get("attach", []))
    beats = [Beat(start, "requester", opening.body, html=opening.html, attachments=files)]
    for line in row.get("line", []):
        at = lot.world.clock.seconds() - int(line["ago"] * HOUR)
        public = line.get("public", True)
        beats.append(Beat(at, line["voice"], line["text"], public, line.get("status")))
    beats += _rounds(lot, start, row.get("rounds", 0))
    if row["status"] == "open" and not any(beat.status for beat in beats):
        beats.append(_flip(row["source"], start))
    return tuple(beats)


def _flip(source: str, start: int) -> Beat:
    """New to Open: by an automated note for chat, otherwise silently by a colleague."""
    if source == "chat":
        return Beat(start + 4, "automation", table("replies")["slack_flip"], False, "open")
    return Beat(start + MINUTE, "colleague", "", False, "open")


def _rounds(lot: Lot, start: int, rounds: int) -> list[Beat]:
    """A long exchange: answer, note and follow-up, `rounds` times, up to an hour ago."""
    lines = table("replies")
    step = (lot.world.clock.seconds() - HOUR - start) // max(rounds * 3, 1)
    beats = []
    for index in range(rounds):
        at = start + step * (index * 3 + 1)
        answer = lines["answers"][index % len(lines["answers"])]
        note = lines["notes"][index % len(lines["notes"])]
        follow = lines["followups"][index % len(lines["followups"])]
        beats.append(Beat(at, "hero", answer, True, "pending"))
        beats.append(Beat(at + step, "colleague", note, False))
        beats.append(Beat(at + 2 * step, "requester", follow, True, "open"))
    return beats


def _hostile(lot: Lot, row: Json) -> Draft:
    world = lot.world
    organization = _enemy_organization(world, row) if "organization" in row else None
    user = _enemy(world, row, organization)
    body = "\n".join(f"{each['family']}: {_payload(each)}" for each in row["payloads"])
    opening = Opening(unescape(row["subject"]), body, Via("email", user.email, user.name), [])
    if "html" in row:
        nested = row["nested"]
        quotes = "<blockquote>" * nested + "deep" + "</blockquote>" * nested
        opening.html = unescape(row["html"]) + quotes
    start = world.clock.seconds() - 18 * HOUR + len(world.users) * MINUTE
    attachment = enclose(world, lot.rng, unescape(row["file"]))
    script = _enemy_script(opening, row, start, attachment)
    return _draft(opening, user, world.hero.group_id or 0, row, script)


def _enemy_script(
    opening: Opening, row: Json, start: int, attachment: Attachment
) -> tuple[Beat, ...]:
    first = Beat(start, "requester", opening.body, html=opening.html, attachments=(attachment,))
    if row["status"] == "new":
        return (first,)
    text = opening.body[:2_000] if row["status"] == "solved" else ""
    return (first, Beat(start + MINUTE, "colleague", text, False, row["status"]))


def _payload(row: Json) -> str:
    return unescape(row["text"]) * int(row.get("times", 1))


def _enemy_organization(world: World, row: Json) -> Organization:
    key = ORGANIZATION_BASE + len(world.organizations) * 11 + 1
    born = world.clock.seconds() - 90 * DAY
    organization = Organization(key, unescape(row["organization"]), [], born, born, plan="free")
    world.organizations[key] = organization
    return organization


def _enemy(world: World, row: Json, organization: Organization | None) -> User:
    born = world.clock.seconds() - 80 * DAY
    user = User(
        id=world.next_user_id(),
        name=unescape(row["person"]),
        email=f"{row['name'].replace('_', '.')}@hostile.example.net",
        role="end-user",
        created_at=born,
        updated_at=born,
        organization_id=organization.id if organization else None,
    )
    return world.add_user(user)
