"""`a f`: a field of the account's own, found by its label, written by its type."""

from __future__ import annotations

from heroterm.domain.fields import Checked, checked, own, why_not
from heroterm.domain.outbox import Changes
from heroterm.domain.ticket import TicketField
from heroterm.tui.doing import changing
from heroterm.tui.doing.aiming import Aim, aim
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_EMPTY = "(empty)"
_YES_NO = (Choice("true", "Yes"), Choice("false", "No"))


def choose(desk: OnDesk) -> None:
    """Choose a field, then its value."""
    aimed, mirror = aim(desk), desk.reading.mirror
    if aimed is None or mirror is None:
        return
    labels = mirror.labels()
    fields = {str(field.id): field for field in own(labels.fields)}
    if not fields:
        desk.tell(
            "No field of your account is known: it has none, or they did "
            f"not come ({desk.key('desk.sync')})."
        )
        return
    here = dict(aimed.opened.ticket.custom_fields) if aimed.opened is not None else {}
    choices = []
    for key, field in fields.items():
        value = labels.field(field.id, here.get(field.id, ""))[1]
        hint = "not from here" if why_not(field) else value or ("" if len(aimed.ids) > 1 else "-")
        choices.append(Choice(key, field.title, hint))

    def picked(key: str | None) -> None:
        if key is not None:
            _value(desk, aimed, fields[key], here.get(int(key), ""))

    desk.app.push_screen(Pick(f"Field of {aimed.words}", choices), picked)


def _value(desk: OnDesk, aimed: Aim, field: TicketField, now: str) -> None:
    reason = why_not(field)
    if reason:
        desk.tell(f"{reason} {desk.key('open.ticket')} opens it there.", severity="warning")
        return

    def picked(key: str | None) -> None:
        if key is not None:
            _put(desk, aimed, field, checked(field, "" if key == _EMPTY else key))

    title = f"{field.title} of {aimed.words}"
    if field.type in ("checkbox", "tagger"):
        options = _YES_NO if field.type == "checkbox" else _options(field, now)
        desk.app.push_screen(Pick(title, options), picked)
    else:
        kept = [Choice(now, now, "as it is now")] if now else []
        empty = [Choice(_EMPTY, _EMPTY, "empties the field")] if now else []
        desk.app.push_screen(Pick(title, [*kept, *empty], free=True, typed="as typed"), picked)


def _options(field: TicketField, now: str) -> list[Choice]:
    found = [
        Choice(value, name, "as it is now" if value == now else "") for value, name in field.options
    ]
    return [*found, Choice(_EMPTY, _EMPTY, "empties the field")] if now else found


def _put(desk: OnDesk, aimed: Aim, field: TicketField, read: Checked) -> None:
    if read.refusal:
        desk.tell(read.refusal, severity="warning")
    else:
        changing.put(desk, aimed, Changes(custom_fields=((field.id, read.value),)))
