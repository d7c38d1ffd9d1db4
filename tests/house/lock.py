"""Whether the lock still says what pyproject.toml asks for: `python -m tests.house.lock`.

requirements.lock pins every package of every dependency group with its hashes; uv and pip both
install from it, so there is one truth and no address of a package index in the project.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[2]
_REMEDY = "run: make lock"


def _asked(project: dict[str, Any]) -> list[Requirement]:
    """What pyproject.toml asks for: runtime and every group, one level, which is all there is."""
    groups = [r for group in project["dependency-groups"].values() for r in group]
    listed = [*project["project"]["dependencies"], *groups]
    return [Requirement(r) for r in listed if isinstance(r, str)]


def differences(folder: Path) -> list[str]:
    """Each way in which pyproject.toml and requirements.lock disagree, as a sentence."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    text = (folder / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, re.M))
    hashed = text.count("--hash=sha256:")
    wrong = [] if hashed >= len(pinned) else ["requirements.lock has a pin without a hash"]
    for asked in _asked(project):
        version = pinned.get(asked.name.lower().replace("_", "-"))
        if version is None:
            wrong.append(f"{asked.name} is asked for in pyproject.toml and not locked")
        elif not asked.specifier.contains(version):
            wrong.append(
                f"{asked.name} is locked at {version}, pyproject.toml wants {asked.specifier}"
            )
    return wrong


def main() -> int:
    """Print what disagrees; 0 when nothing does."""
    wrong = differences(PROJECT)
    print("\n".join([*wrong, _REMEDY]) if wrong else "lock: up to date")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
