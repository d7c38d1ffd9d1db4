"""The other procedures at the desk, to their end: the ledger holds what the handbook asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from heroterm.domain.playbook_way import waiting
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player, paths
from tests.tui.test_playbook import owner_of
from tests.tui.test_playbooks_danger import POST, put

pytestmark = [pytest.mark.anyio, pytest.mark.long, pytest.mark.usefixtures("quick")]


def held(shift: Shift, ticket: int) -> Any:
    """The world's ticket."""
    return shift.running.sandbox.world.tickets[ticket]


def said(shift: Shift, ticket: int) -> list[tuple[bool, str]]:
    """Whether public, and the words, of what the hero wrote on a ticket."""
    hero = shift.running.sandbox.world.hero_id
    mine = [c for c in shift.comments_of(ticket) if c["author_id"] == hero]
    return [(c["public"], c["body"]) for c in mine]


async def test_questions_that_need_no_waiting(shift_: Shift) -> None:
    """Self-hosted, community, free mail: one sitting, three tickets."""
    hosted, question = shift_.ticket("self_hosted"), shift_.community_question()
    gmail, before = shift_.ticket("freemail"), len(shift_.ledger())
    asker = shift_.running.sandbox.world.users[held(shift_, gmail).requester_id]
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(hosted)
        await player.begins("self")
        await player.answers("1 Do they really", "y")
        await player.queues("2 Politely direct them")
        await player.ends()
        await player.sent(before + 2)

        await player.goes_to(question)
        await answers_outside(player)
        await player.sent(before + 4)

        await player.goes_to(gmail)
        await player.begins("free")
        await player.queues("4 Assign the user")
        await player.queues("5 Leave a note")
        await player.ends()
        await player.sent(before + 7)
    user = ("PUT", f"/api/v2/users/{asker.id}")
    wrote = [*[put(hosted)] * 2, *[put(question)] * 2, user, *[put(gmail)] * 2]
    assert paths(shift_, before) == wrote
    assert asker.organization_id == asker.true_organization_id
    assert (held(shift_, hosted).status, held(shift_, question).status) == ("solved", "solved")
    assert not any(public for public, _ in said(shift_, question))


async def answers_outside(player: Player) -> None:
    """A community question: opened and answered on its page, recorded here."""
    await player.begins("community")
    await player.opens("2 Open the question")
    assert "posthog.com/questions/" in player.shift.browsed[-1]
    await player.writes("3 Answer it there", "use the mask option")
    await player.queues("4 Make an internal note")
    await player.at("5 To become a moderator")
    await player.press("x")
    await player.ends()


async def test_tickets_that_go_to_somebody_else(shift_: Shift) -> None:
    """A content warning, an escalation, a ticket passed on at the end of the week."""
    warned, first, second = (shift_.ticket(f"several_{n}") for n in (1, 2, 3))
    before = len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(warned)
        await warns(player)
        await player.sent(before + 3)
        await player.goes_to(first)
        await escalates(player)
        await player.sent(before + 5)
        await player.goes_to(second)
        await passes_on(player)
        await player.sent(before + 7)
    assert "content_warning" in held(shift_, warned).tags
    groups = shift_.running.sandbox.world.groups
    assert groups[held(shift_, first).group_id].name == "Replay"
    assert held(shift_, first).status == "open" and held(shift_, first).assignee_id is None
    assert "read the deploy's log" in said(shift_, second)[0][1]
    assert paths(shift_, before) == [*[put(warned)] * 3, *[put(first)] * 2, *[put(second)] * 2]


async def warns(player: Player) -> None:
    """Offensive content was found."""
    await player.begins("content")
    await player.writes("1 Say in a few sober words", "adult chat rooms")
    await player.writes("4 Click the organization", "an admin, Cleo, wrote it")
    await player.queues("5 Tag this ticket")
    await player.queues("6 Tell colleagues")
    await player.ends()


