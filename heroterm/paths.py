"""Where heroterm keeps its files: config, data, state and logs, each in a folder of its own.

`--home DIR` or HEROTERM_HOME puts all four below one folder, so that two homes are two machines;
otherwise they lie where the system wants them (XDG on Linux, platformdirs elsewhere).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from heroterm.errors import ConfigError

NAME = "heroterm"
PRIVATE = 0o700
"""Mode of every folder: customers' words are for the owner of this account alone."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders. Nothing is made before `make`."""

    config: Path
    data: Path
    state: Path
    logs: Path

    @property
    def config_file(self) -> Path:
        """What a person edits."""
        return self.config / "config.toml"

    @property
    def rules(self) -> Path:
        """A team's own tiers, replies and playbooks, which stand in for the shipped ones."""
        return self.config / "rules"

    @property
    def keys_file(self) -> Path:
        """A person's own keys."""
        return self.config / "keys.toml"

    @property
    def themes(self) -> Path:
        """A person's own themes."""
        return self.config / "themes"

    @property
    def mirror(self) -> Path:
        """The copy of Zendesk; may be deleted at any time."""
        return self.data / "mirror.db"

    @property
    def journal(self) -> Path:
        """What exists nowhere else: drafts, intents, marks."""
        return self.data / "journal.db"

    @property
    def sender_lock(self) -> Path:
        """The lock that makes one process the sender (outbox.md §3)."""
        return self.data / "journal.lock"

    @property
    def setting_up(self) -> Path:
        """Is there while somebody is signed in and was not asked the rest of the first run."""
        return self.state / "setting-up"

    def make(self) -> Paths:
        """Make the folders, for their owner alone. Raises ConfigError when the system refuses."""
        for folder in (self.config, self.data, self.state, self.logs):
            _private(folder)
        return self


def _private(folder: Path) -> None:
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(PRIVATE)
    except OSError as error:
        raise ConfigError(
            f"This folder cannot be made or kept private ({error.strerror}).",
            "Nothing was changed. Choose another with --home DIR, or mend its owner and mode.",
            file=str(folder),
        ) from None


def locate(
    home: str | os.PathLike[str] | None, environ: Mapping[str, str], platform: str = sys.platform
) -> Paths:
    """The folders for a wish (`--home`), else HEROTERM_HOME, else the system's own places."""
    chosen = home or environ.get("HEROTERM_HOME")
    if chosen:
        root = Path(chosen).expanduser().absolute()
        return Paths(root / "config", root / "data", root / "state", root / "logs")
    return _xdg(environ) if platform.startswith("linux") else _system()


def _xdg(environ: Mapping[str, str]) -> Paths:
    """The XDG base directories; a relative value counts as none, as the specification says."""
    user = Path(environ.get("HOME") or Path.home())

    def folder_of(name: str, usual: str) -> Path:
        value = environ.get(name, "")
        return (Path(value) if value.startswith("/") else user / usual) / NAME

    state = folder_of("XDG_STATE_HOME", ".local/state")
    return Paths(
        folder_of("XDG_CONFIG_HOME", ".config"),
        folder_of("XDG_DATA_HOME", ".local/share"),
        state,
        state / "log",
    )


def _system() -> Paths:
    from platformdirs import PlatformDirs  # only where XDG does not hold

    dirs = PlatformDirs(NAME, appauthor=False)
    return Paths(
        Path(dirs.user_config_dir),
        Path(dirs.user_data_dir),
        Path(dirs.user_state_dir),
        Path(dirs.user_log_dir),
    )


def shipped(folder: str) -> Path:
    """A folder of files that come with heroterm: `data`, `replies`, `playbooks`, `themes`.

    Themes lie inside the package once packed, beside it in a checkout.
    """
    package = Path(__file__).parent
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder
