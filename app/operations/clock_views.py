"""A clock as pages show it: state, word, share, time left, what stops it, and the derivation of its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.clock import WIB
from engine.case import Case, CaseClock, read_clock
from engine.clocks import Odometer, Reading, World
from engine.clocks.naming import NAMES as NAMES

DAY = 450  # minutes of an ordinary day of service, for telling roughly how long
CAUSES = {
    "FORCE_MAJEURE": "keadaan kahar",
    "MENUNGGU_PEMBAYARAN": "menunggu pembayaran",
    "MENUNGGU_PERBAIKAN": "menunggu perbaikan pemohon",
    "KETIDAKHADIRAN_PEMOHON": "pemohon tidak hadir",
    "PENUNDAAN_PERMINTAAN_PEMOHON": "ditunda atas permintaan pemohon",
    "PENANGGUHAN_BERKAS": "berkas ditangguhkan kantor",
}


@dataclass(frozen=True)
class ClockView:
    """`look`: aman | dekat | lewat | jeda | selesai | belum; `left`: spoken; `minutes_left`: for ticking."""

    id: UUID
    name: str
    label: str
    kind: str
    state: str
    look: str
    budget: str
    basis: str
    unit: str
    elapsed: Fraction
    remaining: Fraction
    percent: int
    left: str
    minutes_left: int | None
    paused_by: tuple[str, ...]
    causes: tuple[str, ...]
    started_at: datetime | None
    stopped_at: datetime | None
    promised_at: datetime | None
    no_promise_because: str | None
    late: bool
    split: Mapping[str, Fraction]
    extended_from: datetime | None  # the promise without the applicant's consent, where that moved it
    ledger: tuple[object, ...]
    windows: tuple[tuple[datetime, datetime], ...] | None  # today's, where it ticks in other hours than the office's
    resumes: datetime | None = None  # a running clock outside its hours: when it goes on


def view(case: Case, one: CaseClock, world: World, at: datetime, known_at: datetime | None = None) -> ClockView:
    """The reading of a clock at `at`, in the words of the desk; `known_at`: with what was known then."""
    reading = read_clock(case, one, world, at, known_at)
    odometer = world.calendar_of(one.calendar).as_known(at)
    minutes = _minutes_left(odometer, at, reading.promised_at) if reading.state == "RUNNING" else None
    percent = min(100, int(reading.share_used * 100))
    causes = tuple(CAUSES.get(cause, cause) for cause in reading.paused_by)
    return ClockView(
        id=one.id,
        name=one.name,
        label=NAMES.get(one.name, NAMES.get(one.kind, one.name)),
        kind=one.kind,
        state=reading.state,
        look="selesai" if _unjudged(case, reading) else _look(reading),
        budget=one.budget,
        basis=one.basis,
        unit=reading.budget.unit,
        elapsed=reading.elapsed,
        remaining=reading.remaining,
        percent=percent,
        left="tidak dinilai" if _unjudged(case, reading) else _left(reading, minutes, odometer, at),
        minutes_left=minutes,
        paused_by=reading.paused_by,
        causes=causes,
        started_at=reading.started_at,
        stopped_at=reading.stopped_at,
        promised_at=reading.promised_at,
        no_promise_because=reading.no_promise_because,
        late=reading.late,
        split={name: getattr(reading.split, name) for name in ("office", "applicant", "kahar", "closed", "gross")},
        extended_from=reading.extended_from,
        ledger=one.events,
        windows=odometer.windows(at.astimezone(WIB).date()) if odometer.unit else None,
        resumes=resumes(odometer, at) if reading.state == "RUNNING" else None,
    )


def resumes(odometer: Odometer, at: datetime) -> datetime | None:
    """When service hours begin next; None while they run, or when none are known to follow."""
    opening = odometer.next_opening(at)
    return opening if opening is not None and opening > at else None


def task_clock(task_id: UUID, element: str, case: Case, world: World, at: datetime) -> ClockView | None:
    """The task's own clock; a task without a standard shows the payment clock, else the case's while it runs."""
    own = next((one for one in case.clocks if one.task == str(task_id)), None)
    chosen = own or _other_clock(case, element)
    found = view(case, chosen, world, at) if chosen is not None and chosen.events else None
    return None if found is not None and found.state == "STOPPED" else found


def _other_clock(case: Case, element: str) -> CaseClock | None:
    if element == "validasi_bayar" and case.clock("VALIDASI") is not None:
        return case.clock("VALIDASI")
    return case.clock("L")


def _unjudged(case: Case, reading: Reading) -> bool:
    """A file that was withdrawn or lapsed has kept or missed nothing (domain R23)."""
    state = case.deployment.catalogue.states.get(case.state)
    return reading.state == "STOPPED" and state is not None and state.unjudged


def _look(reading: Reading) -> str:
    """Shape, word and colour of a clock; one that can promise nothing is not called safe."""
    if reading.late:
        return "lewat"
    looks = {"PAUSED": "jeda", "STOPPED": "selesai", "NOT_STARTED": "belum"}
    if reading.state not in looks and reading.promised_at is None:
        return "tanpa"
    return looks.get(reading.state) or ("dekat" if reading.near else "aman")


def _minutes_left(odometer: Odometer, at: datetime, promised: datetime | None) -> int | None:
    """Service minutes until the promise, negative when it has passed; what the page counts down."""
    if promised is None:
        return None
    if promised >= at:
        return int(odometer.minutes_between(at, promised))
    return -int(odometer.minutes_between(promised, at))


def _left(reading: Reading, minutes: int | None, odometer: Odometer, at: datetime) -> str:
    if reading.state == "NOT_STARTED":
        return "belum mulai"
    if reading.state == "STOPPED":
        return "selesai, terlambat" if reading.late else "selesai tepat waktu"
    if reading.state == "PAUSED" and reading.late:
        return "terlambat, kini ditangguhkan"
    if reading.state == "PAUSED":
        return f"ditangguhkan, {amount(reading.remaining, reading.budget.unit)} tersisa"
    if minutes is None:
        return "belum dapat dijanjikan: " + {"YEAR_NOT_OFFICIAL": "kalender belum ditetapkan"}.get(
            str(reading.no_promise_because), "menunggu"
        )
    if minutes < 0 or reading.late:
        over = reading.elapsed - reading.quota
        long = reading.budget.unit == "hk" and over >= 1
        if not long and not minutes:
            return "lewat kurang dari semenit"
        return f"lewat {amount(over, 'hk') if long else spoken(-minutes)}"
    if reading.budget.unit == "hk":
        day = odometer.service_minutes(at.astimezone(WIB).date()) or DAY
        return f"sisa {spoken(minutes)}" if minutes < day else f"sisa {amount(reading.remaining, 'hk')}"
    if reading.budget.unit in ("days", "months"):
        days = (
            (reading.promised_at.astimezone(WIB).date() - at.astimezone(WIB).date()).days if reading.promised_at else 0
        )
        return f"sisa {days} hari"
    return f"sisa {spoken(minutes)}"


def spoken(minutes: int) -> str:
    """70 -> "1 jam 10 menit"; hours from a thousand on with their dots."""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{rest} menit"
    return f"{grouped(hours)} jam {rest} menit" if rest else f"{grouped(hours)} jam"


def waited(since: datetime, world: World, at: datetime) -> str:
    """For how long something has been waiting, in service time: "sudah menunggu 2,5 hari kerja"."""
    minutes = Fraction(world.calendar.as_known(at).minutes_between(since, max(since, at)))
    told = spoken(int(minutes)) if minutes < DAY else amount(minutes / DAY, "hk")
    return f"sudah menunggu {told}"


def amount(value: Fraction, unit: str) -> str:
    """2.8 working days -> "2,8 hari kerja"; minutes as hours and minutes."""
    if unit == "minutes":
        return spoken(int(value))
    words = {"hk": "hari kerja", "days": "hari", "months": "bulan"}
    return f"{decimal(value, 1)} {words[unit]}"


def grouped(value: int) -> str:
    """1234567 -> "1.234.567"."""
    return f"{value:,}".replace(",", ".")


def decimal(value: Fraction, places: int = 2) -> str:
    """A fraction rounded half up to a decimal comma, without trailing zeros."""
    scaled = int(value * 10**places * 2 + 1) // 2 if value >= 0 else -(int(-value * 10**places * 2 + 1) // 2)
    whole, part = divmod(abs(scaled), 10**places)
    digits = f"{part:0{places}}".rstrip("0")
    return ("-" if scaled < 0 else "") + (f"{grouped(whole)},{digits}" if digits else grouped(whole))
