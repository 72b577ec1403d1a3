"""Two more reports of a period: how technical agencies answered, and the index of public satisfaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.operations import counted_facts, expiring, services_told
from app.operations.counted_facts import Progress, Telling
from app.operations.report_disruptions import disruptions_of
from app.operations.report_listing import reader, window
from app.operations.report_living import choices
from app.operations.retrying import retried
from app.operations.services_told import ANSWERED_BY_AGENCY, SURVEY, labels
from app.store import Store, transaction
from engine import agencies
from engine.agencies import Performance
from engine.errors import NotFound
from engine.reporting import Period
from engine.satisfaction import Index


@dataclass(frozen=True)
class Kept:
    """Of a large period what the worker told last, None while `counting`; of any other neither."""

    large: bool
    telling: Telling | None = None
    counting: Progress | None = None


def kept(store: Store, period: Period, at: datetime) -> Kept:
    asked = counted_facts.asked_of(store, period, at, disruptions_of(store, period, at))
    if not counted_facts.is_large(store, asked):
        return Kept(False)
    told = counted_facts.telling(store, asked)
    return Kept(True, told, None if told else counted_facts.progress(store, asked))


@dataclass(frozen=True)
class AgencyPage:
    """`names`: agencies by code; `told_at`: as of when, `counting`: how far a large period is that has no lines yet."""

    period: Period
    periods: tuple[Period, ...]
    lines: tuple[Performance, ...]
    names: dict[str, str]
    told_at: datetime
    counting: Progress | None = None


@retried
def agencies_page(period: Period, by: UUID, at: datetime) -> AgencyPage:
    """Raises NotAllowed."""
    _asked_by(period, by, at)
    with transaction(snapshot=True) as store:
        found = kept(store, period, at)
        names = {one.code: one.name for one in store.deployments.active().catalogue.agencies.values()}
        told_at = found.telling.at if found.telling else at
        return AgencyPage(period, choices(at), _lines(store, period, found, at), names, told_at, found.counting)


def _asked_by(period: Period, by: UUID, at: datetime) -> None:
    """Nothing is counted for whom it is not."""
    with transaction() as store:
        reader(store, by, at)
    counted_facts.advance(period, at)


def _lines(store: Store, period: Period, found: Kept, at: datetime) -> tuple[Performance, ...]:
    if found.telling:
        return services_told.kept_performances(found.telling.told)
    return () if found.large else services_told.performances(store, period, at)


@dataclass(frozen=True)
class Files:
    """A page of the files behind a figure; `lines`: id, number, permit, instant, or the last day of a permit."""

    title: str
    period: Period
    lines: tuple[tuple[UUID, str, str, datetime | date], ...]
    total: int
    number: int
    pages: int


@retried
def agency_files(period: Period, unit: str, figure: str, page: int, by: UUID, at: datetime) -> Files:
    """The files behind a figure of an agency, "" for all of them.  Raises NotFound, NotAllowed."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        if figure not in agencies.FIGURES:
            raise NotFound("Angka laporan tidak ditemukan.")
        catalogue = store.deployments.active().catalogue
        found = store.service_records.agency_files(ANSWERED_BY_AGENCY, period.span, at, unit, figure)
        total = found.total()
        number, pages, shown = window(total, page)
        lines = found.page(shown)
        rows = tuple((one.id, one.number, _permit(catalogue, one.permit), one.opened_at) for one in lines)
        name = catalogue.agencies[unit].name if unit in catalogue.agencies else unit or "Perangkat daerah teknis"
        return Files(name, period, rows, total, number, pages)


def _permit(catalogue: Any, code: str) -> str:
    return str(catalogue.permits[code].name) if code in catalogue.permits else code


@dataclass(frozen=True)
class SurveyPage:
    """`labels`: what the survey asks, by field; `told_at`, `counting` as of agencies."""

    period: Period
    periods: tuple[Period, ...]
    index: Index | None
    labels: dict[str, str]
    told_at: datetime
    counting: Progress | None = None


@retried
def survey_page(period: Period, by: UUID, at: datetime) -> SurveyPage:
    """Raises NotAllowed."""
    _asked_by(period, by, at)
    with transaction(snapshot=True) as store:
        found, deployment = kept(store, period, at), store.deployments.active()
        told_at = found.telling.at if found.telling else at
        return SurveyPage(
            period, choices(at), _index(store, period, found), labels(deployment), told_at, found.counting
        )


def _index(store: Store, period: Period, found: Kept) -> Index | None:
    if found.telling:
        return services_told.kept_index(store, found.telling.told)
    return None if found.large else services_told.index(store, period)


@retried
def expiry_files(period: Period, permit: str, area: str, column: str, page: int, by: UUID, at: datetime) -> Files:
    """The permits that end within the span of a column, earliest first.  Raises NotFound, NotAllowed."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        span = expiring.spans(period, at).get(column)
        if span is None:
            raise NotFound("Angka laporan tidak ditemukan.")
        asked, catalogue = expiring.asked(period, at, permit, area), store.deployments.active().catalogue
        total, _none = store.expiry.files(asked, span, slice(0, 0))
        number, pages, shown = window(total, page)
        _total, rows = store.expiry.files(asked, span, shown)
        lines = (
            (row.id, row.number or "", _permit(catalogue, row.permit), date.fromisoformat(row.last)) for row in rows
        )
        title = _permit(catalogue, permit) if permit else "Izin yang berakhir masa berlakunya"
        return Files(title, period, tuple(lines), total, number, pages)


def survey(store: Store, period: Period, at: datetime) -> Index | None:
    """The index of a period, of a large one as it was told last; None while it is counted and without a rule."""
    return _index(store, period, kept(store, period, at))


@retried
def survey_files(period: Period, page: int, by: UUID, at: datetime) -> Files:
    """The files whose applicants answered, not who gave which value: that is theirs.  Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        catalogue = store.deployments.active().catalogue
        answered = store.service_records.returned(SURVEY, *period.span).answered
        number, pages, shown = window(answered, page)
        rows = store.service_records.answering(SURVEY, *period.span, shown.start, shown.stop - shown.start)
        lines = tuple((row.id, row.number, _permit(catalogue, row.permit), row.at) for row in rows)
        return Files("Survei kepuasan masyarakat", period, lines, answered, number, pages)
