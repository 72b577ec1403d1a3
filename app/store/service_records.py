"""What applicants answered in the survey, and what agencies were asked: the raw material of two reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.orm import Session

from app.store.tables.cases import cases, clock_readings, clocks, submissions, tasks

_SCORES = text(
    """
    select e.code, e.given, count(*) as times
    from submissions s cross join lateral jsonb_each_text(s.values::jsonb) as e(code, given)
    where s.element = :element and s.at >= :since and s.at < :until and s.values is not null
      and e.code = any(:codes) and e.given in ('1', '2', '3', '4')
      and s.values::jsonb ->> 'bersedia' = 'true'
    group by e.code, e.given
    """
)
_ANSWERS = text(
    """
    select count(*) as asked, count(*) filter (where s.values::jsonb ->> 'bersedia' = 'true') as answered
    from submissions s
    where s.element = :element and s.at >= :since and s.at < :until and s.values is not null
    """
)


class Scores(NamedTuple):
    """`counts`: field -> how many gave 1, 2, 3, 4."""

    asked: int
    answered: int
    counts: dict[str, list[int]]


class ServiceRecordStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def scores(self, element: str, codes: Sequence[str], since: datetime, until: datetime) -> Scores:
        """Surveys that came back in [since, until); erased ones are in none of it."""
        span = {"element": element, "since": since, "until": until}
        whole = self.returned(element, since, until)
        counts = {code: [0, 0, 0, 0] for code in codes}
        for row in self.session.execute(_SCORES, span | {"codes": list(codes)}):
            counts[row.code][int(row.given) - 1] = int(row.times)
        return Scores(whole.asked, whole.answered, counts)

    def returned(self, element: str, since: datetime, until: datetime) -> Any:
        """How many surveys came back in [since, until) (asked), and of how many their giver agreed to it (answered)."""
        return self.session.execute(_ANSWERS, {"element": element, "since": since, "until": until}).one()

    def answering(self, element: str, since: datetime, until: datetime, skip: int, most: int) -> list[Any]:
        """The files whose applicants answered, by number: id, number, permit, at."""
        agreed = text("submissions.values::jsonb ->> 'bersedia' = 'true'")
        found = select(cases.c.id, func.coalesce(cases.c.number, "").label("number"), cases.c.permit, submissions.c.at)
        found = found.join(submissions, submissions.c.case_id == cases.c.id)
        found = found.where(submissions.c.element == element, submissions.c["values"].is_not(None), agreed)
        found = found.where(submissions.c.at >= since, submissions.c.at < until)
        return list(self.session.execute(found.order_by("number", submissions.c.at).offset(skip).limit(most)))

    def asked_of_agencies(self, elements: Sequence[str], since: datetime, until: datetime) -> list[Any]:
        """Steps of agencies that were open at some instant of [since, until).

        Each with whether its own term was broken.

        Steps that were taken back are left out: nobody could answer them any more.
        """
        found = _asked(*_REQUEST, _LATE.label("late")).where(*_there(elements, since, until))
        return list(self.session.execute(found.order_by(tasks.c.unit, _NUMBER, tasks.c.opened_at)))

    def agency_files(
        self, elements: Sequence[str], span: tuple[datetime, datetime], at: datetime, unit: str, figure: str
    ) -> AgencyFiles:
        """Those of them, of an agency or of all, that stand behind a figure as `engine.agencies` defines it."""
        met = [*_there(elements, span[0], min(span[1], at)), *_behind(figure, *span)]
        return AgencyFiles(self.session, [*met, tasks.c.unit == unit] if unit else met)


class AgencyFiles:
    """A list of requests, read page by page."""

    def __init__(self, session: Session, met: list[ColumnElement[bool]]) -> None:
        self.session, self.met = session, met

    def total(self) -> int:
        return int(self.session.scalar(_asked(func.count()).where(*self.met)) or 0)

    def page(self, shown: slice) -> list[Any]:
        """id, number, permit, opened_at of each, by agency and number."""
        found = _asked(*_REQUEST).where(*self.met).order_by(tasks.c.unit, _NUMBER, tasks.c.opened_at)
        return list(self.session.execute(found.offset(shown.start).limit(shown.stop - shown.start)))


_NUMBER = func.coalesce(cases.c.number, "")
_REQUEST = (cases.c.id, _NUMBER.label("number"), cases.c.permit, tasks.c.unit, tasks.c.opened_at, tasks.c.closed_at)
# Whether the own term of a step was broken; None where it had none.
_LATE = (
    select(clock_readings.c.late)
    .join(clocks, clocks.c.id == clock_readings.c.clock_id)
    .where(clocks.c.case_id == tasks.c.case_id, clocks.c.task_id == tasks.c.id, clocks.c.kind == "T")
    .limit(1)
    .scalar_subquery()
)


def _asked(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(tasks.join(cases, cases.c.id == tasks.c.case_id))


def _there(elements: Sequence[str], since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    """Steps of agencies that were open then and were not taken back."""
    open_then = (tasks.c.opened_at < until, or_(tasks.c.closed_at.is_(None), tasks.c.closed_at >= since))
    return [tasks.c.element.in_(elements), tasks.c.unit != "", tasks.c.status != "cancelled", *open_then]


def _behind(figure: str, since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    answered = [tasks.c.closed_at >= since, tasks.c.closed_at < until]
    return {
        "diminta": [tasks.c.opened_at >= since, tasks.c.opened_at < until],
        "dijawab": answered,
        "tepat": [*answered, _LATE.is_(False)],
        "terlambat": [*answered, _LATE.is_(True)],
        "terbuka": [or_(tasks.c.closed_at.is_(None), tasks.c.closed_at >= until)],
    }[figure]
