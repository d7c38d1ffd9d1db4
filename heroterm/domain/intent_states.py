"""The states that an intent may pass through (drawn in outbox.py), and their words."""

from __future__ import annotations

HELD, QUEUED, SENDING, VERIFY = "held", "queued", "sending", "verify"
SENT, NEEDS_YOU, RECALLED, DISCARDED = "sent", "needs_you", "recalled", "discarded"
STATES = (HELD, QUEUED, SENDING, VERIFY, SENT, NEEDS_YOU, RECALLED, DISCARDED)
UNFINISHED = (HELD, QUEUED, SENDING, VERIFY, NEEDS_YOU)
"""States in which the hero's words are not yet seen on the server."""

STATE_WORDS = {
    HELD: "held",
    QUEUED: "waiting to be sent",
    SENDING: "sending",
    VERIFY: "checking whether it arrived",
    SENT: "sent",
    NEEDS_YOU: "needs you",
    RECALLED: "recalled before sending",
    DISCARDED: "discarded",
}
"""What a person reads for each state."""