async def escalates(player: Player) -> None:
    """To another team, without a word to the customer, for a reason that says something."""
    await player.begins("escal")
    await player.writes("1 Which group", "Replay")
    await player.writes("2 What does the customer", "an empty dashboard explained")
    await player.writes("3 What have you found", "the deploy of Monday did it")
    await player.writes("4 What have you tried", "a new filter")
    await player.writes("5 What do they need", "look at the deploy by Friday")
    await player.at("6 Tell the customer")
    await player.press("s")
    await player.types("ok")
    await player.hero.waits_for("Skipping needs a reason")
    await player.hero.press("ctrl+u")
    await player.types("they know it already")
    await player.queues("7 Leave the note")
    await player.ends()


async def passes_on(player: Player) -> None:
    """To the next hero."""
    await player.begins("end of")
    await player.writes("1 How does it stand", "the cause is the deploy")
    await player.writes("2 What was promised", "an answer by Friday")
    await player.writes("3 What is the very next", "read the deploy's log")
    await player.answers("4 Does the customer know", "y")
    await player.queues("6 Leave the note for")
    await player.ends()


async def test_waits_that_wake_on_their_day_or_by_the_right_person(shift_: Shift) -> None:
    """On-Hold until a day, and a deletion that an admin has to confirm."""
    hold, gdpr, before = shift_.ticket("several_1"), shift_.ticket("gdpr"), len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(hold)
        await player.begins("on-hold")
        await player.writes("1 What does it wait for", "the query engine's release")
        await player.writes("2 On which day", day(shift_, 5))
        await player.queues("3 Let the customer know")
        await player.at("4 Until that day")
        await player.sent(before + 2)
        assert held(shift_, hold).status == "hold"

        await player.goes_to(gdpr)
        await asks_an_admin(player, gdpr)
        await player.sent(before + 4)
        made = max(shift_.running.sandbox.world.tickets)
        says(shift_, gdpr, "requester", "I am an admin: yes.")
        says(shift_, made, "owner", "Confirmed.")
        shift_.control("clock", {"advance_seconds": 5 * 86_400})
        await hero.press("R")
        await hands_over(player)
        await player.sent(before + 7)

        await player.goes_to(hold)
        await player.press("p")
        await player.writes("5 Look again", "released this morning")
        await player.queues("6 Write to the customer", "it is released", "please try", "Friday")
        await player.ends()
        await player.sent(before + 9)
    assert held(shift_, hold).status == "pending"
    assert paths(shift_, before)[2:4] == [POST, put(gdpr)]


async def asks_an_admin(player: Player, ticket: int) -> None:
    """Deleting data, up to where the admin has to confirm."""
    await player.begins("data")
    await player.answers("1 Can they do it", "n")
    await player.answers("3 Find the region", "e")
    await player.types("the EU panel shows it")
    await player.writes("4 Look up the organization", owner_of(player.shift, ticket).email)
    await player.answers("6 Who asks?", "c")
    await player.writes("7 Write down exactly what", "all events of patient-77120")
    await player.queues("8 Ask the admin to confirm")
    await player.at("9 Wait for the admin")


async def hands_over(player: Player) -> None:
    """The admin's own message is picked; what the requester said does not count."""
    await player.opens("10 Pick the admin's message")
    await player.hears("Confirmed.")
    assert player.hero.sees("DOES NOT COUNT")
    await player.press("c")
    await player.queues("11 Hand it to the team", "the data team")
    await player.queues("12 Tell the requester", "confirmed and handed on", "Wednesday")
    await player.ends()


