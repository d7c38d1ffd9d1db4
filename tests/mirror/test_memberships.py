"""Who belongs where, kept for when nobody can be asked."""

from __future__ import annotations

from dataclasses import replace

from heroterm.domain.ticket import Group, Membership, TeamMember
from heroterm.mirror.lookups import organizations_known_as
from tests.conftest import NOW
from tests.mirror.make import ACME, JO, KIM, Desk, page, ticket

UUID = "018f3b1c-0000-0000-0000-0123456789ab"


def test_the_organizations_of_a_person_are_held_whole_the_default_first(desk: Desk) -> None:
    first = [Membership(1, JO.id, 70), Membership(2, JO.id, 90, default=True)]
    desk.writer.save_memberships(JO.id, first)
    desk.writer.save_memberships(KIM.id, [Membership(3, KIM.id, 70)])
    assert desk.mirror.memberships(JO.id) == [first[1], first[0]]
    desk.writer.save_memberships(JO.id, first[:1])
    assert desk.mirror.memberships(JO.id) == first[:1]
    assert desk.mirror.memberships(KIM.id) and desk.mirror.memberships(2**70) == []


def test_the_groups_of_a_person_are_known_by_name(desk: Desk) -> None:
    desk.writer.save_groups([Group(5, "Support"), Group(6, "Billing")])
    desk.writer.save_team_members([TeamMember(KIM.id, 5), TeamMember(KIM.id, 6)] * 2)
    assert desk.mirror.teams() == {KIM.id: [Group(6, "Billing"), Group(5, "Support")]}
    desk.writer.save_team_members([])
    assert desk.mirror.teams() == {}


def test_an_organization_is_found_by_what_the_product_calls_it(desk: Desk) -> None:
    known = replace(ACME, external_id=UUID)
    desk.writer.save_page(page(ticket(1), organizations=(known,)), at=NOW)
    assert organizations_known_as(desk.mirror, UUID) == [known]
    assert organizations_known_as(desk.mirror, UUID.upper()) == [known]
    assert organizations_known_as(desk.mirror, "") == []


def test_a_person_who_is_purged_belongs_nowhere_any_more(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.writer.save_memberships(JO.id, [Membership(1, JO.id, 70)])
    desk.writer.save_team_members([TeamMember(JO.id, 5), TeamMember(KIM.id, 5)])
    desk.writer.purge(user_id=JO.id)
    assert desk.mirror.memberships(JO.id) == []
    left = desk.mirror.connection.rows("select person_id from team_member", [])
    assert [row[0] for row in left] == [KIM.id]
