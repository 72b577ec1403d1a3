"""The effect of releases on running cases as it was counted: kept by what the release's files are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.ids import uuid7
from app.store.tables.cases import cases, deployments
from app.store.tables.releases import impact_cases, impact_choices, impact_rounds

_KEPT = impact_cases.c
VERDICTS = ("same", "moves", "chosen", "choice", "stays")
_WAITING = and_(impact_rounds.c.done_at.is_(None), impact_rounds.c.fault == "")


class Counted(NamedTuple):
    """What a release means for one case; `told`: JSON."""

    case_id: UUID
    seq: int
    before_id: UUID
    process: str
    permit: str
    steps: str
    verdict: str
    tasks_change: bool
    promise_moves: bool
    promise_forbids: bool
    skips: bool
    told: str


@dataclass(frozen=True)
class Wanted:
    """Which of the cases; "" for any.  `only`: "tasks" | "moves" | "forbids" | "skips" | "stepped"."""

    verdict: str = ""
    process: str = ""
    permit: str = ""
    steps: str | None = None
    only: str = ""


class ImpactStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    # --- rounds

    def of(self, checksum: str, lock: bool = False) -> Any:
        """The round of a release's files; None where nobody asked for it."""
        chosen = select(impact_rounds).where(impact_rounds.c.checksum == checksum)
        return self.session.execute(chosen.with_for_update() if lock else chosen).one_or_none()

    def begin(self, checksum: str, draft: UUID | None, by: UUID | None, at: datetime) -> None:
        """Ask for a round, or for what is missing in it; `by` None: a command proposed the release."""
        row: dict[str, Any] = {"id": uuid7(), "checksum": checksum, "draft_id": draft, "asked_by": by, "asked_at": at}
        put = upsert(impact_rounds).values(row)
        again: dict[str, Any] = {"asked_by": by, "asked_at": at, "done_at": None, "fault": ""}
        again |= {"draft_id": func.coalesce(put.excluded.draft_id, impact_rounds.c.draft_id)}
        self.session.execute(put.on_conflict_do_update(index_elements=["checksum"], set_=again))

    def earlier(self, draft: UUID, checksum: str) -> tuple[Any, ...]:
        """Rounds of other states of a draft, newest first."""
        other = (impact_rounds.c.draft_id == draft, impact_rounds.c.checksum != checksum)
        chosen = select(impact_rounds).where(*other).order_by(impact_rounds.c.asked_at.desc())
        return tuple(self.session.execute(chosen))

    def forget(self, rounds: Iterable[UUID]) -> None:
        """Throw rounds away with all that was counted in them, but none whose files became a release."""
        released = exists().where(deployments.c.checksum == impact_rounds.c.checksum)
        self.session.execute(delete(impact_rounds).where(impact_rounds.c.id.in_(list(rounds)), ~released))

    def waits(self) -> Any:
        """The round that waits longest; None when nothing is to be counted."""
        return self.session.execute(select(impact_rounds).where(_WAITING).order_by(impact_rounds.c.asked_at)).first()

    def take(self, id: UUID) -> Any:
        """A waiting round for this transaction alone; None while another worker is at it, or it is done."""
        chosen = select(impact_rounds).where(impact_rounds.c.id == id, _WAITING)
        return self.session.execute(chosen.with_for_update(skip_locked=True)).one_or_none()

    def end(self, id: UUID, at: datetime) -> None:
        self.session.execute(update(impact_rounds).where(impact_rounds.c.id == id).values(done_at=at))

    def fail(self, id: UUID, fault: str) -> None:
        """`fault`: JSON of the sentence why it cannot be counted."""
        self.session.execute(update(impact_rounds).where(impact_rounds.c.id == id).values(fault=fault))

    # --- counting

    def uncounted(self, round: UUID, target: UUID | None, most: int) -> list[UUID]:
        """The next open cases of other releases of which nothing is known yet."""
        chosen = select(cases.c.id).where(_elsewhere(target), ~_known(round)).order_by(cases.c.id).limit(most)
        return list(self.session.scalars(chosen))

    def left(self, round: UUID, target: UUID | None) -> int:
        """How many open cases of other releases are not counted."""
        chosen = select(func.count()).select_from(cases).where(_elsewhere(target), ~_known(round))
        return int(self.session.scalar(chosen) or 0)

    def keep(self, round: UUID, found: Sequence[Counted], at: datetime) -> None:
        rows = [one._asdict() | {"round_id": round, "counted_at": at} for one in found]
        if rows:
            self.session.execute(insert(impact_cases), rows)

    def drop(self, round: UUID, process: str, element: str, target: UUID | None) -> None:
        """Forget what was counted of cases elsewhere with this open step: its choice is another now."""
        steps = func.string_to_array(_KEPT.steps, " ")
        these = and_(_KEPT.process == process, literal(element) == func.any(steps))
        elsewhere = exists().where(cases.c.id == _KEPT.case_id, _elsewhere(target))
        self.session.execute(delete(impact_cases).where(_KEPT.round_id == round, these, elsewhere))

    def follow(self, case_id: UUID, was: int | None, now: int) -> None:
        """A case stands again as it was counted: it was moved and put back, and made no step of its own."""
        here = (_KEPT.case_id == case_id, _KEPT.seq == was)
        self.session.execute(update(impact_cases).where(*here).values(seq=now))

    def reopen(self, round: UUID) -> None:
        """There is something to count again."""
        self.session.execute(update(impact_rounds).where(impact_rounds.c.id == round).values(done_at=None))

    def drop_stepped(self, round: UUID, target: UUID | None) -> None:
        """Forget cases that stepped or closed since they were counted; what was moved there keeps what was foreseen."""
        stepped = exists().where(cases.c.id == _KEPT.case_id, or_(cases.c.seq != _KEPT.seq, cases.c.closed))
        stepped = stepped.where(cases.c.deployment_id != target) if target else stepped
        self.session.execute(delete(impact_cases).where(_KEPT.round_id == round, stepped))

    # --- reading

    def totals(self, round: UUID, target: UUID | None = None) -> Any:
        """How many cases there are: all, by verdict, with a task that changes, a promise that moves or forbids.

        `target`: the release they would go to; what stands on it by now, or is closed, is left out.
        """
        counts = {name: func.count().filter(_KEPT.verdict == name) for name in VERDICTS}
        marks = {one.name: func.count().filter(one) for one in (_KEPT.tasks_change, _KEPT.promise_moves)}
        marks |= {one.name: func.count().filter(one) for one in (_KEPT.promise_forbids, _KEPT.skips)}
        stepped = func.count().filter(cases.c.seq != _KEPT.seq).label("stepped")
        named = (one.label(name) for name, one in {**counts, **marks}.items())
        joined = impact_cases.join(cases, cases.c.id == _KEPT.case_id)
        chosen = select(func.count().label("total"), *named, stepped).select_from(joined)
        return self.session.execute(chosen.where(_KEPT.round_id == round, _elsewhere(target))).one()

    def groups(self, round: UUID, target: UUID | None = None) -> tuple[Any, ...]:
        """Cases by process, permit, open steps and verdict, most first."""
        keys = (_KEPT.process, _KEPT.permit, _KEPT.steps, _KEPT.verdict)
        marks = (func.count().label("number"), func.count().filter(_KEPT.promise_forbids).label("forbids"))
        chosen = select(*keys, *marks).select_from(impact_cases.join(cases, cases.c.id == _KEPT.case_id))
        chosen = chosen.where(_KEPT.round_id == round, _elsewhere(target)).group_by(*keys)
        return tuple(self.session.execute(chosen.order_by(func.count().desc(), *keys)))

    def page(
        self, round: UUID, wanted: Wanted, after: UUID | None, most: int | None, target: UUID | None = None
    ) -> tuple[Any, ...]:
        """Counted cases by id, those after `after`, with number, code, applicant and number of their release."""
        return tuple(self.session.execute(_listed(round, wanted, after).where(_elsewhere(target)).limit(most)))

    def report(self, round: UUID, wanted: Wanted, target: UUID | None) -> tuple[Any, ...]:
        """Every case that was counted, by id, wherever it stands by now: with `closed`, and `here` on the release."""
        here = cases.c.deployment_id == target if target else literal(False)
        return tuple(self.session.execute(_listed(round, wanted, None).add_columns(cases.c.closed, here.label("here"))))

    def counted(self, round: UUID, wanted: Wanted, target: UUID | None = None) -> int:
        chosen = _listed(round, wanted, None).where(_elsewhere(target)).order_by(None).subquery()
        return int(self.session.scalar(select(func.count()).select_from(chosen)) or 0)

    def samples(self, round: UUID) -> list[tuple[str, str]]:
        """Process, and what was told of one case of each group of open steps in it."""
        chosen = select(_KEPT.process, _KEPT.told).ext(distinct_on(_KEPT.process, _KEPT.steps, _KEPT.before_id))
        order = (_KEPT.process, _KEPT.steps, _KEPT.before_id)
        rows = self.session.execute(chosen.where(_KEPT.round_id == round).order_by(*order))
        return [(row.process, row.told) for row in rows]

    # --- choices

    def choices(self, round: UUID) -> dict[str, dict[str, str]]:
        """Process -> open step that is gone -> the step its cases go to."""
        found: dict[str, dict[str, str]] = {}
        for row in self.session.execute(select(impact_choices).where(impact_choices.c.round_id == round)):
            found.setdefault(row.process, {})[row.element] = row.chosen
        return found

    def choose(self, round: UUID, process: str, element: str, chosen: str, by: UUID, at: datetime) -> None:
        row = {"round_id": round, "process": process, "element": element, "chosen": chosen, "by": by, "at": at}
        put = upsert(impact_choices).values(row)
        keys = ["round_id", "process", "element"]
        fresh = {"chosen": chosen, "by": by, "at": at}
        self.session.execute(put.on_conflict_do_update(index_elements=keys, set_=fresh))

    def choose_alike(self, round: UUID, before: UUID) -> None:
        """The choices of another round, with who made them and when, for steps of which none is made."""
        made = impact_choices.c
        names = ("process", "element", "chosen", "by", "at")
        chosen = select(literal(round, made.round_id.type), *(made[name] for name in names))
        rows = chosen.where(made.round_id == before)
        put = upsert(impact_choices).from_select(["round_id", *names], rows)
        self.session.execute(put.on_conflict_do_nothing())

    def unchoose(self, round: UUID, process: str, element: str) -> None:
        here = (impact_choices.c.process == process, impact_choices.c.element == element)
        self.session.execute(delete(impact_choices).where(impact_choices.c.round_id == round, *here))


