"""The demonstration's patterns worth a look: one of each, so that supervisors see what the page asks (contoh).

None is a wrong: a Kasi who mostly gets the same verifier's files, a verifier with the difficult applications, an
evening's work, a quick decision, a day as Plh. of somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import granting
from app.operations.demo.plans import Plan
from app.store import transaction
from engine.case import Case, Task

if TYPE_CHECKING:
    from app.operations.demo.desk import Desk
    from app.operations.demo.loading import Agenda

DECREE = "ST Kepala Dinas 800/97/2026 (contoh)"
REVIEWED, REVIEW = "verifikasi_keabsahan", "tentukan_jalur"
RETURNED = ("perbaikan", "perbaikan_dua", "lewat_perbaikan")
EVENING = (REVIEW, "paraf_kabid", "paraf_kasi", REVIEWED)  # decisions that somebody might take late
BEFORE = (REVIEWED, "susun_naskah", "paraf_kasi", "periksa_kelengkapan")  # steps that a decision follows
TRIES = 6  # days on which a fitting file is looked for


def first(accounts: dict[str, UUID], plan: Plan, case: Case, task: Task) -> UUID | None:
    """Who takes a task before his colleagues: the pair that works together, and who gets difficult applications."""
    if task.element == REVIEWED and plan.turn in RETURNED:
        return accounts["verifikator"]
    verified = [one.by for one in case.done if one.element == REVIEWED]
    if task.element == REVIEW and verified and verified[-1] == accounts["verifikator2"]:
        return accounts["kasi2"]
    return None


def returned_twice(drawn: list[Plan]) -> None:
    """The oldest of the files that are handed over at the end was returned to its applicant twice."""
    resting = [one for one in drawn if one.rest == "DISERAHKAN"]
    if resting:
        max(resting, key=lambda one: one.opened_day).turn = "perbaikan_dua"


def plan(agenda: Agenda, desk: Desk, end: datetime) -> None:
    """An evening's decision, a quick one and a day as Plh., each on the first day that has a file for it."""
    for days, hours, act in ((12, 21.7, _evening), (11, 10.2, _quick), (19, 9.5, _as_substitute)):
        done: list[UUID] = []
        for n in range(TRIES):
            at = end - timedelta(days=days - n) + timedelta(hours=hours, minutes=11 * n)
            agenda.put(at.replace(microsecond=0), partial(_once, done, act, desk))


def _once(done: list[UUID], act: Callable[[Desk, datetime], UUID | None], desk: Desk, at: datetime) -> None:
    if not done and (found := act(desk, at)) is not None:
        done.append(found)


def _waiting(desk: Desk, element: str, levied: bool = True) -> tuple[UUID, str] | None:
    """The oldest file at that step whose course goes on as usual, and its task."""
    for case_id in desk.opened:
        planned = desk.plans[case_id]
        if planned.turn != "biasa" or (not levied and desk.catalogue.permits[planned.permit].levy):
            continue
        with transaction() as store:
            held = store.cases.see(case_id)
        open_now = held.case.tasks if held and planned.rest != held.case.state else ()
        for task in open_now:
            if task.element == element and task.assignee is None:
                return case_id, task.id
    return None


def _evening(desk: Desk, at: datetime) -> UUID | None:
    found = next((one for step in EVENING if (one := _waiting(desk, step)) is not None), None)
    if found is not None:
        desk.act(*found, at)
    return found[0] if found else None


def _quick(desk: Desk, at: datetime) -> UUID | None:
    """A step is done, and the next one decided half a minute later."""
    found = next((one for step in BEFORE if (one := _waiting(desk, step)) is not None), None)
    if found is None:
        return None
    desk.act(*found, at)
    with transaction() as store:
        held = store.cases.see(found[0])
    coming = [one.id for one in held.case.tasks if one.element in EVENING] if held else []
    if held is None or not coming or desk.plans[held.id].rest == held.case.state:
        return None
    desk.act(held.id, coming[0], at + timedelta(seconds=30))
    return held.id


def _as_substitute(desk: Desk, at: datetime) -> UUID | None:
    """Who calculates levies stands in for a verifier on one day, and verifies a file that owes none."""
    if not desk.odometer.windows(at.date()) or (found := _waiting(desk, REVIEWED, levied=False)) is None:
        return None
    doer, absent, by = (desk.accounts[one] for one in ("penghitung", "verifikator2", "admin"))
    granting.grant_role(doer, "VB", "", "plh", at.date(), at.date(), DECREE, by, at - timedelta(minutes=30), absent)
    desk.act(*found, at, doer)
    return found[0]
