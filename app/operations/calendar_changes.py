"""The calendar as law: a change is proposed with its decree and its effect, and adopted by a second person.

Nothing is edited: what is adopted are entries of their own, recorded when they
were adopted, that hold from then on for every reading, also of days that are past.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations import acting, calendar_draft, calendar_text, idempotency
from app.operations.breaching import BREACH
from app.operations.calendar_differences import Differences, differences, years_of
from app.operations.force_majeure_proposal import Impact
from app.operations.notifying import long_day
from app.operations.refreshing import Move, compare, refresh
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from app.store.recounting import Hull
from engine import access
from engine.clocks import Calendar, DayEntry, Entry, WeekEntry, YearEntry
from engine.errors import NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

NO_DATE = "belum dapat dijanjikan"
LONGEST_DECREE = 200
LONGEST_REASON = 2000
NEVER = date(9000, 1, 1)  # a change that clocks count nothing of touches none


@dataclass(frozen=True)
class Change:
    """A change as proposed: `text` in the lines of `calendar_text`, the decree it rests on, and why."""

    text: str
    decree: str
    reason: str = ""


@dataclass(frozen=True)
class Page:
    """A change with its entries, its effect as of now (None once it is decided), and what the reader may do."""

    row: Any
    entries: tuple[Entry, ...]
    impact: Impact | None
    names: dict[UUID, str]
    may_decide: bool
    differences: Differences | None = None  # from the calendar of now; of an adopted change from the version before


@dataclass(frozen=True)
class Foreseen:
    """What a change would do to promises, and what it would say of which days."""

    impact: Impact
    differences: Differences


def _checked(change: Change, at: datetime) -> tuple[Entry, ...]:
    """What clocks count by of a change; a change of the counter's hours alone has nothing of that."""
    errors = {}
    if not 3 <= len(clean(change.decree)) <= LONGEST_DECREE:
        errors["keputusan"] = "Nomor SKB, keputusan, atau surat edaran wajib diisi"
    try:
        entries = calendar_text.entries_of(change.text, clean(change.decree), at)
    except SubmissionInvalid as invalid:
        raise SubmissionInvalid({**invalid.errors, **errors}) from invalid
    if errors:
        raise SubmissionInvalid(errors)
    return entries


def _new(store: Store, change: Change, at: datetime) -> None:
    """Refuse what was said before: the very same change, a decree that another rests on, a year that is adopted."""
    decree = clean(change.decree)
    if store.calendar_changes.same_waiting(change.text, decree):
        raise SubmissionInvalid({"baris": "Perubahan yang sama sudah diusulkan dan menunggu penetapan"})
    errors: dict[str, str] = {}
    other = store.calendar_changes.resting_on(decree)
    if other is not None:
        told = "Keputusan ini sudah dipakai perubahan kalender yang diusulkan %(day)s: %(typed)s"
        errors["keputusan"] = Sentence(
            told, day=long_day(other.recorded_at), typed=other.text.strip().split("\n")[0][:80]
        )
    adopted = store.calendars.world().calendar.as_known().years
    for line, one in calendar_text.numbered(change.text, decree, at)[0]:
        if isinstance(one, YearEntry) and (known := adopted.get(one.year)):
            told = "Baris %(n)s: daftar libur tahun %(year)s sudah ditetapkan menurut %(decree)s"
            errors["baris"] = Sentence(told, n=line, year=one.year, decree=known.source)
    if errors:
        raise SubmissionInvalid(errors)


def _impact(store: Store, entries: tuple[Entry, ...], at: datetime) -> Impact:
    old = store.calendars.world()
    new = replace(old, calendar=Calendar((*old.calendar.entries, *entries)))
    since = _since(entries)
    moves = tuple(
        one
        for one in compare(store, store.readings.clocks_between(since, None), old, new, at, since)
        if one.before.state != "STOPPED" or one.rescued or one.relapsed
    )
    return Impact.of(store.calendars.revision(), at, store.case_lists.running_count(), moves)


def _since(entries: Iterable[Entry]) -> datetime:
    """The first instant at which anything may read otherwise; an adopted year from its own beginning on."""
    return datetime.combine(min((_first_day(one) for one in entries), default=NEVER), time(), WIB)


