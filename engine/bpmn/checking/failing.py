"""Activities that never end well: every way inside is broken off by what an event around them awaits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from engine.bpmn.elements import local

if TYPE_CHECKING:
    from engine.bpmn.checking.sheets import Sheet

_ERROR, _ESCALATION = "errorEventDefinition", "escalationEventDefinition"


def never_ends_well(sheet: Sheet, node: Any) -> bool:
    """Whether nothing ever follows a sub-process or call activity by its flows."""
    if local(node) == "subProcess":
        return _broken_off(sheet, node)
    return local(node) == "callActivity" and _awaits(sheet, [node], _ERROR) and _called_fails(sheet, node)


def _broken_off(sheet: Sheet, holder: Any) -> bool:
    met = _met(sheet, holder)
    ends = [_breaks_off(sheet, one, holder) for one in met if local(one) == "endEvent"]
    return all(ends) and (bool(ends) or any(sheet.fails(one.get("id", "")) for one in met))


def _met(sheet: Sheet, holder: Any) -> list[Any]:
    """The nodes of a process or sub-process that are reached from its beginning."""
    inside = sheet.inside(holder)
    reached = sheet.reached(one.get("id", "") for one in inside if local(one) == "startEvent")
    return [one for one in inside if one.get("id", "") in reached]


def _breaks_off(sheet: Sheet, end: Any, holder: Any) -> bool:
    """Whether an end throws what an event around it awaits: an error, or an escalation that its own one takes."""
    kinds = {local(one) for one in end}
    if _ERROR in kinds:
        return _awaits(sheet, (holder, *holder.iterancestors()), _ERROR)
    return _ESCALATION in kinds and _awaits(sheet, (holder,), _ESCALATION)


def _awaits(sheet: Sheet, around: Iterable[Any], wanted: str) -> bool:
    events = (event for one in around for event in sheet.boundaries.get(one.get("id", ""), []))
    taken = (event for event in events if event.get("cancelActivity") != "false")
    return any(local(one) == wanted for event in taken for one in event)


def _called_fails(sheet: Sheet, call: Any) -> bool:
    """Whether all ends of the called process throw errors, which the caller's event then takes."""
    target = call.get("calledElement", "")
    other = sheet.known.processes.get(target) if sheet.known else None
    if other is None or sheet.known is None:
        return False
    ends = [one for one in _met(other, sheet.known.process_node(target)) if local(one) == "endEvent"]
    return bool(ends) and all(_ERROR in {local(one) for one in end} for end in ends)
