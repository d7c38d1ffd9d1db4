"""A reply to a ticket that takes none any more: a follow-up is begun, and said to be one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from heroterm.mirror.labels import TicketLink
from heroterm.tui.doing import following, writing


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            TicketLink("followed up by", 9),
            "#7 is closed: what you write begins a follow-up ticket.",
        ),
        (TicketLink("merged into", 9), "#7 was merged into #9 and goes on there (#): "),
    ],
)
def test_where_a_merged_ticket_goes_on_is_said(
    monkeypatch: pytest.MonkeyPatch, link: TicketLink, said: str
) -> None:
    monkeypatch.setattr(following, "follow_up", lambda _: object())
    monkeypatch.setattr(writing, "begin", lambda *_, **__: True)
    told: list[str] = []
    desk: Any = SimpleNamespace(
        reading=SimpleNamespace(mirror=SimpleNamespace(linked=lambda _: [link])),
        tell=lambda words, severity="information": told.append(words),
        key=lambda _: "#",
    )
    ticket = SimpleNamespace(id=7)
    following.begin(desk, SimpleNamespace(ticket=ticket, draft=lambda _: None))  # type: ignore[arg-type]
    assert len(told) == 1 and told[0].startswith(said)
