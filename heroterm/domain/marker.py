"""What one desk packs at the end of a note and another unpacks: versioned, compact, in plain lines.

Zendesk is the only thing that two desks share (architecture §5). A note is written by people, too,
and by whoever writes in their name: what is damaged, newer, or no such text at all is nothing, and
never an error.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_OTHERS = b"+-"
"""Signs of base64 that Zendesk leaves alone."""
_LINE = 76


@dataclass(frozen=True, slots=True)
class Marker:
    """One kind of such a text."""

    sign: str
    """How it begins; what the mirror is searched for."""
    version: int
    most: int
    """Bytes of what is unpacked: what holds more is nothing of ours."""

    def text(self, kept: Mapping[str, object]) -> str:
        """The lines that say this."""
        raw = json.dumps(kept, separators=(",", ":")).encode()
        packed = base64.b64encode(zlib.compress(raw, 9), _OTHERS).decode().rstrip("=")
        lines = [packed[at : at + _LINE] for at in range(0, len(packed), _LINE)]
        return "\n".join([f"{self.sign}{self.version} {lines[0]}", *lines[1:]]) + " end"

    def folded(self, body: str) -> tuple[str, int]:
        """The words of a note without the text at its end, and how many lines that has."""
        found = self._found(body)
        if found is None:
            return body, 0
        return body[: found.start()].rstrip(), found[0].count("\n") + 1

    def read(self, body: str) -> dict[str, Any] | None:
        """What the text at the end of a note says; None without one that can be read."""
        found = self._found(body)
        if found is None or int(found[1]) != self.version:
            return None
        packed = "".join(found[2].split())
        opening = zlib.decompressobj()
        try:
            raw = base64.b64decode(packed + "=" * (-len(packed) % 4), _OTHERS, validate=True)
            whole = opening.decompress(raw, self.most)
            kept = json.loads(whole) if opening.eof else None
        except (ValueError, zlib.error, RecursionError):
            return None
        return kept if isinstance(kept, dict) else None

    def _found(self, body: str) -> re.Match[str] | None:
        packed = rf"^{self.sign}(\d{{1,3}}) ([A-Za-z0-9+\-\s]+) end\s*\Z"
        return re.search(packed, body, re.MULTILINE)
