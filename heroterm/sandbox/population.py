"""Who lives in the world: groups, the people at the desk, companies and their people."""

from __future__ import annotations

from random import Random
from typing import Any

from heroterm.sandbox.clock import DAY
from heroterm.sandbox.materials import table
from heroterm.sandbox.records import Group, Organization, User
from heroterm.sandbox.roles import seat
from heroterm.sandbox.world import GROUP_BASE, ORGANIZATION_BASE, World

PEOPLE_PER_COMPANY = 5
TICKETS_PER_EXTRA_PERSON = 1_000
ORGLESS = 12
FREEMAIL_USERS = 5


def settle(world: World, rng: Random, role: str, tickets: int) -> None:
    """Fill an empty world with everybody; the hero first, as `role` (agent, admin, light).

    The number of customers grows with the number of tickets that they will have written.
    """
    born = world.clock.seconds() - 700 * DAY
    for index, row in enumerate(table("desk")["group"]):
        key = GROUP_BASE + index * 3 + 1
        world.groups[key] = Group(key, row["name"], tuple(row["areas"]), born)
    _seat(world, table("people")["hero"], role, born)
    world.hero_id = next(iter(world.users))
    for row in table("people")["colleague"]:
        _seat(world, row, row["role"], born)
    for row in table("companies")["company"]:
        _company(world, rng, row, born, PEOPLE_PER_COMPANY + tickets // TICKETS_PER_EXTRA_PERSON)
    for row in table("companies")["freemail"]:
        _freemail(world, rng, row, born)
    for _ in range(ORGLESS):
        _person(world, rng, None, "people.example.org", born)


def group_named(world: World, name: str) -> Group:
    """The group of that name. Raises StopIteration when desk.toml does not have it."""
    return next(group for group in world.groups.values() if group.name == name)


def uuid(rng: Random) -> str:
    """A version 4 UUID drawn from the world's own lot."""
    bits = f"{rng.getrandbits(128):032x}"
    return f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:]}"


def _seat(world: World, row: dict[str, Any], role: str, born: int) -> None:
    user = User(
        id=world.next_user_id(),
        name=row["name"],
        email=row["email"],
        role="agent",
        created_at=born,
        updated_at=born,
        group_id=group_named(world, row["group"]).id,
        job=row.get("job"),
    )
    seat(user, role)
    world.add_user(user)


def _company(world: World, rng: Random, row: dict[str, Any], born: int, size: int) -> None:
    organization = _organization(world, row, born)
    organization.plan = row["plan"]
    organization.mrr = row["mrr"]
    organization.region = row["region"]
    organization.uuid = "0" + uuid(rng)[1:]
    organization.project_id = rng.randrange(10_000, 90_000)
    organization.project = rng.choice(("Default project", "Production", "Web (live)", "App, prod"))
    organization.content_warning = row.get("content_warning")
    organization.tags = [f"plan_{row['plan']}"]
    people = [_person(world, rng, organization.id, row["domain"], born) for _ in range(size)]
    organization.owner_id = people[-1].id


def _freemail(world: World, rng: Random, row: dict[str, Any], born: int) -> None:
    organization = _organization(world, row, born)
    organization.freemail = True
    companies = [each for each in world.organizations.values() if not each.freemail]
    for _ in range(FREEMAIL_USERS):
        user = _person(world, rng, organization.id, row["domain"], born)
        user.true_organization_id = rng.choice(companies).id


def _organization(world: World, row: dict[str, Any], born: int) -> Organization:
    key = ORGANIZATION_BASE + len(world.organizations) * 11 + 1
    organization = Organization(key, row["name"], [row["domain"]], born, born)
    world.organizations[key] = organization
    return organization


def _person(world: World, rng: Random, organization_id: int | None, domain: str, born: int) -> User:
    names = table("people")
    first, last = rng.choice(names["first"]), rng.choice(names["last"])
    local = _ascii(f"{first}.{last}".lower())
    email = f"{local}@{domain}"
    while email in world.by_email:
        email = f"{local}{rng.randrange(2, 99_999)}@{domain}"
    joined = born + rng.randrange(500) * DAY
    person = User(
        id=world.next_user_id(),
        name=f"{first} {last}",
        email=email,
        role="end-user",
        created_at=joined,
        updated_at=joined,
        organization_id=organization_id,
    )
    return world.add_user(person)


def _ascii(text: str) -> str:
    return text.translate(str.maketrans("ëéïöč", "eeioc"))
