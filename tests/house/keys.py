"""The README's key section, written from the table of commands: `python -m tests.house.keys`."""

from __future__ import annotations

import re
from pathlib import Path

from heroterm.tui import commands

README = Path(__file__).resolve().parents[2] / "README.md"
_BLOCK = re.compile(r"(<!-- keys: [^>]*-->\n).*?(<!-- /keys -->)", re.S)


def section() -> str:
    """One table for each place, in the order of the help."""
    made = []
    for place, title in commands.PLACES.items():
        made.append(f"### {title}\n\n| key | does |\n|---|---|")
        made += [f"| {_keys(command)} | {command.title} |" for command in commands.of(place)]
        made.append("")
    return "\n".join(made)


def _keys(command: commands.Command) -> str:
    words = [commands.KEY_WORDS.get(key, key) for key in command.keys]
    return " ".join(f"`{word}`" for word in words).replace("|", r"\|")


def written(text: str) -> str:
    """The README with its key section as the table of commands has it now."""
    return _BLOCK.sub(lambda m: f"{m[1]}\n{section()}\n{m[2]}", text)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
