"""What the demonstration shows of promises and limits: extensions with consent, answered risks, a rule proposed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.clock import WIB
from app.operations import clock_policies, extending, limit_risks
from app.operations.demo import invented
from app.operations.demo.plans import DAYS_A_WEEK, Plan
from app.operations.demo.staff import APPLICANTS
from app.store import transaction
from engine.errors import EngineError

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

ASKING = ((16, "setuju"), (10, "tolak"), (6, "setuju"), (2, ""))  # days before the end, what the applicant says
ANSWERING = 4  # Friday
PATIENCE = timedelta(days=1)
LYING = ("PENYUSUNAN", "PARAF")  # office work that waits, whatever the permit needs
SPARE = (12, 5)  # calendar days beyond the limit alone: holidays, and the days before a file is complete
REASONS = (
    "Perangkat daerah teknis meminta waktu untuk memeriksa lokasi sekali lagi (contoh).",
    "Petugas yang menangani berkas ini sedang mengikuti diklat; penggantinya baru mulai (contoh).",
)
CAUSE = "Rekomendasi perangkat daerah belum diterima (contoh)."
MEASURE = "Kepala Bidang menyurati perangkat daerah dan meminta jawaban dalam satu hari (contoh)."


def near(drawn: list[Plan], limits: dict[str, int]) -> None:
    """Let two files that rest at their desks have lain so long that their legal limit passes and nears.

    `limits`: permit -> working days of its legal limit.
    """
    permit = min(limits, key=lambda code: (limits[code], code))
    lying = [one for one in drawn if one.rest in LYING and not one.applicant]
    for one, spare in zip(lying, SPARE, strict=False):
        one.permit, one.brisk = permit, True
        one.opened_day = int(limits[permit] * DAYS_A_WEEK) + spare


def plan(agenda: Agenda, people: dict[str, UUID], begin: datetime, end: datetime) -> None:
    """Put all of it down."""
    for number, (days, says) in enumerate(ASKING):
        asked = _workday(end - timedelta(days=days)).replace(hour=10, minute=15)
        agenda.put(asked, partial(_ask, agenda, people, REASONS[number % len(REASONS)], says))
    day = begin
    while day < end:
        if day.weekday() == ANSWERING:
            agenda.put(day.replace(hour=14, minute=10), partial(_answer, people["kabid"]))
        day += timedelta(days=1)
    proposed = _workday(end - timedelta(days=3)).replace(hour=11)
    agenda.put(proposed, partial(_propose, people["admin"], end.date()))


def _workday(day: datetime) -> datetime:
    while day.weekday() > ANSWERING:
        day -= timedelta(days=1)
    return day


def _ask(agenda: Agenda, people: dict[str, UUID], reason: str, says: str, at: datetime) -> None:
    """Of the first running file that a later date can be promised for; one with an account where nobody answered."""
    with transaction() as store:
        odometer = store.calendars.world().calendar.as_known(at)
        found = store.case_lists.running_with_clock()
    named = {people[one.login] for one in APPLICANTS}
    for row in sorted(found, key=lambda one: (bool(says) == (one.applicant_id in named), one.opened_at, one.permit)):
        if row.promised_at is None or (row.promised_at - at) < timedelta(days=1):
            continue
        day = row.promised_at.astimezone(WIB).date() + timedelta(days=5)
        while not odometer.windows(day):
            day += timedelta(days=1)
        try:
            asked = extending.propose(row.id, day, reason, people["kasi"], at)
        except EngineError:
            continue
        if says:
            agenda.put(
                at + timedelta(hours=3), partial(_reply, asked, row.applicant_id, row.channel, people["loket"], says)
            )
        return


def _reply(asked: UUID, applicant: UUID, channel: str, clerk: UUID, says: str, at: datetime) -> None:
    agrees = says == "setuju"
    try:
        if channel == "loket":
            letter = f"Surat pemohon tanggal {at.astimezone(WIB):%d/%m/%Y} (contoh)"
            extending.record(asked, agrees, invented.paper() if agrees else b"", letter, clerk, at)
        else:
            extending.answer(asked, agrees, "" if agrees else "Saya memerlukan izinnya segera (contoh).", applicant, at)
    except EngineError:
        return


def _answer(by: UUID, at: datetime) -> None:
    for line in limit_risks.page(by, at).waiting:
        if at - line.row.raised_at > PATIENCE:
            limit_risks.answer(line.row.id, CAUSE, MEASURE, by, at)


def _propose(by: UUID, end: date, at: datetime) -> None:
    typed = {
        "by_length": "ya",
        "rungs": "50, 75, 90",
        "limit_days": "3, 2, 1",
        "near": "70",
        "berlaku": (end + timedelta(days=30)).strftime("%d/%m/%Y"),
        "keputusan": "Pendapat Bagian Hukum 18/HUK/2026 (contoh)",
        "sebab": "Setengah hari menjelang hari raya dipandang setengah hari kerja.",
    }
    clock_policies.propose(typed, by, at)
