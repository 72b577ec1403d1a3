"""What stands in `compared` (app.store.comparing), counted and read page by page: figures, lists, who is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store import comparing
from app.store.comparing import ByRule, Change
from app.store.counting_inputs import DeploymentOf

AT_ONCE = 1_000  # rows in memory at once
FIRST = UUID(int=0)
_RESCUED = "late_before and not late_after"
_RELAPSED = "late_after and not late_before"
_MOVED = "before is distinct from after"
_CHANGED = f"({_MOVED} or ({_RESCUED}) or ({_RELAPSED}))"
# A file that is through is left out, unless its promise moves or the change turns it from late to on time or back.
_PROMISES = f"(kind = 'L' and (not ended or {_CHANGED}))"
_BINDING = "kind in ('L', 'T', 'V')"  # an applicant's term that passes is no breach (`breaching.OFFICE`)
_TERMS = f"(kind = 'P' and {_MOVED} and name = any(:terms))"
# Work, and terms on which the office itself waits; they promise nobody anything.
_STEPS = f"(kind <> 'L' and {_CHANGED} and not (kind = 'P' and name = any(:terms)))"
_TOLD = f"(running and {_MOVED} and ({_PROMISES} or {_TERMS}))"
# Whoever begins a declaration just before these fall due may mean to save them: what was through before is none.
_NEAR = f"(kind = 'L' and (not ended or ({_RESCUED}) or ({_RELAPSED})) and before between :since and :day_after)"
_FIGURES = text(
    f"""
    select count(*) filter (where clocks > 0) as touched,
           count(*) filter (where clocks > 0 and unfinished = 0) as finished,
           coalesce(sum(clocks), 0)::bigint as clocks,
           count(*) filter (where moved > 0) as moved,
           count(*) filter (where moved > 0 and told = 0) as moved_finished,
           coalesce(sum(moved), 0)::bigint as moved_clocks,
           coalesce(sum(rescued), 0)::bigint as rescued,
           coalesce(sum(relapsed), 0)::bigint as relapsed,
           coalesce(sum(told), 0)::bigint as told,
           count(*) filter (where standing > 0) as standing,
           coalesce(sum(terms), 0)::bigint as terms,
           coalesce(sum(terms_told), 0)::bigint as terms_told,
           coalesce(sum(near), 0)::bigint as near
    from (
        select count(*) filter (where {_PROMISES}) as clocks,
               count(*) filter (where {_PROMISES} and not ended) as unfinished,
               count(*) filter (where {_PROMISES} and {_MOVED}) as moved,
               count(*) filter (where {_PROMISES} and {_RESCUED}) as rescued,
               count(*) filter (where {_PROMISES} and {_RELAPSED}) as relapsed,
               count(*) filter (where {_PROMISES} and running and {_MOVED}) as told,
               count(*) filter (where {_PROMISES} and standing) as standing,
               count(*) filter (where {_TERMS}) as terms,
               count(*) filter (where {_TERMS} and running) as terms_told,
               count(*) filter (where {_NEAR}) as near
        from compared group by case_id
    ) files
    """
)
_WORK = text(
    f"""
    select count(*) filter (where c.calendar = '') as steps, count(*) filter (where c.calendar <> '') as counter
    from (select clock_id from compared where {_STEPS}) m join clocks c on c.id = m.clock_id
    """
)
# By the limits that are kept: nothing that is declared moves them.
_UNHELPED = text(
    f"""
    select count(distinct m.case_id)
    from (select case_id, after from compared where {_PROMISES} and running and {_MOVED}) m
    join clocks h on h.case_id = m.case_id and h.kind = 'H'
    join clock_readings r on r.clock_id = h.id and r.running
    where r.promised_at is not null and (m.after is null or m.after > r.promised_at)
    """
)
_HANDLED = text(
    f"""
    select distinct m.case_id from (select case_id from compared where {_PROMISES} and {_RESCUED}) m
    join events e on e.case_id = m.case_id and e.by = cast(:person as uuid) and e.kind = 'task_completed'
    """
)
_NAMES = text("select distinct name from compared where kind = 'P'")
_NEXT_TOLD = text(
    f"""
    select m.case_id, m.clock_id, m.kind, m.name, c.number, c.applicant_id, m.before, m.after
    from (select * from compared where case_id > cast(:after as uuid) and {_TOLD}
          order by case_id fetch first :most rows with ties) m
    join cases c on c.id = m.case_id order by m.case_id, m.clock_id
    """
)


class Figures(NamedTuple):
    """How many files and clocks a change touches, moves, turns; `unhelped`: files put off behind their legal limit.

    `touched`, `finished`, `moved`, `moved_finished`, `standing` and `unhelped` are files, `finished` those that are
    through; `near`: promises that fall due within a day after it begins; `terms`: applicants' terms that move,
    `terms_told`: those of them that run; `steps`, `counter`: clocks of work that move, counted in the office's hours or
    in a counter's own; `limits`: legal limits that move.
    """

    touched: int = 0
    finished: int = 0
    clocks: int = 0
    moved: int = 0
    moved_finished: int = 0
    moved_clocks: int = 0
    rescued: int = 0
    relapsed: int = 0
    told: int = 0
    standing: int = 0
    terms: int = 0
    terms_told: int = 0
    near: int = 0
    unhelped: int = 0
    steps: int = 0
    counter: int = 0
    limits: int = 0


class Told(NamedTuple):
    """A promise or term that moves, of a clock that still runs."""

    case_id: UUID
    clock_id: UUID
    kind: str
    name: str
    number: str | None
    applicant_id: UUID
    before: datetime | None
    after: datetime | None


class ComparedStore:
    """`terms`: the names of those applicants' terms whose moving is theirs to hear of."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def fill(self, change: Change, by_rule: ByRule, deployment_of: DeploymentOf) -> None:
        """Compare every clock that the change may touch; what follows speaks of these."""
        comparing.compare(self.session, change, by_rule, deployment_of)

    def names(self) -> tuple[str, ...]:
        """The applicants' terms among them."""
        return tuple(self.session.scalars(_NAMES))

    def figures(self, since: datetime, terms: Sequence[str]) -> Figures:
        """The counts; `since`: when the change begins."""
        given = {"since": since, "day_after": since + timedelta(days=1), "terms": list(terms)}
        row = self.session.execute(_FIGURES, given).one()
        work = self.session.execute(_WORK, {"terms": list(terms)}).one()
        return Figures(**row._mapping, **work._mapping, unhelped=int(self.session.scalar(_UNHELPED) or 0))

    def page(self, terms: Sequence[str], after: UUID | None, most: int) -> dict[UUID, frozenset[UUID]]:
        """The next promises, terms and clocks of work of whole cases behind a case: case -> clocks."""
        return self._some(f"{_PROMISES} or {_TERMS} or {_STEPS}", after, most, terms)

    def rescued(self, after: UUID | None, most: int) -> dict[UUID, frozenset[UUID]]:
        """The next late ones that turn timely, by case."""
        return self._some(f"{_PROMISES} and {_RESCUED}", after, most, ())

    def turned(self, late: bool) -> Iterator[tuple[UUID, UUID]]:
        """Case and clock of all that bind the office and turn late, or from late to on time."""
        after: UUID | None = None
        while found := self._some(f"{_BINDING} and {_RELAPSED if late else _RESCUED}", after, AT_ONCE, ()):
            yield from ((case, clock) for case, clocks in found.items() for clock in clocks)
            after = max(found)

    def lives(self) -> Iterator[tuple[UUID, datetime | None, datetime | None]]:
        """Of every promise that is touched, finished ones too: its case, when its clock began and when it stopped."""
        statement = text(
            "select case_id, started, stopped from compared where kind = 'L' and case_id > cast(:after as uuid) "
            "order by case_id fetch first :most rows with ties"
        )
        after = FIRST
        while rows := self.session.execute(statement, {"after": str(after), "most": AT_ONCE}).all():
            yield from (tuple(row) for row in rows)
            after = rows[-1].case_id

    def handled(self, person: UUID) -> frozenset[UUID]:
        """The late files that turn timely of which this person completed a step."""
        return frozenset(self.session.scalars(_HANDLED, {"person": str(person)}))

    def _some(self, which: str, after: UUID | None, most: int, terms: Sequence[str]) -> dict[UUID, frozenset[UUID]]:
        statement = text(
            f"select case_id, clock_id from compared where case_id > cast(:after as uuid) and ({which}) "
            "order by case_id fetch first :most rows with ties"
        )
        found: dict[UUID, set[UUID]] = {}
        given = {"after": str(after or FIRST), "most": most, **({"terms": list(terms)} if ":terms" in which else {})}
        for row in self.session.execute(statement, given).all():
            found.setdefault(row.case_id, set()).add(row.clock_id)
        return {case: frozenset(clocks) for case, clocks in found.items()}

    def told(self, terms: Sequence[str]) -> Iterator[Told]:
        """Whose applicants hear of it, in the order of the cases."""
        after = FIRST
        while rows := self._batch(after, terms):
            yield from rows
            after = rows[-1].case_id

    def _batch(self, after: UUID, terms: Sequence[str]) -> list[Told]:
        given = {"after": str(after), "most": AT_ONCE, "terms": list(terms)}
        return [Told(*row) for row in self.session.execute(_NEXT_TOLD, given).all()]
