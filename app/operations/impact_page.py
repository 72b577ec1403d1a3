"""The effect of a release on running cases as pages, tables and papers show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, heartbeat, impact_rounds, impact_told
from app.operations.impact import Subject, Target, places, target_of
from app.operations.impact_rounds import Progress
from app.operations.impact_told import STEPS, Told
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.impact import Wanted as Wanted
from engine import access
from engine.bpmn import Place
from engine.clocks.naming import clock_name
from engine.deployment import Deployment

A_PAGE = 50
HERE, CLOSED, STEPPED = "here", "closed", "stepped"


@dataclass(frozen=True)
class Line:
    """A case: `number` its number or the code it is followed by."""

    case_id: UUID
    number: str
    applicant: str
    permit: str
    steps: tuple[str, ...]  # names
    release: int
    verdict: str
    stepped: bool
    told: Told
    now: str = ""  # of a report, where it differs from what was counted: HERE | CLOSED | STEPPED


@dataclass(frozen=True)
class Group:
    process: str
    permit: str
    steps: tuple[str, ...]  # names
    elements: str  # as in an address
    verdict: str
    number: int
    forbids: int


@dataclass(frozen=True)
class Need:
    """An open step that the release does not hold: where its files may go, and where they are to go, "" as yet.

    `lost`: what was chosen for an earlier state of the draft and cannot be kept, "" for nothing.
    """

    process: str
    process_name: str
    element: str
    name: str
    places: tuple[Place, ...]  # refused ones among them
    chosen: str
    number: int
    lost: str = ""

    @property
    def open(self) -> tuple[Place, ...]:
        return tuple(one for one in self.places if not one.refused)

    @property
    def goes(self) -> Place | None:
        return next((one for one in self.open if one.id == self.chosen), None)


@dataclass(frozen=True)
class Page:
    target: Target
    title: str
    number: int  # of the release; 0 for a draft
    status: str
    progress: Progress
    totals: Any
    groups: tuple[Group, ...]
    needs: tuple[Need, ...]
    lines: tuple[Line, ...]
    found: int
    more: UUID | None
    processes: Mapping[str, str] = field(default_factory=dict)
    permits: Mapping[str, str] = field(default_factory=dict)
    may: bool = False
    silent: datetime | None = None  # since when the worker that should count stands still
    choices: str = ""  # a mark of those that are made: `impact_rounds.choices`


class Names:
    """Words for keys: those of the release in effect, else of any other that cases stand on, or stood on (`past`)."""

    def __init__(self, store: Store, past: Iterable[UUID] = ()) -> None:
        known = dict.fromkeys((*store.deployments.running_cases(), *past))
        running = [store.deployments.get(id) for id in known]
        active = store.deployments.active()
        self.releases: tuple[Deployment, ...] = (active, *(one for one in running if one.id != active.id))

    def process(self, key: str) -> str:
        known = (one.definition for one in self.releases if key in one.definition.processes)
        found = next(known, None)
        return found.name_of(key) if found else key

    def step(self, process: str, element: str) -> str:
        for one in self.releases:
            found = one.definition.scope(process).get(element) if process in one.definition.processes else None
            if found is not None and found.name:
                return found.name
        return element

    def steps(self, process: str, elements: str) -> tuple[str, ...]:
        return tuple(self.step(process, one) for one in elements.split(STEPS) if one)

    def permit(self, code: str) -> str:
        known = (one.catalogue.permits[code].name for one in self.releases if code in one.catalogue.permits)
        return next(known, code)


@retried
def page(subject: Subject, wanted: Wanted, after: UUID | None, by: UUID, at: datetime) -> Page:
    """Counts, groups, choices to be made, and a page of cases.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_deployments")
        target = target_of(store, subject)
        may = access.may(who, "migrate_cases")
        round = store.impact.of(target.checksum)
        head = _head(target)
        if round is None:
            return Page(target, *head, Progress(False), None, (), (), (), 0, None, may=may)
        names = Names(store)
        groups = store.impact.groups(round.id, target.id)
        rows = store.impact.page(round.id, wanted, after, A_PAGE + 1, target.id)
        return Page(
            target,
            *head,
            impact_rounds.progress(store, round, target.id),
            store.impact.totals(round.id, target.id),
            tuple(_group(one, names) for one in groups),
            tuple(_needs(store, round.id, groups, names)),
            tuple(_line(one, names) for one in rows[:A_PAGE]),
            store.impact.counted(round.id, wanted, target.id),
            rows[A_PAGE - 1].case_id if len(rows) > A_PAGE else None,
            {one.process: names.process(one.process) for one in groups},
            {one.permit: names.permit(one.permit) for one in groups},
            may,
            heartbeat.silent_since(store, at) if round.done_at is None else None,
            impact_rounds.choices(store, round.id),
        )


def _head(target: Target) -> tuple[str, int, str]:
    if target.release:
        return target.release.note, target.release.number, target.release.status
    return target.draft.title, 0, target.draft.status


@retried
def progress(subject: Subject, by: UUID, at: datetime) -> Progress:
    """For a page that asks again and again.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        target = target_of(store, subject)
        return impact_rounds.progress(store, store.impact.of(target.checksum), target.id)


def _group(row: Any, names: Names) -> Group:
    steps = names.steps(row.process, row.steps)
    return Group(row.process, row.permit, steps, row.steps, row.verdict, row.number, row.forbids)


def _needs(store: Store, round: UUID, groups: tuple[Any, ...], names: Names) -> Iterator[Need]:
    chosen, known = store.impact.choices(round), places(store, round)
    made = {(process, element) for process, ones in chosen.items() for element in ones}
    for process, element in sorted(known.keys() | made):
        here = sum(one.number for one in groups if one.process == process and element in one.steps.split(STEPS))
        to, there = chosen.get(process, {}).get(element, ""), known.get((process, element), ())
        name, lost = names.step(process, element), to not in {one.id for one in there if not one.refused}
        if here:
            called = next((one.name for one in there if one.id == to), names.step(process, to)) if to and lost else ""
            yield Need(process, names.process(process), element, name, there, to, here, called)


def _line(row: Any, names: Names) -> Line:
    return Line(
        row.case_id,
        row.number or row.tracking_code,
        row.applicant_name,
        row.permit,
        names.steps(row.process, row.steps),
        row.release,
        row.verdict,
        row.stepped,
        impact_told.read(row.told),
    )


@retried
def report(subject: Subject, wanted: Wanted, by: UUID, at: datetime) -> tuple[Line, ...]:
    """Every case that was counted, those too that were moved to the release or closed since.

    Raises NotAllowed, NotFound.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        target = target_of(store, subject)
        round = store.impact.of(target.checksum)
        rows = store.impact.report(round.id, wanted, target.id) if round else ()
        names = Names(store, {row.before_id for row in rows})
        return tuple(replace(_line(one, names), now=_now(one)) for one in rows)


def _now(row: Any) -> str:
    return HERE if row.here else CLOSED if row.closed else STEPPED if row.stepped else ""


@retried
def lines(subject: Subject, wanted: Wanted, by: UUID, at: datetime, most: int | None = None) -> tuple[Line, ...]:
    """Every case that was counted, or the first `most`.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        target = target_of(store, subject)
        round = store.impact.of(target.checksum)
        if round is None:
            return ()
        names = Names(store)
        return tuple(_line(one, names) for one in store.impact.page(round.id, wanted, None, most, target.id))


clock_word = clock_name
