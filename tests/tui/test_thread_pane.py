"""One thread on a screen: links with their numbers, senders, finding, what is new."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult

from heroterm.domain.admin_line import Footer
from heroterm.domain.outbox import SENT, Changes, Intent
from heroterm.domain.ticket import Attachment, Audit
from heroterm.tui.looked import Looked
from heroterm.tui.opened import Opened
from heroterm.tui.panes import finding
from heroterm.tui.panes.form import form_lines
from heroterm.tui.panes.thread import ThreadPane
from heroterm.tui.panes.thread_lines import Laid
from heroterm.tui.text import parts
from tests.conftest import NOW
from tests.mirror.make import JO, KIM
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.make import comment, opened

pytestmark = pytest.mark.anyio
QUOTED = (
    "Thanks!\n\nOn Tue, 3 Mar 2026 Kim wrote:\n> the retention\n> table is wrong\n> since Monday"
)


class Alone(App[None]):
    """A thread and nothing else."""

    CSS = "ThreadPane { border-top: solid white; scrollbar-gutter: stable; }"

    def __init__(self) -> None:
        super().__init__()
        self.thread = ThreadPane(id="thread", now=lambda: NOW)

    def compose(self) -> ComposeResult:
        """The thread."""
        yield self.thread

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's own words for colours."""
        from heroterm.tui.themes import FALLBACK

        return FALLBACK


@asynccontextmanager
async def reading(
    found: Opened, *, size: tuple[int, int] = (60, 24), fresh: frozenset[int] = frozenset()
) -> AsyncIterator[ThreadPane]:
    app = Alone()
    async with app.run_test(size=size) as pilot:
        app.thread.open(found, fresh)
        await pilot.pause()
        yield app.thread


def words(pane: ThreadPane) -> str:
    """Everything that is laid out, one line below the other."""
    return "\n".join(pane.line(y, 60).plain.rstrip() for y in range(pane.count))


def foot(pane: ThreadPane) -> str:
    return " ".join(line.plain for line in pane.foot)


async def test_a_message_is_folded_to_its_first_line_and_unfolded_by_steps() -> None:
    long = comment(1, "First line.\n\nSecond one with the needle.\n\n" + QUOTED)
    note = comment(2, "For us.\nMore for us.", KIM.id, public=False)
    async with reading(opened(long, note)) as pane:
        pane.go(0)
        usual = words(pane)
        assert "Second one" in usual and "> quoted" in usual and "retention" not in usual
        pane.fold(True)
        assert "First line." in words(pane) and "Second one" not in words(pane)
        assert "… 6 more lines (l unfolds)" in words(pane)
        pane.fold(False)
        assert words(pane) == usual
        pane.fold(False)
        assert "retention" in words(pane)
        pane.fold(True)
        assert words(pane) == usual
        pane.go(1)
        pane.fold(True)
        assert "NOTE| For us." in words(pane) and "NOTE| … 1 more line (l" in words(pane)
        pane.go(0)
        pane.fold(True)
        pane.find("needle")
        assert pane.found() == 1, "a folded message hides nothing from who looks for it"
        pane.end_find()
        assert "needle" not in words(pane)


async def test_links_carry_their_numbers_where_they_stand_and_hidden_ones_below() -> None:
    said = comment(
        1,
        "See https://acme.example/a, and https://acme.example/ab. Again https://acme.example/a",
        links=(("https://bank.example", "https://evil.example/x"),),
    )
    async with reading(opened(said)) as pane:
        shown = words(pane)
        assert "See [o1]https://acme.example/a, and" in shown
        assert "[o2]https://acme.example/ab" in shown
        assert shown.count("[o1]") == 1
        assert "[o3] https://bank.example -> https://evil.example/x" in shown
        doubt = "! The text says bank.example, but it goes to evil.example."
        assert doubt in " ".join(shown.split())
        assert [link.url for link in opened(said).links(said)][2] == "https://evil.example/x"


async def test_a_sender_that_differs_is_said_on_a_line_of_its_own_however_narrow() -> None:
    said = comment(1, "Please remove it.", from_address="jo@acme-rockets.example.net")
    async with reading(opened(said), size=(42, 20)) as pane:
        shown = " ".join(words(pane).split())
        assert "SENDER DIFFERS: jo@acme-rockets.example.net wrote this" in shown


