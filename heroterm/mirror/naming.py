"""Names in a text: which of many stand there as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+")


def named_in(text: str, names: Iterable[str]) -> Iterator[str]:
    """Those of the names that stand in the text, however its lines are broken.

    Names of several words in any case of their letters, one word alone as it is written.
    """
    exact = " ".join(text.split())
    folded = exact.casefold()
    exact_words, folded_words = set(_WORD.findall(exact)), set(_WORD.findall(folded))
    for name in names:
        words = name.split()
        sought, within, known = " ".join(words), exact, exact_words
        if len(words) > 1:
            sought, within, known = sought.casefold(), folded, folded_words
        # Of ten thousand names nearly all begin with a word that is nowhere in the text.
        first = _WORD.search(sought)
        if first is None or first[0] not in known:
            continue
        if sought in within and re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", within):
            yield name
