"""Whether the locks still say what pyproject.toml asks for: `python -m tests.house.lock`.

uv.lock is the source; requirements.lock holds the same pins for plain pip. Where uv is on PATH,
`uv lock --check` is asked, too; without it the comparison of names and pins stands alone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
_REMEDY = "run: make lock"


def _name(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _asked(project: dict[str, Any]) -> set[str]:
    """Names in pyproject.toml: runtime and every group, one level, which is all there is."""
    groups = [r for group in project["dependency-groups"].values() for r in group]
    return {_name(r) for r in [*project["project"]["dependencies"], *groups] if isinstance(r, str)}


def _ours(locked: dict[str, Any]) -> set[str]:
    """Names that uv.lock says heroterm asked for when it was made."""
    own = next(p for p in locked["package"] if p["name"] == "heroterm")
    groups = own.get("metadata", {}).get("requires-dev", {}).values()
    return {r["name"] for r in [*own["metadata"]["requires-dist"], *(r for g in groups for r in g)]}


def differences(folder: Path) -> list[str]:
    """Each way in which pyproject.toml, uv.lock and requirements.lock disagree, as a sentence."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    locked = tomllib.loads((folder / "uv.lock").read_text(encoding="utf-8"))
    text = (folder / "requirements.lock").read_text(encoding="utf-8")
    pip = dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, re.M))
    uv = {p["name"]: p["version"] for p in locked["package"] if p["name"] != "heroterm"}
    asked, known = _asked(project), _ours(locked)
    wrong = [f"{n} is asked for in pyproject.toml and not locked" for n in sorted(asked - known)]
    wrong += [f"{n} is locked and no longer asked for" for n in sorted(known - asked)]
    wrong += [
        f"{n} is {uv.get(n)} in uv.lock and {version} in requirements.lock"
        for n, version in sorted(pip.items())
        if uv.get(n) != version
    ]
    return wrong + [f"{n} is missing in requirements.lock" for n in sorted(known - pip.keys())]


def main() -> int:
    """Print what disagrees; 0 when nothing does."""
    wrong = differences(PROJECT)
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "lock", "--check", "--quiet"], cwd=PROJECT).returncode:
        wrong.append("uv lock --check says that uv.lock is out of date")
    print("\n".join([*wrong, _REMEDY]) if wrong else "locks: up to date")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
