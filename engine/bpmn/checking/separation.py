"""Rules about who may not do a step: what `notSameAs` names is a step that the same case can have behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking.called import among, called_so
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.sources import step_called
from engine.bpmn.elements import HUMAN, local, properties
from engine.errors import Finding, Problem

_FORKS = ("parallelGateway", "inclusiveGateway")
_APART = "tugas itu ada di proses yang tidak dijalankan bersama ini"
_GONE = "Pilih tugas lain untuk pemisahan tugasnya, kembalikan tugas itu, atau kosongkan."
_HINT = "Sebut tugas yang dikerjakan sebelum ini, atau di cabang sejajar."


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of(*HUMAN):
        for other in filter(None, (one.strip() for one in properties(node).get("notSameAs", "").split(","))):
            if other not in known.tasks:
                message = Finding(
                    "%(node)s harus dikerjakan orang lain dari %(other)s, tetapi tugas itu tidak ada",
                    node=called_so(node),
                    other=step_called(known, other) or other,
                )
                yield problem(sheet, node, "unknown-task", message, _GONE)
            elif fault := _without_effect(sheet, node, other, known):
                message = Finding(
                    "%(node)s harus dikerjakan orang lain dari %(other)s, tetapi %(fault)s",
                    node=called_so(node),
                    other=among(known, other),
                    fault=fault,
                )
                yield problem(sheet, node, "separation", message, _HINT)


def _without_effect(sheet: Sheet, node: Any, other: str, known: Set) -> str:
    """Why nobody can ever have done the other task of the same case before this one; "" when somebody can."""
    key = node.get("id", "")
    if other == key:
        return "" if _again(sheet, node) else Finding("itu tugas ini sendiri, yang dikerjakan sekali saja")
    if other not in sheet.by_id:
        return "" if _meet(sheet, node, other, known) else Finding(_APART)
    here, there = side_by_side(node, sheet.by_id[other])
    if here is None or there is None:
        return "" if _meet(sheet, node, other, known) else Finding(_APART)
    first, second = here.get("id", ""), there.get("id", "")
    if first == second or _again(sheet, here):
        return ""
    if first in sheet.reached(sheet.following(second)):
        return ""
    if second in sheet.reached(sheet.following(first)):
        return Finding("tugas itu selalu dikerjakan sesudahnya")
    return (
        "" if beside(sheet, first, second) else Finding("tugas itu ada di jalan lain, yang tidak ditempuh bersama ini")
    )


def beside(sheet: Sheet, first: str, second: str) -> bool:
    """Whether some fork, or an event that does not interrupt, leads to both by different ways."""
    forks = [[{one} for one in sheet.targets(node.get("id", ""))] for node in sheet.of(*_FORKS)]
    for activity, events in sheet.boundaries.items():
        for event in [one for one in events if one.get("cancelActivity") == "false"]:
            forks.append([{activity, *sheet.targets(activity)}, {event.get("id", "")}])
    for heads in forks:
        reach = [sheet.reached(head) for head in heads]
        ways = [(one, other) for one in range(len(reach)) for other in range(len(reach)) if one != other]
        if any(first in reach[one] and second in reach[other] for one, other in ways):
            return True
    return False


def _again(sheet: Sheet, node: Any) -> bool:
    """Whether an element may be done more than once in a process, or in what is around it."""
    while node is not None and local(node) != "process":
        key = node.get("id", "")
        repeated = any(local(one).endswith("LoopCharacteristics") for one in node)
        if repeated or key in sheet.reached(sheet.following(key)):
            return True
        node = node.getparent()
    return False


def side_by_side(node: Any, other: Any) -> tuple[Any, Any]:
    """What stands for the two in the nearest process or sub-process that holds both; (None, None) without one."""
    mine = {one.getparent(): one for one in _upwards(node)}
    for one in _upwards(other):
        if one.getparent() in mine:
            return mine[one.getparent()], one
    return None, None


def _upwards(node: Any) -> Iterator[Any]:
    while node is not None and local(node) != "process":
        yield node
        node = node.getparent()


def _meet(sheet: Sheet, node: Any, other: str, known: Set) -> bool:
    """Whether one case can run through the process of this task and through one that holds the other."""
    own = _process(node)
    for key in known.processes:
        inside = (one for one in known.process_node(key).iter() if local(one) in HUMAN)
        if any(one.get("id") == other for one in inside) and _roots(own, known) & _roots(key, known):
            return True
    return False


def _process(node: Any) -> str:
    return next((str(one.get("id", "")) for one in node.iterancestors() if local(one) == "process"), "")


def _roots(key: str, known: Set) -> set[str]:
    """The processes that nobody calls and that lead to this one."""
    seen, pending = {key}, [key]
    while pending:
        callers = {_process(call) for _, call in known.callers.get(pending.pop(), [])}
        pending.extend(callers - seen)
        seen |= callers
    return {one for one in seen if one not in known.callers}
