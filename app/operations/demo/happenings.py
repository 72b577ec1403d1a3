"""What happens in the demonstration beside its files: a changed calendar, failures, calls from the counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import calendar_changes, counter, disturbances, heartbeat, telling, treasury
from app.operations.calendar_changes import Change
from app.operations.disturbances import Wanted
from app.store import transaction
from app.store.ids import uuid7

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

# days before the end, reference, rupiah, payer
UNCLAIMED = (
    (26, "BLM000417733", "150000", "Toko Sinar Jaya (contoh)"),
    (11, "BLM000418902", "83448", "CV Karya Metro (contoh)"),
    (2, "BLM000420115", "275000", "Hamba Allah (contoh)"),
)
TELLING = (0, 3)  # Monday and Thursday
SATURDAY = 5
CLOSING = range(5, 26)  # days ahead
CITY_DECREE = "Surat Edaran Walikota Metro 21/SE/2026 (contoh)"
PARADE_DECREE = "Surat Edaran Walikota Metro 27/SE/2026 (contoh)"
COUNTER_DECREE = "Keputusan Kepala Dinas 14/KEP/2026 (contoh)"


def pay_unclaimed(agenda: Agenda, treasurer: UUID, end: datetime) -> None:
    """Lines of the bank's statement that belong to no claim, of different age."""
    for days, reference, amount, payer in UNCLAIMED:
        entered = (end - timedelta(days=days)).replace(hour=10)
        paid = (entered - timedelta(days=1)).strftime("%d/%m/%Y")
        agenda.put(entered, partial(_enter, reference, amount, paid, payer, treasurer))


def tell_at_counter(agenda: Agenda, clerk: UUID, begin: datetime, end: datetime) -> None:
    """Twice a week the counter calls whoever has no e-mail and waits to be told something."""
    day = begin
    while day < end:
        if day.weekday() in TELLING:
            agenda.put(day.replace(hour=15), partial(_tell, clerk))
        day += timedelta(days=1)


def _tell(clerk: UUID, at: datetime) -> None:
    for one in telling.waiting(clerk, at).rows:
        messages = [waiting.row.id for waiting in counter.person_page(one.id, clerk, at).untold]
        telling.tell(one.id, messages, "telepon" if one.phone else "loket", "", clerk, at)


def change_calendar(agenda: Agenda, people: dict[str, UUID], end: datetime, learn: Callable[[], None]) -> None:
    """A holiday of the city, proposed by the administrator and adopted the day after, two weeks ahead.

    `learn`: what tells the desks to work by the new calendar.
    """
    proposed = (end - timedelta(days=30)).replace(hour=9)
    while proposed.weekday() > 2:
        proposed -= timedelta(days=1)
    day = proposed + timedelta(days=14)
    change = Change(
        f"libur;{day:%d/%m/%Y};;;Peringatan hari jadi kota (contoh)", CITY_DECREE, "Surat edaran terlampir."
    )
    made: list[UUID] = []
    agenda.put(proposed, lambda at: made.append(calendar_changes.propose(change, people["admin"], at)))
    agenda.put(proposed + timedelta(days=1), lambda at: _adopt(made, people["kadis"], learn, at))


def move_a_term(agenda: Agenda, people: dict[str, UUID], end: datetime, learn: Callable[[], None]) -> None:
    """A week before the end the city closes a day to come on which a term of an applicant ends; the term moves."""
    proposed = (end - timedelta(days=7)).replace(hour=9)
    while proposed.weekday() > 2:
        proposed -= timedelta(days=1)
    made: list[UUID] = []
    agenda.put(proposed, partial(_close, made, people["admin"]))
    agenda.put(proposed + timedelta(days=1), lambda at: _adopt(made, people["kadis"], learn, at) if made else None)


