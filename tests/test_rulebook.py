"""The shipped files are right, a team's own replace them, a wrong one is passed over."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from heroterm import rulebook
from heroterm.domain.advice import Conversation, advise
from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.domain.reply import CannedReply, fill, made_from, said_in
from heroterm.domain.rules_of_words import placeholders
from heroterm.domain.table_lines import line_of
from heroterm.errors import ConfigError
from heroterm.rulebook import Rulebook, load
from heroterm.rulebook.digest import digest_of
from heroterm.tui.commands import COMMANDS
from tests.conftest import NOW

CASES = (
    "looking-into-it",
    "need-more-info",
    "bug-filed",
    "feature-request-new",
    "feature-request-existing",
    "feature-request-low",
    "self-hosted",
    "ownership-transfer-ask-owner",
    "ownership-transfer-password-reset",
    "twofa-confirmation-owner",
    "twofa-done",
    "group-deleted",
    "community-recorded",
    "escalation",
    "merch-thanks",
    "pending-reminder",
    "solved-confirmed",
    "on-hold-told",
    "free-mail-org-fixed",
)
PROCEDURES = (
    "bug-report",
    "community-answer",
    "content-warning",
    "data-deletion",
    "escalation",
    "feature-request",
    "free-mail-organization",
    "group-deletion",
    "handover",
    "on-hold",
    "ownership-transfer",
    "self-hosted",
    "twofa-removal",
)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for folder in ("data", "replies", "playbooks"):
        (tmp_path / "own" / folder).mkdir(parents=True)
    return tmp_path / "own"


def test_the_shipped_rulebook_is_whole(book: Rulebook) -> None:
    assert book.findings == ()
    assert set(CASES) <= {reply.name for reply in book.replies}
    assert [playbook.name for playbook in book.playbooks] == list(PROCEDURES)


def test_every_step_of_a_shipped_playbook_fits_its_canned_reply(book: Rulebook) -> None:
    replies = {reply.name: reply for reply in book.replies}
    for playbook in book.playbooks:
        path = rulebook.SHIPPED / "playbooks" / f"{playbook.name}.toml"
        assert rulebook.read_playbook(path, replies) == playbook


def test_every_public_reply_greets_as_the_handbook_says(book: Rulebook) -> None:
    for reply in book.replies:
        if reply.kind == "public_reply" and reply.subject is None:
            assert reply.body.startswith("Hey {{name|there}},"), reply.name


def test_every_shipped_reply_can_be_sent_once_its_stops_are_filled(book: Rulebook) -> None:
    facts = {"ticket.id": "7", "me.first_name": "Ana", "question.url": "https://example.com/q"}
    for reply in book.replies:
        for source in ("mail", "slack"):
            filled = fill(reply, facts, source)
            assert "?>>" not in filled.body, reply.name
            body = filled.body
            for stop in reversed(filled.stops):
                assert stop.label or stop.start == stop.end
            for left in placeholders(body):
                body = body.replace(left, "words")
            assert placeholders(body) == [], reply.name


def test_the_mail_about_2fa_is_the_handbooks_own(book: Rulebook, shared: Path) -> None:
    reply = book.reply("twofa-confirmation-owner")
    assert reply is not None
    page = (shared / "handbook/support-hero.txt").read_text()
    wanted = reply.body.replace("$1<name of the owner>", "[name]")
    wanted = wanted.replace("{{ticket.id}}", "XXXX").replace("{{me.first_name}}", "[your name]")
    for line in [f"Subject: {reply.subject}", *wanted.split("\n\n")]:
        assert line in page


def test_the_group_playbook_warns_of_the_delete_button(book: Rulebook) -> None:
    playbook = book.playbook("group-deletion")
    assert playbook is not None
    (danger,) = [step for step in playbook.steps if step.kind == "danger"]
    assert "DELETE" in danger.warning
    assert "SAVE" in danger.warning
    assert "SAVE" in danger.text
    assert "DELETE" not in danger.confirm


def test_every_procedure_names_a_heading_of_the_handbook(book: Rulebook, shared: Path) -> None:
    page = (shared / "handbook/support-hero.txt").read_text()
    for playbook in book.playbooks:
        assert playbook.name == "data-deletion" or f"\n{playbook.section}\n" in page


_KEY = re.compile(r"\(((?:\w )?\w)(?: in \w+)?\)")


def test_every_key_that_a_step_names_is_a_key_of_the_desk(book: Rulebook) -> None:
    known = {
        f"{command.where} {key}" if len(command.where) == 1 else key
        for command in COMMANDS
        for key in command.keys
    }
    named = {key for one in book.playbooks for step in one.steps for key in _KEY.findall(step.text)}
    assert "o c" in named
    assert named <= known


def answered(reply: CannedReply, source: str) -> str:
    """A canned reply to Kim with every stop filled in."""
    filled = fill(reply, {"name": "Kim", "question.url": "https://example.com"}, source).body
    return re.sub(r"\$\d<([^>]*)>", r"this: \1", filled).replace("$0", "")


@pytest.mark.parametrize("source", ["mail", "slack"])
def test_advice_never_contradicts_a_canned_reply(book: Rulebook, source: str) -> None:
    for reply in book.replies:
        body = answered(reply, source)
        assert made_from(book.replies, body) == reply, reply.name
        assert said_in(reply, ["Hey,", body.replace("Kim", "you")]), reply.name
        talk = Conversation("Kim Cove", "That fixed it, thanks!", source, canned=reply)
        changes = Changes(status=reply.status)
        wish = Intent("i", 1, NOW, NOW, comment=PublicReply(body), changes=changes)
        found = {finding.rule for finding in advise(wish, talk, book.tone)}
        if reply.status is not None and reply.kind == "public_reply":
            assert not found & {"status", "next-step", "thanks"}, reply.name


def test_words_of_one_s_own_come_from_no_canned_reply(book: Rulebook) -> None:
    assert made_from(book.replies, "Hey Kim,\n\nthanks! Set maskAllInputs to true.") is None
    assert made_from(book.replies, "") is None
    assert not any(said_in(reply, ["", "Hey Kim, thanks!"]) for reply in book.replies)


def test_loading_needs_no_validation_library() -> None:
    code = (
        "import sys; from heroterm import rulebook; rulebook.load();"
        "print(sorted({'pydantic', 'textual', 'httpx', 'sqlite_utils'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_a_file_of_the_team_replaces_the_shipped_one(own: Path) -> None:
    (own / "data/lifecycle.toml").write_text("csat_days = 1\n")
    (own / "replies/bug-filed.md").write_text('+++\ntitle = "Ours"\nkind = "public_reply"\n+++\nHi')
    (own / "replies/fresh.md").write_text('+++\ntitle = "New"\nkind = "internal_note"\n+++\nHi')
    book = load(overrides=own)
    assert book.findings == ()
    assert book.lifecycle.csat_days == 1
    assert [reply.title for reply in book.replies if reply.name in ("bug-filed", "fresh")] == [
        "Ours",
        "New",
    ]


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path, book: Rulebook) -> None:
    assert load(overrides=tmp_path / "none") == book


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("data/lifecycle.toml", "csat_days = 1\ncsat_day = 2\n", 2, 'Did you mean "csat_days"'),
        ("data/lifecycle.toml", "\n\ncsat_days = many\n", 3, "not TOML"),
        ("data/lifecycle.toml", "auto_solve_days = 0\n", 1, "at least 1"),
        (
            "data/tiers.toml",
            'preset = "p"\n[presets.p]\ntitle = "t"\n[[presets.p.rule]]\ntier = 1\nsay = "a"\n'
            '[[presets.p.rule]]\nsay = "b"\ntier = 10\n',
            9,
            "not a tier",
        ),
        ("data/sources.toml", '[community]\nquestion = "("\n[marks]\n', 2, "regular expression"),
        ("replies/x.md", "no front matter", 1, "+++"),
        ("replies/x.md", '+++\ntitle = "x"\nkind = "mail"\n+++\nx', 3, "public_reply"),
        ("replies/x.md", "+++\ntitle = x\n+++\nx", 2, "not TOML"),
        ("replies/x.md", '+++\ntitle = "x"\nkind = "public_reply"\n+++\n', 1, "is empty"),
        (
            "playbooks/x.toml",
            'title = "x"\nsection = "x"\n[[step]]\nid = "a"\nkind = "do"\ntext = "x"\n'
            '[[step]]\nid = "b"\nkind = "reply"\ntext = "x"\nreply = "nowhere"\n',
            11,
            "no canned reply",
        ),
    ],
)
def test_a_wrong_file_is_reported_with_its_line_and_passed_over(
    own: Path, book: Rulebook, name: str, text: str, line: int, words: str
) -> None:
    (own / name).write_text(text)
    loaded = load(overrides=own)
    (finding,) = loaded.findings
    assert finding.file == str(own / name)
    assert finding.line == line
    assert words in str(finding)
    assert finding.remedy
    assert (loaded.tiers, loaded.lifecycle) == (book.tiers, book.lifecycle)
    assert loaded.replies == book.replies
    assert loaded.playbooks == book.playbooks


def test_a_file_that_is_not_text_is_reported(own: Path) -> None:
    (own / "replies/x.md").write_bytes(b"+++\n\xff\xfe")
    (own / "replies/y.md").write_bytes(b"x" * (rulebook.FILE_LIMIT + 1))
    (own / "replies/z.md").mkdir()
    said = [str(finding) for finding in load(overrides=own).findings]
    assert "x.md:2" in said[0]
    assert "too large" in said[1]
    assert "cannot be read" in said[2]


def test_a_shipped_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_the_line_of_an_entry_is_counted_through_lists_of_tables() -> None:
    text = "a = 1\n[[s]]\nid = 1\n[[s.l]]\nu = 1\n[[s]]\nid = 2\n[[s.l]]\nu = 2\n[[s.l]]\nu = 3\n"
    assert line_of(text, "a") == 1
    assert line_of(text, "s[1].id") == 7
    assert line_of(text, "s[0].l[0].u") == 5
    assert line_of(text, "s[1].l[1].u") == 11
    assert line_of(text, "s[1].l[1].missing") == 10


def test_the_digest_is_of_what_rules_say_not_of_how_this_process_holds_them() -> None:
    book = load()
    there, back = frozenset({0, 8}), frozenset({8, 0})
    assert list(there) != list(back), "these two must be held in another order"
    assert digest_of(there, {"a": 1, "b": back}) == digest_of(back, {"b": there, "a": 1})
    long = "x" * 300
    assert digest_of(re.compile(long + "y")) != digest_of(re.compile(long + "z"))
    assert digest_of(("a", "b"), ()) != digest_of(("a",), ("b",)), "it stands elsewhere"
    assert digest_of("1") != digest_of(1)
    with pytest.raises(TypeError, match="object has no digest"):
        digest_of(object())
    assert replace(book, tiers=replace(book.tiers, preset="own")).digest != book.digest
