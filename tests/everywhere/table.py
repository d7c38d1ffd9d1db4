"""The table of the eight rules and of every path by which a hero could come past one of them.

A path is walked by one test, which tries every rule that can be broken on it and says so as it
goes; at its end nothing may be missing. What cannot be said by a path stands in CANNOT with the
reason, and with a proof where the program itself can give one. So a new rule makes every walk
fail until it is tried there, and a new path fails until it is walked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import get_args

from heroterm.domain.deeds import Deed, NewTicket, OrganizationText, PersonOrganization
from heroterm.domain.findings import Level
from heroterm.domain.macro import Proposal
from heroterm.domain.outbox import Changes
from heroterm.domain.undo import Undo, inverse_of
from heroterm.tui.screens.bulk import Planned
from tests.cli.conftest import ticket


@dataclass(frozen=True)
class Rule:
    """One rule as it is heard: what is wrong, by the handbook where it is the handbook that says
    so, and the next key. `names` are its findings.
    """

    say: str
    key: str
    names: tuple[str, ...]
    level: Level = "refuse"


RULES = {
    "community": Rule(
        "Don't reply to community questions directly from Zendesk",
        "(o c)",
        ("community-public-reply",),
    ),
    "hold": Rule(
        "reply to the ticket to let the customer know",
        "r writes the reply and h sets On-Hold with it",
        ("hold-needs-reply",),
    ),
    "steps": Rule("of the playbook not done", "p opens the playbook", ("open-required-steps",)),
    "blank": Rule("not filled in", "l jumps to it", ("unfilled-placeholder",)),
    "light": Rule("Your seat is a light agent", "internal note", ("light-agent-reply",)),
    "public place": Rule(
        "its words do not go into a public place",
        "in your own words",
        ("content-warning-public",),
    ),
    "own address": Rule(
        "is one of our own",
        "H shows who really wrote",
        ("own-address", "own-address-copied", "own-address-written-to"),
        "ask",
    ),
    "other customer": Rule(
        "names another customer",
        "Enter goes back to the text",
        ("other-customer-named",),
        "ask",
    ),
}

WALKS = {
    "key": "test_on_the_desk.test_by_key",
    "palette": "test_on_the_desk.test_by_the_palette",
    "macro": "test_on_the_desk.test_by_a_macro",
    "bulk": "test_many_and_back.test_in_bulk",
    "playbook": "test_many_and_back.test_by_a_playbook",
    "undo": "test_many_and_back.test_by_undo",
    "cli": "test_off_the_desk.test_by_the_command_line",
    "plain shift": "test_off_the_desk.test_line_by_line",
    "hand-edited row": "test_off_the_desk.test_by_a_row_that_was_edited_by_hand",
}
"""Every path, and the test that walks it."""


@dataclass(frozen=True)
class Cannot:
    """Why a rule cannot be broken by a path; `proof` holds as long as that is so."""

    reason: str
    proof: Callable[[], bool]


def _names(cls: type) -> set[str]:
    return {each.name for each in fields(cls)}


def _undo_has_no_words() -> bool:
    return _names(Undo) == {"changes", "deed", "refusal"}


def _undo_has_no_readers() -> bool:
    made = inverse_of(Changes(add_ccs=("a@b.example",), remove_ccs=("c@d.example",)), ticket(1, ""))
    return not made.add_ccs and not made.remove_ccs


def _macro_stays_in_zendesk() -> bool:
    known = {"macro", "changes", "words", "public", "refused", "playbook", "canned"}
    return _names(Proposal) == known


def _bulk_stays_in_zendesk() -> bool:
    return _names(Planned) == {"ticket_id", "title", "said", "intent", "why"}


def _intents_stay_in_zendesk() -> bool:
    return set(get_args(Deed)) == {NewTicket, PersonOrganization, OrganizationText}


_NO_WORDS = Cannot("an undo writes no words; those that it reopens are a draft", _undo_has_no_words)
CANNOT = {
    ("blank", "undo"): _NO_WORDS,
    ("other customer", "undo"): _NO_WORDS,
    ("own address", "undo"): Cannot("an undo puts nobody among the readers", _undo_has_no_readers),
    ("public place", "undo"): _NO_WORDS,
    ("public place", "macro"): Cannot(
        "a macro writes to its ticket and opens no page", _macro_stays_in_zendesk
    ),
    ("public place", "bulk"): Cannot(
        "a bulk change writes to its tickets and opens no page; b is for one ticket",
        _bulk_stays_in_zendesk,
    ),
    ("public place", "hand-edited row"): Cannot(
        "no intent goes anywhere but to Zendesk; the words of a form that the journal keeps are "
        "looked at each time (walked by key)",
        _intents_stay_in_zendesk,
    ),
}


@dataclass
class Walk:
    """What was tried on one path so far."""

    path: str
    tried: list[str] = field(default_factory=list)

    def tries(self, rule: str) -> Rule:
        """The rule that is tried next, as it must be heard."""
        self.tried.append(rule)
        return RULES[rule]

    def done(self) -> None:
        """Nothing of the table is missing, and nothing was tried that it calls impossible."""
        wanted = [rule for rule in RULES if (rule, self.path) not in CANNOT]
        assert sorted(set(self.tried)) == sorted(wanted), self.path
