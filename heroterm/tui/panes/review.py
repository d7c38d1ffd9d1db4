"""The Review bar: recipients, status with its consequence, what the rules found, then `y`.

`y` is deaf for 300 ms after the bar opens, and Enter goes back to the text: the key that queues
is never the key that began, and never Enter (keys: rule 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.timer import Timer

from heroterm.domain.findings import Finding
from heroterm.tui.deaf import DEAF_SECONDS
from heroterm.tui.keymap import Keymap
from heroterm.tui.lines import TextLines
from heroterm.tui.text import folded, parts, pressed

_STATUSES = ("open", "pending", "hold", "solved")
_HOW = (
    "{composer.review}: who reads it, what the status does, what the rules say; then "
    "{review.queue}."
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the bar shows."""

    to: str
    status: str | None
    now_status: str
    consequence: str
    findings: Sequence[Finding]
    then_next: bool
    hold: str
    """What `y` will do, in words."""
    copies: str = ""
    """Who gets copies, in words; empty where nobody can."""
    files: str = ""
    """The attached files, in words."""
    besides: str = ""
    """What else the update changes, in words."""

    @property
    def blocked(self) -> Finding | None:
        """The first finding that refuses, if there is one."""
        return next((f for f in self.findings if f.level == "refuse"), None)

    @property
    def asks(self) -> Sequence[Finding]:
        """Findings that want a yes."""
        return [f for f in self.findings if f.level == "ask"]


class ReviewBar(TextLines):
    """Shows what will be sent and takes the decision."""

    HELP = (
        "Look once more: who reads it, what the status does, what the rules found. "
        "{review.queue} queues."
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.reviewed: Reviewed | None = None
        self.deaf = True
        self._hears: Timer | None = None

    def clear(self) -> None:
        """Nothing has been reviewed yet: say how it will be."""
        self.reviewed = None
        self.show(
            [
                parts(
                    (
                        self.keymap.told(_HOW),
                        "$text-muted",
                    )
                )
            ]
        )

    def review(self, reviewed: Reviewed) -> None:
        """Show this."""
        self.reviewed = reviewed
        self._lay()

    def on_focus(self) -> None:
        """Start the deaf time: a decision that comes too fast is none."""
        self.deaf = True
        if self._hears is not None:
            self._hears.stop()  # of the time before: it would cut this one short
        self._hears = self.set_timer(DEAF_SECONDS, self._hear)

    def _hear(self) -> None:
        self.deaf = False

    def on_resize(self) -> None:
        """Wrap again."""
        self._lay()

    def _lay(self) -> None:
        if self.reviewed is None:
            return
        width = max(20, self.scrollable_content_region.width)
        made: list[Content] = []
        for line in bar_lines(self.reviewed, self.keymap):
            made += folded(line, width)
        self.show(made)


def bar_lines(reviewed: Reviewed, keymap: Keymap) -> list[Content]:
    """The bar's lines; a click on a status, the copies, a problem or a decision is its key."""
    key = keymap.key
    to = parts(("To: ", "$text-muted"), (reviewed.to, "bold"))
    if reviewed.copies:
        copies = parts(
            ("CC: ", "$text-muted"),
            reviewed.copies,
            (f" ({key('review.copies')})", "$text-muted"),
        )
        to += Content("   ") + pressed(copies, "review.copies")
    lines = [to, _status(reviewed, keymap)]
    if reviewed.files:
        lines.append(parts(("Files: ", "$text-muted"), reviewed.files))
    if reviewed.besides:
        lines.append(parts(("Also: ", "$text-muted"), reviewed.besides))
    worst = {"refuse": 0, "ask": 1, "advice": 2, "ok": 3}
    found = sorted(reviewed.findings, key=lambda f: worst.get(f.level, 2))
    return [*lines, *(_finding(finding, keymap) for finding in found), _decision(reviewed, keymap)]


def _finding(finding: Finding, keymap: Keymap) -> Content:
    word, style = {
        "refuse": ("x BLOCKS ", "$sla-breached bold"),
        "ask": ("? asks ", "$sla-soon bold"),
        "advice": ("- advice ", "$text-muted"),
    }.get(finding.level, ("ok ", "$sla-ok"))
    instead = (f"  {keymap.told(finding.instead)}", "$text-muted")
    return pressed(parts((word, style), finding.say, instead), "review.problem")


def _decision(reviewed: Reviewed, keymap: Keymap) -> Content:
    then = "yes" if reviewed.then_next else "no"
    key = keymap.key("review.then_next")
    onward = parts(("then next ticket: ", "$text-muted"), f"{then} ({key})")
    refused = f"{keymap.key('review.queue')} waits until nothing BLOCKS"
    hold = parts((refused if reviewed.blocked else reviewed.hold, "$text-muted"))
    queue = "review.problem" if reviewed.blocked else "review.queue"
    return pressed(onward, "review.then_next") + Content("   ") + pressed(hold, queue)


def _status(reviewed: Reviewed, keymap: Keymap) -> Content:
    line = parts(("Status: ", "$text-muted"))
    for status in _STATUSES:
        id_ = f"review.{status}"
        chosen = status == reviewed.status
        named = (f"[{status.upper()}]", "bold") if chosen else (status, "")
        line += pressed(parts((f"{keymap.key(id_)} ", "$accent bold"), named), id_) + Content(" ")
    if reviewed.status is None:
        line += parts(f" stays {reviewed.now_status} ")
    return line + parts((f" {reviewed.consequence}", "$text-muted"))
