"""Open points of the law with examples of each choice, worked out by the clocks on the office's calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from app.clock import WIB
from engine.clocks import (
    Budget,
    Calendar,
    Clock,
    ClockEvent,
    DayEntry,
    Declaration,
    DeclarationVersion,
    Policy,
    Reading,
    World,
    limit_steps,
    read,
)
from engine.clocks.policy import EVER, FIRST_DAY
from engine.errors import Sentence

GUIDE = "pembacaan bawaan sistem (contoh, belum dipastikan pejabat)"
YES, NO = "ya", "tidak"
HOUR = timedelta(hours=1)
BUDGET, LEGAL = "3 hk", "5 hk"
TRIED = (1, -30, -90, -180, -330)  # days from now at which an example may begin


@dataclass(frozen=True)
class Worked:
    """One choice: its value as typed, in words, and what it gives; `held`: the office reads the law so now."""

    value: str
    label: str
    results: tuple[tuple[str, datetime | None], ...]
    held: bool


@dataclass(frozen=True)
class Point:
    """An open point: `facts` of the example, its choices, and where the present reading comes from."""

    name: str
    label: str
    question: str
    source: str
    facts: str
    choices: tuple[Worked, ...]


@dataclass(frozen=True)
class _Example:
    """A clock and its world; `at`: the instant at which it is read."""

    facts: str
    clock: Clock
    world: World
    at: datetime

    def under(self, policy: Policy) -> Reading:
        fitted = replace(policy, valid_from=FIRST_DAY, recorded_at=EVER)
        return read(self.clock, replace(self.world, policies=(fitted,)), self.at)


FLAGS: Mapping[str, tuple[str, str, str, str]] = {
    "whole_day": (
        "Ketatnya jam tutup",
        "Apakah janji terpenuhi sampai akhir jam layanan saja, atau sampai akhir harinya?",
        "sampai akhir jam layanan",
        "sampai akhir hari itu, pukul 23.59",
    ),
    "afternoon": (
        "Kahar pada hari terakhir",
        "Kahar yang menghentikan layanan setelah kuota habis pada hari terakhir: apakah menggeser janji?",
        "tidak menggeser janji",
        "menggeser janji",
    ),
    "applicant_grace": (
        "Jeda pemohon pada hari terakhir",
        "Jeda menunggu pemohon yang mulai setelah kuota habis pada hari terakhir: apakah menggeser janji?",
        "tidak menggeser janji",
        "menggeser janji",
    ),
    "fresh_quota": (
        "Kuota berkas yang dibuka kembali",
        "Berkas yang ditutup lalu dibuka kembali: hitungan diteruskan, atau kuotanya baru?",
        "hitungan yang sama diteruskan",
        "kuota baru",
    ),
    "by_length": (
        "Bobot setengah hari",
        "Hari yang jamnya dipendekkan: dihitung satu hari kerja penuh, atau menurut panjangnya?",
        "satu hari kerja penuh",
        "menurut panjangnya",
    ),
}


def points(world: World, at: datetime, present: Policy, proposed: Policy | None = None) -> tuple[Point, ...]:
    """Every open point with its example; empty examples where no adopted year gives room for one."""
    start = _start(world, at)
    return (*_flags(world, start, present), *_numbers(world, start, present, proposed))


def _start(world: World, at: datetime) -> datetime | None:
    """Ten in the morning (or when the office opens, if later) of a day from which a fortnight can be promised."""
    for days in TRIED:
        day = (at + timedelta(days=days)).astimezone(WIB).date()
        begin = world.calendar.as_known(at).next_opening(datetime.combine(day, time(10), WIB))
        if begin is not None and read(_clock(begin, "10 hk"), _bare(world), begin).promised_at is not None:
            return begin
    return None


def _bare(world: World) -> World:
    """The office's calendar alone."""
    return World(world.calendar)


def _clock(start: datetime, budget: str = BUDGET, *more: ClockEvent, name: str = "L") -> Clock:
    events = (ClockEvent(1, "START", start, start), *more)
    return Clock(name, Budget.parse(budget), name != "H", events)


def _flags(world: World, start: datetime | None, present: Policy) -> Iterator[Point]:
    for name, (label, question, no, yes) in FLAGS.items():
        example = None if start is None else EXAMPLES[name](_bare(world), start)
        worked = []
        for value, word, flag in ((NO, no, False), (YES, yes, True)):
            policy = replace(present, **{name: flag})  # type: ignore[arg-type]
            results = () if example is None else _told(name, example.under(policy))
            worked.append(Worked(value, word, results, getattr(present, name) == flag))
        facts = "" if example is None else example.facts
        yield Point(name, label, question, present.source or GUIDE, facts, tuple(worked))


def _told(name: str, reading: Reading) -> tuple[tuple[str, datetime | None], ...]:
    promise = (("janji", reading.promised_at),)
    if name != "whole_day":
        return promise
    return (*promise, ("terlambat" if reading.late else "tepat waktu", reading.stopped_at))


def _words(at: datetime) -> str:
    return at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")


def _evening(world: World, start: datetime) -> _Example:
    promised = _known(read(_clock(start), world, start).promised_at)
    evening = promised.replace(hour=20, minute=0)
    facts = Sentence(
        "Standar 3 hari kerja, lengkap %(mulai)s, ditandatangani %(selesai)s.",
        mulai=_words(start),
        selesai=_words(evening),
    )
    return _Example(facts, _clock(start, BUDGET, ClockEvent(2, "STOP", evening, evening)), world, evening)


