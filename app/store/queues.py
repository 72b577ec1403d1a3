"""What stood in the queues of steps: who came when and was served when, and what stopped a file meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.store.tables.cases import cases, clock_events, clock_readings, clocks, promises, tasks
from app.store.tables.task_refusals import task_refusals
from engine.access import APPLICANT

MOST = 3000
# The last visit of a file to a step since it was complete: opened first, closed last; an open one is not served yet.
_VISITS = """
select t.case_id, c.permit, c.number, c.applicant_name, c.area, t.element, t.unit, max(t.name) as name,
  max(t.role) as role, r.started_at,
  l.budget, min(t.opened_at) as opened_at,
  case when bool_or(t.status = 'open') then null else max(t.closed_at) end as served_at
from tasks t join cases c on c.id = t.case_id
join clocks l on l.case_id = c.id and l.kind = 'L'
join clock_readings r on r.clock_id = l.id and r.started_at is not null
where t.role <> 'PM' and t.status in ('open', 'done') and t.opened_at >= r.started_at
  and t.case_id in (
    select distinct n.case_id from tasks n where n.status = 'open' or n.closed_at >= :since)
  and (cast(:permit as text) = '' or c.permit = :permit)
group by t.case_id, c.permit, c.number, c.applicant_name, t.element, t.unit, c.area, r.started_at, l.budget
having bool_or(t.status = 'open') or max(t.closed_at) >= :since
order by max(t.closed_at) desc nulls first, t.case_id limit :most
"""


class QueueStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def visits(self, since: datetime, permit: str = "", most: int = MOST) -> tuple[Any, ...]:
        """Files that wait at a step, or were served there since, of steps begun after they were complete."""
        return tuple(self.session.execute(text(_VISITS), {"since": since, "permit": permit, "most": most}))

    def stops(self, ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str, datetime]]]:
        """Case -> PAUSE and RESUME of its service clocks as (kind, cause, instant), in order; what never was left out.

        A correction says when the entry it names happened instead.
        """
        columns = (clock_events.c[name] for name in ("clock_id", "seq", "kind", "cause", "effective_at", "supersedes"))
        statement = select(clocks.c.case_id, *columns).join(clocks, clocks.c.id == clock_events.c.clock_id)
        statement = statement.where(clocks.c.case_id.in_(list(ids)), clocks.c.kind == "L")
        rows = self.session.execute(statement.order_by(clock_events.c.clock_id, clock_events.c.seq)).all()
        moved = {(row.clock_id, row.supersedes): row.effective_at for row in rows if row.kind == "CORRECT"}
        found = defaultdict(list)
        for row in rows:
            at = moved.get((row.clock_id, row.seq), row.effective_at)
            if row.kind in ("PAUSE", "RESUME") and at is not None:
                found[row.case_id].append((row.kind, row.cause or "", at))
        return dict(found)

    def refused(self, ids: Collection[UUID]) -> dict[tuple[UUID, str], list[datetime]]:
        """Case and step -> when somebody would not take its task."""
        statement = select(tasks.c.case_id, tasks.c.element, task_refusals.c.at)
        statement = statement.join(tasks, tasks.c.id == task_refusals.c.task_id).where(tasks.c.case_id.in_(list(ids)))
        found = defaultdict(list)
        for row in self.session.execute(statement.order_by(task_refusals.c.at)):
            found[(row.case_id, row.element)].append(row.at)
        return dict(found)

    # --- how long steps take

    def served(self, since: datetime, until: datetime, most: int = MOST) -> tuple[Any, ...]:
        """Officials' tasks done in [since, until), the newest of them: case, element, name, role, opened, closed."""
        columns = [tasks.c[name] for name in ("case_id", "element", "name", "role", "opened_at", "closed_at")]
        done = (tasks.c.status == "done", tasks.c.role != APPLICANT)
        statement = select(*columns).where(*done, tasks.c.closed_at >= since, tasks.c.closed_at < until)
        return tuple(self.session.execute(statement.order_by(tasks.c.closed_at.desc(), tasks.c.id).limit(most)))

    def waiting(self) -> dict[str, tuple[int, datetime]]:
        """Step -> how many tasks are open there, and since when the oldest."""
        open_ones = (tasks.c.status == "open", tasks.c.role != APPLICANT)
        statement = select(tasks.c.element, func.count().label("number"), func.min(tasks.c.opened_at).label("oldest"))
        statement = statement.where(*open_ones)
        return {
            row.element: (row.number, row.oldest) for row in self.session.execute(statement.group_by(tasks.c.element))
        }

    # --- courses of files

    def courses(self, since: datetime, most: int) -> tuple[Any, ...]:
        """Files whose service clock runs or stopped since, the newest first: begin, end, promise, whether late."""
        stop = select(func.max(clock_events.c.effective_at))
        stop = stop.where(clock_events.c.clock_id == clocks.c.id, clock_events.c.kind == "STOP")
        shown = clock_readings.c
        statement = (
            select(cases.c.id, cases.c.permit, cases.c.number, cases.c.applicant_name, cases.c.closed)
            .add_columns(shown.started_at, shown.running, shown.promised_at, shown.late)
            .add_columns(stop.scalar_subquery().label("stopped_at"))
            .join(clocks, clocks.c.id == shown.clock_id)
            .join(cases, cases.c.id == shown.case_id)
            .where(clocks.c.kind == "L", shown.started_at >= since)
        )
        return tuple(self.session.execute(statement.order_by(shown.started_at.desc(), cases.c.id).limit(most)))

    def steps(self, ids: Collection[UUID]) -> tuple[Any, ...]:
        """All tasks of these files, done or open, in the order in which they were closed; open ones last."""
        columns = [tasks.c[name] for name in ("case_id", "element", "name", "role", "opened_at", "closed_at")]
        statement = select(*columns).where(tasks.c.case_id.in_(list(ids)), tasks.c.status.in_(("done", "open")))
        return tuple(self.session.execute(statement.order_by(tasks.c.closed_at.asc().nulls_last(), tasks.c.id)))

    def promised(self, ids: Collection[UUID]) -> tuple[Any, ...]:
        """Every promise these files' service clocks ever made, oldest first: case, instant (None: none), when made."""
        columns = (promises.c.case_id, promises.c.promised_at, promises.c.made_at)
        statement = select(*columns).join(clocks, clocks.c.id == promises.c.clock_id)
        statement = statement.where(promises.c.case_id.in_(list(ids)), clocks.c.kind == "L")
        return tuple(self.session.execute(statement.order_by(promises.c.made_at, promises.c.id)))
