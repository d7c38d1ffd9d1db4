from __future__ import annotations

from datetime import timedelta

import pytest

from heroterm.domain.ticket import Group, Macro, ZendeskView
from heroterm.domain.view import SyncState
from heroterm.errors import StoreError
from tests.conftest import NOW
from tests.mirror.make import KIM, Desk, ticket


def test_what_is_remembered_is_told_to_every_reader(desk: Desk) -> None:
    assert desk.mirror.state() == SyncState()
    desk.writer.remember(
        account="acme", user_id=900, group_ids=(1, 2), synced_at=NOW, clock_offset=-3.5
    )
    desk.writer.remember(trouble="offline", offline_since=NOW)
    assert desk.mirror.state() == SyncState(
        account="acme",
        user_id=900,
        group_ids=(1, 2),
        synced_at=NOW,
        clock_offset=-3.5,
        trouble="offline",
        offline_since=NOW,
    )
    desk.writer.remember(offline_since=None)
    assert desk.mirror.state().offline_since is None


def test_a_name_that_is_no_field_is_a_mistake(desk: Desk) -> None:
    with pytest.raises(TypeError, match="colour"):
        desk.writer.remember(colour="red")


def test_a_mirror_belongs_to_one_account(desk: Desk) -> None:
    desk.writer.remember(account="acme")
    with pytest.raises(StoreError, match="holds acme, not globex"):
        desk.writer.remember(account="globex", user_id=3)
    assert desk.mirror.state().user_id is None


def test_the_high_water_rises_only_at_the_end_of_a_pass(desk: Desk) -> None:
    assert desk.writer.high_water() is None
    desk.save(ticket(1, updated_at=NOW))
    assert desk.writer.high_water() is None
    desk.writer.remember(synced_at=NOW)
    assert desk.writer.high_water() == NOW
    desk.save(ticket(2, updated_at=NOW + timedelta(hours=1)))
    assert desk.writer.high_water() == NOW
    desk.writer.remember(synced_at=NOW, high_water=NOW + timedelta(minutes=5))
    assert desk.writer.high_water() == NOW + timedelta(minutes=5)


def test_a_reader_notices_that_another_process_wrote(desk: Desk) -> None:
    before = desk.mirror.version()
    assert desk.mirror.version() == before
    desk.save(ticket(1))
    assert desk.mirror.version() != before


def test_groups_macros_and_views_are_replaced_as_a_whole(desk: Desk) -> None:
    desk.writer.save_groups([Group(1, "Zebra"), Group(2, "Ant")])
    desk.writer.save_groups([Group(2, "Ant"), Group(3, "Bee")])
    assert [group.name for group in desk.mirror.groups()] == ["Ant", "Bee"]
    assert desk.mirror.group(3) == Group(3, "Bee")
    assert desk.mirror.group(1) is None
    macro = Macro(1, "Close::Thanks", (("status", "solved"), ("comment_value", "Bye ö")), None)
    desk.writer.save_macros([macro])
    assert desk.mirror.macros() == [macro]
    views = [ZendeskView(5, "Later", 2), ZendeskView(6, "First", 1)]
    desk.writer.save_views(views)
    assert desk.mirror.views() == views[::-1]


def test_staff_and_people_are_found_by_role_and_id(desk: Desk) -> None:
    desk.save(ticket(1))
    assert desk.mirror.staff() == [KIM]
    assert desk.mirror.people([900, 5, 2**70]) == {900: KIM}
