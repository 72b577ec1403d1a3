"""Promises of thousands of clocks counted by one set-based statement (ruling 9, clock guide 7), in whole numbers.

What stands in the temporary table `touched` is read against what `counting_inputs` laid out; the outcome stands in
`fresh`, a row for each clock, and equals `engine.clocks.read` to the microsecond.  Not counted here, but by that rule:
terms in calendar days and months, applicants' terms while a channel is declared, corrections of corrections, beginnings
beyond the calendar's reach, dates the applicant agreed to, and clocks begun under a reading of the law that counts
otherwise (`counting_rule`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store import scratch
from app.store.counting_inputs import DeploymentOf, Measure, budget_of, lay_out, lay_out_needs
from app.store.counting_rule import left_out
from app.store.odometer_sql import date_of, first, instant, micros, number_of, reading
from engine.access import APPLICANT
from engine.case.values import HOME_UNIT
from engine.clocks import World
from engine.clocks.ledger import FORCE_MAJEURE, SUSPENDED


def hits(clock: str) -> str:
    """SQL: whether declaration `d` concerns a clock by its case's facts, and a stopped one at all.

    A settled clock hears nothing new that began after its STOP (`engine.clocks.walk`).
    """
    return f"""{clock}.pausable
        and (d.permits is null or {clock}.permit = any(d.permits))
        and (d.areas is null or exists (
            select from unnest(d.areas) a where {clock}.area = a or starts_with({clock}.area, a || '.')))
        and (not d.by_tasks or {clock}.kind in ('L', 'T', 'V'))
        and ({clock}.final_at is null or d.since < {clock}.final_at or d.known @> {clock}.final_recorded)"""


# The channel of a task is that of its role in the release of its case; '' for those that no channel stops.
NEEDS = "coalesce((select n.channel from needs n where n.deployment_id = c.deployment_id and n.role = k.role), '')"
MATCHES = f"""((d.units is null or coalesce(nullif(k.unit, ''), '{HOME_UNIT}') = any(d.units))
    and (d.systems is null or {NEEDS} = any(d.systems)) and (d.steps is null or k.element = any(d.steps)))"""

_CHOSEN = f"""
    select c.id, c.case_id, c.task_id, c.kind, c.budget, c.pausable, k.permit, k.area, k.deployment_id,
           {micros("greatest(cast(:at as timestamptz), k.last_at)")} as present,
           array(select f.rung from rungs_fired f where f.clock_id = c.id and f.annotated_at is null) as fired
    from touched t join clocks c on c.id = t.id join cases k on k.id = c.case_id
    where (c.calendar = any(:units)) = :among
    """
_LEDGER = """
    select e.clock_id, e.seq, e.kind, e.cause, e.effective_at, e.recorded_at, e.supersedes
    from chosen t join clock_events e on e.clock_id = t.id
    """
_UNITS = text("select distinct c.calendar from touched t join clocks c on c.id = t.id")
_BEGINNING = text("select min(effective_at) from ledger where kind in ('START', 'CORRECT')")
_LIFE = f"int8range({micros('k.opened_at')}, {micros('k.closed_at')})"
_LIVES = f"""
    select c.case_id, d.n, range_agg({_LIFE}) filter (where {MATCHES})
           - coalesce(range_agg({_LIFE}) filter (where not {MATCHES}), int8multirange()) as spans
    from (select distinct case_id, deployment_id from chosen where kind in ('L', 'T', 'V')) c
    join declared d on d.by_tasks and d.effect = 'SUSPEND'
    join tasks k on k.case_id = c.case_id and k.role <> '{APPLICANT}'
         and (k.closed_at is null or k.closed_at > k.opened_at)
    group by c.case_id, d.n
    """

_FACTS = f"""
facts as materialized (
    select l.clock_id, l.seq, l.kind, case when l.kind in ('PAUSE', 'RESUME') then l.cause else '' end as cause,
           {micros("case when f.clock_id is null then l.effective_at else f.effective_at end")} as at,
           {micros("l.recorded_at")} as recorded_at
    from ledger l left join (
        select distinct on (clock_id, supersedes) clock_id, supersedes, effective_at from ledger where kind = 'CORRECT'
        order by clock_id, supersedes, recorded_at desc, seq desc
    ) f on f.clock_id = l.clock_id and f.supersedes = l.seq
    where l.kind <> 'CORRECT' and (f.clock_id is null or f.effective_at is not null)
),
-- What stops and what goes on, in the order of happening: a mark that finds its like before it changes nothing.
marks as (
    select clock_id, cause, seq, at, recorded_at, stops,
           stops <> lag(stops, 1, false) over (partition by clock_id, cause order by at, seq) as turns
    from (
        select *, kind in ('PAUSE', 'STOP') as stops,
               count(*) filter (where kind = 'START') over (
                   partition by clock_id, cause order by at, seq rows unbounded preceding) as begun
        from facts
    ) numbered
    where cause <> '' or (begun > 0 and (kind <> 'START' or begun = 1))
),
turns as materialized (
    select *, lead(at) over (partition by clock_id, cause order by at, seq) as until from marks where turns
),
beginnings as (select clock_id, min(at) filter (where kind = 'START') as start from facts group by clock_id),
ends as (
    select t.clock_id,
           max(t.at) filter (where t.until is null) as final_at,
           max(t.recorded_at) filter (where t.until is null) as final_recorded,
           max(t.at) filter (where t.at <= c.present and (t.until is null or t.until > c.present)) as stopped_at
    from turns t join chosen c on c.id = t.clock_id where t.cause = '' and t.stops group by t.clock_id
),
-- Whether it runs is told by the entries that stand, in the order of entry (engine.case.CaseClock.running).
standing as (
    select distinct on (l.clock_id) l.clock_id, l.kind <> 'STOP' as running
    from ledger l left join ledger g on g.clock_id = l.clock_id and g.supersedes = l.seq
         and g.kind = 'CORRECT' and g.effective_at is null
    where l.kind in ('START', 'STOP', 'REOPEN') and g.clock_id is null
    order by l.clock_id, l.seq desc
)"""


def _begun(measure: Measure) -> str:
    rung = "case when 50 <> all(c.fired) then 50 when 75 <> all(c.fired) then 75 when 90 <> all(c.fired) then 90 end"
    return f"""
