"""Things that stand in an order: which of them kept it, and which took another place among the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping


def kept(was: Iterable[str], now: Iterable[str]) -> frozenset[str]:
    """The longest row of those in both that stand in the same order; what comes and goes between them moves nothing."""
    place = {id: number for number, id in enumerate(was)}
    ends: list[str] = []  # at n the last of the best row of n + 1: the one that stood earliest
    before: dict[str, str | None] = {}
    for id in (one for one in now if one in place):
        at = bisect_left(ends, place[id], key=place.__getitem__)
        before[id] = ends[at - 1] if at else None
        ends[at : at + 1] = [id]
    return frozenset(_back(ends[-1] if ends else None, before))


def _back(last: str | None, before: Mapping[str, str | None]) -> Iterable[str]:
    while last is not None:
        yield last
        last = before[last]
