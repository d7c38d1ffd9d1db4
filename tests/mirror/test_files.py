from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.view import Overlay, View
from heroterm.errors import StoreError
from heroterm.mirror.connection import VERSION, told
from heroterm.mirror.reader import Mirror
from heroterm.mirror.repair import set_aside
from heroterm.mirror.writer import MirrorWriter
from tests.conftest import NOW
from tests.mirror.make import Desk, place, ticket


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def filled(path: Path) -> None:
    desk = Desk(path)
    desk.save(*(ticket(n, description="x" * 3000) for n in range(1, 60)))
    desk.close()


def test_every_file_is_its_owners_alone(desk: Desk) -> None:
    desk.save(ticket(1))
    assert mode(desk.path.parent) == 0o700
    files = sorted(desk.path.parent.iterdir())
    assert [file.name for file in files] == ["mirror.db", "mirror.db-shm", "mirror.db-wal"]
    assert {mode(file) for file in files} == {0o600}


@pytest.mark.parametrize("again", [False, True])
def test_after_the_first_fill_the_log_stays_short_beside_a_reader(path: Path, again: bool) -> None:
    desk = Desk(path)
    desk.writer.remember(first_fill_done=True)
    if again:
        desk.close()
        desk = Desk(path)
    longest = 0
    for moment in range(30):
        words = f"{moment} " + "x" * 20_000
        at = NOW + timedelta(minutes=moment)
        desk.save(*(ticket(n, description=words, updated_at=at) for n in range(1, 60)))
        desk.mirror.queue(View(), Overlay(), limit=10)
        longest = max(longest, path.with_name("mirror.db-wal").stat().st_size)
    desk.close()
    assert longest < 9 * 1024 * 1024, f"{longest:,} bytes"


