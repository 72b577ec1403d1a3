"""Rules about repetition: over a list, a counted number of times, or while a condition holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import ACTIVITIES, Repetition, children, repetition, text
from engine.bpmn.expressions import ExpressionFault, evaluate
from engine.bpmn.loops import MAX_ROUNDS
from engine.errors import Finding, Problem

_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of(*ACTIVITIES):
        for loop in children(node, "standardLoopCharacteristics"):
            yield from _loop(sheet, node, loop)
        found = repetition(node)
        if found is not None:
            yield from _multi(sheet, node, found)


def _loop(sheet: Sheet, node: Any, loop: Any) -> Iterator[Problem]:
    until = "".join(text(one) for one in children(loop, "loopCondition"))
    most = loop.get("loopMaximum", "")
    if not until and not most:
        message = Finding("Putaran %(node)s tidak mempunyai syarat atau jumlah paling banyak", node=called_so(node))
        yield problem(
            sheet,
            node,
            "loop",
            message,
            "Di bawah Diulang, isi selama (loopCondition) atau paling banyak (loopMaximum).",
        )
    if most and not (most.isascii() and most.isdigit() and 0 < int(most[:6]) <= 1000):
        message = Finding("Jumlah putaran %(node)s bukan bilangan 1 sampai 1000", node=called_so(node))
        yield problem(
            sheet, node, "loop", message, "Di bawah Diulang, isi paling banyak (loopMaximum) dengan bilangan bulat."
        )
    if repetition(node) is not None:
        message = Finding("%(node)s berulang dengan dua cara", node=called_so(node))
        yield problem(sheet, node, "loop", message, "Pilih putaran atau pengulangan tiap anggota daftar.")


def _multi(sheet: Sheet, node: Any, found: Repetition) -> Iterator[Problem]:
    if bool(found.items) == bool(found.count):
        message = Finding("Pengulangan %(node)s harus menyebut satu daftar atau satu jumlah", node=called_so(node))
        yield problem(
            sheet,
            node,
            "multi-instance",
            message,
            "Isi Daftar (loopDataInputRef) atau Banyak putaran (loopCardinality), tidak keduanya.",
        )
    elif found.items and not _PATH.fullmatch(found.items):
        message = Finding(
            "Daftar masukan %(items)s pada %(node)s tidak dapat dibaca", items=found.items[:40], node=called_so(node)
        )
        yield problem(sheet, node, "multi-instance", message, "Tulis nama data, misalnya tentukan.instansi.")
    elif found.count and _is_no_count(found.count):
        message = Finding(
            "Jumlah ulangan %(node)s (%(count)s) bukan bilangan 0 sampai %(most)s",
            node=called_so(node),
            count=found.count[:40],
            most=MAX_ROUNDS,
        )
        yield problem(
            sheet, node, "multi-instance", message, "Isi Banyak putaran (loopCardinality) dengan bilangan bulat."
        )
    if len({found.item, found.output, found.result}) < 3:
        message = Finding("Pengulangan %(node)s memakai satu nama untuk dua hal", node=called_so(node))
        yield problem(
            sheet,
            node,
            "multi-instance",
            message,
            "Beri Nama satu anggota, Nama kumpulan hasil, dan Hasil tiap anggota nama yang berbeda.",
        )
    if not found.complete:
        message = Finding("Isian di dalam pengulangan %(node)s tidak dikumpulkan", node=called_so(node))
        hint = "Pada Hasil tiap anggota (outputDataItem), sebut tugas yang hasilnya dikumpulkan."
        yield problem(sheet, node, "not-collected", message, hint, "warning")


def _is_no_count(written: str) -> bool:
    """Whether a number of rounds is written in the diagram and is none that can be carried out."""
    try:
        found = None if mentions.names(written) else evaluate(written, {})
    except ExpressionFault:
        return False  # told where texts are checked
    return found is not None and (type(found) is not int or not 0 <= found <= MAX_ROUNDS)
