"""What the typesetter says of a template, in the words of whoever writes letters: what is wrong, where, what exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from engine.errors import Finding

PLACE = re.compile(r"[┌╭]─ (?:.*/)?(?P<file>[\w.-]+):(?P<line>\d+):(?P<column>\d+)")
MADE = re.compile(rb"#?let\s+([\w-]+)")
UNKNOWN = re.compile(r"unknown variable: (\S+)")
KEYLESS = re.compile(r'(?:dictionary|module) does not contain (?:key )?"?([^"]+)"?')
FILELESS = re.compile(r"file not found \(searched at /?(.+)\)")
BROKEN = re.compile(r"expected (?!\w+, found )|unclosed|unexpected|the character .* is not valid in code")
UNLIKE = re.compile(r"cannot |expected \w+, found ")
# What else the typesetter says often, by how it begins.
OFTEN = {
    "condition is always": "syarat ini tidak pernah berubah, jadi putarannya tidak pernah selesai (%(said)s)",
    "loop seems to be infinite": "putaran ini tidak pernah selesai (%(said)s)",
    "maximum function call depth exceeded": "fungsi ini memanggil dirinya sendiri tanpa akhir (%(said)s)",
    "maximum show rule depth exceeded": "aturan tampilan ini memakai dirinya sendiri tanpa akhir (%(said)s)",
    "maximum layout depth exceeded": "bagian-bagian ini bersarang terlalu dalam (%(said)s)",
    "maximum grouping depth exceeded": "bagian-bagian ini bersarang terlalu dalam (%(said)s)",
    "array index out of bounds": "daftar ini tidak mempunyai anggota sebanyak itu (%(said)s)",
    "array is empty": "daftar ini kosong (%(said)s)",
    "string index out of bounds": "teks ini tidak sepanjang itu (%(said)s)",
    "string is empty": "teks ini kosong (%(said)s)",
    "missing argument": "ada isian fungsi yang belum diberikan (%(said)s)",
    "unexpected argument": "fungsi ini tidak mengenal isian itu (%(said)s)",
    "duplicate": "nama ini diberikan dua kali (%(said)s)",
    "divide by zero": "tidak dapat dibagi dengan nol (%(said)s)",
    "cannot divide by zero": "tidak dapat dibagi dengan nol (%(said)s)",
    "label": "tanda yang dirujuk tidak ada dalam surat ini (%(said)s)",
    "failed to decode image": "gambarnya tidak dapat dibaca (%(said)s)",
    "invalid number": "angka ini tidak dapat dibaca (%(said)s)",
    "invalid number suffix": "satuan di belakang angka ini tidak dikenal (%(said)s)",
    "variables from outside the function": "isian dari luar fungsi tidak dapat diubah di dalamnya (%(said)s)",
    "panicked": "templatnya sendiri menghentikan surat ini (%(said)s)",
    "assertion failed": "yang disyaratkan templatnya tidak terpenuhi (%(said)s)",
}
MOST_SHOWN = 12  # names of what exists


class Place(NamedTuple):
    file: str
    line: int  # 1-based
    column: int  # 1-based


def places(diagnostic: str) -> tuple[Place, ...]:
    """Where the fault is, then from where that was called."""
    found = PLACE.finditer(diagnostic)
    return tuple(Place(one["file"], int(one["line"]), int(one["column"]) + 1) for one in found)


def told(said: str, templates: Mapping[str, bytes], values: Mapping[str, Any]) -> str:
    """A sentence without its place; what the typesetter says where nothing better is known."""
    if found := UNKNOWN.match(said) or KEYLESS.match(said):
        return _missing(found[1], values, templates)
    if found := FILELESS.match(said):
        return Finding("berkas %(file)s tidak ada dalam folder surat", file=found[1].split("/")[-1])
    if known := [pattern for begins, pattern in OFTEN.items() if said.startswith(begins)]:
        return Finding(known[-1], said=said)
    if BROKEN.match(said):
        return Finding("tulisan perintahnya tidak lengkap atau kurung tidak ditutup (%(said)s)", said=said)
    if UNLIKE.match(said):
        return Finding("nilai di sini tidak dari jenis yang diharapkan (%(said)s)", said=said)
    return said


def _missing(name: str, values: Mapping[str, Any], templates: Mapping[str, bytes]) -> Finding:
    known = {*_keys(values), *(one.decode() for text in templates.values() for one in MADE.findall(text))}
    if near := get_close_matches(name, sorted(known), 1):
        return Finding("tidak ada isian %(name)s; mungkin %(near)s", name=name, near=near[0])
    there = ", ".join(sorted(values)[:MOST_SHOWN])
    return Finding("tidak ada isian %(name)s; isian yang ada: %(there)s", name=name, there=there)


def _keys(values: Any) -> Iterator[str]:
    """Names of what a letter is given, parts within parts."""
    inner: Iterable[Any] = values.values() if isinstance(values, dict) else values if isinstance(values, list) else ()
    if isinstance(values, dict):
        yield from map(str, values)
    for one in inner:
        yield from _keys(one)


def located(sentence: str, where: tuple[Place, ...]) -> str:
    """The sentence with the first of its places."""
    if not where:
        return sentence
    file, line, column = where[0]
    return Finding(
        "%(sentence)s (%(file)s, baris %(line)s, huruf %(column)s)",
        sentence=sentence,
        file=file,
        line=line,
        column=column,
    )