def _close(made: list[UUID], by: UUID, at: datetime) -> None:
    days = (at + timedelta(days=number) for number in CLOSING)
    working = (day for day in days if day.weekday() < SATURDAY and day.year == at.year)
    changes = (Change(f"libur;{day:%d/%m/%Y};;;Pawai budaya kota (contoh)", PARADE_DECREE) for day in working)
    moving = (one for one in changes if calendar_changes.preview(one, by, at).impact.figures.terms_told)
    made.extend(calendar_changes.propose(one, by, at) for one in islice(moving, 1))


def _adopt(made: list[UUID], by: UUID, learn: Callable[[], None], at: datetime) -> None:
    with transaction() as store:
        revision = store.calendars.revision()
    calendar_changes.adopt(made[0], revision, by, at)
    learn()


def disturb(agenda: Agenda, people: dict[str, UUID], end: datetime) -> None:
    """OSS fails for an afternoon, recorded and ended; the office's own worker stood still for half an hour once."""
    failed = (end - timedelta(days=9)).replace(hour=13)
    while failed.weekday() > 3:
        failed -= timedelta(days=1)
    still = failed - timedelta(days=2) + timedelta(hours=1)
    made: list[UUID] = []
    cause = "Halaman masuk OSS tidak menjawab; pemohon berusaha tidak dapat mengambil NIB (contoh)."
    evidence = ("Pengumuman helpdesk OSS 204/2026 (contoh)",)
    wanted = Wanted("OSS", failed, None, cause, evidence)
    agenda.put(still, lambda at: _stood_still(at - timedelta(minutes=31), at))
    agenda.put(failed + timedelta(minutes=40), lambda at: made.append(disturbances.record(wanted, people["kasi"], at)))
    agenda.put(failed + timedelta(hours=3), lambda at: _recovered(made, people["kasi"], at))


def disturb_reported(agenda: Agenda, people: dict[str, UUID], day: datetime) -> None:
    """SIMBG fails for a morning of a month whose report is drafted afterwards."""
    cause = "Unggahan gambar ke SIMBG gagal; berkas IMB tidak dapat disandingkan (contoh)."
    failed = day.replace(hour=8, minute=20)
    wanted = Wanted("SIMBG", failed, None, cause, ("Tangkapan layar pesan galat SIMBG (contoh)",))
    made: list[UUID] = []
    agenda.put(failed + timedelta(minutes=25), lambda at: made.append(disturbances.record(wanted, people["kasi"], at)))
    agenda.put(failed + timedelta(hours=3, minutes=10), lambda at: _recovered(made, people["kasi"], at))


def _stood_still(since: datetime, at: datetime) -> None:
    """As the log would say; the demonstration's worker does not beat, or its first true beat would be one more gap."""
    with transaction() as store:
        store.outages.add(uuid7(), heartbeat.WORKER, since, at, at)


def _recovered(made: list[UUID], by: UUID, at: datetime) -> None:
    disturbances.amend(made[0], "END", None, at - timedelta(minutes=15), "", by, at)


def receive(agenda: Agenda, people: dict[str, UUID], end: datetime) -> None:
    """The counter's hours, shorter than the office's, adopted like everything that is law."""
    proposed = (end - timedelta(days=75)).replace(hour=9)
    while proposed.weekday() > 2:
        proposed -= timedelta(days=1)
    hours = "Sen-Kam 07.30-12.00, 13.00-15.00 | Jum 07.30-11.00, 13.30-15.00"
    change = Change(f"loket;{proposed + timedelta(days=7):%d/%m/%Y};;{hours};Jam loket", COUNTER_DECREE)
    made: list[UUID] = []
    agenda.put(proposed, lambda at: made.append(calendar_changes.propose(change, people["admin"], at)))
    agenda.put(proposed + timedelta(days=1), lambda at: _adopt(made, people["kadis"], _nothing, at))


def _nothing() -> None:
    """Nobody works otherwise by the counter's hours."""


def _enter(reference: str, amount: str, paid: str, payer: str, by: UUID, at: datetime) -> None:
    treasury.enter_bank_line(reference, amount, paid, payer, by, at)
