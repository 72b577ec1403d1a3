"""Disposisi and questions among colleagues as pages show them: of a file, of a person, one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.dispositions import INSTRUCTION, KINDS, QUESTION, able, colleagues, late, seen, stands
from app.operations.force_majeure_register import officials_only
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.dispositions import PAGE
from engine import access
from engine.access import Actor
from engine.errors import NotFound

ENDED = ("end_kind", "end_body", "end_by", "end_at")


@dataclass(frozen=True)
class Line:
    """`seen`: whether the reader may see the file today; of one that he may not only the number is shown."""

    row: Any
    state: str  # "terbuka" | "selesai" | "ditarik"
    late: bool
    seen: bool = True


@dataclass(frozen=True)
class OfCase:
    """All about a file; `addressees`: to whom each kind the reader may give can be put."""

    held: Held
    lines: tuple[Line, ...]
    names: Mapping[UUID, str]
    addressees: Mapping[str, tuple[Actor, ...]]


@dataclass(frozen=True)
class Opened:
    line: Line
    names: Mapping[UUID, str]
    may_answer: bool
    may_take_back: bool


@dataclass(frozen=True)
class Own:
    """What somebody gave or got; `more`: where the list goes on."""

    lines: tuple[Line, ...]
    names: Mapping[UUID, str]
    more: tuple[datetime, UUID] | None


def _lines(rows: Iterable[Any], today: date) -> tuple[Line, ...]:
    return tuple(Line(one, stands(one), late(one, today)) for one in rows)


def _names(store: Store, rows: Iterable[Any]) -> Mapping[UUID, str]:
    return store.people.names({one for row in rows for one in (row.by, row.to_person)})


@retried
def of_file(case_id: UUID, by: UUID, at: datetime) -> OfCase:
    """Raises NotFound unless the reader is an official who may see the file."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = seen(store, case_id, who)
        rows = store.dispositions.of_case(case_id)
        others = colleagues(store, at)
        addressees = {one: able(who, others, held, one) for one in KINDS if _may_give(who, held, one)}
        return OfCase(held, _lines(rows, at.astimezone(WIB).date()), _names(store, rows), addressees)


def _may_give(who: Actor, held: Held, kind: str) -> bool:
    own = who.id == held.case.facts.applicant
    if kind == QUESTION:
        return access.may(who, "ask_colleague") and not own
    return access.may(who, "give_disposition") and not own and not held.case.closed


@retried
def page(case_id: UUID, id: UUID, by: UUID, at: datetime) -> Opened:
    """One of a file.  Raises NotFound likewise, and for one of another file."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        seen(store, case_id, who)
        row = store.dispositions.one(id)
        if row is None or row.case_id != case_id:
            raise NotFound("Disposisi tidak ditemukan.")
        line = _lines([row], at.astimezone(WIB).date())[0]
        still = line.state == "terbuka"
        return Opened(line, _names(store, [row]), still and row.to_person == by, still and row.by == by)


@retried
def own(given: bool, open_only: bool, after: tuple[datetime, UUID] | None, by: UUID, at: datetime) -> Own:
    """What the reader gave, or got, newest first, fifty at a time.  Raises NotFound for applicants."""
    with transaction() as store:
        who = officials_only(store, by, at)
        rows = store.dispositions.listed(by, given, open_only, after)
        lines = tuple(_hidden(store, one, who) for one in _lines(rows[:PAGE], at.astimezone(WIB).date()))
        more = (lines[-1].row.at, lines[-1].row.id) if len(rows) > PAGE else None
        return Own(lines, _names(store, rows[:PAGE]), more)


def _hidden(store: Store, line: Line, who: Actor) -> Line:
    """Whoever sees any file sees this one; of others it is asked, since a file may leave their hands."""
    if access.may(who, "see_any_case"):
        return line
    held = store.cases.see(line.row.case_id)
    return Line(line.row, line.state, line.late, held is not None and access.may_see(who, held.case))


def owed(store: Store, who: Actor) -> tuple[Any, ...]:
    """What waits for somebody, of the files he may see."""
    lines = (_hidden(store, Line(one, "terbuka", False), who) for one in store.dispositions.owed(who.id))
    return tuple(one.row for one in lines if one.seen)


def of_case(
    store: Store, case_id: UUID, who: Actor, at: datetime, known_at: datetime | None = None
) -> tuple[Line, ...]:
    """About a file that the reader sees already; nothing for applicants.  `known_at`: as they stood then."""
    if who.kind != "official":
        return ()
    rows = store.dispositions.of_case(case_id)
    there = rows if known_at is None else (_then(one, known_at) for one in rows if one.at <= known_at)
    return _lines(there, at.astimezone(WIB).date())


def _then(row: Any, known_at: datetime) -> Any:
    """What was ended later stands open, as it did."""
    later = row.end_at is not None and row.end_at > known_at
    return SimpleNamespace(**{**row._mapping, **dict.fromkeys(ENDED if later else ())})


__all__ = ["INSTRUCTION", "QUESTION", "Line", "OfCase", "Opened", "Own", "of_case", "of_file", "owed", "own", "page"]
