"""From October on, whoever cares for the calendar is reminded of a year that nobody has adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import WIB
from app.operations import calendar_text
from app.store import Store
from engine import access
from engine.access import Actor
from engine.clocks import YearEntry
from engine.errors import SubmissionInvalid

FIRST_MONTH = 10  # SKB of a year has come out in September or October of the year before


@dataclass(frozen=True)
class MissingYear:
    """`year`: whose list is not adopted; `proposed`: whether a change that adopts it waits for the second person."""

    year: int
    proposed: bool
    may_propose: bool


def missing_year(store: Store, who: Actor, at: datetime) -> MissingYear | None:
    """This year if its list is missing, else the next one from October on; None for whoever has no say in it."""
    may = access.may(who, "propose_calendar")
    if not (may or access.may(who, "adopt_calendar")):
        return None
    today = at.astimezone(WIB).date()
    known = store.calendars.world().calendar.as_known(at)
    wanted = (today.year, today.year + 1) if today.month >= FIRST_MONTH else (today.year,)
    year = next((one for one in wanted if not known.is_official(one)), None)
    return None if year is None else MissingYear(year, _proposed(store, year, at), may)


def _proposed(store: Store, year: int, at: datetime) -> bool:
    return any(
        isinstance(one, YearEntry) and one.year == year
        for row in store.calendar_changes.waiting()
        for one in _entries(row.text, row.decree, at)
    )


def _entries(text: str, decree: str, at: datetime) -> tuple[object, ...]:
    """What a waiting change says; one that an earlier release accepted and this one refuses says nothing here."""
    try:
        return calendar_text.entries_of(text, decree, at)
    except SubmissionInvalid:
        return ()
