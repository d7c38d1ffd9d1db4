"""Advice on tone and status: never blocks, each piece can be followed or left.

Handbook, "How do I communicate?": start with "Hey [insert name]", thank, acknowledge frustration,
follow up. Handbook, "Ticket Status": which status goes with which answer. Words and phrases are
data (data/tone.toml), compared without case; nothing leaves the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.domain.quotes import own_words
from heroterm.domain.reply import CannedReply, greeting_name
from heroterm.domain.tables import Table
from heroterm.domain.text import shown
from heroterm.domain.ticket import WRITABLE_STATUSES

_GREETED = re.compile(r"\s*(?:hey|hi|hello|dear)\s+([^\s,!.:]+)", re.IGNORECASE)
_STATUS_KEYS = {"pending": "p", "open": "o", "hold": "h", "solved": "s"}
_STATUS_WORDS = {"pending": "Pending", "open": "Open", "hold": "On-Hold", "solved": "Solved"}


@dataclass(frozen=True, slots=True)
class Tone:
    """Phrases to look for, all in lower case, and the statuses that answers go with."""

    greeting: str
    """What an answer begins with, without the name: "hey"."""
    thanks: tuple[str, ...]
    reported: tuple[str, ...]
    """Words of a customer who reports, suggests or contributes something."""
    apology: tuple[str, ...]
    frustration: tuple[str, ...]
    next_step: tuple[str, ...]
    """Words that say what happens next and who waits for whom."""
    confirmed: tuple[str, ...]
    """Words of a customer for whom it is solved."""
    letter: tuple[str, ...]
    """Closings that read like a letter where Slack is meant."""
    attachment: tuple[str, ...]
    bug_link: re.Pattern[str]
    feature_words: tuple[str, ...]
    status_usual: str
    status_confirmed: str
    status_bug_link: str
    """The handbook says both Pending (step 6) and Solved (Ticket Status); the steps win."""
    status_feature_link: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is being answered."""

    requester: str = ""
    last_words: str = ""
    """The newest public message of the customer."""
    source: str = "mail"
    canned: CannedReply | None = None
    """The canned reply that the answer was made from: its own status is the one that fits."""
    attachments: int = 0
    """Files that go with the answer."""


@dataclass(frozen=True, slots=True)
class AdvisedStatus:
    """The status that fits an answer, and why, in the handbook's terms."""

    status: str
    why: str


def from_table(table: Table) -> Tone:
    """The words of a tone.toml. Raises tables.BadEntry."""
    words, links, statuses = table.table("words"), table.table("links"), table.table("status")

    def lower(key: str) -> tuple[str, ...]:
        return tuple(word.casefold() for word in words.texts(key))

    tone = Tone(
        greeting=words.text("greeting").casefold(),
        thanks=lower("thanks"),
        reported=lower("reported"),
        apology=lower("apology"),
        frustration=lower("frustration"),
        next_step=lower("next_step"),
        confirmed=lower("confirmed"),
        letter=lower("letter"),
        attachment=lower("attachment"),
        bug_link=links.pattern("issue"),
        feature_words=tuple(word.casefold() for word in links.texts("feature_words")),
        status_usual=statuses.text("usual", among=WRITABLE_STATUSES),
        status_confirmed=statuses.text("confirmed", among=WRITABLE_STATUSES),
        status_bug_link=statuses.text("bug_link", among=WRITABLE_STATUSES),
        status_feature_link=statuses.text("feature_link", among=WRITABLE_STATUSES),
    )
    for part in (words, links, statuses):
        part.done()
    return tone


def advise(intent: Intent, talk: Conversation, tone: Tone) -> list[Finding]:
    """Advice on a public reply; internal notes are nobody's manners."""
    if not isinstance(intent.comment, PublicReply):
        return []
    body = own_words(intent.comment.body)
    if not body.strip():
        return []
    return [*_greeting(body, talk, tone), *_manners(body, talk, tone), *_status(intent, talk, tone)]


