"""Fields of forms in the templates of letters: where one surely reads a field, and where it may.

A template looks the answers of a step up with `ambil`, `kamus`, `daftar` or `pilih`, from `data` itself or from a name
that it, or a template it imports, gave to a part of the data once.  Texts that are compared and parts that belong to
others are no fields; what is left is read by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from engine.bindings import LETTERS

Path: TypeAlias = tuple[str, ...]  # into the data of a letter: ("isian", "serahkan", "catatan")
ANSWERS, STATED = "isian", "pemohon"
# Answers that letters find under another name as well (app.operations.issuing).
AGAIN = {"tinjauan": "tinjauan_lalu"}
_NAME, _TEXT = r"[A-Za-z_][\w-]*", r'"[^"\n]*"'
_LOOKS = r"\b(?:ambil|kamus|daftar|pilih)"
_BEFORE = re.compile(rf"\b(ambil|kamus|daftar|pilih)\(\s*({_NAME})((?:\s*,\s*{_TEXT})*)\s*,\s*\Z|({_NAME})\.at\(\s*\Z")
_LOOKED_UP = re.compile(rf"\s*(?:ambil|kamus|daftar)\(\s*({_NAME})((?:\s*,\s*{_TEXT})+)\s*\)[ \t]*(?=[;}}\n]|\Z)")
_ELSE = re.compile(
    rf"\s*\{{\s*let ({_NAME}) = ([^;\n]+);\s*if \1 == \(:\) \{{ ([^{{}}]+) \}} else \{{ \1 \}}\s*\}}[ \t]*(?=\n|\Z)"
)
_OTHERS = re.compile(r'#let isian = kamus\(data, "isian"\)|\b(?:ambil|kamus|daftar)\(data,\s*"(?!isian")[^"\n]*"')
_OTHERWISE = re.compile(r"(?:==|!=)\s*\Z|\btenggat\(\Z")  # compared, or the name of a term
_OF_ITS_OWN = re.compile(r'\s*\(\s*"[^"\n]*"\s*:')
_BY_OTHERS = re.compile(rf"{_LOOKS}\(\s*({_NAME})\s*,\s*(?!\s|\")|({_NAME})\.(?:pairs|keys|values|at)\((?!\s*\")")
_LOOSE = (
    rf"\blet\s+{_NAME}\(([^)]*)\)\s*=", r"\blet\s+\(([^)]*)\)\s*=", rf"({_NAME})\s*=>", r"\(([^()]*)\)\s*=>",
    r"\(\(([^()]*)\)\)\s*=>", r"\bfor\s+([^:{}\n]+?)\s+in\b",
)  # fmt: skip
_CLOSED = {"(": ")", "[": "]", "{": "}"}
REACH = 400  # letters before a text in which the call that it stands in begins


@dataclass(frozen=True)
class Field:
    """`steps`: those whose answers hold it; `stated`: whether what an application states does;
    `others`: all other steps; `deep`: also what is called so within groups."""

    name: str
    steps: frozenset[str]
    stated: bool
    others: frozenset[str] = frozenset()
    deep: bool = False

    def at(self, path: Path) -> bool:
        """Whether the field is what stands there."""
        again = {AGAIN[one] for one in self.steps if one in AGAIN}
        if path[:1] == (ANSWERS,) and path[1:2] and path[1] in self.steps | again:
            return self.name in path[2:] if self.deep else path[2:] == (self.name,)
        here = path[:1] == (STATED,) and (self.name in path[1:] if self.deep else path[1:] == (self.name,))
        return here and self.stated


def followed(files: Mapping[str, bytes], field: Field, new: str) -> tuple[dict[str, bytes], list[str]]:
    """Templates that say the new name wherever they surely read the field; those that may read it elsewhere."""
    changed, left = dict[str, bytes](), list[str]()
    letters: dict[str, _Template] = {}
    for path in sorted(one for one in files if one.startswith(LETTERS) and one.endswith(".typ")):
        letters[path] = _Template(path, _text(files[path]), letters)
    for path, one in letters.items():
        places = list(one.places(field))
        if any(sure is None for _start, _end, sure in places):
            left.append(path)
        text = one.text
        for start, end, _sure in reversed([place for place in places if place[2]]):
            text = text[:start] + new + text[end:]
        changed |= {path: text.encode()} if text != one.text else {}
    return changed, left


def naming(files: Mapping[str, bytes], field: Field) -> list[str]:
    """Templates that read a field, or may read it."""
    changed, left = followed(files, field, "")
    return sorted({*changed, *left})


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return ""


def _end(text: str, at: int) -> int:
    """Where what begins at a place ends: at a comma or a line's end that no bracket holds, or where its own one closes.

    Of brackets that do not fit, as prose has them, the end of the text.
    """
    held: list[str] = []
    at += len(text[at:]) - len(text[at:].lstrip())
    while at < len(text):
        letter = text[at]
        if letter == '"':
            at = text.find(letter, at + 1) if letter in text[at + 1 :] else len(text)
        elif letter in _CLOSED:
            held.append(_CLOSED[letter])
        elif letter in _CLOSED.values():
            if not held:
                return at
            if held.pop() != letter:
                return len(text)
        elif not held and letter in ",;\n":
            return at
        at += 1
    return len(text)


class _Template:
    def __init__(self, path: str, text: str, all: Mapping[str, _Template]) -> None:
        self.path, self.text, self.all = path, text, all
        self._asked: set[str] = set()  # names that are being looked for

    def places(self, field: Field) -> Iterator[tuple[int, int, bool | None]]:
        """Where the field's name stands: from, to, and whether it is the field; what is not is left out."""
        if not self._reads(field):
            return
        name = re.escape(field.name)
        for found in re.finditer(rf'(?<=")({name})(?=")|(?<=[\w-]\.)({name})(?![\w(-])', self.text):
            quoted = found[1] is not None
            sure = self._quoted(found, field) if quoted else self._part(found, field)
            if sure is not False:
                yield found.start(), found.end(), sure

    def _reads(self, field: Field) -> bool:
        """Whether it, with what it imports, asks for the answers at all, beyond giving them their usual names."""
        said = "\n".join(_OTHERS.sub("", one.text) for one in (self, *self.imported))
        if field.stated and re.search(rf"\b{STATED}\b", self.text):
            return True
        steps = any(f'"{one}"' in said for one in field.steps) and re.search(rf"\b{ANSWERS}\b", said)
        return bool(steps)

    def _quoted(self, found: re.Match[str], field: Field) -> bool | None:
        before = self.text[max(0, found.start() - 1 - REACH) : found.start() - 1]
        after = self.text[found.end() + 1 :]
        if call := _BEFORE.search(before):
            path = () if call[1] in (None, "pilih") else tuple(re.findall(r'"([^"\n]*)"', call[3]))
            return self._is(call[2] or call[4], found.start(), (*path, field.name), field)
        if _OTHERWISE.search(before) or re.match(r"\s*(?:==|!=)", after):
            return False
        pair = re.search(r'\(\s*"([^"\n]*)"\s*,\s*\Z', before)
        if pair and pair[1] in field.others:  # of another step, a word beside it
            return False
        key = re.match(r"\s*:", after) and re.search(r"[(,]\s*\Z", before)
        return False if key and not self._asks_by_others(field) else None

    def _part(self, found: re.Match[str], field: Field) -> bool | None:
        """Of `s.catatan`."""
        name = re.search(rf"({_NAME})\.\Z", self.text[max(0, found.start() - REACH) : found.start()])
        return self._is(name[1], found.start(), (field.name,), field) if name else None

    def _is(self, name: str, at: int, rest: Path, field: Field) -> bool | None:
        paths = self.paths(name, at)
        said = {field.at((*one, *rest)) for one in paths} if paths is not None else {None}
        return said.pop() if len(said) == 1 else None if said else False

    def _asks_by_others(self, field: Field) -> bool:
        """Whether answers may be looked up by texts that stand elsewhere."""
        known = [self.paths(one[1] or one[2], one.start()) for one in _BY_OTHERS.finditer(self.text)]
        return any(paths is None or any(one[:1] in ((ANSWERS,), (STATED,), ()) for one in paths) for paths in known)

    def paths(self, name: str, at: int) -> frozenset[Path] | None:
        """What of the data a name stands for at a place; None where nobody can say, empty for the template's own."""
        given = self._given.get(name, ())
        bound = any(start <= at < end for start, end in self._bound.get(name, ()))
        if bound or name in self._asked or len(given) > 1:
            return None
        self._asked.add(name)
        above = [one for one in self.imported if re.search(rf"^#let {re.escape(name)} =", one.text, re.MULTILINE)]
        found = {one.paths(name, -1) for one in above} | {self._path(start) for start in given}
        self._asked.remove(name)
        return found.pop() if len(found) == 1 else None

    def _path(self, start: int) -> frozenset[Path] | None:
        rest = self.text[start:]
        if re.match(r'\s*json\("data\.json"\)', rest):
            return frozenset({()})
        if _OF_ITS_OWN.match(rest):
            return frozenset()
        if either := _ELSE.match(rest):
            both = [self._looked_up(_LOOKED_UP.match(either[n].strip()), start) for n in (2, 3)]
            return None if None in both else frozenset().union(*(one or () for one in both))
        return self._looked_up(_LOOKED_UP.match(rest), start)

    def _looked_up(self, found: re.Match[str] | None, at: int) -> frozenset[Path] | None:
        paths = self.paths(found[1], at) if found else None
        if found is None or paths is None:
            return None
        return frozenset((*one, *re.findall(r'"([^"\n]*)"', found[2])) for one in paths)

    @cached_property
    def _given(self) -> Mapping[str, tuple[int, ...]]:
        """Name -> where what it stands for is written."""
        found: dict[str, tuple[int, ...]] = {}
        for one in re.finditer(rf"\blet\s+({_NAME})\s*=", self.text):
            found[one[1]] = (*found.get(one[1], ()), one.end())
        return found

    @cached_property
    def _bound(self) -> Mapping[str, list[tuple[int, int]]]:
        """Name -> from where to where it stands for one thing after another."""
        found: dict[str, list[tuple[int, int]]] = {}
        for one in (one for pattern in _LOOSE for one in re.finditer(pattern, self.text)):
            span = (one.start(), _end(self.text, one.end()))
            for name in re.findall(_NAME, one[1]):
                found.setdefault(name, []).append(span)
        return found

    @cached_property
    def imported(self) -> tuple[_Template, ...]:
        """Templates that it imports, and those that they do."""
        found, waiting = {self.path: self}, [self]
        for each in waiting:  # grows as it goes
            paths = (f"{LETTERS}{one}" for one in re.findall(r'#(?:import|include) "([\w./-]+)"', each.text))
            more = {one: self.all[one] for one in paths if one in self.all and one not in found}
            found |= more
            waiting += more.values()
        return tuple(one for one in found.values() if one is not self)
