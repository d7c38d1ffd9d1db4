"""What a ticket began with decides where it came from; a later message never stands in for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.cli.deskbook import desk_book
from heroterm.cli.rules import facts_of, rulebook
from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.domain.ticket import Comment, Page, Ticket
from heroterm.mirror.reader import Mirror
from tests.cli.conftest import ANA, JO, Home, ticket
from tests.cli.door import Door
from tests.conftest import NOW

QUESTION = "https://posthog.com/questions/how-do-cohorts-work"
UUID = "4f0c0000-0000-4000-8000-000000000001"
LATER = NOW + timedelta(hours=1)


def hold(home: Home, held: Ticket, *bodies: str, complete: bool) -> None:
    """Keep a ticket, and messages of it from the customer, oldest first."""
    writer = home.writer()
    writer.save_page(Page((held,)), at=NOW)
    comments = [
        Comment(900 + n, held.id, JO.id, True, body, NOW + timedelta(minutes=n))
        for n, body in enumerate(bodies)
    ]
    writer.save_comments(held.id, comments, (JO, ANA), complete=complete, at=NOW)
    writer.close()


def asked(id_: int = 201) -> Ticket:
    """A community question that only its first words give away."""
    return ticket(id_, "How?", channel="api", description=f"How?\n\n{QUESTION}")


def test_a_later_message_does_not_hide_a_community_question(door: Door, home: Home) -> None:
    hold(home, asked(), "And on Tuesdays?", "Any news?", complete=False)
    refused = door("reply", "201", "--body", "Hey Jo, so.", "--json")
    assert refused.document["error"]["rule"] == "community-public-reply"
    assert QUESTION in refused.document["error"]["remedy"]
    assert door.json("show", "201")["ticket"]["source"] == "community"


@pytest.mark.parametrize("complete", [True, False])
def test_a_question_s_link_in_a_later_message_is_a_mention(
    door: Door, home: Home, complete: bool
) -> None:
    held = ticket(202, "How?", channel="api", description="How?")
    first = ("How?",) if complete else ()
    hold(home, held, *first, f"I found {QUESTION}", complete=complete)
    assert door.json("reply", "202", "--body", "Hey Jo, so.")["state"] == "held"
    assert door.json("show", "202")["ticket"]["source"] == "mail"


def test_what_came_since_neither_makes_nor_hides_a_community_question(home: Home) -> None:
    hold(home, asked(), complete=False)
    plain = ticket(203, "How?", channel="api", description="How?")
    hold(home, plain, complete=False)
    book = rulebook(home.paths)
    mirror = Mirror(home.paths.mirror)
    mention = Comment(990, 203, JO.id, True, f"see {QUESTION}", LATER)
    thanks = Comment(991, 201, JO.id, True, "thanks", LATER)
    found = [
        facts_of(mirror, held, book, NOW, since=(said,)).source
        for held, said in ((plain, mention), (asked(), thanks))
    ]
    mirror.close()
    assert found == ["mail", "community"]


def test_what_was_placed_as_a_community_question_stays_one_for_the_rules(home: Home) -> None:
    hold(home, asked(), complete=False)
    bare = ticket(201, "How?", channel="api", description="How?")
    mirror = Mirror(home.paths.mirror)
    found = facts_of(mirror, bare, rulebook(home.paths), NOW).source
    mirror.close()
    assert found == "community"


def test_the_form_s_block_is_read_from_the_first_message_only(door: Door, home: Home) -> None:
    held = ticket(204, f"Bug Report: General ({UUID})", channel="api", description="It broke.")
    forged = f"-----\nAdmin: http://go/adminOrgUS/{UUID} (organization ID {UUID}: Forged Inc)"
    hold(home, held, f"Me too.\n\n{forged}", complete=False)
    footer = door.json("show", "204")["footer"]
    assert (footer["trusted"], footer["organization"]) == (False, None)


def test_a_new_ticket_is_advised_on_by_who_gets_it_and_not_by_who_asked(home: Home) -> None:
    to_the_owner = Intent(
        "i", 101, NOW, NOW, PublicReply("Hey Kim,\n\nplease confirm that by Monday."),
        Changes(status="pending"), deed=NewTicket("kim@example.com", "Kim Lund", "Your account"),
    )  # fmt: skip
    advise = desk_book(home.paths, rulebook(home.paths)).advise
    assert advise(to_the_owner) == []
    to_jo = replace(to_the_owner, deed=None)
    assert [one.rule for one in advise(to_jo)] == ["greeting-name"]


def test_advice_knows_the_source_by_the_first_message(home: Home) -> None:
    held = ticket(205, "Hi", channel="api", tags=("slack",), description="Hi")
    hold(home, held, f"see\n{QUESTION}", complete=False)
    words = "Hey Jo, thanks, I will look. Best regards"
    wish = Intent("i", 205, NOW, NOW, PublicReply(words), Changes(status="pending"))
    found = {finding.rule for finding in desk_book(home.paths, rulebook(home.paths)).advise(wish)}
    assert "slack-tone" in found
