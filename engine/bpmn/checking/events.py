"""Rules about events: what may start, end, be caught and be thrown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.announced import codes, correlation
from engine.bpmn.checking.called import called_so, which
from engine.bpmn.checking.nodes import definitions
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.thrown import CODED, never_thrown, uncaught
from engine.bpmn.elements import HUMAN, UNSUPPORTED, local, operator, text
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.timers import TimerFault, check_text
from engine.errors import Finding, Problem, said_by

_CAUGHT = ("messageEventDefinition", "signalEventDefinition", "timerEventDefinition")
_TOLD = ("messageEventDefinition", "signalEventDefinition", "escalationEventDefinition")
_ALLOWED = {
    "startEvent": (),
    "endEvent": (*_TOLD, "errorEventDefinition", "terminateEventDefinition"),
    "intermediateThrowEvent": _TOLD,
    "intermediateCatchEvent": _CAUGHT,
    "boundaryEvent": (*_CAUGHT, "errorEventDefinition", "escalationEventDefinition"),
}
# Elements that are refused anyway are not refused again for what hangs on them.
_HOLDS_BOUNDARY = (*UNSUPPORTED, *HUMAN, "receiveTask", "subProcess", "callActivity")
_HOLDS_ERROR = (*_HOLDS_BOUNDARY, "serviceTask", "sendTask")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of(*_ALLOWED):
        yield from _definition(sheet, node)
    for node in sheet.of("receiveTask"):
        yield from _reference(sheet, node, node, "messageRef", Finding("pesan"))
    for node in [one for one in sheet.of("sendTask") if operator(one) is None]:
        yield from _reference(sheet, node, node, "messageRef", Finding("pesan"))
    for node in sheet.of("boundaryEvent"):
        yield from _boundary(sheet, node)
    yield from _heard_twice(sheet)
    for node in sheet.of("boundaryEvent"):
        yield from never_thrown(sheet, known, node)
    yield from uncaught(sheet, known)
    for node in sheet.of("eventBasedGateway"):
        yield from _first_of(sheet, node)


def _definition(sheet: Sheet, node: Any) -> Iterator[Problem]:
    kind, found = local(node), definitions(node)
    for one in found:
        if local(one) not in _ALLOWED[kind]:
            message = Finding(
                "Jenis peristiwa %(kind)s pada %(node)s tidak didukung", kind=local(one), node=called_so(node)
            )
            yield problem(sheet, one, "event-kind", message, _instead(kind))
        else:
            yield from _content(sheet, node, one)
    waits = kind in ("intermediateCatchEvent", "boundaryEvent")
    if len(found) > 1 or (waits and not found):
        message = Finding("Peristiwa %(node)s harus menunggu tepat satu hal", node=which(node))
        yield problem(sheet, node, "event-kind", message, "Pilih pesan, sinyal atau pewaktu.")


def _instead(kind: str) -> str:
    return {
        "startEvent": "Pakai peristiwa awal biasa; permohonan dimulai dari halaman atau layanan.",
        "endEvent": "Pakai akhir biasa, pesan, sinyal, galat, eskalasi, atau akhir yang menghentikan semuanya.",
        "intermediateThrowEvent": "Pakai pesan, sinyal atau eskalasi, atau tugas layanan untuk mengirim ke luar.",
        "boundaryEvent": "Pakai pesan, sinyal, pewaktu, galat atau eskalasi.",
    }.get(kind, "Pakai pesan, sinyal atau pewaktu.")


def _content(sheet: Sheet, node: Any, definition: Any) -> Iterator[Problem]:
    kind = local(definition)
    if kind == "messageEventDefinition":
        yield from _reference(sheet, node, definition, "messageRef", Finding("pesan"))
    elif kind == "signalEventDefinition":
        yield from _reference(sheet, node, definition, "signalRef", Finding("sinyal"))
    elif kind == "timerEventDefinition":
        yield from _timer(sheet, node, definition)
    elif kind in CODED:
        yield from _coded(sheet, node, definition)


def _coded(sheet: Sheet, node: Any, definition: Any) -> Iterator[Problem]:
    """An event without a reference stands for every error or escalation; one with a reference for one of the file's."""
    attribute, word = CODED[local(definition)]
    key = definition.get(attribute, "")
    if key and key.split(":")[-1] not in codes(sheet.root):
        message = Finding(
            "%(node)s menunjuk %(word)s yang tidak ada (%(key)s)", node=called_so(node), word=word, key=key
        )
        yield problem(sheet, node, "no-message", message, Finding("Pilih atau buat %(word)s dengan kode.", word=word))


def _reference(sheet: Sheet, node: Any, holder: Any, attribute: str, word: str) -> Iterator[Problem]:
    key = holder.get(attribute, "")
    if not key or not sheet.names.get(key.split(":")[-1], "").strip():
        message = Finding(
            "%(node)s menunjuk %(word)s yang tidak ada atau tanpa nama (%(key)s)",
            node=called_so(node),
            word=word,
            key=key or Finding("kosong"),
        )
        yield problem(sheet, node, "no-message", message, Finding("Pilih atau buat %(word)s dengan nama.", word=word))


