"""Subjects of notices as they are read where no case fills their places: plays, scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine import numbering
from engine.catalogue import Catalogue
from engine.errors import Finding, office_word

# What stands in a place that nothing is known for (`engine.catalogue.references.PLACES`).
WORDS = {
    "nama": "(nama pemohon)",
    "izin": "(jenis izin)",
    "nomor": "(nomor berkas)",
    "kode_lacak": "(kode lacak)",
    "keadaan": "(keadaan berkas)",
    "tanggal": "(tanggal)",
    "jumlah": "(jumlah retribusi)",
    "jatuh_tempo": "(tanggal jatuh tempo)",
    "waktu_tinjauan": "(waktu tinjauan)",
    "tempat_tinjauan": "(tempat tinjauan)",
    "tim_tinjauan": "(tim tinjauan)",
}
BOOK, OFFICE, FIRST = "PENDAFTARAN", "DPMPTSP", 1  # of a play's only file


class Subject(Finding):
    """A text of the catalogue, translated as it stands there; its {places} are filled afterwards."""

    @classmethod
    def told(cls, pattern: str, words: Mapping[str, object], values: Mapping[str, object]) -> str:
        """With every place filled; what is no place of a notice stays."""
        for name, word in words.items():
            pattern = pattern.replace(f"{{{name}}}", word)  # type: ignore[arg-type]
        return pattern


def subject(text: str, **known: str) -> Subject:
    """A subject with what is known, and words in the other places; `known`: by place."""
    return Subject(text, **({name: Finding(word) for name, word in WORDS.items()} | known))


def played(catalogue: Catalogue, notice: str, permit: str, day: date, english: bool = False) -> str:
    """The subject of a notice of a play, with its permit and the number that its file might bear; else its code.

    `english`: as an applicant who reads English gets it, where that is written.
    """
    if notice not in catalogue.notices:
        return notice
    known: dict[str, str] = {"tanggal": f"{day:%d/%m/%Y}"}
    if permit in catalogue.permits:
        known["izin"] = office_word(catalogue.permits[permit].name)
    if number := _number(catalogue, permit, day):
        known["nomor"] = number
    text = catalogue.notices[notice]
    return subject((english and text.subject_en) or text.subject, **known)


def _number(catalogue: Catalogue, permit: str, day: date) -> str:
    """The first number of the book of files; "" where a draft has no such book, or one that cannot count yet."""
    try:
        return numbering.number(catalogue.registers[BOOK], FIRST, permit, day, OFFICE)
    except (KeyError, ValueError, IndexError):
        return ""
