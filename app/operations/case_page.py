"""The Kartu Kendali: everything about one case, read in one transaction, frozen, clocks computed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import (
    acting,
    assessing,
    disposition_lists,
    disturbances_told,
    extensions_shown,
    finding_lists,
    limit_risks,
    personal,
    scanning,
    visits,
)
from app.operations.clock_ledger import Ledger, ledger
from app.operations.clock_views import ClockView, view
from app.operations.lists_for_forms import document_labels, lists
from app.operations.promise_notices import Telling, tellings
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.case_rows import SubmissionRow
from app.store.cases import Held
from app.store.people import Substitution
from app.store.task_lists import TaskRow
from engine import access, bpmn
from engine.access import Actor
from engine.case import Case
from engine.forms import Choices, Form


@dataclass(frozen=True)
class DiagramView:
    """The diagram of the case's own deployment with where its token is."""

    process: str
    name: str
    xml: str
    done: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Suspended:
    """Since when a file stands still, and why; the reason only where it is given."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class CasePage:
    held: Held
    permit: Any
    state_label: str
    told: str
    clocks: tuple[ClockView, ...]
    service: ClockView | None
    legal: ClockView | None
    tasks: tuple[TaskRow, ...]
    open_tasks: tuple[TaskRow, ...]
    events: tuple[Any, ...]
    names: Mapping[UUID, str]
    substitutions: tuple[Substitution, ...]
    submissions: tuple[SubmissionRow, ...]
    forms: Mapping[str, Form]
    documents: tuple[Any, ...]
    letters: tuple[Any, ...]
    messages: tuple[Any, ...]
    promises: tuple[Any, ...]  # of the service clock, oldest first
    tellings: Mapping[UUID, tuple[Telling, ...]]  # by promise: what told the applicant
    holds: tuple[Any, ...]
    notes: tuple[Any, ...]
    assessments: tuple[Any, ...]
    pay_by: datetime | None  # the end of the newest term to pay
    payments: tuple[Any, ...]
    refunds: tuple[Any, ...]
    diagrams: tuple[DiagramView, ...]
    nik: str
    may_withdraw: bool
    may_reopen: bool
    may_ask_hold: bool
    mine: bool
    ledgers: tuple[Ledger, ...] = ()
    lists: Choices = field(default_factory=dict)
    may_decide_hold: bool = False
    access: tuple[Any, ...] = field(default=())
    exports: tuple[Any, ...] = field(default=())  # who took the file away whole
    may_export: bool = False
    windows: tuple[tuple[datetime, datetime], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # of documents by their field
    reasons: Mapping[int, str] = field(default_factory=dict)  # of interventions, by number of their event
    suspended: Suspended | None = None
    scannable: frozenset[UUID] = frozenset()  # letters whose signed scan the reader may store
    visit: visits.Appointment | None = None  # a visit that is due
    entered_afterwards: Mapping[str, str] = field(default_factory=dict)  # submission -> the window it was done in
    own: tuple[TaskRow, ...] = ()  # open tasks that the reader may do
    disturbances: tuple[disturbances_told.Told, ...] = ()  # central systems that failed while the file was open
    agencies: Mapping[UUID, str] = field(default_factory=dict)  # by open task, where its step is open for several
    risks: tuple[limit_risks.RiskLine, ...] = ()  # of the legal limit, for officials
    watched: bool = False  # whether the reader keeps an eye on it
    extensions: extensions_shown.Extensions = field(default_factory=extensions_shown.Extensions)
    findings: tuple[finding_lists.Line, ...] = ()  # about the file, that the reader may read
    may_record_finding: bool = False
    dispositions: tuple[disposition_lists.Line, ...] = ()  # for officials


@retried
def case_page(case_id: UUID, by: UUID, at: datetime) -> CasePage:
    """The Kartu Kendali: what, where, who, since when, what is promised and why, what happened."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        return _case_page(store, held, who, at)