def _timer(sheet: Sheet, node: Any, definition: Any) -> Iterator[Problem]:
    given = [one for one in definition if local(one) in ("timeDate", "timeDuration", "timeCycle")]
    if len(given) != 1 or local(given[0]) == "timeCycle":
        message = Finding("Pewaktu %(node)s harus berupa satu tanggal atau satu lama waktu", node=which(node))
        yield problem(sheet, node, "timer", message, _TIMER_HINT)
        return
    try:
        check_text(text(given[0]), local(given[0]) == "timeDuration")
    except (TimerFault, ExpressionFault) as error:
        yield problem(
            sheet,
            node,
            "timer",
            Finding("Pewaktu %(node)s: %(error)s", node=which(node), error=said_by(error)),
            _TIMER_HINT,
        )


_TIMER_HINT = (
    "Tulis misalnya 10 hari, 4 jam, atau 31/12/2026 16.00 (P10D, PT4H, 2026-12-31T16:00:00+07:00). "
    "Jangka waktu hukum memakai jam (clock)."
)


def _boundary(sheet: Sheet, node: Any) -> Iterator[Problem]:
    holder = sheet.by_id.get(node.get("attachedToRef", ""))
    failing = any(local(one) == "errorEventDefinition" for one in node)
    allowed = _HOLDS_ERROR if failing else _HOLDS_BOUNDARY
    if holder is None or holder.getparent() is not node.getparent() or local(holder) not in allowed:
        message = Finding(
            "Peristiwa batas %(node)s tidak menempel pada tugas atau sub-proses yang menunggu", node=which(node)
        )
        hint = "Tempelkan pada tugas pengguna, tugas terima, sub-proses atau aktivitas panggil."
        yield problem(sheet, node, "boundary", message, hint)
    if failing and node.get("cancelActivity") == "false":
        message = Finding("Peristiwa galat %(node)s selalu memutus", node=which(node))
        yield problem(
            sheet,
            node,
            "boundary",
            message,
            "Matikan Tidak menghentikan (cancelActivity) di Ganti jenis, atau pakai eskalasi.",
        )


def _heard_twice(sheet: Sheet) -> Iterator[Problem]:
    """Two events on one activity that hear the same interrupt it both, and what follows them would run twice."""
    for events in sheet.boundaries.values():
        heard: set[tuple[str, str]] = set()
        for event in [one for one in events if one.get("cancelActivity") != "false"]:
            for kind, name in _heard(sheet, event):
                if (kind, name) in heard:
                    message = Finding(
                        "Dua peristiwa batas pada satu tugas menunggu hal yang sama (%(name)s)", name=name
                    )
                    yield problem(sheet, event, "boundary", message, "Hapus salah satunya, atau beri nama lain.")
                heard.add((kind, name))


def _heard(sheet: Sheet, event: Any) -> Iterator[tuple[str, str]]:
    """Kind and name of the message, signal, error or escalation that a boundary event hears; marked ones apart."""
    if correlation(event)[1]:
        return
    waiting = [event] if local(event) == "receiveTask" else definitions(event)
    for one in waiting:
        for attribute in ("messageRef", "signalRef"):
            key = one.get(attribute, "").split(":")[-1]
            if key and (name := sheet.names.get(key, "")):
                yield attribute, name
        if local(one) in CODED and (code := codes(sheet.root).get(one.get(CODED[local(one)][0], ""), "")):
            yield local(one), code


def _first_of(sheet: Sheet, node: Any) -> Iterator[Problem]:
    targets = [sheet.by_id[key] for key in sheet.targets(node.get("id", ""))]
    if len(targets) < 2:
        message = Finding("Gerbang peristiwa %(node)s memerlukan sedikitnya dua peristiwa", node=which(node))
        yield problem(sheet, node, "event-gateway", message, "Tarik alur ke peristiwa yang ditunggu.")
    yield from _same(sheet, node, targets)
    for target in targets:
        if not _waits_plainly(sheet, target):
            message = Finding(
                "%(target)s tidak boleh mengikuti gerbang peristiwa %(node)s",
                target=called_so(target),
                node=which(node),
            )
            hint = (
                "Sesudah gerbang ini hanya peristiwa tangkap atau tugas terima, masing-masing dengan satu alur masuk, "
                "tanpa peristiwa batas dan tanpa pengulangan."
            )
            yield problem(sheet, target, "event-gateway", message, hint)


def _same(sheet: Sheet, gateway: Any, targets: list[Any]) -> Iterator[Problem]:
    """Two events of one gateway that hear the same: only the first of them is ever taken."""
    heard: set[tuple[str, str]] = set()
    for target in targets:
        for kind, name in _heard(sheet, target):
            if (kind, name) in heard:
                message = Finding(
                    "%(target)s menunggu %(name)s, seperti peristiwa lain gerbang %(gateway)s",
                    target=called_so(target),
                    name=name,
                    gateway=which(gateway),
                )
                yield problem(sheet, target, "event-gateway", message, "Hapus salah satunya, atau tunggu hal lain.")
            heard.add((kind, name))


def _waits_plainly(sheet: Sheet, node: Any) -> bool:
    """Whether a node only waits, so that the gateway before it can decide by what happens first (BPMN 2.0, 10.6.6)."""
    key = node.get("id", "")
    repeated = any(local(one).endswith("LoopCharacteristics") for one in node)
    alone = len(sheet.incoming.get(key, [])) == 1 and key not in sheet.boundaries and not repeated
    return alone and local(node) in ("intermediateCatchEvent", "receiveTask")
