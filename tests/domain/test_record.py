"""A record is what a frozen, slotted dataclass is, tried side by side with one."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any, ClassVar, get_type_hints

import pytest

from heroterm.domain.record import record


@record(frozen=True, slots=True)
class Point:
    """A point."""

    kind: ClassVar[str] = "point"
    x: int
    y: int = 2
    names: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(frozen=True, slots=True)
class Plain:
    """A point."""

    kind: ClassVar[str] = "point"
    x: int
    y: int = 2
    names: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@record(frozen=True, slots=True)
class Told:
    """One with words of its own."""

    why: str

    def __str__(self) -> str:
        return f"because {self.why}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Told)

    def __hash__(self) -> int:
        return 1


@record(frozen=True, slots=True)
class Nothing:
    """One without a field."""


def shape(cls: Any) -> tuple[object, ...]:
    """What of a class its users see."""
    made = cls(1, names=("a",))
    return (
        str(inspect.signature(cls)),
        get_type_hints(cls.__init__),
        [(each.name, each.type, each.default) for each in fields(cls)],
        cls.__slots__,
        cls.__match_args__,
        cls.__doc__,
        asdict(made),
        repr(made).partition("(")[2],
        asdict(replace(made, y=5)),
    )


def test_a_record_is_shaped_like_a_dataclass() -> None:
    assert shape(Point) == shape(Plain)


def test_records_are_equal_by_their_values_and_their_class() -> None:
    assert Point(1) == Point(1, 2) != Point(1, 3)
    other: object = Plain(1)
    assert Point(1) != other
    assert Nothing() == Nothing() and hash(Nothing()) == hash(Nothing())
    named = [Point(1, words=None), Point(1, 2, (), None)]  # type: ignore[arg-type]
    assert len(set(named)) == 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point(1))


def test_nothing_of_a_record_can_be_changed() -> None:
    made: Any = Point(1)
    for name in ("x", "sum", "kind", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(made, name, 7)
    with pytest.raises(FrozenInstanceError):
        del made.x
    assert not hasattr(made, "__dict__")


def test_each_record_has_a_default_of_its_own() -> None:
    assert Point(1).words is not Point(1).words
    assert Point(1, words={"a": "b"}).words == {"a": "b"}


def test_what_a_class_says_itself_stays() -> None:
    assert str(Told("it rains")) == "because it rains"
    assert Told("a") == Told("b") and hash(Told("a")) == 1
    assert repr(Told("a")) == "Told(why='a')"


def test_a_record_can_be_copied_and_pickled() -> None:
    made = Point(1, words={"a": "b"})
    assert copy.deepcopy(made) == copy.copy(made) == pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize("wrong", [(), (1, 2, (), {}, 5)])
def test_a_record_wants_its_fields(wrong: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"Point\.__init__\(\)"):
        Point(*wrong)
