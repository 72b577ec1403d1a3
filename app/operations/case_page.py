"""The Kartu Kendali: everything about one case, read in one transaction, frozen, clocks computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    linked_cases,
    mentions,
    paper_names,
    personal,
    scanning,
    visits,
)
from app.operations.case_diagram import DiagramView as DiagramView
from app.operations.case_diagram import diagrams
from app.operations.case_facts import CaseFacts, facts
from app.operations.clock_ledger import Ledger, ledger
from app.operations.clock_views import ClockView, view
from app.operations.lists_for_forms import document_labels, lists
from app.operations.mentions import Mention
from app.operations.paper_names import PaperName
from app.operations.promise_notices import Telling, tellings
from app.operations.retrying import retried
from app.operations.step_times import Spent, StepTime, spent, step_times
from app.store import Store, transaction
from app.store.case_rows import SubmissionRow
from app.store.cases import Held
from app.store.people import Substitution
from app.store.task_lists import TaskRow
from engine import access
from engine.access import Actor
from engine.case import Case
from engine.clocks import Odometer
from engine.forms import Choices, Form


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
    mine: bool
    may_withdraw: bool = False
    may_reopen: bool = False
    may_ask_hold: bool = False
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
    mentions: Mapping[UUID, tuple[Mention, ...]] = field(default_factory=dict)  # by note
    papers: Mapping[str, PaperName] = field(default_factory=dict)  # every document that it ever had, by its id
    replaced: tuple[Any, ...] = ()  # documents that were handed in and are there no more
    linked: tuple[linked_cases.LinkedCase, ...] = ()  # other files of the same person that the reader may see
    steps: tuple[StepTime, ...] = ()
    spent: Mapping[str, Spent] = field(default_factory=dict)  # by element of its diagrams
    world: Any = None  # calendar and declarations, for the time between two entries of the history
    known_at: datetime | None = None  # whose knowledge it is, None for the present: then nothing can be done from it
    dispositions: tuple[disposition_lists.Line, ...] = ()  # for officials

    @property
    def versions(self) -> dict[UUID, int]:
        """Which version each document is, 0 for the only one of its place."""
        return {UUID(id): one.version for id, one in self.papers.items()}


@retried
def case_page(case_id: UUID, by: UUID, at: datetime) -> CasePage:
    """The Kartu Kendali: what, where, who, since when, what is promised and why, what happened."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        return page_of(store, facts(store, held), who, at)


def page_of(store: Store, known: CaseFacts, who: Actor, at: datetime) -> CasePage:
    """The page of what is known of a case, read at `at`, for a reader; of the past nothing that he may do."""
    held, then = known.held, known.known_at
    case, world = held.case, store.calendars.world()
    catalogue, odometer = case.deployment.catalogue, world.calendar.as_known(at)
    views = tuple(view(case, one, world, at, then) for one in case.clocks if one.standing)
    internal = who.kind == "official"
    history = tuple(one for one in known.events if internal or not one.kind.startswith("risk_"))
    own = known.submissions if internal else tuple(one for one in known.submissions if one.by == who.id)
    letters = known.letters if internal else tuple(one for one in known.letters if catalogue.letters[one.kind].public)
    given = disposition_lists.of_case(store, held.id, who, at, then)
    people = _people(known, history) | {one for line in given for one in (line.row.by, line.row.to_person)}
    page = CasePage(
        held=held,
        permit=catalogue.permits[case.facts.permit],
        state_label=catalogue.states[case.state].label,
        told=catalogue.states[case.state].told,
        clocks=views,
        service=next((one for one in reversed(views) if one.kind == "L"), None),
        legal=next((one for one in reversed(views) if one.kind == "H"), None),
        tasks=known.tasks,
        open_tasks=tuple(one for one in known.tasks if one.status == "open"),
        events=history,
        names=store.people.names(people),
        substitutions=store.people.substitutions(people),
        submissions=own,
        forms={
            one.form_key: case.deployment.form(one.form_key, case.facts.permit, case.facts.category)
            for one in known.submissions
        },
        documents=known.documents,
        papers=paper_names.papers(known.papers, paper_names.elements(known.events), paper_names.of_case(case)),
        replaced=known.replaced,
        letters=letters,
        messages=known.messages if internal else tuple(one for one in known.messages if one.to_person == who.id),
        promises=known.promises,
        tellings=tellings(store, held.id, known.promises, case.facts.applicant, then),
        holds=known.holds,
        notes=known.notes if internal else (),
        assessments=known.assessments,
        pay_by=assessing.pay_by(views),
        payments=known.payments,
        refunds=known.refunds,
        diagrams=diagrams(case, history),
        nik=personal.masked(_nik(store, held, known.submissions)),
        mine=who.id == case.facts.applicant,
        ledgers=tuple(found for one in case.clocks if one.standing and (found := ledger(case, one, world, at, then))),
        lists=lists(store, held, at.astimezone(WIB).date()),
        labels=document_labels(store, held),
        reasons=known.reasons if internal else {},
        suspended=_suspended(case, history, known.reasons),
        visit=visits.appointment(store, known.submissions, known.holds) if visits.awaited(case) else None,
        entered_afterwards=_afterwards(store, known),
        agencies=_agencies(case, known.tasks),
        disturbances=disturbances_told.overlapping(store, held.opened_at, _lived_until(case, at), then),
        risks=limit_risks.of_rows(store, case, known.risks, at) if internal else (),
        windows=odometer.windows(at.astimezone(WIB).date()),
        steps=step_times(known.tasks, odometer, _lived_until(case, at)),
        spent=_spent(case, known.tasks, odometer, at),
        world=world,
        known_at=then,
        dispositions=given,
    )
    if then is not None:
        lines = extensions_shown.told(store, known.extensions, case, at)
        return replace(page, extensions=extensions_shown.Extensions(lines))
    now = _now(store, known, who, at, letters)
    return replace(page, names={**page.names, **store.people.names(_auditing(now["findings"]))}, **now)


