"""The calendar as law: a change is proposed with its decree and its effect, and adopted by a second person.

Nothing is edited: what is adopted are entries of their own, recorded when they
were adopted, that hold from then on for every reading, also of days that are past.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from app.operations import acting, calendar_draft, deciding, idempotency
from app.operations.breaching import BREACH, OFFICE
from app.operations.calendar_between import between, known_before
from app.operations.calendar_differences import Differences
from app.operations.calendar_effect import impact, since, tell_applicants
from app.operations.calendar_page import week_words
from app.operations.calendar_ready import MATTER, Change, Said, read, ready
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

__all__ = ["Change", "Foreseen", "Page", "adopt", "draft", "page", "preview", "propose", "register", "reject", "sound"]
Counter: TypeAlias = tuple[tuple[WeekEntry, str], ...]  # hours, and the same in words


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


@retried
def draft(year: int, by: UUID, at: datetime) -> str:
    """Lines to begin with for a year nobody has adopted; a person compares each with the decree.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_calendar")
    return calendar_draft.drafted(year)


@retried
def sound(change: Change, by: UUID, at: datetime) -> tuple[Change, int]:
    """The change without lines that say what stands already, and how many those were; its effect is not worked out.

    Raises SubmissionInvalid, NotAllowed.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_calendar")
        _said, kept, repeated = ready(store, change, at)
        return kept, repeated


@retried
def preview(change: Change, by: UUID, at: datetime) -> Foreseen:
    """What the change would do to running promises and days, before anything is kept.

    Raises SubmissionInvalid, NotAllowed.
    """
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "propose_calendar")
        said, kept, repeated = ready(store, change, at)
        found = impact(store, *said, at)
        told = _differences(store.calendars.world(), said, found)
        return Foreseen(found, told, kept.text, repeated, _counter(said[1]))


def _counter(own: tuple[WeekEntry, ...]) -> Counter:
    return tuple((week, week_words(week)) for week in own)


def _differences(world: World, said: Said, found: Impact | None) -> Differences:
    """What the entries say otherwise than the calendar known just before them, with the files that are moved."""
    entries, own = said
    after = replace(world, calendar=Calendar((*world.calendar.entries, *entries)), hours=(*world.hours, *own))
    return between(world, after, entries, found.moves if found else (), found.at_counter if found else ())


@retried
def propose(change: Change, by: UUID, at: datetime, key: UUID | None = None, draft: UUID | None = None) -> UUID:
    """Hand a change to the second person, with the counts its author saw.  Raises SubmissionInvalid, NotAllowed.

    `draft`: the author's own that it was, which is one no longer.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_calendar")
        store.calendars.move()
        print_ = idempotency.fingerprint("calendar", change.text, {"keputusan": [change.decree]})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return UUID(before["change"])
        said, kept, _repeated = ready(store, change, at)
        seen = impact(store, *said, at)
        id = uuid7()
        told = {
            "text": kept.text,
            "decree": clean(change.decree),
            "reason": clean(change.reason)[: deciding.LONGEST_REASON],
        }
        store.calendar_changes.add(id, at, proposed_by=by, preview=seen.counts(), **told)
        if draft is not None:
            store.calendar_drafts.drop(draft, by)
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
        said = _said(row, world, at)
        found = impact(store, *said, at) if deciding.waits(row) else None
        may = deciding.may_decide(who, MATTER, row)
        earlier = world if row.approved_at is None else known_before(world, row.approved_at)
        told = _differences(earlier, said, found)
        return Page(row, said[0], found, deciding.names(store, (row,)), may, told, _counter(said[1]))


def _said(row: Any, world: World, at: datetime) -> Said:
    """What was adopted, as it was recorded; of any other change what its lines say.

    Lines that an earlier release accepted and this one refuses say nothing here; adopting them tells their fault.
    """
    if row.approved_at is not None:
        entries = tuple(one for one in world.calendar.entries if one.recorded_at == row.approved_at)
        return entries, tuple(one for one in world.hours if one.recorded_at == row.approved_at)
    try:
        return read(row.text, row.decree, at)
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
        said = read(row.text, row.decree, at)
        found = impact(store, *said, at)
        _apply(store, row, said, found, by, at)
        return found


def _apply(store: Store, row: Any, said: Said, found: Impact, by: UUID, at: datetime) -> None:
    entries, own = said
    # Before the refresh: which warning a clock waits for next depends on those that stand.
    for move in (one for one in _judged(found) if one.rescued):
        store.readings.fire_rung(move.clock.id, move.case_id, BREACH, at, False)  # one that was known stays as it is
        store.readings.annotate_rung(
            move.clock.id, BREACH, at, f"tepat waktu setelah perubahan kalender ({row.decree})"
        )
    for move in (one for one in _judged(found) if one.relapsed):
        store.readings.restore_rung(move.clock.id, BREACH, f"kembali terlambat: perubahan kalender {row.decree}")
    for entry in entries:
        store.calendars.add_entry(uuid7(), at, by, **columns_of(entry))
    for week in own:
        store.calendars.add_entry(uuid7(), at, by, unit=week.unit, **columns_of(week))
    revision = store.calendars.new_revision(f"kalender {row.decree}", at)
    refresh(store, Hull(since((*entries, *own)), None, f"kalender:{row.decree}", at, revision))
    deciding.adopt(store, MATTER, row, {"revision": revision, **found.counts()}, by, at)
    tell_applicants(store, row, found, at)


def _judged(found: Impact) -> tuple[Move, ...]:
    """Those of which a breach is kept: an applicant's term that passes is none of the office's."""
    return tuple(one for one in (*found.moves, *found.steps, *found.limits) if one.clock.kind in OFFICE)


@retried
def reject(change_id: UUID, because: str, by: UUID, at: datetime) -> None:
    """Refuse a change with a reason; nothing of the calendar moves.  Raises SubmissionInvalid, Refused, NotFound."""
    with transaction() as store:
        deciding.reject(store, MATTER, change_id, because, by, at)
