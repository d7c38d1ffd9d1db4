"""The doctor's look at the way to Zendesk: sign-in, clock, role, SLA sources, limits, proxy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from heroterm.cli.check import Check
from heroterm.cli.invocation import Invocation
from heroterm.cli.rights import look
from heroterm.cli.sign_in import BEARER, SignedIn, secrets_of, zendesk
from heroterm.config import Account
from heroterm.domain.ages import ago
from heroterm.domain.sla_policy import CLOCKS_SOURCE, POLICIES_SOURCE
from heroterm.errors import NotAllowed, NotFound, Offline, RateLimited
from heroterm.secrets import on_loopback
from heroterm.zendesk.limits import Budget
from heroterm.zendesk.oauth_tokens import Tokens, kept_as_pair, read
from heroterm.zendesk.oauth_words import AGAIN, TOKENS_END

TOKENS_DEAD = datetime(2027, 4, 30, tzinfo=UTC)
"""The day on which the last API token ends (api.md §0, fact 4)."""
MOST_SKEW = 60.0
"""Seconds; heroterm corrects for more, but other programs of this machine do not."""
_SOME = 3


def sign_in(call: Invocation) -> Iterator[Check]:
    """Which kind of sign-in, where it lies, how old it is and when it ends; asks nobody."""
    account = call.config.account
    if not account.url:
        yield Check("sign-in", True, "no account yet; `heroterm connect` makes one")
        return
    secrets = secrets_of(call, account)
    kept = secrets.find(account.url, account.email)
    place = secrets.place(account.url, account.email)
    if account.sign_in == BEARER and kept_as_pair(kept):
        yield oauth_said(read(kept), call.clock(), place)
    else:
        yield _token_said(account, call.clock(), place)


def oauth_said(tokens: Tokens, now: datetime, place: str) -> Check:
    """Age and end of an OAuth sign-in."""
    since = f", signed in {ago(tokens.since, now)}" if tokens.since else ""
    left = tokens.left(now)
    end = tokens.refresh_until
    say = (
        f"OAuth, client {tokens.client_id}, in {place}{since}, "
        f"renewed {tokens.generation - 1} times; the access token {_access_said(tokens, left)}"
        + (f", unused it lasts until {end:%Y-%m-%d}" if end else "")
    )
    over = end is not None and end <= now
    stuck = left <= 0 and not tokens.refresh
    return Check("sign-in", not (over or stuck), say, AGAIN)


def _access_said(tokens: Tokens, left: float) -> str:
    if tokens.expires_at is None:
        return "does not end"
    if left > 0:
        return f"ends in {left / 60:.0f} min"
    return "has ended" + (" and is renewed with the next request" if tokens.refresh else "")


def _token_said(account: Account, now: datetime, place: str) -> Check:
    if account.sign_in == BEARER:
        return Check("sign-in", True, f"a bearer token from {place}, which nothing renews")
    if on_loopback(account.url):
        return Check("sign-in", True, f"a practice token in {place}")
    say = f"an API token from {place}. {TOKENS_END}"
    return Check("sign-in", now < TOKENS_DEAD, say, TOKENS_END)


def proxy(call: Invocation) -> Iterator[Check]:
    """Which proxy stands between here and Zendesk; never its password."""
    url = call.config.account.url
    parts = urlsplit(url)
    if not url:
        return
    through = getproxies().get(parts.scheme) or getproxies().get("all")
    if on_loopback(url) or not through or proxy_bypass(parts.hostname or ""):
        yield Check("proxy", True, "none")
        return
    way = urlsplit(through if "://" in through else f"http://{through}")
    yield Check("proxy", True, f"{way.hostname}:{way.port or 80}, from the environment")


_GONE = "Look at the network, proxy and status.zendesk.com; --offline leaves this out."


def network(call: Invocation) -> Iterator[Check]:
    """Everything that only Zendesk can tell; where it is out of reach, that is what is found."""
    if not call.config.account.url:
        return
    client = zendesk(call, call.config)
    try:
        yield from _asked(client)
    except Offline as error:
        say = f"{error.say} Role, clock, SLA sources and limits were not looked at"
        yield Check("network", False, say, _GONE)
    except RateLimited as error:
        yield Check("network", True, f"broken off: {error.say}")
    except NotAllowed as error:
        yield Check("Zendesk", False, error.say, error.remedy or AGAIN)
    finally:
        client.close()


def _asked(client: SignedIn) -> Iterator[Check]:
    rights = look(client)
    yield Check("Zendesk", True, f"answers as {rights.line}")
    yield clock_said(client.clock_offset)
    for line in rights.cannot:
        yield Check("role", True, f"not with this role: {line}")
    if not rights.cannot:
        yield Check("role", True, "everything that heroterm can use")
    yield from _tickets(client, policies=rights.can["slas_policies"])
    readable = rights.can["history"]
    say = "can be read" if readable else "cannot be read: a lost update could not be found again"
    yield Check("audits", readable, say, "Sign in with the scopes read and write, or ask an admin.")
    for name, budget in sorted(client.limits.budgets.items()):
        yield Check(f"limit {name}", True, _left(budget))


def clock_said(offset: float | None) -> Check:
    """How far this machine's clock is from the server's; `offset` in seconds, server minus here."""
    if offset is None:
        return Check("clock", True, "not known: the server sent no date")
    if abs(offset) <= MOST_SKEW:
        return Check("clock", True, f"{abs(offset):.0f} s from Zendesk's")
    way = "behind" if offset > 0 else "ahead of"
    say = f"{abs(offset):.0f} s {way} Zendesk's; heroterm's deadlines follow Zendesk's clock"
    return Check("clock", False, say, "Switch on time synchronization (timedatectl set-ntp true).")


def _tickets(client: SignedIn, *, policies: bool) -> Iterator[Check]:
    """What can be read of tickets: the sources of SLA clocks, what is promised, their updates."""
    listed = client.tickets_page().tickets
    if not listed:
        yield Check("SLA", True, "no ticket is visible, so no source could be tried")
        return
    ids = [each.id for each in listed[:_SOME]]
    timed = next((each.id for each in listed if each.slas), ids[0])
    works = {
        "list": any(each.slas is not None for each in listed),
        "show_many": any(each.slas is not None for each in client.tickets(ids).tickets),
        "search": client.sla_in_search(),
        "per ticket": client.probe(f"tickets/{timed}/slas/policy_metrics"),
    }
    yield sla_said(works)
    promised = (len(client.sla_policies()), _hours(client)) if policies else None
    yield source_said(works, promised)


def sla_said(works: dict[str, bool]) -> Check:
    """Which sources give SLA clocks; the list or show_many is what the mirror lives on."""
    say = ", ".join(f"{name} {'yes' if good else 'no'}" for name, good in works.items())
    fix = "Clocks stay empty. Does the plan have SLA policies? An admin sees them."
    return Check("SLA", works["list"] or works["show_many"], f"clocks come by: {say}", fix)


def _hours(client: SignedIn) -> int | None:
    """How many schedules of business hours there are; None where they may not be read."""
    try:
        return len(client.schedules())
    except NotFound:
        return None
    except NotAllowed as error:
        if error.signed_out:
            raise
        return None


def source_said(works: dict[str, bool], promised: tuple[int, int | None] | None) -> Check:
    """What SLA is known from; `promised`: how many policies and schedules can be listed, if any."""
    if promised is not None:
        policies, schedules = promised
        seen = [f"{policies} {'policy' if policies == 1 else 'policies'}"]
        if schedules is not None:
            seen.append(f"{schedules} {'schedule' if schedules == 1 else 'schedules'} of hours")
        return Check("SLA source", True, f"{POLICIES_SOURCE}: {', '.join(seen)}")
    clocks = any(works[name] for name in ("list", "show_many", "per ticket"))
    say = f"{CLOCKS_SOURCE}; policies are for admins to list, a ticket names its own when opened"
    return Check("SLA source", True, say if clocks else "none: no clock comes from anywhere")


def _left(budget: Budget) -> str:
    of = f" of {budget.total}" if budget.total is not None else ""
    left = "?" if budget.remaining is None else budget.remaining
    again = f", full again in {budget.resets} s" if budget.resets is not None else ""
    return f"{left}{of} requests left{again}"
