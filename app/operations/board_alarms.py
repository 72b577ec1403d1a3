"""What a supervisor must see first: what nobody present may take, the validation queue, legal limits, keadaan kahar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.clock_views import waited
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.boards import Chosen
from app.store.stuck_tasks import MOST, Stuck
from engine import access
from engine.case import read_clock
from engine.clocks import World
from engine.clocks.instants import instant, micros
from engine.errors import Sentence

MOST_READ = 500  # running files whose clocks are read for the effect of keadaan kahar


@dataclass(frozen=True)
class StuckTask:
    """`why`: the reason; `barred`: who is there, and what bars each; `remedy`: what can be done about it.

    `row.substitute`: it may be taken, but lies with somebody who is stood in for today.
    """

    row: Stuck
    permit: str
    waited: str
    why: Sentence
    barred: tuple[tuple[str, str], ...]
    remedy: Sentence


@dataclass(frozen=True)
class Kahar:
    """`standing`: running files whose service clock stands still for it now; `hk`: working days that declarations took
    out of running files since the month began; `some`: whether more files run than were read."""

    standing: int
    hk: Fraction
    some: bool


@dataclass(frozen=True)
class Alarms:
    """`stuck`: what nobody may take; `stood_in`: what somebody holds who is stood in for, and still may do himself;
    `more`: whether tasks are left out; `validating`: how many wait there, and how long the oldest; `risks`: working
    days before the legal limit (0: passed) -> how many wait for an answer."""

    stuck: tuple[StuckTask, ...]
    stood_in: tuple[StuckTask, ...]
    more: bool
    validating: tuple[int, str]
    risks: Mapping[int, int]
    kahar: Kahar | None  # None: no declaration touches this month


@retried
def alarms(by: UUID, at: datetime) -> Alarms:
    """Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_board")
        world = store.calendars.world()
        rows = store.stuck_tasks.stuck(at.astimezone(WIB).date(), access.SEPARATION, MOST + 1)
        told = [_told(store, row, world, at) for row in rows[:MOST]]
        return Alarms(
            tuple(one for one in told if not one.row.substitute),
            tuple(one for one in told if one.row.substitute),
            len(rows) > MOST,
            _validating(store, world, at),
            store.limit_risks.open_by_step(),
            _kahar(store, world, at),
        )


def _validating(store: Store, world: World, at: datetime) -> tuple[int, str]:
    number, oldest = store.stuck_tasks.queue(access.PROVING)
    return number, waited(oldest, world, at) if oldest else ""


def _told(store: Store, row: Stuck, world: World, at: datetime) -> StuckTask:
    catalogue = store.deployments.active().catalogue
    permit = catalogue.permits[row.permit].name if row.permit in catalogue.permits else row.permit
    why, remedy = _reason(store, row)
    barred = () if row.holder or not row.present else _barred(store, row)
    return StuckTask(row, permit, waited(row.opened_at, world, at), why, barred, remedy)


def _reason(store: Store, row: Stuck) -> tuple[Sentence, Sentence]:
    catalogue = store.deployments.active().catalogue
    role = catalogue.roles[row.role].name if row.role in catalogue.roles else row.role
    unit = f" {catalogue.agencies[row.unit].short}" if row.unit in catalogue.agencies else ""
    if row.holder and row.substitute:
        return (
            Sentence(
                "Dipegang %(who)s, yang hari ini digantikan %(other)s; ia sendiri masih boleh mengerjakannya.",
                who=row.holder,
                other=row.substitute,
            ),
            Sentence("Bila ia berhalangan, alihkan tugas ini dari halamannya."),
        )
    if row.holder and row.present:
        return (
            Sentence("Diambil %(who)s, yang hari ini tidak memegang peran itu.", who=row.holder),
            Sentence("Alihkan tugas ini dari halamannya."),
        )
    if not row.present:
        return (
            Sentence("Hari ini tidak ada yang memegang peran %(role)s%(unit)s.", role=role, unit=unit),
            Sentence("Tunjuk Plh. atau Plt., atau berikan perannya (Pegawai)."),
        )
    if store.task_refusals.standing(row.id).keys() & set(row.present):
        return (
            Sentence("Yang bertugas hari ini tidak mengambilnya atau tidak boleh mengerjakannya:"),
            Sentence("Bicarakan alasannya, lalu alihkan tugas ini dari halamannya atau tunjuk pegawai lain."),
        )
    return (
        Sentence("Yang bertugas hari ini tidak boleh mengerjakannya:"),
        Sentence("Tunjuk pegawai lain untuk peran ini, atau perbarui nama pada Surat Tugas."),
    )


def _barred(store: Store, row: Stuck) -> tuple[tuple[str, str], ...]:
    """Who is there, each with what bars him, by name."""
    held = store.cases.see(row.case_id)
    names = store.people.names(set(row.present))
    task = held.case.task(str(row.id)) if held else None
    refused = store.task_refusals.standing(row.id)
    told = []
    for person in row.present:
        why = "telah mengerjakan langkah yang harus dipisahkan"
        if held and person == held.case.facts.applicant:
            why = "pemohonnya sendiri"
        elif task and task.named and str(person) not in task.named:
            why = "tidak tertulis pada Surat Tugas"
        elif person in refused:
            why = Sentence("tidak mengambilnya: %(typed)s", typed=refused[person].reason)
        told.append((names.get(person, ""), why))
    return tuple(sorted(told))


def _kahar(store: Store, world: World, at: datetime) -> Kahar | None:
    begin = at.astimezone(WIB).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if not any(
        one.until is None or instant(one.until) > begin for one in world.in_force(None) if _begun(one.since, at)
    ):
        return None
    rows = store.boards.listed(Chosen(), (("", None),), MOST_READ + 1)
    cases = store.readings.clocked([row.id for row in rows[:MOST_READ]], store.deployments.get)
    standing, hk = 0, Fraction(0)
    for case in cases.values():
        clock = case.clock("L")
        if clock is None:
            continue
        now, before = (read_clock(case, clock, world, one) for one in (at, begin))
        standing += "FORCE_MAJEURE" in now.paused_by
        hk += now.split_hk.kahar - before.split_hk.kahar
    return Kahar(standing, hk, len(rows) > MOST_READ)


def _begun(since: int, at: datetime) -> bool:
    return since <= micros(at)
