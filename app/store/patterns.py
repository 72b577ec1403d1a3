"""Patterns in who decided what and when, and the decisions behind each: read off the tasks that were done.

Each pattern is one set of decisions in a period (`seen`, with `hit` where it counts) and one way of adding them up; the
list behind a figure is the same set, so that both always agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST = 200
_DONE = """t.case_id, t.id as task_id, t.element, t.name, t.role, t.closed_by as person, t.closed_at as at, t.opened_at,
  t.outcome"""
_PERIOD = "t.status = 'done' and t.role <> 'PM' and t.closed_at >= :since and t.closed_at < :until"
_NOBODY = "cast(null as uuid) as other, '' as before"
_DECIDED = f"select {_DONE}, {_NOBODY}, {{hit}} as hit from tasks t where {_PERIOD} and t.element = any(:decisions)"
_RETURNED = f"""
select {_DONE}, {_NOBODY},
  exists (select 1 from unnest(cast(:steps as text[]), cast(:buttons as text[])) r(step, button)
  where r.step = t.element and r.button = t.outcome) as hit
from tasks t where {_PERIOD} and t.element = any(:steps)
"""
# Who did the earlier step of the pair last, before the later one was done.
_PAIRED = f"""
select {_DONE}, a.closed_by as other, p.first as before, true as hit
from unnest(cast(:firsts as text[]), cast(:seconds as text[])) p(first, second)
join tasks t on t.element = p.second and {_PERIOD}
cross join lateral (select d.closed_by from tasks d where d.case_id = t.case_id and d.element = p.first
  and d.status = 'done' and d.closed_at <= t.closed_at order by d.closed_at desc limit 1) a
"""
_HELD = """g.person_id = t.closed_by and g.role = t.role and (t.unit = '' or g.unit = '' or g.unit = t.unit)
  and g.since <= (t.closed_at at time zone 'Asia/Jakarta')::date
  and (g.until is null or g.until >= (t.closed_at at time zone 'Asia/Jakarta')::date)
  and (g.revoked_at is null or g.revoked_at > t.closed_at)"""
# Done in somebody's stead, by one who did a step in the period that is kept apart from it; `outcome`: in the same file.
_SUBSTITUTED = f"""
select {_DONE.replace("t.outcome", "case when a.same then 'sama' else '' end as outcome")},
  cast(null as uuid) as other, p.first as before, true as hit
from unnest(cast(:firsts as text[]), cast(:seconds as text[])) p(first, second)
join tasks t on t.element = p.second and {_PERIOD}
cross join lateral (select bool_or(d.case_id = t.case_id) as same from tasks d where d.closed_by = t.closed_by
  and d.element = p.first and d.status = 'done' and d.closed_at >= :since and d.closed_at < :until) a
where a.same is not null
  and exists (select 1 from grants g where g.kind <> 'definitif' and {_HELD})
  and not exists (select 1 from grants g where g.kind = 'definitif' and {_HELD})
"""
_NO_REST = "0 as rest_n, 0 as rest_of"
_PAIRS = """
select element, before, other, person, null::uuid as case_id, n, of_n, rest_n, rest_of from (
  select element, before, other, person, n, sum(n) over theirs as of_n,
    sum(n) over persons - n as rest_n, sum(n) over alls - sum(n) over theirs as rest_of
  from (select element, before, other, person, count(*) as n from seen group by element, before, other, person) g
  window theirs as (partition by element, before, other), persons as (partition by element, before, person),
    alls as (partition by element, before)) w
where n >= :least and rest_of > 0 and n * rest_of * :under >= rest_n * of_n * :over
order by n desc, element, person, other limit :most
"""
_RETURNERS = """
select element, '' as before, null::uuid as other, person, null::uuid as case_id, n, of_n, rest_n, rest_of from (
  select element, person, n, of_n, sum(n) over alls - n as rest_n, sum(of_n) over alls - of_n as rest_of
  from (select element, person, count(*) filter (where hit) as n, count(*) as of_n from seen group by element, person) g
  window alls as (partition by element)) w
