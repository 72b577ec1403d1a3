"""Rules about repetition: over a list, a counted number of times, or while a condition holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.elements import ACTIVITIES, Repetition, children, repetition, text
from engine.bpmn.expressions import ExpressionFault, evaluate
from engine.bpmn.loops import MAX_ROUNDS
from engine.errors import Problem

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
        message = f"Putaran {called_so(node)} tidak mempunyai syarat atau jumlah paling banyak"
        yield problem(sheet, node, "loop", message, "Isi loopCondition (berputar selama benar) atau loopMaximum.")
    if most and not (most.isascii() and most.isdigit() and 0 < int(most[:6]) <= 1000):
        message = f"Jumlah putaran {called_so(node)} bukan bilangan 1 sampai 1000"
        yield problem(sheet, node, "loop", message, "Isi loopMaximum dengan bilangan bulat.")
    if repetition(node) is not None:
        message = f"{called_so(node)} berulang dengan dua cara"
        yield problem(sheet, node, "loop", message, "Pilih putaran atau pengulangan tiap anggota daftar.")


def _multi(sheet: Sheet, node: Any, found: Repetition) -> Iterator[Problem]:
    if bool(found.items) == bool(found.count):
        message = f"Pengulangan {called_so(node)} harus menyebut satu daftar atau satu jumlah"
        yield problem(sheet, node, "multi-instance", message, "Isi loopDataInputRef, atau loopCardinality.")
    elif found.items and not _PATH.fullmatch(found.items):
        message = f"Daftar masukan {found.items[:40]} pada {called_so(node)} tidak dapat dibaca"
        yield problem(sheet, node, "multi-instance", message, "Tulis nama data, misalnya tentukan.instansi.")
    elif found.count and _is_no_count(found.count):
        message = f"Jumlah ulangan {called_so(node)} ({found.count[:40]}) bukan bilangan 0 sampai {MAX_ROUNDS}"
        yield problem(sheet, node, "multi-instance", message, "Isi loopCardinality dengan bilangan bulat.")
    if len({found.item, found.output, found.result}) < 3:
        message = f"Pengulangan {called_so(node)} memakai satu nama untuk dua hal"
        yield problem(sheet, node, "multi-instance", message, "Beri anggota, daftar hasil dan hasil nama berbeda.")
    if not found.complete:
        message = f"Isian di dalam pengulangan {called_so(node)} tidak dikumpulkan"
        hint = "Sebut tugas yang hasilnya dikumpulkan di outputDataItem."
        yield problem(sheet, node, "not-collected", message, hint, "warning")


def _is_no_count(written: str) -> bool:
    """Whether a number of rounds is written in the diagram and is none that can be carried out."""
    try:
        found = None if mentions.names(written) else evaluate(written, {})
    except ExpressionFault:
        return False  # told where texts are checked
    return found is not None and (type(found) is not int or not 0 <= found <= MAX_ROUNDS)
