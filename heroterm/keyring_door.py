"""The system keyring, asked in a process of its own: `python -m heroterm.keyring_door get KEY`.

A backend may hang, open a box or fail in ways of its own; as a child it can be given up after a
while and cannot take heroterm with it. Secrets travel by standard input and output alone. Exit
codes: 0 done, 3 no backend here that keeps secrets, any other: it is locked or failed.
"""

from __future__ import annotations

import sys

SERVICE = "heroterm"
NO_BACKEND = 3
_SAFE = ("macOS", "Windows", "SecretService", "libsecret", "kwallet")
"""Backends that encrypt; another one may store plain text without a word (faults.md 122)."""


def main(words: list[str]) -> int:
    """`get KEY` prints the secret, `set KEY` reads it, `delete KEY` removes it."""
    import keyring

    backend = type(keyring.get_keyring()).__module__
    if not backend.startswith("keyring.backends.") or backend.rsplit(".", 1)[-1] not in _SAFE:
        return NO_BACKEND
    verb, key = words
    if verb == "set":
        keyring.set_password(SERVICE, key, sys.stdin.read())
    elif verb == "delete":
        keyring.delete_password(SERVICE, key)
    else:
        sys.stdout.write(keyring.get_password(SERVICE, key) or "")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
