"""Open tickets with the same subject: one trouble of several customers is seen at once."""

from __future__ import annotations

from pathlib import Path

from heroterm.mirror.same_subject import same_subject
from tests.conftest import NOW
from tests.mirror.make import Desk, ticket


def test_replies_prefixes_and_case_apart_the_title_must_be_the_same(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "mirror.db")
    subjects = {
        1: "Funnel is empty in one layout",
        2: "Re: RE: funnel is empty  in one layout",
        3: "[Acme] Fwd: Funnel is empty in one layout",
        4: "Funnel is empty in one layout, again",
        5: "Funnel is empty in one layout",
        6: "Help",
        7: "help",
    }
    desk.save(*(ticket(n, subject=s, requester_id=n) for n, s in subjects.items() if n != 5))
    desk.save(ticket(5, subject=subjects[5], status="solved"))
    assert [row.id for row in same_subject(desk.mirror, 1)] == [3, 2]
    assert [row.id for row in same_subject(desk.mirror, 2)] == [3, 1]
    assert same_subject(desk.mirror, 6) == [] == same_subject(desk.mirror, 99)
    desk.writer.mark_missing([2], at=NOW)
    assert [row.id for row in same_subject(desk.mirror, 1)] == [3]
    desk.close()
