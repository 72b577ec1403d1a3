"""Rules about errors and escalations: what is thrown is caught, and what is waited for is thrown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.announced import codes
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.nodes import definitions
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import local
from engine.errors import Finding, Problem, joined

# By the definition of an event: the attribute that names its code, and what it is called.
CODED = {
    "errorEventDefinition": ("errorRef", Finding("galat")),
    "escalationEventDefinition": ("escalationRef", Finding("eskalasi")),
}


def never_thrown(sheet: Sheet, known: Set, event: Any) -> Iterator[Problem]:
    """An error or escalation that nothing in the activity throws; what services answer with is not known beforehand."""
    activity = sheet.by_id.get(event.get("attachedToRef", ""))
    for one in [one for one in definitions(event) if local(one) in CODED] if activity is not None else []:
        code = codes(sheet.root).get(one.get(CODED[local(one)][0], ""), "")
        thrown = _thrown_in(sheet, known, activity, local(one), frozenset())
        of_errors = local(one) == "errorEventDefinition"  # of another code thrown inside it is told there
        silent = event.get("cancelActivity") != "false" if of_errors else True
        if thrown is not None and silent and not (thrown if of_errors or not code else {code} & thrown):
            word = CODED[local(one)][1]
            what = joined((word, code)) if code else word
            message = Finding(
                "Tidak ada yang melempar %(what)s yang ditunggu %(event)s", what=what, event=called_so(event)
            )
            hint = "Hapus peristiwa batas itu, atau lempar dari dalam dengan kode yang sama."
            yield problem(sheet, event, "never-thrown", message, hint, "warning")


def _thrown_in(sheet: Sheet, known: Set, activity: Any, kind: str, seen: frozenset[str]) -> set[str] | None:
    """Codes that an activity may throw; None where that is not known."""
    inside = [activity]
    if local(activity) == "callActivity":
        target = activity.get("calledElement", "")
        if target not in known.processes or target in seen:
            return None if target not in known.processes else set()
        sheet, inside, seen = known.processes[target], [known.process_node(target)], seen | {target}
    found: set[str] = set()
    for node in (one for holder in inside for one in holder.iter() if isinstance(one.tag, str)):
        if kind == "errorEventDefinition" and local(node) in ("serviceTask", "sendTask", "businessRuleTask"):
            return None
        if local(node) == "callActivity" and node is not activity:
            deeper = _thrown_in(sheet, known, node, kind, seen)
            if deeper is None:
                return None
            found |= deeper
        if local(node) in ("endEvent", "intermediateThrowEvent"):
            found |= {codes(sheet.root).get(one.get(CODED[kind][0], ""), "") for one in node if local(one) == kind}
    return found


def uncaught(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """An error end that no boundary event around it catches would stop the case."""
    for node in sheet.of("endEvent"):
        for one in [one for one in node if local(one) == "errorEventDefinition"]:
            code = codes(sheet.root).get(one.get("errorRef", ""), "")
            if not _is_caught(sheet, known, node, code):
                message = Finding(
                    "Galat %(code)s dari %(node)s tidak ditangkap",
                    code=code or Finding("tanpa kode"),
                    node=called_so(node),
                )
                hint = "Tempelkan peristiwa batas galat pada sub-proses atau aktivitas panggil di sekitarnya."
                yield problem(sheet, node, "uncaught-error", message, hint)


def _is_caught(sheet: Sheet, known: Set, node: Any, code: str) -> bool:
    for holder in node.iterancestors():
        if local(holder) == "process":
            return any(_catches(other, call, code) for other, call in known.callers.get(holder.get("id", ""), []))
        if _catches(sheet, holder, code):
            return True
    return False


def _catches(sheet: Sheet, activity: Any, code: str) -> bool:
    names = codes(sheet.root)
    for event in sheet.boundaries.get(activity.get("id", ""), []):
        for one in [one for one in event if local(one) == "errorEventDefinition"]:
            if names.get(one.get("errorRef", ""), "") in ("", code):
                return True
    return False
