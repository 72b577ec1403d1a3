"""Risiko fiktif positif: the supervisors' list, and their answer with the cause and the measure taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.limit_raising import days_left, words
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.encoding import parse
from engine import access
from engine.case import Case, Step
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

PAGE = 30
SHORTEST, LONGEST = 5, 2000


@dataclass(frozen=True)
class RiskLine:
    """A risk as raised; `left`: working days from now to the limit as it stands, None where that is not known."""

    row: Any
    permit: str
    limit_at: datetime
    left: int | None
    why: tuple[str, ...]
    outcome: str
    who: str = ""
    passed: bool = False  # the limit as it stands is over

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.row.answered_at is None and self.row.closed_at is None and self.row.annotated_at is None


@dataclass(frozen=True)
class RiskPage:
    """`more`: where the next page of those that are over begins."""

    waiting: tuple[RiskLine, ...]
    past: tuple[RiskLine, ...]
    more: tuple[datetime, UUID] | None
    may_answer: bool


@retried
def page(by: UUID, at: datetime, before: tuple[datetime, UUID] | None = None) -> RiskPage:
    """All that wait, nearest limit first, and those that are over, newest first.  Raises NotAllowed."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_board")
        rows = store.limit_risks.past_ones(PAGE, before)
        last = rows[PAGE - 1] if len(rows) > PAGE else None
        return RiskPage(
            _lines(store, store.limit_risks.open_ones(), at),
            _lines(store, rows[:PAGE], at),
            (last.raised_at, last.id) if last else None,
            access.may(who, "answer_limit_risk"),
        )


def _lines(store: Store, rows: Iterable[Any], at: datetime) -> tuple[RiskLine, ...]:
    found = tuple(rows)
    cases = store.readings.clocked({row.case_id for row in found}, store.deployments.get)
    limits = {row.id: row.promised_at for row in found}
    return _told(store, found, cases, limits, at)


def of_case(store: Store, case: Case, at: datetime) -> tuple[RiskLine, ...]:
    """The risks of one case, newest first."""
    return of_rows(store, case, store.limit_risks.of_case(case.id), at)


def of_rows(store: Store, case: Case, rows: tuple[Any, ...], at: datetime) -> tuple[RiskLine, ...]:
    """The same, of the rows given."""
    return _told(store, rows, {case.id: case}, {row.id: row.limit_at for row in rows}, at) if rows else ()


def _told(
    store: Store,
    rows: tuple[Any, ...],
    cases: Mapping[UUID, Case],
    limits: Mapping[UUID, datetime | None],
    at: datetime,
) -> tuple[RiskLine, ...]:
    odometer = store.calendars.world().calendar.as_known(at)
    names = store.people.names({row.answered_by for row in rows if row.answered_by})
    found = []
    for row in rows:
        case, limit = cases[row.case_id], limits[row.id]
        catalogue = case.deployment.catalogue
        state = catalogue.states.get(row.outcome)
        found.append(
            RiskLine(
                row,
                catalogue.permits[case.facts.permit].name,
                limit or row.limit_at,
                None if limit is None else days_left(odometer, at, limit),
                words(case, parse(row.hindrances)),
                state.label if state is not None else row.outcome,
                names.get(row.answered_by, ""),
                limit is not None and at > limit,
            )
        )
    return tuple(found)


@retried
def answer(risk_id: UUID, reason: str, measure: str, by: UUID, at: datetime) -> UUID:
    """Record why the limit came so near and what is done about it; returns the case.  Grants nothing.

    Raises NotAllowed, NotFound, SubmissionInvalid at `sebab` and `tindakan`,
    Refused when it was answered, closed or set aside meanwhile.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "answer_limit_risk")
        told = _words(reason, measure)
        found = store.limit_risks.row(risk_id)
        if found is None:
            raise NotFound("Risiko tidak ditemukan.")
        held = acting.locked(store, found.case_id, who)
        row = _open(store, risk_id)
        store.limit_risks.answer(row.id, by, at, *told)
        role = next((one for one in ("KD", "KB") if who.holds(one)), "")
        event = acting.doing(held.case, at, by, role).event("risk_answered", "", None, risk=str(row.id), step=row.step)
        carry_out(store, held, Step(held.case, (event,)), at)
        store.steps.give_reason(held.id, held.seq + 1, " · ".join(told)[:LONGEST])
        return held.id


def _open(store: Store, risk_id: UUID) -> Any:
    row = store.limit_risks.lock(risk_id)
    if row.answered_at is not None:
        raise Refused("Risiko ini sudah dijawab.")
    if row.closed_at is not None or row.annotated_at is not None:
        raise Refused("Risiko ini sudah tidak menunggu jawaban.")
    return row


def _words(reason: str, measure: str) -> tuple[str, str]:
    found, errors = [], {}
    for name, label, typed in (("sebab", "Sebab", reason), ("tindakan", "Tindakan", measure)):
        text = clean(typed)
        if len(text) < SHORTEST:
            errors[name] = Sentence("%(label)s wajib diisi, paling sedikit %(n)s huruf", label=label, n=SHORTEST)
        elif len(text) > LONGEST:
            sentence = "%(label)s paling banyak %(n)s huruf, Anda menulis %(written)s"
            errors[name] = Sentence(sentence, label=label, n=LONGEST, written=len(text))
        found.append(text)
    if errors:
        raise SubmissionInvalid(errors)
    return found[0], found[1]
