"""The hero ends the week at the desk: answers, passes on, writes what was learned, copies."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.cli import main
from heroterm.domain.pack import Entry
from heroterm.domain.playbook_marker import told
from heroterm.domain.playbook_run import ANSWERED, Event, Run, hash_of
from heroterm.domain.sla import describe
from heroterm.rulebook import load
from heroterm.tui.screens.handover import HandoverScreen, Line, line
from heroterm.tui.screens.pick import Choices
from tests.conftest import NOW
from tests.filled import wall_clock
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


def box(hero: Hero) -> HandoverScreen:
    found = hero.app.screen
    assert isinstance(found, HandoverScreen)
    return found


def reds(hero: Hero) -> list[int]:
    return [one.entry.ticket for one in box(hero).rows.items if one.entry and one.section == "red"]


async def go_to(hero: Hero, section: str) -> Line:
    """Move down to the first thing of a section, else to its heading."""
    rows = box(hero).rows
    wanted = [at for at, one in enumerate(rows.items) if one.section == section]
    target = wanted[1] if len(wanted) > 1 else wanted[0]
    await hero.press("end" if target > len(rows.items) // 2 else "home")
    while (rows.cursor or 0) < target:
        await hero.press("j")
    while (rows.cursor or 0) > target:
        await hero.press("k")
    assert rows.chosen is not None
    return rows.chosen


@pytest.mark.parametrize("width", [72, 80, 90, 110])
@pytest.mark.parametrize("metric", ["first_reply_time", "escalated_reply_time"])
async def test_a_red_line_says_how_late_it_is_however_long_its_subject_is(
    width: int, metric: str
) -> None:
    for until, short in ((NOW - timedelta(hours=47, minutes=59), "47 h 59 min late"),
                         (NOW + timedelta(minutes=41), "in 41 min")):  # fmt: skip
        late = describe(metric, "active", until, NOW)
        why = f"T2 high priority - {late}, never answered by a human."
        entry = Entry(48213, "Paths and funnel disagree " * 3, why, 2)
        drawn = line(Line("red", entry), width).truncate(width, ellipsis=True).plain
        assert (late if width >= 90 else short) in drawn and "#48213" in drawn
        assert "Paths and funnel" in drawn, "a subject is known by its words"


async def test_a_red_line_is_passed_on_and_turns_green_once_the_note_is_sent(
    shift_: Shift,
) -> None:
    run = begun(shift_)
    async with at_the_desk(shift_.parts(carrier=False), size=(130, 44)) as hero:
        await hero.press("g", "h")
        await hero.waits_for("may the week end", "RED:", "To be resolved or passed on")
        before = reds(hero)
        ticket_id = before[0]
        await hero.press("x")
        await hero.waits_for("No ticket stands on this line")
        await go_to(hero, "red")
        await hero.press("enter")
        await hero.may_answer("answer it", "escalate it", "pass it on with a note")
        await hero.press("x")
        await hero.waits_for(f"Pass #{ticket_id} on to whom")
        offered = hero.app.screen.query_one(Choices).shown
        assert offered[-1].words == "Desk automation" and "a bot" in offered[-1].hint
        assert not any(person.hint for person in offered[:-1])
        await hero.type("Lee Next")
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE", "Passed on to Lee Next")
        await hero.type("Waits for the bounce.")
        await _enters_on_a_slow_disk(hero)
        await hero.waits_for("in the outbox: Zendesk has it as it was")
        assert ticket_id in reds(hero)
        await _tells_the_ticket(hero, run)
        # Nothing is sent yet: the week stays red until the note has arrived.
        await hero.pilot.pause(0.5)
        assert main(["outbox", "send"]) == 0 and main(["sync", "--once"]) == 0
        hero.app.desk.refresh_desk()  # type: ignore[union-attr]
        box(hero).reload()
        await hero.until(lambda: ticket_id not in reds(hero), "it stays red")
        assert len(reds(hero)) == len(before) - 1
        passed = await go_to(hero, "passed")
        assert passed.entry is not None and passed.entry.say == "passed on to Lee Next"
        assert (await go_to(hero, "runs")).entry.say.startswith("Self-hosted")  # type: ignore[union-attr]
    found = (told(each["body"]) for each in shift_.comments_of(run.ticket_id))
    assert [each.events for each in found if each is not None] == [run.events], "another desk reads"
    (note,) = [c for c in shift_.comments_of(ticket_id) if "Lee Next" in c["body"]]
    assert not note["public"] and "bounce" in note["body"]


def begun(shift: Shift) -> Run:
    """A run of which one step is done, and of which its ticket was never told."""
    book = next(one for one in load().playbooks if one.name == "self-hosted")
    at = wall_clock().replace(microsecond=0)
    run = Run("r", book, hash_of(book.text), book.text, shift.ticket("self_hosted"), at, "Ana")
    run = run.with_events([Event(1, at, "Ana", ANSWERED, book.steps[0].id, "yes")])
    with closing(shift.parts(carrier=False).open_journal()) as journal:
        assert journal.runs.begin(run)
    return run


async def _enters_on_a_slow_disk(hero: Hero) -> None:
    """The box is back before the note is kept, and the hold over: no countdown draws it anew."""
    desk, disk = hero.app.desk, threading.Event()
    assert desk is not None
    desk.pen.write(lambda _: disk.wait(9))
    await hero.press("enter")
    await hero.until(lambda: isinstance(hero.app.screen, HandoverScreen), "the box is not back")
    await hero.pilot.pause(0.5)
    disk.set()


async def _tells_the_ticket(hero: Hero, run: Run) -> None:
    """One key on the run's line, and only once."""
    line_ = await go_to(hero, "runs")
    assert line_.entry is not None and line_.entry.ticket == run.ticket_id
    await hero.waits_for("not on its ticket yet: Self-hosted", "x tells the ticket")
    await hero.press("w")
    await hero.waits_for("1 run not on the ticket yet (x on the line). Written: handover.md")
    await hero.press("x")
    await hero.waits_for(f"A note tells #{run.ticket_id}", "its note is not sent yet: Self-hosted")
    assert not hero.sees("x tells the ticket")
    await hero.press("x")
    await hero.waits_for(f"#{run.ticket_id}: its note is not sent yet.")


