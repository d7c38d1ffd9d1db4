"""The rules on the running desk, by each path of a hero's hands; nothing reaches the Zendesk.

One session a path: whatever is tried is refused or asked about in the rule's words, and at its end
the outbox is empty and no rule of the table is missing.
"""

from __future__ import annotations

import pytest

from heroterm.domain.ticket import Macro
from heroterm.journal.database import open_journal
from heroterm.paths import locate
from tests.everywhere.hands import THANKS, Hands, Team, as_with, hands
from tests.everywhere.table import RULES
from tests.filled import wall_clock
from tests.journal.garbage import changed
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]

NOTE = "i writes an internal note"
COPIES = "Take it off the copies (t in the Review)"


async def opens_the_form_with_what_they_wrote(hero: Hands, *, palette: bool) -> None:
    """A bug report whose words in the journal were changed to what a warned customer wrote."""
    ticket, rule = hero.shift.ticket("content_warning"), hero.walk.tries("public place")
    theirs = hero.shift.comments_of(ticket)[0]["body"]
    journal = open_journal(locate(hero.shift.home, {}).journal, clock=wall_clock)
    journal.marks.remember(f"issue words: bug {ticket}", f"It breaks\n\n{theirs}")
    journal.close()
    await hero.goes_to(ticket)
    await hero.press("y")
    if palette:
        await hero.chooses("Bug report or feature request")
    else:
        await hero.press("b")
    await hero.told(rule)
    await hero.press("tab", "tab", "enter")
    assert hero.shift.browsed == [url for url in hero.shift.browsed if "github" not in url]
    await hero.press("escape")


async def test_by_key(shift_: Shift) -> None:
    async with hands(shift_, "key") as hero:
        await opens_the_form_with_what_they_wrote(hero, palette=False)
        await hero.goes_to(shift_.community_question())
        await hero.press("r")
        await hero.turned_away(hero.walk.tries("community"))
        await hero.goes_to_a_mail()
        await hero.picks("s", words="on-hold")
        await hero.turned_away(hero.walk.tries("hold"))
        await hero.writes_it("Hey {{name}}, thanks for telling us about it.")
        await hero.may_not_queue(hero.walk.tries("blank"))
        await hero.writes_it(THANKS)
        await hero.picks("t", words=hero.me())
        await hero.may_not_queue(hero.walk.tries("own address"), COPIES)
        hero.be("light")
        await hero.press("r")
        await hero.turned_away(hero.walk.tries("light"), NOTE)
        await hero.press("escape")
        hero.be("agent")
        await hero.writes_it(as_with(shift_))
        await hero.says("n", RULES["other customer"])
        await hero.is_asked(hero.walk.tries("other customer"), hero.here)
        await hero.goes_to(shift_.ticket("self_hosted"))
        await hero.picks("s", words="solved")
        await hero.turned_away(hero.walk.tries("steps"))


async def test_by_the_palette(shift_: Shift) -> None:
    words = {"blank": "Hey, is it $1<version>?", "other": as_with(shift_)}
    async with hands(shift_, "palette", Team(replies=words)) as hero:
        await opens_the_form_with_what_they_wrote(hero, palette=True)
        await hero.goes_to(shift_.community_question())
        await hero.chooses("Reply to the customer")
        await hero.turned_away(hero.walk.tries("community"))
        await hero.goes_to_a_mail()
        await hero.chooses("status on-hold")
        await hero.turned_away(hero.walk.tries("hold"))
        await hero.chooses("canned: zzz blank")
        await hero.reviews()
        await hero.chooses("Copies: add an address")
        await hero.hero.paste(hero.me())
        await hero.press("enter")
        await hero.hero.waits_for(COPIES)
        await hero.told(hero.walk.tries("own address"), COPIES)
        await hero.chooses("Queue it")
        await hero.told(hero.walk.tries("blank"))
        await hero.drops()
        hero.be("light")
        await hero.chooses("Reply to the customer")
        await hero.turned_away(hero.walk.tries("light"), NOTE)
        await hero.press("escape")
        hero.be("agent")
        await hero.chooses("canned: zzz other")
        await hero.reviews()
        await hero.is_asked(hero.walk.tries("other customer"), hero.here)
        await hero.goes_to(shift_.ticket("self_hosted"))
        await hero.chooses("status solved")
        await hero.turned_away(hero.walk.tries("steps"))


def macro(number: int, name: str, *actions: tuple[str, str]) -> Macro:
    """A macro of Zendesk."""
    return Macro(number, f"Zzz {name}", actions)


async def test_by_a_macro(shift_: Shift) -> None:
    answer = macro(9001, "answer", ("comment_value", THANKS), ("status", "pending"))
    team = Team(
        [
            answer,
            macro(9002, "wait", ("status", "hold")),
            macro(9003, "solve", ("status", "solved")),
            macro(9004, "blank", ("comment_value", "Hey {{ticket.nothing}}, thanks.")),
            macro(9005, "other", ("comment_value", as_with(shift_))),
        ]
    )
    async with hands(shift_, "macro", team) as hero:
        await hero.goes_to(shift_.community_question())
        await hero.picks("m", "m", words="zzz answer")
        await hero.hero.may_answer(hero.walk.tries("community").say)
        await hero.press("y", "escape")
        assert hero.heard == [] and not hero.writing
        await hero.goes_to_a_mail()
        await hero.applies("zzz wait")
        await hero.turned_away(hero.walk.tries("hold"))
        hero.be("light")
        await hero.picks("m", "m", words="zzz answer")
        await hero.turned_away(hero.walk.tries("light"), NOTE)
        await hero.press("escape")
        hero.be("agent")
        await hero.writes_by("zzz blank")
        await hero.may_not_queue(hero.walk.tries("blank"))
        await hero.writes_by("zzz other")
        await hero.is_asked(hero.walk.tries("other customer"), hero.here)
        ticket = hero.asked_by_ourselves(await hero.goes_to_a_mail())
        await hero.writes_by("zzz answer")
        await hero.is_asked(hero.walk.tries("own address"), ticket)
        await hero.goes_to(shift_.ticket("self_hosted"))
        await hero.applies("zzz solve")
        await hero.turned_away(hero.walk.tries("steps"))


async def test_a_row_that_was_changed_by_hand_waits_in_the_outbox_and_gives_its_words_back(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.paste("Looked at the logs with Kim.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        changed(shift_.home / "data" / "journal.db", "intent", "changes", "not json")
        await hero.press("6")
        await hero.waits_for("D discard", "was changed from outside")
        await hero.press("D")
        await hero.waits_for("is discarded; its words are kept")
        await hero.press("escape", "i")
        await hero.waits_for("Looked at the logs with Kim.")
    assert shift_.ledger() == []
