"""One difference: what happened to which thing, and how a property of it was and becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.differences.order import kept

ADDED, REMOVED, CHANGED, MOVED = "baru", "dihapus", "berubah", "digeser"


@dataclass(frozen=True)
class Change:
    """`kind`: what it is (an element's tag, "bagian", "isian", "baris" …); `id` and `name` of the thing.

    `what`: the property that changed, "" where the thing as a whole came, went or was only drawn elsewhere.
    """

    act: str  # ADDED | REMOVED | CHANGED | MOVED
    kind: str
    id: str
    name: str
    what: str = ""
    before: str = ""
    after: str = ""
    called: tuple[str, ...] = ()  # for each step of `what` its name, "" for words that files share


@dataclass(frozen=True)
class Thing:
    """Something in a file that people would point at, with its properties as texts."""

    kind: str
    name: str
    properties: Mapping[str, str] = field(default_factory=dict)
    place: str = ""  # where it is drawn
    among: str | None = None  # of what stands in an order: the list that it stands in


ROW = "rule"  # of a table: what it is called is only what it says
Things = Mapping[str, Thing]  # by an id that both versions share


def between(before: Things, after: Things) -> Iterator[Change]:
    """What came, went, changed and moved, in the order of the newer version; what went comes last."""
    moved = _moved(before, after)
    for id, now in after.items():
        was = before.get(id)
        if was is None:
            yield Change(ADDED, now.kind, id, now.name)
            continue
        yield from _changed(id, was, now)
        if was.place != now.place or id in moved:
            yield Change(MOVED, now.kind, id, now.name)
    for id, was in before.items():
        if id not in after:
            yield Change(REMOVED, was.kind, id, was.name)


def _changed(id: str, was: Thing, now: Thing) -> Iterator[Change]:
    old, new = {"jenis": was.kind, **was.properties}, {"jenis": now.kind, **now.properties}
    apart = {what: (old.get(what, ""), new.get(what, "")) for what in dict.fromkeys((*old, *new))}
    named = (was.name, now.name) in apart.values()  # told as its title or its label
    if was.name != now.name and now.kind != ROW and not named:
        yield Change(CHANGED, now.kind, id, now.name, "nama", was.name, now.name)
    for what, (before, after) in apart.items():
        if before != after:
            yield Change(CHANGED, now.kind, id, now.name, what, before, after)


def _moved(before: Things, after: Things) -> set[str]:
    """What stands elsewhere among the things of its list that both versions have there."""
    lists: dict[str, list[str]] = {}
    for id, now in after.items():
        if now.among is not None and id in before and before[id].among == now.among:
            lists.setdefault(now.among, []).append(id)
    return {id for ids in lists.values() for id in set(ids) - kept((one for one in before if one in set(ids)), ids)}
