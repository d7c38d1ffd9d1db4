"""Words that come back find their own recipient, and no other draft is lost for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, Draft, Intent, PublicReply
from heroterm.journal.database import Journal
from tests.conftest import NOW
from tests.journal.conftest import reply

KIND = NewTicket.kind


def letter(name: str, to: str, subject: str = "Please confirm") -> Intent:
    """A held new ticket, decided on ticket 7."""
    words, deed = PublicReply(f"Dear {to}"), NewTicket(to, "", subject)
    return replace(reply(name), comment=words, changes=Changes(), deed=deed)


def begun(to: str, body: str, subject: str = "Please confirm", ticket_id: int = 7) -> Draft:
    return Draft(ticket_id, KIND, body, NOW, to=to, subject=subject)


def test_two_letters_that_are_recalled_are_never_mixed(journal: Journal) -> None:
    journal.outbox.put(letter("a", "ada@example.com"))
    journal.outbox.put(letter("b", "bob@example.com"))
    journal.outbox.recall("a")
    journal.outbox.recall("b")
    (draft,) = journal.drafts.list()
    (thrown,) = journal.drafts.thrown()
    trashed = thrown.draft
    assert (draft.to, draft.body) == ("bob@example.com", "Dear bob@example.com")
    assert (trashed.to, trashed.body) == ("ada@example.com", "Dear ada@example.com")


def test_a_letter_that_comes_back_joins_one_to_the_same_person(journal: Journal) -> None:
    journal.outbox.put(letter("a", "ada@example.com"))
    journal.drafts.save(begun("ada@example.com", "and one more thing"))
    journal.outbox.recall("a")
    (draft,) = journal.drafts.list()
    assert draft.body == "Dear ada@example.com\n\nand one more thing"


def test_a_draft_that_is_only_a_subject_is_not_written_over(journal: Journal) -> None:
    journal.outbox.put(letter("a", "ada@example.com"))
    journal.drafts.save(begun("bob@example.com", "", "An hour's thought"))
    journal.outbox.recall("a")
    assert [d.draft.subject for d in journal.drafts.thrown()] == ["An hour's thought"]
    journal.outbox.put(letter("b", "eve@example.com"))
    journal.drafts.save(begun("bob@example.com", "", "Another thought"))
    journal.outbox.discard("b")
    assert [d.subject for d in journal.drafts.list()] == ["Another thought"]
    assert "Dear eve@example.com" in [d.draft.body for d in journal.drafts.thrown()]


def test_files_of_both_stay_with_joined_words(journal: Journal) -> None:
    one, two = (journal.enclosures.keep(n, "text/plain", n.encode()) for n in ("one", "two"))
    changes = Changes(add_ccs=("a@example.com",))
    journal.outbox.put(replace(reply("a"), files=(one,), changes=changes))
    words = Draft(7, "public_reply", "more", NOW, files=(two,), ccs=("A@example.com",))
    journal.drafts.save(words)
    recalled = journal.outbox.recall("a")
    back = journal.drafts.get(7, "public_reply")
    assert back is not None and recalled is not None
    assert (back.files, back.ccs, recalled.why) == ((one, two), ("a@example.com",), "")


@pytest.mark.parametrize(
    "copied", [Changes(add_ccs=("boss@example.com",)), Changes(remove_ccs=("boss@example.com",))]
)
def test_replies_with_other_copies_are_never_mixed_when_they_are_recalled(
    journal: Journal, copied: Changes
) -> None:
    journal.outbox.put(replace(reply("a"), comment=PublicReply("For Jo alone."), changes=Changes()))
    journal.outbox.put(replace(reply("b"), comment=PublicReply("For both."), changes=copied))
    for id_ in ("b", "a"):
        recalled = journal.outbox.recall(id_)
    assert recalled is not None and "trash" in recalled.why
    found = journal.outbox.get("a")
    assert found is not None and found.why == recalled.why
    (draft,), (thrown,) = journal.drafts.list(), journal.drafts.thrown()
    trashed = thrown.draft
    assert (draft.body, draft.ccs, draft.remove_ccs) == ("For Jo alone.", (), ())
    assert trashed.body == "For both." and (trashed.ccs or trashed.remove_ccs)


def test_a_reply_that_is_given_up_leaves_a_draft_with_other_copies_alone(journal: Journal) -> None:
    journal.outbox.put(replace(reply("a"), comment=PublicReply("Same."), changes=Changes()))
    journal.drafts.save(Draft(7, "public_reply", "Same.", NOW, ccs=("boss@example.com",)))
    journal.outbox.discard("a")
    (draft,), (thrown,) = journal.drafts.list(), journal.drafts.thrown()
    trashed = thrown.draft
    assert (draft.ccs, trashed.ccs) == (("boss@example.com",), ())


@pytest.mark.parametrize("same", [True, False])
def test_letters_of_a_merged_ticket_are_never_mixed(journal: Journal, same: bool) -> None:
    journal.drafts.save(begun("ada@example.com", "from seven"))
    to = "ada@example.com" if same else "bob@example.com"
    journal.drafts.save(begun(to, "from eight", ticket_id=8))
    journal.drafts.follow(7, 8)
    (draft,) = journal.drafts.list()
    assert draft.body == ("from eight\n\nfrom seven" if same else "from eight")
    assert [d.draft.to for d in journal.drafts.thrown()] == ([] if same else ["ada@example.com"])


def test_one_of_a_bulk_change_gives_its_words_back_and_leaves_drafts_alone(
    journal: Journal,
) -> None:
    journal.drafts.save(Draft(7, "public_reply", "my own draft", NOW))
    journal.outbox.put(replace(reply("a", 7), group="g"))
    assert [d.body for d in journal.drafts.list()] == ["my own draft"]
    journal.outbox.recall("a")
    (draft,) = journal.drafts.list()
    assert draft.body == "Dear Ada, it is fixed.\n\nmy own draft"
    journal.outbox.put(replace(reply("b", 8), group="g"))
    assert [i.id for i in journal.outbox.recall_group("g")] == ["b"]
    assert len(journal.drafts.list()) == 1


def test_a_draft_keeps_the_step_that_its_words_do(journal: Journal) -> None:
    words = Draft(7, "public_reply", "Hey Ada", NOW, step=("run", "reply"))
    journal.drafts.save(words)
    journal.drafts.trash(7, "public_reply")
    (thrown,) = journal.drafts.thrown()
    assert journal.drafts.restore(thrown.id) == words
    journal.drafts.save(Draft(8, "public_reply", "more", NOW))
    journal.drafts.follow(7, 8)
    assert [(d.ticket_id, d.step) for d in journal.drafts.list()] == [(8, ("run", "reply"))]
