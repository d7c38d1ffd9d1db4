"""What can go wrong, drawn as a tree; every error has a sentence for a person.

```
HeroError                 .say for the person, .remedy for the next step
├─ UsageError             wrong words on the command line                            exit 2
├─ ConfigError            file, line, key; nothing was changed                       exit 2
│  └─ KeyringShut         locked or silent: whether a token is kept is not known
├─ RefusedByRule          a rule of the desk says no; .rule, .instead                exit 1
├─ RotaError              PagerDuty or the calendar cannot be used                   exit 4
├─ StoreError             a database is damaged, newer, full, locked or read-only    exit 3
│  └─ NotYet              there is no mirror yet; the first sync makes it
├─ ZendeskError                                                                      exit 4
│  ├─ Offline             nothing reached the server                                 exit 5
│  │  ├─ Untrusted        its certificate is not trusted, so nothing was sent
│  │  └─ SignInLocked     the sign-in ran out, and the keyring is shut
│  ├─ Unclear             sent, but no clear answer: it may have been applied
│  ├─ RateLimited         .retry_after seconds
│  ├─ NotAllowed          401 or 403: sign in again, or the role may not
│  ├─ NotFound            404: deleted, or no access
│  ├─ Conflict            409: the ticket changed meanwhile
│  ├─ Rejected            400, 422: .reason; not applied
│  └─ Misunderstood       an answer that is not Zendesk's (HTML page, broken JSON)
│     └─ SignInPage       a page for a browser, as networks have before they let anybody through
```
"""

from __future__ import annotations


class HeroError(Exception):
    """Base of every expected failure. `say` is one sentence; `remedy` the next thing to do."""

    exit_code = 1

    def __init__(self, say: str, remedy: str = "") -> None:
        super().__init__(say)
        self.say = say
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.say} {self.remedy}".strip()


class UsageError(HeroError):
    """The command line's words are off."""

    exit_code = 2


class ConfigError(HeroError):
    """A file that a person edits is wrong; `file`, `line`, `column` (1-based, 0 unknown), `key` say
    where.
    """

    exit_code = 2

    def __init__(
        self,
        say: str,
        remedy: str = "",
        *,
        file: str = "",
        line: int = 0,
        column: int = 0,
        key: str = "",
    ) -> None:
        super().__init__(say, remedy)
        self.file, self.line, self.column, self.key = file, line, column, key

    def __str__(self) -> str:
        return (f"{self.where}: " if self.where else "") + super().__str__()

    @property
    def where(self) -> str:
        """`config.toml:3:7`, as far as it is known."""
        known = (self.line, self.column) if self.line and self.column else (self.line,)
        return ":".join([self.file, *(str(n) for n in known if n)])


class KeyringShut(ConfigError):
    """The system keyring is locked or does not answer. Never "no token is kept"."""


class RefusedByRule(HeroError):
    """A rule of the desk refuses. `rule` is its stable name, `remedy` what to do instead."""

    exit_code = 1

    def __init__(self, say: str, remedy: str = "", *, rule: str) -> None:
        super().__init__(say, remedy)
        self.rule = rule


class RotaError(HeroError):
    """The rota could not be read; the tickets have nothing to do with it, and go on."""

    exit_code = 4


class StoreError(HeroError):
    """A database cannot be used: damaged, newer, full, locked or read-only. Never "empty"."""

    exit_code = 3


class NotYet(StoreError):
    """There is no mirror yet: nothing failed, and the carrier brings it."""


class ZendeskError(HeroError):
    """Zendesk, or the way to it, did not do what was asked."""

    exit_code = 4


class Offline(ZendeskError):
    """No byte of the request reached the server: refused, no name, connect timeout."""

    exit_code = 5


class Untrusted(Offline):
    """The server's certificate is not trusted: nothing was sent, and waiting mends nothing."""


class SignInLocked(Offline):
    """The sign-in ran out and the keyring with the next one is shut: a person has to unlock it."""


class Unclear(ZendeskError):
    """The request may or may not have been applied: timeout, reset, 5xx, unreadable answer."""


class RateLimited(ZendeskError):
    """429 or 503 with a wait; not applied. `retry_after` in seconds.

    `told` is false where the server did not say how long, and the wait is a guess. `short` says in
    a word or two what for.
    """

    def __init__(
        self,
        say: str,
        remedy: str = "",
        *,
        retry_after: float,
        told: bool = True,
        short: str = "rate limit",
    ) -> None:
        super().__init__(say, remedy)
        self.retry_after, self.told, self.short = retry_after, told, short


class NotAllowed(ZendeskError):
    """401 (`signed_out` true) or 403; not applied."""

    def __init__(self, say: str, remedy: str = "", *, signed_out: bool = False) -> None:
        super().__init__(say, remedy)
        self.signed_out = signed_out


class NotFound(ZendeskError):
    """404: deleted, merged away or not visible to this role; not applied.

    `path`: this account does not have the call at all, whatever it is asked for (its plan).
    """

    def __init__(self, say: str, remedy: str = "", *, path: bool = False) -> None:
        super().__init__(say, remedy)
        self.path = path


class Conflict(ZendeskError):
    """409. `transient` is a database collision, to be retried as it is; else the ticket changed."""

    def __init__(self, say: str, remedy: str = "", *, transient: bool = False) -> None:
        super().__init__(say, remedy)
        self.transient = transient


class Rejected(ZendeskError):
    """400, 405, 410, 413, 415, 422: the request was refused; not applied. `reason` in words."""

    def __init__(self, say: str, remedy: str = "", *, reason: str = "", status: int = 0) -> None:
        super().__init__(say, remedy)
        self.reason, self.status = reason, status


class Misunderstood(ZendeskError):
    """The answer is not Zendesk's: an HTML page, broken or oversized JSON, a foreign host."""


class SignInPage(Misunderstood):
    """A page for a browser came back: of a network's sign-in, or of whoever stands in the way."""
