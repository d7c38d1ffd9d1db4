"""What a playbook put is taken back before it leaves: the run is open again, to be ended anew."""

from __future__ import annotations

from tests.cli.playing import Hero, hero
from tests.cli.test_playbook import notes, put

__all__ = ["hero"]


def recalls(hero: Hero, *, public: bool) -> None:
    """Take back the reply, or the note, of those that wait in the outbox."""
    kind = "public_reply" if public else "internal_note"
    (waiting,) = [one for one in hero.verb_json("outbox", "list")["intents"] if one["kind"] == kind]
    assert hero.verb("outbox", "recall", waiting["intent"]).code == 0


def ended(hero: Hero) -> int:
    """A run that has come to its end, with its reply and its note still held."""
    ticket = hero.ticket("self_hosted")
    hero.plays("self-hosted", ticket, "yes", "y", "y")
    assert hero.verb_json("playbook", "runs")["runs"] == []
    return ticket


def test_the_closing_note_that_is_recalled_opens_the_run_again(hero: Hero) -> None:
    ticket = ended(hero)
    recalls(hero, public=False)
    (run,) = hero.verb_json("playbook", "runs")["runs"]
    assert (run["ticket"], run["state"], run["step"]) == (ticket, "open", None)
    pack = hero.verb_json("handover")
    assert pack["drafts"] == [], "the note is no hero's words"
    hero.plays("self-hosted", ticket, "y")
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, solved", "note")
    assert "finished." in notes(hero, ticket)[0]


def test_the_reply_of_an_ended_run_takes_the_closing_note_with_it(hero: Hero) -> None:
    ticket = ended(hero)
    recalls(hero, public=True)
    assert hero.verb_json("outbox", "list")["intents"] == [], "a note told of what is not sent"
    (run,) = hero.verb_json("playbook", "runs")["runs"]
    assert run["step"] is not None
    hero.plays("self-hosted", ticket, "y", "y")
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, solved", "note")
