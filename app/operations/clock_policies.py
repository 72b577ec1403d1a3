"""Open points of the law as settings: one person proposes a reading with its source, another adopts it.

A reading holds for the clocks that begin on or after its date and after its
adoption, so no promise that was given moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, deciding, idempotency, open_points
from app.operations.calendar_page import FIRST_YEAR, LAST_YEAR
from app.operations.deciding import Matter
from app.operations.open_points import YES, Point
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.clock_policies import chosen
from app.store.ids import uuid7
from engine import access
from engine.clocks import Policy
from engine.clocks.calendar import Unfit
from engine.clocks.policy import FLAGS
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

LISTS = ("rungs", "limit_days")
NUMBERS = (*LISTS, "near")
MATTER = Matter(
    lambda store: store.clock_policies,
    "adopt_clock_policy",
    "clock_policy",
    "policy",
    unknown="Usulan aturan jam tidak ditemukan.",
    decided="Usulan aturan jam ini sudah diputuskan.",
    own="Pengusul aturan jam tidak boleh menetapkannya sendiri.",
    undecreed="Keputusan atau pendapat hukum yang mendasari wajib diisi",
    taken="Keputusan ini sudah dipakai usulan aturan jam yang diajukan %(day)s",
)


@dataclass(frozen=True)
class PolicyPage:
    """`present`: the reading for a clock that begins now; `rows`: all proposals, newest first."""

    present: Policy
    points: tuple[Point, ...]
    rows: tuple[Any, ...]
    names: Mapping[UUID, str]
    may_propose: bool


@dataclass(frozen=True)
class ProposalPage:
    """A proposal beside the reading it would take the place of."""

    row: Any
    policy: Policy
    present: Policy
    points: tuple[Point, ...]
    names: Mapping[UUID, str]
    may_decide: bool

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of what the proposal reads otherwise."""
        return tuple(name for name in (*FLAGS, *NUMBERS) if getattr(self.policy, name) != getattr(self.present, name))


def _present(store: Store, at: datetime) -> Policy:
    return store.calendars.world().policy(at.astimezone(WIB).date(), at)


@retried
def page(by: UUID, at: datetime) -> PolicyPage:
    """Every open point with its present reading and an example of each choice.  Raises NotAllowed."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_settings")
        present, rows = _present(store, at), store.clock_policies.all()
        points = open_points.points(store.calendars.world(), at, present)
        return PolicyPage(present, points, rows, deciding.names(store, rows), access.may(who, "propose_clock_policy"))


@retried
def proposal(policy_id: UUID, by: UUID, at: datetime) -> ProposalPage:
    """One proposal with the examples of what it would change.  Raises NotFound, NotAllowed."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_settings")
        row = deciding.found(store, MATTER, policy_id)
        policy, present = Policy(source=row.decree, **chosen(row)), _present(store, row.approved_at or at)
        points = open_points.points(store.calendars.world(), at, present, policy)
        may = deciding.may_decide(who, MATTER, row)
        return ProposalPage(row, policy, present, points, deciding.names(store, (row,)), may)


@retried
def propose(typed: Mapping[str, str], by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Hand a reading to the second person.

    `typed`: a flag of `FLAGS` as "ya" or "tidak", `rungs` and `limit_days` as
    numbers with commas, `near` a number, `berlaku` a date, `keputusan`, `sebab`.
    Raises NotAllowed, SubmissionInvalid with a sentence for each field.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_clock_policy")
        print_ = idempotency.fingerprint("clock_policy", "", {name: [one] for name, one in typed.items()})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return UUID(before["policy"])
        policy = _read(typed, _present(store, at), at)
        if taken := deciding.decree_taken(store, MATTER, policy.source):
            raise SubmissionInvalid(taken)
        id = uuid7()
        values = {name: getattr(policy, name) for name in FLAGS} | {name: _plain(policy, name) for name in NUMBERS}
        reason = clean(typed.get("sebab", ""))
        store.clock_policies.add(
            id, at, values, valid_from=policy.valid_from, decree=policy.source, reason=reason, proposed_by=by
        )
        told = {"policy": str(id), "decree": policy.source, "valid_from": policy.valid_from.isoformat(), **values}
        store.calendars.tell("clock_policy_proposed", told, by, at)
        idempotency.answer(store, key, {"policy": str(id)})
        return id


def _plain(policy: Policy, name: str) -> Any:
    value = getattr(policy, name)
    return list(value) if isinstance(value, tuple) else value


def _read(typed: Mapping[str, str], present: Policy, at: datetime) -> Policy:
    errors: dict[str, str] = {}
    values: dict[str, Any] = {name: typed.get(name, "") == YES for name in FLAGS}
    for name in NUMBERS:
        _numbers(name, typed.get(name, ""), values, errors)
    day, decree = _day(typed.get("berlaku", ""), at, errors), clean(typed.get("keputusan", ""))
    errors |= deciding.decree_fault(MATTER, decree) | deciding.note_fault(typed.get("sebab", ""))
    if errors or day is None:
        raise SubmissionInvalid(errors)
    if all(values[name] == getattr(present, name) for name in values):
        raise SubmissionInvalid({"": "Tidak ada yang berubah dari pembacaan sekarang"})
    return Policy(valid_from=day, recorded_at=at, source=decree, **values)


def _numbers(name: str, text: str, values: dict[str, Any], errors: dict[str, str]) -> None:
    """One setting of numbers, judged by the engine's own rule."""
    pieces = [one.strip() for one in clean(text).replace(";", ",").split(",") if one.strip()]
    if not all(one.isascii() and one.isdigit() and len(one) < 4 for one in pieces) or (
        name == "near" and len(pieces) != 1
    ):
        errors[name] = "Tulis bilangan bulat; beberapa bilangan dipisahkan koma"
        return
    found = tuple(map(int, pieces))
    values[name] = found[0] if name == "near" else found
    try:
        judged = Policy(**{name: values[name]})
        values[name] = getattr(judged, name)
    except Unfit as fault:
        errors[name] = Sentence(fault.pattern, **fault.values)


def _day(text: str, at: datetime, errors: dict[str, str]) -> date | None:
    try:
        day = date_of(clean(text))
    except Unreadable as fault:
        errors["berlaku"] = Sentence("%(label)s: %(fault)s", label="Berlaku sejak", fault=fault.sentence)
        return None
    if day.year > LAST_YEAR:
        told = Sentence("tanggal di luar tahun %(a)s sampai %(b)s", a=FIRST_YEAR, b=LAST_YEAR)
        errors["berlaku"] = Sentence("%(label)s: %(fault)s", label="Berlaku sejak", fault=told)
    if day < at.astimezone(WIB).date():
        errors["berlaku"] = "Tanggal ini sudah lewat; aturan jam tidak berlaku surut"
    return day


@retried
def adopt(policy_id: UUID, by: UUID, at: datetime) -> None:
    """The second person adopts: the reading holds for clocks that begin from its date on.

    Raises NotAllowed for the proposer himself, Refused when it was decided, NotFound.
    """
    with transaction() as store:
        row = deciding.second(store, MATTER, policy_id, by, at)
        revision = store.calendars.new_revision(f"aturan jam {row.decree}", at)
        deciding.adopt(store, MATTER, row, {"revision": revision}, by, at)


@retried
def reject(policy_id: UUID, because: str, by: UUID, at: datetime) -> None:
    """Refuse a reading with a reason; nothing changes.  Raises SubmissionInvalid, Refused, NotFound."""
    with transaction() as store:
        deciding.reject(store, MATTER, policy_id, because, by, at)
