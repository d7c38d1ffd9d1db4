"""The whole job line by line, without redraws: for screen readers, slow lines and plain habits.

Each line that is typed begins with a word of `WORDS`; what is printed is what the verbs print.
Words for a customer are written line by line and ended by a line with a single full stop; they
are kept as a draft before anything else is asked (features P4).
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace

from heroterm.cli.canned import canned_words
from heroterm.cli.content_warning import content_warning
from heroterm.cli.intents import Wanted, looked_over, put
from heroterm.cli.invocation import Invocation
from heroterm.cli.plain_besides import fill_blanks, remind, waiting
from heroterm.cli.plain_drafts import begun, besides, elsewhere, with_words
from heroterm.cli.plain_drafts import wanted as wanted_of
from heroterm.cli.plain_review import status_for
from heroterm.cli.plain_words import IN_FULL, TALK, WORDS, written
from heroterm.cli.reading import Reading, reading
from heroterm.cli.remedies import remedy
from heroterm.cli.rules import rulebook
from heroterm.domain.outbox import HELD, QUEUED, Changes, Draft, InternalNote, PublicReply
from heroterm.domain.rules_of_recipients import WHATEVER_THE_WORDS
from heroterm.domain.ticket_number import number_of
from heroterm.errors import HeroError

_LINES = "10"
_PUBLIC, _NOTE = "public_reply", "internal_note"
Run = Callable[[Sequence[str]], int]


class PlainShift:
    """A shift as a talk. `run` does a verb, `ask` reads a line (None at the end of the input)."""

    def __init__(
        self,
        call: Invocation,
        run: Run,
        ask: Callable[[str], str | None],
        say: Callable[[str], None],
    ) -> None:
        self._call = call
        self._run = run
        self._ask = ask
        self._say = say
        self._ticket: int | None = None

    def play(self) -> None:
        """Talk until `q` or the end of the input."""
        self._say("heroterm, line by line. ? lists the words, n opens the next ticket.")
        while (line := self._ask("> ")) is not None:
            word, _, rest = line.strip().partition(" ")
            word = IN_FULL.get(word.casefold(), word)
            if word == "q":
                return
            if word:
                self._do(word, rest.strip())

    def _do(self, word: str, rest: str) -> None:
        deeds: dict[str, Callable[[str], None]] = {
            "n": self._next, "o": self._open, "t": self._again, "w": self._why, "N": self._skip,
            "r": lambda _: self._write(_PUBLIC), "i": lambda _: self._write(_NOTE),
            "c": self._canned, "s": self._status, "d": lambda _: self._elsewhere(),
            "set": self._set, "W": self._remind, "h": self._handover,
            "l": lambda _: self._verb("queue", "--limit", _LINES),
            "/": lambda words: self._verb("search", words), "p": self._playbook,
            "b": lambda _: self._verb("outbox", "list"), "u": lambda _: self._undo(),
            "?": lambda _: self._help(),
        }  # fmt: skip
        deed = deeds.get(word)
        if deed is None:
            self._say(f"{word!a} is no word here; ? lists them.")
            return
        try:
            deed(rest)
        except HeroError as error:
            self._say(str(error))

    def _verb(self, *words: str) -> None:
        self._run(words)

    def _help(self) -> None:
        for word, does in WORDS.items():
            self._say(f"{word:10} {does}")
        self._say(f"The same in full: {', '.join(IN_FULL)}.")

    # Tickets

    def _next(self, _: str) -> None:
        from heroterm.cli.next import chosen

        with reading(self._call) as read:
            choice = chosen(self._call, read, rulebook(self._call.paths))
        self._say(choice.why)
        if choice.row is not None:
            self._show(choice.row.id)

    def _open(self, rest: str) -> None:
        if (number := number_of(rest)) is None:
            self._say("Say which: o 48213.")
            return
        self._show(number)

    def _again(self, _: str) -> None:
        if self._here():
            self._show(self._ticket or 0)

    def _show(self, ticket_id: int) -> None:
        if not self._may_look(ticket_id):
            self._ticket = ticket_id
            self._say(f"#{ticket_id} stays closed; t asks again, N REASON skips it.")
            return
        if self._run(["show", str(ticket_id), "--past-content-warning"]) == 0:
            self._ticket = ticket_id
            with reading(self._call) as read:
                kept = [d for d in read.journal.drafts.list() if d.ticket_id == ticket_id]
            for draft in kept:
                self._say(
                    f"A draft is kept here ({'r' if draft.kind == _PUBLIC else 'i'} goes on)."
                )

    def _may_look(self, ticket_id: int) -> bool:
        """Whether a ticket's words may be read out; behind a content warning that is asked."""
        with reading(self._call) as read:
            warned = content_warning(read, ticket_id)
        if warned is None:
            return True
        self._say(f"CONTENT WARNING: {warned}")
        return (self._ask("y reads it out this once: ") or "").strip() == "y"

    def _here(self) -> bool:
        if self._ticket is None:
            self._say("No ticket is open: n opens the next one.")
        return self._ticket is not None

    def _why(self, _: str) -> None:
        self._verb("next", "--explain")

    def _skip(self, rest: str) -> None:
        if self._here():
            if not rest:
                self._say("Say why: N waits for a colleague.")
                return
            self._verb("next", "--skip", f"{self._ticket}={rest}")
            self._next("")

    def _playbook(self, rest: str) -> None:
        if rest and self._here():
            self._verb("playbook", "run", rest, str(self._ticket), "--plain")
        elif not rest:
            self._verb("playbook", "list")

    # Words

    def _write(self, kind: str, first: str = "") -> None:
        if not self._here():
            return
        with reading(self._call) as read:
            if kind == _PUBLIC and self._never(read):
                return
            draft = read.journal.drafts.get(self._ticket or 0, kind)
            who = "the customer reads this" if kind == _PUBLIC else "colleagues only"
            self._say(f"{'PUBLIC REPLY' if kind == _PUBLIC else 'INTERNAL NOTE'}: {who}.")
            now = self._call.clock()
            for said in besides(read, draft, now) if draft is not None else ():
                self._say(said)
            draft = draft or begun(read, self._ticket or 0, kind, now)
            body = written(self._ask, self._say, draft.body, first)
            if not body.strip():
                read.journal.drafts.trash(self._ticket or 0, kind)
                self._say("Nothing was written.")
                return
            before, draft = draft.body, with_words(draft, body, self._call.clock())
            if not self._went(read, draft):
                read.journal.drafts.save(draft, over=before)
                self._review(read, draft)

    def _went(self, read: Reading, draft: Draft) -> bool:
        """Whether these words went out from elsewhere meanwhile, which is said; no draft stays."""
        said = elsewhere(read, draft, self._call.clock())
        if said:
            read.journal.drafts.trash(draft.ticket_id, draft.kind)
            self._say(said)
        return bool(said)

    def _never(self, read: Reading) -> bool:
        """Whether no answer goes from here whatever its words: said before one is written."""
        wanted = self._wanted(_PUBLIC, "Hey.", None)
        findings, facts = looked_over(self._call, read, read.ticket(self._ticket or 0), wanted)
        stops = [each for each in findings if each.rule in WHATEVER_THE_WORDS]
        for each in stops:
            self._say(f"REFUSED: {each.say} {remedy(each, facts, TALK)}")
        if stops and read.journal.drafts.get(self._ticket or 0, _PUBLIC) is not None:
            self._say("Your words stay a draft.")
        return bool(stops)

    def _review(self, read: Reading, draft: Draft) -> None:
        """Status, then y: never one key, and never Enter."""
        base = self._wanted(draft.kind, draft.body, None)
        status = status_for(self._call, read, draft, base, self._ask, self._say)
        wanted = wanted_of(read, draft, status, base, self._call.clock())
        asked = self._asked(read, wanted)
        if asked is None:
            self._say("It is kept as a draft.")
            return
        answer = (self._ask("y queues it, anything else keeps it as a draft: ") or "").strip()
        if answer != "y":
            self._say("It is kept as a draft.")
            return
        if not self._went(read, draft):
            self._put(read, wanted, asked)

    def _wanted(self, kind: str | None, body: str, status: str | None) -> Wanted:
        words: PublicReply | InternalNote | None = None
        if kind is not None:
            words = PublicReply(body) if kind == _PUBLIC else InternalNote(body)
        return Wanted(comment=words, changes=Changes(status=status), retire_draft=True, voice=TALK)

    def _asked(self, read: Reading, wanted: Wanted) -> tuple[str, ...] | None:
        """Rules that ask about it, with all that the rules say read out; None where one refuses."""
        findings, facts = looked_over(self._call, read, read.ticket(self._ticket or 0), wanted)
        for each in findings:
            head = {"refuse": "REFUSED: ", "ask": "QUESTION: "}.get(each.level, "Advice: ")
            self._say(f"{head}{each.say} {remedy(each, facts, TALK)}")
        if any(each.level == "refuse" for each in findings):
            return None
        return tuple(each.rule for each in findings if each.level == "ask")

    def _put(self, read: Reading, wanted: Wanted, asked: tuple[str, ...]) -> None:
        """Queue it; a question of the rules wants a yes of its own."""
        if asked and (self._ask("yes sends it all the same: ") or "").strip() != "yes":
            kept = wanted.comment is not None
            self._say("It is kept as a draft." if kept else "Nothing was changed.")
            return
        put(self._call, read, read.ticket(self._ticket or 0), replace(wanted, anyway=asked))

    def _canned(self, name: str) -> None:
        book = rulebook(self._call.paths)
        if not name:
            for each in book.replies:
                self._say(f"{each.name:34} {each.title}")
            return
        if self._here():
            kind = next((each.kind for each in book.replies if each.name == name), _PUBLIC)
            with reading(self._call) as read:
                if kind == _PUBLIC and self._never(read):
                    return
                text = canned_words(
                    self._call, read, read.ticket(self._ticket or 0), kind, name, ()
                )
            self._write(kind, fill_blanks(text, self._ask))

    def _elsewhere(self) -> None:
        """A note with the place of the answer; its status is asked for as for every note."""
        if self._here():
            where = (self._ask("Where did you answer (address or words): ") or "").strip()
            self._write(_NOTE, f"Replied outside of Zendesk: {where}" if where else "")

    def _set(self, words: str) -> None:
        if self._here():
            try:
                self._verb("set", str(self._ticket), *shlex.split(words))
            except ValueError:
                self._say('A quotation mark is missing: set --add-tag "two words".')

    def _remind(self, said: str) -> None:
        with reading(self._call) as read:
            if not said:
                for line in waiting(self._call, read):
                    self._say(line)
            elif self._here():
                self._say(remind(self._call, read, self._ticket or 0, said))

    def _handover(self, words: str) -> None:
        what, _, folder = words.partition(" ")
        if what == "write" and folder:
            self._verb("handover", "--out", folder)
        else:
            self._verb("handover")

    def _status(self, status: str) -> None:
        if self._here():
            with reading(self._call) as read:
                wanted = self._wanted(None, "", status)
                asked = self._asked(read, wanted)
                if asked is not None:
                    self._put(read, wanted, asked)

    def _undo(self) -> None:
        with reading(self._call) as read:
            waiting = [i for i in read.journal.outbox.unfinished() if i.state in (HELD, QUEUED)]
        if not waiting:
            self._say("Nothing is held or waiting: there is nothing to recall.")
            return
        newest = max(waiting, key=lambda intent: intent.created_at)
        self._verb("outbox", "recall", newest.id)
