"""Whether a built wheel is whole: `python -m tests.house.wheel FOLDER`; if not, exit 1 and why."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def wanted(project: Path) -> frozenset[str]:
    """Paths that the wheel must hold: every file of the package, and themes/ inside it."""
    package = project / "heroterm"
    files = {p.relative_to(project).as_posix() for p in package.rglob("*") if p.is_file()}
    themes = {f"heroterm/themes/{p.name}" for p in (project / "themes").glob("*.toml")}
    return frozenset(f for f in files | themes if "__pycache__" not in f)


def missing(needed: frozenset[str], packed: frozenset[str] | set[str]) -> list[str]:
    """What the wheel ought to hold and does not."""
    return sorted(needed - packed)


def strangers(packed: set[str]) -> list[str]:
    """What the wheel holds and ought not to: tests, caches, anything outside the package."""
    own = ("heroterm/", "heroterm-")
    return sorted(n for n in packed if not n.startswith(own) or "__pycache__" in n)


def main(folder: str) -> int:
    """Look at the one wheel in the folder; print what is wrong."""
    wheels = sorted(Path(folder).glob("*.whl"))
    if len(wheels) != 1:
        print(f"expected one wheel in {folder}, found {len(wheels)}")
        return 1
    with zipfile.ZipFile(wheels[0]) as archive:
        packed = set(archive.namelist())
    wrong = [f"not in the wheel: {n}" for n in missing(wanted(PROJECT), packed)]
    wrong += [f"does not belong in the wheel: {n}" for n in strangers(packed)]
    if not any(n.endswith("entry_points.txt") for n in packed):
        wrong.append("the wheel has no console script")
    print("\n".join(wrong) or f"{wheels[0].name}: {len(packed)} files, themes and data included")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
