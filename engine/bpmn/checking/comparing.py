"""Kinds of value held against each other: which are never equal, have no order, or are never in one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.errors import Finding

Kinds = frozenset[str]
OPEN: Kinds = frozenset({"any", "null"})
LISTS = ("list", "numbers")
SAID = {
    "text": Finding("teks"),
    "number": Finding("bilangan"),
    "boolean": Finding("ya/tidak"),
    "list": Finding("daftar"),
    "numbers": Finding("daftar"),
    "data": Finding("kumpulan data"),
    "null": Finding("kosong"),
}


def plain(kind: str) -> str:
    """The kind that a list of either sort has."""
    return "list" if kind in LISTS else kind


def mixed(one: str, other: str) -> bool:
    """Whether one is a number and the other a text."""
    return {one, other} == {"number", "text"}


def clash(left: Kinds, right: Kinds, wrong: Callable[[str, str], bool]) -> bool:
    """Whether a case will meet two kinds that do not go together.

    Of two expressions that both have several, the branches may go together: there all pairs must be wrong.
    """
    pairs = [wrong(one, other) for one in left for other in right]
    return all(pairs) if len(left - {"null"}) > 1 and len(right - {"null"}) > 1 else any(pairs)


def searched(left: Kinds, right: Kinds, member: Kinds) -> Iterator[str]:
    """What is wrong with looking for the left in the right, whose members are of the given kinds."""
    odd = sorted(right & {"number", "boolean"})
    if odd:
        yield Finding("yang dicari harus di dalam daftar, data atau teks, bukan %(kind)s", kind=SAID[odd[0]])
    elif clash(left, right, lambda one, other: other == "text" and one not in (*OPEN, "text")):
        yield Finding("hanya teks yang dapat dicari dalam teks, bukan %(kind)s", kind=SAID[min(left - OPEN - {"text"})])
    elif not (left | member) & OPEN and not left & member:
        yield Finding(
            "%(kind)s tidak pernah ada dalam daftar ini, yang berisi %(member)s",
            kind=SAID[min(left)],
            member=SAID[min(member)],
        )


def ordered(left: Kinds, right: Kinds) -> Iterator[str]:
    """What is wrong with asking which of two comes first."""
    odd = sorted((left | right) & {"boolean", "data", *LISTS})
    if odd:
        yield Finding("%(kind)s tidak mempunyai urutan", kind=SAID[odd[0]])
    elif clash(left, right, mixed):
        yield Finding("bilangan dan teks tidak dapat dibandingkan urutannya")
