"""The side card by itself: its facts, its strip, and the tickets that Enter opens from it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from heroterm.domain.admin_line import Footer
from heroterm.domain.content_gate import Gate
from heroterm.domain.ticket import SlaClock
from heroterm.mirror.alike import Alike
from heroterm.mirror.labels import TicketLink
from heroterm.mirror.past import Outcome, Past
from heroterm.tui.beside import Beside, Similar
from heroterm.tui.opened import Opened
from heroterm.tui.panes import card
from heroterm.tui.panes.card import Told
from heroterm.tui.panes.side import SidePane
from heroterm.tui.text import parts
from tests.conftest import NOW
from tests.mirror.make import ACME, KIM, clock, ticket
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.make import comment, opened, row

pytestmark = pytest.mark.anyio
ADMIN = "https://us.posthog.com/admin/posthog/organization/1"
FORM = Footer(trusted=True, admin=ADMIN, person="else@other.example.com")
KNOWN = Beside(
    7,
    "",
    past=(Past(3, "Bill twice", "solved, rated good", NOW - timedelta(days=2), True),),
    similar=(
        Similar(
            Alike(4, "Replays are gone", ("replays", "safari")),
            Outcome("Update the snippet.", ("https://github.com/PostHog/posthog/issues/9",)),
            warned=False,
        ),
        Similar(Alike(5, "Something dreadful", ("replays",)), Outcome(), warned=True),
    ),
)


class Alone(App[None]):
    """A side card and something else that can have the focus."""

    CSS = "SidePane { border-top: solid white; scrollbar-gutter: stable; } #else { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.side = SidePane(id="side")

    def compose(self) -> ComposeResult:
        """The card."""
        yield self.side
        other = Static(id="else")
        other.can_focus = True
        yield other

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's own words for colours."""
        from heroterm.tui.themes import FALLBACK

        return FALLBACK


@asynccontextmanager
async def shown(
    found: Opened, told: Told, *, size: tuple[int, int] = (70, 40)
) -> AsyncIterator[Alone]:
    app = Alone()
    async with app.run_test(size=size) as pilot:
        app.set_focus(app.query_one("#else"))
        await pilot.pause()
        app.side.open(found, told)
        await pilot.pause()
        yield app


def words(app: Alone) -> str:
    side = app.side
    return "\n".join(side.line(y, side.size.width).plain.rstrip() for y in range(side.count))


async def settled(app: Alone) -> None:
    """Once every message was heard."""
    await Pilot(app).pause()


async def test_the_card_says_who_asks_for_whom_and_what_is_doubtful() -> None:
    clocks = (
        SlaClock("first_reply_time", "active", NOW + timedelta(hours=2)),
        SlaClock("next_reply_time", "paused", NOW - timedelta(minutes=5)),
        SlaClock("requester_wait_time", "achieved", NOW + timedelta(hours=2)),
    )
    found = opened(
        comment(1, "Hello"),
        ticket=replace(ticket(7), slas=clocks),
        row=row(fetched_at=NOW - timedelta(minutes=40)),
        organization=replace(ACME, plan="boost", mrr="4,100"),
        footer=FORM,
    )
    told = Told(why="T2 high priority", following="solved by itself on 3 March", beside=KNOWN)
    async with shown(found, told) as app:
        card = words(app)
    assert "plan boost  MRR 4,100  as of 40 min ago" in card
    assert "SENDER DIFFERS the form was sent by else@other.example.com" in card
    assert "why: T2 high priority" in card and "solved by itself on 3 March" in card
    clock_lines = [line for line in card.splitlines() if "reply, " in line or "wait" in line]
    assert len(clock_lines) == 3 and "paused" in card and "2 h" in card
    assert "links: o a Admin" in card and "content warning: none" in card
    assert "presence unknown" in card


async def test_a_touch_by_one_of_ours_is_told_in_place_of_presence() -> None:
    found = opened(comment(1, "Hello"), comment(2, "Hey Jo", KIM.id), read_at=NOW)
    async with shown(found, Told()) as app:
        assert f"presence unknown (o o)  last touch {KIM.name}" in words(app)
        assert "looking for what came before" in words(app)


@pytest.mark.parametrize(
    ("given", "gate", "said"),
    [
        (("good", "Quick\nand kind"), None, "rated good: “Quick and kind”"),
        (("bad", None), None, "rated bad"),
        (("bad", "Dreadful words"), Gate("violence"), "rated bad: behind the content warning"),
        (("offered", None), None, "rating asked for, no answer so far"),
    ],
)
async def test_what_the_help_was_rated_stands_beside_the_ticket(
    given: tuple[str, str | None], gate: Gate | None, said: str
) -> None:
    rated = replace(ticket(7), satisfaction=given[0], satisfaction_comment=given[1])
    line = parts(*card.rating(opened(ticket=rated), Told(gate=gate))[0])
    assert line.plain == said
    assert card.rating(opened(), Told()) == []


