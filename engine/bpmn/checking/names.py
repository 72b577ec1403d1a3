"""Rules about names: what an expression reads is there, has such a part, and is of the kind it is compared with."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.cells import ANY, cleaned, condition
from engine.bpmn.checking.columns import answered
from engine.bpmn.checking.dataflow import DataFlow, Known
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.checking.texts import Evaluated, evaluated
from engine.bpmn.checking.written import written
from engine.bpmn.decisions import MULTIPLE, Decision, Rule
from engine.bpmn.elements import HUMAN, decision, local, properties, repetition
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Problem

# What every completed task leaves beside its form's routed fields.
OF_EVERY_TASK = {"keputusan": "text", "pada": "text", "unit": "text"}
_WORDS = {"text": "teks", "number": "bilangan", "boolean": "ya/tidak", "list": "daftar"}


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if known.catalogue.start is None:
        return
    for one in (*evaluated(sheet), *_asked(sheet, known)):
        try:
            yield from _checked(sheet, known, one)
        except ExpressionFault:
            continue  # told where texts are checked
    for one in _compared(sheet, known):
        try:
            yield from _kinds_of(sheet, known, one)
        except ExpressionFault:
            continue


@lru_cache(maxsize=2)
def _flow(known: Set) -> DataFlow:
    """The analysis of one examination, for all of its sheets."""
    return DataFlow(known, known.catalogue.start or {}, _flow(known.beside) if known.beside else None).run()


@lru_cache(maxsize=2)
def _kinds(known: Set) -> Mapping[str, Mapping[str, str]]:
    """Data names whose parts are known -> each part's kind."""
    return {
        **(known.catalogue.start or {}),
        **parts_of(known.sheets, known.catalogue.routes),
        **_answers(known),
    }


def _answers(known: Set) -> dict[str, dict[str, str]]:
    """Rule tasks whose table is known and answers with one row -> what it answers, by kind."""
    tasks = (node for sheet in known.sheets for node in sheet.of("businessRuleTask") if repetition(node) is None)
    tables = {node.get("id", ""): known.decisions.get(decision(node)) for node in tasks}
    return {
        task: {name: answered(table, index) for index, name in enumerate(table.outputs)}
        for task, table in tables.items()
        if table is not None and table.policy not in MULTIPLE
    }


def _asked(sheet: Sheet, known: Set) -> Iterator[Evaluated]:
    """What a business rule task's table asks for."""
    for node in sheet.of("businessRuleTask"):
        table = known.decisions.get(decision(node))
        for written_so in table.inputs if table else ():
            yield Evaluated(node, f"Masukan tabel {called_so(node)}", written_so, node.get("id", ""))
        for rule in table.rules if table else ():
            what = f"Baris {rule.id} tabel {called_so(node)}"
            for text in (*_without_question(table, rule), *map(cleaned, rule.values)):
                yield Evaluated(node, what, text, node.get("id", ""))


def _without_question(table: Decision | None, rule: Rule) -> Iterator[str]:
    """The tests of a row by themselves, so that a question's own names are told once."""
    for question, cell in zip(table.inputs, rule.conditions, strict=False) if table else ():
        if question and cell not in ANY:
            yield condition("0", cell)


def _compared(sheet: Sheet, known: Set) -> Iterator[Evaluated]:
    """What a business rule task's table compares with its answers, a row at a time."""
    for node in sheet.of("businessRuleTask"):
        table = known.decisions.get(decision(node))
        for rule in table.rules if table else ():
            what = f"Baris {rule.id} tabel {called_so(node)}"
            for question, cell in zip(table.inputs, rule.conditions, strict=False) if table else ():
                if question and cell not in ANY:
                    yield Evaluated(node, what, condition(question, cell), node.get("id", ""))


def _checked(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    here = _flow(known).before.get((sheet.file, one.at))
    if here is None:  # never reached, or in a process that nobody runs: told by other rules
        return
    here = here.plus(one.also)
    if one.after:
        node = sheet.by_id.get(one.at)
        here = here.plus(written(node, known)) if node is not None else here
    yield from _names(sheet, one, here)
    yield from _parts(sheet, known, one)


def _names(sheet: Sheet, one: Evaluated, here: Known) -> Iterator[Problem]:
    firm = mentions.firm_names(one.text)
    for name in sorted(mentions.names(one.text)):
        if name not in here.some:
            message = f"{one.what} memakai data {name} yang tidak diisi oleh langkah mana pun sebelumnya"
            yield problem(sheet, one.node, "unknown-name", message, _near(name, here.some))
        elif name in firm and name not in here.sure:
            message = f"{one.what} memakai data {name} yang belum tentu ada: ada jalan ke sini yang tidak mengisinya"
            hint = f'Pakai get("{name}", null), atau pastikan setiap jalan mengisinya.'
            yield problem(sheet, one.node, "not-always-set", message, hint, "warning")


def _near(name: str, some: frozenset[str]) -> str:
    close = difflib.get_close_matches(name, some, 1, 0.7)
    if close:
        return f"Maksudnya {close[0]}?"
    return f"Yang ada di sini: {', '.join(sorted(some)[:12])}." if some else "Belum ada data di sini."


def _parts(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    for name, part in sorted(set(mentions.paths(one.text))):
        kinds = _kinds(known).get(name)
        if kinds is not None and part not in kinds:
            message = f"{one.what} memakai {name}.{part}, tetapi {name} tidak mempunyai bagian {part}"
            yield problem(sheet, one.node, "unknown-field", message, _near(part, frozenset(kinds)))
    yield from _kinds_of(sheet, known, one)
    yield from _no_choice(sheet, known, one)


def _no_choice(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    """A condition that is a text or a number is neither true nor false."""
    path = mentions.whole_path(one.text) if local(one.node) == "sequenceFlow" else None
    kind = _kinds(known).get(path[0], {}).get(path[1], "any") if path else "any"
    if path and kind not in ("any", "boolean"):
        message = f"{one.what} hanya menyebut {path[0]}.{path[1]}, sebuah {_WORDS[kind]}, bukan ya/tidak"
        hint = f'Bandingkan dengan sebuah nilai, misalnya {path[0]}.{path[1]} == "…".'
        yield problem(sheet, one.node, "wrong-type", message, hint)


def _kinds_of(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    for (name, part), value, by_order in mentions.matched(one.text):
        kind = _kinds(known).get(name, {}).get(part, "any")
        if not _fits(kind, value, by_order):
            message = f"{one.what} membandingkan {name}.{part} ({_WORDS[kind]}) dengan {_shown(value)}"
            hint = f"{name}.{part} berisi {_WORDS[kind]}; bandingkan dengan nilai sejenis."
            yield problem(sheet, one.node, "wrong-type", message, hint)


def _fits(kind: str, value: Any, by_order: bool) -> bool:
    if kind == "any":
        return True
    of = "boolean" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"
    return of == kind and not (by_order and kind == "boolean")


def _shown(value: Any) -> str:
    words: Mapping[bool, str] = {True: "true", False: "false"}
    return words[value] if isinstance(value, bool) else f"“{value}”" if isinstance(value, str) else str(value)


def parts_of(sheets: tuple[Sheet, ...], routes: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Tasks whose forms are known -> what their values consist of, by kind; members of a repetition left out."""
    tasks = (node for sheet in sheets for node in sheet.of(*HUMAN) if repetition(node) is None)
    keys = {node.get("id", ""): properties(node).get("formKey", "") for node in tasks}
    return {task: {**OF_EVERY_TASK, **routes[key]} for task, key in keys.items() if key in routes}
