"""What a step reads first: the papers, letters and answers that stand open beside its form, all others folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.case import Task

CHECKING = frozenset({"periksa_kelengkapan", "verifikasi_keabsahan"})  # read the papers one after the other
PROOF = "bukti"
PAPERS: Mapping[str, str] = {
    "validasi_bayar": PROOF,
    "konfirmasi_bank": PROOF,
    "proses_pengembalian": PROOF,
}  # step -> the field the paper was sent at
LETTERS: Mapping[str, str] = {
    "validasi_bayar": "skrd",
    "konfirmasi_bank": "skrd",
    "sampaikan_skrd": "skrd",
    "teguran": "skrd",
    "strd": "skrd",
    "sampaikan_penolakan": "surat_penolakan",
    "tinjauan": "surat_tugas",
}
ANSWERS: Mapping[str, str] = {
    "hitung_retribusi": "ajukan",
    "hitung_ulang": "ajukan",
    "susun_naskah": "ajukan",
    "tinjauan": "jadwalkan",
    "validasi_bayar": "bayar",
    "konfirmasi_bank": "bayar",
}


@dataclass(frozen=True)
class ReadFirst:
    """`documents`, `letters`: open on top; `draft`: kind of the letter about to be issued; `answer`: open step."""

    documents: tuple[Any, ...]
    letters: tuple[Any, ...]
    draft: str
    answer: str
    rest: tuple[Any, ...]  # the other documents
    opened: int  # how many of the rest stand open
    answers_first: bool


def read_first(task: Task, documents: Sequence[Any], letters: Sequence[Any]) -> ReadFirst:
    """The newest paper of the step's field and the newest letter of its kind; a draft where one is in the making."""
    field, kind = PAPERS.get(task.element), LETTERS.get(task.element)
    papers = tuple([one for one in documents if one.field.partition("/")[2] == field][-1:])
    return ReadFirst(
        papers,
        tuple([one for one in letters if one.kind == kind][-1:]),
        str(task.properties.get("draft", "")),
        ANSWERS.get(task.element, ""),
        tuple(one for one in documents if one not in papers),
        1 if task.element in CHECKING else 0,
        task.element != "periksa_kelengkapan",
    )
