"""Whatever a team writes into its files, it is told what is wrong, where, and what to write; never
more than that: no verb and no desk stops because of one file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from heroterm.cli import keymap_file, playbook_words
from heroterm.domain import lifecycle, macro, owners, schedules, source, targets, tiers, tone
from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_keeping import automatic
from heroterm.domain.playbook_rehearsal import TICKET, case_of
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.domain.playbook_way import lines
from heroterm.errors import ConfigError
from heroterm.journal.definitions import definition
from heroterm.rulebook import SHIPPED, load, read_data, read_playbook, read_reply, zone_named
from heroterm.tui.keymap import SHIPPED as SHIPPED_KEYS
from tests.cli.playing import Hero, hero
from tests.conftest import NOW

__all__ = ["hero"]

READERS: dict[str, Callable[[Path], object]] = {
    "tiers": lambda path: read_data(path, tiers.from_table),
    "sla": lambda path: read_data(path, lambda table: targets.from_table(table, zone_named)),
    "zones": lambda path: read_data(path, schedules.zones_from),
    "sources": lambda path: read_data(path, source.from_table),
    "lifecycle": lambda path: read_data(path, lifecycle.from_table),
    "tone": lambda path: read_data(path, tone.from_table),
    "owners": lambda path: read_data(path, owners.from_table),
    "macros": lambda path: read_data(path, macro.keys_from),
}
REPLIES = {reply.name: reply for reply in load().replies}
FILES = sorted(
    [
        *(SHIPPED / "data" / f"{name}.toml" for name in READERS),
        *(SHIPPED / "playbooks").glob("*.toml"),
        *(SHIPPED / "replies").glob("t*.md"),
    ]
)
TEXTS = {path: path.read_text() for path in FILES}
JUNK = (
    '""', '"nope"', '"("', '"a{99999999999}"', '"{moon}"', '"wait"', '"danger"', '"set"', "0", "-1",
    "9" * 30, "9" * 5000, "true", "1.5", "nan", "1979-05-27", "[]", '["a", ""]', "[1]", "[[1]]",
    "{}", '{ step = "latr", answer = "x" }', '[{ step = "latr", answer = "x" }]',
    '{ status = "x" }', "[" * 3000, '"""\n[step]\n"""', "é",
)  # fmt: skip
"""Values that somebody might leave behind."""
LINES = ('only_if = { step = "latr", answer = "x" }', 'on = "nope"', "[[step]]", "[trigger]", "+++")
KEYED = re.compile(r"( *[\w\"-]+ = )(.*)")


@st.composite
def broken(draw: st.DrawFn) -> tuple[Path, str]:
    """A shipped file after one to three accidents."""
    path = draw(st.sampled_from(FILES))
    rows = TEXTS[path].split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(rows) - 1))
        keyed = KEYED.match(rows[at])
        match draw(st.sampled_from(["value", "value", "value", "lose", "double", "put", "cut"])):
            case "value" if keyed is not None:
                rows[at] = keyed[1] + draw(st.sampled_from(JUNK))
            case "double":
                rows.insert(at, rows[at])
            case "put":
                rows.insert(at, draw(st.sampled_from(LINES)))
            case "cut":
                rows[at] = rows[at][: len(rows[at]) // 2]
            case _:
                del rows[at]
        rows = rows or [""]
    return path, "\n".join(rows)


WAITS = SHIPPED / "playbooks/twofa-removal.toml"


def first_step(line: str) -> tuple[Path, str]:
    """2FA removal with a line in its first step."""
    return WAITS, TEXTS[WAITS].replace('id = "region"\n', f'id = "region"\n{line}\n', 1)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(broken())
@example(first_step(LINES[0]))
@example(first_step(LINES[1]))
@example((WAITS, TEXTS[WAITS].replace("days = 5", "days = 9999999")))
def test_a_broken_file_is_a_finding_and_nothing_else(
    tmp_path: Path, found: tuple[Path, str]
) -> None:
    shipped, text = found
    path = tmp_path / shipped.name
    path.write_text(text)
    if shipped.parent.name == "playbooks":
        definition("x", text)
    try:
        made = _read(shipped, path)
    except ConfigError as error:
        assert error.file == str(path) and error.line and error.remedy, error
        assert error.line <= text.count("\n") + 1
    else:
        if isinstance(made, Playbook):
            rehearsed(made)


def _read(shipped: Path, path: Path) -> object:
    if shipped.parent.name == "data":
        return READERS[shipped.stem](path)
    if shipped.parent.name == "replies":
        return read_reply(path)
    return read_playbook(path, REPLIES)


def rehearsed(book: Playbook) -> None:
    """What may stand may also be shown and begun."""
    run = Run("r", book, hash_of(book.text), book.text, TICKET, NOW, "Ana", True)
    case = case_of("Ana", NOW)
    run = run.with_events(automatic(run, case))
    case = case_of("Ana", NOW + timedelta(days=400))
    run = run.with_events(automatic(run, case))
    for line in lines(run):
        assert list(playbook_words.step(line, run, case, SHIPPED_KEYS))


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ('id = "region"\n', LINES[0], '"latr" is not known'),
        ('id = "region"\n', LINES[1], '"nope" is not known'),
        ('id = "tell-requester"\n', 'set = { status = "open" }', "status is not known here"),
        ('answer = "bounce" }', '{ step = "wait-owner", answer = "no" },', '"no" is no answer'),
        ("days = 5\n", "remind = 1e9", "remind is of the wrong kind"),
    ],
)
def test_the_line_is_said_where_a_team_would_look(
    tmp_path: Path, was: str, now: str, words: str
) -> None:
    path = tmp_path / "own/playbooks/twofa-removal.toml"
    path.parent.mkdir(parents=True)
    text = TEXTS[WAITS]
    if now.startswith("remind"):
        text = text.replace("remind = 2\n", "")
    rows = text.split("\n")
    at = next(n for n, row in enumerate(rows) if was.strip() in row)
    rows.insert(at + 1, now)
    path.write_text("\n".join(rows))
    book = load(overrides=tmp_path / "own")
    (finding,) = book.findings
    assert (finding.file, finding.line) == (str(path), at + 2), finding
    assert words in str(finding) and finding.remedy
    assert book.playbooks == load().playbooks


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["[keys]", "[key]", '"ticket.reply"', "prefix.g", '"desk.palette"', "x"]),
        st.sampled_from([*JUNK, '["r"]', '"f5"', '["ctrl+m"]', '["f²"]', '["f"]']),
    )
)
def test_a_broken_keymap_is_findings_and_nothing_else(tmp_path: Path, told: dict[str, str]) -> None:
    path = tmp_path / "keys.toml"
    path.write_text("[keys]\n" + "\n".join(f"{key} = {value}" for key, value in told.items()))
    keymap = keymap_file.load(path)
    assert keymap.commands and all(str(path) in finding for finding in keymap.findings)


def test_no_verb_stops_because_of_one_file(hero: Hero) -> None:
    own = hero.home / "config/rules/playbooks"
    own.mkdir(parents=True)
    text = first_step(LINES[0])[1]
    (own / "x.toml").write_text(text)
    line = text.split("\n").index(LINES[0]) + 1
    lint = hero.verb("playbook", "lint")
    assert lint.code == 2 and f"{own}/x.toml:{line}" in lint.out + lint.err
    ticket = str(hero.ticket("two_factor"))
    verbs = ("queue", "next", "doctor", "playbook list", "playbook runs", f"show {ticket}")
    for verb in (*verbs, "sync --once"):
        answer = hero.verb(*verb.split())
        assert "fault of its own" not in answer.err and answer.code < 64, verb
    assert "2FA removal" in hero.plays("twofa-removal", int(ticket), "/later")
