"""Ways in: each is refused with its reason, and nothing is sent or removed because of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.playing import Hero, hero
from tests.cli.test_playbook import asked, notes

__all__ = ["hero"]


def project_of(hero: Hero, ticket: int) -> str:
    """The project that the ticket's form names."""
    organizations = hero.sandbox.world.organizations
    return str(organizations[hero.requester_of(ticket).organization_id].project_id)


def waits(hero: Hero) -> tuple[int, int]:
    """2FA removal, up to where it waits for the owner: the ticket, and the owner's own."""
    ticket = hero.ticket("two_factor")
    return ticket, asked(hero, ticket)


def still_waits(hero: Hero, ticket: int) -> None:
    """The run has not moved, and no timer, word or guess moves it."""
    (run,) = hero.verb_json("playbook", "runs")["runs"]
    assert (run["ticket"], run["step"], run["state"]) == (ticket, "wait-owner", "waiting")
    said = hero.refused("twofa-removal", ticket, "reply")
    assert "None counts so far" in said
    assert "time is not over" in hero.refused("twofa-removal", ticket, "timeout")
    assert len(hero.writes()) == 3


def test_the_requester_answers_instead_of_the_owner(hero: Hero) -> None:
    ticket, made = waits(hero)
    hero.say(ticket, "requester", "Yes, I am the owner and I confirm.")
    still_waits(hero, ticket)
    asker = hero.requester_of(ticket)
    hero.say(made, asker.email, "Yes, I confirm.")
    assert f"came from {asker.email}" in hero.refused("twofa-removal", ticket, "reply")


def test_the_requester_quotes_words_of_the_owner(hero: Hero) -> None:
    ticket, made = waits(hero)
    owner, asker = hero.owner_of(ticket), hero.requester_of(ticket)
    words = f"See below.\n\nOn Tue, {owner.name} <{owner.email}> wrote:\n> Yes, I confirm."
    hero.say(made, asker.email, words)
    still_waits(hero, ticket)


def test_the_owner_sends_back_only_quoted_words(hero: Hero) -> None:
    ticket, made = waits(hero)
    hero.say(made, "owner", "> Could you please confirm this by replying to this email?\n> yes")
    assert "only quoted words" in hero.refused("twofa-removal", ticket, "reply")


@pytest.mark.parametrize(
    ("twin", "why"),
    [
        (lambda a: a.replace("o", "\u043e", 1), "CYRILLIC SMALL LETTER O"),
        (lambda a: a.replace(".example.com", ".exarnple.com"), "drawn alike"),
        (lambda a: a.replace("freight", "frieght"), "a letter or two"),
        (lambda a: a.replace("@", "+owner@"), "plus sign"),
        (lambda a: re.sub(r"\.com$", ".co", a), "only in the ending"),
    ],
    ids=["unicode", "drawn alike", "letters swapped", "plus tag", "ending"],
)
def test_an_address_that_only_looks_like_the_owners(hero: Hero, twin: object, why: str) -> None:
    ticket, made = waits(hero)
    assert callable(twin)
    hero.say(made, twin(hero.owner_of(ticket).email), "Yes, I confirm.")
    said = hero.refused("twofa-removal", ticket, "reply")
    assert "SENDER DIFFERS" in said and why in said


def test_the_reply_comes_from_another_address_than_the_profile(hero: Hero) -> None:
    ticket, made = waits(hero)
    hero.say(made, "owner", "Yes, I confirm.", sender="owner@elsewhere.example.net")
    assert "owner@elsewhere.example.net" in hero.refused("twofa-removal", ticket, "reply")
    owner = hero.owner_of(ticket)
    hero.say(made, "crook@elsewhere.example.net", "Yes, I confirm.", sender=owner.email)
    said = hero.refused("twofa-removal", ticket, "reply")
    assert "Zendesk knows its author as crook@elsewhere.example.net" in said


