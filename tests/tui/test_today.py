"""What was done today: tickets answered from here, and how long those waited for a first answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.domain.stats import OUT_OF_ORDER
from heroterm.journal.database import Journal, open_journal
from heroterm.tui.today import Done, done, picked_words
from tests.conftest import NOW
from tests.mirror.make import JO, KIM, Desk, comment, ticket

HOUR = timedelta(hours=1)


def sent(journal: Journal, name: str, ticket_id: int, comment: PublicReply | InternalNote) -> None:
    journal.outbox.put(Intent(name, ticket_id, NOW, NOW, comment))
    journal.outbox.due(NOW)
    assert journal.outbox.begin(name, stamp="", now=NOW) is not None
    assert journal.outbox.settle(name, "sent") is not None


def test_the_middle_one_of_the_first_answers_is_told(tmp_path: Path) -> None:
    desk, journal = Desk(tmp_path / "mirror.db"), open_journal(tmp_path / "j.db", clock=lambda: NOW)
    for number, hours in ((1, 2), (2, 5), (3, 26), (4, 30)):
        at = NOW - hours * HOUR
        desk.save(ticket(number, created_at=at))
        said = [comment(number * 10, number, JO.id, created_at=at)]
        if number == 4:  # its first answer came yesterday
            said.append(comment(41, 4, KIM.id, created_at=NOW - 25 * HOUR))
        said.append(comment(number * 10 + 5, number, KIM.id, created_at=NOW))
        desk.writer.save_comments(number, said, (JO, KIM), complete=True, at=NOW)
        sent(journal, f"r{number}", number, PublicReply("Hey Jo, it works again."))
    sent(journal, "n", 5, InternalNote("see logs"))
    assert done(journal, desk.mirror, NOW) == Done(4, 5 * HOUR)
    assert done(journal, None, NOW) == Done(4)
    assert done(None, desk.mirror, NOW) == Done()
    journal.close()
    desk.close()


def test_the_last_of_several_picks_is_named(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "j.db", clock=lambda: NOW)
    for number in (8, 9):
        journal.trail.write(OUT_OF_ORDER, ticket_id=number, detail="#3 (T2) was next")
    picked = done(journal, None, NOW).picked
    assert picked_words(picked) == " picked out of order this week: 2 (last #9, #3 was next)"
    assert picked_words(()) == "" == picked_words(done(journal, None, NOW + 8 * 24 * HOUR).picked)
    journal.close()
