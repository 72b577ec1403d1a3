"""Rules about services: one of the catalogue, with its parameters, each of the kind and with a word that it takes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.bpmn.catalogue import Catalogue
from engine.bpmn.checking.called import called_so, meaning, which
from engine.bpmn.checking.clock_acts import ACTS, act_of, clock_called
from engine.bpmn.checking.comparing import SAID
from engine.bpmn.checking.inference import infer
from engine.bpmn.checking.kinds import held_by
from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import SPIFF, Operator, operator
from engine.bpmn.expressions import ExpressionFault
from engine.effects import TO_APPLICANT
from engine.errors import Finding, Problem, listed
from engine.services.called import CHOSEN, parameter_called

_OWN_BUDGET = ("L", "H")  # what these last is told by the permit


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of("serviceTask"):
        yield from _service(sheet, node, known)
    for node in [one for one in sheet.of("sendTask") if operator(one) is not None]:
        yield from _service(sheet, node, known)


def _service(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    called, catalogue = operator(node), known.catalogue
    if called is None or not called.service:
        message = Finding("Tugas layanan %(node)s belum memilih layanan", node=which(node))
        yield problem(sheet, node, "no-service", message, "Pilih layanan dari katalog.")
    elif called.service not in catalogue.services:
        message = Finding("Layanan %(service)s pada %(node)s tidak ada", service=called.service, node=called_so(node))
        yield problem(sheet, node, "unknown-service", message, "Pilih layanan dari katalog.")
    else:
        faults = [*_missing(sheet, node, called, catalogue), *_empty(sheet, node, called), *_doubled(sheet, node)]
        yield from faults
        yield from _kinds(sheet, node, called, known)
        yield from _words(sheet, node, called, known)
        yield from _instant(sheet, node, called)
        yield from _clock(sheet, node, called, known) if not faults else ()


def _empty(sheet: Sheet, node: Any, called: Operator) -> Iterator[Problem]:
    """A parameter that stands there without a value: nothing was chosen for it yet, or nothing written."""
    for name in (name for name, written in called.params.items() if not written.strip()):
        about = {"name": parameter_called(name), "node": called_so(node)}
        if name in CHOSEN:
            message, hint = Finding("Parameter %(name)s pada %(node)s belum dipilih", **about), "Pilih dari daftarnya."
        else:
            message, hint = Finding("Parameter %(name)s pada %(node)s belum diisi", **about), _TO_WRITE
        yield problem(sheet, node, "parameter", message, hint)


_TO_WRITE = 'Sebut data, misalnya periksa.pada, atau tulis teks di antara tanda kutip, misalnya "SKRD".'


def _doubled(sheet: Sheet, node: Any) -> Iterator[Problem]:
    """A parameter that is given twice: only the last would count."""
    names = [one.get("id", "") for one in node.iter(f"{{{SPIFF}}}parameter")]
    for name in sorted({one for one in names if names.count(one) > 1}):
        message = Finding(
            "Parameter %(name)s pada %(node)s diisi dua kali", name=parameter_called(name), node=called_so(node)
        )
        yield problem(sheet, node, "parameter", message, "Hapus salah satunya.")


def _missing(sheet: Sheet, node: Any, called: Operator, catalogue: Catalogue) -> Iterator[Problem]:
    """Parameters that are missing or unknown; one of each is one that is misnamed."""
    service = catalogue.services.get(called.service)
    faults, hint = service.faults(called.params), "Periksa parameter layanan ini."
    strange = called.params.keys() - service.required - service.optional
    close = [one for name in strange for one in difflib.get_close_matches(name, service.takes, 1, 0.5)]
    missing = service.required - called.params.keys()
    if len(strange) == 1 and (len(missing) == 1 or close):
        faults, hint = faults[-1:], Finding("Maksudnya %(meant)s?", meant=next(iter(missing), "") or close[0])
    for fault in faults:
        told = {"service": called.service, "node": called_so(node), "fault": fault}
        yield problem(sheet, node, "parameter", Finding("Layanan %(service)s pada %(node)s: %(fault)s", **told), hint)


def _kinds(sheet: Sheet, node: Any, called: Operator, known: Set) -> Iterator[Problem]:
    """A parameter whose value can never be of the kind that the service takes."""
    takes = known.catalogue.services.get(called.service).takes
    for name, written in called.params.items():
        wanted = takes.get(name, "any")
        try:
            kind = infer(written, held_by(known)).other_than(wanted)
        except ExpressionFault:
            continue  # told where texts are checked
        if wanted != "any" and kind:
            message = Finding(
                "Parameter %(name)s pada %(node)s adalah %(kind)s, seharusnya %(wanted)s",
                name=parameter_called(name),
                node=called_so(node),
                kind=SAID[kind],
                wanted=SAID[wanted],
            )
            hint = 'Tulis teks di antara tanda kutip, misalnya "L".' if wanted == "text" else "Sebut data yang sesuai."
            yield problem(sheet, node, "wrong-type", message, hint)


_KINDS_OF = {"outcome": "state", "to": "role"}  # parameters whose words are those of another


def _words(sheet: Sheet, node: Any, called: Operator, known: Set) -> Iterator[Problem]:
    """Literal parameters that name a letter, register, state, cause, notice, term or addressee, or one of few words."""
    catalogue = known.catalogue
    sets = {
        "letter": catalogue.letters,
        "register": catalogue.registers,
        "state": catalogue.states,
        "outcome": catalogue.states,
        "cause": catalogue.causes,
        "notice": catalogue.notices,
        "term": catalogue.terms,
        "to": _addressees(catalogue),
        **catalogue.services.get(called.service).words,
    }
    for name, allowed in sets.items():
        word = literal(called.params.get(name, ""))
        if allowed is not None and word and word not in allowed:
            message = Finding(
                "Parameter %(name)s pada %(node)s menyebut %(word)s yang tidak dikenal",
                name=parameter_called(name),
                node=called_so(node),
                word=word,
            )
            kind = _KINDS_OF.get(name, name)
            some = listed(meaning(one, known.named(kind, one)) for one in sorted(allowed)[:12])
            hint = (
                Finding("Pilih salah satu: %(some)s.", some=some)
                if some
                else "Belum ada yang dapat dipilih; tambahkan dahulu."
            )
            yield problem(sheet, node, f"unknown-{name}", message, hint)


def _addressees(catalogue: Catalogue) -> frozenset[str] | None:
    """Whom a notice may go to; None where roles or notices are not checked."""
    known = catalogue.notices is not None and catalogue.roles is not None
    return (catalogue.roles or frozenset()) | {TO_APPLICANT} if known else None


def _instant(sheet: Sheet, node: Any, called: Operator) -> Iterator[Problem]:
    """A moment that is written in the diagram can be read, and says its zone."""
    written = literal(called.params.get("since", ""))
    try:
        sound = not written or datetime.fromisoformat(written).tzinfo is not None
    except ValueError:
        sound = False
    if not sound:
        message = Finding(
            "Parameter %(name)s pada %(node)s bukan saat yang dapat dibaca (%(written)s)",
            name=parameter_called("since"),
            node=called_so(node),
            written=written[:40],
        )
        hint = "Sebut data, misalnya periksa.pada, atau tulis saat lengkap dengan zona: 2026-03-02T08:00:00+07:00."
        yield problem(sheet, node, "parameter", message, hint)


def _clock(sheet: Sheet, node: Any, called: Operator, known: Set) -> Iterator[Problem]:
    """A clock that is started has a budget: L and H by the permit, every other by a term of its own or its name.

    One that is stopped or goes on has been started by some diagram.
    """
    name, term, terms = literal(called.params.get("clock", "")), called.params.get("term", ""), known.catalogue.terms
    if called.service not in ACTS or terms is None or not name:
        return
    if called.service == "clock.start":
        if not term and name not in _OWN_BUDGET and name not in terms:
            message = Finding(
                "Jam %(name)s yang dimulai di %(node)s tidak punya jangka waktu dalam katalog",
                name=clock_called(name),
                node=called_so(node),
            )
            hint = "Pakai L, H, atau nama tenggat dari katalog; atau isi Tenggat (term)."
            yield problem(sheet, node, "unknown-clock", message, hint)
    elif name not in _started(known):
        message = Finding(
            "%(node)s menyebut jam %(name)s yang tidak dimulai oleh diagram mana pun",
            node=called_so(node),
            name=clock_called(name),
        )
        started = listed(map(clock_called, sorted(_started(known))))
        hint = Finding("Yang dimulai: %(listed)s.", listed=started) if started else "Yang dimulai: belum ada."
        yield problem(sheet, node, "unknown-clock", message, hint)


@lru_cache(maxsize=2)
def _started(known: Set) -> frozenset[str]:
    files = {sheet.file for sheet in known.sheets}
    under = [sheet for sheet in known.beside.sheets if sheet.file not in files] if known.beside else []
    acts = (act_of(node) for sheet in (*known.sheets, *under) for node in sheet.of("serviceTask", "sendTask"))
    return frozenset(act.subject for act in acts if act is not None and act.kind == "clock.start")
