"""The Review bar: recipients, status with its consequence, what the rules found, then `y`.

`y` is deaf for 300 ms after the bar opens, and Enter goes back to the text: the key that queues
is never the key that began, and never Enter (keys: rule 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.findings import Finding
from heroterm.tui.deaf import DEAF_SECONDS
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.lines import TextLines
from heroterm.tui.text import Part, folded, parts

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
        self.set_timer(DEAF_SECONDS, self._hear)

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
            made += folded(parts(*line), width)
        self.show(made)


def bar_lines(reviewed: Reviewed, keymap: Keymap = SHIPPED) -> list[list[Part | str]]:
    """The bar's lines as styled pieces."""
    key = keymap.key
    to: list[Part | str] = [("To: ", "$text-muted"), (reviewed.to, "bold")]
    if reviewed.copies:
        to += [
            ("   CC: ", "$text-muted"),
            reviewed.copies,
            (f" ({key('review.copies')})", "$text-muted"),
        ]
    lines: list[list[Part | str]] = [to, _status(reviewed, keymap)]
    if reviewed.files:
        lines.append([("Files: ", "$text-muted"), reviewed.files])
    if reviewed.besides:
        lines.append([("Also: ", "$text-muted"), reviewed.besides])
    worst = {"refuse": 0, "ask": 1, "advice": 2, "ok": 3}
    for finding in sorted(reviewed.findings, key=lambda f: worst.get(f.level, 2)):
        word, style = {
            "refuse": ("x BLOCKS ", "$sla-breached bold"),
            "ask": ("? asks ", "$sla-soon bold"),
            "advice": ("- advice ", "$text-muted"),
        }.get(finding.level, ("ok ", "$sla-ok"))
        lines.append(
            [(word, style), finding.say, (f"  {keymap.told(finding.instead)}", "$text-muted")]
        )
    then = "yes" if reviewed.then_next else "no"
    refused = f"{key('review.queue')} waits until nothing BLOCKS" if reviewed.blocked else ""
    hold = (refused or reviewed.hold, "$text-muted")
    lines.append(
        [("then next ticket: ", "$text-muted"), f"{then} ({key('review.then_next')})   ", hold]
    )
    return lines


def _status(reviewed: Reviewed, keymap: Keymap) -> list[Part | str]:
    line: list[Part | str] = [("Status: ", "$text-muted")]
    for status in _STATUSES:
        key = keymap.key(f"review.{status}")
        chosen = status == reviewed.status
        line.append((f"{key} ", "$accent bold"))
        line.append((f"[{status.upper()}] ", "bold") if chosen else f"{status} ")
    if reviewed.status is None:
        line.append(f" stays {reviewed.now_status} ")
    line.append((f" {reviewed.consequence}", "$text-muted"))
    return line
