"""Catalogue files (`processes/catalogue/*.json`) become a Catalogue, with every fault told."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

from engine import naming
from engine.catalogue import calendars, dated, references, tariffs, values
from engine.catalogue.values import Catalogue, Permit, TariffVersion
from engine.errors import Finding, Problem, said_by, shortened

T = TypeVar("T")
MOST_SAID = 200  # letters of what a reader of JSON says

# Annotation of a dataclass's field -> (test, what it should be, in words); lists are tuples by then.
KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "str": (lambda value: isinstance(value, str), Finding("teks")),
    "bool": (lambda value: isinstance(value, bool), Finding("true atau false")),
    "int": (lambda value: isinstance(value, int) and not isinstance(value, bool), Finding("bilangan bulat")),
    "tuple[str, ...]": (
        lambda value: isinstance(value, tuple) and all(isinstance(one, str) for one in value),
        Finding("daftar teks"),
    ),
    "Mapping[str, bool]": (
        lambda value: isinstance(value, dict) and all(isinstance(one, bool) for one in value.values()),
        Finding("objek berisi true atau false"),
    ),
    "tuple[Standard, ...]": (lambda value: isinstance(value, tuple), Finding("daftar standar")),
}

_NO_LIST, _NO_OBJECT = "Isi berkas ini harus berupa daftar.", "Isi berkas ini harus berupa objek."
NAMES = ("name", "label", "title", "subject")  # without which nobody could tell what is meant


class _Reader:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.problems: list[Problem] = []
        self.there: dict[str, Container[str]] = {}  # codes of each file, also of rows with an error

    def say(self, file: str, element: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(file, shortened(element, 80), 0, "error", "catalogue", message, hint))

    def json(self, name: str, kind: type[T]) -> T:
        """The parsed file, empty when it is absent, broken or of another kind (the fault is told)."""
        raw = self.files.get(name)
        if raw is None:
            self.say(name, "", "Berkas katalog ini tidak ada.")
            return kind()
        try:
            found = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            self.say(name, "", Finding("Bukan JSON yang sah: %(error)s", error=said_by(error, MOST_SAID)))
            return kind()
        if not isinstance(found, kind):
            self.say(name, "", _NO_LIST if kind is list else _NO_OBJECT)
            return kind()
        return found

    def mapping(self, name: str, make: Callable[[str, str, dict[str, Any]], T | None]) -> dict[str, T]:
        """`{"CODE": {...}}` -> {"CODE": value}."""
        found: dict[str, T] = {}
        before = len(self.problems)
        rows = self.json(name, dict)
        self.there[name.removesuffix(".json")] = rows.keys() if len(self.problems) == before else references.EVERY
        for code, row in rows.items():
            if not naming.is_code(code):
                self.say(name, code or Finding("(kosong)"), naming.CODE_FAULT)
                continue
            if not isinstance(row, dict):
                self.say(name, code, Finding("Butir %(code)s harus berupa objek.", code=code[:80]))
            elif (value := make(name, code, row)) is not None:
                found[code] = value
        return found

    def plain(self, kind: type[T], key: str) -> Callable[[str, str, dict[str, Any]], T | None]:
        """A maker for dataclasses whose JSON words are their field names."""
        known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]

        def make(file: str, code: str, row: dict[str, Any]) -> T | None:
            given = {**{k: _frozen(v) for k, v in row.items()}, key: code}
            wrong = list(_wrong(known, given))
            for sentence in wrong:
                self.say(file, code, sentence)
            return None if wrong else kind(**given)

        return make


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose words are written once each: a code given twice would silently lose its first row."""
    found: dict[str, Any] = {}
    for word, value in pairs:
        if word in found:
            raise ValueError(Finding("%(word)s ditulis dua kali dalam satu objek", word=word[:60]))
        found[word] = value
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(Finding("%(word)s bukan nilai JSON", word=word))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _wrong(known: Mapping[str, Field[Any]], given: Mapping[str, Any]) -> list[str]:
    """Sentences about words that are unknown, missing, or of the wrong kind."""
    needed = {name for name, one in known.items() if one.default is MISSING and one.default_factory is MISSING}
    found = [Finding("Kata %(word)s tidak dikenal.", word=word[:60]) for word in given.keys() - known.keys()]
    found += [Finding("Kata %(word)s belum diisi.", word=word) for word in needed - given.keys()]
    for word in given.keys() & known.keys():
        test, expected = KINDS[str(known[word].type)]
        if not test(given[word]):
            found.append(Finding("Kata %(word)s harus berupa %(expected)s.", word=word, expected=expected))
        elif word in NAMES and not given[word].strip():
            found.append(Finding("Kata %(word)s belum diisi.", word=word))
    return sorted(found)