def test_the_owner_in_copy_confirms_on_the_requesters_ticket(hero: Hero) -> None:
    ticket, made = waits(hero)
    hero.say(ticket, hero.owner_of(ticket).email, "I am in CC: yes, remove it.")
    said = hero.refused("twofa-removal", ticket, "reply")
    assert f"stands on #{ticket}; only an answer in #{made} counts" in said


def test_a_confirmation_from_before_the_request(hero: Hero) -> None:
    ticket = hero.ticket("two_factor")
    hero.say(ticket, hero.owner_of(ticket).email, "Whatever they ask, I confirm.")
    made = asked(hero, ticket)
    still_waits(hero, ticket)
    world = hero.sandbox.world
    world.thread(world.tickets[made]).comments[0].at += 600
    hero.say(made, "owner", "Yes.")
    world.thread(world.tickets[made]).comments[-1].at -= 1200
    hero.verb("sync", "--once", "--ticket", str(made))
    assert "not newer than the question" in hero.refused("twofa-removal", ticket, "reply")


def test_a_forged_footer_gives_no_region(hero: Hero) -> None:
    forged = "-----\nKind: bug\nAdmin: http://go/adminEU/x@y.example (project ID 1)"
    ticket = hero.ticket("two_factor")
    hero.say(ticket, "requester", f"For your convenience:\n\n{forged}")
    assert "Nothing trusted names the region" in hero.refused("twofa-removal", ticket, "EU", "")
    for name, region in (("forged_admin", "US"), ("two_admin_lines", "EU")):
        out = hero.play("twofa-removal", hero.ticket(name)).out
        world = hero.sandbox.world
        asker = hero.requester_of(hero.ticket(name))
        organization = world.organizations[asker.true_organization_id or asker.organization_id]
        assert f"region: {organization.region} (the in-app form's block)" in out, region


def test_regions_that_differ_stop_the_step(hero: Hero) -> None:
    ticket = hero.ticket("group_deletion")
    world = hero.sandbox.world
    held = world.tickets[ticket]
    region = world.organizations[held.organization_id or 0].region
    other = "EU" if region == "US" else "US"
    thread = world.thread(held)
    host = f"https://{region.lower()}.posthog.com/project"
    thread.comments[0].body = thread.comments[0].body.replace(
        f"Location: {host}", f"Location: https://{other.lower()}.posthog.com/project"
    )
    hero.pass_time(60)
    hero.say(ticket, "requester", "Any news?")
    said = hero.refused("group-deletion", ticket, region, "")
    assert "Admin link and Location name different regions" in said


def test_a_requester_who_only_looks_like_the_owner_gets_no_mail_sent(hero: Hero) -> None:
    ticket = hero.ticket("two_factor")
    asker = hero.requester_of(ticket)
    owner = asker.email.replace("brindlefreight", "brindlefre1ght")
    lines = ("US", "the US panel", owner, "Some Body")
    said = hero.refused("twofa-removal", ticket, *lines, "colleague")
    assert "LOOK-ALIKE" in said and "drawn alike" in said
    stopped = ("look-alike", "/set 2=today, #security", "y", "y")
    hero.plays("twofa-removal", ticket, *stopped)
    hero.carry()
    assert all(method == "PUT" for method, _ in hero.writes())
    assert "which only looks like the address on file" in notes(hero, ticket)[0]


def test_a_requester_who_is_not_the_owner_cannot_be_called_the_owner(hero: Hero) -> None:
    ticket = hero.ticket("two_factor")
    owner = hero.owner_of(ticket)
    lines = ("US", "the US panel", owner.email, owner.name, "owner")
    assert "REQUESTER IS NOT THE OWNER" in hero.refused("twofa-removal", ticket, *lines)


def test_two_runs_on_one_ticket_contradict_each_other(hero: Hero) -> None:
    ticket, made = waits(hero)
    said = hero.refused("group-deletion", ticket)
    assert '"2FA removal", begun by' in said and "is under way here" in said
    assert f"It made #{made} for #{ticket}" in hero.refused("twofa-removal", made)


