"""`bug`, `feature` and `tally` on the command line: the desk's guards, and what was asked for."""

from __future__ import annotations

from pathlib import Path

from tests.cli.playing import URL, Hero, hero
from tests.cli.test_playbook import GITHUB

__all__ = ["hero"]


def test_a_bug_report_names_nobody_and_knows_its_channel(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    asker = hero.requester_of(ticket)
    hero.say(ticket, "requester", "Any news?")
    said = hero.verb_json("bug", str(ticket))
    assert said["channel"] == "#team-product-analytics" and said["fits"]
    assert f"From: {URL}/agent/tickets/{ticket}" in said["body"]
    whole = said["title"] + said["body"] + said["debug"]
    assert asker.email not in whole and asker.name.split()[0] not in whole
    assert "playbook run bug-report" in hero.verb("bug", str(ticket)).out
    assert hero.writes() == []


def test_own_words_are_looked_at_and_a_warned_customer_is_not_quoted(
    hero: Hero, tmp_path: Path
) -> None:
    warned, words = hero.ticket("freemail"), tmp_path / "words"
    refused = hero.verb("bug", str(warned))
    assert refused.code == 1 and "do not go into a public place" in refused.err
    words.write_text(f"White recordings\n\nThe list of {hero.requester_of(warned).name} is white.")
    named = hero.verb("bug", str(warned), "--words", str(words))
    assert named.code == 1 and "names the customer" in named.err
    words.write_text("White recordings\n\nEvery recording is white, with a cursor only.")
    own = hero.verb_json("bug", str(warned), "--words", str(words))
    assert own["title"] == "White recordings" and own["debug"] == ""


def test_the_tally_counts_by_organization_and_issue(hero: Hero) -> None:
    first, second = hero.ticket("several_1"), hero.ticket("several_2")
    assert "No paying customer's" in hero.verb("tally").out
    told = ("no", "", GITHUB, "told", "y", "y")
    hero.plays("feature-request", first, *told)
    hero.carry()
    world = hero.sandbox.world
    world.tickets[second].organization_id = world.tickets[first].organization_id
    hero.say(second, "requester", "And this one, please.")
    hero.plays("feature-request", second, "no", "", GITHUB, "with the tally", "y", "y")
    (found,) = hero.verb_json("tally", "--all")["requests"]
    asks = world.organizations[world.tickets[first].organization_id or 0]
    assert (found["organization"], found["issue"], found["count"]) == (asks.name, GITHUB, 2)
    assert found["told"] and sorted(found["tickets"]) == sorted([first, second])
    lines = hero.verb("tally", "--all").out
    assert f"{GITHUB} (2x: [#{first}]({URL}/agent/tickets/{first})" in lines
