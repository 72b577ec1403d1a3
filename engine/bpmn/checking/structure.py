"""Rules about the drawing: known elements, unique ids, flows that lead somewhere, a way in and a way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.bpmn.checking import identities, ways
from engine.bpmn.checking.called import called_so, which
from engine.bpmn.checking.nodes import backward, by_event
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import BPMN, UNSUPPORTED, children, local, text
from engine.errors import Finding, Problem

MAX_NODES = 300
MAX_SET_NODES = 3000

_INSTEAD = {
    "scriptTask": "Pakai tugas layanan; skrip tidak pernah dijalankan.",
    "complexGateway": "Pakai gerbang eksklusif, inklusif atau paralel.",
    "transaction": "Pakai sub-proses biasa dengan peristiwa batas.",
    "adHocSubProcess": "Gambarkan urutan tugasnya sebagai sub-proses biasa.",
}


def check_outer(sheet: Sheet) -> Iterator[Problem]:
    """Faults that make the other rules pointless: another format, or far too large."""
    if etree.QName(sheet.root).namespace != BPMN or local(sheet.root) != "definitions":
        yield problem(sheet, sheet.root, "not-bpmn", "Berkas ini bukan diagram BPMN 2.0", "Pilih berkas .bpmn.")
    elif not sheet.processes:
        yield problem(sheet, sheet.root, "no-process", "Diagram tidak memuat proses", "Gambarkan satu proses.")
    elif len(sheet.nodes) > MAX_SET_NODES or len(sheet.flows) > 2 * MAX_SET_NODES:
        yield problem(sheet, sheet.root, "too-large", "Diagram memuat terlalu banyak elemen", _SPLIT)


_SPLIT = "Pecah menjadi beberapa proses yang saling memanggil."


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    yield from identities.check(sheet, known)
    yield from _kinds(sheet)
    yield from _flows(sheet)
    for holder in sheet.holders:
        yield from _holder(sheet, holder)


def _kinds(sheet: Sheet) -> Iterator[Problem]:
    for node in sheet.nodes:
        kind = local(node)
        if kind in UNSUPPORTED:
            hint = _INSTEAD.get(kind, "Pakai elemen yang didukung.")
            yield problem(
                sheet,
                node,
                "unsupported",
                Finding("Elemen %(kind)s (%(node)s) tidak didukung", kind=kind, node=which(node)),
                hint,
            )
        elif kind == "task":
            message = Finding("Jenis tugas %(node)s belum ditentukan", node=which(node))
            hint = "Tentukan jenisnya; tanpa itu ia dikerjakan seperti tugas manual."
            yield problem(sheet, node, "untyped-task", message, hint, "warning")
        elif by_event(node):
            message = Finding("Sub-proses peristiwa %(node)s tidak didukung", node=which(node))
            hint = "Pakai peristiwa batas pada sub-proses yang membungkus badan proses."
            yield problem(sheet, node, "event-subprocess", message, hint)
        yield from _scripts(sheet, node)


def _scripts(sheet: Sheet, node: Any) -> Iterator[Problem]:
    for block in children(node, "extensionElements"):
        for one in block:
            if local(one) in ("preScript", "postScript") and text(one):
                message = Finding("Skrip pada %(node)s tidak dijalankan", node=called_so(node))
                yield problem(sheet, node, "script", message, _INSTEAD["scriptTask"])


def _flows(sheet: Sheet) -> Iterator[Problem]:
    for flow in sheet.flows:
        for end, pattern in (("sourceRef", _FROM), ("targetRef", _TO)):
            key = flow.get(end, "")
            if key not in sheet.by_id:
                message = Finding(pattern, flow=which(flow), key=key or Finding("kosong"))
                yield problem(sheet, flow, "dangling-flow", message, "Sambungkan ulang alur ini.")
        yield from _crossing(sheet, flow)


_FROM = "Alur %(flow)s berasal dari elemen yang tidak ada (%(key)s)"
_TO = "Alur %(flow)s menuju elemen yang tidak ada (%(key)s)"


def _crossing(sheet: Sheet, flow: Any) -> Iterator[Problem]:
    source, target = sheet.by_id.get(flow.get("sourceRef", "")), sheet.by_id.get(flow.get("targetRef", ""))
    if source is None or target is None:
        return
    if backward(source, target):
        message = Finding("Alur %(flow)s keluar dari akhir atau masuk ke awal", flow=which(flow))
        yield problem(sheet, flow, "wrong-flow", message, "Hapus alur ini atau balik arahnya.")
    elif not sheet.sound(flow) and not _at_home(sheet, flow):
        message = Finding("Alur %(flow)s menembus batas proses atau sub-proses", flow=which(flow))
        yield problem(sheet, flow, "crossing-flow", message, "Alur hanya menghubungkan elemen di tempat yang sama.")


def _at_home(sheet: Sheet, flow: Any) -> bool:
    """Whether elements of these ids stand beside a flow, though others of the same ids elsewhere come first."""
    if len(sheet.by_id) == len(sheet.nodes):
        return False
    beside = {one.get("id", "") for one in sheet.inside(flow.getparent())}
    return {flow.get("sourceRef", ""), flow.get("targetRef", "")} <= beside


def _holder(sheet: Sheet, holder: Any) -> Iterator[Problem]:
    nodes = sheet.inside(holder)
    if not nodes:
        if holder.get("isExecutable") != "false":
            yield problem(
                sheet,
                holder,
                "empty",
                Finding("%(holder)s tidak memuat elemen", holder=called_so(holder)),
                "Isi atau hapus.",
            )
        return
    if len(nodes) > MAX_NODES:
        yield problem(
            sheet,
            holder,
            "too-large",
            Finding("Lebih dari %(most)s elemen dalam satu proses", most=MAX_NODES),
            _SPLIT,
        )
    starts = [node for node in nodes if local(node) == "startEvent"]
    if len(starts) != 1:
        where = holder if not starts else starts[1]
        message = Finding(
            "%(holder)s harus mempunyai tepat satu peristiwa awal, ada %(count)s",
            holder=called_so(holder),
            count=len(starts),
        )
        yield problem(sheet, where, "start", message, "Gambarkan satu peristiwa awal.")
    if not any(local(node) == "endEvent" for node in nodes):
        yield problem(
            sheet,
            holder,
            "no-end",
            Finding("%(holder)s tidak mempunyai akhir", holder=called_so(holder)),
            "Gambarkan satu.",
        )
    if len(starts) == 1:
        yield from _reach(sheet, holder, nodes, starts[0].get("id", ""))


def _reach(sheet: Sheet, holder: Any, nodes: list[Any], start: str) -> Iterator[Problem]:
    """Nodes nobody reaches, told once per stretch at its beginning; loops nobody leaves likewise.

    Where a flow leads nowhere, what it was meant to lead to is not told as well.
    """
    meant = _meant(sheet, holder, nodes)
    adrift = [one.get("id", "") for one in nodes if local(one) == "boundaryEvent" and not _attached(sheet, one)]
    reached = sheet.reached([start, *meant.values(), *adrift])
    reached |= sheet.reached(_behind(sheet, nodes, reached).values())
    drawn = [one for one in _known(sheet, nodes) if local(one) != "boundaryEvent" and not by_event(one)]
    heads = [one for one in drawn if not sheet.incoming.get(one.get("id", ""))]
    for node in (*heads, *drawn):
        if node.get("id", "") not in reached:
            reached |= sheet.reached([node.get("id", "")])
            yield problem(
                sheet, node, "unreachable", Finding("%(node)s tidak dicapai dari awal", node=called_so(node)), _DRAW_IN
            )
    yield from _trapped(sheet, nodes, set(meant))


def _known(sheet: Sheet, nodes: list[Any]) -> list[Any]:
    """The nodes that flows can name: of those without id, or with one that comes before, only that is told."""
    first = {*sheet.by_id.values()}
    return [node for node in nodes if node in first]


def _attached(sheet: Sheet, event: Any) -> bool:
    holder = sheet.by_id.get(event.get("attachedToRef", ""))
    return holder is not None and holder.getparent() is event.getparent()


def _behind(sheet: Sheet, nodes: list[Any], reached: set[str]) -> dict[str, str]:
    """Reached elements without a way out -> the stretch that was most likely drawn behind each, told with them.

    As many of the one as of the other: else some of them are faults of their own.
    """
    stubs = [key for key in ways.stubs(sheet, nodes) if key in reached]
    begins = ("startEvent", "boundaryEvent")
    drawn = (one for one in nodes if local(one) not in begins and not by_event(one))
    heads = [key for one in drawn if (key := one.get("id", "")) and key not in reached and key not in sheet.incoming]
    alone = [key for key in heads if key not in sheet.outgoing and local(sheet.by_id[key]) != "endEvent"]
    return dict(zip(stubs, heads, strict=True)) if len(stubs) == len(heads) and not alone else {}


_DRAW_IN = "Tarik alur masuk atau hapus elemen ini."


def _meant(sheet: Sheet, holder: Any, nodes: list[Any]) -> dict[str, str]:
    """Sources of flows that lead nowhere or across -> the node without an incoming flow that was most likely meant.

    A further flow of a node that goes on anyway was meant for a node only if their names are close.
    """
    begins = ("startEvent", "boundaryEvent")
    keys = (one.get("id", "") for one in nodes if local(one) not in begins)
    heads = [key for key in keys if key and key not in sheet.incoming]
    found: dict[str, str] = {}
    for flow in [one for one in sheet.flows if one.getparent() is holder and not sheet.sound(one)]:
        cutoff = 0.6 if sheet.targets(flow.get("sourceRef", "")) else 0.0
        near = difflib.get_close_matches(flow.get("targetRef", ""), heads, 1, cutoff) if heads else []
        found[flow.get("sourceRef", "")] = near[0] if near else ""
        heads = [one for one in heads if one not in near]
    return found


def _trapped(sheet: Sheet, nodes: list[Any], loose: set[str]) -> Iterator[Problem]:
    """`loose`: where a flow leaves that leads nowhere; whether a way out lies behind it nobody knows."""
    back: dict[str, list[str]] = {}
    for node in nodes:
        for target in sheet.following(node.get("id", "")):
            back.setdefault(target, []).append(node.get("id", ""))
    seen: set[str] = set()
    keys = [node.get("id", "") for node in nodes]
    pending = [one for one in keys if not sheet.targets(one) or one in loose or sheet.fails(one)]
    while pending:
        key = pending.pop()
        if key not in seen:
            seen.add(key)
            pending.extend(back.get(key, ()))
    if not any(local(node) == "endEvent" for node in nodes):
        return
    trapped = {node.get("id") for node in nodes if node.get("id") and not by_event(node)} - seen
    for first in _groups(sheet, trapped):
        message = Finding("Dari %(first)s tidak ada jalan menuju akhir", first=called_so(first))
        yield problem(sheet, first, "no-exit", message, "Tambahkan jalan keluar dari putaran ini.")


def _groups(sheet: Sheet, keys: set[str]) -> list[Any]:
    """The first node, in document order, of each stretch of nodes that hang together among these."""
    near: dict[str, set[str]] = {key: set() for key in keys}
    for key in keys:
        for one in sheet.following(key):
            if one in keys:
                near[key].add(one)
                near[one].add(key)
    found, seen = [], set[str]()
    for node in [one for one in sheet.nodes if one.get("id", "") in keys]:
        if node.get("id", "") not in seen:
            found.append(node)
            pending = [node.get("id", "")]
            while pending:
                key = pending.pop()
                if key not in seen:
                    seen.add(key)
                    pending.extend(near[key])
    return found
