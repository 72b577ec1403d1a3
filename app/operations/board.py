"""The supervisor's and the office's lists: running cases with their clocks, breaches, all cases, messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.operations import acting, board_groups, personal
from app.operations.board_groups import Group
from app.operations.clock_views import ClockView, view
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.boards import GROUPS as GROUPS
from app.store.boards import Chosen as Chosen
from app.store.boards import Cuts
from app.store.boards import Place as Place
from app.store.case_lists import CaseRow
from engine import access
from engine.access import Actor
from engine.clocks.ageing import OVER
from engine.errors import NotFound

SOON = timedelta(days=7)
BREACHES = 20  # of one page
PAGE = 50
MOST_PIECES = 10  # of a list sifted by what clocks show; the page says where it goes on
MOST_ROWS = 1000  # of the table for a spreadsheet
ALL = Chosen()
CLOCKS = {
    "lewat": "Lewat janji",
    "dekat": "Janji dalam 7 hari",
    "tanpa_janji": "Belum dapat dijanjikan",
    "berjalan": "Berjalan atau ditangguhkan",
    "selesai_tepat": "Selesai tepat waktu",
    "selesai_terlambat": "Selesai terlambat",
    "belum_mulai": "Belum mulai",
}
DONE = {"selesai_terlambat": True, "selesai_tepat": False}  # looks of files whose service clock is over: late?


@dataclass(frozen=True)
class BoardLine:
    row: CaseRow
    permit_name: str
    state_label: str
    clock: ClockView | None
    legal: ClockView | None
    tasks: tuple[tuple[str, str, datetime], ...]  # name, who or which role, since when
    told: str = ""  # the state in a sentence for the applicant
    own: tuple[tuple[str, str], ...] = ()  # open tasks of the applicant: id, name


@dataclass(frozen=True)
class Board:
    lines: tuple[BoardLine, ...]
    counts: Mapping[str, int]
    breaches: tuple[Any, ...]  # a page of them, newest first
    permits: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...] = ()  # the running clocks by what was asked for
    more: Place | None = None  # where the next page of lines begins
    breached: int = 0  # promises ever passed
    more_breaches: tuple[datetime, UUID] | None = None
    recounting: frozenset[UUID] = frozenset()  # cases of which the lists still know the promise of before a change


@retried
def board(
    by: UUID,
    at: datetime,
    look: str = "",
    chosen: Chosen = ALL,
    after: Place | None = None,
    before: tuple[datetime, UUID] | None = None,
    group: str = GROUPS[0],
) -> Board:
    """Running service clocks, nearest promise first, or with a look of DONE the files that are through.

    `look`: what a clock shows (dekat, lewat, jeda …); `after`: where the page of lines begins, `before`: that of
    breaches; `group`: one of GROUPS, by which the running ones are counted.
    """
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_board")
        catalogue = store.deployments.active().catalogue
        cuts = board_groups.cuts_now(store, at)
        breaches = store.readings.breaches(BREACHES, before)
        last = breaches[BREACHES - 1] if len(breaches) > BREACHES else None
        looked, more = _listed(store, look, chosen, cuts, after, at)
        grouped = board_groups.groups(store, group, cuts)
        return Board(
            looked,
            _counts(store, board_groups.spans(store, group, grouped, cuts)),
            breaches[:BREACHES],
            tuple((one.code, one.name) for one in catalogue.permits.values() if one.active),
            tuple((one.code, one.label) for one in catalogue.states.values() if look in DONE or not one.closed),
            grouped,
            more,
            store.readings.breach_count(),
            (last.fired_at, last.clock_id) if last else None,
            store.recounts.uncounted([*(one.row.id for one in looked), *(one.case_id for one in breaches)]),
        )


@retried
def table(by: UUID, at: datetime, look: str = "", chosen: Chosen = ALL) -> tuple[BoardLine, ...]:
    """The same list in one piece for a spreadsheet, its first MOST_ROWS lines.  Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_board")
        cuts, found = board_groups.cuts_now(store, at), list[BoardLine]()
        more: Place | None = None
        while len(found) < MOST_ROWS:
            lines, more = _listed(store, look, chosen, cuts, more, at)
            found += lines
            if more is None:
                break
        return tuple(found[:MOST_ROWS])


