"""The list of what is used beyond the description, with the reasons (beyond.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from tests.contract.description import Description


@cache
def known(section: str) -> dict[str, str]:
    """A section of the list: what, and why it is no mistake."""
    with Path(__file__).with_name("beyond.toml").open("rb") as file:
        found: dict[str, str] = tomllib.load(file)[section]
    return found


def strange_parameters(description: Description, name: str, used: set[str]) -> set[str]:
    """The used parameters of an operation that nothing explains, with the operation's name."""
    described = description.parameters(name) if name in description.operations() else set()
    rest = used - described - set(known("everywhere"))
    return {f"{name} {each}" for each in rest} - set(known("parameters"))


def strange_keys(description: Description, name: str, body: object) -> set[str]:
    """The keys of a body, "ticket.status", that nothing explains, with the operation's name."""
    described = description.body_keys(name)
    # The description tells in words only what goes below these, or has no body at all.
    if not isinstance(body, dict) or not described[""]:
        return set()
    rest = {str(key) for key in body if key not in described[""]}
    for top, inner in body.items():
        if isinstance(inner, dict) and top in described:
            rest |= {f"{top}.{key}" for key in inner if key not in described[top]}
    return {f"{name} {each}" for each in rest} - set(known("bodies"))
