"""How technical agencies answered in a period, and what applicants gave: counted once, told by pages and by reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from app.operations.expiring import expiry
from app.store import Store
from engine import agencies, satisfaction
from engine.agencies import Performance, Request, performance_as_json, performance_from_json
from engine.clocks.ageing import working_days_between
from engine.reporting import Period
from engine.reporting.tables import AGENCIES, BY_EXPIRY, SATISFACTION, Tables, of_agencies, of_satisfaction
from engine.satisfaction import Index, Rule

SURVEY = "skm"  # the step in which an applicant answers
ANSWERED_BY_AGENCY = ("rekomendasi", "rekomendasi_opd")


def requests(store: Store, period: Period, at: datetime) -> Iterator[Request]:
    """What agencies were asked and had open at some instant of a period."""
    begin, end = period.span
    rows = store.service_records.asked_of_agencies(ANSWERED_BY_AGENCY, begin, min(end, at))
    return (Request(row.id, row.number, row.permit, row.unit, row.opened_at, row.closed_at, row.late) for row in rows)


def performances(store: Store, period: Period, at: datetime) -> tuple[Performance, ...]:
    """Days are working days of the office's calendar."""
    calendar = store.calendars.world().calendar.as_known(None)

    @cache  # of many requests not a few are asked and answered in the same minutes
    def days(since: datetime, until: datetime) -> Fraction:
        return working_days_between(calendar, since, max(since, until))

    return agencies.performances(requests(store, period, at), *period.span, days, min(at, period.span[1]))


def index(store: Store, period: Period) -> Index | None:
    """The index of the surveys that came back in a period; None where the release in force has no rule for it."""
    rule = Rule.read(store.deployments.active().catalogue.settings)
    if rule is None:
        return None
    found = store.service_records.scores(SURVEY, rule.elements, *period.span)
    return satisfaction.index(rule, found.asked, found.answered, found.counts)


def tables(store: Store, period: Period, at: datetime) -> Tables:
    """Both, and the permits that end, as a report freezes them."""
    return {
        AGENCIES: of_agencies(performances(store, period, at)),
        SATISFACTION: of_satisfaction(index(store, period)),
        BY_EXPIRY: expiry(store, period, at),
    }


def told_services(store: Store, period: Period, at: datetime) -> dict[str, Any]:
    """Both as plain JSON, to be kept with what a large period adds up to."""
    found = index(store, period)
    lines = [performance_as_json(one) for one in performances(store, period, at)]
    return {"agencies": lines, "satisfaction": _written(found) if found else None}


def _written(found: Index) -> dict[str, Any]:
    counts = {one.code: list(one.counts) for one in found.elements}
    return {"asked": found.asked, "answered": found.answered, "counts": counts}


def kept_performances(told: Mapping[str, Any]) -> tuple[Performance, ...]:
    """What `told_services` wrote of agencies."""
    return tuple(performance_from_json(one) for one in told["agencies"])


def kept_index(store: Store, told: Mapping[str, Any]) -> Index | None:
    """What `told_services` wrote of the survey, by the rule in force."""
    rule, found = Rule.read(store.deployments.active().catalogue.settings), told["satisfaction"]
    return None if rule is None or found is None else satisfaction.index(rule, **found)


def labels(deployment: Any) -> dict[str, str]:
    """What the survey asks, by field."""
    form = deployment.forms.get(SURVEY)
    fields = (field for section in form.sections for field in section.fields) if form else ()
    return {field.name: field.label for field in fields}
