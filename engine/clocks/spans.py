"""Half-open stretches of time, `[begin, end)`, with no end known as None."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
Stretch = tuple[int, int | None]


class Source(NamedTuple):
    """What a line rests on: a kind (EVENT, CORRECTION, CALENDAR, DECLARATION, BUDGET), its id and its paper."""

    kind: str
    ref: str
    paper: str


class Span(NamedTuple):
    """A stretch in which the clock does not accrue, its cause, and the facts that opened and closed it."""

    begin: int
    end: int | None
    cause: str
    sources: tuple[Source, ...]


def covers(stretch: Stretch, at: int) -> bool:
    """Whether the instant lies in `[begin, end)`."""
    return stretch[0] <= at and (stretch[1] is None or at < stretch[1])


def unite(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Disjoint stretches in order that cover the same time: overlaps count once, empty ones vanish."""
    united: list[Stretch] = []
    for begin, end in sorted((s for s in stretches if s[1] is None or s[1] > s[0]), key=_begin):
        if united and (united[-1][1] is None or begin <= united[-1][1]):
            united[-1] = (united[-1][0], _later(united[-1][1], end))
        else:
            united.append((begin, end))
    return united


def _begin(stretch: Stretch) -> int:
    return stretch[0]


def _later(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def earlier(one: int | None, other: int | None) -> int | None:
    """The earlier of two ends, where None is never."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def meet(stretches: Iterable[Stretch], bounds: Stretch) -> list[Stretch]:
    """The stretches cut to the bounds; what lies outside vanishes."""
    cut = [(max(b, bounds[0]), earlier(e, bounds[1])) for b, e in stretches]
    return [(b, e) for b, e in cut if e is None or e > b]


def where_all(items: Sequence[T], lives: Callable[[T], Iterable[Stretch]], holds: Callable[[T], bool]) -> list[Stretch]:
    """When at least one item is alive and every one alive satisfies `holds`."""
    good = unite(life for item in items if holds(item) for life in lives(item))
    if not good:  # nothing is to be taken from
        return []
    return without(good, unite(life for item in items if not holds(item) for life in lives(item)))


def without(stretches: Iterable[Stretch], holes: Iterable[Stretch]) -> list[Stretch]:
    """The stretches less the holes (united, in order)."""
    rest = list(stretches)
    for hole in holes:
        rest = [piece for stretch in rest for piece in _split(stretch, hole)]
    return rest


def _split(stretch: Stretch, hole: Stretch) -> list[Stretch]:
    begin, end = stretch
    left = (begin, earlier(end, hole[0]))
    right = (None if hole[1] is None else max(begin, hole[1]), end)
    pieces = [left] if left[1] is not None and left[1] > begin else []
    if right[0] is not None and (end is None or end > right[0]):
        pieces.append((right[0], end))
    return pieces
