"""What may not be sent, what must be asked first, and what is only advised: one list.

The same list is used when an intent is put and again when it is pushed, so that keyboard, macro,
bulk, playbook and command line all meet it (architecture.md §4). A `refuse` cannot be answered
away; an `ask` is settled when its rule stands in the intent's overrides.
"""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain import rules_of_claims as claims
from heroterm.domain import rules_of_recipients as recipients
from heroterm.domain import rules_of_status as status
from heroterm.domain import rules_of_words as words
from heroterm.domain.findings import Facts, Finding, Level, Rule
from heroterm.domain.outbox import Intent


def check(intent: Intent, facts: Facts) -> list[Finding]:
    """Everything that the rules find, refusals first, then questions, then advice."""
    order: tuple[Level, ...] = ("refuse", "ask", "advice")
    rules = RULES if intent.deed is None else RULES_OF_DEEDS
    found = [finding for rule in rules for finding in rule(intent, facts)]
    standing = [f for f in found if not (f.level == "ask" and f.rule in intent.overrides)]
    return sorted(standing, key=lambda finding: order.index(finding.level))


def objections(findings: Sequence[Finding]) -> list[Finding]:
    """Those that stop the intent: refusals, and questions that nobody has answered yet."""
    return [finding for finding in findings if finding.level != "advice"]


RULES: tuple[Rule, ...] = (
    status.closed,
    claims.claimed,
    recipients.community,
    recipients.light_agent,
    recipients.light_agents_change,
    words.empty,
    words.too_long,
    words.unfilled,
    words.left_out,
    status.status,
    status.hold,
    status.pending,
    status.steps,
    status.solved_elsewhere,
    status.solved_by_note,
    recipients.copies,
    recipients.own_copies,
    recipients.own_address,
    recipients.help_desk,
    words.other_customer,
    words.content_warning,
    words.note_of_elsewhere,
)
"""Every rule of a ticket update, in the order in which findings of one level are shown: what no
other words would mend comes first.
"""
RULES_OF_DEEDS: tuple[Rule, ...] = (
    recipients.community_letter,
    recipients.light_agent,
    recipients.light_agents_change,
    words.empty,
    words.too_long,
    words.unfilled,
    words.left_out,
    recipients.recipient,
    recipients.deed_alone,
    recipients.copies,
    recipients.own_copies,
    recipients.own_recipient,
    recipients.help_desk,
    words.other_customer,
)
"""Every rule of a write that goes elsewhere (domain.deeds): the ticket at hand is not written."""
