"""Clipboard, links, notices, pasting, the mouse lent to the terminal: what reaches the terminal."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, time
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from heroterm.domain.breach_warning import WarningRules
from heroterm.domain.terminal import Terminal
from heroterm.domain.text import pasted
from heroterm.domain.ticket import Macro
from heroterm.sync.cases import CaseReader
from heroterm.sync.report import Alert
from heroterm.tui.clipboard import MOST_BYTES, copier, sequence, way
from heroterm.tui.doing import macros, noticing
from heroterm.tui.guard import TerminalGuard
from heroterm.tui.messages import Carried
from heroterm.tui.noticed import ringing
from heroterm.tui.parts import Parts
from heroterm.tui.text import linked, safe
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
KITTY = Terminal("kitty", "yes", True, "99")


def test_over_ssh_nothing_is_put_on_the_far_machines_own_clipboard() -> None:
    assert copier({"SSH_TTY": "/dev/pts/1"})("a secret") == ""


def test_the_terminal_is_asked_through_tmux_only_as_tmux_lets_it() -> None:
    plain = sequence("héllo", KITTY)
    assert (
        base64.b64decode(plain.removeprefix("\x1b]52;c;").removesuffix("\x07")) == "héllo".encode()
    )
    inside = replace(KITTY, tmux=True)
    assert sequence("x", inside) == ""
    assert sequence("x", replace(inside, tmux_clipboard=True)) == sequence("x", KITTY)
    through = sequence("x", replace(inside, passthrough=True))
    assert through.startswith("\x1bPtmux;\x1b\x1b]52;") and through.endswith("\x1b\\")
    assert sequence("x" * (MOST_BYTES + 1), KITTY) == ""
    assert "y p shows it" in way(Terminal(), "y p")


def test_a_notice_carries_no_sequence_of_its_own_and_always_rings() -> None:
    words = "#1: T1 \x1b]0;evil\x07; done"
    for number in ("9", "777", "99"):
        rung = ringing(words, number, KITTY)
        assert rung.endswith("\x07") and "\x1b]0" not in rung and "; done" not in rung
    assert ringing(words, "auto", Terminal()) == "\x07"
    assert ringing(words, "off", KITTY) == ""
    assert ringing(words, "auto", replace(KITTY, tmux=True)) == "\x07"


def test_links_are_for_terminals_that_know_them_and_lead_to_the_web_or_to_mail() -> None:
    guard = TerminalGuard()

    def link_of(url: str) -> str | None:
        segments = [Segment("a", Style(link=url))]
        return guard.apply(segments, Color(0, 0, 0))[0].style.link  # type: ignore[union-attr]

    assert link_of("https://a.example") is None
    guard.links = True
    assert link_of("https://a.example") == "https://a.example"
    for wrong in ("file:///etc/passwd", "javascript:x", "https://a\x1b\\b", "ssh://a"):
        assert link_of(wrong) is None
        assert linked(safe("a"), wrong).spans == []


def test_what_is_pasted_is_text() -> None:
    assert pasted("a\x1b[2J\r\nb\x9b\x00\tc", 100) == ("a\nb\tc", 6)
    log = "\x1b[1;31mERROR\x1b[0m at \x1b]8;;https://e.example\x1b\\line 4\x1b]8;;\x07"
    assert pasted(log, 100) == ("ERROR at line 4", len(log) - 15)
    assert pasted("x" * 10, 4) == ("xxxx", 6)


def written(hero: Hero, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the terminal beside the screen."""
    found: list[str] = []

    def write(app: Any, sequence: str) -> None:
        found.append(sequence)

    for module in ("copying", "noticing"):
        monkeypatch.setattr(f"heroterm.tui.doing.{module}.write", write)
    return found


def over_ssh(shift: Shift, where: Terminal) -> Parts:
    return replace(
        shift.parts(carrier=False), copy=lambda text: "", browse=lambda url: False,
        terminal=lambda: where,
    )  # fmt: skip


