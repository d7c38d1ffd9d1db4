"""The schema's history, append only: a step that was ever released is never edited.

Loaded only when there is a step to take; `heroterm.journal.database` decides that from
`PRAGMA user_version`, which each step sets in its own transaction.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from heroterm.journal.files import PRIVATE

steps = Migrations("journal")

_OUTBOX = """
CREATE TABLE intent (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  ticket_id INTEGER NOT NULL,
  comment_kind TEXT CHECK (comment_kind IN ('public_reply', 'internal_note')),
  body TEXT,
  changes TEXT NOT NULL,
  base_stamp TEXT,
  created_at REAL NOT NULL,
  draft_cursor TEXT,
  seen_comment_id INTEGER,
  overrides TEXT NOT NULL DEFAULT '[]',
  state TEXT NOT NULL CHECK (state IN ('held', 'queued', 'sending', 'verify', 'sent', 'needs_you',
                                       'recalled', 'discarded')),
  send_after REAL NOT NULL,
  not_before REAL NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  stamp TEXT,
  why TEXT NOT NULL DEFAULT '',
  audit_id INTEGER,
  comment_id INTEGER,
  finished_at REAL,
  CHECK ((comment_kind IS NULL) = (body IS NULL))
) STRICT;
CREATE INDEX intent_unfinished ON intent (ticket_id, seq)
  WHERE state IN ('held', 'queued', 'sending', 'verify', 'needs_you');
CREATE TRIGGER intent_words_stay
  BEFORE UPDATE OF id, ticket_id, comment_kind, body, changes, base_stamp, created_at ON intent
  BEGIN SELECT RAISE(ABORT, 'an intent''s words never change'); END;
CREATE TRIGGER intent_stays BEFORE DELETE ON intent
  WHEN OLD.state NOT IN ('sent', 'recalled', 'discarded')
  BEGIN SELECT RAISE(ABORT, 'an unfinished intent is never deleted'); END;
CREATE TABLE attempt (
  intent_id TEXT NOT NULL REFERENCES intent (id),
  n INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  started_at REAL NOT NULL,
  outcome TEXT,
  fenced INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (intent_id, n)
) STRICT;
CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt
  BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;
