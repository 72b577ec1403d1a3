"""Monthly reports in the demonstration: two signed and sent to the Walikota, the last one still a draft."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.clock import WIB
from app.operations import reports
from app.operations.demo import declared, happenings
from engine.reporting import Period

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

MONTHS = 3
NOTE = "Angka menurut peragaan; tidak menggambarkan pelayanan yang sebenarnya (contoh)."


def plan(agenda: Agenda, people: dict[str, UUID], begin: datetime, end: datetime) -> None:
    """On the first working morning after each month its report is frozen; all but the last go their whole way.

    A keadaan kahar that was found out late touches the month before the last: the draft corrects it, and tells of
    what disturbed its own.
    """
    months = _ended(end)
    declared.found_late(agenda, people, _tuesday(months[-2]))
    happenings.disturb_reported(agenda, people, _tuesday(months[-1]) - timedelta(days=14))
    for place, month in enumerate(months):
        morning = _workday(max(month.span[1], begin + timedelta(days=1))).replace(hour=10)
        made: list[UUID] = []
        agenda.put(morning, partial(_draft, made, month.code, people["kasi"]))
        if place < len(months) - 1:
            signed = _workday(morning + timedelta(days=1)).replace(hour=9)
            agenda.put(morning + timedelta(hours=4), partial(_check, made, people["kabid"]))
            agenda.put(signed, partial(_sign, made, people["kadis"]))
            agenda.put(signed + timedelta(hours=2), partial(_send, made, f"Agenda {40 + place}", people["penomoran"]))


def _ended(end: datetime) -> list[Period]:
    """The last months whose report can be drafted before the history ends, oldest first."""
    month = Period.around("bulanan", end.date())
    found: list[Period] = []
    while len(found) < MONTHS:
        month = month.before()
        if _workday(month.span[1]).replace(hour=10) < end:
            found.append(month)
    return found[::-1]


def _tuesday(month: Period) -> datetime:
    """The last Tuesday of a month that has a Wednesday after it."""
    day = month.span[1] - timedelta(days=2)
    while day.weekday() != 1:
        day -= timedelta(days=1)
    return day


def _workday(at: datetime) -> datetime:
    """The same day, or the Monday after a weekend."""
    day = at.astimezone(WIB)
    while day.weekday() > 4:
        day = datetime.combine(day.date() + timedelta(days=1), time(8), WIB)
    return day


def _draft(made: list[UUID], code: str, by: UUID, at: datetime) -> None:
    made.append(reports.draft(code, NOTE, by, at))


def _check(made: list[UUID], by: UUID, at: datetime) -> None:
    reports.check(made[0], by, at)


def _sign(made: list[UUID], by: UUID, at: datetime) -> None:
    reports.sign(made[0], by, at)


def _send(made: list[UUID], receipt: str, by: UUID, at: datetime) -> None:
    reports.send(made[0], "diantar", receipt, by, at)