async def test_over_ssh_o_o_copies_the_address_by_the_terminal_or_shows_it(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(over_ssh(shift_, KITTY)) as hero:
        out = written(hero, monkeypatch)
        await hero.press("n", "o", "o")
        await hero.waits_for("Copied the address", "OSC 52")
        assert len(out) == 1
    shut = over_ssh(shift_, replace(KITTY, tmux=True))
    async with at_the_desk(shut, size=(80, 24)) as hero:
        await hero.press("n", "y", "u")
        await hero.waits_for("set-clipboard on", "esc closes", "/agent/tickets/")
        await hero.press("escape")
        await hero.waits_for("3 Side")


async def test_new_tier_1_and_warnings_ring_once_and_are_listed_but_not_in_quiet_hours(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = replace(over_ssh(shift_, KITTY), browse=lambda url: True)
    async with at_the_desk(parts) as hero:
        out = written(hero, monkeypatch)
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        await hero.until(lambda: bool(desk.book.replies))  # read after the first paint
        awake = WarningRules(quiet=None)
        desk.book = replace(desk.book, targets=replace(desk.book.targets, warnings=awake))
        desk.refresh_desk()
        title = desk.opened.row.title if desk.opened else "?"
        await hero.press("asterisk")
        await hero.press("escape")
        ticket = desk.queue.cursor_id or 0
        for hours, which in ((2, ticket + 1), (1, ticket), (3, ticket + 2)):
            alert = Alert("breach_warning", which, f"T2, {hours} h left", hours)
            hero.app.post_message(Carried(alert))
        await hero.waits_for(f"3 near their target, first #{ticket}: T2, 1 h left (g n).")
        assert len([said for said in desk.noticed.said if "target" in said.words]) == 1
        await hero.until(lambda: bool(out), "nothing rang")
        assert len(out) == 1 and out[0].endswith("\x07") and title not in out[0]
        night = WarningRules(quiet=(time(0), time(23, 59, 59)), zone=UTC)
        desk.book = replace(desk.book, targets=replace(desk.book.targets, warnings=night))
        hero.app.post_message(Carried(Alert("wait_woken", ticket, "now")))
        await hero.press("g", "n")
        await hero.waits_for("a wait is over", "quiet", "T2, 1 h left")
        assert len(out) == 1


async def test_a_huge_paste_with_control_bytes_becomes_text(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.waits_for("INTERNAL NOTE")
        await hero.paste("\x1b]52;c;ZXZpbA==\x07ab\r\n" + "x" * 300_000)
        await hero.waits_for("characters of what you pasted were left out")
        desk = hero.app.desk
        assert desk is not None
        text = desk.composer.words.text
        assert len(text) <= 64_000 and "\x1b" not in text and "\nxxx" in text


async def test_what_the_desk_said_can_be_read_again_and_the_vip_card_says_why(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "v")
        await hero.waits_for("VIP card", "MRR", "plan")
        await hero.press("escape", "y", "v")
        await hero.until(lambda: bool(shift_.copied))
        assert hero.app.desk is not None and hero.app.desk.opened is not None
        desk = hero.app.desk
        name = hero.app.desk.opened.row.organization
        assert shift_.copied == [f"@VIP Lookup Bot {name}"] and name
        rows = hero.app.reading.queue(hero.app.desk.queue.view, 0, 200)
        app = [row for row in rows if row.source == "app" and not row.content_warning]
        free = next(row for row in app if row.free_mail_organization)
        await hero.opens(free.id)
        await hero.press("y", "v", "y", "i")
        await hero.waits_for("nothing to copy as the organization's id")
        named = hero.app.desk.opened.footer.organization
        assert named and shift_.copied[1:] == [f"@VIP Lookup Bot {named}"], "a placeholder's"
        await hero.press("v")
        await hero.waits_for("a placeholder for free mail; f puts it right")
        await hero.press("escape", "c", *"stripe", "enter")
        await hero.until(lambda: f"The owner of {named} changes" in desk.composer.body)
        await hero.press("escape", "escape")
        mirror, journal = hero.app.reading.mirror, hero.app.reading.journal
        assert mirror is not None and journal is not None
        case = CaseReader(mirror, journal, desk.book.sources).read(free.id, hero.app.reading.now())
        assert case is not None and "organization" not in case.known, "what a playbook would say"
        says = (("comment_value", "For {{ticket.organization.name}}."),)
        assert desk.opened is not None
        made = macros.proposed(desk, desk.opened, Macro(1, "Zendesk's own", says))
        assert made.words == f"For {named}."
        mails = (row for row in rows if row.source == "mail" and not row.content_warning)
        await hero.opens(next(row.id for row in mails if row.free_mail_organization))
        await hero.press("v")
        await hero.waits_for("asks for an organization, and none is known here")
        await hero.press("escape")
        await hero.press("g", "a")
        await hero.waits_for("Activity", "priority")
        await hero.press("escape", "g", "c")
        await hero.waits_for("config.toml", "view = not set", "hold_seconds = 15.0")
        await hero.waits_for("rules lie here; g r reads them again.")


async def test_a_notice_says_the_subject_only_if_it_may_and_never_behind_a_warning(
    shift_: Shift,
) -> None:
    made = shift_.parts(carrier=False)
    made = replace(made, settings=replace(made.settings, notify_words=True))
    async with at_the_desk(made) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.until(lambda: bool(desk.book.replies))  # read after the first paint
        awake = WarningRules(quiet=None)
        desk.book = replace(desk.book, targets=replace(desk.book.targets, warnings=awake))
        warned = shift_.ticket("content_warning")
        row = next(r for r in desk.reading.queue(desk.queue.view, 0, 50) if not r.content_warning)
        noticing.notice(desk, warned, "now")
        noticing.notice(desk, row.id, "now")
        assert desk.noticed.waiting == [f"#{warned}: now", f"#{row.id}: now - {row.title}"]