def _case_page(store: Store, held: Held, who: Actor, at: datetime) -> CasePage:
    case, world = held.case, store.calendars.world()
    catalogue = case.deployment.catalogue
    views = tuple(view(case, one, world, at) for one in case.clocks if one.standing)
    rows = store.task_lists.tasks_of(held.id)
    internal = who.kind == "official"
    history = tuple(one for one in store.cases.events(held.id) if internal or not one.kind.startswith("risk_"))
    submissions = store.cases.submissions(held.id)
    mine = who.id == case.facts.applicant
    people = {one.by for one in history if one.by} | {one.by for one in submissions}
    people |= {one.by for one in store.cases.notes(held.id)}
    messages = store.outbox.messages(case_id=held.id, limit=200)
    people |= {one.told_by for one in messages if one.told_by}
    dispositions = disposition_lists.of_case(store, held.id, who, at)
    people |= {one for line in dispositions for one in (line.row.by, line.row.to_person)}
    reasons = store.steps.reasons(held.id)
    letters = store.documents.letters_of(held.id)
    assessments = store.payments.assessments(held.id)
    promises = store.cases.promises(held.id)
    return CasePage(
        held=held,
        permit=catalogue.permits[case.facts.permit],
        state_label=catalogue.states[case.state].label,
        told=catalogue.states[case.state].told,
        clocks=views,
        service=next((one for one in reversed(views) if one.kind == "L"), None),
        legal=next((one for one in reversed(views) if one.kind == "H"), None),
        tasks=rows,
        open_tasks=tuple(one for one in rows if one.status == "open"),
        events=history,
        names=store.people.names(people),
        substitutions=store.people.substitutions(people),
        submissions=submissions if internal else tuple(one for one in submissions if one.by == who.id),
        forms={
            one.form_key: case.deployment.form(one.form_key, case.facts.permit, case.facts.category)
            for one in submissions
        },
        documents=store.documents.of_case(held.id),
        letters=letters if internal else tuple(one for one in letters if catalogue.letters[one.kind].public),
        messages=messages,
        promises=promises,
        tellings=tellings(store, held.id, promises, case.facts.applicant),
        holds=store.cases.holds(held.id),
        notes=store.cases.notes(held.id) if internal else (),
        assessments=assessments,
        pay_by=assessing.pay_by(views),
        payments=store.payments.of_case(held.id),
        refunds=store.payments.refunds(held.id),
        diagrams=_diagrams(case, history),
        nik=personal.masked(_nik(store, held, submissions)),
        may_withdraw=_hears(case, "pencabutan") and (mine or access.may(who, "withdraw_for_applicant")),
        may_reopen=_hears(case, "buka_kembali") and access.may(who, "reopen_case"),
        may_ask_hold=_may_hold(case) and (mine or access.may(who, "withdraw_for_applicant")),
        mine=mine,
        ledgers=tuple(found for one in case.clocks if one.standing and (found := ledger(case, one, world, at))),
        lists=lists(store, held, at.astimezone(WIB).date()),
        may_decide_hold=access.may(who, "grant_hold"),
        access=store.people.access_to(held.id, personal.VIEWED) if access.may(who, "see_ledger") else (),
        exports=store.people.access_to(held.id, personal.EXPORTED) if access.may(who, "export_case") else (),
        may_export=access.may(who, "export_case"),
        labels=document_labels(store, held),
        reasons=reasons if internal else {},
        suspended=_suspended(case, history, reasons),
        scannable=scanning.scannable(store, letters, who),
        visit=visits.due(store, case),
        entered_afterwards=store.steps.entered_afterwards(held.id),
        own=_own(case, rows, who),
        agencies=_agencies(case, rows),
        disturbances=disturbances_told.overlapping(
            store, held.opened_at, (case.last_at if case.closed else None) or at
        ),
        risks=limit_risks.of_case(store, case, at) if internal else (),
        watched=internal and store.watches.watched(who.id, held.id),
        extensions=extensions_shown.shown(store, case, who, at),
        findings=finding_lists.of_case(store, held.id, who, at),
        may_record_finding=access.may(who, "record_finding"),
        dispositions=dispositions,
        windows=world.calendar.as_known(at).windows(at.astimezone(WIB).date()),
    )


def _lived_until(case: Case, at: datetime) -> datetime:
    return (case.last_at if case.closed else None) or at


def _own(case: Case, rows: tuple[TaskRow, ...], who: Actor) -> tuple[TaskRow, ...]:
    """Open tasks the reader may do, an applicant's on his own page only; none that somebody else holds."""
    mine = who.id == case.facts.applicant
    tasks = (one for one in case.tasks if (one.role != access.APPLICANT or mine) and one.assignee in (None, who.id))
    ids = {one.id for one in tasks if not access.barred_from(who, one, case)}
    return tuple(one for one in rows if str(one.id) in ids)


def _agencies(case: Case, rows: tuple[TaskRow, ...]) -> dict[UUID, str]:
    known, open_rows = case.deployment.catalogue.agencies, [one for one in rows if one.status == "open" and one.unit]
    often = Counter(one.element for one in open_rows)
    return {one.id: known[one.unit].name for one in open_rows if often[one.element] > 1 and one.unit in known}


def _suspended(case: Case, history: tuple[Any, ...], reasons: Mapping[int, str]) -> Suspended | None:
    if not case.suspended:
        return None
    last = next(one for one in reversed(history) if one.kind == "case_suspended")
    return Suspended(last.at, reasons.get(last.seq, ""))


def _hears(case: Case, message: str) -> bool:
    """Whether the process waits for the message, and may move."""
    return message in case.waiting and not case.suspended


def _may_hold(case: Case) -> bool:
    clock = case.clock("L")
    return clock is not None and clock.running and not case.suspended


def _nik(store: Store, held: Held, submissions: tuple[SubmissionRow, ...]) -> str | None:
    typed = next((str(one.values["nik"]) for one in reversed(submissions) if one.values.get("nik")), None)
    return typed or store.people.row(held.case.facts.applicant).nik


def _diagrams(case: Case, history: tuple[Any, ...]) -> tuple[DiagramView, ...]:
    """The main diagram first, then each called one the case has entered."""
    definition = case.deployment.definition
    scope = definition.scope(case.process)  # ids are unique within what a process calls, not beyond
    position = bpmn.read(definition, case.snapshot)
    passed = _passed(history)
    now = _now(scope, {one.element for one in position.tasks})
    found = []
    for process in (case.process, *definition.called(case.process)):
        inside = {one.id for one in scope.values() if one.process == process}
        if process != case.process and not inside & (passed | now):
            continue
        _, xml = definition.file_of(process)
        found.append(
            DiagramView(
                process,
                definition.name_of(process),
                xml.decode("utf-8"),
                tuple(sorted((inside & passed) - now)),
                tuple(sorted(inside & now)),
            )
        )
    return tuple(found)


def _now(scope: Mapping[str, bpmn.Element], tasks: set[str]) -> set[str]:
    """Elements with an open task, and the call activities and sub-processes around them."""
    now, found = set(tasks), list(tasks)
    while found:
        element = scope.get(found.pop())
        if element is None:
            continue
        callers = {one.id for one in scope.values() if one.calls == element.process}
        around = {*callers, element.parent} - now - {""}
        now |= around
        found.extend(around)
    return now


def _passed(history: tuple[Any, ...]) -> set[str]:
    found: set[str] = set()
    for event in history:
        if '"passed"' in event.body:
            found.update(json.loads(event.body).get("passed", ()))
    return found