def _has(text: str, phrases: tuple[str, ...]) -> str | None:
    """The first of the phrases that stands in the text as whole words."""
    folded = " ".join(text.casefold().replace("’", "'").split())
    for phrase in phrases:
        if phrase in folded and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded):
            return phrase
    return None


def _greeting(body: str, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    first = body.strip().split("\n", 1)[0]
    name = greeting_name(talk.requester)
    wanted = f"{tone.greeting.capitalize()} {name or 'there'}, …"
    if not first.casefold().startswith(tone.greeting):
        yield _advice("greeting", f'Handbook: start with "{wanted}".', "enter: add it.")
        return
    greeted = _GREETED.match(first)
    said = greeted[1].casefold() if greeted else ""
    known = {part.casefold() for part in talk.requester.split()} | {"there", "all", "everyone"}
    if name and said and said not in known:
        written = shown(greeted[1] if greeted else "", single_line=True, limit=30)
        yield _advice(
            "greeting-name",
            f'The greeting says "{written}", the requester is {name}.',
            "H shows who wrote; enter: correct it.",
        )


def _manners(body: str, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    frustrated = _has(talk.last_words, tone.frustration)
    if frustrated and not _has(body, tone.apology):
        yield _advice(
            "apology",
            f'They wrote "{frustrated}": acknowledging it earns goodwill (handbook).',
            '"Sorry for the trouble" is enough.',
        )
    if _has(talk.last_words, tone.reported) and not _has(body, tone.thanks):
        yield _advice("thanks", "They reported something: thank them (handbook).", "enter: add it.")
    if "?" not in body and not _has(body, tone.next_step):
        yield _advice(
            "next-step",
            "It does not say what happens next or who waits.",
            "enter: add it.",
        )
    letter = _has(body, tone.letter) if talk.source == "slack" else None
    if letter:
        yield _advice("slack-tone", f'"{letter}" reads like a letter in Slack.', "Leave it out.")
    if not talk.attachments and _has(body, tone.attachment):
        yield _advice(
            "attachment",
            "It speaks of an attachment, but none is there.",
            "Leave it out, or attach it in Zendesk (o o).",
        )


def _status(intent: Intent, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    advised = advised_status(intent, talk, tone)
    chosen = intent.changes.status
    if advised and chosen != advised.status:
        word = _STATUS_WORDS[advised.status]
        now = f"not {_STATUS_WORDS.get(chosen, chosen)}" if chosen else "none is chosen"
        yield _advice(
            "status",
            f"{word} fits, {now}: {advised.why}",
            f"{_STATUS_KEYS[advised.status]} {word}.",
        )


def advised_status(intent: Intent, talk: Conversation, tone: Tone) -> AdvisedStatus | None:
    """The status that goes with an answer; None for a note with nothing to tell from it."""
    if not isinstance(intent.comment, PublicReply):
        if isinstance(intent.comment, InternalNote) and talk.source == "community":
            return AdvisedStatus("solved", "the question is answered on its own page.")
        return None
    if talk.canned is not None and talk.canned.status is not None:
        title = talk.canned.title
        return AdvisedStatus(talk.canned.status, f'it goes with the canned reply "{title}".')
    body = own_words(intent.comment.body)
    if tone.bug_link.search(body):
        if _has(body, tone.feature_words):
            why = "a feature request was shared, so that they can follow it (Ticket Status)."
            return AdvisedStatus(tone.status_feature_link, why)
        why = 'a bug report was shared ("change the ticket from Open to Pending").'
        return AdvisedStatus(tone.status_bug_link, why)
    if "?" not in body and _has(own_words(talk.last_words), tone.confirmed):
        return AdvisedStatus(tone.status_confirmed, "they confirmed that it is resolved.")
    return AdvisedStatus(tone.status_usual, '"Use this for most replies to customers".')


def _advice(rule: str, say: str, instead: str) -> Finding:
    return Finding(rule, "advice", say, instead)
