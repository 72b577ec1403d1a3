"""Rules about messages and answers: what is waited for is sent by somebody, what a form hands over is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.clock_acts import act_of
from engine.bpmn.checking.families import holders, process_of, running
from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.texts import evaluated
from engine.bpmn.elements import HUMAN, local, operator, properties, repetition
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem

Event = tuple[str, str]  # "message" or "signal", and its name
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
    return {name for _, name in _events(sheet, node)}


def caught(sheet: Sheet, node: Any) -> set[Event]:
    """The messages and signals that an event waits for."""
    return set(_events(sheet, node))


def thrown(sheet: Sheet, node: Any) -> set[Event]:
    """What an element sends; an answer that it asks for, and the passing of a term that it lets begin, are heard as
    either."""
    if local(node) not in (*THROWS, "serviceTask"):
        return set()
    called, act = operator(node), act_of(node)
    asked = literal(called.params.get("reply", "")) if called else ""
    term = f"{act.subject}{PASSED}" if act and act.kind == "clock.start" else ""
    return set(_events(sheet, node)) | _either({asked, term} - {""})


def sent_by(sheet: Sheet, node: Any) -> set[str]:
    """Names that an element sends, asks for as an answer, or whose term it lets begin."""
    return {name for _, name in thrown(sheet, node)}


def elsewhere(process: Any, known: Set) -> frozenset[Event]:
    """What the office's pages, or other processes that the same case can run, send."""
    others = (_thrown_in(sheet, node) for sheet, node in holders(known, process))
    return frozenset(_either(known.catalogue.messages or ())).union(*others)


def awaited(sheet: Sheet, node: Any, known: Set) -> set[str]:
    """Names that somebody waits for in a case which runs the process of a node."""
    return {name for at, process in running(sheet, node, known) for name in _caught_in(at, process)}


@lru_cache(maxsize=512)
def _thrown_in(sheet: Sheet, process: Any) -> frozenset[Event]:
    nodes = (node for node in sheet.of(*THROWS, "serviceTask") if process in node.iterancestors())
    return frozenset(event for node in nodes for event in thrown(sheet, node))


@lru_cache(maxsize=512)
def _caught_in(sheet: Sheet, process: Any) -> frozenset[str]:
    nodes = (node for node in sheet.of(*_CATCHES) if process in node.iterancestors())
    return frozenset(name for node in nodes for name in caught_by(sheet, node))


def _unsent(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    process = process_of(node)
    sent = _thrown_in(sheet, process) | elsewhere(process, known)
    for event in [one for one in caught(sheet, node) if one not in sent]:
        kind, name = event
        other = ("signal" if kind == "message" else "message", name)
        if other in sent:
            message = Finding(
                "%(node)s menunggu %(kind)s %(name)s, tetapi yang dikirim %(other)s bernama itu",
                node=called_so(node),
                kind=KINDS[kind],
                name=name,
                other=KINDS[other[0]],
            )
            yield problem(sheet, node, "unsent-message", message, "Pakai jenis peristiwa yang sama di kedua sisi.")
        else:
            yield _unheard_of(sheet, node, event, {one for _, one in sent}, known)


def _unheard_of(sheet: Sheet, node: Any, event: Event, names: set[str], known: Set) -> Problem:
    kind, name = event
    if any(event in _thrown_in(at, one) for at, one in _all(known)):
        message = Finding(_ELSEWHERE[kind], name=name, node=called_so(node))
        hint = "Kirim dari proses ini, atau periksa bersama diagram yang memanggil keduanya (--together)."
        return problem(sheet, node, "unsent-message", message, hint, "warning")
    pattern = "Tidak ada yang mengirim %(kind)s %(name)s yang ditunggu %(node)s"
    message = Finding(pattern, kind=KINDS[kind], name=name, node=called_so(node))
    return problem(sheet, node, "unsent-message", message, _send(sorted(names)[:8]), "warning")


_ELSEWHERE = {
    "message":
        "Pesan %(name)s yang ditunggu %(node)s hanya dikirim proses lain, yang tidak berjalan bersama proses ini",
    "signal":
        "Sinyal %(name)s yang ditunggu %(node)s hanya dikirim proses lain, yang tidak berjalan bersama proses ini",
}  # fmt: skip


def _send(names: list[str]) -> Finding:
    pattern = "Kirim dari diagram, mulai jam bernama sama untuk …%(passed)s, atau pakai pesan kantor: %(names)s."
    return Finding(pattern, passed=PASSED, names=", ".join(names))


def _all(known: Set) -> Iterator[tuple[Sheet, Any]]:
    return ((sheet, known.process_node(key)) for key, sheet in known.processes.items())


KINDS = {"message": Finding("pesan"), "signal": Finding("sinyal")}


def _either(names: Iterable[str]) -> set[Event]:
    return {(kind, name) for name in names for kind in KINDS}


def _events(sheet: Sheet, node: Any) -> Iterator[Event]:
    """The messages and signals that an event or task refers to."""
    for one in (node, *node):
        for kind in KINDS:
            key = one.get(f"{kind}Ref", "") if isinstance(one.tag, str) else ""
            name = sheet.names.get(key.split(":")[-1], "")
            yield from [(kind, name)] if name else []


def _unread(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """A field that a form hands to the process for a choice nobody makes."""
    read = _read(known)
    for node in sheet.of(*HUMAN):
        key, task = properties(node).get("formKey", ""), node.get("id", "")
        if repetition(node) is None and task not in _taken_whole(known):
            for name in sorted(known.catalogue.routes.get(key, {})):
                if (task, name) not in read:
                    message = Finding(
                        "Isian %(name)s dari %(node)s diteruskan ke proses tanpa pembaca",
                        name=known.label(node, name),
                        node=called_so(node),
                    )
                    hint = Finding(
                        _HINT,
                        task=task,
                        name=name,
                        form=known.named("form", key),
                    )
                    yield problem(sheet, node, "unread-field", message, hint, "warning")


_HINT = "Pakai %(task)s.%(name)s dalam syarat atau parameter, atau hapus routes pada formulir %(form)s."


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
