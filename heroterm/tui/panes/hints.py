"""Numbers beside the links of a message: `[o3]` says that the keys o 3 open it.

No blank stands between number and address, so that wrapping never parts them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from textual.content import Content

from heroterm.domain.links import Link, addresses_in, warnings
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.text import Part, linked, parts, pressed, safe

MOST = 9
"""Links that have a key of their own."""


def numbered(links: Sequence[Link]) -> dict[str, int]:
    """The number of each address that has one."""
    return {link.url: n for n, link in enumerate(links[:MOST], start=1)}


def hinted(text: str, numbers: Mapping[str, int], style: str, keymap: Keymap) -> Content:
    """Text with `[o3]` before the first place of each address that has a number."""
    if not numbers:
        return safe(text, style)
    pieces: list[Content] = []
    at, told = 0, set[str]()
    for place, url in addresses_in(text):
        if url in numbers and url not in told:
            told.add(url)
            pieces.append(safe(text[at:place], style))
            pieces.append(_number(numbers[url], keymap))
            pieces.append(linked(safe(url, f"{style} underline".strip()), url))
            at = place + len(url)
    return Content.assemble(*pieces, safe(text[at:], style))


def _number(n: int, keymap: Keymap) -> Content:
    """`[o3]`: its keys, and words to click."""
    keys = keymap.route(keymap.get(f"open.link{n}")).split()
    joined = "".join(keys) if all(len(key) == 1 for key in keys) else " ".join(keys)
    return pressed(Content.styled(f"[{joined or n}]", "$accent bold"), f"open.link{n}")


def in_sight(texts: Iterable[str]) -> frozenset[str]:
    """The addresses that stand in these texts."""
    return frozenset(url for text in texts for _, url in addresses_in(text))


def below(
    links: Sequence[Link], seen: Collection[str], room: int, keymap: Keymap = SHIPPED
) -> list[Content]:
    """Numbered links that are not in sight already, one a line, and what is doubtful.

    An address is cut by the pane where it is too long: its host stands in front.
    """
    made: list[Content] = []
    for n, link in enumerate(links[:MOST], start=1):
        doubts = warnings(link)
        if link.url not in seen or doubts:
            label: list[Part | str] = [link.label, " -> "] if link.label else []
            where = parts(" ", *label, (link.url, "$text-muted"))
            made.append(_number(n, keymap) + (where if doubts else linked(where, link.url)))
        for doubt in doubts:
            made += parts((f"! {doubt}", "$sla-soon bold")).wrap(room)
    if len(links) > MOST:
        zendesk = keymap.key("open.ticket")
        more = f"and {len(links) - MOST} more links: {zendesk} opens the ticket in Zendesk"
        made.append(parts((more, "$text-muted")))
    return made
