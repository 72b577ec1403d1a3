"""Rules about decisions: conditions compare with outcomes that the form offers, and every outcome has a way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine import reserved
from engine.bpmn import mentions
from engine.bpmn.checking.called import among, meaning, which
from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.texts import evaluated, rows
from engine.bpmn.elements import HUMAN, data_objects, operator, repetition, result_of
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem, listed

FIELD = reserved.OUTCOME
RESULT = "hasil"  # what `outcome.set` says


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    offers = known.offers
    said = _said(known)
    compared: dict[str, set[str]] = {}
    for one in (*evaluated(sheet), *rows(sheet, known)):
        for name, word in _compared(one.text, RESULT):
            if word and name in said and word not in said[name]:
                message = Finding(
                    "%(what)s menyebut hasil %(word)s yang tidak dikatakan langkah mana pun di bawah nama %(name)s",
                    what=one.what,
                    word=word,
                    name=name,
                )
                hint = Finding("Yang dikatakan: %(listed)s.", listed=", ".join(sorted(said[name])))
                yield problem(sheet, one.node, "unknown-outcome", message, hint)
        for task, word in _compared(one.text, FIELD):
            compared.setdefault(task, set()).add(word)
            # Nothing is what `get` answers before the task was done.
            if word and word not in (offers.get(task) or (word,)):
                message = Finding(
                    "%(what)s menyebut keputusan %(word)s yang tidak ditawarkan tugas %(task)s",
                    what=one.what,
                    word=word,
                    task=among(known, task, which),
                )
                offered = listed(meaning(one, _label(known, task, one)) for one in offers[task])
                hint = Finding("Formulirnya menawarkan: %(listed)s.", listed=offered)
                yield problem(sheet, one.node, "unknown-outcome", message, hint)
    yield from _unheard(sheet, known, compared)


@lru_cache(maxsize=2)
def _said(known: Set) -> dict[str, set[str]]:
    """Result variables that only `outcome.set` writes, with words of the diagram -> these words."""
    found: dict[str, set[str]] = {name: {*words} for name, words in _said(known.beside).items()} if known.beside else {}
    open_ended: set[str] = set()
    for sheet in known.sheets:
        for node in sheet.nodes:
            called, name = operator(node), result_of(node)
            word = literal(called.params.get("value", "")) if called and called.service == "outcome.set" else ""
            found.setdefault(name, set()).add(word)
            open_ended |= set() if word else {name}
    return {name: words for name, words in found.items() if name not in open_ended}


def _compared(written: str, wanted: str) -> Iterator[tuple[str, str]]:
    try:
        pairs = mentions.comparisons(written)
    except ExpressionFault:  # told where texts are checked
        pairs = ()
    for path, word in pairs:
        task, field = path.split(".", 1)
        if field == wanted:
            yield task, word


def _label(known: Set, task: str, word: str) -> str:
    """What the button of a task says whose outcome is called so."""
    said = among(known, task, lambda node: known.label(node, word))
    return word if said == task else said


def _unheard(sheet: Sheet, known: Set, compared: Mapping[str, set[str]]) -> Iterator[Problem]:
    """One outcome may be the default's; a second one that no condition names is probably forgotten."""
    used = _used_elsewhere(sheet)
    for node in sheet.of(*HUMAN):
        key = node.get("id", "")
        asked = set[str]().union(*(compared.get(name, ()) for name in _left(node)))
        forgotten = [one for one in known.offers.get(key, ()) if one not in asked]
        if len(forgotten) > 1 and not _left(node) & used:
            words = listed(known.label(node, one) for one in forgotten)
            message = Finding(
                "Keputusan %(words)s dari tugas %(node)s tidak dibedakan oleh syarat mana pun",
                words=words,
                node=which(node),
            )
            hint = "Tambahkan syarat di gerbang sesudahnya, atau hapus keputusan itu dari formulir."
            yield problem(sheet, node, "unheard-outcome", message, hint, "warning")


def _left(node: Any) -> set[str]:
    """Names under which a task's values stand: its id, data objects, what its members are collected in."""
    repeated = repetition(node)
    return {node.get("id", ""), *data_objects(node), *((repeated.output,) if repeated else ())}


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
