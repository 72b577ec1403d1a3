"""The inbox of an official: his tasks and his group's, most urgent by legal time first, with what their clocks show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, desk_ways, handing_on, personal, saved_views
from app.operations.awaiting import Awaited, awaiting
from app.operations.clock_views import ClockView, resumes, task_clock, view, waited
from app.operations.retrying import retried
from app.operations.saved_views import SavedView
from app.store import Store, transaction
from app.store.task_lists import MOST_COUNTED as MOST_COUNTED
from app.store.task_lists import PAGE, Place, TaskRow
from app.store.task_lists import InboxFilter as InboxFilter
from engine import access
from engine.access import Actor
from engine.case import Case
from engine.catalogue import Catalogue
from engine.clocks import World, stands
from engine.deployment import Deployment
from engine.errors import NotFound

PIECE = 200  # rows read at once for a list sifted by what clocks show
MOST_READ = 2_000  # rows read for one page of it; the next page reads on from there


@dataclass(frozen=True)
class InboxLine:
    row: TaskRow
    permit_name: str
    clock: ClockView | None
    kahar: bool
    barred: str = ""
    waiting: str = ""  # what it waits for, whoever would do it
    answered: bool | None = None  # None: nothing was asked of the applicant from this task
    seen: bool = True  # whether the reader may see the file today
    waited: str = ""  # for how long, in words, where no clock tells it
    asked: bool = False  # the applicant's own task: what the file waits for
    refused: str = ""  # why the reader does not take it


@dataclass(frozen=True)
class Places:
    """What a list may be sifted by beside permit and step, each as (code, name)."""

    units: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]  # of files still under way


@dataclass(frozen=True)
class Inbox:
    view: str
    lines: tuple[InboxLine, ...]
    counts: Mapping[str, int]
    more: Place | None
    permits: tuple[tuple[str, str], ...]
    elements: tuple[tuple[str, str], ...]
    places: Places
    windows: tuple[tuple[datetime, datetime], ...]
    at: datetime
    awaited: tuple[Awaited, ...] = ()
    saved: tuple[SavedView, ...] = ()
    recounting: frozenset[UUID] = frozenset()  # cases whose place in the list is still that of before a change
    beyond: frozenset[str] = frozenset()  # lists that hold more than is counted
    way: desk_ways.Way = field(default_factory=desk_ways.Way)
    receivers: tuple[tuple[str, str], ...] = ()  # to whom tasks may be handed on, as (id, name)
    substitutes: tuple[Any, ...] = ()  # who stands in for the reader today: name, role, unit, kind, since, until
    refused: int = 0  # tasks of the group that the reader does not take, in a list of their own
    resumes: datetime | None = None  # when the office opens next, while it is closed


def start_of_day(at: datetime) -> datetime:
    return at.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)


@retried
def inbox(by: UUID, wanted: InboxFilter, at: datetime) -> Inbox:
    """The official's tasks, most urgent by legal time first; stopped ones in a list of their own."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        _officials_only(who)
        world = store.calendars.world()
        wanted = replace(wanted, keys=personal.nik_keys(wanted.text))
        lines, more = _page(store, who, wanted, world, at)
        asked = store.questions.of_tasks(one.row.id for one in lines)
        said = store.task_refusals.reasons(by, [one.row.id for one in lines]) if wanted.view == "ditolak" else {}
        lines = [replace(one, answered=asked.get(one.row.id), refused=said.get(one.row.id, "")) for one in lines]
        catalogue = store.deployments.active().catalogue
        counts, beyond = _counts(store, who, world, at)
        return Inbox(
            wanted.view,
            tuple(lines),
            counts,
            more,
            tuple((one.code, one.name) for one in catalogue.permits.values() if one.active),
            _elements(store.deployments.active(), who),
            _places_of(catalogue),
            world.calendar.as_known(at).windows(at.astimezone(WIB).date()),
            at,
            awaiting(store, who),
            saved_views.of(store, who.id),
            store.recounts.uncounted({one.row.case_id for one in lines}),
            beyond,
            desk_ways.of(store, who.id),
            handing_on.receivers(store, who, at, wanted.view == "saya"),
            store.people.substitutes_of(who.id, at.astimezone(WIB).date()),
            store.task_lists.refused_count(who),
            resumes(world.calendar.as_known(at), at),
        )


def _counts(store: Store, who: Actor, world: World, at: datetime) -> tuple[Mapping[str, int], frozenset[str]]:
    """What each list holds, and which of them hold more than that."""
    counts = dict(store.task_lists.inbox_counts(who, start_of_day(at)))
    beyond = {name for name, number in counts.items() if number == MOST_COUNTED}
    if stands(world, at):
        counts["ditangguhkan"], more = _paused_count(store, who, world, at)
        beyond = beyond - {"ditangguhkan"} | ({"ditangguhkan"} if more else set())
    return counts, frozenset(beyond)


