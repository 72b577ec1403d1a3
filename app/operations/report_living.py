"""The living figures of any period: counted as they are asked for, those of a large one told from what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import counted_facts, report_papers
from app.operations import report_tables as tables
from app.operations.counted_facts import Progress, StillCounting
from app.operations.documents import Download
from app.operations.expiring import expiry
from app.operations.report_disruptions import disruptions_of, narrowed
from app.operations.report_listing import Listed, known, lines_of, listed, reader, window
from app.operations.report_told import Contents
from app.operations.report_words import value_of
from app.operations.retrying import retried
from app.store import Store, transaction
from engine.catalogue import Catalogue
from engine.reporting import KINDS, CaseFacts, Disruptions, Period, figures, from_json, sums, sums_from_json
from engine.reporting.tables import BY_EXPIRY, of_charts

BACK = 18  # months back to choose from
LEAST = 4  # so many periods of each kind at least


@dataclass(frozen=True)
class Wanted:
    """What somebody looks at: a period, and which files of it; `cuts`: to what a list is cut."""

    period: Period
    permit: str = ""
    area: str = ""
    cuts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Living:
    """Figures as of `told_at`; `periods`, `permits`, `areas`: to choose from.

    `counting`: how far a large period is counted that has no figures yet, `told` is then empty; `moved`: files have
    changed since `told_at`, and are being counted.
    """

    wanted: Wanted
    told: Contents
    periods: tuple[Period, ...]
    permits: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    told_at: datetime
    counting: Progress | None = None
    moved: bool = False


@dataclass(frozen=True)
class _Found:
    told: Contents
    at: datetime
    counting: Progress | None = None
    moved: bool = False


@retried
def living(wanted: Wanted, by: UUID, at: datetime) -> Living:
    """The figures of a period by all that is known, frozen nowhere.  Raises NotAllowed."""
    _asked_by(by, at)
    counted_facts.advance(wanted.period, at, wanted.permit, wanted.area)
    with transaction(snapshot=True) as store:
        found = _living(store, wanted, at)
        catalogue = found.told.catalogue
        permits = tuple((one.code, one.name) for one in catalogue.permits.values())
        shown = (choices(at), permits, _areas(catalogue.areas), found.at, found.counting, found.moved)
        return Living(wanted, found.told, *shown)


def _asked_by(by: UUID, at: datetime) -> None:
    """Nothing is counted for whom it is not."""
    with transaction() as store:
        reader(store, by, at)


def _living(store: Store, wanted: Wanted, at: datetime) -> _Found:
    disruptions = disruptions_of(store, wanted.period, at)
    catalogue = store.deployments.active().catalogue
    asked = counted_facts.asked_of(store, wanted.period, at, disruptions, wanted.permit, wanted.area)
    if counted_facts.is_large(store, asked):
        told = counted_facts.telling(store, asked)
        if told is not None:
            narrow = narrowed(store, disruptions, wanted.permit, wanted.area)
            retold = _retold(wanted.period, told.told, narrow, catalogue)
            return _Found(_with_expiry(store, retold, wanted, at), told.at, moved=told.moved)
        return _Found(_told(wanted.period, (), disruptions, catalogue), at, counted_facts.progress(store, asked))
    try:
        facts = counted_facts.known_facts(store, wanted.period, at, disruptions, wanted.permit, wanted.area)
    except StillCounting as still:
        return _Found(_told(wanted.period, (), disruptions, catalogue), at, still.progress)
    narrow = narrowed(store, disruptions, wanted.permit, wanted.area)
    return _Found(_with_expiry(store, _told(wanted.period, facts, narrow, catalogue), wanted, at), at)


def _with_expiry(store: Store, told: Contents, wanted: Wanted, at: datetime) -> Contents:
    """Which permits end rests on no file of the period, and is asked for anew."""
    lines = expiry(store, wanted.period, at, wanted.permit, wanted.area)
    return replace(told, tables={**told.tables, BY_EXPIRY: lines})


def _told(period: Period, facts: tuple[CaseFacts, ...], disruptions: Disruptions, catalogue: Catalogue) -> Contents:
    summed = sums(facts)
    said = str(period.label), period.code, figures(facts), facts, (), catalogue, summed
    return Contents(*said, disruptions, of_charts(summed))


def _retold(period: Period, told: Any, disruptions: Disruptions, catalogue: Catalogue) -> Contents:
    """Of the files only those are named that are shown."""
    lines = {permit: {code: value_of(one) for code, one in row.items()} for permit, row in told["figures"].items()}
    late = tuple(from_json(one) for one in told["late"])
    summed = sums_from_json(told["sums"])
    said = str(period.label), period.code, lines, late, (), catalogue, summed
    return Contents(*said, disruptions, of_charts(summed))


def _areas(areas: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Each kecamatan followed by its kelurahan."""
    return tuple((code, one.name) for code, one in sorted(areas.items()))


def choices(at: datetime) -> tuple[Period, ...]:
    """Months, quarters and years, that of today and those before, newest first."""
    found: list[Period] = []
    for kind, months in KINDS.items():
        period = Period.around(kind, at.astimezone(WIB).date())
        for _ in range(max(BACK // months, LEAST)):
            found.append(period)
            period = period.before()
    return tuple(found)


def usual(at: datetime) -> Period:
    """The month that ended last: what is asked for most."""
    return Period.around("bulanan", at.astimezone(WIB).date()).before()


@retried
def living_files(wanted: Wanted, code: str, page: int, by: UUID, at: datetime) -> Listed:
    """The files behind a living figure.  Raises NotFound for a figure that is none, StillCounting."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        known(code)
        disruptions = disruptions_of(store, wanted.period, at)
        asked = counted_facts.asked_of(store, wanted.period, at, disruptions, wanted.permit, wanted.area)
        if counted_facts.is_large(store, asked):
            return _many(store, wanted, code, page, at, disruptions)
        facts = counted_facts.known_facts(store, wanted.period, at, disruptions, wanted.permit, wanted.area)
        return listed(store, facts, code, wanted.permit, page, wanted.period, wanted.cuts)


def _many(store: Store, wanted: Wanted, code: str, page: int, at: datetime, disruptions: Disruptions) -> Listed:
    """The facts of the files that are shown are read, of the others where they stand."""
    codes, which = (code, *wanted.cuts), (wanted.permit, wanted.area)
    places, rest = counted_facts.files_behind(store, wanted.period, at, disruptions, codes, *which)
    number, pages, shown = window(len(places), page)
    ids = [case for _number, case in places[shown]]
    facts = counted_facts.facts_of_page(store, wanted.period, at, disruptions, ids) | rest
    lines = lines_of(store, code, [facts[one] for one in ids])
    return Listed(code, wanted.permit, lines, len(places), number, pages, wanted.period)


@retried
def living_table(wanted: Wanted, by: UUID, at: datetime) -> Download:
    """The living figures as CSV, of a large period as they were told last.  Raises StillCounting."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        found = _living(store, wanted, at)
        if found.counting is not None:
            raise StillCounting(wanted.period, found.counting)
        return Download(f"angka-{found.told.code}.csv", report_papers.CSV, tables.as_csv(found.told))
