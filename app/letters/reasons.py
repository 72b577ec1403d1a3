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
