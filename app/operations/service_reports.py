"""Two more reports of a period: how technical agencies answered, and the index of public satisfaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.operations.report_listing import reader, window
from app.operations.report_living import choices
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import agencies, satisfaction
from engine.agencies import Performance, Request
from engine.clocks.ageing import working_days_between
from engine.errors import NotFound
from engine.reporting import Period
from engine.satisfaction import Index, Rule

SURVEY = "skm"  # the step in which an applicant answers
ANSWERED_BY_AGENCY = ("rekomendasi", "rekomendasi_opd")


@dataclass(frozen=True)
class AgencyPage:
    """`names`: agencies by code; `waited`: working days the oldest open request has waited when the period ends."""

    period: Period
    periods: tuple[Period, ...]
    lines: tuple[Performance, ...]
    names: dict[str, str]
    waited: dict[str, Fraction]


@retried
def agencies_page(period: Period, by: UUID, at: datetime) -> AgencyPage:
    """Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        lines = _performances(store, period, at)
        seen = min(at, period.span[1])
        waited = {one.unit: _days(store, one.oldest.asked_at, seen) for one in lines if one.oldest}
        names = {one.code: one.name for one in store.deployments.active().catalogue.agencies.values()}
        return AgencyPage(period, choices(at), lines, names, waited)


def _performances(store: Store, period: Period, at: datetime) -> tuple[Performance, ...]:
    begin, end = period.span
    rows = store.service_records.asked_of_agencies(ANSWERED_BY_AGENCY, begin, min(end, at))
    requests = (
        Request(row.id, row.number, row.permit, row.unit, row.opened_at, row.closed_at, row.late) for row in rows
    )
    return agencies.performances(
        requests, begin, end, lambda one: _days(store, one.asked_at, one.answered_at or one.asked_at)
    )


def _days(store: Store, since: datetime, until: datetime) -> Fraction:
    """Working days of the office's calendar."""
    return working_days_between(store.calendars.world().calendar.as_known(None), since, max(since, until))


@dataclass(frozen=True)
class Files:
    """A page of the files behind a figure; `lines`: id, number, permit, instant."""

    title: str
    period: Period
    lines: tuple[tuple[UUID, str, str, datetime], ...]
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
        lines = (one for one in _performances(store, period, at) if unit in ("", one.unit))
        found = [each for one in lines for each in one.requests[figure]]
        number, pages, shown = window(len(found), page)
        rows = tuple((one.case, one.number, _permit(catalogue, one.permit), one.asked_at) for one in found[shown])
        name = catalogue.agencies[unit].name if unit in catalogue.agencies else unit or "Perangkat daerah teknis"
        return Files(name, period, rows, len(found), number, pages)


def _permit(catalogue: Any, code: str) -> str:
    return str(catalogue.permits[code].name) if code in catalogue.permits else code


@dataclass(frozen=True)
class SurveyPage:
    """`labels`: what the survey asks, by field."""

    period: Period
    periods: tuple[Period, ...]
    index: Index | None
    labels: dict[str, str]


@retried
def survey_page(period: Period, by: UUID, at: datetime) -> SurveyPage:
    """Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        deployment = store.deployments.active()
        return SurveyPage(period, choices(at), survey(store, period), _labels(deployment))


def survey(store: Store, period: Period) -> Index | None:
    """The index of the surveys that came back in a period; None where the release in force has no rule for it."""
    rule = Rule.read(store.deployments.active().catalogue.settings)
    if rule is None:
        return None
    found = store.service_records.scores(SURVEY, rule.elements, *period.span)
    return satisfaction.index(rule, found.asked, found.answered, found.counts)


def _labels(deployment: Any) -> dict[str, str]:
    form = deployment.forms.get(SURVEY)
    fields = (field for section in form.sections for field in section.fields) if form else ()
    return {field.name: field.label for field in fields}


@retried
def survey_files(period: Period, page: int, by: UUID, at: datetime) -> Files:
    """The files whose applicants answered, not who gave which value: that is theirs.  Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        catalogue, found = store.deployments.active().catalogue, survey(store, period)
        answered = found.answered if found else 0
        number, pages, shown = window(answered, page)
        rows = store.service_records.answering(SURVEY, *period.span, shown.start, shown.stop - shown.start)
        lines = tuple((row.id, row.number, _permit(catalogue, row.permit), row.at) for row in rows)
        return Files("Survei kepuasan masyarakat", period, lines, answered, number, pages)
