"""No text from a ticket is ever read as markup."""

from __future__ import annotations

import pytest

from tests.house import sinks
from tests.house.source import nothing_in, package, parse


def test_what_parses_markup_gets_literals_or_what_a_door_made() -> None:
    nothing_in([line for s in package() if s.room == "tui" for line in sinks.leaks(s)])


@pytest.mark.parametrize(
    "text",
    [
        "Static(ticket.subject)",
        "Label(f'#{ticket.id} waits')",
        "Button(macro.title, id='go')",
        "Option(prompt=str(name))",
        "TabPane(f'{a}', Static())",
        "Collapsible(Static('x'), title=subject)",
        "Hit(1, name, go)",
        "Hit(1, Content('x'), go, 'x', command.help)",
        "DiscoveryHit('x', go, help=command.help)",
        "self.notify(f'sent {subject}')",
        "self.app.notify(shown(subject))",
        "self.app.notify(subject, markup=False)",
        "Static('x' + subject)",
        "Static('a' if b else subject)",
        "Static('hello', markup=True)",
        "Static(', '.join(subjects))",
        "def f(t):\n    line = t.subject\n    Static(line.strip())",
        "self.border_title = ticket.subject",
        "self.query_one('#x').tooltip = name",
        "Button('Go', tooltip=name)",
        "self.query_one(Static).update(subject)",
        "Content.from_markup(subject)",
        "Static(Content.from_text(subject))",
        "TextArea(placeholder=subject)",
        "def f(subject: str) -> None:\n    text = subject\n    Static(text)",
        "def f(line: Content | str) -> None:\n    Static(line)",
        "class Row(Static):\n    def __init__(self, t):\n        super().__init__(t.subject)",
        "class Row(Static):\n    def show(self, t):\n        self.update(t.subject)",
    ],
)
def test_a_leak_is_found_out(text: str) -> None:
    assert sinks.leaks(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "Static()",
        "Static('[b]ours[/b]')",
        "Static('a' if b else 'c')",
        "Static(Content(ticket.subject))",
        "Static(Content.assemble((ticket.subject, '$muted')))",
        "Static(Content.from_markup('[b]$s[/b]', s=ticket.subject))",
        "Label(shown_content(ticket.subject))",
        "Label(self._title_content())",
        "from heroterm.tui.text import row\nLabel(row(ticket, now))",
        "from ..text import row as line\nLabel(line(ticket, now))",
        "TITLE = 'Outbox'\ndef f() -> None:\n    Static(TITLE)",
        "def f(line: Content) -> None:\n    Static(line)",
        "def f(t):\n    line = Content(t.subject)\n    Static(line)",
        "Static(Content(', ').join(lines))",
        "def f(t):\n    line = Content(t.subject)\n    Static(line.truncate(9))",
        "from heroterm.tui import text\nLabel(text.row(ticket, now))",
        "self.border_title = 'Queue'",
        "self.app.notify(shown(subject), markup=False)",
        "names.update(other)",
        "Input(value=subject, placeholder=name)",
        "from textual.widgets.text_area import Selection\nSelection(start, end)",
    ],
)
def test_what_a_door_made_is_let_pass(text: str) -> None:
    assert sinks.leaks(parse(text)) == []
