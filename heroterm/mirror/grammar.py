"""Words of a search line as an expression of FTS5."""

from __future__ import annotations

from heroterm.domain.query import Term, grouped


def match(words: tuple[Term, ...], columns: dict[str, str], *, typing: bool) -> str:
    """Words as an FTS5 expression in which each stands in quotes, so that nothing is syntax.

    `columns` names the indexed column for the keys that search only there. `typing` lets the last
    word be the beginning of one.
    """

    def said(term: Term) -> str:
        quoted = '"' + term.value.replace('"', '""') + '"'
        unfinished = typing and term is words[-1] and term.beginning
        column = columns.get(term.key)
        return f"{column + ' : ' if column else ''}{quoted}{'*' if unfinished else ''}"

    either = [" OR ".join(map(said, group)) for group in grouped(words)]
    return " AND ".join(f"({each})" if " OR " in each else each for each in either)
