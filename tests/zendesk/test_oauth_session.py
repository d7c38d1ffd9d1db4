"""A sign-in stays fresh over expiry, lost answers, odd clocks and locked keyrings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from heroterm.domain.outbox import Changes
from heroterm.errors import (
    ConfigError,
    KeyringShut,
    NotAllowed,
    Offline,
    RateLimited,
    SignInLocked,
    Unclear,
)
from heroterm.zendesk.oauth_session import EARLY, PATIENCE
from heroterm.zendesk.oauth_tokens import Tokens, read
from tests.zendesk.test_oauth_desk import HALF_HOUR, Desk, running


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with running(tmp_path) as made:
        yield made


def test_a_good_token_is_not_renewed(desk: Desk) -> None:
    first = desk.sign_in()
    desk.later(HALF_HOUR - EARLY - 1)
    assert desk.session().fresh() == first.access
    assert desk.refreshes() == []


def test_a_token_is_renewed_before_it_ends_and_kept(desk: Desk) -> None:
    first = desk.sign_in()
    desk.later(HALF_HOUR - EARLY + 1)
    session = desk.session()
    second = session.fresh()
    assert second != first.access
    assert desk.works(second)
    assert read(desk.load()) == session.tokens
    assert session.tokens.generation == 2
    assert session.fresh() == second
    assert desk.refreshes() == [200]


def test_a_refused_token_is_renewed_once_and_the_read_goes_on(desk: Desk) -> None:
    first = desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.access.clear()
    client = desk.client(session)
    assert client.tickets_page().tickets
    assert session.held() != first.access
    assert desk.refreshes() == [200]
    client.close()


def test_an_update_never_refreshes_and_its_401_applied_nothing(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    client = desk.client(session)
    ticket = next(t for t in client.tickets_page().tickets if t.status == "open")
    desk.later(HALF_HOUR + 1)
    with pytest.raises(RateLimited, match="nothing was applied"):
        client.update(ticket.id, None, Changes(priority="low"), ticket.updated_stamp, "m")
    assert desk.refreshes() == []
    assert client.ticket(ticket.id).priority == ticket.priority
    assert desk.refreshes() == [200]
    client.close()


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_is_hours_off_changes_nothing(desk: Desk, hours: int) -> None:
    desk.sandbox.world.clock.advance(hours * 3600)
    desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR - EARLY + 1)
    assert desk.works(session.fresh())
    assert desk.refreshes() == [200]


def test_a_clock_that_was_put_back_is_saved_by_the_401(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.sandbox.world.clock.advance(2 * HALF_HOUR)
    client = desk.client(session)
    assert client.tickets_page().tickets
    client.close()


def test_a_revoked_refresh_asks_for_a_sign_in_and_says_what_is_kept(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.refresh.clear()
    desk.later(HALF_HOUR + 1)
    with pytest.raises(NotAllowed) as raised:
        session.fresh()
    assert raised.value.signed_out
    assert "heroterm connect --oauth" in raised.value.remedy
    assert "kept" in raised.value.remedy


def test_a_refresh_that_fails_early_leaves_the_old_token_in_use(desk: Desk) -> None:
    first = desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.refresh.clear()
    desk.later(HALF_HOUR - EARLY + 1)
    assert session.fresh() == first.access
    assert session.fresh() == first.access
    assert desk.refreshes() == [400]
    desk.later(PATIENCE + 1)
    assert session.fresh() == first.access
    assert desk.refreshes() == [400, 400]


def test_a_new_sign_in_elsewhere_is_taken_over(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.sandbox.app.oauth.access.clear()
    desk.sandbox.app.oauth.refresh.clear()
    second = desk.sign_in()
    assert session.renewed(session.held()) == second.access
    assert desk.refreshes() == []


@pytest.mark.parametrize("do", ["refuse", "drop-before", "status"])
def test_a_refresh_that_did_not_arrive_is_tried_again(desk: Desk, do: str) -> None:
    desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR + 1)
    desk.fault(do=do, status=502, times=1)
    with pytest.raises((Offline, Unclear)):
        session.fresh()
    desk.later(PATIENCE + 1)
    assert desk.works(session.fresh())


@pytest.mark.parametrize("do", ["drop-after", "truncate"])
def test_a_lost_answer_tries_the_old_tokens_and_then_asks(desk: Desk, do: str) -> None:
    first = desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR - EARLY + 1)
    desk.fault(do=do, times=1)
    assert session.fresh() == first.access
    client = desk.client(session)
    with pytest.raises(NotAllowed) as raised:
        client.tickets_page()
    assert raised.value.signed_out
    assert "lost on its way" in raised.value.say
    assert desk.refreshes()[-1] == 400
    client.close()


def test_a_page_instead_of_tokens_is_no_pair(desk: Desk) -> None:
    desk.sign_in()
    session = desk.session()
    desk.later(HALF_HOUR + 1)
    desk.fault(do="html", times=1)
    with pytest.raises(Offline):
        session.fresh()
    desk.later(PATIENCE + 1)
    assert desk.works(session.fresh())


@dataclass
class Stubborn:
    """A keyring that refuses for a while."""

    desk: Desk
    refusals: int

    def load(self) -> str:
        return self.desk.load()

    def save(self, text: str) -> None:
        self.refusals -= 1
        if self.refusals >= 0:
            raise ConfigError("locked")
        self.desk.save(text)


def test_a_keyring_that_is_locked_for_a_while_costs_no_sign_in(desk: Desk) -> None:
    first = desk.sign_in()
    desk.later(HALF_HOUR + 1)
    session = desk.session(Stubborn(desk, 2))
    second = session.fresh()
    assert desk.works(second)
    assert read(desk.load()).access == first.access
    for _ in range(2):
        desk.later(PATIENCE + 1)
        assert session.fresh() == second
    assert read(desk.load()).access == second
    assert desk.refreshes() == [200]


class Lockable(Stubborn):
    """A keyring that tells nothing while it is locked."""

    locked = True

    def load(self) -> str:
        if self.locked:
            raise KeyringShut("The system keyring is locked.", "Unlock it.")
        return super().load()


def test_a_keyring_that_tells_nothing_is_asked_again_while_the_token_is_good(desk: Desk) -> None:
    first = desk.sign_in()
    keyring = Lockable(desk, 0)
    session = desk.session(keyring)
    desk.later(HALF_HOUR - EARLY + 1)
    assert session.fresh() == first.access
    desk.later(EARLY)
    with pytest.raises(SignInLocked, match="The system keyring is locked"):
        session.fresh()
    assert desk.refreshes() == [], "another heroterm's newer pair would die by it"
    keyring.locked = False
    desk.later(PATIENCE + 1)
    assert desk.works(session.fresh())


def test_a_pair_that_was_rolled_back_is_healed_by_the_token_beside_it(desk: Desk) -> None:
    first = desk.sign_in()
    lost = Tokens(first.client_id, "gone-access", "gone-refresh").follows(first)
    desk.save(lost.text())
    session = desk.session()
    assert desk.works(session.renewed("gone-access"))
    assert desk.refreshes() == [400, 200]


def test_a_token_without_refresh_lives_until_it_is_refused(desk: Desk) -> None:
    first = desk.sign_in()
    desk.save(Tokens(first.client_id, first.access).text())
    session = desk.session()
    desk.later(10 * HALF_HOUR)
    assert session.fresh() == first.access
    with pytest.raises(NotAllowed) as raised:
        session.renewed(first.access)
    assert raised.value.signed_out
    assert desk.refreshes() == []
