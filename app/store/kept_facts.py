"""Facts of files that were counted for a period, each valid as long as its file's mark and the law are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Numeric, Select, and_, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.like import escaped
from app.store.tables.cases import cases
from app.store.tables.kept_facts import case_marks, kept_facts, kept_periods
from app.store.tables.reports import report_cases

AT_ONCE = 1_000  # rows of one statement
WHICH = ("period", "permit", "area")  # of what is told


class Asked(NamedTuple):
    """Which files of a period, by which law: `law` names calendar, declarations, failures and program.

    `at`: when it is asked; what a clock ahead of this one has counted is counted again.
    """

    period: str
    since: datetime
    until: datetime
    law: str
    at: datetime
    permit: str = ""
    area: str = ""  # of a kelurahan, or of all of a kecamatan


class Kept(NamedTuple):
    """A file as it was counted; `facts`: JSON, "" for nothing; `behind`: codes of the figures it stands behind."""

    case_id: UUID
    mark: UUID
    settled: bool
    facts: str
    behind: list[str]


class KeptFactStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def size(self, asked: Asked) -> int:
        """How many files were open in the period."""
        return int(self.session.scalar(select(func.count()).select_from(cases).where(_open(asked))) or 0)

    def wanting(self, asked: Asked) -> int:
        """How many of them are not counted, or were before something changed."""
        found = select(func.count()).select_from(cases).join(case_marks, case_marks.c.case_id == cases.c.id)
        return int(self.session.scalar(found.where(_open(asked), ~_valid(asked))) or 0)

    def stand(self, asked: Asked) -> str:
        """A number over which files there are and the marks of all of them: the same as long as none of it changed."""
        marks = func.sum(cast(func.uuid_hash_extended(case_marks.c.mark, 0), Numeric))
        found = select(func.count(), marks).select_from(cases).join(case_marks, case_marks.c.case_id == cases.c.id)
        files, added = self.session.execute(found.where(_open(asked))).one()
        return f"{files}:{added or 0}"

    def uncounted(self, asked: Asked, most: int | None = None, running: bool = False) -> dict[UUID, UUID]:
        """Files that must be counted, with their marks; `running`: also those whose clock had not stopped."""
        valid = _valid(asked, settled=True) if running else _valid(asked)
        found = select(cases.c.id, case_marks.c.mark).join(case_marks, case_marks.c.case_id == cases.c.id)
        rows = self.session.execute(found.where(_open(asked), ~valid).order_by(cases.c.id).limit(most))
        return {row.id: row.mark for row in rows}

    def counted(self, asked: Asked, only: Sequence[UUID] | None = None) -> list[str]:
        """Facts of the files that need not be counted again, as JSON; of those the period knows nothing of none."""
        found = _settled(asked, select(kept_facts.c.facts)).where(kept_facts.c.facts != "")
        if only is not None:
            found = found.where(kept_facts.c.case_id.in_(only))
        return list(self.session.scalars(found.order_by(kept_facts.c.case_id)))

    def settled(self, asked: Asked) -> list[UUID]:
        """The files that need not be counted again, without those the period knows nothing of."""
        return list(self.session.scalars(_settled(asked, select(cases.c.id)).where(kept_facts.c.facts != "")))

    def otherwise(self, asked: Asked, report_id: UUID) -> tuple[list[UUID], list[UUID]]:
        """Files of a report of which not the same is kept, letter by letter; those kept of which it tells otherwise."""
        frozen = report_cases.c
        told = select(frozen.case_id, frozen.facts).where(frozen.report_id == report_id).subquery()
        kept = _settled(asked, select(cases.c.id.label("case_id"), kept_facts.c.facts)).where(kept_facts.c.facts != "")
        known = kept.subquery()
        both = told.join(known, told.c.case_id == known.c.case_id, full=True)
        found = select(told.c.case_id.label("told"), known.c.case_id.label("known")).select_from(both)
        rows = self.session.execute(found.where(told.c.facts.is_distinct_from(known.c.facts))).all()
        return [one.told for one in rows if one.told], [one.known for one in rows if one.known]

    def standing_behind(self, asked: Asked, codes: Sequence[str]) -> list[tuple[str, UUID]]:
        """Number and id of the files behind all of these codes, of those that need not be counted again."""
        found = _settled(asked, select(func.coalesce(cases.c.number, "").label("number"), cases.c.id))
        rows = self.session.execute(found.where(kept_facts.c.behind.contains(list(codes))))
        return [(row.number, row.id) for row in rows]

    def keep(self, asked: Asked, rows: Sequence[Kept]) -> None:
        """Another transaction that kept a file meanwhile is overwritten: both are right, or their marks say so."""
        more = {"period": asked.period, "law": asked.law, "counted_at": asked.at}
        for begin in range(0, len(rows), AT_ONCE):
            values = [row._asdict() | more for row in rows[begin : begin + AT_ONCE]]
            put = upsert(kept_facts).values(values)
            names = ("mark", "law", "settled", "counted_at", "facts", "behind")
            again = {name: put.excluded[name] for name in names}
            self.session.execute(put.on_conflict_do_update(index_elements=("period", "case_id"), set_=again))

    # --- periods that are asked for

    def ask(self, period: str, at: datetime, permit: str = "", area: str = "") -> None:
        """Have the worker count a period, or its files of a permit and a place."""
        put = upsert(kept_periods).values(period=period, permit=permit, area=area, asked_at=at, wanting=True)
        again = put.on_conflict_do_update(index_elements=WHICH, set_={"asked_at": at, "wanting": True})
        self.session.execute(again)

    def waits(self) -> tuple[str, str, str] | None:
        """Period, permit and place that were asked for last and are not counted; None when there are none."""
        found = select(*(kept_periods.c[name] for name in WHICH)).where(kept_periods.c.wanting)
        row = self.session.execute(found.order_by(kept_periods.c.asked_at.desc()).limit(1)).first()
        return (row.period, row.permit, row.area) if row else None

    def row(self, asked: Asked) -> Any:
        found = select(kept_periods).where(*(kept_periods.c[name] == getattr(asked, name) for name in WHICH))
        return self.session.execute(found).one_or_none()

    def tell(self, asked: Asked, files: int, stand: str, told: str) -> None:
        """What all the files that are asked for add up to, and that nothing waits."""
        values = {"law": asked.law, "files": files, "stand": stand, "told_at": asked.at, "told": told}
        which = {name: getattr(asked, name) for name in WHICH}
        put = upsert(kept_periods).values(**which, asked_at=asked.at, wanting=False, **values)
        again = put.on_conflict_do_update(index_elements=WHICH, set_=values | {"wanting": False})
        self.session.execute(again)

    def alone(self, period: str) -> bool:
        """Take a period for this transaction; False while another counts it."""
        taken = func.pg_try_advisory_xact_lock(func.hashtext("kept facts"), func.hashtext(period))
        return bool(self.session.scalar(select(taken)))


def _open(asked: Asked) -> ColumnElement[bool]:
    """Files that were open at some instant of the period."""
    met = and_(cases.c.opened_at < asked.until, or_(cases.c.closed_at.is_(None), cases.c.closed_at >= asked.since))
    if asked.permit:
        met = and_(met, cases.c.permit == asked.permit)
    return and_(met, cases.c.area.like(f"{escaped(asked.area)}%")) if asked.area else met


def _settled(asked: Asked, found: Select[Any]) -> Select[Any]:
    whole = kept_facts.join(cases, cases.c.id == kept_facts.c.case_id)
    whole = whole.join(case_marks, case_marks.c.case_id == kept_facts.c.case_id)
    return found.select_from(whole).where(_open(asked), *_good(asked), kept_facts.c.settled)


def _good(asked: Asked) -> Iterable[ColumnElement[bool]]:
    kept = kept_facts.c
    yield kept.period == asked.period
    yield kept.law == asked.law
    yield kept.mark == case_marks.c.mark
    yield kept.counted_at <= asked.at


def _valid(asked: Asked, settled: bool = False) -> ColumnElement[bool]:
    more = (kept_facts.c.settled,) if settled else ()
    one: Select[Any] = select(kept_facts.c.case_id).where(kept_facts.c.case_id == cases.c.id, *_good(asked), *more)
    return exists(one)
