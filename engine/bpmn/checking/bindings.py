"""Rules about names outside the diagram: forms, roles, states, decisions, called processes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from engine.bpmn.catalogue import Catalogue
from engine.bpmn.checking.called import called_so, which
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import (
    ACTIVITIES,
    EVENTS,
    HUMAN,
    PROPERTIES,
    PROPERTIES_OF_TASKS,
    decision,
    inside,
    lanes,
    local,
    properties,
    role_of,
    text,
)
from engine.errors import Finding, Problem, joined

_STANDARD = re.compile(r"(?!0+([.,]0+)? )\d{1,4}([.,]\d{1,2})? (menit|jam|hk|hari kerja)")
STATES = ("state", "stateClaimed", "stateAgain")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in [one for one in sheet.of(*HUMAN) if one.get("id")]:  # of the others it is told that they have none
        yield from _form(sheet, node, known.catalogue)
        yield from _properties(sheet, node, known)
    yield from _roles(sheet, known)
    yield from _referred(sheet)
    for node in sheet.of(*ACTIVITIES, *EVENTS):
        yield from _unread(sheet, node)
    for node in sheet.of("businessRuleTask"):
        if decision(node) not in known.decisions and not in_error(known, f' id="{decision(node)}"'):
            message = Finding(
                "%(node)s menunjuk tabel keputusan yang tidak ada (%(table)s)",
                node=called_so(node),
                table=decision(node) or Finding("kosong"),
            )
            yield problem(sheet, node, "unknown-decision", message, "Sertakan berkas .dmn atau pilih tabel lain.")
    for node in sheet.of("callActivity"):
        yield from _call(sheet, node, known)


def in_error(known: Set, said: str) -> bool:
    """Whether a file with an error, which is told there, says this: what it holds is not known to be missing."""
    return any(said.encode() in text for text in known.faulty.values())


def _form(sheet: Sheet, node: Any, catalogue: Catalogue) -> Iterator[Problem]:
    key = properties(node).get("formKey", "")
    if not key:
        message = Finding("Tugas %(node)s tidak mempunyai formulir", node=which(node))
        hint = "Pilih formulir; tanpa itu petugas mendapat formulir umum untuk mencatat tindakan."
        yield problem(sheet, node, "no-form", message, hint, "warning")
    elif key not in catalogue.forms and key not in catalogue.unread:
        message = Finding("Formulir %(key)s pada tugas %(node)s tidak ada", key=key, node=which(node))
        yield problem(sheet, node, "unknown-form", message, "Pilih formulir yang tersedia atau buat dahulu.")


def _properties(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    given = properties(node)
    for standard in (given.get("standard", ""), given.get("standardOnline", "")):
        if standard and not _STANDARD.fullmatch(standard):
            message = Finding(
                "Waktu standar %(standard)s pada %(node)s tidak dapat dibaca atau nol",
                standard=standard,
                node=called_so(node),
            )
            yield problem(
                sheet, node, "standard", message, 'Tulis misalnya "30 menit", "2 jam", atau "1 hk" (hari kerja).'
            )
    states = known.catalogue.states
    for word in STATES if states is not None else ():
        if given.get(word, "") not in ("", *(states or ())):
            message = Finding("Status %(state)s pada %(node)s tidak dikenal", state=given[word], node=called_so(node))
            yield problem(sheet, node, "unknown-state", message, "Pilih status dari katalog.")


def _roles(sheet: Sheet, known: Set) -> Iterator[Problem]:
    catalogue = known.catalogue
    lane_of = lanes(sheet.root)
    staffed = {key for node in sheet.of(*HUMAN) for key in _lanes_above(node, lane_of)}
    filled = {lane_of[key] for key in lane_of.keys() & sheet.by_id.keys()}
    hint: str = _hint(catalogue.roles)
    for lane in inside(sheet.root, "lane"):
        role = role_of(lane.get("name", ""))
        known_here = catalogue.roles is None or role in catalogue.roles  # what keeps them from being read is told there
        if lane not in staffed:  # nobody works in it: whoever is meant has nothing to do
            if role and not known_here and lane in filled:
                message = Finding(
                    "Jalur %(lane)s menyebut peran yang tidak dikenal (%(role)s)", lane=which(lane), role=role
                )
                yield problem(sheet, lane, "unknown-role", message, hint, "warning")
        elif not role:
            message = Finding("Jalur %(lane)s tidak menyebut kode peran", lane=which(lane))
            yield problem(sheet, lane, "no-role", message, joined((hint, Finding(_NOBODY))), "warning")
        elif not known_here:
            message = Finding(
                "Jalur %(lane)s menyebut peran yang tidak dikenal (%(role)s)", lane=which(lane), role=role
            )
            yield problem(sheet, lane, "unknown-role", message, hint)
        elif catalogue.roles is not None and catalogue.held is not None and role not in catalogue.held:
            message = Finding(
                "Peran %(role)s pada jalur %(lane)s tidak dipegang siapa pun",
                role=known.named("role", role),
                lane=which(lane),
            )
            hint = "Berikan peran itu kepada seorang pejabat; sampai saat itu tugas di jalur ini tidak dikerjakan."
            yield problem(sheet, lane, "nobody-holds", message, hint, "warning")
    loose = [node for node in sheet.of(*HUMAN) if node.get("id") and not _lanes_above(node, lane_of)]
    meant = {one for word in lost(sheet) for one in _close(word, [node.get("id", "") for node in loose])}
    for node in loose:
        if node.get("id", "") not in meant:  # told at the lane that misnames it
            message = Finding("Tugas %(node)s tidak berada di jalur mana pun", node=which(node))
            hint = Finding("Letakkan tugas di jalur peran yang mengerjakannya. %(nobody)s", nobody=Finding(_NOBODY))
            yield problem(sheet, node, "no-role", message, hint, "warning")


def _hint(roles: frozenset[str] | None) -> Finding:
    if not roles:
        return Finding("Akhiri nama jalur dengan kode peran dalam kurung.")
    some = ", ".join(sorted(roles)[:12])
    return Finding("Akhiri nama jalur dengan kode peran dalam kurung: %(known)s.", known=some)


def lost(sheet: Sheet) -> dict[str, Any]:
    """What lanes name and the file does not hold -> the lane."""
    drawn = {one.get("id", "") for one in sheet.root.iter() if isinstance(one.tag, str)}
    named = {text(one): one.getparent() for one in inside(sheet.root, "flowNodeRef")}
    return {key: lane for key, lane in named.items() if key not in drawn}


def _close(word: str, ids: list[str]) -> list[str]:
    return difflib.get_close_matches(word, ids, 1, 0.5)


def _referred(sheet: Sheet) -> Iterator[Problem]:
    """A lane that names what the file does not hold."""
    for word, lane in lost(sheet).items():
        message = Finding(
            "Jalur %(lane)s menyebut elemen yang tidak ada (%(word)s)",
            lane=which(lane),
            word=word or Finding("kosong"),
        )
        hint = "Hapus sebutan itu, atau letakkan elemen yang dimaksud di jalur ini."
        yield problem(sheet, lane, "unknown-element", message, hint, "warning")


def _unread(sheet: Sheet, node: Any) -> Iterator[Problem]:
    """A property that nothing reads, most often one whose name is misspelt."""
    of_tasks = () if local(node) in HUMAN else PROPERTIES_OF_TASKS
    for name in properties(node):
        if name in of_tasks:
            message = Finding(
                "Sifat %(name)s pada %(node)s tidak berpengaruh: hanya tugas orang yang memakainya",
                name=name,
                node=called_so(node),
            )
            yield problem(sheet, node, "unknown-property", message, "Hapus sifat itu.", "warning")
        elif name not in PROPERTIES:
            close = difflib.get_close_matches(name.lower(), [one.lower() for one in PROPERTIES], 1, 0.75)
            meant = next((one for one in PROPERTIES if close and one.lower() == close[0]), "")
            message = Finding(
                "Sifat %(name)s pada %(node)s tidak dikenal dan tidak berpengaruh",
                name=name or Finding("tanpa nama"),
                node=called_so(node),
            )
            hint = (
                Finding("Maksudnya %(meant)s?", meant=meant)
                if meant
                else Finding("Yang dibaca: %(listed)s.", listed=", ".join(PROPERTIES))
            )
            yield problem(sheet, node, "unknown-property", message, hint, "warning")


_NOBODY = "Tugas tanpa peran hanya dapat dikerjakan administrator proses."


def _lanes_above(node: Any, lane_of: dict[str, Any]) -> list[Any]:
    """The lane that counts for a node: its own or that of the sub-process around it."""
    found = (lane_of.get(one.get("id", "")) for one in (node, *node.iterancestors()))
    lane = next((one for one in found if one is not None), None)
    return [] if lane is None else [lane]


def _call(sheet: Sheet, node: Any, known: Set) -> Iterator[Problem]:
    target = node.get("calledElement", "")
    if target not in known.processes and in_error(known, f' id="{target}"'):
        return
    if target not in known.processes:
        message = Finding(
            "%(node)s memanggil proses yang tidak ada (%(target)s)",
            node=called_so(node),
            target=target or Finding("kosong"),
        )
        hint = "Sertakan diagram proses itu dan tandai dapat dijalankan."
        yield problem(sheet, node, "unknown-process", message, hint)
    elif target in known.called(target):
        message = Finding(
            "%(node)s memanggil proses %(target)s yang memanggil dirinya sendiri",
            node=called_so(node),
            target=which(known.process_node(target)),
        )
        yield problem(sheet, node, "circle", message, "Pakai putaran dengan gerbang eksklusif.")
