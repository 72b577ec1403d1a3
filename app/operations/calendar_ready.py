"""A change of the calendar as it is typed: what it says, and whether it may be proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, TypeAlias

from app.operations import calendar_text, deciding
from app.operations.calendar_repeats import Standing, changing, plain
from app.operations.deciding import Matter
from app.store import Store
from engine.clocks import Entry, WeekEntry
from engine.errors import SubmissionInvalid
from engine.forms.values import clean

Said: TypeAlias = tuple[tuple[Entry, ...], tuple[WeekEntry, ...]]  # the office's entries, a unit's own hours
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


class Ready(NamedTuple):
    """A change that may be proposed: what it says, and itself without the lines that say what stands (`repeated`)."""

    said: Said
    change: Change
    repeated: int


def ready(store: Store, change: Change, at: datetime) -> Ready:
    """Raises SubmissionInvalid with every fault of the lines, the decree and the note."""
    numbered, kept, repeated = _changing(store, change, at)
    said = _checked(numbered, at)
    _new(store, kept)
    return Ready(said, kept, repeated)


def _checked(change: Change, at: datetime) -> Said:
    """What a change says: entries of the office's calendar, and the own hours of its counter."""
    errors = deciding.decree_fault(MATTER, change.decree) | deciding.note_fault(change.reason)
    try:
        said = read(change.text, clean(change.decree), at)
    except SubmissionInvalid as invalid:
        raise SubmissionInvalid({**invalid.errors, **errors}) from invalid
    if errors:
        raise SubmissionInvalid(errors)
    return said


def read(text: str, decree: str, at: datetime) -> Said:
    """Entries of the office's calendar, and the own hours of its counter.  Raises SubmissionInvalid at `baris`."""
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
