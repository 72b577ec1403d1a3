"""A visit as the Surat Tugas appoints it: when, where, who goes; and what was reported of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.store import Store
from engine.case import Case
from engine.clocks import Odometer

SCHEDULING, INSPECTION = "jadwalkan", "tinjauan"
EARLY = timedelta(minutes=15)  # a team that is a little early need not wait for the minute


@dataclass(frozen=True)
class Appointment:
    """`team`: names of the members, the leader first; `contact`: whom to call on site.

    `held_until`: the end of a hold the applicant was granted that covers the visit, None when none does.
    """

    at: datetime
    place: str
    team: tuple[str, ...]
    contact: str
    reports: tuple[Any, ...]  # inspections handed in since it was made
    held_until: datetime | None = None


def appointed(store: Store, case_id: UUID) -> Appointment | None:
    """The newest appointment of a file, None when there was none or its values were erased."""
    return appointment(store, store.cases.submissions(case_id), store.cases.holds(case_id))


def appointment(store: Store, answers: tuple[Any, ...], holds: tuple[Any, ...]) -> Appointment | None:
    """The same, of what was handed in and which holds there are."""
    made = [place for place, one in enumerate(answers) if _is_one(one)]
    if not made:
        return None
    values, later = answers[made[-1]].values, answers[made[-1] + 1 :]
    when = datetime.fromisoformat(str(values["waktu"])).astimezone(WIB)
    return Appointment(
        when,
        str(values.get("lokasi_tinjauan", "")),
        _team(store, values),
        " ".join(str(values[name]) for name in ("narahubung", "telepon_narahubung") if values.get(name)),
        tuple(one for one in later if one.element == INSPECTION),
        _held_until(holds, when),
    )


def _is_one(answer: Any) -> bool:
    """Whether a submission makes an appointment: one without its time, by a form that did not ask for it, is none."""
    return answer.element == SCHEDULING and not answer.erased and bool(answer.values.get("waktu"))


def _held_until(holds: tuple[Any, ...], when: datetime) -> datetime | None:
    granted = (one for one in holds if one.status == "granted")
    return max((one.until for one in granted if one.decided_at <= when < one.until), default=None)


def due(store: Store, case: Case) -> Appointment | None:
    """The appointment of a visit that is still to be made or reported."""
    return appointed(store, case.id) if awaited(case) else None


def awaited(case: Case) -> bool:
    """Whether a visit is still to be made or reported."""
    return any(one.element == INSPECTION for one in case.tasks)


def _team(store: Store, values: dict[str, Any]) -> tuple[str, ...]:
    chosen = [str(one) for one in (values.get("ketua"), *values.get("anggota", ())) if one]
    ids = [UUID(one) for one in dict.fromkeys(chosen)]
    names = store.people.names(set(ids))
    return tuple(names[one] for one in ids if one in names)


def earliest(odometer: Odometer, at: datetime) -> date:
    """The first day on which a visit arranged now may take place: one working day after the applicant hears of it.

    Whoever arranges it on a closed day, or after the office has closed, tells the applicant on the next working day.
    """
    day = at.astimezone(WIB).date()
    windows = odometer.windows(day)
    told = day if windows and at < windows[-1][1] else _next_working(odometer, day)
    return _next_working(odometer, told)


def _next_working(odometer: Odometer, day: date) -> date:
    day += timedelta(days=1)
    opening = odometer.next_opening(datetime(day.year, day.month, day.day, tzinfo=WIB))
    return opening.astimezone(WIB).date() if opening else day
