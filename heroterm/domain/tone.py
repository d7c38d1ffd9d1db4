"""What tone.toml says: phrases to look for in an answer, and the statuses that answers go with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from heroterm.domain.tables import Table
from heroterm.domain.ticket import WRITABLE_STATUSES


@dataclass(frozen=True, slots=True)
class Tone:
    """Phrases to look for, all in lower case, and the statuses that answers go with."""

    greeting: str
    """What an answer begins with, without the name: "hey"."""
    greetings: tuple[str, ...]
    """Other greetings of the same language: known, and advised against."""
    abroad: tuple[str, ...]
    """Greetings of other languages: an answer in one of those begins with its own."""
    everyone: tuple[str, ...]
    """Words that stand in a greeting for whoever reads it."""
    thanks: tuple[str, ...]
    reported: tuple[str, ...]
    """Words of a customer who reports, suggests or contributes something."""
    form: tuple[str, ...]
    """Lines of the in-app form that say the same."""
    apology: tuple[str, ...]
    frustration: tuple[str, ...]
    next_step: tuple[str, ...]
    """Words that say what happens next and who waits for whom."""
    confirmed: tuple[str, ...]
    """Words of a customer for whom it is solved."""
    unconfirmed: tuple[str, ...]
    """Words that take such a confirmation back."""
    letter: tuple[str, ...]
    """Closings that read like a letter where Slack is meant."""
    attachment: tuple[str, ...]
    self_hosted: tuple[str, ...]
    """Words of a customer who runs it on machines of their own."""
    helpful: tuple[str, ...]
    """Words of a customer who was of particular help: a security report, a pull request."""
    merch: tuple[str, ...]
    """Words that offer a credit for the merch store."""
    colleague: tuple[str, ...]
    """Words that say that somebody else here works on it next."""
    bug_link: re.Pattern[str]
    feature_words: tuple[str, ...]
    status_usual: str
    status_confirmed: str
    status_bug_link: str
    """The handbook says both Pending (step 6) and Solved (Ticket Status); the steps win."""
    status_feature_link: str
    status_colleague: str
    self_hosted_reply: str
    """Name of the canned reply for self-hosted setups; "" where there is none."""
    merch_reply: str
    merch_link: str = ""


def from_table(table: Table) -> Tone:
    """The words of a tone.toml. Raises tables.BadEntry."""
    words, links, statuses = table.table("words"), table.table("links"), table.table("status")
    replies = table.table("replies", needed=False)

    def lower(key: str) -> tuple[str, ...]:
        return tuple(word.casefold() for word in words.texts(key))

    tone = Tone(
        greeting=words.text("greeting").casefold(),
        greetings=lower("greetings"),
        abroad=lower("abroad"),
        everyone=lower("everyone"),
        thanks=lower("thanks"),
        reported=lower("reported"),
        form=lower("form"),
        apology=lower("apology"),
        frustration=lower("frustration"),
        next_step=lower("next_step"),
        confirmed=lower("confirmed"),
        unconfirmed=lower("unconfirmed"),
        letter=lower("letter"),
        attachment=lower("attachment"),
        self_hosted=lower("self_hosted"),
        helpful=lower("helpful"),
        merch=lower("merch"),
        colleague=lower("colleague"),
        bug_link=links.pattern("issue"),
        feature_words=tuple(word.casefold() for word in links.texts("feature_words")),
        status_usual=statuses.text("usual", among=WRITABLE_STATUSES),
        status_confirmed=statuses.text("confirmed", among=WRITABLE_STATUSES),
        status_bug_link=statuses.text("bug_link", among=WRITABLE_STATUSES),
        status_feature_link=statuses.text("feature_link", among=WRITABLE_STATUSES),
        status_colleague=statuses.text("colleague", "open", among=WRITABLE_STATUSES),
        self_hosted_reply=replies.text("self_hosted", ""),
        merch_reply=replies.text("merch", ""),
        merch_link=links.text("merch", ""),
    )
    for part in (words, links, statuses, replies):
        part.done()
    return tone
