"""What must not stand in public: names, addresses, domains and secrets of a customer.

Taken out of their words before these go into an issue, and looked for once more in what the hero
made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from heroterm.domain.admin_line import Footer
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment, Organization, Person

_QUOTED_WORDS = 6
_SHORTEST = 3
"""Letters that a name has at least, to be looked for."""
_AT = r"(?:@|%40)"
_ADDRESS = re.compile(
    rf"[^\s@<>,;:\"()\[\]=&?/]{{1,64}}{_AT}[^\s@<>,;:\"()\[\]=&?/%]{{1,200}}\.[A-Za-z]{{2,24}}",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:ph[cxs]_[A-Za-z0-9]{8,}|(?:sk|pk|rk)_(?:live|test)_\w{8,}|gh[pousr]_\w{16,}"
    r"|xox[abprs]-[\w-]{8,}|eyJ[\w-]{10,4000}\.[\w-]{10,}(?:\.[\w-]+)?|AKIA[A-Z0-9]{12,})"
)
_BEARER = re.compile(
    r"(?i)\b(bearer|token|password|secret|api[_ -]?key)\b(\s*[:=]\s*|\s+)(?!\[secret\])(\S{6,})"
)


@dataclass(frozen=True, slots=True)
class Private:
    """Whose names must not stand in public: who asks, for whom, and who else is on the ticket."""

    footer: Footer
    requester: Person | None = None
    organization: Organization | None = None
    people: Sequence[Person] = ()
    """Everybody known on the ticket; of one of us only the whole name counts."""


def private_words(private: Private) -> Iterator[tuple[str, str]]:
    """Words that give the customer away, longest first, and what stands in their place."""
    footer, found = private.footer, []
    if private.organization is not None:
        found += [(private.organization.name, "[organization]")]
        found += [(domain, "[domain]") for domain in private.organization.domain_names]
    found += [(name, "[organization]") for name in (footer.organization,) if name]
    found += [(name, "[project]") for name in (footer.project,) if name]
    asking = [private.requester] if private.requester is not None else []
    for person in (*asking, *private.people):
        found += _of_person(person)
    yield from sorted({p for p in found if len(p[0]) >= _SHORTEST}, key=lambda p: -len(p[0]))


def _of_person(person: Person) -> Iterable[tuple[str, str]]:
    yield person.name, "[name]"
    if person.staff:
        return
    yield from ((part, "[name]") for part in person.name.split())
    domain = (person.email or "").partition("@")[2]
    if domain:
        yield domain, "[domain]"


def redacted(text: str, private: Private) -> str:
    """A text without the customer's names, addresses, domains, and without secrets."""
    clean = _ADDRESS.sub("[address]", shown(text))
    clean = _SECRET.sub("[secret]", clean)
    clean = _BEARER.sub(lambda m: f"{m[1]}{m[2]}[secret]", clean)
    for word, instead in private_words(private):
        clean = _whole(word).sub(lambda _, put=instead: put, clean)  # type: ignore[misc]
    return clean


def leaks(text: str, private: Private) -> list[str]:
    """What still gives the customer away, for words that were edited by hand."""
    clean = shown(text)
    found = [m[0] for sign in (_ADDRESS, _SECRET) for m in sign.finditer(clean)]
    found += [m[3] for m in _BEARER.finditer(clean)]
    found += [word for word, _ in private_words(private) if _whole(word).search(clean)]
    return list(dict.fromkeys(found))


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def quotes(words: str, comments: Sequence[Comment]) -> bool:
    """Whether a text repeats six words in a row of a message, or has a link in it."""
    mine = _run(words)
    runs = {tuple(mine[at : at + _QUOTED_WORDS]) for at in range(len(mine) - _QUOTED_WORDS + 1)}
    for comment in comments:
        theirs = _run(comment.body)
        for at in range(len(theirs) - _QUOTED_WORDS + 1):
            if tuple(theirs[at : at + _QUOTED_WORDS]) in runs:
                return True
    return "://" in words


def _run(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