heads as materialized (
    select c.*, b.in_hk, b.a50, b.a75, b.a90, b.a100, coalesce(s.running, false) as running, g.start,
           e.final_at, e.final_recorded, e.stopped_at, coalesce(e.stopped_at, c.present) as until, {rung} as rung
    from chosen c join budgets b on b.budget = c.budget
    left join standing s on s.clock_id = c.id
    left join beginnings g on g.clock_id = c.id and g.start <= c.present
    left join ends e on e.clock_id = c.id
),
begun as materialized (
    select h.*, greatest(b.barrier, h.start) as barrier, {reading("h.start", "d", "h.in_hk", measure)} as since,
           case when h.in_hk then b.hk else b.work end as farthest,
           case h.rung when 50 then h.a50 when 75 then h.a75 when 90 then h.a90 end as share
    from heads h join barriers b on b.year = extract(year from {instant("h.start")} at time zone interval '7 hours')
    join days d on d.day = {date_of("h.start", measure)}
    where h.start is not null
)"""


_STOPS = f"""
stops as (
    select b.id, greatest(s.since, b.start) as since, s.until, b.start, s.cause
    from begun b join (
        select t.clock_id, t.at as since, t.until, t.cause from turns t where t.stops
    ) s on s.clock_id = b.id
    where case when s.cause = '' then s.until is not null else b.pausable end
    union all
    select b.id, greatest(d.since, b.start), d.until, b.start, '{FORCE_MAJEURE}'
    from begun b join declared d on d.effect = 'SUSPEND' and not d.by_tasks and {hits("b")}
    union all
    select b.id, greatest(lower(r), b.start), upper(r), b.start, '{FORCE_MAJEURE}'
    from begun b join declared d on d.effect = 'SUSPEND' and d.by_tasks and {hits("b")}
    join lives v on v.case_id = b.case_id and v.n = d.n,
    unnest(v.spans * int8multirange(int8range(d.since, d.until))) r
)"""
# Whose time: the gaps before a REOPEN are nobody's, and a suspension of the file is no pause of the count's own.
_WHOSE = f""", range_agg(int8range(since, until)) filter (where cause = '') as gaps,
    range_agg(int8range(since, until)) filter (where cause = '{FORCE_MAJEURE}') as kahar,
    range_agg(int8range(since, until)) filter (where cause <> '{SUSPENDED}') as taken"""


def _united(whose: bool) -> str:
    return f"""
united as materialized (
    select id, range_agg(int8range(since, until)) as spans, min(since) filter (where until is null) as open_from
    {_WHOSE if whose else ""} from stops where until is null or until > since group by id
)"""


def _walked(measure: Measure) -> str:
    """Each stop pushes the due reading by its width, unless the amount was spent when it began (engine.clocks.walk).

    What had been served when a stop began never decreases, so the condition needs no loop.
    """
    before, after = (reading(at, date, "s.in_hk", measure) for at, date in (("s.begins", "d"), ("s.till", "t")))
    return f"""