def _spent(world: World, start: datetime) -> tuple[datetime, datetime]:
    """A little after the quota is spent, and the promise."""
    reading = read(_clock(start), world, start)
    promised = _known(reading.promised_at)
    return min(_known(reading.accrual_at) + HOUR, promised - HOUR / 2), promised


def _last_afternoon(world: World, start: datetime) -> _Example:
    since, until = _spent(world, start)
    version = DeclarationVersion(1, "DECLARE", since, since, since, until, "SUSPEND", source="contoh")
    facts = Sentence(
        "Standar 3 hari kerja, lengkap %(mulai)s; kahar %(sejak)s sampai %(sampai)s.",
        mulai=_words(start), sejak=_words(since), sampai=_words(until),
    )  # fmt: skip
    return _Example(facts, _clock(start), replace(world, declarations=(Declaration("CONTOH", (version,)),)), until)


def _last_pause(world: World, start: datetime) -> _Example:
    since, promised = _spent(world, start)
    until = _known(world.calendar.as_known().next_opening(promised)) + 2 * HOUR
    cause = "MENUNGGU_PEMBAYARAN"
    pause = ClockEvent(2, "PAUSE", since, since, cause), ClockEvent(3, "RESUME", until, until, cause)
    facts = Sentence(
        "Standar 3 hari kerja, lengkap %(mulai)s; menunggu pembayaran %(sejak)s sampai %(sampai)s.",
        mulai=_words(start), sejak=_words(since), sampai=_words(until),
    )  # fmt: skip
    return _Example(facts, _clock(start, BUDGET, *pause), world, until)


def _reopened(world: World, start: datetime) -> _Example:
    stop = _known(read(_clock(start), world, start).rungs[50])
    again = _known(world.calendar.as_known().next_opening(stop + timedelta(days=2)))
    facts = Sentence(
        "Standar 3 hari kerja, lengkap %(mulai)s, ditutup %(tutup)s, dibuka kembali %(buka)s.",
        mulai=_words(start), tutup=_words(stop), buka=_words(again),
    )  # fmt: skip
    events = ClockEvent(2, "STOP", stop, stop), ClockEvent(3, "REOPEN", again, again)
    return _Example(facts, _clock(start, BUDGET, *events), world, again)


def _half_day(world: World, start: datetime) -> _Example:
    odometer = world.calendar.as_known()
    start = odometer.windows(start.date())[-1][1] - HOUR  # so late that the missing hours reach into another day
    day = start.date() + timedelta(days=1)
    while not odometer.windows(day) or odometer.exception(day) is not None:
        day += timedelta(days=1)
    opens, closes = odometer.windows(day)[0]
    half = DayEntry(day, ((opens.time(), closes.time()),), start, "contoh", "setengah hari")
    facts = Sentence(
        "Standar 3 hari kerja, lengkap %(mulai)s; %(hari)s hanya buka sampai pukul %(pukul)s.",
        mulai=_words(start), hari=day.strftime("%d/%m/%Y"), pukul=closes.strftime("%H.%M"),
    )  # fmt: skip
    return _Example(facts, _clock(start), World(Calendar((*world.calendar.entries, half))), start)


def _known(at: datetime | None) -> datetime:
    assert at is not None, "an example begins where a fortnight can be promised"
    return at


EXAMPLES: Mapping[str, Callable[[World, datetime], _Example]] = {
    "whole_day": _evening,
    "afternoon": _last_afternoon,
    "applicant_grace": _last_pause,
    "fresh_quota": _reopened,
    "by_length": _half_day,
}


def _numbers(world: World, start: datetime | None, present: Policy, proposed: Policy | None) -> Iterator[Point]:
    source, facts = present.source or GUIDE, ""
    if start is not None:
        facts = Sentence("Standar 3 hari kerja, lengkap %(mulai)s.", mulai=_words(start))
    for name, label, question in NUMBERS:
        told = facts
        if name == "limit_days" and start is not None:
            told = Sentence("Batas hukum 5 hari kerja, lengkap %(mulai)s.", mulai=_words(start))
        policies = [present, *([proposed] if proposed and number(proposed, name) != number(present, name) else [])]
        worked = [
            Worked(number(one, name), number(one, name), _steps(name, world, start, one), one is present)
            for one in policies
        ]
        yield Point(name, label, question, source, told, tuple(worked))


NUMBERS = (
    ("near", "Ambang warna jam", "Mulai berapa persen waktu terpakai jam ditampilkan mendekati batas?"),
    ("rungs", "Peringatan sebelum janji", "Pada berapa persen waktu terpakai petugas diperingatkan? 100 selalu ada."),
    ("limit_days", "Peringatan batas hukum", "Berapa hari kerja sebelum batas hukum risiko fiktif positif diangkat?"),
)


def number(policy: Policy, name: str) -> str:
    """A setting as it is typed: "70", "50, 75, 90"."""
    value = getattr(policy, name)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _steps(name: str, world: World, start: datetime | None, policy: Policy) -> tuple[tuple[str, datetime | None], ...]:
    if start is None:
        return ()
    if name == "limit_days":
        example = _Example("", _clock(start, LEGAL, name="H"), _bare(world), start)
        limit = _known(example.under(policy).promised_at)
        found = limit_steps(world.calendar.as_known(), limit, policy.limit_days)
        return (*((f"H-{days}", when) for days, when in found), ("batas hukum", limit))
    chosen = replace(policy, rungs=(policy.near,)) if name == "near" else policy
    rungs = _Example("", _clock(start), _bare(world), start).under(chosen).rungs
    return tuple((f"{rung}%", when) for rung, when in rungs.items() if name == "rungs" or rung != 100)