def _first_day(entry: Entry) -> date:
    if isinstance(entry, DayEntry):
        return entry.day
    return date(entry.year, 1, 1) if isinstance(entry, YearEntry) else entry.since


@retried
def draft(year: int, by: UUID, at: datetime) -> str:
    """Lines to begin with for a year nobody has adopted; a person compares each with the decree.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_calendar")
    return calendar_draft.drafted(year)


@retried
def preview(change: Change, by: UUID, at: datetime) -> Foreseen:
    """What the change would do to running promises and days, before anything is kept.

    Raises SubmissionInvalid, NotAllowed.
    """
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "propose_calendar")
        entries = _checked(change, at)
        _new(store, change, at)
        found = _impact(store, entries, at)
        return Foreseen(found, _differences(store.calendars.world().calendar.entries, entries, found.moves))


def _differences(earlier: tuple[Entry, ...], entries: tuple[Entry, ...], moves: tuple[Move, ...] = ()) -> Differences:
    """What the entries say otherwise than the calendar known just before them."""
    old, new = Calendar(earlier).as_known(), Calendar((*earlier, *entries)).as_known()
    return differences(old, new, years_of(entries), moves)


@retried
def propose(change: Change, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Hand a change to the second person, with the counts its author saw.  Raises SubmissionInvalid, NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_calendar")
        store.calendars.move()
        print_ = idempotency.fingerprint("calendar", change.text, {"keputusan": [change.decree]})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return UUID(before["change"])
        entries = _checked(change, at)
        _new(store, change, at)
        seen = _impact(store, entries, at)
        id = uuid7()
        told = {"text": change.text, "decree": clean(change.decree), "reason": clean(change.reason)[:LONGEST_REASON]}
        store.calendar_changes.add(id, at, proposed_by=by, preview=seen.counts(), **told)
        store.calendars.tell("calendar_proposed", {"change": str(id), "decree": told["decree"]}, by, at)
        idempotency.answer(store, key, {"change": str(id)})
        return id


@retried
def register(by: UUID, at: datetime) -> tuple[tuple[Any, ...], dict[UUID, str], bool]:
    """All changes, newest first; names by person; whether the reader may propose one."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_settings")
        rows = store.calendar_changes.all()
        return rows, store.people.names(_people(rows)), access.may(who, "propose_calendar")


def _people(rows: Iterable[Any]) -> set[UUID]:
    return {one for row in rows for one in (row.proposed_by, row.approved_by, row.rejected_by) if one}


@retried
def page(change_id: UUID, by: UUID, at: datetime) -> Page:
    """One change with its effect as of now.  Raises NotFound, NotAllowed."""
    with transaction(snapshot=True) as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_settings")
        row = store.calendar_changes.row(change_id)
        if row is None:
            raise NotFound("Perubahan kalender tidak ditemukan.")
        entries = calendar_text.entries_of(row.text, row.decree, row.approved_at or at)
        waiting = row.approved_at is None and row.rejected_at is None
        found = _impact(store, entries, at) if waiting else None
        may = waiting and access.may(who, "adopt_calendar") and row.proposed_by != by
        known = store.calendars.world().calendar.entries
        earlier = tuple(one for one in known if row.approved_at is None or one.recorded_at < row.approved_at)
        told = _differences(earlier, entries, found.moves if found else ())
        return Page(row, entries, found, store.people.names(_people((row,))), may, told)