async def test_ownership_is_transferred_on_each_of_its_ways(shift_: Shift) -> None:
    """By the owner; by the owner's mailbox and Stripe; to the team after a bounce."""
    one, two, three = (shift_.ticket(name) for name in ("ownership", "several_1", "gdpr"))
    before = len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        for ticket in (one, two, three):
            await player.goes_to(ticket)
            await player.begins("transfer")
            await player.queues("1 Ask them to get")
            await player.at("2 Wait for the requester")
        await player.sent(before + 6)  # three replies, three notes that tell of the wait
        for ticket in (one, two, three):
            says(shift_, ticket, "requester", "He is gone.")
        await hero.press("R")
        await hero.until(lambda: len(awake(hero)) == 3, "the waits did not wake")
        await goes_on(player, one, "y")
        await player.answers("Are they on a paid", "n")
        await player.types("in the billing admin")  # Zendesk says that they are
        await player.queues("Tell the requester how", "the owner did it", "nothing is left")
        await player.ends()
        await player.sent(before + 8)
        await by_mailbox(player, two)
        await player.sent(before + 12)
        made = await by_bounce(player, three)
        await player.sent(before + 17)
    assert paths(shift_, before)[12:14] == [POST, put(three)]
    assert held(shift_, made).requester_id == owner_of(shift_, three).id
    (to_team,) = [b for _, b in said(shift_, three) if "for the team to decide" in b]
    assert "bounced" in to_team and "2025-06-01" in to_team


async def goes_on(player: Player, ticket: int, owner_can: str) -> None:
    """`p` on a ticket whose wait is over: can the owner do it?"""
    await player.goes_to(ticket)
    await player.press("p")
    await player.answers("3 Can the current owner", owner_can)


async def by_mailbox(player: Player, ticket: int) -> None:
    """A password reset with the owner's mailbox; they pay, so Stripe is looked at."""
    await goes_on(player, ticket, "n")
    there = len(said(player.shift, ticket))
    await player.answers("4 Do they have access", "y")
    await player.queues("5 Ask them to do a password")
    await player.at("6 Wait for the requester")
    await player.hero.until(lambda: len(said(player.shift, ticket)) == there + 2, "no reply, note")
    says(player.shift, ticket, "requester", "It worked.")
    await player.hero.press("R")
    await player.answers("7 Did the password reset", "y")
    await player.answers("Are they on a paid", "y")
    await player.opens("Switch the contact")
    assert player.shift.browsed[-1] == "https://dashboard.stripe.com/"
    await player.writes("Switch the contact", "the former owner before, the asker now")
    await player.queues("Tell the requester how", "you have it now", "nothing is left")
    await player.ends()


async def by_bounce(player: Player, ticket: int) -> int:
    """Nobody can: the owner is mailed, and the mail bounces. The owner's ticket."""
    await goes_on(player, ticket, "n")
    await player.answers("4 Do they have access", "n")
    await player.answers("8 Find the region", "s")
    await player.types("the US panel shows it")
    await player.writes("9 Look up the organization", owner_of(player.shift, ticket).email)
    await player.answers("11 Who asks?", "c")
    tickets = player.shift.running.sandbox.world.tickets
    before, there = max(tickets), len(said(player.shift, ticket))
    await player.queues("12 Mail the account owner")
    await player.writes("13 Check how long", "2025-06-01")
    await player.at("14 Wait for an answer")
    # Not by its words: the note of the wait before says the same.
    await player.hero.until(lambda: len(said(player.shift, ticket)) == there + 1, "no note of it")
    await player.hero.until(lambda: max(tickets) > before, "the mail has not left")
    made = max(tickets)
    says(player.shift, made, "mailer-daemon@mx.example.com", "No such mailbox.")
    await player.hero.press("R")
    await player.queues("Bring it to your team")
    await player.answers("Are they on a paid plan", "n")
    await player.types("in the billing admin")
    await player.queues("Tell the requester how", "our team decides", "Monday")
    await player.ends()
    return int(made)


def says(shift: Shift, ticket: int, author: str, words: str) -> None:
    """Somebody writes on a ticket."""
    shift.control("say", {"ticket": ticket, "author": author, "body": words})


def awake(hero: Any) -> list[Any]:
    """Runs under way whose next step is not a wait."""
    runs = hero.app.desk.reading.journal.runs.under_way()
    return [run for run in runs if waiting(run) is None]


def day(shift: Shift, days: int) -> str:
    """A day to come, by the practice desk's clock."""
    now = str(shift.control("clock", {"advance_seconds": 0})["now"])
    return (datetime.fromisoformat(now) + timedelta(days=days)).date().isoformat()