def _elsewhere(target: UUID | None) -> ColumnElement[bool]:
    """Open cases, but those that stand on the release already."""
    return and_(cases.c.closed.is_(False), cases.c.deployment_id != target) if target else cases.c.closed.is_(False)


def _known(round: UUID) -> ColumnElement[bool]:
    return exists().where(_KEPT.round_id == round, _KEPT.case_id == cases.c.id)


def _listed(round: UUID, wanted: Wanted, after: UUID | None) -> Select[Any]:
    joined = impact_cases.join(cases, cases.c.id == _KEPT.case_id)
    joined = joined.join(deployments, deployments.c.id == _KEPT.before_id)
    more = (cases.c.number, cases.c.tracking_code, cases.c.applicant_name, deployments.c.number.label("release"))
    chosen = select(impact_cases, *more, (cases.c.seq != _KEPT.seq).label("stepped")).select_from(joined)
    chosen = chosen.where(_KEPT.round_id == round, *_wanted(wanted)).order_by(_KEPT.case_id)
    return chosen.where(_KEPT.case_id > after) if after else chosen


def _wanted(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    for name in ("verdict", "process", "permit"):
        if value := getattr(wanted, name):
            yield _KEPT[name] == value
    if wanted.steps is not None:
        yield _KEPT.steps == wanted.steps
    marks: dict[str, ColumnElement[bool]] = {
        "tasks": _KEPT.tasks_change,
        "moves": _KEPT.promise_moves,
        "forbids": _KEPT.promise_forbids,
        "skips": _KEPT.skips,
        "stepped": cases.c.seq != _KEPT.seq,
    }
    if wanted.only in marks:
        yield marks[wanted.only]
