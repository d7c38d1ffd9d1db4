"""`b` at the desk: an issue that names nobody, the reply with its link, the line for Slack."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from textual.widgets import Input, TextArea

from heroterm.domain.terminal import Terminal
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
ISSUE = "https://github.com/PostHog/posthog/issues/22010"


class Counting:
    """Counts the keys that a task takes; a paste is one."""

    def __init__(self, hero: Hero) -> None:
        self._hero, self.keys = hero, 0

    async def press(self, *keys: str) -> None:
        """Press and count."""
        self.keys += len(keys)
        await self._hero.press(*keys)

    async def paste(self, words: str) -> None:
        """Paste and count."""
        self.keys += 1
        await self._hero.paste(words)


def box(hero: Hero) -> Any:
    """The box in front."""
    return hero.app.screen


async def listens(hero: Hero) -> None:
    """Wait until the box in front hears letters."""
    await hero.until(lambda: not getattr(box(hero), "_deaf", False), "the box stays deaf")


def of(shift: Shift, ticket: int) -> Any:
    """The world's ticket."""
    return shift.running.sandbox.world.tickets[ticket]


async def test_a_bug_report_takes_nine_keys_and_names_nobody(shift_: Shift) -> None:
    ticket = shift_.ticket("several_1")
    before = len(shift_.ledger())
    asker = shift_.running.sandbox.world.users[of(shift_, ticket).requester_id]
    async with at_the_desk(shift_.parts()) as hero:
        await hero.opens(ticket)
        count = Counting(hero)
        await count.press("b")
        await hero.waits_for("Bug report about #", "Nothing in it names the customer.")
        await count.press("tab", "tab", "enter")
        await hero.waits_for("Opened with these words.")
        (link,) = shift_.browsed
        said = parse_qs(urlsplit(link).query)
        assert said["template"] == ["bug_report.yml"] and asker.email not in str(said)
        assert asker.name.split()[0] not in str(said)
        assert f"From: {shift_.url}/agent/tickets/{ticket}" in said["bug-description"][0]
        await count.paste(ISSUE)
        await count.press("enter")
        await hero.waits_for("y queue it", ISSUE, "[PENDING]")
        await hero.may_decide()
        await count.press("y")
        await hero.waits_for("Alert the channel of the team", "#team-product-analytics")
        await count.press("y", "s")
        assert shift_.copied == [f"New bug report from a normal priority customer: {ISSUE}"]
        assert count.keys == 9
        await hero.waits_for("The note that ends this run")
        await listens(hero)
        await hero.press("y")
        await hero.until(lambda: len(shift_.ledger()) == before + 2, "reply and note are not sent")
    assert of(shift_, ticket).status == "pending"
    assert [c["public"] for c in shift_.comments_of(ticket)[-2:]] == [True, False]


async def test_a_known_issue_gets_a_plus_one(shift_: Shift) -> None:
    ticket, twin = shift_.ticket("several_1"), shift_.ticket("self_hosted")
    words = "Weekly dashboard empty since the deploy on Monday, charts load when opened alone."
    shift_.update(twin, comment={"body": f"{words} Filed as {ISSUE}#issuecomment-1", "public": 0})
    async with at_the_desk(shift_.parts()) as hero:
        await hero.opens(twin)
        await hero.waits_for("Filed as")
        await hero.opens(ticket)
        await hero.press("r", *"Let me look.", "escape", "escape")
        await hero.press("b")
        await hero.waits_for("Reported already?", f"1 {ISSUE}", f"named in #{twin}")
        await listens(hero)
        await hero.press("1")
        await hero.waits_for("add it there")
        assert shift_.browsed == [ISSUE]
        assert shift_.copied == [f"+1 From: {shift_.url}/agent/tickets/{ticket}"]
        await hero.press("enter")
        await hero.waits_for("PUBLIC REPLY", "already know of", "workaround", "go as one")
        assert hero.app.desk is not None and hero.app.desk.composer.words.has_focus
        words = hero.app.desk.composer.body
        assert words.startswith("Let me look.\n\nHey ") and ISSUE in words


async def test_what_is_edited_is_looked_at_again_and_kept(shift_: Shift) -> None:
    ticket = shift_.ticket("several_1")
    asker = shift_.running.sandbox.world.users[of(shift_, ticket).requester_id]
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.opens(ticket)
        await hero.press("b")
        await hero.waits_for("Bug report about #")
        await hero.press("tab")
        await hero.type("mine ")
        await hero.paste(f"{asker.email} ")
        await hero.waits_for("this names the customer", asker.email)
        await hero.press("tab", "enter")
        assert shift_.browsed == []
        await hero.press("escape")
        await hero.press("b")
        await hero.waits_for("Bug report about #")
        text = box(hero).query_one(TextArea)
        assert text.text.startswith(f"mine {asker.email} ")
        text.text = "Long\n\n" + "ä" * 2_000
        await hero.waits_for("the words are copied")
        await hero.press("tab", "tab", "enter")
        await hero.waits_for("Too long for a link")
        assert shift_.copied[0].startswith("ääää") and "title=Long" in shift_.browsed[0]
        await hero.paste("https://github.com/PostHog/posthog")
        await hero.press("enter")
        await hero.waits_for("is not what is wanted here")
        await hero.type("/issues/7")  # what is typed goes on from what was pasted
        assert box(hero).query_one("#issue", Input).value.endswith("/posthog/issues/7")