def test_rights_that_are_too_wide_are_narrowed(path: Path) -> None:
    filled(path)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    MirrorWriter(path, place).close()
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_a_link_in_place_of_the_file_is_refused(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(StoreError, match="symbolic link"):
        MirrorWriter(path, place)
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_mirror_that_was_never_made_is_no_empty_queue(path: Path) -> None:
    with pytest.raises(StoreError, match="no mirror yet") as refused:
        Mirror(path)
    assert "heroterm sync --once" in refused.value.remedy
    assert not path.exists()


def test_a_file_without_tables_is_not_ready(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreError, match="not been made ready"):
        Mirror(path)


@pytest.mark.parametrize("open_", [Mirror, lambda path: MirrorWriter(path, place)])
def test_a_newer_file_is_left_alone_by_both_ends(path: Path, open_: type[Mirror]) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"pragma user_version = {VERSION + 1}")
        raw.execute("create table theirs (x)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="made by a newer heroterm"):
        open_(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("open_", [Mirror, lambda path: MirrorWriter(path, place)])
def test_a_smashed_header_is_named_with_its_remedy(path: Path, open_: type[Mirror]) -> None:
    filled(path)
    data = path.read_bytes()
    path.write_bytes(b"\0" * 100 + data[100:])
    with pytest.raises(StoreError, match="damaged") as refused:
        open_(path)
    assert "heroterm doctor --repair" in refused.value.remedy


def test_a_zeroed_page_does_not_pass_the_integrity_check(path: Path) -> None:
    filled(path)
    data = path.read_bytes()
    size = 4096
    path.write_bytes(data[:size] + b"\0" * size * (len(data) // size - 1))
    mirror = None
    try:
        mirror = Mirror(path)
        found = mirror.integrity()
    except StoreError as error:
        found = str(error)
    finally:
        if mirror is not None:
            mirror.close()
    assert found != "ok"


def test_a_sound_file_passes_the_integrity_check(desk: Desk) -> None:
    desk.save(ticket(1))
    assert desk.mirror.integrity() == "ok"


def test_a_mirror_without_its_tables_is_damaged_not_empty(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"pragma user_version = {VERSION}")
    mirror = Mirror(path)
    try:
        with pytest.raises(StoreError, match="damaged"):
            mirror.queue(View(), Overlay())
    finally:
        mirror.close()


def test_a_damaged_file_is_set_aside_with_its_log_and_the_next_one_starts_empty(
    path: Path,
) -> None:
    filled(path)
    path.with_name("mirror.db-wal").write_bytes(b"log")
    away = set_aside(path, at=NOW)
    assert away.name == "mirror-damaged-20260304T100000.db"
    assert away.with_name(away.name + "-wal").exists()
    desk = Desk(path)
    assert desk.mirror.state().tickets == 0
    desk.close()
    with pytest.raises(StoreError, match="could not be moved"):
        set_aside(path.with_name("none.db"), at=NOW)


def test_a_full_disk_keeps_what_was_there_and_says_so(desk: Desk) -> None:
    desk.save(ticket(1))
    raw = desk.writer._connection.raw
    pages = raw.execute("pragma page_count").fetchone()[0]
    raw.execute(f"pragma max_page_count = {pages + 1}")
    with pytest.raises(StoreError, match="disk is full"):
        desk.save(*(ticket(n, description="x" * 5000) for n in range(2, 200)))
    assert desk.mirror.state().tickets == 1


def test_a_locked_file_is_said_to_be_locked(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        desk.writer._connection.raw.execute("pragma busy_timeout = 0")
        with pytest.raises(StoreError, match="locked by another process"):
            desk.save(ticket(1))
        other.execute("rollback")
    desk.save(ticket(1))


def test_a_reader_is_not_kept_waiting_by_a_writer_in_the_middle_of_a_page(desk: Desk) -> None:
    desk.save(ticket(1))
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("update ticket set subject = 'half'")
        assert desk.mirror.queue(View(), Overlay())[0].subject == "Question 1"
        other.execute("rollback")


def test_a_mistake_in_our_own_sql_is_not_called_damage(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as raw, pytest.raises(sqlite3.Error) as wrong:
        raw.execute("select from")
    said = told(wrong.value, tmp_path)
    assert "SQLITE_ERROR" in said.say
    assert "damaged" not in said.say


def test_opening_again_changes_nothing(path: Path) -> None:
    filled(path)
    MirrorWriter(path, place).close()
    before = path.read_bytes()
    MirrorWriter(path, place).close()
    assert path.read_bytes() == before


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from heroterm.domain.view import Overlay, View
from heroterm.mirror.reader import Mirror
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
mirror = Mirror(Path(sys.argv[1]))
print(len(mirror.queue(View(), Overlay(frozenset({3})))))
mirror.close()
"""


def test_a_mirror_in_a_read_only_folder_is_still_read(path: Path) -> None:
    filled(path)
    opened = [folder for folder in path.parents if not folder.stat().st_mode & 0o001]
    before = {folder: mode(folder) for folder in opened}
    try:
        for folder in opened:
            folder.chmod(before[folder] | 0o011)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        run = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, str(path)],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=Path(__file__).resolve().parents[2],
            env={"PATH": os.environ["PATH"]},
        )
    finally:
        for folder, old in before.items():
            folder.chmod(old)
    assert (run.stdout.strip(), run.stderr) == ("59", "")


def test_a_folder_that_cannot_be_written_refuses_the_writer_in_words(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    filled(path)
    path.parent.chmod(0o500)
    path.chmod(0o400)
    try:
        with pytest.raises(StoreError, match="read-only"):
            MirrorWriter(path, place)
    finally:
        path.parent.chmod(0o700)


def test_the_reader_and_the_search_need_only_the_standard_library(path: Path) -> None:
    filled(path)
    code = (
        "import sys; from pathlib import Path\n"
        "from heroterm.mirror import reader, search\n"
        f"m = reader.Mirror(Path({str(path)!r})); search.search(m, 'question'); m.close()\n"
        "print([n for n in ('sqlite_utils', 'pydantic', 'click') if n in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert (run.stdout.strip(), run.stderr) == ("[]", "")
