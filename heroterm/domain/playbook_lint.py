"""What a playbook may not say: careless steps, names of nothing, dangers that nobody reads back.

Each complaint names the entry to blame and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from heroterm.domain.playbook import EVENTS, PUTS, Playbook, Settings, Step
from heroterm.domain.playbook_known import KNOWN
from heroterm.domain.playbook_values import HOLE
from heroterm.domain.reply import CannedReply, labels
from heroterm.domain.tables import BadEntry, Table

_STEP_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_FACT = re.compile(r"[a-z][a-z_]{0,39}")


def check_whole(table: Table, made: Playbook) -> None:
    """What only the whole playbook shows. Raises tables.BadEntry."""
    _check_needs(table, made)
    _check_dangers(table, made)


def _check_needs(table: Table, made: Playbook) -> None:
    """A fact that the playbook stands on is known to heroterm, or a step asks for it."""
    given = {step.fact for step in made.steps if step.fact} | set(KNOWN)
    for need in made.needs:
        if need not in given:
            known = ", ".join(sorted(given))
            raise table.bad("needs", f'"{need}" comes from nowhere.', f"Known are: {known}.")


def _check_dangers(table: Table, made: Playbook) -> None:
    """After a danger step somebody looks what is left."""
    for at, step in enumerate(made.steps):
        later = made.steps[at + 1 :]
        if step.kind == "danger" and not any(
            one.kind in ("check", "choose") and step.id in (one.requires or ()) for one in later
        ):
            raise table.bad(
                f"step[{at}].kind",
                "nobody looks what a danger step has left.",
                f'Add a check with requires = ["{step.id}"].',
            )


def check_step(row: Table, step: Step, before: Sequence[Step]) -> None:
    """What is wrong with one step, after those before it. Raises tables.BadEntry."""
    _check_names(row, step, {one.id: one for one in before})
    _check_kind(row, step)
    _check_holes(row, step, before)


def _check_names(row: Table, step: Step, known: Mapping[str, Step]) -> None:
    if not _STEP_ID.fullmatch(step.id) or step.id in known:
        raise row.bad("id", f'"{step.id}" is taken or no id.', "Use small letters, digits, dashes.")
    if step.fact and not _FACT.fullmatch(step.fact):
        raise row.bad("fact", f'"{step.fact}" is no name.', "Use small letters and underscores.")
    for one in step.requires or ():
        if one not in known:
            raise row.bad(
                "requires", f'"{one}" is no earlier step.', f"Earlier: {', '.join(known)}."
            )
    for one in step.wait_for:
        if one not in EVENTS:
            raise row.bad("for", f'"{one}" is not known.', f"Use some of: {', '.join(EVENTS)}.")


_NEEDED = {
    "choose": (("answers", "List what may be chosen."),),
    "danger": (
        ("warning", "Say in words what must not happen."),
        ("confirm", 'Say what has to be typed: "{project_id} SAVE".'),
        ("gone", "Say what will be gone."),
        ("remains", "Say what must remain."),
    ),
    "reply": (("reply", "Name a file of the replies folder."),),
    "note": (("reply", "Name a file of the replies folder."),),
    "new_ticket": (
        ("reply", "Name a file of the replies folder."),
        ("to", "Name the fact that holds the address."),
    ),
    "quote": (("sender", 'Say from = "…": the fact that holds the address that counts.'),),
    "wait": (("wait_for", 'Say for = ["reply"] and after how many days the wait ends.'),),
}
"""What a kind cannot do without, and what to write."""


def _check_kind(row: Table, step: Step) -> None:
    for name, remedy in _NEEDED.get(step.kind, ()):
        if not getattr(step, name):
            raise row.bad(name, f"is missing for a {step.kind}.", remedy)
    if step.kind == "danger" and not step.required:
        raise row.bad("required", "a danger step cannot be left out.", "Remove the line.")
    if step.kind == "wait" and not (step.days or step.until):
        raise row.bad("days", "is missing.", "Say after how many days the wait ends.")
    if step.kind == "wait" and "reply" in step.wait_for and not step.sender:
        raise row.bad("from", "is missing.", "Name the fact that holds the address that counts.")
    if step.kind == "set" and step.settings == Settings() and not step.status:
        raise row.bad("set", "changes nothing.", 'Say set = { add_tags = ["…"] } or a status.')
    wide = step.settings.organization or step.settings.content_warning
    if wide and (step.settings != _alone(step.settings) or step.status):
        raise row.bad("set", "writes two things.", "Give each a step of its own.")
    if step.when_unknown and not step.fact:
        raise row.bad("fact", "is missing.", "Name the fact that may be known already.")
    if step.kind == "quote" and not step.on:
        raise row.bad("on", "is missing.", "Name the new_ticket step whose answer proves it.")
    if step.exact and step.kind not in PUTS:
        raise row.bad("exact", "is for words that are sent.", "Remove the line.")


def _alone(settings: Settings) -> Settings:
    """The settings with the one that goes elsewhere than to the ticket, and nothing beside it."""
    if settings.organization:
        return Settings(organization=True)
    return Settings(content_warning=settings.content_warning)


def _check_holes(row: Table, step: Step, before: Sequence[Step]) -> None:
    """Facts in braces are known or asked for further up."""
    given = facts_before(before)
    for name in ("confirm", "gone", "remains", "warning"):
        for hole in HOLE.findall(getattr(step, name)):
            if hole not in given:
                raise row.bad(name, f"{{{hole}}} is not known.", f"Known: {', '.join(given)}.")
    for label, _, _, words in step.fill_if:
        if unknown := set(HOLE.findall(words)) - set(given):
            say = f'"{label}" names {{{min(unknown)}}}, which is not known.'
            raise row.bad("fill_if", say, f"Known: {', '.join(given)}.")


def facts_before(before: Sequence[Step]) -> list[str]:
    """Facts that are known to heroterm or asked for by earlier steps."""
    return sorted({step.fact for step in before if step.fact} | set(KNOWN))


def check_replies(made: Playbook, replies: Mapping[str, CannedReply]) -> None:
    """Each step's canned reply is there, is of its kind, and has the blanks that are filled.

    Raises tables.BadEntry.
    """
    for at, step in enumerate(made.steps):
        if step.reply:
            _check_reply(f"step[{at}]", step, replies.get(step.reply))


def _check_reply(where: str, step: Step, chosen: CannedReply | None) -> None:
    if chosen is None:
        say = f'"{step.reply}" is no canned reply.'
        raise BadEntry(f"{where}.reply", say, "Name a file of the replies folder.")
    if (chosen.kind == "internal_note") != (step.kind == "note"):
        say = f'"{step.reply}" is for a {chosen.kind.replace("_", " ")}.'
        raise BadEntry(f"{where}.reply", say, f"Name one that fits a {step.kind}.")
    if step.kind == "new_ticket" and not chosen.subject:
        raise BadEntry(f"{where}.reply", "has no subject.", "A new ticket needs one.")
    blanks = labels(chosen)
    filled = [(label, "fill") for label, _ in step.fill]
    for label, by in [*filled, *((label, "fill_if") for label, *_ in step.fill_if)]:
        if label not in blanks:
            raise BadEntry(
                f"{where}.{by}", f'"{label}" is no blank of it.', f"It has: {', '.join(blanks)}."
            )