async def test_a_customers_address_that_has_no_room_has_a_line_of_its_own() -> None:
    long = replace(JO, email="jo.of-the-data-team@wickerlight.example.com")
    mine = replace(KIM, email="kim.of-the-support-team@heroes.example.com")
    theirs, ours = comment(1, "Please remove it."), comment(2, "On it.", KIM.id)
    found = replace(opened(theirs, ours), people={long.id: long, mine.id: mine}, requester=long)
    async with reading(found, size=(58, 20)) as pane:
        said = words(pane).splitlines()
        assert f"  <{long.email}>" in [line.rstrip() for line in said]
        assert sum("kim.of-the" in line for line in said) == 1, "ours are cut"
        assert f"{mine.email}" not in words(pane)
    async with reading(found, size=(100, 20)) as pane:
        assert f"<{long.email}>  " in words(pane), "beside the name where there is room"


def test_a_key_of_the_form_stands_on_the_line_of_its_word() -> None:
    url = "https://us.posthog.com/x"
    form = Footer(trusted=True, admin=url, session=url, location=url, exceptions=url, billing=url)
    said = [line.plain.rstrip() for line in form_lines(form, 56)]
    assert said[1:] == ["   o a Admin  r Recording  l Page  x Exceptions", "     b Billing"]
    assert len(form_lines(form, 80)) == 2
    assert all(line.cell_length <= 12 for line in form_lines(form, 12))


async def test_what_the_scan_said_stands_beside_the_file() -> None:
    bad = Attachment(5, "a.exe", "https://x.example", "application/x-dosexec", 2_048, False,
                     "malware_found")  # fmt: skip
    async with reading(opened(comment(1, "Look", attachments=(bad,)))) as pane:
        assert "file: a.exe application/x-dosexec, 2 kB  MALWARE FOUND" in words(pane)


async def test_finding_opens_what_hides_the_words_and_closes_it_again() -> None:
    found = opened(comment(1, QUOTED), comment(2, "The Retention Table again", KIM.id))
    async with reading(found) as pane:
        assert "quoted 4 lines" in words(pane)
        pane.find("retention table")
        assert pane.found() == 2
        assert "> table is wrong" in words(pane)
        assert "1 of 2" in foot(pane)
        pane.next_hit(1)
        pane.next_hit(1)
        assert "1 of 2" in foot(pane), "round and round"
        pane.next_hit(-1)
        assert "2 of 2" in foot(pane)
        pane.find("pumpkin")
        assert "not in this ticket" in foot(pane)
        pane.end_find()
        assert foot(pane) == "" and "quoted 4 lines" in words(pane)


def test_a_place_may_begin_on_one_line_and_end_on_the_next() -> None:
    lines = ["NOTE| see https://acme.exam", "NOTE| ple/a and the   ", "NOTE| end"]
    wanted = finding.pattern("acme.example/a AND the end")
    assert wanted is not None
    (hit,) = finding.hits(lines, [6, 6, 6], wanted)
    assert hit.spans == ((0, 18, 27), (1, 6, 22), (2, 6, 9))
    assert finding.pattern("  ") is None


async def test_new_messages_are_marked_and_the_cursor_begins_at_the_first() -> None:
    found = opened(comment(1, "Old"), comment(2, "New one"), comment(3, "New two"))
    async with reading(found, fresh=frozenset({2, 3})) as pane:
        shown = words(pane)
        assert "-- 2 new since you looked ---" in shown
        assert shown.index("2 new since") < shown.index("New one")
        assert "▶ NEW Jo" in shown and shown.count("NEW ") == 2
        assert pane.at == 1


async def test_events_stand_where_they_happened_and_ours_are_marked() -> None:
    sent = Audit(10, NOW.replace(minute=2), KIM.id, "intent", ((2, True),), ())
    solved = Audit(11, NOW.replace(minute=3), JO.id, None, (), (("status", "open", "solved"),))
    found = opened(comment(1, "Hi"), comment(2, "Hello", KIM.id), comment(4, "Bye"))
    async with reading(found) as pane:
        pane.interleave([solved, sent], lambda audit, width: [parts(f"~ {audit.id}")])
        shown = words(pane)
        assert shown.index("Hello") < shown.index("~ 11") < shown.index("Bye")
        assert "~ 10" not in shown, "a message is an event that is seen already"
        assert shown.count("by heroterm") == 1
        pane.interleave([], lambda audit, width: [])
        assert "~ 11" not in words(pane)


