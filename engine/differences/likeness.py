"""Things under other names in two versions that are the same: by all that they say, or by most of it.

Most is more than half of all that the two say where they bear the same title, more than three quarters where they do
not.  What is like two others is taken for neither of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

MOST = 100  # things of one sort that are compared part by part; beyond, whoever wrote it named all of them anew

Pairs: TypeAlias = list[tuple[str, str]]  # of the older version, of the newer one
Said: TypeAlias = tuple[str, Counter[Any]]  # its title, and each part of what a thing says


def same(was: Mapping[str, Any], now: Mapping[str, Any]) -> Pairs:
    """Names of things that say the very same."""
    return list(_only(was, now, lambda one, other: bool(one == other)))


def nearly(was: Mapping[str, Said], now: Mapping[str, Said], retitled: bool = True) -> Pairs:
    """Names of things that say most of the same; `retitled`: whether their title may be another one."""
    like = partial(_mostly, retitled)
    return list(_only(was, now, like)) if len(was) <= MOST and len(now) <= MOST else []


def _mostly(retitled: bool, one: Said, other: Said) -> bool:
    (title, parts), (other_title, others) = one, other
    shared, whole = (parts & others).total(), (parts | others).total()
    return 2 * shared > whole if title == other_title else retitled and 4 * shared > 3 * whole


def _only(
    was: Mapping[str, Any], now: Mapping[str, Any], like: Callable[[Any, Any], bool]
) -> Iterator[tuple[str, str]]:
    """Pairs that are like one another and like nothing else."""
    for old, mark in was.items():
        alike = [new for new, other in now.items() if like(mark, other)]
        if len(alike) == 1 and sum(like(other, now[alike[0]]) for other in was.values()) == 1:
            yield old, alike[0]
