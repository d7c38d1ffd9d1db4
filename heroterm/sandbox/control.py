"""The control plane below /_sandbox/, for loopback peers only (cli.md, last table)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heroterm.sandbox.budget import Budget
from heroterm.sandbox.call import Answer, number, parsed, query_of
from heroterm.sandbox.clock import iso
from heroterm.sandbox.customers import say
from heroterm.sandbox.faults import Faults
from heroterm.sandbox.happenings import change_some
from heroterm.sandbox.ledger import Ledger
from heroterm.sandbox.materials import table
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import Refusal
from heroterm.sandbox.roles import ROLE_TYPES, seat
from heroterm.sandbox.rota import Rota
from heroterm.sandbox.truth import truth
from heroterm.sandbox.world import World

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "", None})


@dataclass(slots=True)
class Control:
    """Looks behind the world's curtain and pulls its strings."""

    world: World
    ledger: Ledger
    faults: Faults
    budget: Budget
    rota: Rota

    def answer(
        self, peer: str | None, method: str, path: str, raw: bytes, environ: dict[str, Any]
    ) -> Answer:
        """Answer one request of the control plane; errors say what was wrong."""
        if peer not in LOOPBACK:
            return Answer({"error": "The control plane answers loopback only"}, 403)
        doing = self._doings().get((method, path.removeprefix("/_sandbox/")))
        if doing is None:
            known = ", ".join(f"{verb} /_sandbox/{name}" for verb, name in self._doings())
            return Answer({"error": f"No such call. There are: {known}"}, 404)
        try:
            body = query_of(environ.get("QUERY_STRING", "")) if method == "GET" else parsed(raw)
            with self.world.lock:
                return Answer(doing(body))
        except Refusal as refusal:
            return Answer(refusal.body, refusal.status)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return Answer({"error": f"The request cannot be read: {error!r}"}, 400)

    def _doings(self) -> dict[tuple[str, str], Callable[[Json], Json]]:
        return {
            ("GET", "ledger"): self._ledger,
            ("GET", "world"): self._world,
            ("POST", "say"): self._say,
            ("POST", "change"): self._change,
            ("POST", "clock"): self._clock,
            ("POST", "faults"): self._faults,
            ("POST", "limits"): self._limits,
            ("POST", "role"): self._role,
            ("POST", "override"): self.rota.override,
        }

    def _ledger(self, _body: Json) -> Json:
        return {"writes": [entry.json() for entry in self.ledger.entries]}

    def _world(self, body: Json) -> Json:
        return truth(self.world, body)

    def _say(self, body: Json) -> Json:
        ticket = self.world.tickets[number(body["ticket"])]
        public = bool(body.get("public", True))
        author, words, sender = str(body["author"]), str(body["body"]), body.get("from")
        held = say(self.world, ticket, author, words, public=public, sender=sender)
        comment = self.world.thread(held).comments[-1]
        return {"ticket": held.id, "comment": comment.id, "status": held.status}

    def _change(self, body: Json) -> Json:
        count, seed = int(body.get("tickets", 1)), int(body.get("seed", 1))
        over = float(body.get("over_seconds", 0))
        return {"changes": change_some(self.world, count, seed, over)}

    def _clock(self, body: Json) -> Json:
        self.world.clock.advance(float(body["advance_seconds"]))
        return {"now": iso(self.world.clock.seconds())}

    def _faults(self, body: Json) -> Json:
        self.faults.replace(list(body["rules"]))
        return {"rules": len(self.faults.rules)}

    def _role(self, body: Json) -> Json:
        """Give the hero another seat while the shift runs: `agent`, `admin` or `light`."""
        name = str(body["role"])
        if name not in ROLE_TYPES:
            raise ValueError(f"no role is called {name}; there are {', '.join(ROLE_TYPES)}")
        seat(self.world.hero, name)
        return {"role": name}

    def _limits(self, body: Json) -> Json:
        """Change the account's `per_minute`, `updates_per_minute`, or totals of limits.toml."""
        self.budget.per_minute = int(body.get("per_minute", self.budget.per_minute))
        updates = body.get("updates_per_minute", self.budget.updates_per_minute)
        self.budget.updates_per_minute = int(updates)
        known = {row["name"] for row in table("limits")["limit"]}
        wrong = sorted(set(body) - known - {"per_minute", "updates_per_minute"})
        if wrong:
            raise ValueError(f"no limit is called {wrong[0]}; there are {', '.join(sorted(known))}")
        self.budget.totals |= {name: int(body[name]) for name in known & set(body)}
        return {
            "per_minute": self.budget.per_minute,
            "updates_per_minute": self.budget.updates_per_minute,
            **self.budget.totals,
        }
