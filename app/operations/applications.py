"""The applicant's own case in plain words: what it waits for, what is promised, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, assessing, doubts, extensions_shown, issuing, visits
from app.operations.case_guards import WITHDRAW
from app.operations.clock_views import ClockView, view
from app.operations.lists_for_forms import lists
from app.operations.retrying import retried
from app.operations.work import Work
from app.store import Store, transaction
from app.store.cases import Held
from engine import access
from engine.access import Actor
from engine.case import Step, Task
from engine.catalogue import LetterKind, Permit, State
from engine.errors import NotFound
from engine.forms import Choices, Form

# Clocks named like the applicant's that are the office's own.
OFFICES_OWN = ("P_ESKALASI",)
NEEDS_WORK = ("tidak_ada", "tidak_terbaca", "kedaluwarsa", "perbaikan", "tidak_sah")


@dataclass(frozen=True)
class Requirement:
    """A requirement with the office's last word on it; `verdict` "" while nobody looked."""

    name: str
    verdict: str
    note: str
    unsent: bool = False  # an optional paper that was not sent: nothing to look at

    @property
    def needs_work(self) -> bool:
        return self.verdict in NEEDS_WORK


@dataclass(frozen=True)
class ApplicantCase:
    held: Held
    permit: Permit
    state: State
    service: ClockView | None
    clocks: tuple[ClockView, ...]
    tasks: tuple[Task, ...]  # open tasks of the applicant
    steps: tuple[tuple[str, datetime, datetime | None], ...]
    requirements: tuple[Requirement, ...]
    letters: tuple[Any, ...]
    letter_kinds: dict[str, LetterKind]
    assessments: tuple[Any, ...]
    pay_by: datetime | None  # the end of the newest term to pay
    payments: tuple[Any, ...]
    refunds: tuple[Any, ...]
    holds: tuple[Any, ...]
    messages: tuple[Any, ...]
    submissions: tuple[tuple[Form, Any], ...]
    documents: tuple[Any, ...]
    lists: Choices
    questions: tuple[Any, ...]
    may_withdraw: bool
    may_ask_hold: bool
    windows: tuple[tuple[datetime, datetime], ...]
    visit: visits.Appointment | None  # a visit that is due
    doubts: tuple[str, ...]  # what looks odd in the application
    extensions: extensions_shown.Extensions


@retried
def page(case_id: UUID, by: UUID, at: datetime) -> ApplicantCase:
    """For the applicant himself, or the counter on his behalf; NotFound for everybody else."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        if who.id != held.case.facts.applicant and not access.may(who, "file_for_applicant"):
            raise NotFound("Berkas tidak ditemukan.")
        return _page(store, held, who, at)


def _page(store: Store, held: Held, who: Actor, at: datetime) -> ApplicantCase:
    case, catalogue, world = held.case, held.case.deployment.catalogue, store.calendars.world()
    clocks = tuple(view(case, one, world, at) for one in case.clocks if one.standing and not one.task)
    service = case.clock("L")
    letters = (one for one in store.documents.letters_of(held.id) if catalogue.letters[one.kind].public)
    assessments = tuple(one for one in store.payments.assessments(held.id) if one.superseded_at is None)
    return ApplicantCase(
        held=held,
        permit=catalogue.permits[case.facts.permit],
        state=catalogue.states[case.state],
        service=next((one for one in reversed(clocks) if one.kind == "L"), None),
        clocks=tuple(one for one in clocks if _is_applicants(one)),
        tasks=tuple(one for one in case.tasks if one.role == access.APPLICANT),
        steps=tuple((one.name, one.opened_at, one.closed_at) for one in store.task_lists.tasks_of(held.id)),
        requirements=_requirements(store, held, at),
        letters=tuple(letters),
        letter_kinds=dict(catalogue.letters),
        assessments=assessments,
        pay_by=assessing.pay_by(clocks),
        payments=store.payments.of_case(held.id),
        refunds=store.payments.refunds(held.id),
        holds=store.cases.holds(held.id),
        messages=store.outbox.messages(case_id=held.id, person=case.facts.applicant, limit=50),
        submissions=_submissions(store, held),
        documents=store.documents.of_case(held.id),
        lists=lists(store, held, at.astimezone(WIB).date()),
        questions=store.questions.of_case(held.id),
        may_withdraw=WITHDRAW in case.waiting and not case.suspended,
        may_ask_hold=service is not None and service.running and not case.suspended,
        windows=world.calendar.as_known(at).windows(at.astimezone(WIB).date()),
        visit=visits.due(store, case),
        doubts=() if case.closed else doubts.of_application(store.cases.submissions(held.id)),
        extensions=extensions_shown.shown(store, case, who, at),
    )


def _is_applicants(one: ClockView) -> bool:
    return one.kind not in ("L", "H") and one.state in ("RUNNING", "PAUSED") and one.name not in OFFICES_OWN


def _requirements(store: Store, held: Held, at: datetime) -> tuple[Requirement, ...]:
    rows = issuing.requirements(Work(store, held, Step(held.case, ()), at), issuing.latest(store, held))
    known = held.case.deployment.catalogue.requirements
    sent = {one.requirement for one in store.documents.of_case(held.id)}
    return tuple(
        Requirement(
            one["nama"],
            one["keabsahan"] or one["status"],
            one["catatan"],
            not known[one["kode"]].mandatory and one["kode"] not in sent,
        )
        for one in rows
    )


def _submissions(store: Store, held: Held) -> tuple[tuple[Form, Any], ...]:
    """What the applicant (or the counter for him) answered to the applicant's own steps, newest first."""
    deployment, facts = held.case.deployment, held.case.facts
    steps = {one.id for one in store.task_lists.tasks_of(held.id) if one.role == access.APPLICANT}
    own = [one for one in store.cases.submissions(held.id) if one.task_id in steps]
    return tuple((deployment.form(one.form_key, facts.permit, facts.category), one) for one in reversed(own))
