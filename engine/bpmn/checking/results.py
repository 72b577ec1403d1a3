"""Rules about the names under which elements leave their values: they can be read, and none takes another's place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.separation import side_by_side
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.written import written
from engine.bpmn.elements import ACTIVITIES, HUMAN, Repetition, local, operator, process_of, repetition, result_of
from engine.bpmn.expressions import FUNCTIONS, WORDS
from engine.errors import Finding, Problem

_NOTHING = "Sebut pada Hasil tiap anggota (outputDataItem) salah satu dari: belum ada."
_LEAVES = (*HUMAN, "businessRuleTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent")
_HINT = "Pakai huruf, angka dan garis bawah, mulai dengan huruf, misalnya hasil_hitung."


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of("serviceTask", "sendTask"):
        if operator(node) is not None and repetition(node) is None:
            yield from _variable(sheet, node, result_of(node), known)
    for node in sheet.of(*ACTIVITIES):
        found = repetition(node)
        if found is not None:
            yield from _collected(sheet, node, found, known)


def _variable(sheet: Sheet, node: Any, name: str, known: Set) -> Iterator[Problem]:
    if name == node.get("id"):
        return
    other = sheet.by_id.get(name)
    if _unreadable(name):
        message = Finding(
            "Nama hasil %(name)s pada %(node)s tidak dapat dibaca oleh syarat mana pun", name=name, node=called_so(node)
        )
        yield problem(sheet, node, "result-name", message, _HINT)
    elif name in (known.catalogue.start or {}):
        message = Finding(
            "Hasil %(node)s menimpa data %(name)s yang dibawa setiap berkas", node=called_so(node), name=name
        )
        yield problem(sheet, node, "result-name", message, "Beri hasil itu nama lain.")
    elif other is not None and local(other) in _LEAVES and _one_after_the_other(sheet, node, other):
        message = Finding(
            "Hasil %(node)s menimpa isian %(other)s (%(name)s)", node=called_so(node), other=called_so(other), name=name
        )
        yield problem(sheet, node, "result-name", message, "Beri hasil itu nama lain.")


def _one_after_the_other(sheet: Sheet, node: Any, other: Any) -> bool:
    """Whether one lies behind the other on a way; of branches side by side another rule tells."""
    keys = (node.get("id", ""), other.get("id", ""))
    return any(one in sheet.reached(sheet.targets(two)) for one, two in (keys, keys[::-1]))


def _unreadable(name: str) -> bool:
    return not name.isidentifier() or name.startswith("_") or name in WORDS or name in FUNCTIONS


def _collected(sheet: Sheet, node: Any, found: Repetition, known: Set) -> Iterator[Problem]:
    """What is kept of each round is something that a round writes."""
    for name in sorted({found.item, found.output, found.result}):
        if _unreadable(name) and name not in _derived(node):
            message = Finding(
                "Nama %(name)s dalam pengulangan %(node)s tidak dapat dibaca oleh syarat mana pun",
                name=name,
                node=called_so(node),
            )
            yield problem(sheet, node, "result-name", message, _HINT)
    yield from _destroyed(sheet, node, found, known)
    if not found.complete or local(node) in HUMAN:
        return  # told elsewhere; whatever a person enters is the result
    names = _left_by_a_round(node, known)
    if names is not None and found.result not in names:
        message = Finding(
            "%(node)s mengumpulkan %(result)s, tetapi tidak ada langkah di dalamnya yang mengisinya",
            node=called_so(node),
            result=found.result,
        )
        some = ", ".join(sorted(names)[:12])
        hint = (
            Finding("Sebut pada Hasil tiap anggota (outputDataItem) salah satu dari: %(some)s.", some=some)
            if some
            else _NOTHING
        )
        yield problem(sheet, node, "not-collected", message, hint)


def _destroyed(sheet: Sheet, node: Any, found: Repetition, known: Set) -> Iterator[Problem]:
    """A repetition takes its member's name away again, and puts its list under the other: what stood there is gone."""
    for name, (what, hint) in ((found.output, _LIST), (found.item, _MEMBER)):
        owner = _owner(sheet, node, name, name == found.output)
        if name in (known.catalogue.start or {}):
            message = Finding(
                "%(what)s pengulangan %(node)s menimpa data %(name)s yang dibawa setiap berkas",
                what=what,
                node=called_so(node),
                name=name,
            )
        elif owner is not None:
            message = Finding(
                "%(what)s pengulangan %(node)s menimpa yang ditinggalkan %(owner)s (%(name)s)",
                what=what,
                node=called_so(node),
                owner=called_so(owner),
                name=name,
            )
        elif (around := _around(node, name, known)) is not None:
            message = Finding(
                "%(what)s pengulangan %(node)s menimpa anggota pengulangan %(around)s (%(name)s)",
                what=what,
                node=called_so(node),
                around=called_so(around),
                name=name,
            )
        else:
            continue
        yield problem(sheet, node, "result-name", message, hint)


_LIST = (Finding("Daftar hasil"), "Beri daftar hasil itu nama lain.")
_MEMBER = (Finding("Anggota"), "Beri anggota itu nama lain.")


def _around(node: Any, name: str, known: Set) -> Any:
    """The repetition around an element, or around a call of its process, that calls its member so; None without one."""
    calls = [call for _, call in known.callers.get(process_of(node), [])]
    outer = [one for inner in (node, *calls) for one in inner.iterancestors() if local(one) == "subProcess"]
    found = ((one, repetition(one)) for one in (*outer, *calls))
    return next((one for one, loop in found if loop is not None and loop.item == name), None)


def _owner(sheet: Sheet, node: Any, name: str, later: bool) -> Any:
    """The element whose values stand under a name before a repetition, or inside it; None without one.

    `later`: or behind it, for what the repetition leaves is lost there; its members have gone by then.
    """
    found = _owners(sheet).get(name, [])
    return next((one for one in found if one is not node and _meets(sheet, node, one, later)), None)


@lru_cache(maxsize=64)
def _owners(sheet: Sheet) -> dict[str, list[Any]]:
    """Names -> the elements that leave values under them."""
    found: dict[str, list[Any]] = {}
    for node in sheet.of(*_LEAVES, "serviceTask", "sendTask"):
        found.setdefault(_key(node), []).append(node)
    return found


def _key(node: Any) -> str:
    """The name under which an element that is done once leaves its values; "" where it leaves none."""
    sends = local(node) == "sendTask" and operator(node) is None
    return "" if sends or repetition(node) is not None else result_of(node)


def _meets(sheet: Sheet, node: Any, other: Any, later: bool) -> bool:
    """Whether a case may come to the other first, or inside; `later`: or afterwards."""
    here, there = side_by_side(node, other)
    if here is None or there is None:
        return False
    before = here.get("id", "") in sheet.reached(sheet.following(there.get("id", "")))
    return here is there or before or (later and _one_after_the_other(sheet, here, there))


def _derived(node: Any) -> tuple[str, ...]:
    """Names made of the element's own id; where that cannot be read nothing else may be named after it either."""
    key = node.get("id", "")
    return (key, f"{key}_anggota", f"{key}_hasil")


def _left_by_a_round(node: Any, known: Set) -> set[str] | None:
    """The data keys one round writes; None where that is not known."""
    if local(node) == "callActivity":
        target = node.get("calledElement", "")
        if target not in known.processes:
            return None
        inside = known.process_node(target)
    elif local(node) == "subProcess":
        inside = node
    else:
        return {result_of(node)}
    return set().union(*(written(one, known) for one in inside if isinstance(one.tag, str)))
