"""Steps that only got another id: the older version is read as though it had said the newer one already.

A step is known again by its sort, name, role, form and what it calls, by what it stands in or on, and by the flows that
lead into it and out of it; where two could be meant, both are told as other steps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from engine import step_names
from engine.bpmn import elements, reading

MOST = 30  # steps of one diagram; beyond, whoever drew it gave all of them other ids

Ids = Mapping[str, str]  # of the older version -> of the newer one


def carried(
    before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> tuple[dict[str, bytes], dict[str, dict[str, str]]]:
    """The older files saying the newer ids, and what got another id: path of its diagram -> ids."""
    both = [path for path in before if path in after and before[path] != after[path]]
    drawn = (path for path in both if path.endswith(".bpmn"))
    found = {path: ids for path in drawn if (ids := _renamed(path, before[path], after[path]))}
    files = dict(before)
    others = _everywhere(before, found) if found else {}
    for path in both if found else ():
        for old, new in {**others, **found.get(path, {})}.items():
            files[path] = _following(path, files[path], old, new)
    return files, found


def _following(path: str, content: bytes, old: str, new: str) -> bytes:
    """A file with every mention of a step under its new id; what cannot be read stays."""
    try:
        return step_names.followed({path: content}, old, new).get(path) or content
    except (ValueError, TypeError, AttributeError):
        return content


def _everywhere(before: Mapping[str, bytes], found: Mapping[str, Ids]) -> dict[str, str]:
    """What other files mean by the old id, too: no diagram kept it, and none had the new one."""
    drawn = {path: one for path in before if path.endswith(".bpmn") if (one := _read(path, before[path]))}
    taken = frozenset().union(*(one.ids for one in drawn.values()))
    pairs = sorted({pair for ids in found.values() for pair in ids.items() if pair[1] not in taken})
    kept = {
        old for path, one in drawn.items() for old, new in pairs
        if old in one.steps and found.get(path, {}).get(old) != new
    }  # fmt: skip
    return {old: new for old, new in pairs if old not in kept}


class _Drawn:
    def __init__(self, root: Any) -> None:
        self.steps = elements.elements(root)
        self.flows = tuple(elements.flows(root))
        self.ids = frozenset(one.get("id", "") for one in root.iter() if isinstance(one.tag, str))


def _read(path: str, content: bytes) -> _Drawn | None:
    try:
        return _Drawn(reading.read(path, content))
    except reading.Unreadable:
        return None


def _renamed(path: str, before: bytes, after: bytes) -> dict[str, str]:
    was, now = _read(path, before), _read(path, after)
    found: dict[str, str] = {}
    while was and now and (more := _again(was, now, found)):  # one that is known makes its neighbours known
        found |= more
    return found if len(found) <= MOST else {}


def _again(was: _Drawn, now: _Drawn, found: Ids) -> dict[str, str]:
    """Steps of one version alone that are like one step of the other alone and like no more of them."""
    shared = {one.id for one in was.flows} & {one.id for one in now.flows}
    gone = _marks(was, was.steps.keys() - now.ids - found.keys(), shared, found)
    came = _marks(now, now.steps.keys() - was.ids - set(found.values()), shared, {})
    return {gone[mark]: came[mark] for mark in gone if mark in came}


def _marks(drawn: _Drawn, ids: Collection[str], shared: Collection[str], known: Ids) -> dict[Any, str]:
    """What a step is known again by -> its id, of those that nothing else is like."""
    found: dict[Any, list[str]] = {}
    for id in sorted(ids):
        one, ends = drawn.steps[id], _ends(drawn, id, shared, known)
        if ends or one.attached:
            stands = (known.get(one.parent, one.parent), known.get(one.attached, one.attached))
            mark = (one.kind, one.name, one.role, one.form_key, one.calls, *stands, ends)
            found.setdefault(mark, []).append(id)
    return {mark: some[0] for mark, some in found.items() if len(some) == 1}


def _ends(drawn: _Drawn, id: str, shared: Collection[str], known: Ids) -> tuple[tuple[str, ...], ...]:
    """The flows of a step: by their ids, one that only this version has by what it leads from or to."""
    found = []
    for one in drawn.flows:
        for way, end, other in (("from", one.target, one.source), ("to", one.source, one.target)):
            if end == id:
                found.append((way, one.id) if one.id in shared else (way, known.get(other, other), one.name))
    return tuple(sorted(found))
