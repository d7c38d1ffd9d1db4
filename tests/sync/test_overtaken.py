"""A held reply stops as soon as the mirror holds a message that it does not answer."""

from __future__ import annotations

import pytest

from heroterm.sync.overtaken import Overtaken
from heroterm.sync.report import Moved, Report
from tests.sync.answers import ADA, KIM, ME
from tests.sync.desk import Desk
from tests.sync.model import Zendesk


def brought(desk: Desk, server: Zendesk) -> list[Report]:
    """The thread of ticket 7 comes into the mirror; what is told of it."""
    told: list[Report] = []
    page = server.comments(7, None)
    push = desk.push
    look = Overtaken(desk.journal.outbox, push.me, push.bring_history, told.append).look
    look(7, page.comments, page.people)
    return told


@pytest.mark.parametrize(("author", "public"), [(KIM, True), (KIM, False), (ADA, True)])
def test_a_message_stops_what_is_held(
    desk: Desk, server: Zendesk, author: int, public: bool
) -> None:
    desk.put("a", state="held", send_after=server.now.replace(year=9000))
    server.say(7, author, "me too", public=public)
    (told,) = brought(desk, server)
    assert isinstance(told, Moved) and told.state == "needs_you"
    assert desk.intent("a").why == told.why and "wrote at" in told.why
    assert desk.state("a") == "needs_you"


def test_my_own_words_and_those_that_were_read_stop_nothing(desk: Desk, server: Zendesk) -> None:
    server.say(7, KIM, "read before")
    desk.put("a", state="held", send_after=server.now.replace(year=9000))
    server.say(7, ME, "from the browser")
    assert brought(desk, server) == []
    assert desk.state("a") == "held"


def test_what_may_have_arrived_is_not_taken_out(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    desk.journal.outbox.begin("a", stamp="then", now=server.now)
    server.say(7, KIM, "me too")
    assert brought(desk, server) == []
    assert desk.state("a") == "sending"