async def test_links_stay_behind_the_content_warning() -> None:
    found = opened(
        comment(1, "Dreadful words"),
        row=row(content_warning=True),
        organization=replace(ACME, content_warning="violence"),
        footer=replace(FORM, person=None),
    )
    for size in ((70, 40), (70, 8)):
        async with shown(found, Told(gate=Gate("violence", ACME.id, ACME.name)), size=size) as app:
            card = words(app)
        assert "CONTENT WARNING violence  (closed)" in card
        assert "behind the content warning" in card and "o a" not in card
        assert "Dreadful" not in card


async def test_similar_and_past_tickets_come_with_their_outcome_and_enter_opens_them() -> None:
    found = opened(comment(1, "Hello"), others=(row(9, title="Another one"),))
    async with shown(found, Told(beside=KNOWN)) as app:
        card = words(app)
        assert "shares replays, safari" in card and "answered: Update the snippet." in card
        assert "https://github.com/PostHog/posthog/issues/9" in card
        assert "#5 [CW]" in card and "dreadful" not in card
        assert "#3 solved, rated good 2 d ago  Bill twice" in card
        assert "same subject" not in card
        side = app.side
        assert side.named is None, "nothing is under the cursor yet"
        for expected in (9, 4, 5, 3, 3):
            side.move(1)
            assert side.named == expected
        side.move(-1)
        side.open(found, Told(beside=KNOWN, why="another reason"))
        assert side.named == 5, "the cursor stays on its ticket"


async def test_the_card_names_what_belongs_together_and_why() -> None:
    linked = (TicketLink("follow-up of", 2), TicketLink("merged from", 6))
    known = replace(KNOWN, linked=linked, same=(row(9), row(11, title="Funnel is empty")))
    found = opened(
        comment(1, "I asked at https://acme.slack.com/archives/C1/p2 before."),
        comment(2, "See https://github.com/PostHog/posthog/issues/99871.", KIM.id),
        others=(row(9),),
        footer=replace(FORM, person=None),
    )
    async with shown(found, Told(beside=known, reopen_days=14)) as app:
        card = words(app)
    assert "follow-up of #2  closed by then: 14 days passed" in card
    assert "merged from #6\n" in card
    assert "1 more open with the same subject\n#11 opn T2 Funnel is empty" in card
    assert "links: o a Admin  s Slack  g Issue #99871" in card


async def test_a_low_pane_shows_a_strip_that_focus_opens() -> None:
    slas = (SlaClock("first_reply_time", "achieved", NOW), clock(-341))
    said = comment(1, "My recordings are gone.\n\nAll of them.")
    found = opened(said, ticket=ticket(7, slas=slas), others=(row(9), row(10)))
    told = Told(why="T2 high priority", beside=KNOWN)
    async with shown(found, told, size=(70, 8)) as app:
        strip = words(app)
        assert strip.startswith("why: T2 high priority")
        assert "they wrote: My recordings are gone." in strip
        assert "2 more open (3)" in strip and "#9" not in strip
        assert "\nnext reply, breached 5 h 41 min ago  status open" in strip, "no closed clock"
        app.side.focus()
        await settled(app)
        assert "#9 " in words(app) and app.side.count > 8
        assert "first reply, closed" in words(app)
        app.set_focus(app.query_one("#else"))
        await settled(app)
        assert words(app) == strip


async def test_a_trouble_with_the_mirror_is_said_on_the_card() -> None:
    found = opened(comment(1, "Hello"))
    async with shown(found, Told(beside=Beside(7, "", trouble="The mirror is locked."))) as app:
        assert "The mirror is locked." in words(app)


async def test_enter_on_the_card_opens_another_ticket_of_the_organization(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer", "open")
        await hero.press("n")
        opened_first = desk.opened
        assert opened_first is not None and opened_first.others
        await hero.until(lambda: desk.seeing.beside is not None, "nothing is known beside it")
        await hero.press("3", "j", "enter")
        await hero.waits_for("enter opens it", f"2 #{opened_first.ticket.id} ")
        assert desk.opened is not None and desk.opened.ticket.id == opened_first.ticket.id
        await hero.press("enter")
        await hero.until(
            lambda: desk.opened is not None and desk.opened.ticket.id == opened_first.others[0].id,
            "Enter opened nothing",
        )
