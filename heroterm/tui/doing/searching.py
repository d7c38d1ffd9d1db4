"""`g /`: the whole mirror while typing, newest first; Tab asks Zendesk for the same line, too.

Zendesk also knows what was never mirrored. It is asked beside the screen, by the verb that a person
would type (`search --server`), which keeps what it finds; an answer belongs to its line alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.errors import HeroError
from heroterm.mirror.reader import Mirror
from heroterm.mirror.search import SearchHit
from heroterm.mirror.search import search as find
from heroterm.tui.doing import fetching
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.verbs import Document

_HITS = 50
_TITLE = "Search everything: words, status:…, org:…, onhold:>7d"
_TAB = "tab asks Zendesk, too"
_FROM = "from Zendesk"
_AGAIN = "Tab asks again."


@dataclass(frozen=True, slots=True)
class Told:
    """What became of asking Zendesk for one line: its tickets, or why there are none."""

    hits: tuple[tuple[int, str], ...] = ()
    """Number and subject of what the mirror had not found, best first."""
    say: tuple[str, ...] = ()
    """Sentences, each on a line of its own: in a small terminal no more has room."""


def search(desk: OnDesk) -> None:
    """`g /`: nothing is typed yet."""
    search_for(desk, "")


def search_for(desk: OnDesk, words: str) -> None:
    """Open the box; Enter opens what is chosen, which is fetched where it is not held."""
    mirror = desk.reading.mirror
    if mirror is None:
        desk.tell(str(desk.reading.trouble), severity="error")
        return

    def opened(key: str | None) -> None:
        if key is not None and not desk.open_ticket(int(key)) and not desk.failed:
            fetching.fetch(desk, int(key))

    desk.app.push_screen(Searching(desk, mirror, words).box, opened)


class Searching:
    """One opened box: what the mirror finds, and what Zendesk told of the lines it was asked."""

    def __init__(self, desk: OnDesk, mirror: Mirror, words: str) -> None:
        self._desk, self._mirror = desk, mirror
        self._told: dict[str, Told] = {}
        self._asking = ""
        self._foot: list[str] = []
        self.box = Pick(
            _TITLE, [], find=self._found, begin=words,
            foot=lambda: self._foot, tab=self._ask, tab_says=_TAB,
        )  # fmt: skip

    def _found(self, line: str) -> list[Choice]:
        """The mirror's hits, then Zendesk's where it was asked; what is to be said of both."""
        result = find(self._mirror, self._desk.reading.dated(line), _HITS, ranked=False)
        told = self._told.get(line, Told())
        theirs = {number for number, _ in told.hits}
        ours = [hit for hit in result.hits if hit.id not in theirs]
        nothing = f"No ticket in the mirror matches “{line}”." if line and not ours else ""
        asking = (f"Zendesk is being asked for “{line}” …",)
        asked = asking if line and line == self._asking else told.say
        self._foot = [said for said in (nothing, *result.explained, *asked) if said]
        return [
            *(self._hit(hit) for hit in ours),
            *(Choice(str(id_), f"#{id_} ({_FROM}) {subject}") for id_, subject in told.hits),
        ]

    def _hit(self, hit: SearchHit) -> Choice:
        """A line as the queue names the ticket, with a few words around the match, but none from
        behind a content warning.
        """
        row = self._desk.reading.row(hit.id)
        named = hit.subject if row is None else row.title
        words = "[CW]" if row is not None and row.content_warning else hit.snippet
        return Choice(str(hit.id), f"#{hit.id} {named}", words)

    def _ask(self, line: str) -> None:
        """Tab: ask Zendesk for the line, once; offline only say so."""
        if not line or self._asking:
            return
        offline = self._desk.reading.state.offline_since
        if offline is not None:
            since = offline.astimezone().strftime("%H:%M")
            why = f"Zendesk is out of reach since {since}: this is what the mirror holds."
            self._answered(line, Told((), (why, "Tab asks once the top line says ONLINE.")))
            return
        result = find(self._mirror, self._desk.reading.dated(line), _HITS, ranked=False)
        here = {hit.id for hit in result.hits}

        def came(document: Document) -> None:
            self._asking = ""
            self._answered(line, _read(document, here))

        def failed(error: HeroError) -> None:
            self._asking = ""
            self._answered(line, Told((), (error.say, error.remedy, _AGAIN)))

        self._asking = line
        words = ["search", "--server", "--limit", str(_HITS)]
        self._desk.verbs.run(words, came, failed, given=[line])
        self.box.again()

    def _answered(self, line: str, told: Told) -> None:
        self._told[line] = told
        self._desk.reading.forget()
        self.box.again(str(told.hits[0][0]) if told.hits else "")


def _read(document: Document, here: set[int]) -> Told:
    """What the verb printed; `here` had been found before it was asked."""
    if trouble := document.get("server_trouble"):
        return Told((), (str(trouble), _AGAIN))
    listed = [hit for hit in document.get("hits", ()) if hit.get("server")]
    hits = tuple((int(hit["id"]), str(hit["subject"])) for hit in listed if hit["id"] not in here)
    if hits:
        return Told(hits, (f"{len(hits)} {_FROM}, below what the mirror holds.",))
    more = "nothing that is not above" if listed else "nothing"
    return Told((), (f"Zendesk finds {more}.", "Its search lags some minutes behind."))