async def test_the_pack_is_copied_in_four_keys_and_holds_what_was_learned(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(100, 30)) as hero:
        await hero.press("g", "h")
        await hero.waits_for("To be resolved or passed on")
        await go_to(hero, "learnings")
        await hero.press("e")
        await hero.waits_for("Add a line to: Learnings")
        await hero.type("Cohorts lag on Mondays.")
        await hero.press("enter")
        await hero.waits_for("Learnings Cohorts lag on Mondays.")
        await hero.press("escape")
        await hero.press("g", "h")
        await hero.waits_for("To be resolved or passed on")
        await hero.press("y", "y")
    page = shift_.copied[-1]
    assert page.startswith("# Handover of ") and "Cohorts lag on Mondays." in page
    assert "## Drafts (0)\n\nnone" in page


def packed(folder: Path) -> tuple[Path, Path, Path]:
    """A folder with the pack of this week, one of another account, and one of another hero."""
    made = folder / f"a-path-{'that-is-wider-than-the-box-' * 4}" / "packs"
    away, other = folder / "away.json", folder / "other.json"
    assert main(["handover", "--out", str(made), "--learned", "Cohorts lag."]) == 0
    pack = json.loads((made / "handover.json").read_text())
    away.write_text(json.dumps({**pack, "account": "https://elsewhere.zendesk.com"}))
    first, *rest = pack["red"]
    asked = {**first, "tier": 1, "link": "https://acme.slack.com/archives/C1/p1"}
    other.write_text(json.dumps({**pack, "hero": "Bo Lind", "red": [asked, *rest]}))
    return made, away, other


async def takes_up(hero: Hero, path: Path) -> None:
    """Name a pack where one is asked for."""
    await hero.waits_for("The pack (handover.json)")
    await hero.paste(str(path))
    await hero.waits_for(f"{path.name}/  folder" if path.is_dir() else path.name)
    await hero.press("enter")


