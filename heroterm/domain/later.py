"""Send later: a moment as people write it, by the hero's clock or by the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from heroterm.domain.waits import exact, moment

EXAMPLES = ("in 2h", "17:30", "tomorrow 9:00", "mon 9:00", "mon 9:00 their time")
_THEIRS = ("their time", "theirs", "customer time")


@dataclass(frozen=True, slots=True)
class Later:
    """When words are to be sent; or why what was written says no such moment."""

    at: datetime | None = None
    refusal: str = ""


def read(said: str, now: datetime, mine: tzinfo, theirs: tzinfo | None) -> Later:
    """What was written, at the moment `now`. `theirs` is the reader's zone, None if not known."""
    words = " ".join(said.casefold().split())
    ending = next((each for each in _THEIRS if words.endswith(f" {each}")), "")
    if ending and theirs is None:
        return Later(refusal="Their time zone is not known: write the moment by your own clock.")
    zone = theirs if ending and theirs is not None else mine
    at = moment(words.removesuffix(ending).strip(), now, zone)
    if at is None:
        hints = ", ".join(EXAMPLES)
        return Later(refusal=f"That says no moment to come within a year. Say: {hints}.")
    return Later(at)


def words(at: datetime, now: datetime, mine: tzinfo, theirs: tzinfo | None) -> str:
    """The exact moment by the hero's clock, and by the reader's where it differs."""
    said = exact(at, now, mine)
    if theirs is None or at.astimezone(theirs).utcoffset() == at.astimezone(mine).utcoffset():
        return said
    return f"{said}, {exact(at, now, theirs)} their time"
