"""The doctor's look at the search index, and how it is made whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.cli.conftest import Home
from tests.cli.door import Door
from tests.cli.test_doctor import checks, searchable


def test_a_ticket_that_the_search_index_lost_is_found_and_made_searchable(
    door: Door, home: Home
) -> None:
    searchable(home)
    with closing(sqlite3.connect(home.paths.mirror)) as connection:
        connection.execute("delete from indexed where ticket_id = (select min(id) from ticket)")
        connection.commit()
    sick = checks(door("doctor", "--offline", "--json"))["search index"]
    assert not sick["ok"] and "differ (1)" in sick["say"]
    mended = checks(door("doctor", "--repair", "--offline", "--json"))
    assert "made anew" in mended["repair"]["say"] and mended["search index"]["ok"]
