"""Open tasks that nobody may or will take today, and those that lie with somebody who is stood in for, of all files.

Present is who holds a role today and is not disabled.  Whoever is stood in for keeps the right (engine.access knows
no other rule), but what he holds reaches his substitute only when it is handed on: that is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST = 100
_HOLDS = "{0}.revoked_at is null and {0}.since <= :day and ({0}.until is null or {0}.until >= :day)"
_PRESENT = f"""
present as materialized (
  select g.person_id, g.role, g.unit from grants g join people p on p.id = g.person_id
  where {_HOLDS.format("g")} and p.disabled_at is null),
standing as materialized (
  select s.stands_for, s.role, s.unit, s.kind, p.name from grants s join people p on p.id = s.person_id
  where s.kind <> 'definitif' and {_HOLDS.format("s")} and p.disabled_at is null),
refused as materialized (select r.task_id, r.person_id from standing_refusals r)
"""
_SUBSTITUTE = """
select {} from standing s
where s.stands_for = t.assignee_id and s.role = t.role and (t.unit = '' or s.unit = '' or s.unit = t.unit)
"""
_FREE_FOR = """
a.role = t.role and (t.unit = '' or a.unit = '' or a.unit = t.unit)
"""
_MAY = f"""
{_FREE_FOR} and a.person_id <> c.applicant_id and (t.assignee_id is null or t.assignee_id = a.person_id)
and (coalesce(t.properties::jsonb ->> 'named', '') = ''
     or a.person_id::text = any(string_to_array(t.properties::jsonb ->> 'named', ',')))
and not exists (
  select 1 from tasks d where d.case_id = t.case_id and d.status = 'done' and d.closed_by = a.person_id
  and (d.element = any(string_to_array(coalesce(t.properties::jsonb ->> 'notSameAs', ''), ','))
       or (t.element, d.element) in (select b.element, b.barred from barred b)))
and (t.id, a.person_id) not in (select r.task_id, r.person_id from refused r)
"""
_STUCK = f"""
with {_PRESENT},
barred as materialized (select * from unnest(cast(:elements as text[]), cast(:barred as text[])) b(element, barred))
select t.id, t.case_id, t.element, t.name, t.role, t.unit, t.opened_at, t.due_at, c.number, c.applicant_name, c.permit,
  p.name as holder, ({_SUBSTITUTE.format("min(s.name)")}) as substitute,
  array(select h.person_id from present h where h.role = t.role
    and (t.unit = '' or h.unit = '' or h.unit = t.unit)) as present
from tasks t join cases c on c.id = t.case_id left join people p on p.id = t.assignee_id
where t.status = 'open' and t.role <> 'PM' and not c.closed and c.suspended = ''
  and (not exists (select 1 from present a where {_MAY}) or exists ({_SUBSTITUTE.format("1")}))
order by coalesce(t.due_at, c.promised_at, t.opened_at), t.id limit :most
"""
_QUEUE = """
select count(*) as number, min(t.opened_at) as oldest from tasks t
where t.status = 'open' and t.role <> 'PM' and t.element = any(:elements)
"""


@dataclass(frozen=True)
class Stuck:
    """`holder`: who has taken it; `substitute`: who stands in for the holder today, so that the task reaches nobody
    else until it is handed on; `present`: who holds its role today."""

    id: UUID
    case_id: UUID
    element: str
    name: str
    role: str
    unit: str
    opened_at: datetime
    due_at: datetime | None
    number: str | None
    applicant_name: str
    permit: str
    holder: str | None
    substitute: str | None
    present: tuple[UUID, ...]


class StuckTaskStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def stuck(self, day: date, separation: Mapping[str, frozenset[str]], most: int = MOST) -> tuple[Stuck, ...]:
        """The most urgent first; `separation`: step -> steps whose doers may not do it, beside what tasks name."""
        pairs = [(step, other) for step, others in separation.items() for other in sorted(others)]
        values = {"day": day, "most": most, "elements": [a for a, _ in pairs], "barred": [b for _, b in pairs]}
        rows = self.session.execute(text(_STUCK), values)
        return tuple(Stuck(**{**row._mapping, "present": tuple(row.present)}) for row in rows)

    def queue(self, elements: frozenset[str]) -> tuple[int, datetime | None]:
        """How many tasks of these steps are open, and since when the oldest."""
        row = self.session.execute(text(_QUEUE), {"elements": sorted(elements)}).one()
        return int(row.number), row.oldest
