"""The yardstick of a key: a Textual DataTable of 1,000 rows, moved by `j`."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import DataTable, Footer, Header

ROWS = 1000
READY = "ticket number 0"


class TableApp(App[None]):
    BINDINGS = [Binding("j", "down", "Down"), Binding("k", "up", "Up")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield DataTable[str](cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("T", "Due", "Status", "Subject", "Organization")
        for n in range(ROWS):
            table.add_row("T2", f"{n % 24}:00", "open", f"ticket number {n}", "Example Ltd")
        table.focus()

    def action_down(self) -> None:
        self.query_one(DataTable).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(DataTable).action_cursor_up()


if __name__ == "__main__":
    TableApp().run()
