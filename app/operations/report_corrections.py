"""What a report must correct of the signed ones before it, and which signed reports a change of the law would touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.operations import services_told
from app.operations.counted_facts import known_facts
from app.operations.refreshing import Move
from app.operations.report_disruptions import disruptions_of
from app.operations.reporting import facts_of
from app.store import Store
from app.store.encoding import parse
from engine.clocks import World
from engine.errors import Sentence
from engine.reporting import (
    Account,
    Anew,
    CaseFacts,
    Change,
    Difference,
    Period,
    account,
    anew,
    anew_from_json,
    applied,
    changes,
    differences,
    disruptions_from_json,
    from_json,
    sums,
    told_with,
)
from engine.reporting.tables import (
    Retabled,
    Tables,
    of_charts,
    read_value,
    retabled,
    tables_from_json,
    tables_with,
)

MONTHS_BACK = 24  # of a release that names none


@dataclass(frozen=True)
class Correction:
    """`about`: the row of a signed report; what was told of its period, and what is known now.

    `disrupted`: the same of keadaan kahar and of central systems; None where all was told as it is known.
    `retabled`: the same of the tables beside the figures.
    """

    about: Any
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    disrupted: Anew | None = None
    retabled: tuple[Retabled, ...] = ()


def period_of(row: Any) -> Period:
    return Period(row.since, row.until, row.kind)


def told(store: Store, report_id: UUID, only: Iterable[UUID] | None = None) -> tuple[CaseFacts, ...]:
    """What the office last told of a period: as frozen, with what later signed reports corrected."""
    wanted = None if only is None else list(only)
    return _corrected(store, report_id, _frozen(store, report_id, wanted), wanted)


def _frozen(store: Store, report_id: UUID, only: Iterable[UUID] | None = None) -> tuple[CaseFacts, ...]:
    return tuple(from_json(one) for one in store.reports.facts(report_id, only))


def _corrected(
    store: Store, report_id: UUID, frozen: tuple[CaseFacts, ...], only: Iterable[UUID] | None = None
) -> tuple[CaseFacts, ...]:
    return applied(frozen, (change_of(one) for one in store.reports.corrections_of(report_id, only)))


def told_of_disruptions(store: Store, row: Any, frozen: tuple[CaseFacts, ...]) -> Account:
    """What the office last told of what disturbed a period; `frozen`: the facts of its report, as they were."""
    found = account(disruptions_from_json(parse(row.disruptions)) if row.disruptions else None, sums(frozen))
    for later in store.reports.correcting(row.id):
        for one in parse(later.differences):
            if one["about"] == str(row.id) and "disruptions" in one:
                found = told_with(found, anew_from_json(one["disruptions"]))
    return found


def change_of(row: Any) -> Change:
    before, after = (from_json(one) if one else None for one in (row.before, row.after))
    return Change(row.case_id, before, after)


def corrections(store: Store, period: Period, at: datetime) -> tuple[Correction, ...]:
    """Of every signed report of the same kind before `period`, as far back as the office corrects."""
    found = (_correction(store, row, at) for row in _within_reach(store, period))
    return tuple(one for one in found if one.changes or one.disrupted or one.retabled)


def _within_reach(store: Store, period: Period) -> list[Any]:
    months = int(store.deployments.active().catalogue.settings.get("laporan_koreksi_bulan", MONTHS_BACK))
    first = period.since.year * 12 + period.since.month - 1 - months
    begin = date(first // 12, first % 12 + 1, 1)
    return [one for one in store.reports.signed(period.kind, period.since) if one.since >= begin]


def _correction(store: Store, row: Any, at: datetime) -> Correction:
    period, frozen = period_of(row), _frozen(store, row.id)
    now = disruptions_of(store, period, at)
    old, new = _corrected(store, row.id, frozen), known_facts(store, period, at, now)
    found = changes(old, new)
    after = applied(old, found) if found else old
    figures = differences(old, after) if found else ()
    disrupted = anew(told_of_disruptions(store, row, frozen), account(now, sums(new)))
    return Correction(row, found, figures, disrupted, _retabled(store, row, (old, after), at))


def _retabled(
    store: Store, row: Any, facts: tuple[tuple[CaseFacts, ...], tuple[CaseFacts, ...]], at: datetime
) -> tuple[Retabled, ...]:
    """What of its tables is known otherwise; a report that was frozen before reports had them told none of it."""
    if row.tables is None:
        return ()
    old, new = (of_charts(sums(one)) for one in facts)
    told, known = told_of_tables(store, row), services_told.tables(store, period_of(row), at)
    same = {code: lines for code, lines in known.items() if code in told}  # reports gained tables one after the other
    return retabled({**told, **old}, {**same, **new})


def told_of_tables(store: Store, row: Any) -> Tables:
    """What the office last told of agencies and of the survey: as frozen, with what later signed reports corrected."""
    found = tables_from_json(parse(row.tables))
    for later in store.reports.correcting(row.id):
        for one in parse(later.differences):
            if one["about"] == str(row.id):
                told = (Retabled(*each[:3], *map(read_value, each[3:])) for each in one.get("tables", ()))
                found = tables_with(found, (each for each in told if each.table in found))
    return found


# --- what a change of the law would do to what was told


class Lived(NamedTuple):
    """When a touched service clock ran, by the law as it stands: all that is kept of clocks that are over."""

    case_id: UUID
    started_at: datetime | None
    stopped_at: datetime | None

    @classmethod
    def of(cls, move: Move) -> Lived:
        return cls(move.case_id, move.before.started_at, move.before.stopped_at)

    def lies_in(self, period: Period) -> bool:
        """A clock that began later, or was over before, adds nothing to a period."""
        begin, end = period.span
        begun = self.started_at is not None and self.started_at < end
        return begun and (self.stopped_at is None or self.stopped_at > begin)


@dataclass(frozen=True)
class Reported:
    """A signed report that would be corrected, and the files for which: id and number, by number."""

    report_id: UUID
    number: str
    kind: str
    label: Sentence
    cases: tuple[tuple[UUID, str], ...]


def reported(
    store: Store, touched: Sequence[Lived], worlds: tuple[World, World], since: datetime, at: datetime
) -> tuple[Reported, ...]:
    """Signed reports that tell of a touched file what would no longer be so; `worlds`: without the change and with it.

    Computed as the next report computes its corrections, so that the two agree file by file.
    """
    rows = [one for one in store.reports.signed() if period_of(one).span[1] > since] if touched else []
    found = (_reported(store, row, touched, worlds, at) for row in reversed(rows))
    return tuple(one for one in found if one.cases)


def _reported(store: Store, row: Any, touched: Sequence[Lived], worlds: tuple[World, World], at: datetime) -> Reported:
    period = period_of(row)
    ids = list(dict.fromkeys(one.case_id for one in touched if one.lies_in(period)))
    old, new = (facts_of(store, period, at, only=ids, world=world) for world in worlds)
    files = tuple((one.case, one.number) for one in changes(old, new))
    return Reported(row.id, row.number, row.kind, period.label, files)


def counted(found: Sequence[Reported]) -> dict[str, Any]:
    """As a proposal's preview keeps it: how many files, and how many of each report by its number."""
    files = {case for one in found for case, _number in one.cases}
    return {"sudah_dilaporkan": len(files), "laporan": [[one.number, len(one.cases)] for one in found]}
