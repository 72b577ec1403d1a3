"""The calendar as law: a change is proposed with its decree and its effect, and adopted by a second person.

Nothing is edited: what is adopted are entries of their own, recorded when they
were adopted, that hold from then on for every reading, also of days that are past.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from app.operations import acting, calendar_draft, calendar_text, deciding, idempotency
from app.operations.breaching import BREACH
from app.operations.calendar_differences import Differences, differences, years_of
from app.operations.calendar_effect import impact, since, tell_applicants
from app.operations.calendar_page import week_words
from app.operations.calendar_repeats import Standing, changing, plain
from app.operations.deciding import Matter
from app.operations.force_majeure_proposal import Impact
from app.operations.refreshing import Move, refresh
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.calendars import columns_of
from app.store.ids import uuid7
from app.store.recounting import Hull
from engine import access
from engine.clocks import Calendar, Entry, WeekEntry, World
from engine.errors import Refused, SubmissionInvalid
from engine.forms.values import clean

Said: TypeAlias = tuple[tuple[Entry, ...], tuple[WeekEntry, ...]]  # the office's entries, a unit's own hours
Counter: TypeAlias = tuple[tuple[WeekEntry, str], ...]  # hours, and the same in words
UNCHANGED = (
    "Tidak ada yang berubah: setiap baris sama dengan kalender yang berlaku. Jam yang sudah diganti diberlakukan lagi "
    "dengan tanggal mulai yang baru"
)
MATTER = Matter(
    lambda store: store.calendar_changes,
    "adopt_calendar",
    "calendar",
    "change",
    unknown="Perubahan kalender tidak ditemukan.",
    decided="Perubahan kalender ini sudah diputuskan.",
    own="Pengusul perubahan kalender tidak boleh menetapkannya sendiri.",
    undecreed="Nomor SKB, keputusan, atau surat edaran wajib diisi",
    taken="Keputusan ini sudah dipakai perubahan kalender yang diusulkan %(day)s: %(typed)s",
    about=lambda row: str(row.text).strip().split("\n")[0][:80],
)


@dataclass(frozen=True)
class Change:
    """A change as proposed: `text` in the lines of `calendar_text`, the decree it rests on, and why."""

    text: str
    decree: str
    reason: str = ""


@dataclass(frozen=True)
class Page:
    """A change with its entries, its effect as of now (None once it is decided), and what the reader may do.

    `counter`: the hours that it gives the counter.
    """

    row: Any
    entries: tuple[Entry, ...]
    impact: Impact | None
    names: dict[UUID, str]
    may_decide: bool
    differences: Differences | None = None  # from the calendar of now; of an adopted change from the version before
    counter: Counter = ()


@dataclass(frozen=True)
class Foreseen:
    """What a change would do to promises, and what it would say of which days.

    `text`: the lines that would be proposed; `repeated`: how many others said what stands already; `counter`: the
    hours that it gives the counter.
    """

    impact: Impact
    differences: Differences
    text: str = ""
    repeated: int = 0
    counter: Counter = ()


def _checked(change: Change, at: datetime) -> Said:
    """What a change says: entries of the office's calendar, and the own hours of its counter."""
    errors = deciding.decree_fault(MATTER, change.decree) | deciding.note_fault(change.reason)
    try:
        said = _read(change.text, clean(change.decree), at)
    except SubmissionInvalid as invalid:
        raise SubmissionInvalid({**invalid.errors, **errors}) from invalid
    if errors:
        raise SubmissionInvalid(errors)
    return said


def _read(text: str, decree: str, at: datetime) -> Said:
    return calendar_text.entries_of(text, decree, at), calendar_text.own_hours(text, decree, at)


def _changing(store: Store, change: Change, at: datetime) -> tuple[Change, Change, int]:
    """The change without what stands already: lines under their numbers, the same without gaps, how many fell out."""
    standing = Standing.of(store.calendars.world().calendar, store.calendars.receiving())
    text, repeated = changing(change.text, standing, at)
    if repeated and not plain(text):
        raise SubmissionInvalid({"baris": UNCHANGED})
    numbered = replace(change, text=text)
    return numbered, replace(change, text=plain(text)) if repeated else numbered, repeated


