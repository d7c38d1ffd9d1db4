"""What to do on the command line about what a rule found: commands and options, no keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from heroterm.domain.findings import Facts, Finding

REMEDIES = {
    "closed-ticket": "heroterm new --follow-up {id} --body … begins a follow-up ticket.",
    "empty-text": "Give the words with --body TEXT, --body-file F or --canned NAME.",
    "too-long": "Shorten the words, or send them in two; nothing was queued.",
    "unfilled-placeholder": "Fill it in with --set NAME=VALUE, by its name or number, or write the "
    "words with --body.",
    "community-public-reply": "Answer {place}, then: heroterm note {id} --canned "
    "community-recorded --status solved",
    "light-agent-reply": "Write it as a note (heroterm note {id}), or ask for a full seat.",
    "light-agent-change": "Say in a note what is to be changed (heroterm note {id}), without more.",
    "status-not-for-answers": "Use --status open, pending, hold or solved.",
    "custom-status-unknown": "`heroterm sync --once` brings your account's statuses; then again.",
    "hold-needs-reply": "Tell the customer in the same update (heroterm reply {id} --status hold), "
    "or use --status pending.",
    "pending-unread": "See what they wrote (heroterm show {id}), or answer yes.",
    "open-required-steps": "`heroterm playbook runs` says which; `heroterm playbook run NAME {id} "
    "--plain` goes on with it, or /abort REASON ends it there.",
    "solve-with-note-only": "Write a reply first (heroterm reply {id}), or answer yes.",
    "solve-unrecorded": "Record the answer (heroterm note {id} --canned community-recorded "
    "--status solved), or answer yes.",
    "claimed": "Take another (heroterm next), or talk to them before you take it over.",
    "own-address": "See who really wrote (heroterm show {id}), or answer yes.",
    "own-address-copied": "Leave it out of --cc.",
    "own-address-written-to": "Write to the customer's own address.",
    "copy-to-no-address": "Give a whole address with --cc: name@example.com.",
    "same-words": "heroterm outbox shows what waits; nothing more was queued.",
    "help-desk-address": "Write to a person's address, or answer yes.",
    "other-customer-named": "Take the name out of the words, or answer yes.",
    "html-left-out": "Put a blank behind the bracket, or answer yes.",
    "no-recipient": "Give a whole address: name@example.com.",
    "no-subject": "Give the new ticket a subject.",
    "new-ticket-needs-words": "Give the words with --body TEXT, --body-file F or --canned NAME.",
    "deed-alone": "Put the words and the fields into a change of their own.",
    "content-warning-public": "Describe it in your own words, without quotes and links.",
    "content-warning": "heroterm show {id} shows the organization.",
    "answer-where-asked": "heroterm show {id} gives the issue's link; heroterm note {id} then "
    "records the answer.",
    "open-needs-words": "Say in the note what you tried and what is needed.",
    "greeting": "Recall it to greet so.",
    "greeting-name": "heroterm show {id} shows who wrote; recall it to correct the name.",
    "apology": "Recall it to say so.",
    "thanks": "Recall it to thank them.",
    "next-step": "Recall it to say so.",
    "slack-tone": "Recall it to leave that out.",
    "attachment": "Recall it to add --attach F, or to leave that out.",
    "self-hosted": "`heroterm canned list` names the words for it; recall it to use them.",
    "merch": "`heroterm canned list` names words for it; a second reply can offer one, too.",
    "status": "Give --status along, or set it behind this: heroterm set {id} --status S.",
}
"""The next step by the name of the rule; `{id}` is the ticket, `{place}` the question's page."""
_OF_QUESTIONS = {
    "closed-ticket": "Answer {place}; a question has no follow-up ticket.",
    "hold-needs-reply": "Answer {place}, then: heroterm note {id} --canned community-recorded "
    "--status hold",
}
"""The same where the ticket is a community question: what a reply could do, none may do there."""


@dataclass(frozen=True, slots=True)
class Voice:
    """In which words a way of working is spoken to: `{rule}` and `{short}` are filled in."""

    remedies: Mapping[str, str]
    of_questions: Mapping[str, str]
    """Those that are others where the ticket is a community question."""
    yes: str
    """How a question is answered with yes."""
    recall: str
    """How what is held is taken back."""
    carried: str
    """What sends it."""
    advises: bool = True
    """Whether advice is said when it is queued; else it was said before."""


COMMANDS = Voice(
    REMEDIES,
    _OF_QUESTIONS,
    " Yes is --anyway {rule}.",
    "`heroterm outbox recall {short}` takes it back",
    " A running heroterm or `heroterm sync` carries it.",
)


def remedy(finding: Finding, facts: Facts, voice: Voice = COMMANDS) -> str:
    """What to do now; for a question also how it is answered with yes."""
    place = f"at {facts.question_url}" if facts.question_url else "on the question's page"
    there = voice.of_questions if facts.source == "community" else {}
    words = there.get(finding.rule) or voice.remedies[finding.rule]
    said = words.format(id=facts.ticket.id or "NUMBER", place=place)
    return said + voice.yes.format(rule=finding.rule) if finding.level == "ask" else said
