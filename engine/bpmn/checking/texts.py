"""Rules about texts that are evaluated: conditions, parameters, repetitions, what events carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn import expressions
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.elements import ACTIVITIES, EVENTS, children, correlation, operator, properties, text
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
        for loop in children(node, "multiInstanceLoopCharacteristics"):
            for one in children(loop, "loopCardinality"):
                yield from _text(sheet, node, f"Jumlah ulangan {called_so(node)}", text(one))
        for loop in children(node, "standardLoopCharacteristics"):
            for one in children(loop, "loopCondition"):
                yield from _text(sheet, node, f"Syarat putaran {called_so(node)}", text(one))
    for node in sheet.of(*EVENTS, "receiveTask", "sendTask"):
        yield from _carried(sheet, node)
    for node in sheet.of("serviceTask", "sendTask"):
        called = operator(node)
        for name, value in called.params.items() if called else ():
            yield from _text(sheet, node, f"Parameter {name} pada {called_so(node)}", value)


def _carried(sheet: Sheet, node: Any) -> Iterator[Problem]:
    """What an event takes along, and whom a message is meant for."""
    given = properties(node)
    if given.get("payload"):
        yield from _text(sheet, node, f"Isi pesan {called_so(node)}", given["payload"])
    if given.get("correlation"):
        word, expected = correlation(node)
        if word.isidentifier():
            yield from _text(sheet, node, f"Penanda pesan {called_so(node)}", expected)
        else:
            message = f"Penanda pesan {called_so(node)} tidak dapat dibaca: {given['correlation'][:60]}"
            yield problem(sheet, node, "correlation", message, "Tulis misalnya nomor_sts = bayar.nomor.")


def _text(sheet: Sheet, node: Any, what: str, written: str) -> Iterator[Problem]:
    try:
        expressions.parse(written)
    except ExpressionFault as error:
        yield problem(sheet, node, "expression", f"{what}: {error}", _HINT)
