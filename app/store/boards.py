"""Running service clocks counted and listed for the supervisor's board, by what they stand at and how near they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, and_, case, cast, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from app.store.case_lists import CaseRow
from app.store.tables.cases import cases, clock_readings, clocks, tasks
from app.store.tables.people import people

Cuts = Sequence[tuple[str, datetime | None]]  # as engine.clocks.ageing gives them
Place = tuple[datetime | None, UUID]  # promise and id of a list's last file
STANDING, UNKNOWN = "jeda", "tanpa"  # no promise: because the clock stands still, or for another reason
WAITING = "OPEN_PAUSE"
NOBODY = "-"
# What a file is grouped by -> its column; the first two are of the file, the others of its open tasks.
OF_FILE = {"keadaan": cases.c.state, "izin": cases.c.permit}
OF_TASK = {
    "langkah": tasks.c.element,
    "peran": tasks.c.role,
    "instansi": func.coalesce(func.nullif(tasks.c.unit, ""), NOBODY),
    "orang": func.coalesce(cast(tasks.c.assignee_id, Text), NOBODY),
}
GROUPS = (*OF_FILE, *OF_TASK)


@dataclass(frozen=True)
class Chosen:
    """Which running files a list shows; empty means all."""

    permit: str = ""
    state: str = ""
    group: str = ""  # one of GROUPS
    key: str = ""  # of that group
    spans: tuple[str, ...] = ()


class BoardStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def by_span(self, cuts: Cuts) -> dict[str, int]:
        """Span -> how many service clocks run in it; STANDING and UNKNOWN for those without a promise."""
        found: dict[str, int] = {}
        for promised in (True, False):
            statement = _running(promised, _span(cuts, promised).label("span"), func.count().label("number"))
            found |= {row.span: row.number for row in self.session.execute(statement.group_by("span"))}
        return found

    def grouped(self, group: str, cuts: Cuts) -> dict[str, dict[str, int]]:
        """Key of the group -> span -> files; one that stands at several steps counts at each of them once."""
        of_file = group in OF_FILE
        key = OF_FILE[group] if of_file else func.coalesce(OF_TASK[group], NOBODY)
        # Counting distinct files sorts them all, which only those need that may stand at several steps.
        number = func.count() if of_file else func.count(cases.c.id.distinct())
        found: dict[str, dict[str, int]] = {}
        for promised in (True, False):
            span = _span(cuts, promised).label("span")
            statement = _running(promised, key.label("key"), span, number.label("number"), with_tasks=not of_file)
            for row in self.session.execute(statement.group_by("key", "span")):
                found.setdefault(row.key, {})[row.span] = row.number
        return found

    def step_names(self, elements: Sequence[str]) -> dict[str, str]:
        """Element -> what its open tasks are called."""
        here = (tasks.c.element.in_(list(elements)), tasks.c.status == "open")
        statement = select(tasks.c.element, func.max(tasks.c.name).label("name")).where(*here)
        return {row.element: row.name for row in self.session.execute(statement.group_by(tasks.c.element))}

    def listed(self, chosen: Chosen, cuts: Cuts, limit: int, after: Place | None = None) -> tuple[CaseRow, ...]:
        """Running files behind a place, nearest promise first, those without one last; in the order of an index."""
        statement = select(*(cases.c[name] for name in CaseRow.__dataclass_fields__)).where(cases.c.serving)
        if chosen.spans:
            statement = statement.where(_within(chosen.spans, cuts))
        statement = statement.where(*_fitting(chosen))
        if after:
            statement = statement.where(_behind(*after))
        order = (cases.c.promised_at.asc().nulls_last(), cases.c.id)
        return tuple(CaseRow(**row._mapping) for row in self.session.execute(statement.order_by(*order).limit(limit)))

    def holders(self, ids: Sequence[str]) -> dict[str, str]:
        """Id, as text, of a person -> name."""
        statement = select(cast(people.c.id, Text).label("id"), people.c.name)
        statement = statement.where(cast(people.c.id, Text).in_(list(ids)))
        return {row.id: row.name for row in self.session.execute(statement)}


def _running(promised: bool, *columns: Any, with_tasks: bool = False) -> Any:
    """Of the files whose service clock runs: those with a promise, known by themselves, or those without.

    Why there is no promise only the reading says.
    """
    joined: Any = cases
    if not promised:
        joined = joined.join(clocks, and_(clocks.c.case_id == cases.c.id, clocks.c.kind == "L"))
        joined = joined.join(clock_readings, clock_readings.c.clock_id == clocks.c.id)
    if with_tasks:
        joined = joined.outerjoin(tasks, and_(tasks.c.case_id == cases.c.id, tasks.c.status == "open"))
    known = cases.c.promised_at.is_not(None) if promised else cases.c.promised_at.is_(None)
    return select(*columns).select_from(joined).where(cases.c.serving, known)


def _span(cuts: Cuts, promised: bool) -> Any:
    """SQL: the span of a running file's promise, or why it has none."""
    if not promised:
        return case((clock_readings.c.no_promise_because == WAITING, STANDING), else_=UNKNOWN)
    ways = [(cases.c.promised_at < until, literal(name)) for name, until in cuts if until is not None]
    return case(*ways, else_=literal(cuts[-1][0]))


def _within(spans: Sequence[str], cuts: Cuts) -> Any:
    """SQL: whether a running file lies in one of the spans."""
    promised = and_(cases.c.promised_at.is_not(None), _span(cuts, True).in_(spans))
    waits = select(clock_readings.c.case_id).join(clocks, clocks.c.id == clock_readings.c.clock_id)
    waits = waits.where(clocks.c.kind == "L", clock_readings.c.running, clock_readings.c.promised_at.is_(None))
    waits = waits.where(_span(cuts, False).in_(spans))
    return or_(promised, and_(cases.c.promised_at.is_(None), cases.c.id.in_(waits)))


def _fitting(chosen: Chosen) -> list[Any]:
    found: list[Any] = []
    if chosen.permit:
        found.append(cases.c.permit == chosen.permit)
    if chosen.state:
        found.append(cases.c.state == chosen.state)
    if chosen.group in OF_FILE:
        found.append(OF_FILE[chosen.group] == chosen.key)
    elif chosen.group in OF_TASK:
        found.append(_at_task(chosen.group, chosen.key))
    return found


def _at_task(group: str, key: str) -> Any:
    """Files with such an open task; NOBODY means also those without any."""
    here = (tasks.c.case_id == cases.c.id, tasks.c.status == "open")
    such = select(tasks.c.id).where(*here, OF_TASK[group] == key).exists()
    return such if key != NOBODY else or_(such, ~select(tasks.c.id).where(*here).exists())


def _behind(promised: datetime | None, id: UUID) -> Any:
    if promised is None:
        return and_(cases.c.promised_at.is_(None), cases.c.id > id)
    return or_(tuple_(cases.c.promised_at, cases.c.id) > (promised, id), cases.c.promised_at.is_(None))
