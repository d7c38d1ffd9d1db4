"""Links in a message: found, named, and judged before a browser may see them.

Only `http` and `https` are links at all. A link that could be read as an option, a user name or
another host than the one it shows is refused with the reason; one that is merely doubtful opens
after its warnings were shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

LENGTH_LIMIT = 2_048
"""Longest address that is opened; browsers and issue trackers begin to cut here."""
FORM_LIMIT = 6_000
"""The same for an issue form of GitHub's that heroterm has filled in."""
_FORM = "https://github.com/PostHog/posthog/issues/new?template="
_COUNT_LIMIT = 200
_URL = re.compile(r"https?://[^\s<>\"`\x00-\x20\x7f]+", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\[\]\n]{1,200})\]\($")
_LINE_LABEL = re.compile(r"(?:^|\n)[ \t>*-]*([A-Za-z][\w ()/-]{0,40}):[ \t]*$")
_HOST_IN_TEXT = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?=[/:?#\s]|$)", re.IGNORECASE)
_LABEL_WINDOW = 260


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a message. `label` is its Markdown text, or the word before the colon."""

    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is not opened, as one sentence; `remedy` is what is left to do."""

    say: str
    remedy: str = "yy copies it, to be looked at elsewhere."


def links_in(text: str) -> list[Link]:
    """The `http` and `https` addresses of a text in order, each once, at most 200."""
    found: dict[str, Link] = {}
    for start, url in addresses_in(text):
        if url not in found:
            found[url] = Link(url, _label(text[max(0, start - _LABEL_WINDOW) : start]))
        if len(found) == _COUNT_LIMIT:
            break
    return list(found.values())


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Where each address of a text begins, and the address."""
    for match in _URL.finditer(text):
        url = _trimmed(match[0])
        if len(url) > len("https://"):
            yield match.start(), url


def _trimmed(url: str) -> str:
    """The address without the punctuation of the sentence around it; `(…)` inside it stays."""
    url = url.split("](", 1)[0]
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in ".,;:!?'*_>]}|" or (url[end - 1] == ")" and surplus > 0)):
        end -= 1
        surplus -= url[end] == ")"
    return url[:end]


def _label(before: str) -> str:
    match = _MARKDOWN.search(before) or _LINE_LABEL.search(before)
    return match[1].strip() if match else ""


def openable(url: str, *, own_hosts: tuple[str, ...] = ()) -> str | Refusal:
    """The address to hand to a browser, its host in ASCII (punycode), or why it is not opened.

    Refused (security: Links): other schemes, control and blank characters, backslash, leading
    dash, user names, numeric hosts, ports that cannot be, more than 2,048 characters. `own_hosts`
    are hosts of the account itself, which may be numeric where it is a practice desk on loopback.
    """
    refusal = _shape_refusal(url)
    if refusal:
        return refusal
    parts = taken_apart(url)
    if parts is None:
        return Refusal("This address cannot be taken apart.")
    host, port = parts.hostname or "", parts.port
    if "@" in parts.netloc:
        return Refusal("This address carries a user name, which hides where it goes.")
    if host in own_hosts:
        return url
    ascii_host = _ascii_host(host)
    if isinstance(ascii_host, Refusal):
        return ascii_host
    netloc = ascii_host if port is None else f"{ascii_host}:{port}"
    return SplitResult(parts.scheme, netloc, parts.path, parts.query, parts.fragment).geturl()


def taken_apart(url: str) -> SplitResult | None:
    """The parts of an address; None for one that has none (`http://[`, `https://a:99999999`)."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port >= 0 else None
    except ValueError:
        return None


def leads_to(url: str, *places: str) -> bool:
    """Whether an address leads to one of some places: a host or what is below it, perhaps with the
    beginning of a path (`posthog.com/questions`). One that merely names it elsewhere does not.
    """
    parts = taken_apart(url)
    host = parts.hostname if parts is not None else None
    if parts is None or not host or "@" in parts.netloc or "\\" in url:
        return False
    wanted = (place.partition("/") for place in places)
    return any(
        (host == site or host.endswith(f".{site}")) and parts.path.startswith(slash + path)
        for site, slash, path in wanted
    )


def _shape_refusal(url: str) -> Refusal | None:
    most = FORM_LIMIT if url.startswith(_FORM) else LENGTH_LIMIT
    if len(url) > most:
        return Refusal(f"This address has {len(url):,} characters; {most:,} is the most.")
    if url.startswith("-"):
        return Refusal("This address begins with a dash and could be taken for an option.")
    if "\\" in url:
        return Refusal("This address has a backslash, which browsers read in different ways.")
    if any(unicodedata.category(c)[0] in "CZ" for c in url):
        return Refusal("This address holds blank, invisible or control characters.")
    if not re.match(r"https?://", url, re.IGNORECASE):
        return Refusal("Only http and https addresses are opened.")
    return None


def _ascii_host(host: str) -> str | Refusal:
    """The host as the name system asks for it: compatibility forms folded, labels in punycode."""
    plain = unicodedata.normalize("NFKC", host).lower().rstrip(".")
    labels = plain.split(".")
    if not all(0 < len(label) <= 63 and _is_label(label) for label in labels):
        return Refusal("The host of this address is not a name.")
    if plain == "localhost" or plain.endswith(".localhost"):
        return Refusal("This address points at your own machine.")
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        return Refusal("The host of this address is a number, not a name.")
    if plain.isascii():
        return plain
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in labels
    )


def _is_label(label: str) -> bool:
    letters = all(c in "-_" or unicodedata.category(c)[0] in "LMN" for c in label)
    return letters and not label.startswith("-") and not label.endswith("-")


def host_of(url: str) -> str:
    """The host in ASCII as it is shown on a line of its own; empty when there is none."""
    opened = openable(url)
    return "" if isinstance(opened, Refusal) else urlsplit(opened).hostname or ""


def warnings(link: Link) -> tuple[str, ...]:
    """What a person should see before the second key opens this link, one sentence each."""
    host = host_of(link.url)
    found = []
    if "xn--" in host:
        found.append(f"The host has foreign letters; it is really {host}.")
    parts = taken_apart(link.url)
    if parts is not None and parts.port is not None:
        found.append("It names a port of its own.")
    if link.url.lower().startswith("http://") and "." in host:
        found.append("It is not encrypted (http).")
    named = _HOST_IN_TEXT.search(link.label)
    if named and not _same_site(named[1].lower(), host):
        found.append(f"The text says {named[1].lower()}, but it goes to {host}.")
    return tuple(found)


def _same_site(named: str, host: str) -> bool:
    return host == named or host.endswith(f".{named}") or f"www.{host}" == named
