"""What a process of these tests does besides the program's own verbs, and how it ends early."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from heroterm.domain.deeds import NewTicket, PersonOrganization
from heroterm.domain.outbox import Changes, Draft, Intent, InternalNote, PublicReply
from heroterm.journal.database import Journal, open_journal
from heroterm.secrets import Secrets
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_lock import RenewalLock
from heroterm.zendesk.oauth_session import Session
from heroterm.zendesk.oauth_tokens import Tokens, read
from tests.crash.dying import Act, kill
from tests.crash.moment import Moment

Deed = Callable[[Path, Moment, dict[str, Any]], None]
ATTACHED = b"one line of a log"


def intent_of(job: dict[str, Any], moment: Moment, journal: Journal) -> Intent:
    """The intent that a job names, as the hero confirmed it."""
    kind, name, now = job["kind"], job["name"], moment.local()
    body = f"words of {name}"
    values: dict[str, Any] = {"comment": PublicReply(body)}
    if kind in ("note", "file"):
        values = {"comment": InternalNote(body)}
    if kind == "file" or job["attach"]:
        values["files"] = (journal.enclosures.keep("log.txt", "text/plain", ATTACHED),)
    if kind == "new_ticket":
        values["deed"] = NewTicket(job["to"], "Owner", f"About {name}")
    if kind == "person":
        values = {"deed": PersonOrganization(job["person"], job["into"], job["before"])}
    hold = timedelta(seconds=job.get("hold", 0))
    return Intent(
        name,
        job["ticket"],
        now,
        now + hold,
        changes=Changes(),
        base_stamp=job["stamp"],
        seen_comment_id=job["seen"],
        state="held" if hold else "queued",
        **values,
    )


def _with_journal(deed: Callable[[Journal, Moment, dict[str, Any]], None]) -> Deed:
    def act(path: Path, moment: Moment, job: dict[str, Any]) -> None:
        journal = open_journal(path, clock=moment.local)
        try:
            deed(journal, moment, job)
        finally:
            journal.close()

    return act


def _draft(journal: Journal, moment: Moment, job: dict[str, Any]) -> None:
    kind = {"reply": "public_reply", "new_ticket": "new_ticket"}.get(job["kind"], "internal_note")
    journal.drafts.save(Draft(job["ticket"], kind, job["body"], moment.local()))


def _put(journal: Journal, moment: Moment, job: dict[str, Any]) -> None:
    journal.outbox.put(intent_of(job, moment, journal))


def _recall(journal: Journal, moment: Moment, job: dict[str, Any]) -> None:
    journal.outbox.recall(job["name"])


def _tidy(journal: Journal, moment: Moment, job: dict[str, Any]) -> None:
    journal.housekeeping.tidy(moment.local(), older_than=moment.local())


def _refresh(_path: Path, _moment: Moment, job: dict[str, Any]) -> None:
    """Renew a sign-in, and die at the moment that the job names."""
    folder, now = Path(job["folder"]), datetime.fromisoformat(job["now"])
    secrets = Secrets(folder, {})
    endpoint = TokenEndpoint(job["url"], clock=lambda: now)

    def at(moment: str) -> None:
        if moment == job["at"]:
            kill()

    class Place:
        def load(self) -> str:
            return secrets.find(job["url"], job["email"])

        def save(self, text: str) -> None:
            at("before-save")
            secrets.replace(job["url"], job["email"], text)
            at("after-save")

    class Endpoint:
        def renew(self, tokens: Tokens, refresh: str) -> Tokens:
            at("before-request")
            found = endpoint.renew(tokens, refresh)
            at("after-answer")
            return found

    lock = RenewalLock(folder / "sign-in.lock", lambda _: None)
    tokens = read(Place().load())
    Session(tokens, Place(), Endpoint(), alone=lock, clock=lambda: now).fresh()


DEEDS: dict[str, Deed] = {
    "refresh": _refresh,
    "draft": _with_journal(_draft),
    "put": _with_journal(_put),
    "recall": _with_journal(_recall),
    "tidy": _with_journal(_tidy),
    "open": _with_journal(lambda journal, moment, job: None),
}


def _stand_still(moment: Moment, job: dict[str, Any]) -> Act:
    return lambda: os.kill(os.getpid(), signal.SIGSTOP)


def _sleep_long(moment: Moment, job: dict[str, Any]) -> Act:
    return lambda: moment.turn(8 * 3_600)


def _turn_the_clock(moment: Moment, job: dict[str, Any]) -> Act:
    return lambda: moment.turn(0, skew=float(job["skew"]))


ACTS: dict[str, Callable[[Moment, dict[str, Any]], Act]] = {
    "kill": lambda moment, job: kill,
    "stop": _stand_still,
    "sleep": _sleep_long,
    "clock": _turn_the_clock,
    "term": lambda moment, job: lambda: os.kill(os.getpid(), signal.SIGTERM),
}
"""What happens at a point."""
