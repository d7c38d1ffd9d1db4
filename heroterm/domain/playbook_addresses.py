"""Are these two addresses one and the same, two that differ, or two that were made to look alike?

An address is never proof of a person; it is compared so that a wrong one is seen. Equality is by
character after case; what only looks equal (other alphabets, `rn` for `m`, a letter more or less
in the domain, another ending, a plus tag) is said to be a look-alike, never taken for the same.
"""

from __future__ import annotations

import unicodedata

SAME, DIFFERENT, LOOK_ALIKE = "same", "different", "look-alike"
_NEAR_DOMAIN = 2
_NEAR_NAME = 1
_SHORT = 5
_DRAWN_ALIKE = {
    "a": "аαɑ", "b": "вβ", "c": "сᴄ", "d": "ԁ", "e": "еεҽ3", "g": "ɡց", "h": "һнհη", "i": "іιı",
    "j": "јյ", "k": "кκ", "l": "ӏʟ1|", "m": "м", "n": "пո", "o": "оοσօ0ᴏ", "p": "рρ", "q": "ԛ",
    "r": "г", "s": "ѕ5", "t": "тτ", "u": "υսц", "v": "ѵνᴠ", "w": "ԝωш", "x": "хχ", "y": "уγ",
    "z": "ᴢ",
}  # fmt: skip
_TWINS = {ord(twin): letter for letter, twins in _DRAWN_ALIKE.items() for twin in twins}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"))


def canonical(address: str) -> str:
    """The address as it is compared: one case, one Unicode form, no ASCII disguise of a name."""
    name, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    return f"{name}{at}{'.'.join(_plain(label) for label in domain.split('.'))}".casefold()


def _plain(label: str) -> str:
    """A label of a host name; `xn--…` as the characters that it stands for."""
    if not label.casefold().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def same(one: str, other: str) -> bool:
    """Whether both are the same address, character by character after case."""
    return bool(one) and canonical(one) == canonical(other)


def compare(one: str, other: str) -> tuple[str, str]:
    """SAME, DIFFERENT or LOOK_ALIKE, and for a look-alike what gives it away, as a sentence."""
    if same(one, other):
        return SAME, ""
    if not one or not other:
        return DIFFERENT, ""
    left, right = canonical(one), canonical(other)
    why = _foreign(left, right) or _almost(left, right)
    return (LOOK_ALIKE, why) if why else (DIFFERENT, "")


def _foreign(left: str, right: str) -> str:
    """Characters of another alphabet, or letters that are drawn alike."""
    if skeleton(left) != skeleton(right):
        return ""
    odd = next((c for c in left + right if not c.isascii()), "")
    if odd:
        return f"one of them is written with {unicodedata.name(odd, 'a foreign character')}"
    return "they differ only in characters that are drawn alike"


def skeleton(text: str) -> str:
    """What the eye takes a text for: marks dropped, twins of other alphabets and digits joined."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    bare = bare.casefold().translate(_TWINS)
    for pair, single in _PAIRS:
        bare = bare.replace(pair, single)
    return bare


def _almost(left: str, right: str) -> str:
    name, _, domain = left.rpartition("@")
    other_name, _, other_domain = right.rpartition("@")
    if domain == other_domain:
        return _almost_name(name, other_name)
    stem, other_stem = domain.rpartition(".")[0], other_domain.rpartition(".")[0]
    if stem and stem == other_stem:
        return "their domains differ only in the ending"
    if min(len(domain), len(other_domain)) > _SHORT and near(domain, other_domain, _NEAR_DOMAIN):
        return "their domains differ in a letter or two"
    if name == other_name and (_beside(domain, other_domain) or _beside(other_domain, domain)):
        return "the same name stands before a domain that was lengthened"
    return ""


def _beside(short: str, long: str) -> bool:
    """`cove.io` in `cove.io.example.net`, `cove-support.io` and the like."""
    stem = short.rpartition(".")[0]
    return len(stem) >= _SHORT - 1 and stem in long.replace("-", ".").split(".")


def _almost_name(name: str, other: str) -> str:
    bare, other_bare = name.partition("+")[0], other.partition("+")[0]
    if bare == other_bare:
        return "they differ only behind a plus sign"
    if bare.replace(".", "") == other_bare.replace(".", ""):
        return "they differ only in dots"
    if min(len(bare), len(other_bare)) >= _SHORT and near(bare, other_bare, _NEAR_NAME):
        return "their names differ in one letter"
    return ""


def near(one: str, other: str, most: int) -> bool:
    """Whether at most `most` letters were put in, left out, exchanged or swapped."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most