def test_a_playbook_that_is_edited_in_mid_run_ends_as_it_began(hero: Hero, tmp_path: Path) -> None:
    ticket, made = waits(hero)
    own = hero.home / "config/rules/playbooks"
    own.mkdir(parents=True)
    text = 'title = "2FA"\n[[step]]\nid = "left"\nkind = "tell"\ntext = "Just delete it."\n'
    (own / "twofa-removal.toml").write_text(text)
    assert "Just delete it" in hero.verb("playbook", "show", "twofa-removal").out
    hero.say(made, "owner", "Yes.")
    owner = hero.owner_of(ticket)
    out = hero.plays("twofa-removal", ticket, "1 confirms", owner.email, "no device of the owner")
    assert "Just delete it" not in out and "DANGER" in out


def test_delete_typed_instead_of_save(hero: Hero) -> None:
    ticket = hero.ticket("group_deletion")
    begun = (project_of(hero, ticket), "", "comapny")
    said = hero.refused("group-deletion", ticket, *begun, "comapny DELETE")
    assert "DELETE is exactly what must not happen" in said and "ENTIRE PROJECT" in said
    lines = ("comapny SAVE", "DELETE", "https://incident.example/1")
    note = ("/set 2=DELETE was pressed", "y", "y")
    out = hero.plays("group-deletion", ticket, *lines, *note)
    assert "Raise an incident at once" in out
    hero.carry()
    assert not any("I've deleted" in words for _, words in hero.words_on(ticket))


def test_solve_waits_for_required_steps_on_every_path(hero: Hero) -> None:
    ticket, _ = waits(hero)
    for words in (("set", str(ticket)), ("reply", str(ticket), "--body", "Done, bye!")):
        answer = hero.verb(*words, "--status", "solved")
        assert answer.code == 1 and "required step" in answer.err
        assert "playbook run NAME" in answer.err
    hero.plays("twofa-removal", ticket, "/abort The requester found the phone", "y")
    answer = hero.verb("set", str(ticket), "--status", "solved", "--anyway", "solve-with-note-only")
    assert answer.code == 0, answer.err
    hero.carry()
    assert hero.status(ticket) == "solved"
    assert "ABORTED" in notes(hero, ticket)[-1] and "found the phone" in notes(hero, ticket)[-1]


def test_skipping_and_aborting_need_a_reason(hero: Hero) -> None:
    ticket = hero.ticket("two_factor")
    refused = hero.refused("twofa-removal", ticket, "/skip no time")
    assert "cannot be skipped. Do it; /abort REASON ends the run with a reason." in refused
    assert "needs a reason" in hero.refused("twofa-removal", ticket, "/abort ok")


def test_an_old_mirror_proves_nothing(hero: Hero) -> None:
    ticket, made = waits(hero)
    hero.say(made, "owner", "Yes.")
    hero.verb("playbook", "runs")
    hero.play("twofa-removal", ticket)
    hero.pass_time(16 * 60)
    said = hero.refused("twofa-removal", ticket, "1 confirms")
    assert "asked 16 minutes ago" in said


def test_words_of_a_customer_cannot_pose_as_a_run(hero: Hero) -> None:
    ticket, _ = waits(hero)
    marker = notes(hero, ticket)[0]
    other = hero.ticket("several_1")
    hero.say(other, "requester", marker)
    hero.say(other, "agent", f"From the customer:\n\n{marker}", public=False)
    runs = hero.verb_json("playbook", "runs")["runs"]
    assert [run["ticket"] for run in runs] == [ticket]


def test_the_pack_says_of_which_run_the_ticket_was_not_told(hero: Hero) -> None:
    told, _ = waits(hero)
    ticket = hero.ticket("group_deletion")
    hero.play("group-deletion", ticket, "80084")
    runs = {run["ticket"]: run["say"] for run in hero.verb_json("handover")["runs"]}
    assert runs[ticket].startswith("not on its ticket yet") and "not" not in runs[told]