async def test_without_a_browser_nothing_that_was_copied_is_lost(shift_: Shift) -> None:
    parts = replace(shift_.parts(carrier=False), browse=lambda url: False)
    async with at_the_desk(parts) as hero:
        await hero.opens(shift_.ticket("several_1"))
        await hero.press("b")
        await hero.waits_for("Bug report about #")
        await hero.paste(f"{ISSUE}\nand a line more")
        assert box(hero).query_one("#issue", Input).value == ISSUE
        await hero.press("shift+tab", "enter")
        await hero.waits_for("Its address is copied")
        box(hero).query_one(TextArea).text = "Long\n\n" + "ä" * 2_000
        await hero.press("shift+tab", "enter")
        await hero.waits_for("its address is copied, and below it the words")
        link, _, words = shift_.copied[-1].partition("\n\n")
        assert "title=Long" in link and words.startswith("ääää")


async def test_what_could_not_be_copied_is_not_called_copied(shift_: Shift) -> None:
    kept_back, browsers = Terminal(tmux=True), list[bool]()
    parts = replace(
        shift_.parts(carrier=False),
        copy=lambda text: "",
        browse=lambda url: bool(browsers),
        terminal=lambda: kept_back,
    )
    async with at_the_desk(parts) as hero:
        await hero.opens(shift_.ticket("several_1"))
        await hero.press("b")
        await hero.waits_for("Bug report about #")
        await listens(hero)
        await hero.press("k")
        await hero.waits_for("set-clipboard on", "+1 From:")
        await hero.press("escape")
        await hero.waits_for("Shown “+1 From:", "add it there")
        assert not hero.sees("Copied")
        form = box(hero)
        for long, browser, boxes, said in (
            (False, False, 1, "Its address is shown: open it where you sit"),
            (True, False, 2, "its address is shown, and below it the words"),
            (True, True, 1, "opened with the title, the words are shown."),
        ):
            browsers += [browser] * browser
            if long:
                form.query_one(TextArea).text = "Long\n\n" + "ä" * 2_000
            form.query_one("#open").focus()
            await hero.press("enter")
            for _ in range(boxes):
                await hero.waits_for("set-clipboard on")
                await hero.press("escape")
            await hero.until(partial(_back_at, hero, form))
            await hero.waits_for(said)


def _back_at(hero: Hero, box: object) -> bool:
    return hero.app.screen is box


async def test_a_feature_request_by_priority(shift_: Shift) -> None:
    low, normal = shift_.ticket("no_project"), shift_.ticket("several_1")
    async with at_the_desk(shift_.parts(), size=(80, 24)) as hero:
        await hero.opens(low)
        await hero.press("b")
        await hero.waits_for("priority low")
        assert hero.app.screen.query_one("#box").size.height < 8, "a box with nothing in it"
        await listens(hero)
        if hero.sees("Bug report about"):
            await hero.press("f")
            await hero.waits_for("Feature request about")
            await listens(hero)
        await hero.press("enter")
        await hero.waits_for("y queue it", "[SOLVED]")
        await hero.press("escape")
        await hero.opens(normal)
        await hero.press("b")
        await hero.waits_for("Bug report about")
        await listens(hero)
        await hero.press("f")
        await hero.waits_for("Feature request about", "feature request")
        await hero.press("tab", "tab", "enter")
        await hero.waits_for("Opened with these words.")
        assert "template=feature_request.yml" in shift_.browsed[0]
        await hero.paste(ISSUE)
        await hero.press("enter")
        await hero.waits_for("Customer Success", "plan")
        await hero.press("escape")
        await hero.waits_for("The address stands in its field")
        await hero.press("escape", "b")
        await hero.waits_for("The address stands in its field", ISSUE[-24:])
        await listens(hero)
        if hero.sees("Bug report about"):
            await hero.press("f")
            await hero.waits_for("Feature request about", "The address stands in its field")
        await hero.press("shift+tab", "enter")
        await hero.waits_for("Customer Success", "plan")
        await listens(hero)
        await hero.press("t")
        await hero.waits_for("y queue it", "[SOLVED]")
        await hero.may_decide()
        await hero.press("y")
        await hero.until(lambda: of(shift_, normal).status == "solved", "it is not solved")


async def test_words_of_a_content_warned_customer_stay_where_they_are(shift_: Shift) -> None:
    ticket = shift_.ticket("freemail")
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.opens(ticket)
        await hero.press("b")
        await hero.waits_for("CONTENT WARNING: nothing of theirs is quoted", "debug info: none")
        await hero.press("tab", "tab", "enter")
        await hero.waits_for("in your own words")
        assert shift_.browsed == []
