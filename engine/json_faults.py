"""JSON read as browsers read it, its faults in the office's words with line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from engine.errors import Finding, Problem

# What Python's parser says, by how it begins.
_SAID: Mapping[str, str] = {
    "Expecting value": "di sini seharusnya ada sebuah nilai",
    "Expecting property name": "di sini seharusnya ada kata dalam tanda petik ganda",
    "Illegal trailing comma": "koma sesudah anggota terakhir tidak boleh ada",
    "Expecting ':'": "sesudah kata seharusnya ada titik dua",
    "Expecting ','": "di antara dua anggota seharusnya ada koma",
    "Unterminated string": "teks yang dimulai di sini tidak ditutup dengan tanda petik",
    "Invalid control character": "teks memuat ganti baris atau tab; tulis \\n atau \\t",
    "Invalid \\": "sesudah garis miring terbalik ada huruf yang tidak dikenal",
    "Extra data": "sesudah isi berkas masih ada isi lain",
}
_DEEP = "susunannya bertingkat terlalu dalam"
_UNKNOWN = "susunannya tidak dapat dibaca"


class _Constant(ValueError):
    """A word that Python's parser reads as a figure and no browser does; holds it."""


def read(path: str, text: str) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a JSON text, or None with the fault at its place."""
    try:
        return json.loads(text, parse_constant=_refuse), ()
    except json.JSONDecodeError as fault:
        return None, (_problem(path, reason(fault), fault.lineno, fault.colno),)
    except _Constant as fault:
        at = re.search(rf"(?<![\w\"]){re.escape(str(fault))}", text)
        line, column = place(text, at.start() if at else 0)
        return None, (_problem(path, Finding("%(word)s bukan nilai JSON", word=str(fault)), line, column),)
    except (ValueError, RecursionError) as fault:
        return None, (_problem(path, Finding(_DEEP if isinstance(fault, RecursionError) else _UNKNOWN), 1, 1),)


# What matters of a text that is JSON: its strings, and what begins, ends and parts.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]')


def doubled(text: str) -> list[tuple[str, int, int]]:
    """Words that stand twice in one object of a JSON text, each with line and column of where it comes again."""
    found, around, said = [], [], None
    for one in _TOKEN.finditer(text):
        token = one.group()
        if token in "{[":
            around.append(set[str]())
        elif token in "}]":
            around.pop()
        elif token == ":" and said is not None:
            word = json.loads(said.group(), strict=False)
            if word in around[-1]:
                found.append((word, *place(text, said.start())))
            around[-1].add(word)
        said = one if token.startswith('"') else None
    return found


def object_of(content: bytes) -> dict[str, Any]:
    """The object that a JSON file holds; {} for anything else, of which the check tells what is wrong."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def reason(fault: json.JSONDecodeError) -> Finding:
    """Why a text is no JSON; the parser's own words are not repeated."""
    return Finding(next((said for begins, said in _SAID.items() if fault.msg.startswith(begins)), _UNKNOWN))


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column of a letter, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _refuse(word: str) -> Any:
    raise _Constant(word)


def _problem(path: str, why: Finding, line: int, column: int) -> Problem:
    told = Finding(
        "Berkas bukan JSON yang benar: %(why)s (baris %(line)s, kolom %(column)s)", why=why, line=line, column=column
    )
    return Problem(path, "", line, "error", "json", told)
