"""Rules about decisions: conditions compare with outcomes that the form offers, and every outcome has a way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.checking.texts import evaluated, rows
from engine.bpmn.elements import HUMAN, operator, repetition
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Problem

FIELD = "keputusan"


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    offers = known.offers
    compared: dict[str, set[str]] = {}
    for one in (*evaluated(sheet), *rows(sheet, known)):
        for task, word in _compared(one.text):
            compared.setdefault(task, set()).add(word)
            # Nothing is what `get` answers before the task was done.
            if word and word not in (offers.get(task) or (word,)):
                message = f"{one.what} menyebut keputusan {word} yang tidak ditawarkan tugas {task}"
                hint = f"Formulirnya menawarkan: {', '.join(offers[task])}."
                yield problem(sheet, one.node, "unknown-outcome", message, hint)
    yield from _unheard(sheet, offers, compared)


def _compared(written: str) -> Iterator[tuple[str, str]]:
    try:
        pairs = list(mentions.comparisons(written))
    except ExpressionFault:  # told where texts are checked
        pairs = []
    for path, word in pairs:
        task, field = path.split(".", 1)
        if field == FIELD:
            yield task, word


def _unheard(
    sheet: Sheet, offers: Mapping[str, tuple[str, ...]], compared: Mapping[str, set[str]]
) -> Iterator[Problem]:
    """One outcome may be the default's; a second one that no condition names is probably forgotten."""
    used = _used_elsewhere(sheet)
    for node in sheet.of(*HUMAN):
        key = node.get("id", "")
        forgotten = [one for one in offers.get(key, ()) if one not in compared.get(key, set())]
        if len(forgotten) > 1 and not _left(node) & used:
            words = ", ".join(forgotten)
            message = f"Keputusan {words} dari tugas {called_so(node)} tidak dibedakan oleh syarat mana pun"
            hint = "Tambahkan syarat di gerbang sesudahnya, atau hapus keputusan itu dari formulir."
            yield problem(sheet, node, "unheard-outcome", message, hint, "warning")


def _left(node: Any) -> set[str]:
    """Names under which a task's values stand: its id, or what its members are collected in."""
    repeated = repetition(node)
    return {node.get("id", ""), *((repeated.output,) if repeated else ())}


def _used_elsewhere(sheet: Sheet) -> set[str]:
    """Names whose values go whole into a service."""
    found: set[str] = set()
    for node in sheet.of("serviceTask", "sendTask"):
        called = operator(node)
        for written in called.params.values() if called else ():
            try:
                found |= mentions.names(written)
            except ExpressionFault:
                continue
    return found
