"""Rules about repetition: multi-instances over a list, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.elements import ACTIVITIES, children, text
from engine.errors import Problem

_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of(*ACTIVITIES):
        if children(node, "standardLoopCharacteristics"):
            message = f"Tanda ulang pada {called_so(node)} tidak didukung"
            yield problem(sheet, node, "loop", message, "Gambarkan putaran dengan gerbang eksklusif.")
        for loop in children(node, "multiInstanceLoopCharacteristics"):
            yield from _multi(sheet, node, loop)


def parts(loop: Any) -> tuple[str, str, str, str]:
    """List, item, output list and output item of a multi-instance; "" for what is missing."""
    refs = ["".join(text(one) for one in children(loop, tag)) for tag in ("loopDataInputRef", "loopDataOutputRef")]
    items = ["".join(one.get("id", "") for one in children(loop, tag)) for tag in ("inputDataItem", "outputDataItem")]
    return refs[0], items[0], refs[1], items[1]


def _multi(sheet: Sheet, node: Any, loop: Any) -> Iterator[Problem]:
    items, item, output, result = parts(loop)
    if children(loop, "loopCardinality"):
        message = f"Jumlah ulangan pada {called_so(node)} tidak didukung"
        yield problem(sheet, node, "multi-instance", message, "Pakai daftar (loopDataInputRef) sebagai gantinya.")
        return
    faulty = [
        word
        for word, value, form in (
            ("daftar masukan (loopDataInputRef)", items, _PATH),
            ("nama anggota (inputDataItem)", item, _NAME),
            ("daftar hasil (loopDataOutputRef)", output, _NAME),
            ("hasil tiap anggota (outputDataItem)", result, _NAME),
        )
        if not form.fullmatch(value)
    ]
    if faulty:
        message = f"Pengulangan {called_so(node)} belum lengkap: {', '.join(faulty)}"
        yield problem(sheet, node, "multi-instance", message, "Isi keempat nama; tanpa hasil, isian anggota hilang.")
    elif len({item, output, result}) < 3:
        message = f"Pengulangan {called_so(node)} memakai satu nama untuk dua hal"
        yield problem(sheet, node, "multi-instance", message, "Beri anggota, daftar hasil dan hasil nama berbeda.")
