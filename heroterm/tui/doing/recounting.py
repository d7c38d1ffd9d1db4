"""`g a`: what this desk said since it stands; `g c`: how it is configured, and where that lies."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.toml_words import as_written
from heroterm.errors import HeroError
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.text import parts
from heroterm.tui.verbs import Document

_CLOCK = len("Wed 10:00:00  ")
_STYLES = {"warning": "$sla-soon", "error": "$sla-breached"}


def activity(desk: OnDesk) -> None:
    """Every sentence, the newest first: what a toast said can be read again."""
    said = desk.noticed.said
    lines = [
        parts(
            (each.at.astimezone().strftime("%a %H:%M:%S  "), "$text-muted"),
            (each.words, _STYLES.get(each.severity, "")),
        )
        for each in reversed(said)
    ]
    empty = [parts(("Nothing was said yet.", "$text-muted"))]
    desk.explain("Activity since this desk stands, newest first", lines or empty, _CLOCK)


def config(desk: OnDesk) -> None:
    """The configuration as it holds now, and how to change it; a child reads it."""
    if not desk.parts.verb:
        desk.tell("There is no configuration to read here.")
        return

    box = desk.explain("Config", [parts(("Reading the configuration ...", "$muted"))])

    def failed(error: HeroError) -> None:
        box.tell([parts((str(error), "$sla-breached"))])

    desk.verbs.run(["config", "show"], lambda told: box.tell(_lines(desk, told)), failed)


def _lines(desk: OnDesk, told: Document) -> list[Content]:
    reads = desk.key("go.reread")
    rules = f"Canned replies, macros, playbooks and rules lie here; {reads} reads them again."
    lines = [
        parts((str(told.get("file", "")), "bold")),
        parts(("Edit this file; it holds from the next start. `heroterm config check` reads it.",
               "$text-muted")),
        Content(""),
        parts((str(told.get("rules", "")), "bold")),
        parts((rules, "$text-muted")),
    ]  # fmt: skip
    config = told.get("config")
    for section, values in (config if isinstance(config, dict) else {}).items():
        for table in values if isinstance(values, list | tuple) else [values]:
            lines += [Content(""), parts((f"[{section}]", "$accent bold"))]
            lines += [
                parts((f"{key} = ", "$text-muted"), as_written(value))
                for key, value in table.items()
            ]
    return lines
