"""A playbook from its file: every entry checked, with the key to blame and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from heroterm.domain.playbook import (
    KINDS,
    OFFERS,
    TIMEOUT,
    Playbook,
    Settings,
    Step,
    StepLink,
)
from heroterm.domain.playbook_lint import check_step, check_whole, facts_before
from heroterm.domain.playbook_values import HOLE, VALUES
from heroterm.domain.playbook_values import KINDS as VALUE_KINDS
from heroterm.domain.tables import Table
from heroterm.domain.ticket import WRITABLE_STATUSES

_FREE = "https://", "http://go/"


def from_file(name: str, table: Table, text: str = "") -> Playbook:
    """A playbook from its file, whose whole text is kept with it. Raises tables.BadEntry."""
    trigger = table.table("trigger", needed=False)
    steps: list[Step] = []
    for row in table.tables("step"):
        steps.append(_step(row, steps))
        row.done()
    if not steps:
        raise table.bad("step", "is missing.", "Add at least one [[step]].")
    made = Playbook(
        name=name,
        title=table.text("title"),
        section=table.text("section", ""),
        steps=tuple(steps),
        triggers=tuple(phrase.casefold() for phrase in trigger.texts("text")),
        tags=trigger.texts("tags"),
        note=table.text("note", ""),
        needs=table.texts("needs"),
        text=text,
    )
    trigger.done()
    table.done()
    check_whole(table, made)
    return made


def _step(row: Table, before: Sequence[Step]) -> Step:
    known = {step.id: step for step in before}
    made = Step(
        id=row.text("id"),
        kind=row.text("kind", among=KINDS),
        text=row.text("text"),
        required=row.flag("required", True),
        requires=row.texts("requires") if row.has("requires") else None,
        only_if=_ways(row, "only_if", known),
        also_if=_ways(row, "also_if", known),
        answers=row.texts("answers"),
        value=row.text("value", "text", among=tuple(VALUE_KINDS)),
        evidence=row.text("evidence", ""),
        fact=row.text("fact", ""),
        suggest=_fact(row, "suggest", before),
        when_unknown=row.flag("when_unknown"),
        agrees=row.flag("agrees"),
        equals=_fact(row, "equals", before),
        verify=row.text("verify", "", among=("owner",)),
        warning=row.text("warning", ""),
        confirm=row.text("confirm", ""),
        gone=row.text("gone", ""),
        remains=row.text("remains", ""),
        reply=row.text("reply", ""),
        fill=_pairs(row, before),
        fill_if=tuple(_words_of_answers(row, known)),
        exact=row.flag("exact"),
        to=_fact(row, "to", before),
        on=row.text("on", "", among=tuple(s.id for s in before if s.kind == "new_ticket")),
        status=row.text("status", "", among=WRITABLE_STATUSES),
        settings=_settings(row, before),
        wait_for=row.texts("for"),
        sender=_fact(row, "from", before),
        until=_fact(row, "until", before),
        days=row.number("days", 0),
        remind=row.number("remind", 0),
        links=tuple(_link(link) for link in row.tables("links")),
        offer=row.text("offer", "", among=OFFERS),
    )
    check_step(row, made, before)
    return made


def _fact(row: Table, key: str, before: Sequence[Step]) -> str:
    if not row.has(key):
        return ""
    return row.text(key, among=tuple(facts_before(before)))


def _pairs(row: Table, before: Sequence[Step]) -> tuple[tuple[str, str], ...]:
    """`fill = { "name of the owner" = "owner_name" }`."""
    table = row.table("fill", needed=False)
    facts = tuple(facts_before(before))
    return tuple((name, table.text(name, among=facts)) for name in table.names())


def _words_of_answers(row: Table, known: Mapping[str, Step]) -> Iterator[tuple[str, str, str, str]]:
    """`fill_if = { "bounced or not" = { the-wait = { bounce = "bounced", timeout = "not" } } }`."""
    blanks = row.table("fill_if", needed=False)
    for label in blanks.names():
        steps = blanks.table(label)
        for where in steps.names():
            if where not in known:
                raise steps.bad(where, "is no earlier step.", f"Earlier: {', '.join(known)}.")
            words, possible = steps.table(where), answers_of(known[where])
            for answer in words.names():
                if answer not in possible:
                    say, them = f"is no answer of {where}.", ", ".join(possible) or "none"
                    raise words.bad(answer, say, f"Its answers: {them}.")
                yield label, where, answer, words.text(answer)


def _ways(row: Table, key: str, known: Mapping[str, Step]) -> tuple[tuple[str, str], ...]:
    """One table with a step and an answer, or a list of them, of which one has to hold."""
    if not row.has(key):
        return ()
    if not row.is_list(key):
        return _way(row.table(key), known)
    return tuple(way for one in row.tables(key) for way in _way(one, known))


def _way(branch: Table, known: Mapping[str, Step]) -> tuple[tuple[str, str], ...]:
    where = branch.text("step", among=tuple(known))
    said = branch.texts("answers") if branch.has("answers") else (branch.text("answer"),)
    branch.done()
    possible = answers_of(known[where])
    for answer in said:
        if answer not in possible:
            say = f'"{answer}" is no answer of {where}.'
            raise branch.bad("answer", say, f"Its answers: {', '.join(possible) or 'none'}.")
    return tuple((where, answer) for answer in said)


def answers_of(step: Step) -> tuple[str, ...]:
    """Every answer that a step can have, by which the way may branch."""
    if step.kind == "wait":
        return (*step.wait_for, TIMEOUT) if step.days else step.wait_for
    return step.answers


def _settings(row: Table, before: Sequence[Step]) -> Settings:
    table = row.table("set", needed=False)
    made = Settings(
        add_tags=table.texts("add_tags"),
        remove_tags=table.texts("remove_tags"),
        organization=table.flag("organization"),
        content_warning=_fact(table, "content_warning", before),
        group=_fact(table, "group", before),
        unassign=table.flag("unassign"),
    )
    table.done()
    return made


def _link(row: Table) -> StepLink:
    made = StepLink(
        title=row.text("title"),
        url=row.text("url") if row.has("url") else None,
        us=row.text("us") if row.has("us") else None,
        eu=row.text("eu") if row.has("eu") else None,
        doubtful=row.text("doubtful", ""),
    )
    row.done()
    if (made.url is None) == (made.us is None and made.eu is None):
        raise row.bad("url", "stands beside regions, or nothing does.", "Give url, or us and eu.")
    for address in filter(None, (made.url, made.us, made.eu)):
        if not address.startswith(_FREE) and not HOLE.fullmatch(address):
            raise row.bad("url", f"{address} is no https address.", "Begin it with https://.")
        for name in HOLE.findall(address):
            if name not in VALUES:
                raise row.bad("url", f"{{{name}}} is not known.", f"Known: {', '.join(VALUES)}.")
    return made
