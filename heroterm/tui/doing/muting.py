"""Advice that a hero does not want to hear: muted rule by rule, each with a reason (features D11).

Only advice can be muted: what a rule refuses or asks about stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.domain.findings import Finding
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

Again = Callable[[OnDesk], None]
"""Looks at what is written anew."""
_REASONS = ("not how our team writes", "does not fit our customers", "wrong too often")


def mutes(desk: OnDesk) -> dict[str, str]:
    """Rules that are muted, each with the reason."""
    journal = desk.reading.journal
    return journal.marks.mutes() if journal is not None else {}


def heard(desk: OnDesk, found: Sequence[Finding]) -> list[Finding]:
    """What is left of the advice; one line names what would have been said."""
    muted = mutes(desk)
    told = [finding for finding in found if finding.rule not in muted]
    quiet = [f"{f.rule} ({muted[f.rule]})" for f in found if f.rule in muted]
    if quiet:
        told.append(
            Finding(
                "muted", "advice", f"Muted: {', '.join(quiet)}.", "{review.mute} hears it again."
            )
        )
    return told


def choose(desk: OnDesk, again: Again) -> None:
    """Mute one of the pieces of advice, or hear a muted one again; then `again` looks anew."""
    reviewed, muted = desk.composer.review.reviewed, mutes(desk)
    found = reviewed.findings if reviewed is not None else ()
    choices = [
        Choice(finding.rule, finding.say, f"mute {finding.rule}")
        for finding in found
        if finding.level == "advice" and finding.rule != "muted"
    ]
    choices += [Choice(rule, f"hear {rule} again", reason) for rule, reason in muted.items()]
    if not choices:
        desk.tell("There is no advice to mute.")
        return

    def picked(rule: str | None) -> None:
        if rule is None:
            return
        if rule in muted:
            _keep(desk, rule, "", again)
        else:
            _ask(desk, rule, again)

    desk.app.push_screen(Pick("Mute which advice?", choices), picked)


def _ask(desk: OnDesk, rule: str, again: Again) -> None:
    def because(reason: str | None) -> None:
        if reason:
            _keep(desk, rule, reason, again)

    reasons = [Choice(reason, reason) for reason in _REASONS]
    title = f"Why mute {rule}? Choose, or type a reason"
    desk.app.push_screen(Pick(title, reasons, free=True), because)


def _keep(desk: OnDesk, rule: str, reason: str, again: Again) -> None:
    def done(_: object) -> None:
        again(desk)
        desk.tell(
            f"{rule} is {'muted' if reason else 'heard again'}; "
            f"{desk.key('review.mute')} changes it."
        )

    desk.pen.write(lambda journal: journal.marks.mute(rule, reason), done)
