"""Catalogue files (`processes/catalogue/*.json`) become a Catalogue, with every fault told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, TypeVar

from engine.catalogue import values
from engine.catalogue.values import Catalogue, Permit, Standard, TariffVersion
from engine.errors import Problem

T = TypeVar("T")


class _Reader:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.problems: list[Problem] = []

    def say(self, file: str, element: str, message: str) -> None:
        self.problems.append(Problem(file, element, 0, "error", "catalogue", message))

    def json(self, name: str) -> Any:
        """The parsed file, {} when it is absent or broken (the fault is told)."""
        raw = self.files.get(name)
        if raw is None:
            self.say(name, "", "Berkas katalog ini tidak ada.")
            return {}
        try:
            return json.loads(raw.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            self.say(name, "", f"Bukan JSON yang sah: {error}")
            return {}

    def mapping(self, name: str, make: Callable[[str, str, dict[str, Any]], T | None]) -> dict[str, T]:
        """`{"CODE": {...}}` -> {"CODE": value}."""
        found: dict[str, T] = {}
        content = self.json(name)
        for code, row in content.items() if isinstance(content, dict) else ():
            value = make(name, code, row) if isinstance(row, dict) else None
            if value is None:
                self.say(name, code, "Baris ini tidak dapat dibaca.")
            else:
                found[code] = value
        return found

    def plain(self, kind: type[T], key: str) -> Callable[[str, str, dict[str, Any]], T | None]:
        """A maker for dataclasses whose JSON words are their field names."""
        known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
        needed = {n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING}

        def make(file: str, code: str, row: dict[str, Any]) -> T | None:
            given = {key: code, **{k: _frozen(v) for k, v in row.items()}}
            wrong = [*(given.keys() - known.keys()), *(needed - given.keys())]
            for word in wrong:
                self.say(file, code, f"Kata {word} tidak dikenal atau belum diisi.")
            return None if wrong else kind(**given)

        return make


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def load(files: Mapping[str, bytes]) -> tuple[Catalogue, tuple[Problem, ...]]:
    """`files`: name without folder ("permits.json") -> bytes."""
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
        calendar=reader.json("calendar.json"),
        settings=reader.json("settings.json"),
    )
    _check_references(catalogue, reader)
    return catalogue, tuple(reader.problems)


def _standards(rows: Any) -> tuple[Standard, ...]:
    return tuple(
        Standard(row["budget"], date.fromisoformat(row["valid_from"]), row["basis"], row.get("example", True))
        for row in rows
    )


def _permit(reader: _Reader, file: str, code: str, row: dict[str, Any]) -> Permit | None:
    try:
        dated = {name: _standards(row.get(name, [])) for name in ("standards", "legal_limits")}
    except (KeyError, ValueError) as error:
        reader.say(file, code, f"Standar pelayanan tidak dapat dibaca: {error}")
        return None
    rest = {name: value for name, value in row.items() if name not in dated}
    make = reader.plain(Permit, "code")
    made = make(file, code, {**rest, "standards": [], "legal_limits": []})
    return None if made is None else Permit(**{**vars(made), **dated})


def _tariffs(reader: _Reader) -> tuple[TariffVersion, ...]:
    found = []
    for row in reader.json("tariffs.json") or []:
        try:
            found.append(
                TariffVersion(
                    row["levy"],
                    row["version"],
                    date.fromisoformat(row["valid_from"]),
                    row["basis"],
                    row["content"],
                    row.get("example", True),
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            reader.say("tariffs.json", str(row)[:40], f"Tarif tidak dapat dibaca: {error}")
    return tuple(found)


def _check_references(catalogue: Catalogue, reader: _Reader) -> None:
    levies = {one.levy for one in catalogue.tariffs}
    for permit in catalogue.permits.values():
        for code in permit.requirements:
            if code not in catalogue.requirements:
                reader.say("permits.json", permit.code, f"Persyaratan {code} tidak ada.")
        for code in permit.agencies:
            if code not in catalogue.agencies:
                reader.say("permits.json", permit.code, f"Perangkat daerah {code} tidak ada.")
        if permit.levy and permit.levy not in levies:
            reader.say("permits.json", permit.code, f"Tarif {permit.levy} tidak ada.")
        if permit.active and not permit.standards:
            reader.say("permits.json", permit.code, "Izin aktif harus punya standar pelayanan.")
    for letter in catalogue.letters.values():
        if letter.register and letter.register not in catalogue.registers:
            reader.say("letters.json", letter.code, f"Buku register {letter.register} tidak ada.")
