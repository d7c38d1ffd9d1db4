"""A queue is added to config.toml or taken out, and nothing else in it is lost by that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from heroterm.config import TeamView, load, rewriting
from heroterm.config.adding import add_view
from heroterm.config.removing import remove_view
from heroterm.errors import ConfigError

NEW = TeamView('Urgent "EU"', "u", query="priority:urgent", filter="acme", own_groups=True)
THERE = '# mine\r\n[desk]\r\ntheme = "nord" # dark\r\n[[view]]\r\nname = "Ours"\r\nkey = "o"\r\n'
THERE += "zendesk = 7\r\n# the end"


def test_every_byte_stays_and_a_linked_file_stays_linked(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    real, file = tmp_path / "dotfiles" / "heroterm.toml", tmp_path / "config.toml"
    real.write_bytes(b"\xef\xbb\xbf" + THERE.encode())
    file.symlink_to(real)
    (tmp_path / ".config.toml.new").mkdir()  # nothing can be written beside the link
    add_view(file, NEW)
    assert real.read_bytes().startswith(b"\xef\xbb\xbf" + THERE.encode() + b"\r\n\r\n[[view]]\r\n")
    assert file.is_symlink() and load(file).view == (TeamView("Ours", "o", 7), NEW)
    assert b"\n" not in real.read_bytes().replace(b"\r\n", b"")
    assert [each.name for each in real.parent.iterdir()] == ["heroterm.toml"]


def test_a_missing_file_is_made_with_its_explanations(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    add_view(file, NEW)
    assert load(file).view == (NEW,) and "# hold_seconds" in file.read_text()


def _read_only(file: Path) -> None:
    file.chmod(0o444)


def _damaged(file: Path) -> None:
    file.write_text("[desk\n")


def _in_line(file: Path) -> None:
    file.write_text('view = [{name = "Ours", query = "x"}]\n')


def _name(file: Path) -> None:
    file.write_text('[[view]]\nname = "urgent \\"eu\\""\nquery = "x"\n')


def _letter(file: Path) -> None:
    file.write_text('[[view]]\nname = "Us"\nkey = "u"\nquery = "x"\n')


def _is_refused(
    deed: Callable[[Path], None], happens: Callable[[Path], None], says: str, folder: Path
) -> None:
    file = folder / "config.toml"
    file.write_text(THERE)
    happens(file)
    before = file.read_bytes()
    with pytest.raises(ConfigError) as caught:
        deed(file)
    assert says in str(caught.value) and str(file) in str(caught.value)
    assert file.read_bytes() == before and list(folder.iterdir()) == [file]


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (_read_only, "read-only, so it was left as it is. `chmod u+w"),
        (_damaged, "not valid TOML"),
        (_in_line, "nothing can be added to. Write each as a table, [[view]]"),
        (_name, "another queue 'Urgent \"EU\"'. Give each a name"),
        (_letter, "the letter u belongs to 'Us'"),
    ],
)
def test_what_cannot_be_added_is_said_and_the_file_stays(
    happens: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    _is_refused(lambda file: add_view(file, NEW), happens, says, tmp_path)


def test_what_another_program_writes_at_that_moment_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(THERE)

    def look(text: str, path: Path) -> None:
        file.write_text("# theirs\n")

    monkeypatch.setattr(rewriting, "_look", look)
    with pytest.raises(ConfigError, match="Try again"):
        add_view(file, NEW)
    assert file.read_text() == "# theirs\n"


ABOVE, BELOW = "# mine\r\n[desk]\r\ntheme = 'nord' # dark\r\n# on urgent\r\n", "\t# below\r\n"
MANY = '[[ "view" ]] # of the week\r\n# key = "x"\r\nname = "Urgent"\r\n\r\n'
MANY += 'query = """\\\r\n priority:high status:open"""\r\n'


ANOTHER = '\r\n[[view]]\r\nname = "Us"\r\nquery = "x"'


@pytest.mark.parametrize("after", [BELOW, "", ANOTHER, "\r\n[sync]"])
def test_a_queue_is_taken_out_and_every_other_byte_stays(after: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(f"\ufeff{ABOVE}{MANY}{after}".encode())
    remove_view(file, "Urgent")
    assert file.read_bytes() == f"\ufeff{ABOVE}{after}".encode()
    add_view(file, NEW)
    remove_view(file, NEW.name)
    end = "" if after in ("", BELOW) else "\r\n"  # a last line that had none has one now
    assert file.read_bytes() == f"\ufeff{ABOVE}{after}{end}".encode()


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (_read_only, "read-only"),
        (_damaged, "not valid TOML"),
        (_in_line, "'Ours' in a way that it cannot be taken out of. Take it out with"),
        (_name, "no queue 'Ours' any more"),
    ],
)
def test_what_cannot_be_taken_out_is_said_and_the_file_stays(
    happens: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    _is_refused(lambda file: remove_view(file, "Ours"), happens, says, tmp_path)
