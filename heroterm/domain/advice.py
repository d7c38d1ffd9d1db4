"""Advice on tone and status: never blocks, each piece can be followed or left.

Handbook, "How do I communicate?": start with "Hey [insert name]", thank, acknowledge frustration,
follow up. Handbook, "Ticket Status": which status goes with which answer. Words and phrases are
data (data/tone.toml), compared without case; nothing leaves the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from heroterm.domain.findings import Finding
from heroterm.domain.greeting import Greeted, greeted, is_known
from heroterm.domain.keyed_words import literal
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.domain.phrases import has, latin, prose
from heroterm.domain.quotes import own_words
from heroterm.domain.reply import CannedReply, greeting_name
from heroterm.domain.text import shown
from heroterm.domain.tone import Tone

_ADD = "{review.edit}: add it."
_STATUS_WORDS = {"pending": "Pending", "open": "Open", "hold": "On-Hold", "solved": "Solved"}


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
    others: tuple[str, ...] = ()
    """Names of others on the customer's side: who wrote along, or gets copies."""
    merged: tuple[tuple[str, int], ...] = ()
    """Names of those who wrote only in a ticket that was merged into this one, and its number:
    Zendesk sends them copies from then on.
    """
    before: tuple[str, ...] = ()
    """Messages of the customer before the newest one that nobody has answered in public."""


@dataclass(frozen=True, slots=True)
class AdvisedStatus:
    """The status that fits an answer, and why, in the handbook's terms."""

    status: str
    why: str
    told: bool = False
    """Whether somebody else here works on it next, whom an internal note has to tell."""


def advise(intent: Intent, talk: Conversation, tone: Tone) -> list[Finding]:
    """Advice on a public reply; internal notes are nobody's manners."""
    if not isinstance(intent.comment, PublicReply):
        return []
    body = own_words(intent.comment.body)
    if not body.strip():
        return []
    talk = replace(talk, attachments=max(talk.attachments, len(intent.files)))
    manners = [*_greeting(body, talk, tone), *_manners(prose(body), talk, tone)]
    return [
        *(manners if latin(prose(body)) else ()),
        *_attachment(prose(body), talk, tone),
        *_handbook(body, talk, tone),
        *_status(intent, talk, tone),
    ]


def _greeting(body: str, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    first = body.strip().split("\n", 1)[0]
    name = greeting_name(talk.requester)
    found = greeted(body, (tone.greeting, *tone.greetings, *tone.abroad))
    if found.word != tone.greeting and found.word not in tone.abroad:
        wanted = f"{tone.greeting.capitalize()} {name or 'there'}, …"
        yield _advice("greeting", f'Handbook: start with "{wanted}".', _ADD, first)
    elif name and found.names and not _reads_it(found, talk, tone):
        written = shown(found.names[0], single_line=True, limit=30)
        merged = next((n for who, n in talk.merged if is_known(found.names[0], (who,))), None)
        whose = f" whose #{merged} was merged into this ticket;" if merged is not None else ""
        yield _advice(
            "greeting-name",
            f'The greeting says "{written}",{whose} the requester is {name}.',
            "{thread.identity} shows who wrote; {review.edit}: correct it.",
            found.names[0],
        )


def _reads_it(found: Greeted, talk: Conversation, tone: Tone) -> bool:
    readers = (talk.requester, *talk.others)
    return any(
        name.casefold() in tone.everyone or is_known(name, readers, talk.last_words)
        for name in found.names
    )


def _manners(body: str, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    theirs = _unanswered(talk)
    frustrated = has(theirs, tone.frustration)
    if frustrated and not has(body, tone.apology):
        yield _advice(
            "apology",
            f'They wrote "{frustrated}": acknowledging it earns goodwill (handbook).',
            '"Sorry for the trouble" is enough.',
            _first(body),
        )
    reported = has(theirs, tone.reported) or has("\n".join(_messages(talk)), tone.form)
    if reported and not has(body, tone.thanks):
        say = "They reported something: thank them (handbook)."
        yield _advice("thanks", say, _ADD, _first(body))
    if "?" not in body and not has(body, tone.next_step):
        yield _advice(
            "next-step",
            "It does not say what happens next or who waits.",
            _ADD,
            body.strip().rsplit("\n", 1)[-1],
        )
    letter = has(body, tone.letter) if talk.source == "slack" else None
    if letter:
        say = f'"{letter}" reads like a letter in Slack.'
        yield _advice("slack-tone", say, "Leave it out.", letter)


def _messages(talk: Conversation) -> tuple[str, ...]:
    return (*talk.before, talk.last_words)


def _unanswered(talk: Conversation) -> str:
    """What the customer says and nobody has answered: each message without what it quotes."""
    return "\n\n".join(prose(each) for each in _messages(talk))


def _attachment(body: str, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    named = has(body, tone.attachment)
    if named and not talk.attachments:
        yield _advice(
            "attachment",
            "It speaks of an attachment, but none is there.",
            "Leave it out, or attach it.",
            named,
        )


def _handbook(body: str, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    """Two answers of the handbook that are easily forgotten (features D19, D20)."""
    theirs, used = _unanswered(talk), talk.canned.name if talk.canned else ""
    hosts = talk.source != "app" and has(theirs, tone.self_hosted)
    if hosts and used != tone.self_hosted_reply:
        yield _advice(
            "self-hosted",
            f'They wrote "{hosts}". Handbook: politely direct self-hosted users to the docs, and '
            "to a GitHub issue where something is broken; no other support.",
            _picks(tone.self_hosted_reply),
        )
    link = tone.bug_link.search(body) and not has(body, tone.feature_words)
    helped = "a bug report" if link else has(theirs, tone.helpful)
    if helped and not has(body, tone.merch):
        yield _advice(
            "merch",
            f"They helped ({helped}). Handbook: feel free to offer a small credit for the merch "
            f"store. {tone.merch_link}".strip(),
            _picks(tone.merch_reply),
        )


def _picks(name: str) -> str:
    return f"{{review.canned}}, then {literal(name)}." if name else ""


def _first(body: str) -> str:
    return body.strip().split("\n", 1)[0]


def _status(intent: Intent, talk: Conversation, tone: Tone) -> Iterator[Finding]:
    advised = advised_status(intent, talk, tone)
    chosen = intent.changes.status
    if advised and chosen != advised.status:
        word = _STATUS_WORDS[advised.status]
        now = f"not {_STATUS_WORDS.get(chosen, chosen)}" if chosen else "none is chosen"
        press = f"{{review.{advised.status}}} {word}."
        yield _advice("status", f"{word} fits, {now}: {advised.why}", press)


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
        if has(body, tone.feature_words):
            why = "a feature request was shared, so that they can follow it (Ticket Status)."
            return AdvisedStatus(tone.status_feature_link, why)
        why = 'a bug report was shared ("change the ticket from Open to Pending").'
        return AdvisedStatus(tone.status_bug_link, why)
    if has(body, tone.colleague):
        why = 'someone else works on it next: "leaving an internal note" tells them what.'
        return AdvisedStatus(tone.status_colleague, why, told=True)
    if "?" not in prose(body) and _confirmed(prose(talk.last_words), tone):
        return AdvisedStatus(tone.status_confirmed, "they confirmed that it is resolved.")
    return AdvisedStatus(tone.status_usual, '"Use this for most replies to customers".')


def _confirmed(theirs: str, tone: Tone) -> bool:
    """Whether they say that it is solved, and neither ask nor take it back in the same breath."""
    return bool("?" not in theirs and has(theirs, tone.confirmed)) and not has(
        theirs, tone.unconfirmed
    )


def _advice(rule: str, say: str, instead: str, at: str = "") -> Finding:
    return Finding(rule, "advice", say, instead, at)
