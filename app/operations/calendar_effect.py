"""The effect of a calendar change on promises, applicants' terms, steps and legal limits; who is told of it.

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
from app.operations.force_majeure_impact import KINDS, WORK
from app.operations.force_majeure_proposal import Impact
from app.operations.notifying import long_day
from app.operations.refreshing import Move, compare
from app.operations.report_corrections import Lived, reported
from app.store import Store
from engine.catalogue import Catalogue, channels
from engine.clocks import Calendar, DayEntry, Entry, WeekEntry, YearEntry

NO_DATE = "belum dapat dijanjikan"
NO_TERM = "belum dapat ditentukan"
NEVER = date(9000, 1, 1)  # a change that clocks count nothing of touches none
LIMIT = "H"


def impact(store: Store, entries: tuple[Entry, ...], own: tuple[WeekEntry, ...], at: datetime) -> Impact:
    """Everything that binds the office or an applicant as it would read with these entries as well; nothing is kept.

    Promises of service, applicants' terms, the times of steps (T, V) and the legal limits (H), which go by the
    office's working days (UU 30/2014 Pasal 53).  `own`: hours of units, each entry naming its unit; they move the work
    there and nothing else.
    """
    old = store.calendars.world()
    new = replace(old, calendar=Calendar((*old.calendar.entries, *entries)), hours=(*old.hours, *own))
    first, catalogue = since((*entries, *own)), store.deployments.active().catalogue
    kinds = (*KINDS, LIMIT) if entries else WORK
    touched = store.readings.clocks_between(first, None, kinds, None if entries else {one.unit for one in own})
    found: dict[str, list[Move]] = {"L": [], "P": [], WORK[0]: [], LIMIT: []}
    lives = []
    for one in compare(store, touched, old, new, at, kinds):
        lives += [Lived.of(one)] if one.clock.kind == "L" else []
        found[_group(one, catalogue)] += [one] if _shown(one) else []
    said = reported(store, lives, (old, new), first, at)
    running, revision = store.case_lists.running_count(), store.calendars.revision()
    promises, terms, steps, limits = (tuple(found[kind]) for kind in ("L", "P", WORK[0], LIMIT))
    return Impact.of(revision, at, running, promises, said, terms, steps, limits)


def _group(one: Move, catalogue: Catalogue) -> str:
    """Under which heading it is told: a term that is not the applicant's to keep is work of the office."""
    kind = one.clock.kind
    own = kind == "P" and channels.of_applicant(catalogue, one.clock.name)
    return kind if own or kind in ("L", LIMIT) else WORK[0]


def _shown(one: Move) -> bool:
    """What is told of: a file that runs; of what is over a date given to somebody, and a judgement that turns."""
    if one.clock.kind == "L":
        return one.moved or one.turned or one.before.state != "STOPPED"
    given = one.clock.kind == "P"
    return (one.moved and (given or one.clock.running)) or (one.turned and not given)


def since(entries: Iterable[Entry]) -> datetime:
    """The first instant at which anything may read otherwise; an adopted year from its own beginning on."""
    return datetime.combine(min((first_day(one) for one in entries), default=NEVER), time(), WIB)


def first_day(entry: Entry) -> date:
    """The first date that an entry speaks of."""
    if isinstance(entry, DayEntry):
        return entry.day
    return date(entry.year, 1, 1) if isinstance(entry, YearEntry) else entry.since


def tell_applicants(store: Store, row: Any, found: Impact, at: datetime) -> None:
    """Everybody whose running promise or term moves, one message for each date; `row`: the adopted change."""
    promises = [(one, one.case_id, _notice(row, one)) for one in found.moves if one.moved and one.clock.running]
    terms = [(one, one.clock.id, _term_notice(row, one)) for one in found.terms if one.clock.running]
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
