"""Rules about names outside the diagram: forms, roles, services, decisions, called processes, words of the law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.bpmn import expressions, mentions
from engine.bpmn.catalogue import Catalogue
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.elements import HUMAN, Operator, decision, inside, lanes, operator, properties, role_of
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Problem

_STANDARD = re.compile(r"\d{1,4}([.,]\d{1,2})? (menit|jam|hk|hari kerja)")
STATES = ("state", "stateClaimed", "stateAgain")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of(*HUMAN):
        yield from _form(sheet, node, known.catalogue)
        yield from _properties(sheet, node, known)
    yield from _roles(sheet, known.catalogue)
    for node in sheet.of("serviceTask"):
        yield from _service(sheet, node, known.catalogue)
    for node in [one for one in sheet.of("sendTask") if operator(one) is not None]:
        yield from _service(sheet, node, known.catalogue)
    for node in sheet.of("businessRuleTask"):
        if decision(node) not in known.decisions:
            message = f"{called_so(node)} menunjuk tabel keputusan yang tidak ada ({decision(node) or 'kosong'})"
            yield problem(sheet, node, "unknown-decision", message, "Sertakan berkas .dmn atau pilih tabel lain.")
    for node in sheet.of("callActivity"):
        yield from _call(sheet, node, known)


def _form(sheet: Sheet, node: Any, catalogue: Catalogue) -> Iterator[Problem]:
    key = properties(node).get("formKey", "")
    if not key:
        message = f"Tugas {called_so(node)} tidak mempunyai formulir"
        hint = "Isi formKey; tanpa itu petugas mendapat formulir umum untuk mencatat tindakan."
        yield problem(sheet, node, "no-form", message, hint, "warning")
    elif key not in catalogue.forms:
        message = f"Formulir {key} pada tugas {called_so(node)} tidak ada"
        yield problem(sheet, node, "unknown-form", message, "Pilih formulir yang tersedia atau buat dahulu.")


def _properties(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    given = properties(node)
    standard = given.get("standard", "")
    if standard and not _STANDARD.fullmatch(standard):
        message = f"Waktu standar {standard} pada {called_so(node)} tidak dapat dibaca"
        yield problem(sheet, node, "standard", message, 'Tulis misalnya "30 menit" atau "1 hk".')
    for other in filter(None, (one.strip() for one in given.get("notSameAs", "").split(","))):
        if other not in known.tasks:
            message = f"{called_so(node)} harus dikerjakan orang lain dari {other}, tetapi tugas itu tidak ada"
            yield problem(sheet, node, "unknown-task", message, "Periksa notSameAs.")
    states = known.catalogue.states
    for word in STATES if states is not None else ():
        if given.get(word, "") not in ("", *(states or ())):
            message = f"Status {given[word]} pada {called_so(node)} tidak dikenal"
            yield problem(sheet, node, "unknown-state", message, "Pilih status dari katalog.")


def _roles(sheet: Sheet, catalogue: Catalogue) -> Iterator[Problem]:
    lane_of = lanes(sheet.root)
    staffed = {key for node in sheet.of(*HUMAN) for key in _lanes_above(node, lane_of)}
    known = ", ".join(sorted(catalogue.roles)[:12])
    for lane in [one for one in inside(sheet.root, "lane") if one in staffed]:
        role = role_of(lane.get("name", ""))
        hint = f"Akhiri nama jalur dengan kode peran dalam kurung: {known}."
        if not role:
            message = f"Jalur {called_so(lane)} tidak menyebut kode peran"
            yield problem(sheet, lane, "no-role", message, f"{hint} {_NOBODY}", "warning")
        elif role not in catalogue.roles:
            message = f"Jalur {called_so(lane)} menyebut peran yang tidak dikenal ({role})"
            yield problem(sheet, lane, "unknown-role", message, hint)
        elif catalogue.held is not None and role not in catalogue.held:
            message = f"Peran {role} pada jalur {called_so(lane)} tidak dipegang siapa pun"
            hint = "Berikan peran itu kepada seorang pejabat; sampai saat itu tugas di jalur ini tidak dikerjakan."
            yield problem(sheet, lane, "nobody-holds", message, hint, "warning")
    for node in sheet.of(*HUMAN):
        if not _lanes_above(node, lane_of):
            message = f"Tugas {called_so(node)} tidak berada di jalur mana pun"
            hint = f"Letakkan tugas di jalur peran yang mengerjakannya. {_NOBODY}"
            yield problem(sheet, node, "no-role", message, hint, "warning")


_NOBODY = "Tugas tanpa peran hanya dapat dikerjakan administrator proses."


def _lanes_above(node: Any, lane_of: dict[str, Any]) -> list[Any]:
    """The lane that counts for a node: its own or that of the sub-process around it."""
    found = (lane_of.get(one.get("id", "")) for one in (node, *node.iterancestors()))
    lane = next((one for one in found if one is not None), None)
    return [] if lane is None else [lane]


def _service(sheet: Sheet, node: Any, catalogue: Catalogue) -> Iterator[Problem]:
    called = operator(node)
    if called is None or not called.service:
        message = f"Tugas layanan {called_so(node)} belum memilih layanan"
        yield problem(sheet, node, "no-service", message, "Pilih layanan dari katalog.")
    elif called.service not in catalogue.services:
        message = f"Layanan {called.service} pada {called_so(node)} tidak ada"
        yield problem(sheet, node, "unknown-service", message, "Pilih layanan dari katalog.")
    else:
        for fault in catalogue.services.get(called.service).faults(called.params):
            message = f"Layanan {called.service} pada {called_so(node)}: {fault}"
            yield problem(sheet, node, "parameter", message, "Periksa parameter layanan ini.")
        yield from _words(sheet, node, called, catalogue)
        yield from _clock(sheet, node, called, catalogue)


def _words(sheet: Sheet, node: Any, called: Operator, catalogue: Catalogue) -> Iterator[Problem]:
    """Literal parameters that name a letter, register, state, cause, notice or term."""
    sets = {
        "letter": catalogue.letters,
        "register": catalogue.registers,
        "state": catalogue.states,
        "cause": catalogue.causes,
        "notice": catalogue.notices,
        "term": catalogue.terms,
    }
    for name, allowed in sets.items():
        word = _literal(called.params.get(name, ""))
        if allowed is not None and word and word not in allowed:
            message = f"Parameter {name} pada {called_so(node)} menyebut {word} yang tidak dikenal"
            yield problem(sheet, node, f"unknown-{name}", message, "Pilih kata dari katalog.")


def _clock(sheet: Sheet, node: Any, called: Operator, catalogue: Catalogue) -> Iterator[Problem]:
    """A clock that is started has a budget: L and H by the permit, every other by a term of its own or its name."""
    name, term = _literal(called.params.get("clock", "")), called.params.get("term", "")
    if called.service != "clock.start" or catalogue.terms is None or not name or term:
        return
    if name not in ("L", "H") and name not in catalogue.terms:
        message = f"Jam {name} yang dimulai di {called_so(node)} tidak punya jangka waktu dalam katalog"
        yield problem(
            sheet, node, "unknown-clock", message, "Pakai L, H, atau nama tenggat dari katalog; atau isi term."
        )


def _literal(written: str) -> str:
    try:
        if mentions.names(written):
            return ""
        value = expressions.evaluate(written, {})
    except ExpressionFault:
        return ""
    return value if isinstance(value, str) else ""


def _call(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    target = node.get("calledElement", "")
    if target not in known.processes:
        message = f"{called_so(node)} memanggil proses yang tidak ada ({target or 'kosong'})"
        hint = "Sertakan diagram proses itu dan tandai dapat dijalankan."
        yield problem(sheet, node, "unknown-process", message, hint)
    elif target in known.called(target):
        message = f"{called_so(node)} memanggil proses {target} yang memanggil dirinya sendiri"
        yield problem(sheet, node, "circle", message, "Pakai putaran dengan gerbang eksklusif.")
