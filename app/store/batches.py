"""Cases moved to a release together: which, how far, and what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, insert, literal, select, update
from sqlalchemy.orm import Session

from app.store.tables.calendar import office_events
from app.store.tables.cases import cases, deployments
from app.store.tables.people import people
from app.store.tables.releases import impact_cases, migration_batches, migration_items

_BATCH, _ITEM = migration_batches.c, migration_items.c
COUNTED = ("before_id", "process", "steps", "verdict", "counted")
MOVABLE = ("same", "moves", "chosen")


class BatchStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def alone(self) -> None:
        """Nobody else begins one until this transaction ends."""
        self.session.execute(select(func.pg_advisory_xact_lock(func.hashtext("migration batches"))))

    def begin(self, id: UUID, target: UUID, reason: str, choices: str, by: UUID, at: datetime) -> None:
        row = {"id": id, "target_id": target, "reason": reason, "choices": choices, "by": by, "at": at}
        self.session.execute(insert(migration_batches).values(row | {"task": "move", "status": "running"}))

    def fill(self, id: UUID, round: UUID, target: UUID, at: datetime) -> int:
        """Every case that was counted and is open on another release; those that cannot move are left at once.

        Returns how many wait.
        """
        kept = impact_cases.c
        goes = kept.verdict.in_(MOVABLE)
        state = case((goes, "waiting"), else_="left")
        told = case((goes, ""), else_=kept.told)
        when = case((goes, None), else_=literal(at, _ITEM.at.type))
        counted = (kept.before_id, kept.process, kept.steps, kept.verdict, kept.told)
        chosen = select(literal(id, _ITEM.batch_id.type), kept.case_id, state, told, when, *counted)
        chosen = chosen.select_from(impact_cases.join(cases, cases.c.id == kept.case_id))
        open_ = and_(kept.round_id == round, cases.c.closed.is_(False), cases.c.deployment_id != target)
        columns = ["batch_id", "case_id", "state", "told", "at", *COUNTED]
        self.session.execute(insert(migration_items).from_select(columns, chosen.where(open_)))
        return self.counts(id).get("waiting", 0)

    def open(self) -> Any:
        """The batch that is not ended; None when there is none."""
        return self.session.execute(_rows().where(_BATCH.status.in_(("running", "paused")))).first()

    def one(self, id: UUID, lock: bool = False) -> Any:
        chosen = select(migration_batches).where(_BATCH.id == id)
        return self.session.execute(chosen.with_for_update() if lock else _rows().where(_BATCH.id == id)).one_or_none()

    def undone(self, id: UUID) -> str:
        """What the office's chain tells of its being taken back, the last time, as JSON."""
        chosen = select(office_events.c.body).where(office_events.c.kind == "migration_undone")
        here = office_events.c.body.contains(f'"batch":"{id}"')
        found: str = self.session.scalars(chosen.where(here).order_by(office_events.c.seq.desc()).limit(1)).one()
        return found

    def all(self, limit: int) -> tuple[Any, ...]:
        return tuple(self.session.execute(_rows().order_by(_BATCH.at.desc(), _BATCH.id.desc()).limit(limit)))

    def change(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(migration_batches).where(_BATCH.id == id).values(values))

    # --- the worker

    def running(self) -> Any:
        return self.session.execute(select(migration_batches).where(_BATCH.status == "running")).first()

    def stands(self, id: UUID, task: str) -> Any:
        """The batch as long as it runs with that task: it does not change until this transaction ends."""
        here = (_BATCH.id == id, _BATCH.status == "running", _BATCH.task == task)
        return self.session.execute(select(migration_batches).where(*here).with_for_update(read=True)).one_or_none()

    def next(self, id: UUID, state: str) -> UUID | None:
        """The next case of a batch in that state."""
        chosen = select(_ITEM.case_id).where(_ITEM.batch_id == id, _ITEM.state == state)
        found: UUID | None = self.session.scalar(chosen.order_by(_ITEM.case_id).limit(1))
        return found

    def item(self, id: UUID, case_id: UUID) -> Any:
        """What is known of a case in a batch, for this transaction alone."""
        here = (_ITEM.batch_id == id, _ITEM.case_id == case_id)
        return self.session.execute(select(migration_items).where(*here).with_for_update()).one_or_none()

    def mark(self, id: UUID, case_id: UUID, state: str, told: str, at: datetime) -> None:
        here = (_ITEM.batch_id == id, _ITEM.case_id == case_id)
        self.session.execute(update(migration_items).where(*here).values(state=state, told=told, at=at))

    # --- the report

    def counts(self, id: UUID) -> dict[str, int]:
        """State -> how many cases."""
        chosen = select(_ITEM.state, func.count()).where(_ITEM.batch_id == id).group_by(_ITEM.state)
        return {row[0]: int(row[1]) for row in self.session.execute(chosen)}

    def items(self, id: UUID, state: str, after: UUID | None, most: int | None) -> tuple[Any, ...]:
        """Cases of a batch by id, those after `after`, with number, code, applicant and permit; `state`: "" for any."""
        more = (cases.c.number, cases.c.tracking_code, cases.c.applicant_name, cases.c.permit)
        joined = migration_items.join(cases, cases.c.id == _ITEM.case_id)
        chosen = select(migration_items, *more).select_from(joined).where(_ITEM.batch_id == id)
        chosen = chosen.where(_ITEM.state == state) if state else chosen
        chosen = chosen.where(_ITEM.case_id > after) if after else chosen
        return tuple(self.session.execute(chosen.order_by(_ITEM.case_id).limit(most)))


def _rows() -> Select[Any]:
    """Batches with the number of the release and who began them."""
    joined = migration_batches.join(deployments, deployments.c.id == _BATCH.target_id)
    joined = joined.join(people, people.c.id == _BATCH.by)
    return select(migration_batches, deployments.c.number, people.c.name).select_from(joined)