spans as materialized (
    select b.id, b.in_hk, b.since, b.share, b.a100, lower(r) as begins, least(upper(r), b.barrier) as till,
           upper(r) is null or lower(r) >= b.barrier as ends
    from united u join begun b on b.id = u.id, unnest(u.spans) r
),
pieces as materialized (
    select s.*, {before} as before, {after} as after from spans s
    join days d on d.day = {date_of("s.begins", measure)} join days t on t.day = {date_of("s.till", measure)}
),
served as (
    select *, case when ends then 0 else after - before end as width,
           before - since - coalesce(sum(case when ends then 0 else after - before end) over (
               partition by id order by begins rows between unbounded preceding and 1 preceding), 0) as done
    from pieces
),
pushed as (
    select id, sum(width) filter (where done < share) as share_by, bool_or(ends and done < share) as share_never,
           sum(width) filter (where done < a100) as by, bool_or(ends and done < a100) as never
    from served group by id
)"""


def _fresh(measure: Measure, whose: bool) -> str:
    tick, axis = measure.tick, "b.in_hk"
    never = "case when p.{0}never or b.since + b.{1} + coalesce(p.{0}by, 0) > greatest(b.farthest, b.since) then null"
    due = f"{never.format('', 'a100')} else (b.since + b.a100 + coalesce(p.by, 0))::{tick} end"
    share = f"{never.format('share_', 'share')} else (b.since + b.share + coalesce(p.share_by, 0))::{tick} end"
    return f"""
dues as materialized (
    select b.*, u.spans, u.open_from{", u.gaps, u.kahar, u.taken" if whose else ""}, {due} as due, {share} as share_due
    from begun b left join united u on u.id = b.id left join pushed p on p.id = b.id
),
reached as materialized (
    select b.*, {first("b.due", "d", axis, measure)} as found,
           {first("b.share_due", "t", axis, measure)} as share_found
    from dues b left join days d on d.n = {number_of("b.due", axis, measure)}
    left join days t on t.n = {number_of("b.share_due", axis, measure)}
)
select id, case_id, task_id, kind, permit, area, deployment_id, pausable, running, start, until, stopped_at, final_at,
       final_recorded, fired, spans, barrier, rung, share_found[1] as rung_at,
       case when open_from < barrier then 'OPEN_PAUSE' else 'YEAR_NOT_OFFICIAL' end as blocked_by,
       case when in_hk then found[2] else found[1] end as promised,
       case when due is null then
           case when open_from < barrier then 'OPEN_PAUSE' else 'YEAR_NOT_OFFICIAL' end end as reason{
        ", gaps, kahar, taken" if whose else ""
    }
from reached
union all
select id, case_id, task_id, kind, permit, area, deployment_id, pausable, running, null, until, null, null, null, fired,
       null, null, rung, null, null, null, 'NOT_STARTED'{", null, null, null" if whose else ""}
from heads where start is null"""


def _statement(measure: Measure, whose: bool) -> str:
    parts = (_FACTS, _begun(measure), _STOPS, _united(whose), _walked(measure), _fresh(measure, whose))
    return "with " + ",".join(parts[:-1]) + "," + parts[-1].lstrip()


def units(session: Session, world: World) -> tuple[str, ...]:
    """Whose hours the clocks in `touched` are counted in: "" for the office's, and each unit with its own.

    Every calendar is a measure of its own, so those of each are counted by themselves, one after the other.
    """
    if not world.units:
        return ("",)
    return tuple(sorted({unit if unit in world.units else "" for unit in session.scalars(_UNITS)}))


def count(session: Session, world: World, at: datetime, deployment_of: DeploymentOf, unit: str = "") -> frozenset[UUID]:
    """Fill `fresh` for those clocks in `touched` (ids) that one of `units` counts, read at `at`.

    Returns those that are left to the rule in Python.  Promises stand as they are before a ROLL_LAST_DAY moves them:
    `rolling.roll` is next.
    """
    return measured(session, world, at, deployment_of, unit=unit)[0]


def measured(
    session: Session, world: World, at: datetime, deployment_of: DeploymentOf, whose: bool = False, unit: str = ""
) -> tuple[frozenset[UUID], Measure]:
    """The same, and how ticks are counted in it.

    `whose`: `fresh` also tells which time the stops took: `gaps` before a REOPEN, `kahar`, and `taken` by all of them
    but a suspension of the file.
    """
    among = {"units": [unit] if unit else sorted(world.units), "among": bool(unit)}
    scratch.select_into(session, "chosen", _CHOSEN, {"at": at, **among})
    scratch.select_into(session, "ledger", _LEDGER)
    budgets = set(session.scalars(text("select distinct budget from chosen")))
    counted = {one for one in budgets if budget_of(one) is not None}
    left = left_out(session, budgets - counted, world)
    session.execute(text("analyze pg_temp.chosen, pg_temp.ledger"))
    beginning = session.scalar(_BEGINNING)
    measure = lay_out(session, world, beginning or at, counted, unit)
    lay_out_needs(session, deployment_of)
    scratch.select_into(session, "lives", _LIVES)
    session.execute(text("analyze pg_temp.lives"))
    # Nothing but small tables and the odometer's index are met here: a wrong guess must not loop over them.
    session.execute(text("set local jit = off; set local enable_nestloop = off"))
    scratch.select_into(session, "fresh", _statement(measure, whose), shape=f"{measure.tick} {whose}")
    session.execute(text("set local enable_nestloop = on"))
    return left, measure
