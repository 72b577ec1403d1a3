"""Rules about ids: everything that data are kept under has one of its own, and a task stands in one lane."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine import naming
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import inside, local, text
from engine.bpmn.expressions import FUNCTIONS, WORDS
from engine.errors import Finding, Problem

# Names that SpiffWorkflow gives to tasks of its own.
_RESERVED = ("Start", "End", "Root", "StartEventSplit", "StartEventJoin")
_ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    seen: set[str] = set()
    for node in (*sheet.processes, *sheet.nodes, *sheet.flows):
        key = node.get("id", "")
        if not key or node in sheet.unnamed:
            hint = Finding('Beri id yang unik; alurnya menyebut "%(key)s".', key=key) if key else "Beri id yang unik."
            yield problem(sheet, node, "no-id", Finding("Elemen %(kind)s tidak mempunyai id", kind=local(node)), hint)
        elif key in seen:
            yield problem(
                sheet,
                node,
                "duplicate-id",
                Finding("Id %(key)s dipakai dua kali", key=key),
                "Beri salah satunya id lain.",
            )
        elif key in (*_RESERVED, *FUNCTIONS, *WORDS) or key.endswith(_ENDINGS) or " " in key:
            yield problem(
                sheet, node, "reserved-id", Finding("Id %(key)s dipakai mesin proses", key=key), "Beri id lain."
            )
        elif naming.fault(key) and local(node) != "sequenceFlow":  # what a way is called, no data are kept under
            message = Finding("Id %(key)s %(fault)s", key=key[: naming.LONGEST], fault=naming.fault(key))
            yield problem(sheet, node, "odd-id", message, "Beri id lain yang pendek, misalnya periksa_berkas.")
        seen.add(key)
    for node in (one for tag in _NAMED for one in inside(sheet.root, tag)):
        key = node.get("id", "")
        if not key and local(node) != "lane":
            yield problem(
                sheet,
                node,
                "no-id",
                Finding("Elemen %(kind)s tidak mempunyai id", kind=local(node)),
                "Beri id yang unik.",
            )
        elif key and key in seen:
            yield problem(
                sheet,
                node,
                "duplicate-id",
                Finding("Id %(key)s dipakai dua kali", key=key),
                "Beri salah satunya id lain.",
            )
        seen.add(key)
    yield from _lanes(sheet)
    yield from _shared_ids(sheet, known)


_NAMED = ("message", "signal", "error", "escalation", "lane")


def _lanes(sheet: Sheet) -> Iterator[Problem]:
    """A task stands in one lane, or in lanes that lie within one another: its role is that of the innermost."""
    first: dict[str, Any] = {}
    for reference in inside(sheet.root, "flowNodeRef"):
        key, lane = text(reference), reference.getparent()
        other = first.setdefault(key, lane)
        node = sheet.by_id.get(key)
        if node is None or other is lane or other in lane.iterancestors() or lane in other.iterancestors():
            continue
        message = Finding(
            "%(node)s berada di dua jalur: %(other)s dan %(lane)s",
            node=called_so(node),
            other=called_so(other),
            lane=called_so(lane),
        )
        yield problem(sheet, node, "two-lanes", message, "Hapus dari salah satu jalur; perannya hanya satu.")


def _shared_ids(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """A called process in another file must not use its caller's ids: they are keys of the same data."""
    for process in [one.get("id", "") for one in sheet.processes]:
        first = known.processes.get(process)
        if first is not None and first is not sheet:
            yield problem(
                sheet,
                sheet.root,
                "duplicate-process",
                Finding("Proses %(process)s sudah ada di %(file)s", process=process, file=first.file),
            )
        others = {known.processes[one].file: known.processes[one] for one in known.called(process)}
        for other in (one for one in others.values() if one is not sheet):
            for key in [one for one in other.by_id if one in sheet.by_id]:
                message = Finding(
                    "Id %(key)s dipakai juga dalam proses yang memanggil (%(file)s)", key=key, file=sheet.file
                )
                yield problem(other, other.by_id[key], "duplicate-id", message, "Beri salah satunya id lain.")
