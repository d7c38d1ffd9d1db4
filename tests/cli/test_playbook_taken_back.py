"""A yes that is taken back or comes late, and a value that the form contradicts: said and seen."""

from __future__ import annotations

from contextlib import closing

from heroterm.domain.playbook_run import TAGGED
from heroterm.journal.database import open_journal
from tests.cli.playing import Hero, hero
from tests.cli.test_playbook import notes
from tests.cli.test_playbook_attacks import project_of, waits

__all__ = ["hero"]


def confirmed(hero: Hero) -> tuple[int, int]:
    """2FA removal, up to the danger step: the owner said yes and was picked."""
    ticket, made = waits(hero)
    hero.say(made, "owner", "Yes, I confirm.")
    hero.plays("twofa-removal", ticket, "1 confirms")
    return ticket, made


def test_an_owner_who_takes_the_yes_back_after_it_was_picked_disarms(hero: Hero) -> None:
    ticket, made = confirmed(hero)
    owner = hero.owner_of(ticket).email
    hero.say(made, "owner", "No no no, do not remove anything!")
    said = hero.refused("twofa-removal", ticket, owner)
    assert f"{owner} wrote since" in said and "“No no no, do not remove anything!”" in said
    assert "x on step 9 (/again 9) answers anew" in said
    hero.plays("twofa-removal", ticket, "/again 9", "1 did not ask for it")
    (run,) = hero.verb_json("playbook", "runs")["runs"]
    assert run["step"] == "alarm"


def test_a_no_in_the_wrong_ticket_or_without_words_disarms_too(hero: Hero) -> None:
    ticket, made = confirmed(hero)
    owner = hero.owner_of(ticket).email
    hero.say(ticket, owner, "Stop, that was not me.")
    assert f"on #{ticket}: “Stop, that" in hero.refused("twofa-removal", ticket, owner)
    out = hero.plays("twofa-removal", ticket, "/again 9", "2 confirms", "y")
    assert "It is not the newest message" in out
    hero.say(made, "owner", "> you mentioned wanting to remove it")
    assert "no words of its own" in hero.refused("twofa-removal", ticket, owner)


def test_an_older_message_is_picked_only_by_a_yes_to_what_came_after_it(hero: Hero) -> None:
    ticket, made = waits(hero)
    hero.say(made, "owner", "Yes, I confirm.")
    hero.say(made, "owner", "STOP! I did not request this!")
    said = hero.refused("twofa-removal", ticket, "2 confirms", "n")
    out = hero.play("twofa-removal", ticket, "2 confirms", "n").out
    assert "It is not the newest message" in out and "STOP! I did not request this!" in out
    assert "not the newest" in said
    hero.plays("twofa-removal", ticket, "2 confirms", "y")
    owner = hero.owner_of(ticket).email
    assert "ARMED" in hero.play("twofa-removal", ticket, owner).out


def test_what_rests_on_a_yes_is_not_written_once_its_writer_wrote_again(hero: Hero) -> None:
    ticket = hero.ticket("gdpr")
    admin = hero.owner_of(ticket)
    asks = ("no", "EU", "seen in the EU panel", admin.email, admin.name)
    who = ("" if hero.requester_of(ticket).id != admin.id else "/later",)
    out = hero.play("data-deletion", ticket, *asks, *who, "every event of person 7", "y").out
    hero.carry()
    made = int(hero.newest().id)
    hero.say(made, "owner", "Yes, delete it.")
    hero.plays("data-deletion", ticket, "1 confirms", "/later")
    hero.say(made, "owner", "Wait. Not yet!")
    assert "“Wait. Not yet!”" in hero.refused("data-deletion", ticket, "y"), out
    assert len(hero.writes()) == 2


def test_another_project_than_the_forms_is_said_to_be_so_everywhere(hero: Hero) -> None:
    ticket = hero.ticket("group_deletion")
    form = project_of(hero, ticket)
    assert "Nothing was answered" in hero.refused("group-deletion", ticket, "")
    said = hero.refused("group-deletion", ticket, "99", "")
    assert f"You say '99', but the in-app form's block says '{form}'" in said
    hero.play("group-deletion", ticket, "99", "the project list shows the group", "", "comapny")
    out = hero.play("group-deletion", ticket, "/facts").out
    both = f"project ID 99 is not what the in-app form's block says: {form}. Seen by"
    assert both in out.split("DANGER.")[1]
    assert f"the project list shows the group; the in-app form's block says {form}" in out
    hero.plays("group-deletion", ticket, "comapny SAVE", "SAVE", "99", "y", "y")
    hero.carry()
    told = f": 99 (the project list shows the group; the in-app form's block says {form})"
    assert told in notes(hero, ticket)[-1]


def test_an_owner_who_answers_after_the_run_had_ended_is_heard_and_nothing_is_done_twice(
    hero: Hero,
) -> None:
    ticket, made = waits(hero)
    hero.pass_time(6 * 86_400)
    hero.sync()
    hero.plays("twofa-removal", ticket, "timeout", "y", "y")
    hero.carry()
    assert hero.verb_json("playbook", "runs")["runs"] == []
    tags = hero.sandbox.world.tickets[made].tags
    assert any(tag.startswith(TAGGED) for tag in tags), "by which the desk looks for its run"
    with closing(open_journal(hero.home / "data/journal.db", clock=lambda: hero.door.now)) as kept:
        assert [run.ticket_id for run in kept.runs.finished_on(made, made=True)] == [ticket]
        assert kept.runs.finished_on(made) == []
    before = len(hero.writes())
    hero.say(made, "owner", "Back from leave. Yes, I confirm.")
    hero.pass_time(3_600)
    said = hero.refused("twofa-removal", ticket)
    assert "needs what it says now" in said
    hero.sync()
    out = hero.plays("twofa-removal", ticket, "1 confirms").replace("\n", " ")
    assert "[x] 15 Nobody confirmed in time" in out and "Type " + hero.owner_of(ticket).email in out
    (run,) = hero.verb_json("playbook", "runs")["runs"]
    assert (run["step"], len(hero.writes())) == ("delete-device", before)
