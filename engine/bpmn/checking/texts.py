"""Rules about texts that are evaluated: conditions, parameters, repetitions, what events carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.bpmn import expressions, mentions
from engine.bpmn.announced import correlation
from engine.bpmn.cells import ANY, condition
from engine.bpmn.checking import columns
from engine.bpmn.checking.called import called_so, which
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.decisions import Decision, Rule
from engine.bpmn.elements import (
    ACTIVITIES,
    EVENTS,
    children,
    decision,
    local,
    operator,
    properties,
    repetition,
    text,
)
from engine.bpmn.expressions import ExpressionFault, UnknownName
from engine.bpmn.timers import is_iso
from engine.errors import Finding, Problem, joined, said_by
from engine.services.called import parameter_called

_HINT = 'Contoh: periksa.keputusan == "lengkap" and jumlah > 3'


@dataclass(frozen=True)
class Evaluated:
    """A text the engine evaluates: at which node it stands, what to call it, at which element it is evaluated.

    `also`: names that exist there beside the data; `after`: evaluated when the
    element has run; `ruled`: another rule tells what is wrong with its form;
    `wants`: the kind of value it must have, "" for any.
    """

    node: Any
    what: str
    text: str
    at: str
    also: frozenset[str] = frozenset()
    after: bool = False
    ruled: bool = False
    wants: str = ""


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for one in [one for one in evaluated(sheet) if not one.ruled]:
        try:
            if not mentions.names(one.text):
                expressions.evaluate(one.text, {})
        except ExpressionFault as error:
            # Of an element that is called like a function only that is told.
            if not (isinstance(error, UnknownName) and sheet.by_id.keys() & expressions.FUNCTIONS.keys()):
                yield problem(sheet, one.node, "expression", joined((one.what, said_by(error)), ": "), _HINT)
    for node in sheet.of(*EVENTS, "receiveTask", "sendTask"):
        yield from _marked(sheet, node)


@lru_cache(maxsize=64)
def evaluated(sheet: Sheet) -> tuple[Evaluated, ...]:
    """Every text of a sheet that the engine evaluates; collected once for all rules."""
    return tuple(_evaluated(sheet))


def _evaluated(sheet: Sheet) -> Iterator[Evaluated]:
    for flow in sheet.flows:
        for one in children(flow, "conditionExpression"):
            what, source = Finding("Syarat %(flow)s", flow=called_so(flow)), flow.get("sourceRef", "")
            empty = not text(one) and _missed(sheet, source)
            yield Evaluated(flow, what, text(one), source, after=True, ruled=empty, wants="boolean")
    for node in sheet.of(*ACTIVITIES):
        yield from _repeated(node)
        if by := properties(node).get("namedBy", ""):
            what = Finding("Hanya yang ditunjuk dalam (namedBy) pada %(node)s", node=called_so(node))
            yield Evaluated(node, what, by, node.get("id", ""), _members(node), wants="list")
    for node in sheet.of(*EVENTS, "receiveTask", "sendTask"):
        yield from _carried(node)
        yield from _timed(node)
    for node in sheet.of("serviceTask", "sendTask"):
        called = operator(node)
        for name, value in called.params.items() if called else ():
            yield Evaluated(
                node,
                Finding("Parameter %(name)s pada %(node)s", name=parameter_called(name), node=called_so(node)),
                value,
                node.get("id", ""),
                _members(node),
                ruled=not value.strip(),
            )


def _missed(sheet: Sheet, source: str) -> bool:
    """Whether an empty condition of a flow from here is told among the ways out: as missing, or as never asked."""
    node = sheet.by_id.get(source)
    chooses = node is not None and local(node) in ("exclusiveGateway", "inclusiveGateway")
    return len(sheet.drawn_outgoing.get(source, [])) > 1 if chooses else node is not None


@lru_cache(maxsize=64)
def rows(sheet: Sheet, known: Set) -> tuple[Evaluated, ...]:
    """What the tables of a sheet's business rule tasks compare with their answers, a row at a time."""
    return tuple(_rows(sheet, known))


def _rows(sheet: Sheet, known: Set) -> Iterator[Evaluated]:
    for node in sheet.of("businessRuleTask"):
        table = known.decisions.get(decision(node))
        for rule in table.rules if table else ():
            for index, (question, cell) in enumerate(zip(table.inputs, rule.conditions, strict=False) if table else ()):
                # What the column itself cannot hold is told in the table's file.
                if question and cell not in ANY and table and columns.holds(table, index, cell):
                    plain, what = not columns.asks(cell), cell_called(node, table, rule, index)
                    yield Evaluated(node, what, condition(question, cell), node.get("id", ""), ruled=plain)


def cell_called(node: Any, table: Decision, rule: Rule, at: int) -> Finding:
    """A cell of the table that a business rule task asks."""
    return Finding("Baris %(rule)s tabel %(node)s", rule=table.spot(rule, at), node=called_so(node))


def _members(node: Any) -> frozenset[str]:
    """Names a repeated element knows of its own round."""
    found = repetition(node)
    return frozenset({found.item, found.result, found.output}) if found else frozenset()


_LOOPS = (
    ("multiInstanceLoopCharacteristics", "completionCondition", "Selesai bila pada %(node)s", "boolean"),
    ("multiInstanceLoopCharacteristics", "loopCardinality", "Banyak putaran %(node)s", "number"),
    ("multiInstanceLoopCharacteristics", "loopDataInputRef", "Daftar %(node)s", "list"),
    ("standardLoopCharacteristics", "loopCondition", "Diulang selama pada %(node)s", "boolean"),
)


def _repeated(node: Any) -> Iterator[Evaluated]:
    key = node.get("id", "")
    for kind, tag, what, wants in _LOOPS:
        for loop in children(node, kind):
            # Of a repetition that counts nothing it is told elsewhere.
            for one in [one for one in children(loop, tag) if wants != "number" or text(one)]:
                after, ruled = wants == "boolean" and loop.get("testBefore") != "true", wants == "list"
                also = _members(node) | {key} if after else frozenset()
                yield Evaluated(node, Finding(what, node=called_so(node)), text(one), key, also, after, ruled, wants)


def _timed(node: Any) -> Iterator[Evaluated]:
    """When a timer comes, where that is no date or duration but told by the data."""
    holder = node.get("attachedToRef", "") or node.get("id", "")
    for one in (part for event in node if local(event) == "timerEventDefinition" for part in event):
        if local(one) in ("timeDate", "timeDuration") and not is_iso(text(one)):
            yield Evaluated(
                node, Finding("Pewaktu %(node)s", node=which(node)), text(one), holder, ruled=True, wants="text"
            )


def _carried(node: Any) -> Iterator[Evaluated]:
    """What an event takes along, and whom a message is meant for."""
    given, key = properties(node), node.get("id", "")
    if given.get("payload"):
        yield Evaluated(
            node, Finding("Yang dibawa %(node)s", node=called_so(node)), given["payload"], key, wants="data"
        )
    word, expected = correlation(node)
    if word.isidentifier():
        yield Evaluated(node, Finding("Untuk siapa pada %(node)s", node=called_so(node)), expected, key)


def _marked(sheet: Sheet, node: Any) -> Iterator[Problem]:
    written = properties(node).get("correlation", "")
    if written and not correlation(node)[0].isidentifier():
        message = Finding(
            "Untuk siapa (correlation) pada %(node)s tidak dapat dibaca: %(written)s",
            node=called_so(node),
            written=written[:60],
        )
        yield problem(sheet, node, "correlation", message, "Tulis misalnya nomor_sts = bayar.nomor.")