"""

_DESK = """
CREATE TABLE trail (
  id INTEGER PRIMARY KEY,
  at REAL NOT NULL,
  what TEXT NOT NULL,
  ticket_id INTEGER,
  intent_id TEXT,
  detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER trail_is_written_once BEFORE UPDATE ON trail
  BEGIN SELECT RAISE(ABORT, 'the trail is append only'); END;
CREATE TRIGGER trail_stays BEFORE DELETE ON trail
  BEGIN SELECT RAISE(ABORT, 'the trail is append only'); END;
CREATE TABLE draft (
  ticket_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  status TEXT,
  cursor TEXT NOT NULL DEFAULT '[0, 0]',
  base_stamp TEXT,
  seen_comment_id INTEGER,
  updated_at REAL NOT NULL,
  PRIMARY KEY (ticket_id, kind)
) STRICT;
CREATE TABLE draft_trash (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  status TEXT,
  cursor TEXT NOT NULL DEFAULT '[0, 0]',
  base_stamp TEXT,
  seen_comment_id INTEGER,
  updated_at REAL NOT NULL,
  trashed_at REAL NOT NULL
) STRICT;
CREATE TABLE mark (
  ticket_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  link TEXT NOT NULL DEFAULT '',
  at REAL NOT NULL,
  PRIMARY KEY (ticket_id, name)
) STRICT;
CREATE TABLE skip (ticket_id INTEGER PRIMARY KEY, reason TEXT NOT NULL, at REAL NOT NULL) STRICT;
CREATE TABLE tick (
  ticket_id INTEGER NOT NULL,
  playbook TEXT NOT NULL,
  step TEXT NOT NULL,
  at REAL NOT NULL,
  PRIMARY KEY (ticket_id, playbook, step)
) STRICT;
CREATE TABLE memo (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


_DEEDS = """
ALTER TABLE intent ADD COLUMN deed TEXT;
ALTER TABLE intent ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
ALTER TABLE intent ADD COLUMN bulk TEXT NOT NULL DEFAULT '';
ALTER TABLE intent ADD COLUMN undoes TEXT NOT NULL DEFAULT '';
ALTER TABLE intent ADD COLUMN inverse TEXT;
ALTER TABLE intent ADD COLUMN uploads TEXT;
ALTER TABLE intent ADD COLUMN made_ticket_id INTEGER;
DROP TRIGGER intent_words_stay;
CREATE TRIGGER intent_words_stay
  BEFORE UPDATE OF id, ticket_id, comment_kind, body, changes, base_stamp, created_at, deed, files,
                   bulk, undoes ON intent
  BEGIN SELECT RAISE(ABORT, 'an intent''s words never change'); END;
CREATE INDEX intent_bulk ON intent (bulk) WHERE bulk <> '';
ALTER TABLE draft ADD COLUMN head TEXT NOT NULL DEFAULT '{}';
ALTER TABLE draft_trash ADD COLUMN head TEXT NOT NULL DEFAULT '{}';
"""

_HOUSEKEEPING = """
ALTER TABLE intent ADD COLUMN weighed INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER attempt_stays;
CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt
  WHEN (SELECT state FROM intent WHERE id = OLD.intent_id)
       NOT IN ('sent', 'recalled', 'discarded')
  BEGIN SELECT RAISE(ABORT, 'attempts of an unfinished intent are never deleted'); END;
"""

_RUNS = """
CREATE TABLE run (
  id TEXT PRIMARY KEY,
  playbook TEXT NOT NULL,
  hash TEXT NOT NULL,
  definition TEXT NOT NULL,
  ticket_id INTEGER NOT NULL,
  begun_at REAL NOT NULL,
  begun_by TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'finished', 'aborted'))
) STRICT;
CREATE UNIQUE INDEX run_open ON run (ticket_id) WHERE state = 'open';
CREATE TRIGGER run_keeps_its_text
  BEFORE UPDATE OF id, playbook, hash, definition, ticket_id, begun_at, begun_by ON run
  BEGIN SELECT RAISE(ABORT, 'a run keeps the text with which it began'); END;
CREATE TRIGGER run_stays BEFORE DELETE ON run
  BEGIN SELECT RAISE(ABORT, 'runs are never deleted'); END;
CREATE TABLE run_event (
  seq INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES run (id),
  n INTEGER NOT NULL,
  at REAL NOT NULL,
  by TEXT NOT NULL,
  what TEXT NOT NULL,
  step TEXT NOT NULL,
  told TEXT NOT NULL,
  overruled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX run_event_order ON run_event (run_id, n) WHERE NOT overruled;
CREATE TRIGGER run_event_is_written_once
  BEFORE UPDATE OF seq, run_id, n, at, by, what, step, told ON run_event
  BEGIN SELECT RAISE(ABORT, 'what happened to a run is append only'); END;
CREATE TRIGGER run_event_stays BEFORE DELETE ON run_event
  BEGIN SELECT RAISE(ABORT, 'what happened to a run is append only'); END;
"""


_WEEK = """
CREATE TABLE wait (
  ticket_id INTEGER PRIMARY KEY,
  until REAL,
  on_reply INTEGER NOT NULL,
  said TEXT NOT NULL,
  set_at REAL NOT NULL,
  seen_comment_id INTEGER,
  woken_at REAL,
  why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE warned (ticket_id INTEGER PRIMARY KEY, hours TEXT NOT NULL, at REAL NOT NULL) STRICT;
CREATE TABLE passed_on (
  ticket_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  person_id INTEGER,
  how TEXT NOT NULL CHECK (how IN ('note', 'told')),
  intent_id TEXT,
  at REAL NOT NULL
) STRICT;
CREATE TABLE claim (
  ticket_id INTEGER PRIMARY KEY,
  how TEXT NOT NULL CHECK (how IN ('assignee', 'tag')),
  at REAL NOT NULL,
  touched_at REAL NOT NULL
) STRICT;
"""


def _statements(script: str) -> Iterator[str]:
    """The script's statements one by one; a whole script would commit before it runs."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@steps()
def m001_outbox_drafts_marks_trail(db: Database) -> None:
    """Everything that the first release keeps."""
    for statement in _statements(_OUTBOX + _DESK):
        db.execute(statement)
    db.execute("PRAGMA user_version = 1")


@steps()
def m002_deeds_files_bulk_undo(db: Database) -> None:
    """Writes that go elsewhere than to the ticket, files, bulk changes, and taking back."""
    for statement in _statements(_DEEDS):
        db.execute(statement)
    db.execute("PRAGMA user_version = 2")


@steps()
def m003_housekeeping(db: Database) -> None:
    """How many attempts a person has weighed; old finished intents may go with their attempts."""
    for statement in _statements(_HOUSEKEEPING):
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")


@steps()
def m004_playbook_runs(db: Database) -> None:
    """Playbook runs with the text that they began with, and what happened to them."""
    for statement in _statements(_RUNS):
        db.execute(statement)
    db.execute("PRAGMA user_version = 4")


@steps()
def m005_the_heros_week(db: Database) -> None:
    """Waits, warnings that were given, tickets passed on, claims."""
    for statement in _statements(_WEEK):
        db.execute(statement)
    db.execute("PRAGMA user_version = 5")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from migrating at the same moment; freed by the kernel on any end."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def migrate(path: Path) -> None:
    """Bring the file to the present version; a copy of an older one is made first, beside it.

    Raises sqlite3.Error; a step that fails leaves the file as it was before that step.
    """
    with _alone(path.parent), closing(sqlite3.connect(path, timeout=5.0)) as raw:
        # Read under the lock: another process may have been quicker.
        if found := raw.execute("PRAGMA user_version").fetchone()[0]:
            _back_up(raw, path.with_name(f"{path.name}.v{found}.backup"))
        raw.execute("PRAGMA synchronous = EXTRA")
        steps.apply(Database(raw))


def _back_up(raw: sqlite3.Connection, copy: Path) -> None:
    os.close(os.open(copy, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, PRIVATE))
    with closing(sqlite3.connect(copy)) as target:
        raw.backup(target)