def test_what_was_seen_before_and_what_i_wrote_is_not_new() -> None:
    base = opened(comment(1, "a"), comment(2, "b"))
    looked = Looked(base, seen=1, me=KIM.id)
    now = opened(*base.comments, comment(3, "mine", KIM.id), comment(4, "c"))
    assert looked.fresh(now) == {2, 4}
    assert [each.id for each in looked.came(now)] == [4]
    assert not looked.taken_over(now).came(now)
    assert Looked(base, seen=None).fresh(now) == set()


def test_a_thread_that_was_not_fetched_is_not_news_when_it_comes() -> None:
    empty = opened(complete=False)
    looked = Looked(empty, seen=None, me=KIM.id)
    whole = opened(comment(1, "a"), comment(2, "b"))
    after = looked.completed(whole)
    assert not after.came(whole) and not after.fresh(whole)
    more = opened(*whole.comments, comment(3, "c"))
    assert after.fresh(more) == {3}


def test_my_own_change_is_no_news_but_the_others_are() -> None:
    base = opened(comment(1, "a"))
    looked = Looked(base, seen=1)
    changed = replace(base.ticket, status="pending", priority="urgent", tags=("x",))
    now = replace(base, ticket=changed)
    mine = Intent("i", 7, NOW, NOW, changes=Changes(status="pending"), state=SENT, finished_at=NOW)
    assert [c.field for c in looked.changes(now, [])] == ["status", "priority", "tags"]
    assert [c.field for c in looked.changes(now, [mine])] == ["priority", "tags"]


async def test_a_long_thread_is_laid_out_once_and_walked_without_laying_it_out_again() -> None:
    many = opened(*(comment(n, f"Words of {n}. " * 40) for n in range(1, 61)))
    async with reading(many, size=(120, 40)) as pane:
        assert pane.at == 59
        kept = dict(pane._layout._kept)
        pane.step(-1)
        same = [id_ for id_, (_, lines) in kept.items() if pane._layout._kept[id_][1] is lines]
        assert len(same) == 58, "only the two messages under the cursor are laid out again"


async def test_in_less_room_the_message_that_is_read_stays_in_sight() -> None:
    app = Alone()
    async with app.run_test(size=(60, 24)) as pilot:
        app.thread.open(opened(comment(1, "Words.\n" * 12), comment(2, "Is anybody there?")))
        await pilot.pause()
        app.thread.styles.height = 8  # as where a reply is begun
        await pilot.pause()
        top = round(app.thread.scroll_y)
        seen = [app.thread.line(top + y, 60).plain.strip() for y in range(app.thread.room)]
        assert top > 0 and "Is anybody there?" in seen
    laid = Laid([parts("")] * 40, [0] * 40, {0: 0, 1: 10})
    assert laid.kept_in_sight(1, 5, 20, 8) == 10, "from its head"
    assert laid.kept_in_sight(1, 15, 20, 8) == 27, "where it was read"
    assert laid.kept_in_sight(0, 12, 20, 8) == 12, "the hero looked at another one"
    assert laid.kept_in_sight(1, 5, 8, 20) == 5


async def test_of_five_thousand_messages_only_those_around_the_cursor_are_laid_out() -> None:
    many = opened(*(comment(n, f"Words of {n}.", created_at=NOW) for n in range(1, 5_001)))
    async with reading(many) as pane:
        assert len(pane._layout._kept) == 300
        assert "4,700 older messages (Home shows them)" in words(pane)
        pane.go(0)
        assert "Words of 1." in words(pane)
        assert "4,700 newer messages (G shows them)" in words(pane)
        pane.step(-1)
        pane.go(1 << 30)
        assert "Words of 5000." in words(pane)


@pytest.mark.anyio
async def test_a_thread_that_is_brought_up_is_right_in_its_first_frame(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        frames: list[list[str]] = []

        def drawn() -> None:
            region = desk.thread.region
            rows = desk._compositor.render_strips()[region.y + 1 : region.bottom]
            if desk.thread.is_on_screen and desk.thread.opened is not None:
                frames.append([row.text.rstrip() for row in rows])

        vars(hero.app)["post_display_hook"] = drawn
        await hero.press("n")
        await hero.waits_for("2 #")
        await hero.until(lambda: len(frames) > 1, "nothing was drawn")
        assert any(len(row) > 60 for row in frames[0])
        assert frames[0] == frames[-1]
