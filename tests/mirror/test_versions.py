"""A mirror of a version before, brought up to date; the search index checked from outside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from heroterm.errors import StoreError
from heroterm.mirror.connection import VERSION
from heroterm.mirror.reader import Mirror
from heroterm.mirror.schema import MIGRATIONS
from heroterm.mirror.search import search
from tests.conftest import NOW
from tests.mirror.make import Desk, comment, ticket

OLDER = {
    1: "m002_labels_and_history",
    2: "m003_what_is_promised",
    3: "m004_filters_of_a_search",
    4: "m005_estimated_clocks",
    5: "m006_time_zones",
    6: "m007_memberships",
    7: "m008_sparing_fill",
}
"""Versions that were in use, each with the step that follows it."""


def older(path: Path, version: int) -> None:
    """The file as an older heroterm wrote it, with a ticket, a comment and their words."""
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        MIGRATIONS.apply(Database(raw), stop_before=OLDER[version])
        raw.execute(
            "insert into ticket(id, subject, status, created_at, updated_at, updated_stamp, tags, "
            "custom_fields, email_cc_ids, followup_ids, tier, source, title, content_warning, "
            "free_mail_organization, status_section, fetched_at, section, due) values "
            "(1, 'Kept', 'open', 1, 1, '', '[]', '[]', '[]', '[]', 3, 'mail', '', 0, 0, 0, 1, 0, 9)"
        )
        raw.execute(
            "insert into comment(id, ticket_id, public, created_at, attachments, truncated, body) "
            'values (11, 1, 1, 5, \'[[4,"a.png","https://x.example","image/png",9]]\', 0, \'Said\')'
        )
        raw.execute("insert into words values (1, 'Kept', '', '', '', 'Asked long ago')")
        raw.execute(
            "insert into document_index(rowid, subject, comments) values (1, 'Kept', 'Said')"
        )
        raw.execute("insert into indexed values (1)")
        raw.execute("insert into memo values ('first_fill_done', 'true')")
        raw.execute(f"pragma user_version = {version}")


def test_no_question_is_beyond_the_oldest_sqlite_that_is_taken(project: Path) -> None:
    """Ubuntu 22.04 has 3.37, which knows no `->>`."""
    for path in (project / "heroterm").rglob("*.py"):
        assert "->>" not in path.read_text(), path


def test_every_version_but_the_present_one_can_be_made() -> None:
    assert max(OLDER) == VERSION - 1


@pytest.mark.parametrize("version", OLDER)
def test_a_mirror_of_a_version_before_is_brought_up_to_date(path: Path, version: int) -> None:
    older(path, version)
    with pytest.raises(StoreError, match="not been made ready"):
        Mirror(path)
    desk = Desk(path)
    try:
        assert desk.mirror.connection.number("pragma user_version") == VERSION
        (said,) = desk.mirror.thread(1).comments
        assert (said.body, said.links, said.attachments[0].inline) == ("Said", (), False)
        kept = desk.mirror.ticket(1)
        assert kept is not None and (kept.subject, kept.satisfaction) == ("Kept", None)
        assert (kept.slas, desk.mirror.policies()) == (None, [])
        assert kept.description == "Asked long ago"
        assert [hit.id for hit in search(desk.mirror, "said").hits] == [1]
        assert desk.mirror.search_integrity(words=True) == "ok"
        desk.save(ticket(1, subject="Changed", updated_at=NOW))
        assert [hit.id for hit in search(desk.mirror, "changed").hits] == [1]
        assert desk.mirror.integrity() == "ok"
    finally:
        desk.close()


def test_a_sound_index_passes_both_checks(desk: Desk) -> None:
    desk.writer.remember(first_fill_done=True)
    desk.save(ticket(1), ticket(2))
    desk.writer.save_comments(1, [comment(11, 1)], [], complete=True, at=NOW)
    assert desk.mirror.search_integrity() == "ok"
    assert desk.mirror.search_integrity(words=True) == "ok"


def test_an_index_that_missed_a_change_is_told_by_its_words(desk: Desk) -> None:
    desk.writer.remember(first_fill_done=True)
    desk.save(ticket(1))
    desk.writer._connection.run("update words set subject = 'changed behind its back'")
    assert desk.mirror.search_integrity() == "ok"
    assert "does not hold" in desk.mirror.search_integrity(words=True)
    desk.writer.rebuild_index()
    assert desk.mirror.search_integrity(words=True) == "ok"


def test_a_ticket_that_is_listed_but_not_in_the_index_is_told(desk: Desk) -> None:
    desk.writer.remember(first_fill_done=True)
    desk.save(ticket(1), ticket(2))
    desk.writer._connection.run("delete from indexed where ticket_id = 2")
    assert "differ (1)" in desk.mirror.search_integrity()


def test_an_index_under_a_first_fill_is_no_damage(desk: Desk) -> None:
    desk.save(ticket(1), ticket(2))
    assert desk.mirror.search_integrity(words=True) == "ok"