@retried
def adopt(change_id: UUID, seen_revision: int, by: UUID, at: datetime) -> Impact:
    """The second person adopts: the entries hold, promises move, applicants are told, in one transaction.

    Raises NotAllowed for the proposer himself, Refused when the world moved
    since the effect was shown or the change was decided, NotFound.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "adopt_calendar")
        store.calendars.move()
        row = _waiting(store, change_id)
        if row.proposed_by == by:
            raise NotAllowed("Pengusul perubahan kalender tidak boleh menetapkannya sendiri.")
        if store.calendars.revision() != seen_revision:
            raise Refused("Keadaan berubah sejak dampak ini dihitung; periksa dampaknya sekali lagi.")
        entries = calendar_text.entries_of(row.text, row.decree, at)
        found = _impact(store, entries, at)
        _apply(store, row, entries, found, by, at)
        return found


def _waiting(store: Store, change_id: UUID) -> Any:
    row = store.calendar_changes.lock(change_id)
    if row is None:
        raise NotFound("Perubahan kalender tidak ditemukan.")
    if row.approved_at is not None or row.rejected_at is not None:
        raise Refused("Perubahan kalender ini sudah diputuskan.")
    return row


def _apply(store: Store, row: Any, entries: tuple[Entry, ...], found: Impact, by: UUID, at: datetime) -> None:
    since = _since(entries)
    # Before the refresh: which warning a clock waits for next depends on those that stand.
    for move in found.rescued:
        store.readings.fire_rung(move.clock.id, move.case_id, BREACH, at, False)  # one that was known stays as it is
        store.readings.annotate_rung(
            move.clock.id, BREACH, at, f"tepat waktu setelah perubahan kalender ({row.decree})"
        )
    for move in (one for one in found.moves if one.relapsed):
        store.readings.restore_rung(move.clock.id, BREACH, f"kembali terlambat: perubahan kalender {row.decree}")
    for entry in entries:
        store.calendars.add_entry(uuid7(), at, by, **_columns(entry))
    for told_hours in calendar_text.read(row.text, row.decree, at)[1]:
        store.calendars.add_entry(uuid7(), at, by, unit=told_hours.unit, **_columns(told_hours.week))
    store.calendar_changes.decide(row.id, approved_by=by, approved_at=at)
    revision = store.calendars.new_revision(f"kalender {row.decree}", at)
    refresh(store, Hull(since, None, f"kalender:{row.decree}", at, revision))
    told = {"change": str(row.id), "decree": row.decree, "revision": revision, **found.counts()}
    store.calendars.tell("calendar_adopted", told, by, at)
    _tell_applicants(store, row, found, at)


def _columns(entry: Entry) -> dict[str, Any]:
    """An entry as a row of the calendar."""
    if isinstance(entry, YearEntry):
        return {"kind": "YEAR", "year": entry.year, "decree": entry.source}
    if isinstance(entry, WeekEntry):
        hours = {str(day): _segments(windows) for day, windows in enumerate(entry.by_weekday) if windows}
        return {"kind": "WEEK", "since": entry.since, "until": entry.until, "hours": hours, "decree": entry.source}
    hours_of_day = None if entry.hours is None else _segments(entry.hours)
    told = {"kind": "DAY", "since": entry.day, "label": entry.label, "decree": entry.source}
    return told | {"hours": hours_of_day}


def _segments(windows: Iterable[tuple[time, time]]) -> list[list[str]]:
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in windows]


def _tell_applicants(store: Store, row: Any, found: Impact, at: datetime) -> None:
    moves = [one for one in found.moves if one.moved and one.clock.running]
    rows = {one.id: one for one in store.case_lists.case_rows(one.case_id for one in moves)}
    for move in moves:
        subject, body = _notice(row, move)
        payload = {"to": str(rows[move.case_id].applicant_id), "notice": "kalender", "subject": subject, "body": body}
        store.outbox.put(uuid5(row.id, str(move.case_id)), move.case_id, "message", payload, at)


def _notice(row: Any, move: Move) -> tuple[str, str]:
    old, new = (long_day(one) if one else NO_DATE for one in (move.before.promised_at, move.after.promised_at))
    subject = f"Kalender kerja berubah: janji layanan berkas {move.number or ''} berubah"
    return subject, f"Kalender kerja diubah menurut {row.decree}.\nJanji semula {old}; janji sekarang {new}."


@retried
def reject(change_id: UUID, because: str, by: UUID, at: datetime) -> None:
    """Refuse a change with a reason; nothing of the calendar moves.  Raises SubmissionInvalid, Refused, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "adopt_calendar")
        row = _waiting(store, change_id)
        if len(clean(because)) < 5:
            raise SubmissionInvalid({"alasan": "Alasan wajib diisi"})
        values = {"rejected_by": by, "rejected_at": at, "rejected_because": clean(because)[:LONGEST_REASON]}
        store.calendar_changes.decide(row.id, **values)
        store.calendars.tell("calendar_rejected", {"change": str(row.id)}, by, at)
