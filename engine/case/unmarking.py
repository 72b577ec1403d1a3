"""Saying of entries of the clocks that they did not happen: nothing is deleted, and nothing starts anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from engine.case import clockwork
from engine.case.clockwork import Doing
from engine.case.values import Case, CaseClock
from engine.clocks import ClockEvent
from engine.events import Event


def unmark(case: Case, counts: Mapping[UUID, int], doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """Say of every entry made since the ledgers had `counts` entries that it did not happen.

    Nothing is deleted and nothing starts anew: what ran before runs on, the time since then counted.
    """
    events: tuple[Event, ...] = ()
    for clock in case.clocks:
        for wrong in clock.events[counts.get(clock.id, 0) :]:
            case, event = _unmark(case, clockwork.by_id(case, clock.id), wrong, doing)
            events = (*events, event)
    return case, events


def _unmark(case: Case, clock: CaseClock, wrong: ClockEvent, doing: Doing) -> tuple[Case, Event]:
    entry = ClockEvent(len(clock.events) + 1, "CORRECT", None, doing.recorded_at, None, wrong.seq)
    body = {"clock": clock.name, "budget": clock.budget, "entry": wrong.kind, "seq": wrong.seq}
    body |= {"cause": wrong.cause} if wrong.cause else {}
    body |= {"task": clock.task} if clock.task else {}
    corrected = replace(clock, events=(*clock.events, entry))
    return clockwork.put(case, corrected), doing.event(clockwork.EVENT_KINDS["CORRECT"], "", None, **body)
