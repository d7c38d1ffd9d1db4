"""Lines of the issue composer: tickets alike, whether the words may go out, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from heroterm.domain.bug_report import FEATURE, LONGEST_LINK, Issue
from heroterm.domain.findings import Finding
from heroterm.mirror.reported import Reported, issues_of
from heroterm.tui.text import Part, parts

MOST = 4
"""Issues among which one is chosen."""
_BARE = 3


def alike(found: Sequence[Reported] | None, trouble: str) -> list[Content]:
    """Issues that tickets alike name, numbered, and tickets alike that name none."""
    if trouble:
        return [parts((f"Not searched: {trouble}", "$sla-breached"))]
    if found is None:
        return [parts(("Looking for tickets alike …", "$text-muted"))]
    lines = []
    for number, (url, named) in enumerate(issues_of(found)[:MOST], 1):
        where = f"  named in #{named.ticket_id} {named.title}"
        lines.append(parts((f" {number} ", "$accent bold"), (url, "bold"), where))
    bare = [f"#{each.ticket_id} {each.title}" for each in found if not each.issues]
    if not lines and not bare:
        return [parts(("No ticket like it in the mirror.", "$text-muted"))]
    title = "Reported already?" if lines else "No ticket alike names an issue."
    few = bare[: max(1, _BARE - len(lines))]
    return [
        parts((title, "bold")),
        *lines,
        *(parts(("   alike: ", "$text-muted"), one) for one in few),
    ]


def verdict(issue: Issue, finding: Finding | None, done: str) -> list[Content]:
    """Whether it may go out, what was done with it, and the lines that go with the words."""
    if finding is not None:
        lines = [parts((f"{finding.say} {finding.instead}", "$sla-breached bold"))]
    elif not issue.fits:
        say = f"Longer than the {LONGEST_LINK:,} characters of a link: the words are copied."
        lines = [parts((say, "$sla-soon bold"))]
    else:
        lines = [parts(("PUBLIC. Nothing in it names the customer.", "$sla-ok"))]
    if done:
        lines.append(parts((done, "$accent bold")))
    debug = issue.debug.split("\n") if issue.debug else ["none"]
    heads = ["debug info: ", *[""] * (len(debug) - 1)]
    told = (parts((head, "$text-muted"), one) for head, one in zip(heads, debug, strict=True))
    return [*lines, *told]


def keys(here: str, kind: str, *, low: bool, issues: bool) -> Content:
    """The keys where the focus is; `issues`: there are some to choose among."""
    other = "bug report" if kind == FEATURE else "feature request"
    told = [
        *([("1-9", "it is this one")] if issues else []),
        ("k", "known elsewhere"), ("o", "search GitHub"), ("f", other), ("tab", "to the words"),
    ]  # fmt: skip
    by_focus = {
        "told": [("enter", "write the reply with the link"), ("f", other)] if low else told,
        "text": [("tab", "to the form")],
        "open": [("enter", "open it in the browser"), ("tab", "to the address")],
        "issue": [("enter", "go on to the reply")],
    }
    made: list[Part | str] = []
    for key, words in [*by_focus.get(here, told), ("esc", "leave it")]:
        made += [(f" {key} ", "$accent bold"), f"{words} "]
    return parts(*made)
