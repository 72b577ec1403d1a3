"""Rules about the ways out of an element: one way on, or a choice that answers for every case."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking import covering
from engine.bpmn.checking.called import called_so, which
from engine.bpmn.checking.names import flow_of
from engine.bpmn.checking.nodes import by_event, condition
from engine.bpmn.checking.offered import always_of
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import UNSUPPORTED, children, local, text
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.nodes:
        yield from _ways(sheet, node, known)


def stubs(sheet: Sheet, nodes: list[Any]) -> list[str]:
    """Ids of the elements that ought to have a way out and have none."""
    return [one.get("id", "") for one in nodes if _goes_on(one) and not sheet.drawn_outgoing.get(one.get("id", ""))]


def _goes_on(node: Any) -> bool:
    free = local(node.getparent()) == "adHocSubProcess"  # its steps stand side by side without flows
    return not (free or local(node) == "endEvent" or by_event(node) or local(node) in UNSUPPORTED)


def _ways(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    out = sheet.drawn_outgoing.get(node.get("id", ""), [])
    if not _goes_on(node):
        return
    if not out and (not _ends(sheet, node) or node.get("id") in misnamed(sheet, node.getparent())):
        return  # told is that there is no end to lead to, that flows cannot name it, or that one misnames it
    if not out:
        yield problem(
            sheet,
            node,
            "no-way-out",
            Finding("%(node)s tidak mempunyai alur keluar", node=called_so(node)),
            "Tarik alur keluar.",
        )
    elif local(node) in ("exclusiveGateway", "inclusiveGateway"):
        yield from _choice(sheet, node, out, known)
    else:
        yield from _plain_ways(sheet, node, out)


def _ends(sheet: Sheet, node: Any) -> bool:
    """Whether an element has an id to draw a flow from, and an end to draw it to."""
    return bool(node.get("id")) and any(local(one) == "endEvent" for one in sheet.inside(node.getparent()))


def misnamed(sheet: Sheet, holder: Any) -> set[str]:
    """Elements without a way out of which a flow that comes from nowhere was most likely meant to come."""
    flows = [one for one in sheet.flows if one.getparent() is holder and one.get("sourceRef", "") not in sheet.by_id]
    nodes = sheet.inside(holder)
    open_ends = stubs(sheet, nodes) if flows else []
    listed = {text(one): node.get("id", "") for node in nodes for one in children(node, "outgoing")} if flows else {}
    found: set[str] = set()
    for flow in flows:
        key, left = flow.get("sourceRef", ""), [one for one in open_ends if one not in found]
        near = difflib.get_close_matches(key, left, 1, 0.0 if len(left) == len(flows) - len(found) else 0.6)
        found |= {listed[flow.get("id", "")]} if listed.get(flow.get("id", "")) in left else set(near)
    return found


def _plain_ways(sheet: Sheet, node: Any, out: list[Any]) -> Iterator[Problem]:
    sound = [one for one in out if sheet.sound(one)]  # of the others it is told that they lead nowhere
    if len(sound) > 1 and local(node) not in ("parallelGateway", "eventBasedGateway"):
        message = Finding("%(node)s mempunyai lebih dari satu alur keluar", node=called_so(node))
        yield problem(sheet, node, "many-ways", message, "Pakai gerbang untuk bercabang.")
    for flow in out:
        if children(flow, "conditionExpression"):
            message = Finding(
                "Syarat pada alur %(flow)s tidak dipakai: alur tidak keluar dari gerbang yang memilih",
                flow=which(flow),
            )
            yield problem(sheet, flow, "stray-condition", message, "Pakai gerbang eksklusif atau inklusif.")


def _choice(sheet: Sheet, node: Any, out: list[Any], known: Set) -> Iterator[Problem]:
    default = node.get("default", "")
    if default and default not in [flow.get("id") for flow in out] and not _from_nowhere(sheet, default):
        message = Finding(
            "Alur baku %(default)s tidak keluar dari gerbang %(node)s", default=_flow(sheet, default), node=which(node)
        )
        yield problem(sheet, node, "no-default", message, "Pilih salah satu alur keluar sebagai alur baku.")
    elif not default and (len(out) > 1 or condition(out[0])) and not _answers_all(sheet, node, out, known):
        message = Finding("Gerbang %(node)s tidak mempunyai alur baku", node=which(node))
        hint = "Tandai satu alur sebagai alur baku, untuk keadaan yang tidak cocok dengan syarat mana pun."
        yield problem(sheet, node, "no-default", message, hint)
    for flow in [one for one in out if default and one.get("id") == default and condition(one)]:
        message = Finding(
            "Syarat pada alur baku %(flow)s tidak dipakai: alur itu diambil bila yang lain tidak", flow=which(flow)
        )
        yield problem(sheet, flow, "stray-condition", message, "Hapus syaratnya, atau pilih alur baku lain.", "warning")
    missing = [flow for flow in out if flow.get("id") != default and not condition(flow)]
    # Without a default that leads out the one flow without condition is the default that was meant.
    known_default = default in [flow.get("id") for flow in out]
    for flow in missing[0 if known_default else 1 :] if len(out) > 1 else []:
        message = Finding("Alur %(flow)s tidak mempunyai syarat", flow=which(flow))
        yield problem(sheet, flow, "no-condition", message, 'Isi syarat, misalnya periksa.keputusan == "lengkap".')


def _flow(sheet: Sheet, key: str) -> str:
    """What to call a flow of this id; the id where none is drawn."""
    return next((which(one) for one in sheet.flows if one.get("id") == key), key)


def _from_nowhere(sheet: Sheet, key: str) -> bool:
    """Whether a flow comes from an element that is not there, of which that alone is told."""
    return any(one.get("id") == key and one.get("sourceRef", "") not in sheet.by_id for one in sheet.flows)


def _answers_all(sheet: Sheet, node: Any, out: list[Any], known: Set) -> bool:
    """Whether the conditions of these ways leave no case out, so that no default is needed."""
    conditions = [condition(one) for one in out]
    here = flow_of(known).before.get((sheet.file, node.get("id", ""))) if all(conditions) else None
    sure = here.sure if here is not None else frozenset[str]()
    try:
        return all(conditions) and covering.leave_nothing_out(conditions, always_of(known), sure)
    except ExpressionFault:
        return False  # told where texts are checked
