"""The effect of a calendar change on promises of service, applicants' terms and work at the counter; who is told of it.

What the preview shows is what an adoption does: both read the same comparison of every clock under both calendars.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import uuid5

from app.clock import WIB
from app.operations.clock_views import NAMES
from app.operations.force_majeure_impact import KINDS
from app.operations.force_majeure_proposal import Impact
from app.operations.notifying import long_day
from app.operations.refreshing import Move, compare
from app.operations.report_corrections import Lived, reported
from app.store import Store
from engine.catalogue import Catalogue, channels
from engine.clocks import Calendar, DayEntry, Entry, WeekEntry, World, YearEntry

NO_DATE = "belum dapat dijanjikan"
NO_TERM = "belum dapat ditentukan"
NEVER = date(9000, 1, 1)  # a change that clocks count nothing of touches none
WORK = ("T", "V")  # clocks that may be counted in a unit's own hours


def impact(store: Store, entries: tuple[Entry, ...], own: tuple[WeekEntry, ...], at: datetime) -> Impact:
    """Promises and applicants' running terms as they would read with these entries as well; nothing is kept.

    `own`: hours of units, each entry naming its unit; clocks of work there are read with them.
    """
    old = store.calendars.world()
    new = replace(old, calendar=Calendar((*old.calendar.entries, *entries)), hours=(*old.hours, *own))
    first, catalogue = since(entries), store.deployments.active().catalogue
    moves, terms, lives = [], [], []
    for one in compare(store, store.readings.clocks_between(first, None, KINDS), old, new, at, first, KINDS):
        if one.clock.kind == "P":
            terms += [one] if _told_of_term(one, catalogue) else []
            continue
        lives.append(Lived.of(one))
        moves += [one] if one.before.state != "STOPPED" or one.rescued or one.relapsed else []
    said = reported(store, lives, (old, new), first, at)
    running = store.case_lists.running_count()
    whole = Impact.of(store.calendars.revision(), at, running, tuple(moves), said, tuple(terms))
    steps = _steps(store, {one.unit for one in own}, (old, new), since((*entries, *own)), at) if own else ()
    return replace(whole, steps=steps)


def _steps(
    store: Store, units: set[str], worlds: tuple[World, World], first: datetime, at: datetime
) -> tuple[Move, ...]:
    """Clocks of work that changed hours of their unit move, or turn from late to on time or back."""
    touched = store.readings.clocks_between(first, None, WORK, units)
    found = compare(store, touched, *worlds, at, first, WORK)
    return tuple(one for one in found if (one.moved and one.clock.running) or one.rescued or one.relapsed)


def _told_of_term(one: Move, catalogue: Catalogue) -> bool:
    """Whether a term is its applicant's to hear of, as of a declaration: his own, running, with another date."""
    return one.moved and one.clock.running and channels.of_applicant(catalogue, one.clock.name)


def since(entries: Iterable[Entry]) -> datetime:
    """The first instant at which anything may read otherwise; an adopted year from its own beginning on."""
    return datetime.combine(min((_first_day(one) for one in entries), default=NEVER), time(), WIB)


def _first_day(entry: Entry) -> date:
    if isinstance(entry, DayEntry):
        return entry.day
    return date(entry.year, 1, 1) if isinstance(entry, YearEntry) else entry.since


def tell_applicants(store: Store, row: Any, found: Impact, at: datetime) -> None:
    """Everybody whose running promise or term moves, one message for each date; `row`: the adopted change."""
    promises = [(one, one.case_id, _notice(row, one)) for one in found.moves if one.moved and one.clock.running]
    terms = [(one, one.clock.id, _term_notice(row, one)) for one in found.terms]
    rows = {one.id: one for one in store.case_lists.case_rows({one.case_id for one, _, _ in (*promises, *terms)})}
    for move, of, (subject, body) in (*promises, *terms):
        payload = {"to": str(rows[move.case_id].applicant_id), "notice": "kalender", "subject": subject, "body": body}
        store.outbox.put(uuid5(row.id, str(of)), move.case_id, "message", payload, at)


def _notice(row: Any, move: Move) -> tuple[str, str]:
    old, new = _days(move, NO_DATE)
    subject = f"Kalender kerja berubah: janji layanan berkas {move.number or ''} berubah"
    return subject, f"Kalender kerja diubah menurut {row.decree}.\nJanji semula {old}; janji sekarang {new}."


def _term_notice(row: Any, move: Move) -> tuple[str, str]:
    """Until when the applicant himself has time now, be it later or earlier than he was told."""
    old, new = _days(move, NO_TERM)
    name = NAMES.get(move.clock.name, NAMES["P"])
    subject = f"Kalender kerja berubah: tenggat Anda untuk berkas {move.number or ''} berubah"
    return subject, f"Kalender kerja diubah menurut {row.decree}.\n{name}: semula {old}; sekarang {new}."


def _days(move: Move, none: str) -> tuple[str, str]:
    old, new = (long_day(one) if one else none for one in (move.before.promised_at, move.after.promised_at))
    return old, new
