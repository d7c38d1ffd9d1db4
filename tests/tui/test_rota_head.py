"""The top line says who is hero by the rota, and who is signed in where there is none."""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.rotation import Rota, Turn
from heroterm.domain.view import SyncState
from heroterm.tui.panes.head import hero
from tests.conftest import NOW

ANA = Turn("Ana Hero", NOW - timedelta(days=2), NOW + timedelta(days=5))
LEE = Turn("Lee Ortiz", NOW + timedelta(days=5), NOW + timedelta(days=12))


def state(*turns: Turn, days_old: float = 0) -> SyncState:
    rota = Rota("x", turns, NOW - timedelta(days=days_old))
    return SyncState(user_name="Kim Signed-In", rota=rota)


def test_the_hero_of_the_rota_comes_before_who_is_signed_in() -> None:
    assert hero(SyncState(user_name="Kim Signed-In"), NOW, wide=True) == "hero: Kim"
    assert hero(state(ANA, LEE), NOW, wide=True) == "hero: Ana, then Lee Mon"
    assert hero(state(ANA, LEE), NOW, wide=False) == "hero: Ana"
    assert hero(state(LEE), NOW, wide=True) == "hero: nobody, then Lee Mon"


def test_an_old_rota_carries_its_age_and_one_that_was_never_read_says_nothing() -> None:
    assert hero(state(ANA, LEE, days_old=3), NOW, wide=False) == "hero: Ana @3d"
    assert hero(state(), NOW, wide=True) == "hero: Kim"
