"""The page of a ticket for a colleague: nothing that runs, nothing that gives a customer away."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

from heroterm.domain.ticket import Comment, Page
from tests.cli.conftest import ANA, JO, Home, ticket
from tests.cli.door import Door
from tests.conftest import NOW

ENEMY = (
    "Hello <script>alert(1)</script> <img src=x onerror=alert(1)> \x1b[31mred\u202e\n"
    "I am Jo Ødegård of Acme Rockets, write to jo@acme.example.com\n"
    "my key is phx_abcdefgh12345678, see https://app.example.com/replay/9?token=s3cret#x\n"
    "> quoted <b>mail</b>"
)


class Reader(HTMLParser):
    """Elements and attributes that could act, and all the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return reader


def test_the_page_runs_nothing_and_names_no_customer(
    home: Home, door: Door, tmp_path: Path
) -> None:
    writer = home.writer()
    said = [
        Comment(10, 101, JO.id, True, ENEMY, NOW),
        Comment(11, 101, ANA.id, False, "Ana looked & saw it.", NOW + timedelta(minutes=1)),
    ]
    writer.save_comments(101, said, (ANA, JO), complete=True, at=NOW)
    writer.close()
    path = tmp_path / "t.html"
    assert door.json("show", "101", "--html", str(path)) == {"schema": 1, "page": str(path)}
    assert path.stat().st_mode & 0o077 == 0
    found = read(path)
    assert found.tags <= {"html", "head", "meta", "title", "style", "body", "h1", "header",
                          "article", "b", "pre", "p", "footer"}  # fmt: skip
    assert found.attributes <= {"charset", "http-equiv", "content", "name", "class", "lang"}
    assert "<script>alert(1)</script>" in found.text and "\x1b" not in found.text
    for word in ("Ødegård", "Acme", "acme.example", "phx_", "s3cret", "quoted"):
        assert word not in found.text
    assert "https://app.example.com/replay/9?[...]" in found.text
    assert "Ana Hero, INTERNAL NOTE" in found.text and "Ana looked & saw it." in found.text


def test_a_content_warning_keeps_the_page_closed(home: Home, door: Door, tmp_path: Path) -> None:
    writer = home.writer()
    writer.save_page(Page((ticket(200, "Shocking", tags=("content_warning",)),)), at=NOW)
    words = [Comment(20, 200, JO.id, True, "Shocking words", NOW)]
    writer.save_comments(200, words, (JO,), complete=True, at=NOW)
    writer.close()
    path = tmp_path / "t.html"
    door.json("show", "200", "--html", str(path))
    closed = read(path).text
    assert "CONTENT WARNING" in closed and "Shocking" not in closed
    door.json("show", "200", "--html", str(path), "--past-content-warning")
    assert "Shocking words" in read(path).text
    printed = door("show", "200").out
    assert "CONTENT WARNING" in printed and "Shocking" not in printed
    assert "Shocking words" in door("show", "200", "--past-content-warning").out
    assert door("show", "101", "--html", str(tmp_path / "no" / "t.html")).code == 2
