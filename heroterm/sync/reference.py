"""What changes seldom: groups, macros, views, and what fields, forms and statuses are called."""

from __future__ import annotations

from heroterm.sync.access import Access


class Reference:
    """Brings each list whole; what the role may not read keeps what is held of it."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def bring(self) -> None:
        """All of it once. Raises ZendeskError."""
        may, ask = self._access.may, self._access.ask
        wire, copy = self._access.wire, self._access.copy
        library = wire.library
        may("groups", lambda: copy.save_groups(ask(wire.groups)))
        may("members of groups", lambda: copy.save_team_members(ask(library.team_members)))
        may("macros", lambda: copy.save_macros(ask(wire.macros)))
        may("views", lambda: copy.save_views(ask(wire.views)))
        may("ticket fields", lambda: copy.save_fields(ask(library.fields)))
        may("ticket forms", lambda: copy.save_forms(ask(library.forms)))
        may("custom statuses", lambda: copy.save_custom_statuses(ask(library.custom_statuses)))
