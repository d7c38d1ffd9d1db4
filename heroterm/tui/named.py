"""Links of a ticket that have a name of their own: where it was asked, which issue it names."""

from __future__ import annotations

from heroterm.domain.links import leads_to
from heroterm.tui.opened import Opened

ASKED = (
    ("open.community", "Question", "posthog.com/questions"),
    ("open.slack", "Slack", "slack.com"),
    ("open.github", "Issue", "github.com"),
)
"""The command that opens it, its word, and the host that tells it."""
_HOSTS = {id_: host for id_, _, host in ASKED}


def address(opened: Opened, id_: str) -> str | None:
    """The first address of this name in the thread; what the hero marked goes before it."""
    host = _HOSTS[id_]
    if id_ == "open.slack" and leads_to(opened.tier1_link, host):
        return opened.tier1_link
    for comment in opened.comments:
        # Links are only looked for where the word stands at all: a thread may be very long.
        said = comment.body.lower()
        if host in said or any(host in url.lower() for _, url in comment.links):
            for link in opened.links(comment):
                if leads_to(link.url, host):
                    return link.url
    return None


def asked(opened: Opened) -> list[tuple[str, str, str]]:
    """Command, word and address of each that the thread holds."""
    found = [(id_, word, address(opened, id_)) for id_, word, _ in ASKED]
    return [(id_, word, url) for id_, word, url in found if url is not None]
