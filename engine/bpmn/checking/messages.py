"""Rules about messages and answers: what is waited for is sent by somebody, what a form hands over is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.clock_acts import act_of
from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.checking.texts import evaluated
from engine.bpmn.elements import HUMAN, local, operator, properties, repetition
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Problem

PASSED = ".lewat"  # `<clock>.lewat` comes when the term of that clock has passed
_CATCHES = ("intermediateCatchEvent", "boundaryEvent", "receiveTask")
THROWS = ("intermediateThrowEvent", "endEvent", "sendTask")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if known.catalogue.messages is not None:
        for node in sheet.of(*_CATCHES):
            yield from _unsent(sheet, node, known)
    if known.catalogue.start is not None:
        yield from _unread(sheet, known)


def caught_by(sheet: Sheet, node: Any) -> set[str]:
    """Names of the messages and signals that an event waits for."""
    return set(_names(sheet, node))


@lru_cache(maxsize=2)
def awaited(known: Set) -> frozenset[str]:
    """Names that any diagram waits for."""
    own = {name for sheet in known.sheets for node in sheet.of(*_CATCHES) for name in _names(sheet, node)}
    return frozenset(own) | (awaited(known.beside) if known.beside else frozenset())


def sent_by(sheet: Sheet, node: Any) -> set[str]:
    """Names that an element sends, asks for as an answer, or whose term it lets begin."""
    if local(node) not in (*THROWS, "serviceTask"):
        return set()
    called, act = operator(node), act_of(node)
    asked = literal(called.params.get("reply", "")) if called else ""
    term = f"{act.subject}{PASSED}" if act and act.kind == "clock.start" else ""
    return {*_names(sheet, node), asked, term} - {""}


def sent_outside(process: Any, known: Set) -> frozenset[str]:
    """Names that the office's pages or other processes send."""
    found = set(known.catalogue.messages or ())
    for sheet in known.sheets:
        for node in sheet.of(*THROWS, "serviceTask"):
            found |= sent_by(sheet, node) if process not in node.iterancestors() else set()
    return frozenset(found | (_sent(known.beside) if known.beside else frozenset()))


def _unsent(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    sent = _sent(known) | (known.catalogue.messages or frozenset())
    for name in _names(sheet, node):
        if name not in sent:
            message = f"Tidak ada yang mengirim pesan {name} yang ditunggu {called_so(node)}"
            hint = f"Kirim dari diagram, mulai jam bernama sama untuk …{PASSED}, atau pakai pesan kantor: "
            yield problem(sheet, node, "unsent-message", message, hint + ", ".join(sorted(sent)[:8]) + ".", "warning")


def _names(sheet: Sheet, node: Any) -> Iterator[str]:
    """Names of the messages and signals that an event or task refers to."""
    for one in (node, *node):
        for attribute in ("messageRef", "signalRef"):
            key = one.get(attribute, "") if isinstance(one.tag, str) else ""
            name = sheet.names.get(key.split(":")[-1], "")
            yield from [name] if name else []


@lru_cache(maxsize=2)
def _sent(known: Set) -> frozenset[str]:
    """What any diagram sends, asks for as an answer, or a passed term tells."""
    found = set(_sent(known.beside)) if known.beside else set[str]()
    for sheet in known.sheets:
        for node in sheet.of(*THROWS, "serviceTask"):
            found |= sent_by(sheet, node)
    return frozenset(found)


def _unread(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """A field that a form hands to the process for a choice nobody makes."""
    read = _read(known)
    for node in sheet.of(*HUMAN):
        key, task = properties(node).get("formKey", ""), node.get("id", "")
        if repetition(node) is None and task not in _taken_whole(known):
            for name in sorted(known.catalogue.routes.get(key, {})):
                if (task, name) not in read:
                    message = f"Isian {name} dari {called_so(node)} diteruskan ke proses tanpa pembaca"
                    hint = f"Pakai {task}.{name} dalam syarat atau parameter, atau hapus routes pada formulir {key}."
                    yield problem(sheet, node, "unread-field", message, hint, "warning")


def _texts(known: Set) -> Iterator[str]:
    for sheet in known.sheets:
        yield from (one.text for one in evaluated(sheet))
    for key, table in known.decisions.items():
        if known.beside is None or known.beside.decisions.get(key) is not table:
            yield from table.inputs


@lru_cache(maxsize=2)
def _read(known: Set) -> frozenset[tuple[str, str]]:
    found = set(_read(known.beside)) if known.beside else set[tuple[str, str]]()
    for one in _texts(known):
        try:
            found.update(mentions.paths(one))
        except ExpressionFault:
            continue
    return frozenset(found)


@lru_cache(maxsize=2)
def _taken_whole(known: Set) -> frozenset[str]:
    """Data that are handed on as a whole: somebody may read any part of them."""
    found = set(_taken_whole(known.beside)) if known.beside else set[str]()
    for one in _texts(known):
        try:
            found.update(mentions.names(one) - {name for name, _ in mentions.paths(one)})
        except ExpressionFault:
            continue
    return frozenset(found)