async def test_a_colleagues_week_is_taken_over_at_the_desk(shift_: Shift, tmp_path: Path) -> None:
    made, away, other = packed(tmp_path)
    parts, looked = shift_.parts(hold=600, carrier=False), list[str]()

    def like(begun: str) -> Sequence[tuple[str, int | None]]:
        looked.append(begun)
        return parts.paths_like(begun)

    async with at_the_desk(replace(parts, paths_like=like), size=(110, 36)) as hero:
        await hero.press("g", "h")
        await hero.waits_for("To be resolved or passed on")
        await hero.press("t")
        await takes_up(hero, away)
        await hero.waits_for("This pack is of https://elsewhere.zendesk.com, not of http")
        await hero.press("t")
        await takes_up(hero, made)
        await hero.waits_for("packs/handover.json")
        await hero.type("handover.json")
        await hero.press("enter")
        await hero.waits_for("Taking over a week", "to be ticked", "[ ] T2", "as it was")
        await hero.press("s")
        await hero.waits_for("lines are not ticked yet")
        assert hero.app.desk is not None and hero.app.desk.told.count("#") == 5
        await hero.press("j", "j", "x")
        await hero.waits_for("[x] T2")
        await hero.press("X")
        await hero.waits_for("0 to be ticked, then s signs")
        assert not hero.sees("not ticked yet"), "all of them are"
        await hero.press("x")
        await hero.waits_for("1 to be ticked")
        await hero.press("s")
        await hero.waits_for("1 line is not ticked yet: #")
        await hero.press("x")
        await hero.waits_for("0 to be ticked")
        await _signs(hero, "Ana Hero", other)
    assert looked[0] == "~/", "before a word is typed one's own folder is offered"
    assert "# Take-over by Ana Hero from Ana Hero" in shift_.copied[-1]
    assert "- [ ]" not in shift_.copied[-1] and shift_.ledger() == []


async def _signs(hero: Hero, name: str, other: Path) -> None:
    """Sign without notes, copy the result, take up another pack and sign it with notes."""
    await hero.press("s")
    await hero.may_answer(f"Take over the week of {name}?")
    await hero.press("n", "s")
    await hero.may_answer(f"Take over the week of {name}?")
    await hero.press("y")
    await hero.waits_for(name, ": signed")
    assert hero.app.reading.intents() == []
    await hero.press("x")
    await hero.waits_for("is signed off already. o opens another pack.")
    await hero.press("y", "o")
    await takes_up(hero, other)
    await hero.waits_for("Of Bo Lind")
    await hero.press("X")
    await hero.waits_for("0 to be ticked")
    await hero.press("escape")  # what Customer Success asked for has come along into the queue
    await hero.until(lambda: bool(re.search(r"(?m)^.T1 ", hero.screen())), "no T1 in the queue")
    await hero.press("g", "h")
    await hero.waits_for("To be resolved or passed on")
    await hero.press("t")
    await hero.waits_for("Of Bo Lind", "0 to be ticked")
    await hero.press("s")
    await hero.may_answer("Take over the week of Bo Lind?")
    await hero.press("i")
    await hero.waits_for("To be sent: ")
    await hero.until(lambda: bool(hero.app.reading.intents()), "no note was put")
    await hero.press("j", "j", "enter")
    await hero.until(lambda: hero.app.screen is hero.app.desk, "the box stays over its ticket")
    await hero.press("g", "h")
    await hero.waits_for("To be resolved or passed on")
    await hero.press("t")
    await hero.waits_for("Taking over a week", "Of Bo Lind", ": signed")


async def test_a_red_line_is_answered_from_the_list(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.press("g", "h")
        await hero.waits_for("To be resolved or passed on")
        await go_to(hero, "red")
        wanted = reds(hero)[0]
        await hero.press("enter")
        await hero.may_answer("answer it")
        await hero.press("o")
        desk = hero.app.desk
        assert desk is not None
        await hero.until(lambda: desk.opened is not None and desk.opened.ticket.id == wanted)
        assert hero.app.screen is desk