def _new(store: Store, change: Change) -> None:
    """Refuse what was said before: the very same change, a decree that another rests on."""
    decree = clean(change.decree)
    if store.calendar_changes.same_waiting(change.text, decree):
        raise SubmissionInvalid({"baris": "Perubahan yang sama sudah diusulkan dan menunggu penetapan"})
    if taken := deciding.decree_taken(store, MATTER, decree):
        raise SubmissionInvalid(taken)


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
        numbered, kept, repeated = _changing(store, change, at)
        entries, own = _checked(numbered, at)
        _new(store, kept)
        found = impact(store, entries, own, at)
        told = _differences(store.calendars.world().calendar.entries, entries, found.moves)
        return Foreseen(found, told, kept.text, repeated, _counter(own))


def _counter(own: tuple[WeekEntry, ...]) -> Counter:
    return tuple((week, week_words(week)) for week in own)


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
        numbered, kept, _repeated = _changing(store, change, at)
        entries, own = _checked(numbered, at)
        _new(store, kept)
        seen = impact(store, entries, own, at)
        id = uuid7()
        told = {
            "text": kept.text,
            "decree": clean(change.decree),
            "reason": clean(change.reason)[: deciding.LONGEST_REASON],
        }
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
        return rows, deciding.names(store, rows), access.may(who, "propose_calendar")


@retried
def page(change_id: UUID, by: UUID, at: datetime) -> Page:
    """One change with its effect as of now.  Raises NotFound, NotAllowed."""
    with transaction(snapshot=True) as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_settings")
        row = deciding.found(store, MATTER, change_id)
        world = store.calendars.world()
        known = world.calendar.entries
        entries, own = _said(row, world, at)
        found = impact(store, entries, own, at) if deciding.waits(row) else None
        may = deciding.may_decide(who, MATTER, row)
        earlier = tuple(one for one in known if row.approved_at is None or one.recorded_at < row.approved_at)
        told = _differences(earlier, entries, found.moves if found else ())
        return Page(row, entries, found, deciding.names(store, (row,)), may, told, _counter(own))


def _said(row: Any, world: World, at: datetime) -> Said:
    """What was adopted, as it was recorded; of any other change what its lines say.

    Lines that an earlier release accepted and this one refuses say nothing here; adopting them tells their fault.
    """
    if row.approved_at is not None:
        entries = tuple(one for one in world.calendar.entries if one.recorded_at == row.approved_at)
        return entries, tuple(one for one in world.hours if one.recorded_at == row.approved_at)
    try:
        return _read(row.text, row.decree, at)
    except SubmissionInvalid:
        return (), ()


@retried
def adopt(change_id: UUID, seen_revision: int, by: UUID, at: datetime) -> Impact:
    """The second person adopts: the entries hold, promises move, applicants are told, in one transaction.

    Raises NotAllowed for the proposer himself, Refused when the world moved
    since the effect was shown or the change was decided, NotFound.
    """
    with transaction() as store:
        row = deciding.second(store, MATTER, change_id, by, at)
        if store.calendars.revision() != seen_revision:
            raise Refused("Keadaan berubah sejak dampak ini dihitung; periksa dampaknya sekali lagi.")
        said = _read(row.text, row.decree, at)
        found = impact(store, *said, at)
        _apply(store, row, said, found, by, at)
        return found


def _apply(store: Store, row: Any, said: Said, found: Impact, by: UUID, at: datetime) -> None:
    entries, own = said
    # Before the refresh: which warning a clock waits for next depends on those that stand.
    for move in (*found.rescued, *(one for one in found.steps if one.rescued)):
        store.readings.fire_rung(move.clock.id, move.case_id, BREACH, at, False)  # one that was known stays as it is
        store.readings.annotate_rung(
            move.clock.id, BREACH, at, f"tepat waktu setelah perubahan kalender ({row.decree})"
        )
    for move in (one for one in (*found.moves, *found.steps) if one.relapsed):
        store.readings.restore_rung(move.clock.id, BREACH, f"kembali terlambat: perubahan kalender {row.decree}")
    for entry in entries:
        store.calendars.add_entry(uuid7(), at, by, **columns_of(entry))
    for week in own:
        store.calendars.add_entry(uuid7(), at, by, unit=week.unit, **columns_of(week))
    revision = store.calendars.new_revision(f"kalender {row.decree}", at)
    refresh(store, Hull(since((*entries, *own)), None, f"kalender:{row.decree}", at, revision))
    deciding.adopt(store, MATTER, row, {"revision": revision, **found.counts()}, by, at)
    tell_applicants(store, row, found, at)


@retried
def reject(change_id: UUID, because: str, by: UUID, at: datetime) -> None:
    """Refuse a change with a reason; nothing of the calendar moves.  Raises SubmissionInvalid, Refused, NotFound."""
    with transaction() as store:
        deciding.reject(store, MATTER, change_id, because, by, at)
