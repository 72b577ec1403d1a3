"""Rules about texts that are evaluated: conditions, parameters, completion conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn import expressions
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.elements import ACTIVITIES, children, operator, text
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Problem

_HINT = 'Contoh: periksa.keputusan == "lengkap" and jumlah > 3'


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for flow in sheet.flows:
        for one in children(flow, "conditionExpression"):
            yield from _text(sheet, flow, f"Syarat {called_so(flow)}", text(one))
    for node in sheet.of(*ACTIVITIES):
        for loop in children(node, "multiInstanceLoopCharacteristics"):
            for one in children(loop, "completionCondition"):
                yield from _text(sheet, node, f"Syarat selesai {called_so(node)}", text(one))
    for node in sheet.of("serviceTask"):
        called = operator(node)
        for name, value in called.params.items() if called else ():
            yield from _text(sheet, node, f"Parameter {name} pada {called_so(node)}", value)


def _text(sheet: Sheet, node: Any, what: str, written: str) -> Iterator[Problem]:
    try:
        expressions.parse(written)
    except ExpressionFault as error:
        yield problem(sheet, node, "expression", f"{what}: {error}", _HINT)
