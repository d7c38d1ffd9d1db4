"""An HTML body as text: its words in lines, quotes behind `> `, links with their real targets.

justhtml parses, because it alone took every hostile document in linear time (security.md §3,
HTML); its tree is walked without recursion, since it may be 100,000 levels deep. Nothing is
hidden: what a style would not show is shown (faults.md 63). What comes out is storable and not
yet harmless: `domain.text.shown` follows where it becomes visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from justhtml import JustHTML

from heroterm.domain.text import storable
from heroterm.zendesk.html_lines import Lines

CAP = 512_000
"""Characters of HTML that are read; past it the plain body stands alone."""
MOST_LINKS = 200
_LABEL = 300
_ADDRESS = 4_096
_TELLING = re.compile(r"<a\b|<img\b|<blockquote\b|gmail_quote", re.IGNORECASE)
_SILENT = frozenset("script style template head title meta link".split())
_BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tr "
    "ul".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 blockquote ul ol table pre".split())
_QUOTES = frozenset({"gmail_quote", "gmail_quote_container", "yahoo_quoted", "moz-cite-prefix"})


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What an HTML body says. `words` are its letters without blanks, to compare with."""

    text: str = ""
    words: str = ""
    links: tuple[tuple[str, str], ...] = ()
    """Label and target of each link to the web, in order, each pair once, at most 200."""
    images: tuple[str, ...] = ()
    quoted: bool = False


def worded(plain: str, html: str) -> tuple[str, HtmlText]:
    """The words of a message and what its HTML adds to them.

    The plain body is the first choice. Where the HTML says the same words and shows which of them
    are quoted, its lines are taken; where there is no plain body, its lines with link targets.
    """
    if not html or len(html) > CAP or (plain and not _TELLING.search(html)):
        return plain, HtmlText()
    read = read_html(html, targets=not plain.strip())
    same = read.quoted and read.words == "".join(plain.split())
    return (read.text if same or not plain.strip() else plain), read


def read_html(html: str, *, targets: bool = True) -> HtmlText:
    """Read up to 512,000 characters; `targets` writes a link's address behind its label."""
    tree = JustHTML(html[:CAP], fragment=True, sanitize=False)
    reader = _Reader(targets)
    for node, entering in _walk(tree.root):
        if entering:
            reader.enter(node)
        else:
            reader.leave(node)
    lines = reader.lines
    return HtmlText(
        storable(lines.text(), CAP),
        storable(lines.words(), CAP),
        tuple(dict.fromkeys(reader.links))[:MOST_LINKS],
        tuple(dict.fromkeys(reader.images))[:MOST_LINKS],
        lines.quoted,
    )


def _walk(root: object) -> Iterator[tuple[object, bool]]:
    """Every node when it begins and when it ends; what is silent is passed over."""
    waiting: list[tuple[object, bool]] = [(root, True)]
    while waiting:
        node, entering = waiting.pop()
        if entering and _name(node) in _SILENT:
            continue
        yield node, entering
        if entering:
            waiting.append((node, False))
            children = getattr(node, "children", None) or ()
            waiting.extend((child, True) for child in reversed(children))


def _name(node: object) -> str:
    return str(getattr(node, "name", "")).lower()


def _attribute(node: object, name: str) -> str:
    attributes = getattr(node, "attrs", None) or {}
    return storable(str(attributes.get(name) or ""), _ADDRESS)


def _quotes(node: object) -> bool:
    return _name(node) == "blockquote" or not _QUOTES.isdisjoint(_attribute(node, "class").split())


class _Reader:
    """Turns the beginnings and ends of nodes into lines."""

    def __init__(self, targets: bool) -> None:
        self.lines = Lines()
        self.links: list[tuple[str, str]] = []
        self.images: list[str] = []
        self._targets = targets
        self._labels: list[int] = []

    def enter(self, node: object) -> None:
        """A node begins."""
        name = _name(node)
        if name == "#text":
            self.lines.say(str(getattr(node, "data", "") or ""))
        elif name == "br":
            self.lines.end()
        elif name == "img":
            self._image(node)
        elif name == "a":
            self._labels.append(self.lines.mark())
        else:
            self._open(name, node)

    def _open(self, name: str, node: object) -> None:
        if name in _BLOCKS:
            self.lines.block(spaced=name in _SPACED)
        if _quotes(node):
            self.lines.quote(1, real=name == "blockquote")
        if name in ("ol", "ul"):
            self.lines.begin_list(numbered=name == "ol")
        elif name == "li":
            self.lines.item()
        elif name == "pre":
            self.lines.verbatim(1)
        elif name == "hr":
            self.lines.add("---")
        elif name in ("td", "th"):
            self.lines.cell()

    def leave(self, node: object) -> None:
        """A node ends."""
        name = _name(node)
        if name == "a":
            self._link(node)
        elif name in ("ol", "ul"):
            self.lines.end_list()
        elif name == "pre":
            self.lines.verbatim(-1)
        if name in _BLOCKS:
            self.lines.block(spaced=name in _SPACED)
        if _quotes(node):
            self.lines.block(spaced=False)
            self.lines.quote(-1, real=name == "blockquote")

    def _link(self, node: object) -> None:
        label = storable(self.lines.since(self._labels.pop(), _LABEL), _LABEL)
        target = _attribute(node, "href").strip()
        kind = target.partition(":")[0].lower()
        if kind in ("http", "https"):
            self.links.append((label, target))
        if self._targets and kind in ("http", "https", "mailto"):
            bare = target.removeprefix("mailto:")
            if bare.rstrip("/") != label.rstrip("/"):
                self.lines.add(f" <{bare}>")

    def _image(self, node: object) -> None:
        name = _attribute(node, "alt").strip() or _file_of(_attribute(node, "src")) or "no name"
        self.images.append(name[:_LABEL])
        self.lines.add(f"[image: {name[:_LABEL]}]")


def _file_of(source: str) -> str:
    """The last part of an address's path; "" for pictures that lie in the page itself."""
    if source.lower().startswith("data:"):
        return ""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    if parts.scheme == "cid":
        return parts.path
    return unquote(parts.path.rstrip("/").rpartition("/")[2])