where n >= :least and rest_of > 0 and n * rest_of * :under >= rest_n * of_n * :over
order by n desc, element, person limit :most
"""


def _counted(*by: str) -> str:
    """How often it counts among the decisions of each group, from `least` on."""
    null = {"element": "''", "before": "''", "other": "null::uuid", "person": "null::uuid", "case_id": "null::uuid"}
    shown = ", ".join(one if one in by else f"{empty} as {one}" for one, empty in null.items())
    return f"""
select {shown}, count(*) filter (where hit) as n, count(*) as of_n,
  count(*) filter (where hit and outcome = 'sama') as rest_n, 0 as rest_of
from seen group by {", ".join(by)} having count(*) filter (where hit) >= :least
order by n desc, {", ".join(by)} limit :most
"""


# code of the pattern -> the decisions it looks at, and how they add up
_PATTERNS: Mapping[str, tuple[str, str]] = {
    "pasangan": (_PAIRED, _PAIRS),
    "luar_jam": (_DECIDED.format(hit="not t.closed_at <@ cast(:worked as tstzmultirange)"), _counted("person")),
    "dikembalikan": (_RETURNED, _counted("case_id")),
    "pengembali": (_RETURNED, _RETURNERS),
    "rangkap": (_SUBSTITUTED, _counted("element", "before", "person")),
    "kilat": (
        _DECIDED.format(hit="t.closed_at < t.opened_at + make_interval(secs => :seconds)"),
        _counted("element", "person"),
    ),
}
CODES = tuple(_PATTERNS)
_LISTED = """
select s.*, c.number, c.tracking_code, c.permit from seen s join cases c on c.id = s.case_id
where s.hit and (cast(:person as uuid) is null or s.person = :person)
  and (cast(:other as uuid) is null or s.other = :other) and (cast(:case_id as uuid) is null or s.case_id = :case_id)
  and (cast(:element as text) = '' or s.element = :element) and (cast(:before as text) = '' or s.before = :before)
order by s.at desc, s.task_id limit :most
"""


@dataclass(frozen=True)
class Question:
    """One pattern asked of a period; `values`: what its statement needs besides, `over`/`under`: a ratio."""

    code: str
    since: datetime
    until: datetime  # the first instant that no longer counts
    least: int
    values: Mapping[str, Any] = field(default_factory=dict)
    over: int = 1
    under: int = 1

    @property
    def given(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until, **self.values}


@dataclass(frozen=True)
class Behind:
    """Which figure's decisions are listed; what is None or "" sifts nothing."""

    person: UUID | None = None
    other: UUID | None = None
    case_id: UUID | None = None
    element: str = ""
    before: str = ""


def multirange(spans: Sequence[tuple[datetime, datetime]]) -> str:
    """Spans as PostgreSQL writes them: `{["2026-08-03T07:00:00+07:00","…"),…}`; those that touch become one."""
    return "{" + ",".join(f'["{since.isoformat()}","{until.isoformat()}")' for since, until in spans) + "}"


class PatternStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def figures(self, asked: Question, most: int = MOST) -> tuple[Any, ...]:
        """Rows with element, before, other, person, case_id (what does not matter is empty), n, of_n, rest_n, rest_of.

        `n` of the `of_n` decisions of the group count; `rest_n` of the others' `rest_of` is what they are held against.
        """
        seen, figures = _PATTERNS[asked.code]
        values = asked.given | {"least": asked.least, "over": asked.over, "under": asked.under, "most": most}
        return tuple(self.session.execute(text(f"with seen as materialized ({seen}) {figures}"), values))

    def behind(self, asked: Question, which: Behind, most: int) -> tuple[Any, ...]:
        """The decisions that a figure counts, newest first, with number and tracking code of their file."""
        seen = _PATTERNS[asked.code][0]
        values = asked.given | {**vars(which), "most": most}
        return tuple(self.session.execute(text(f"with seen as materialized ({seen}) {_LISTED}"), values))
