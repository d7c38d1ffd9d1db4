"""Setting up an account in plain lines: sign in, the team's view, working hours, what was written.

Each question says what Enter means; a wrong answer is met with the exact words of whoever refused
it, and the question is put again. Leaving in the middle keeps what was written until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from heroterm.cli.connect import account_to_be, by_browser, by_token, checked_token
from heroterm.cli.invocation import Invocation
from heroterm.cli.office_hours import OfficeHours, usual, write_hours
from heroterm.cli.sign_in import BEARER, zendesk
from heroterm.cli.talk import Talk
from heroterm.config import account_url
from heroterm.config.writing import write_account
from heroterm.domain.ticket import ZendeskView
from heroterm.errors import ConfigError, HeroError, UsageError

_SHOWN = 30
_DESK = (
    "{desk.next} opens the next ticket, {desk.help} is help, {desk.palette} finds anything, "
    "{app.quit} leaves."
)
_SUBDOMAIN = "Subdomain (the NAME of NAME.zendesk.com; Enter: leave):"
_WAY = "Sign in: b with the browser, or t with an API token that the account still has (Enter: b):"
_FILE = "Keep it in a private file that you alone can read? y or n:"


class SettingUp:
    """One talk with one person."""

    def __init__(self, call: Invocation, talk: Talk) -> None:
        self._call = call
        self._talk = talk

    def run(self) -> bool:
        """Ask for everything; whether somebody is signed in at the end."""
        say = self._talk.say
        say("Connect to your Zendesk. Ctrl+C leaves at any time; what was written is listed last.")
        address = self._address()
        if address is None or not self._signed_in(address):
            say("Nothing more was written. `heroterm` begins here again.")
            return False
        zone = self._team_view()
        self._hours(zone)
        self._written()
        return True

    # Sign in

    def _address(self) -> str | None:
        known = self._call.config.account.url
        if known and (answer := self._talk.ask(f"Account {known} (Enter: this one; or another):")):
            known = answer
        elif known:
            return known
        while True:
            answer = known or self._talk.ask(_SUBDOMAIN) or ""
            known = ""
            if not answer:
                return None
            try:
                return account_url(answer)
            except UsageError as error:
                self._talk.say(str(error))

    def _signed_in(self, address: str) -> bool:
        while True:
            way = self._talk.ask(_WAY)
            if way is None:
                return False
            try:
                if way.lower().startswith("t"):
                    self._by_token(address)
                else:
                    self._by_browser(address)
            except HeroError as error:
                self._talk.say(str(error))
                again = self._talk.ask("Enter tries again, q leaves:")
                if again is None or again.startswith("q"):
                    return False
                continue
            return True

    def _by_browser(self, address: str) -> None:
        account = account_to_be(self._call, address, "", BEARER, None)

        def sign_in(allow_file: bool) -> None:
            by_browser(self._call, account, None, None, False, allow_file, "")

        self._with_a_place(sign_in)

    def _by_token(self, address: str) -> None:
        email = self._talk.ask("Address that the token signs in (you@company.com):") or ""
        if "@" not in email:
            raise UsageError("That is no e-mail address; nothing was changed.")
        token = checked_token(self._talk.secret("API token (not shown):") or "")
        account = account_to_be(self._call, address, email, "token", None)
        self._with_a_place(lambda file: by_token(self._call, account, token, file, ""))

    def _with_a_place(self, sign_in: Callable[[bool], object]) -> None:
        """Sign in; where no keyring is, a private file is offered and never taken silently."""
        try:
            sign_in(False)
        except ConfigError as error:
            if "keyring" not in error.say:
                raise
            self._talk.say(error.say)
            if (self._talk.ask(_FILE) or "n").lower() != "y":
                raise
            sign_in(True)

    # The team's view

    def _team_view(self) -> str:
        """Choose the queue; the time zone in which Zendesk has this person, "" unknown."""
        account = self._call.config.account
        try:
            client = zendesk(self._call, self._call.config)
            try:
                zone, views = client.me().time_zone, client.views()
            finally:
                client.close()
        except HeroError as error:
            self._talk.say(f"{error} The queue holds what your groups have to do.")
            return ""
        chosen = self._view(sorted(views, key=lambda view: view.position))
        if chosen is not None:
            write_account(self._call.paths.config_file, replace(account, view=chosen.id))
            self._talk.say(f"Your queue is the view {chosen.title}.")
        else:
            self._talk.say("Your queue holds every unsolved ticket of your groups.")
        return zone

    def _view(self, views: Sequence[ZendeskView]) -> ZendeskView | None:
        if not views:
            return None
        self._talk.say("")
        self._talk.say("Which view is your team's queue?")
        listed = list(views)
        while True:
            for n, view in enumerate(listed[:_SHOWN], start=1):
                self._talk.say(f"{n:3}  {view.title}")
            more = f" {len(listed) - _SHOWN} more." if len(listed) > _SHOWN else ""
            answer = self._talk.ask(
                f"Number, or letters of its name (Enter: none, my groups' tickets).{more}"
            )
            if not answer:
                return None
            if answer.isdecimal() and 1 <= int(answer) <= len(listed):
                return listed[int(answer) - 1]
            found = [view for view in views if answer.casefold() in view.title.casefold()]
            if len(found) == 1:
                return found[0]
            self._talk.say(f"{len(found)} views match {answer!a}." if found else "No such view.")
            listed = found or list(views)

    # Hours, and the end

    def _hours(self, zone: str) -> None:
        here = usual(zone)
        self._talk.say("")
        self._talk.say(
            "Working hours and time zone: breach warnings keep quiet outside of them. Targets are "
            "Zendesk's own, or sla.toml's (an example: check it with your team)."
        )
        while True:
            answer = self._talk.ask(f"Hours and zone (Enter: {here.line}):")
            try:
                hours = OfficeHours.read(answer, here) if answer else here
                path = write_hours(self._call.paths, hours)
            except (UsageError, ConfigError) as error:
                self._talk.say(str(error))
                continue
            self._talk.say(f"{hours.line}." + (f" Written: {path}." if path else ""))
            return

    def _written(self) -> None:
        from heroterm.cli import keymap_file
        from heroterm.cli.belongings import belongings

        say = self._talk.say
        say("")
        say("Files of heroterm on this machine:")
        for each in belongings(self._call.paths):
            say(f"  {each.path}  ({each.what})")
        say(f"  {self._call.paths.data}  (the copy of Zendesk and your drafts will lie here)")
        say("`heroterm uninstall-data` removes all of it.")
        say("")
        say(f"On the desk: {keymap_file.of(self._call).told(_DESK)}")
        self._talk.ask("Enter opens the desk; the first page is there at once.")