@retried
def pulse(by: UUID, at: datetime) -> dict[str, Any]:
    """How many clocks run in each span, small enough to be asked every twenty seconds.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_board")
        return {"jumlah": _counts(store, store.boards.by_span(board_groups.cuts_now(store, at)))}


def _listed(
    store: Store, look: str, chosen: Chosen, cuts: Cuts, after: Place | None, at: datetime
) -> tuple[tuple[BoardLine, ...], Place | None]:
    if look in DONE:
        fit = (chosen.permit, chosen.state)
        done = store.case_lists.done_with_clock(DONE[look], _unjudged(store))
        rows = tuple(
            one for one in done if all(a in ("", b) for a, b in zip(fit, (one.permit, one.state), strict=True))
        )
        return tuple(lines_of(store, rows, at)), None
    return _running(store, look, chosen, cuts, after, at)


def _running(
    store: Store, look: str, chosen: Chosen, cuts: Cuts, after: Place | None, at: datetime
) -> tuple[tuple[BoardLine, ...], Place | None]:
    """A page of those that fit; what a clock shows only its reading tells, so a list sifted by it reads on a while."""
    found: list[BoardLine] = []
    for _ in range(MOST_PIECES):
        rows = store.boards.listed(chosen, cuts, PAGE + 1, after)
        for line in lines_of(store, rows[:PAGE], at):
            after = (line.row.promised_at, line.row.id)
            found += [line] if _looks(line, look) else []
            if len(found) == PAGE:
                return tuple(found), after if len(rows) > PAGE or line.row is not rows[-1] else None
        if len(rows) <= PAGE:
            return tuple(found), None
    return tuple(found), after


def _looks(line: BoardLine, look: str) -> bool:
    return not look or (line.clock is not None and line.clock.look == look)


def _counts(store: Store, spans: Mapping[str, int]) -> dict[str, int]:
    """How many clocks run in each span and in all, and how many files are through, late or in time."""
    done = store.case_lists.done_counts(_unjudged(store))
    sums = {"berjalan": sum(spans.values()), "lewat": sum(spans.get(one, 0) for one in OVER)}
    return {**spans, **sums, **{name: done.get(late, 0) for name, late in DONE.items()}}


def _unjudged(store: Store) -> tuple[str, ...]:
    return tuple(one.code for one in store.deployments.active().catalogue.states.values() if one.unjudged)


def lines_of(store: Store, rows: tuple[CaseRow, ...], at: datetime) -> list[BoardLine]:
    world = store.calendars.world()
    cases = store.readings.clocked([row.id for row in rows], store.deployments.get)
    holders = {one.assignee for case in cases.values() for one in case.tasks if one.assignee}
    names = store.people.names(holders)
    found = []
    for row in rows:
        case = cases[row.id]
        catalogue = case.deployment.catalogue
        service, legal = case.clock("L"), case.clock("H")
        tasks = tuple(
            (one.name, names.get(one.assignee, "") if one.assignee else catalogue.roles[one.role].name, one.opened_at)
            for one in case.tasks
        )
        found.append(
            BoardLine(
                row,
                catalogue.permits[row.permit].name,
                catalogue.states[row.state].label,
                view(case, service, world, at) if service and service.events else None,
                view(case, legal, world, at) if legal and legal.events else None,
                tasks,
                catalogue.states[row.state].told,
                tuple((one.id, one.name) for one in case.tasks if one.role == access.APPLICANT),
            )
        )
    return found


@dataclass(frozen=True)
class Found:
    lines: tuple[BoardLine, ...]
    more: tuple[datetime, UUID] | None
    permits: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    clocks: tuple[tuple[str, str], ...]
    recounting: frozenset[UUID] = frozenset()  # as of a Board


@retried
def find(
    by: UUID,
    at: datetime,
    text: str = "",
    permit: str = "",
    state: str = "",
    before: tuple[datetime, UUID] | None = None,
    clock: str = "",
) -> Found:
    """Cases by number, name, tracking code, full NIK or its end; an agency finds its assignments only.

    `clock`: one of CLOCKS, what the service clock shows; anything else filters nothing.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        if who.kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        keys = personal.nik_keys(text.strip())
        shows = store.case_lists.service_clocks(at, at + SOON, _unjudged(store)).get(clock)
        rows = store.case_lists.find_cases(text.strip()[:100], keys, permit, state, None, _units(who), shows, before)
        catalogue = store.deployments.active().catalogue
        last = rows[49] if len(rows) > 50 else None
        return Found(
            tuple(lines_of(store, rows[:50], at)),
            (last.opened_at, last.id) if last else None,
            tuple((one.code, one.name) for one in catalogue.permits.values()),
            tuple((one.code, one.label) for one in catalogue.states.values()),
            tuple(CLOCKS.items()),
            store.recounts.uncounted(one.id for one in rows[:50]),
        )


def _units(who: Actor) -> tuple[str, ...] | None:
    """None: every case; else the agencies whose assignments the person may see."""
    if access.may(who, "see_any_case"):
        return None
    return tuple({one.unit for one in who.grants if one.role in ("TT", "KT")})


@retried
def my_cases(by: UUID, at: datetime) -> tuple[BoardLine, ...]:
    """The applicant's own cases, newest first, with the same clock as the officer's."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        return tuple(lines_of(store, store.case_lists.cases_of_applicant(who.id), at))