def _auditing(findings: tuple[finding_lists.Line, ...]) -> set[UUID]:
    """Those who wrote findings and answers, and to whom they were put."""
    people = {one for line in findings for one in (line.row.by, line.row.to_person)}
    return people | {entry.by for line in findings for entry in line.entries}


def _now(store: Store, known: CaseFacts, who: Actor, at: datetime, letters: tuple[Any, ...]) -> dict[str, Any]:
    """What the reader may do with the case, and who looked at it."""
    held, case, internal = known.held, known.held.case, who.kind == "official"
    mine, may_export = who.id == case.facts.applicant, access.may(who, "export_case")
    return {
        "may_withdraw": _hears(case, "pencabutan") and (mine or access.may(who, "withdraw_for_applicant")),
        "may_reopen": _hears(case, "buka_kembali") and access.may(who, "reopen_case"),
        "may_ask_hold": _may_hold(case) and (mine or access.may(who, "withdraw_for_applicant")),
        "may_decide_hold": access.may(who, "grant_hold"),
        "access": store.people.access_to(held.id, personal.VIEWED) if access.may(who, "see_ledger") else (),
        "exports": store.people.access_to(held.id, personal.EXPORTED) if may_export else (),
        "may_export": may_export,
        "scannable": scanning.scannable(store, letters, who),
        "own": _own(case, known.tasks, who),
        "linked": linked_cases.linked(store, held, who),
        "watched": internal and store.watches.watched(who.id, held.id),
        "extensions": extensions_shown.shown(store, case, who, at),
        "findings": finding_lists.of_case(store, held.id, who, at),
        "may_record_finding": access.may(who, "record_finding"),
        "mentions": mentions.of_case(store, held.id) if internal else {},
    }


def _people(known: CaseFacts, history: tuple[Any, ...]) -> set[UUID]:
    """Those whose names the page tells."""
    people = {one.by for one in history if one.by} | {one.by for one in known.submissions}
    people |= {one.by for one in known.notes}
    written = {one for row in known.messages for one in (row.told_by, row.to_person) if one}
    return people | written


def _afterwards(store: Store, known: CaseFacts) -> dict[str, str]:
    handed_in = {str(one.id) for one in known.submissions}
    return {id: code for id, code in store.steps.entered_afterwards(known.held.id).items() if id in handed_in}


def _lived_until(case: Case, at: datetime) -> datetime:
    return (case.last_at if case.closed else None) or at


def _spent(case: Case, rows: tuple[TaskRow, ...], odometer: Odometer, at: datetime) -> Mapping[str, Spent]:
    scope = case.deployment.definition.scope(case.process)
    return spent(rows, scope, odometer, _lived_until(case, at))


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
