"""An App that lets no control byte out, runs nothing that a text says, and links only if it may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from textual import events, on
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import Notify, SeverityLevel
from textual.scrollbar import ScrollBar

from heroterm.domain.text import shown
from heroterm.tui.apart import Apart
from heroterm.tui.guard import TerminalGuard
from heroterm.tui.in_order import InOrder
from heroterm.tui.lasting import Lasting
from heroterm.tui.messages import StoreFailed
from heroterm.tui.real_cursor import RealCursor
from heroterm.tui.toasts import Toasted
from heroterm.tui.wearing import Wearing

if TYPE_CHECKING:
    from heroterm.domain.terminal import Terminal


class Guarded(Lasting, RealCursor, Wearing, InOrder[None]):
    """What every screen of heroterm's stands on."""

    plain_signs: LineFilter | None = None
    """What exchanges signs that a font may lack, while it is wanted."""
    alt_keys: Collection[str] = ()
    """Names of keys with Alt that the hero gave a meaning."""

    def __init__(self) -> None:
        super().__init__()
        self.guard = TerminalGuard()
        self.apart = Apart()

    def suit(self, terminal: Terminal) -> None:
        """Write from now on as this terminal takes it."""
        self.guard.links = terminal.links and not terminal.tmux
        self.apart.wanted = terminal.reorders
        # After Ctrl+Z and fg the terminal is empty, and Textual would write only what changes.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver; on Linux and macOS one without waits for writes, to which a
        paste is text alone.
        """
        usual = super().get_driver_class()
        if usual.__module__ != "textual.drivers.linux_driver":
            return usual
        from heroterm.tui.listening import ListeningDriver  # Windows has no terminal of this kind

        return ListeningDriver

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """As Textual does, by a toast that cannot stop the screen."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Toasted(message, title, severity, seconds, markup=markup)))

    @on(StoreFailed)
    def _store_failed(self, message: StoreFailed) -> None:
        self.unread(str(message.error))

    def unread(self, why: str) -> None:
        """Say why something could not be read."""
        self.notify(shown(why), severity="error", markup=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and under them the one that lets no control byte out."""
        signs = [] if self.plain_signs is None else [self.plain_signs]
        # A font that lacks pictures may lack the blank that keeps columns apart, too.
        apart = [self.apart] if self.apart.wanted and not signs else []
        return [*super().get_line_filters(), *self._few_colours, *signs, *apart, self.guard]

    @cached_property
    def _few_colours(self) -> Sequence[LineFilter]:
        """What keeps ink apart from its ground in a terminal of sixteen colours."""
        if self.console.color_system not in ("standard", "windows"):
            return ()
        from heroterm.tui.few_colours import FewColours

        return (FewColours(),)

    async def _broker_event(
        self, event_name: str, event: events.Event, default_namespace: DOMNode
    ) -> bool:
        """Text never runs an action, whatever markup may slip into it; a scroll bar holds none."""
        if isinstance(default_namespace, ScrollBar):
            return await super()._broker_event(event_name, event, default_namespace)
        return False