def _page(
    store: Store, who: Actor, wanted: InboxFilter, world: World, at: datetime
) -> tuple[list[InboxLine], Place | None]:
    """The first `limit` lines that fit, and where the next page begins; None when there is none.

    What a declaration stops, and how near a clock is to its end, is known by its reading alone: lists sifted by that
    read on until the page is full, or until so much was read that the rest is left for the next page.
    """
    found: list[InboxLine] = []
    last: TaskRow | None = None
    for number, line in enumerate(_read_on(store, who, wanted, world, at)):
        if number >= MOST_READ and last is not None:
            return found, _place(last)
        if _fits(line, wanted) and line.seen:
            if len(found) == wanted.limit:
                return found, _place(found[-1].row)
            found.append(line)
        last = line.row
    return found, None


def _read_on(store: Store, who: Actor, wanted: InboxFilter, world: World, at: datetime) -> Iterator[InboxLine]:
    """Lines in the inbox's order, read in pieces, whatever their clocks show."""
    name = "tertahan" if wanted.view == "ditangguhkan" and stands(world, at) else wanted.view
    source: InboxFilter | None = replace(wanted, view=name, limit=PIECE if name != wanted.view or wanted.look else PAGE)
    while source is not None:
        rows = store.task_lists.inbox(who, source, start_of_day(at))
        cases = store.readings.clocked({row.case_id for row in rows}, store.deployments.get)
        yield from (_line(row, cases[row.case_id], world, at, who) for row in rows[: source.limit])
        source = replace(source, after=_place(rows[source.limit - 1])) if len(rows) > source.limit else None


def _fits(line: InboxLine, wanted: InboxFilter) -> bool:
    if wanted.view == "ditangguhkan" and (line.clock is None or line.clock.state != "PAUSED"):
        return False
    return not wanted.look or (line.clock is not None and line.clock.look == wanted.look)


def _place(row: TaskRow) -> Place:
    return row.urgent_at, row.id


def _officials_only(who: Actor) -> None:
    if who.kind != "official":
        raise NotFound("Halaman tidak ditemukan.")


def _paused_count(store: Store, who: Actor, world: World, at: datetime) -> tuple[int, bool]:
    """While a declaration may stop any clock: how many of the first tasks it stops, and whether there are others."""
    rows = store.task_lists.inbox(who, InboxFilter(view="tertahan", limit=PIECE), start_of_day(at))
    cases = store.readings.clocked({row.case_id for row in rows[:PIECE]}, store.deployments.get)
    number = sum(1 for row in rows[:PIECE] if _is_paused(row, cases[row.case_id], world, at))
    return number, len(rows) > PIECE


def _is_paused(row: TaskRow, case: Case, world: World, at: datetime) -> bool:
    clock = _shown_clock(row, case, world, at)
    return clock is not None and clock.state == "PAUSED"


def _elements(deployment: Deployment, who: Actor) -> tuple[tuple[str, str], ...]:
    found = {
        one.id: one.name for one in deployment.definition.elements.values() if one.form_key and one.role in who.roles
    }
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def _places_of(catalogue: Catalogue) -> Places:
    areas = sorted(catalogue.areas.values(), key=lambda one: one.code)
    named = ((one.code, one.name if one.level == "kecamatan" else f"– {one.name}") for one in areas)
    units = ((one.code, one.short) for one in catalogue.agencies.values())
    states = ((one.code, one.label) for one in catalogue.states.values() if not one.closed)
    return Places(tuple(units), tuple(named), tuple(states))


def _line(row: TaskRow, case: Case, world: World, at: datetime, who: Actor) -> InboxLine:
    permit = case.deployment.catalogue.permits[row.permit]
    clock, asked = _shown_clock(row, case, world, at), row.role == access.APPLICANT and row.applicant_id != who.id
    kahar = clock is not None and "FORCE_MAJEURE" in clock.paused_by
    task = case.task(str(row.id))
    if task is None or asked:
        return InboxLine(row, permit.name, clock, kahar, seen=access.may_see(who, case), asked=asked)
    barred, waiting = access.barred_from(who, task, case), access.waits_for(task, case)
    stood, seen = waited(row.opened_at, world, at), access.may_see(who, case)
    return InboxLine(row, permit.name, clock, kahar, barred, waiting, waited=stood, seen=seen)


def _shown_clock(row: TaskRow, case: Case, world: World, at: datetime) -> ClockView | None:
    """The task's; of what an applicant has to do that of the file, which stands still for it."""
    service = case.clock("L")
    if row.role == access.APPLICANT and service is not None and service.events:
        return view(case, service, world, at)
    return task_clock(row.id, row.element, case, world, at)


@retried
def pulse(by: UUID, at: datetime) -> dict[str, Any]:
    """Counts and the newest change, small enough to be asked every twenty seconds.

    A list that a declaration may fill is not counted: only the page reads the clocks.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        counts = dict(store.task_lists.inbox_counts(who, start_of_day(at)))
        if stands(store.calendars.world(), at):
            counts.pop("ditangguhkan")
        newest = store.task_lists.newest_task_at(who)
        return {"jumlah": counts, "terbaru": newest.isoformat() if newest else ""}
