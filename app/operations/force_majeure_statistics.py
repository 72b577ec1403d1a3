"""Keadaan kahar counted for supervisors: who proposed and established, on which grounds, what it took and excused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.force_majeure_guard import Month, months
from app.operations.force_majeure_register import closed
from app.operations.force_majeure_rescued import Rescued, rescued
from app.operations.force_majeure_versions import withdrawn
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.encoding import parse
from engine import access

MONTHS_BACK = 12


@dataclass(frozen=True)
class Figures:
    """What an established version touched, as its author saw it; `kind` as stored ("DECLARE", "AMEND", ...)."""

    version: int
    kind: str
    decree: str
    touched: int
    moved: int
    rescued: int


@dataclass(frozen=True)
class Line:
    """One declaration by its last established version, else its newest: what it said, did and touched.

    `earlier`: the figures of the established versions before it, oldest first; a correction takes none of them back.
    """

    id: UUID
    code: str
    row: Any
    state: str  # "menunggu" | "berlaku" | "pulih" | "ditutup" | "dibatalkan" | "ditolak" | "ditarik"
    grounds: tuple[str, ...]
    proposer: str
    establisher: str
    touched: int
    moved: int
    rescued: int
    near: int | None  # None: proposed before this was counted
    evidence: tuple[str, ...] = ()
    earlier: tuple[Figures, ...] = ()
    report: Any = None  # to the Walikota, on the version that stands


@dataclass(frozen=True)
class Statistics:
    lines: tuple[Line, ...]
    months: tuple[Month, ...]
    proposers: tuple[tuple[str, int], ...]
    establishers: tuple[tuple[str, int], ...]
    grounds: tuple[tuple[str, int], ...]
    rescued: tuple[Rescued, ...]


@retried
def statistics(by: UUID, at: datetime) -> Statistics:
    """All declarations, and the months of the last year.  Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_board")
        together = _together(store.calendars.versions())
        names = store.people.names(_people(row for rows in together.values() for row in rows))
        reports = closed((row for rows in together.values() for row in rows), store.declaration_states.closings())
        lines = tuple(_line(rows, names, reports.get(id), at) for id, rows in together.items())
        established = [one for one in lines if one.establisher]
        return Statistics(
            lines,
            _months(store, at),
            _ranked(one.proposer for one in lines),
            _ranked(one.establisher for one in established),
            _ranked(ground for one in established for ground in one.grounds),
            rescued(store, (row for rows in together.values() for row in rows)),
        )


@retried
def shares(at: datetime) -> tuple[Month, ...]:
    """For everybody: the months of the last year in which service time was suspended, newest first (domain 6.2)."""
    with transaction(snapshot=True) as store:
        return tuple(one for one in _months(store, at) if one.after.some)


def _months(store: Store, at: datetime) -> tuple[Month, ...]:
    return tuple(reversed(tuple(months(_year_before(at), at, None, store.calendars.world(), at))))


def _year_before(at: datetime) -> datetime:
    local = at.astimezone(WIB)
    return (local.replace(day=1) - timedelta(days=MONTHS_BACK * 28)).replace(day=1)


def _together(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.declaration_id, []).append(row)
    return found


def _people(rows: Iterable[Any]) -> set[UUID]:
    return {one for row in rows for one in (row.proposed_by, row.approved_by) if one}


def _line(rows: list[Any], names: Mapping[UUID, str], report: Any, at: datetime) -> Line:
    """`rows`: newest first; the proposer is the first version's, the rest is of the one that stands."""
    standing = next((one for one in rows if one.approved_at is not None), None)
    row = standing or rows[0]
    counts = parse(row.preview)
    return Line(
        row.declaration_id,
        row.code,
        row,
        "ditutup" if report is not None else _state(rows, standing, at),
        tuple(row.grounds.split(",")),
        names.get(rows[-1].proposed_by, ""),
        names.get(standing.approved_by, "") if standing else "",
        int(counts.get("terkena", 0)),
        int(counts.get("bergeser", 0)),
        int(counts.get("jadi_tepat", 0)),
        counts.get("segera_jatuh_tempo"),
        tuple(str(one.get("nama", "")) for one in parse(row.evidence)),
        tuple(_figures(one) for one in reversed(rows) if one.approved_at is not None and one.version < row.version),
        report,
    )


def _figures(row: Any) -> Figures:
    counts = parse(row.preview)
    touched, moved, rescued = (int(counts.get(name, 0)) for name in ("terkena", "bergeser", "jadi_tepat"))
    return Figures(row.version, row.kind, row.decree, touched, moved, rescued)


def _state(rows: list[Any], standing: Any, at: datetime) -> str:
    if standing is None:
        return "menunggu" if rows[0].rejected_at is None else "ditarik" if withdrawn(rows[0]) else "ditolak"
    if standing.kind == "REVOKE":
        return "dibatalkan"
    return "berlaku" if standing.until is None or standing.until > at else "pulih"


def _ranked(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda one: (-one[1], one[0])))