def load(files: Mapping[str, bytes]) -> tuple[Catalogue, tuple[Problem, ...]]:
    """`files`: name without folder ("permits.json") -> bytes.  Raises nothing for any content."""
    reader = _Reader(files)
    catalogue = Catalogue(
        roles=reader.mapping("roles.json", reader.plain(values.Role, "code")),
        states=reader.mapping("states.json", reader.plain(values.State, "code")),
        permits=reader.mapping("permits.json", lambda file, code, row: _permit(reader, file, code, row)),
        requirements=reader.mapping("requirements.json", reader.plain(values.Requirement, "code")),
        terms=reader.mapping("terms.json", reader.plain(values.Term, "name")),
        registers=reader.mapping("registers.json", reader.plain(values.Register, "code")),
        agencies=reader.mapping("agencies.json", reader.plain(values.Agency, "code")),
        areas=reader.mapping("areas.json", reader.plain(values.Area, "code")),
        letters=reader.mapping("letters.json", reader.plain(values.LetterKind, "code")),
        notices=reader.mapping("notices.json", reader.plain(values.Notice, "code")),
        tariffs=_tariffs(reader),
        calendar=reader.json("calendar.json", dict),
        settings=reader.json("settings.json", dict),
    )
    for file, element, sentence in (*references.faults(catalogue, reader.there), *calendars.faults(catalogue.calendar)):
        reader.say(file, element, sentence)
    return catalogue, tuple(reader.problems)


def _permit(reader: _Reader, file: str, code: str, row: dict[str, Any]) -> Permit | None:
    read: dict[str, Any] = {}
    for name in dated.LISTS:
        try:
            read[name] = dated.standards(name, row.get(name, []))
        except dated.Undated as fault:
            reader.say(file, code, fault.sentence, fault.hint)
            return None
    return reader.plain(Permit, "code")(file, code, {**row, **read})


def _tariffs(reader: _Reader) -> tuple[TariffVersion, ...]:
    found = []
    for number, row in enumerate(reader.json("tariffs.json", list), 1):
        name = str(row.get("version", number)) if isinstance(row, dict) else str(number)
        made = _tariff(reader, name, row)
        for sentence in tariffs.faults(made) if made else ():
            reader.say("tariffs.json", name, sentence)
        if made:
            found.append(made)
    return tuple(found)


def _tariff(reader: _Reader, name: str, row: Any) -> TariffVersion | None:
    if not isinstance(row, dict):
        reader.say("tariffs.json", name, Finding("Butir %(code)s harus berupa objek.", code=name[:80]))
        return None
    try:
        day = dated.day(row)
    except dated.Undated as fault:
        reader.say("tariffs.json", name, Finding("%(sentence)s.", sentence=fault.sentence), fault.hint)
        return None
    known = {"levy", "version", "valid_from", "basis", "content", "example"}
    given = (row.get("levy"), row.get("version"), row.get("basis"))
    if row.keys() - known or not all(isinstance(one, str) and one for one in given) or "content" not in row:
        reader.say("tariffs.json", name, Finding("Tarif memakai kata: %(known)s.", known=", ".join(sorted(known))))
        return None
    levy, version, basis = (str(one) for one in given)
    return TariffVersion(levy, version, day, basis, row["content"], bool(row.get("example", True)))
