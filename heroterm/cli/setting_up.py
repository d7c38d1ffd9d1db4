"""Setting up an account in plain lines: sign in, the team's view, working hours, what was written.

Each question says what Enter means; a wrong answer is met with the exact words of whoever refused
it, and the question is put again. Leaving in the middle keeps what was written until then; who left
after signing in is asked for the rest at the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from heroterm.cli.invocation import Invocation
from heroterm.cli.office_hours import OfficeHours, usual, write_hours
from heroterm.cli.sign_in import zendesk
from heroterm.cli.signing_in import SigningIn
from heroterm.cli.talk import Talk
from heroterm.config.writing import write_account
from heroterm.domain.ticket import ZendeskView
from heroterm.errors import ConfigError, HeroError, UsageError

_SHOWN = 30
_ANY_TIME = "Ctrl+C leaves at any time; what was written is listed last."
_NO_VIEWS = (
    "The queue holds what your groups have to do; account.view in config.toml may name a view "
    "later."
)
_DESK = (
    "{desk.next} opens the next ticket, {desk.help} is help, {desk.palette} finds anything, "
    "{app.quit} leaves."
)


class SettingUp:
    """One talk with one person."""

    def __init__(self, call: Invocation, talk: Talk) -> None:
        self._call = call
        self._talk = talk

    def run(self) -> bool:
        """Ask for everything; whether somebody is signed in at the end."""
        self._talk.say(f"Connect to your Zendesk. {_ANY_TIME}")
        return self._through(self._whole)

    def go_on(self) -> None:
        """Ask for the rest, where somebody signed in and left before the end."""
        self._talk.say(f"You are signed in at {self._call.config.account.url}; a little was left.")
        self._talk.say(_ANY_TIME)
        self._through(self._rest)

    def _through(self, asked: Callable[[], bool]) -> bool:
        try:
            done = asked()
        except KeyboardInterrupt:
            self._talk.say("")
            self._left()
            raise
        if not done:
            self._left()
        return done

    def _whole(self) -> bool:
        if not SigningIn(self._call, self._talk).run():
            return False
        with suppress(OSError):
            self._call.paths.setting_up.touch()
        return self._rest()

    def _rest(self) -> bool:
        zone = self._team_view()
        self._hours(zone)
        self._call.paths.setting_up.unlink(missing_ok=True)
        self._written()
        return True

    def _left(self) -> None:
        """Say what is here already, and that nothing is lost by leaving."""
        if self._belongings():
            self._talk.say("`heroterm` goes on from there.")
        else:
            self._talk.say("Nothing was written. `heroterm` begins here again.")

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
            self._talk.say(f"{error} {_NO_VIEWS}")
            return ""
        known = next((view for view in views if view.id == account.view), None)
        chosen = self._view(sorted(views, key=lambda view: view.position), known)
        write_account(
            self._call.paths.config_file, replace(account, view=chosen.id if chosen else None)
        )
        if chosen is not None:
            self._talk.say(f"Your queue is the view {chosen.title}.")
        else:
            self._talk.say("Your queue holds every unsolved ticket of your groups.")
        return zone

    def _view(self, views: Sequence[ZendeskView], known: ZendeskView | None) -> ZendeskView | None:
        """The view that is chosen; `known` stays by Enter."""
        if not views:
            return None
        self._talk.say("")
        self._talk.say("Which view is your team's queue?")
        listed = list(views)
        enter = f"Enter: {known.title}; 0: none" if known else "Enter: none"
        while True:
            for n, view in enumerate(listed[:_SHOWN], start=1):
                self._talk.say(f"{n:3}  {view.title}")
            more = f" {len(listed) - _SHOWN} more." if len(listed) > _SHOWN else ""
            answer = self._talk.ask(
                f"Number, or letters of its name ({enter}, my groups' tickets).{more}"
            )
            if not answer:
                return known
            if answer == "0":
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

        say = self._talk.say
        say("")
        self._belongings()
        say(f"  {self._call.paths.data}  (the copy of Zendesk and your drafts will lie here)")
        say("`heroterm uninstall-data` removes all of it.")
        say("")
        say(f"On the desk: {keymap_file.of(self._call).told(_DESK)}")
        self._talk.ask("Enter opens the desk; the first page is there at once.")

    def _belongings(self) -> bool:
        """List what heroterm has put on this machine; whether it is anything."""
        from heroterm.cli.belongings import belongings

        found = belongings(self._call.paths)
        if found:
            self._talk.say("Files of heroterm on this machine:")
        for each in found:
            self._talk.say(f"  {each.path}  ({each.what})")
        return bool(found)
