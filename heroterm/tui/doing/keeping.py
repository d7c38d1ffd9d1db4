"""`V +`: the queue as it is filtered now, kept as one of its own with a name and a letter (J4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from string import ascii_letters

from heroterm.domain.query import parted, terms, unfit, unkept
from heroterm.domain.view import LONGEST_NAME, QueueChoice, is_letter, is_name
from heroterm.errors import HeroError
from heroterm.tui.commands import VIEWS
from heroterm.tui.doing import switching, visiting
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.text import parts

NONE = "no letter"
_OFFERED = 4
"""Letters that are offered before one is typed."""
_MINE = "assignee:me assignee:none"


class Refused(Exception):
    """Why this filter cannot be kept, in a sentence."""


def keep(desk: OnDesk) -> None:
    """Ask for a name, then for a letter, and write the queue."""
    try:
        wanted = narrowed(desk)
    except Refused as why:
        desk.tell(str(why), severity="warning")
        return
    whole = not desk.queue.narrowed  # a view of Zendesk, which has a name

    def named(name: str | None) -> None:
        if name is None:
            _left(desk)
        elif desk.parts.keymap.key_of(VIEWS):
            _ask_letter(desk, replace(wanted, name=name))
        else:  # no letter is a key on this desk
            write(desk, replace(wanted, name=name))

    asks = _Asked(lambda typed: _name(desk, typed))
    begin = desk.queue.choice.name[:LONGEST_NAME].strip() if whole else ""
    what = "view" if whole else "filter"
    desk.app.push_screen(asks.box(f"Keep this {what} as a queue: its name", begin), named)


def narrowed(desk: OnDesk) -> QueueChoice:
    """What the queue holds now, as a queue without a name. Raises Refused."""
    choice, view = desk.queue.choice, desk.queue.view
    words, of_fields = parted(view.text)
    mine = _MINE if view.only_me_and_unassigned is not None else ""
    query = " ".join(filter(None, (choice.query, of_fields)))
    if mine and any(term.key == "assignee" and not term.negative for term in terms(query)):
        says = "asks for an assignee, too, so that the two cannot be kept together"
        raise Refused(f"“Mine and unassigned” ({desk.key('queue.mine')}) {says}.")
    query = f"{query} {mine}".strip()
    kept = " ".join((*choice.kept.split(), *words.split()))
    for line, judge in ((query, unfit), (kept, unkept)):
        say, remedy = judge(line) if line else ("", "")
        if say:
            raise Refused(f"This filter cannot be kept: {say}. {remedy}")
    return replace(choice, name="", key="", query=query, kept=kept)


class _Asked:
    """A field whose words are judged as they are typed: what may be chosen, and else why not."""

    def __init__(self, judge: Callable[[str], Sequence[Choice] | str]) -> None:
        self._judge = judge
        self._says = ""

    def box(self, title: str, begin: str = "") -> Pick:
        """The box that asks; `begin` stands in its field."""
        first = self._find("")
        return Pick(title, first, find=self._find, foot=self._foot, typed_first=True, begin=begin)

    def _find(self, typed: str) -> Sequence[Choice]:
        judged = self._judge(typed)
        self._says = judged if isinstance(judged, str) else ""
        return () if isinstance(judged, str) else judged

    def _foot(self) -> Sequence[str]:
        return [self._says] if self._says else []


def _name(desk: OnDesk, typed: str) -> Sequence[Choice] | str:
    if not is_name(typed):
        return f"A name has 1 to {LONGEST_NAME} characters, all of them seen."
    if any(typed.casefold() == one.name.casefold() for one in desk.queues):
        return "There is a queue of this name already; type another."
    return [Choice(typed, typed, "is its name")]


def _ask_letter(desk: OnDesk, wanted: QueueChoice) -> None:
    def lettered(letter: str | None) -> None:
        if letter is None:
            _left(desk)
        else:
            write(desk, replace(wanted, key="" if letter == NONE else letter))

    asks = _Asked(lambda typed: _letter(desk, wanted.name, typed))
    desk.app.push_screen(asks.box(f"The letter of “{wanted.name}”"), lettered)


def _letter(desk: OnDesk, name: str, typed: str) -> Sequence[Choice] | str:
    prefix = desk.parts.keymap.prefix_shown(VIEWS)
    without = Choice(NONE, NONE, "it is chosen by its name")
    if not typed:
        free = list(_free(desk, name))[:_OFFERED]
        return [*(Choice(key, key, f"{prefix} {key} shows it") for key in free), without]
    if len(typed) > 1 and NONE.startswith(typed.casefold()):
        return [without]
    if not is_letter(typed):
        return "Type one letter, a to z or A to Z."
    if taken := _taken(desk).get(typed):
        return f"{prefix} {typed} is taken: “{taken}”. Type another letter."
    more = [without] if NONE.startswith(typed) else []
    return [Choice(typed, typed, f"{prefix} {typed} shows it"), *more]


def _free(desk: OnDesk, name: str) -> Iterator[str]:
    """Letters that nothing has, those of the name first."""
    taken = _taken(desk)
    wanted = dict.fromkeys(name.casefold() + ascii_letters)
    return (key for key in wanted if is_letter(key) and key not in taken)


def _taken(desk: OnDesk) -> dict[str, str]:
    """Keys behind the prefix that mean something, with what."""
    queues = {one.key: one.name for one in desk.queues if one.key}
    return queues | dict(desk.parts.keymap.titles(VIEWS))


def _left(desk: OnDesk) -> None:
    desk.tell(f"Nothing was kept; the filter stands, {desk.key('views.keep')} asks again.")


def write(desk: OnDesk, wanted: QueueChoice, stands: str = "") -> None:
    """Write a queue into config.toml and show it; where that fails, `stands` says what did not."""
    try:
        desk.queues = desk.parts.keep_queue(wanted)
    except HeroError as error:
        stays = f"The filter stands as it is; {desk.key('views.keep')} tries again."
        lines = [*str(error).split("\n"), "", stands or stays]
        desk.explain(f"“{wanted.name}” was not kept", [parts(line) for line in lines])
        return
    desk.seeing.forgotten = None
    visiting.follow(desk)
    made = next((one for one in desk.queues if one.name == wanted.name), wanted)
    switching.show(desk, made, asks=False)  # its tickets are those that stand here already
    prefix = desk.parts.keymap.prefix_shown(VIEWS)
    shows = f"{prefix} {made.key}" if prefix and made.key else desk.key("views.list")
    long = "while this practice lasts" if desk.parts.settings.demo else "from now on"
    desk.tell(f"“{made.name}” is kept in config.toml: {shows} shows it {long}.")
