"""What a new calendar or declaration does to readings: compared before it is decided, counted anew when it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import islice
from uuid import UUID

from app.store import Store
from app.store.comparing import Shift
from app.store.recounting import Hull
from engine.case import CaseClock, present, read_clock
from engine.clocks import Reading, World

READ_AT_ONCE = 1_000  # cases in memory at once while a change is compared


@dataclass(frozen=True)
class Move:
    """What a change does to one clock of a case; `step`: what the open task of a task's clock is called."""

    case_id: UUID
    number: str | None
    permit: str  # code
    state: str  # label of the release the case runs on, in Indonesian
    applicant_name: str
    clock: CaseClock
    before: Reading
    after: Reading
    step: str = ""

    @property
    def moved(self) -> bool:
        return self.before.promised_at != self.after.promised_at

    @property
    def removed_hk(self) -> Fraction:
        """Working days that leave the count with the change: what stood still already is not taken out twice.

        Negative where a change gives time back to the count.
        """
        return self.before.split_hk.office - self.after.split_hk.office

    @property
    def rescued(self) -> bool:
        """Late before, on time after: the flip that must never be hidden."""
        return self.before.late and not self.after.late

    @property
    def relapsed(self) -> bool:
        """On time before, late after: an excuse taken back."""
        return self.after.late and not self.before.late

    @property
    def turned(self) -> bool:
        """Whether the judgement of it turns either way."""
        return self.rescued or self.relapsed

    @property
    def already_stopped(self) -> bool:
        """Touched, but standing still anyway: the union, not the sum."""
        stood = self.before.split_hk.kahar != self.after.split_hk.kahar and not self.removed_hk
        return not self.moved and (bool(self.before.paused_by) or stood)


def shift_of(one: Move) -> Shift:
    """The same as it is kept beside what is compared set by set."""
    return Shift(
        case_id=one.case_id,
        clock_id=one.clock.id,
        kind=one.clock.kind,
        name=one.clock.name,
        running=one.clock.running,
        ended=one.before.state == "STOPPED",
        started=one.before.started_at,
        stopped=one.before.stopped_at,
        before=one.before.promised_at,
        after=one.after.promised_at,
        late_before=one.before.late,
        late_after=one.after.late,
        standing=one.already_stopped,
        removed=one.removed_hk,
    )


def compare(
    store: Store,
    touched: Mapping[UUID, frozenset[UUID]],
    old: World,
    new: World,
    at: datetime,
    kinds: tuple[str, ...] = ("L",),
) -> Iterator[Move]:
    """Readings of these clocks (by case) under two worlds; only those that the change touches at all.

    Cases are read in batches, whatever their number.
    """
    for ids in _batches(touched):
        cases = store.readings.clocked(ids, store.deployments.get)
        for row in store.case_lists.case_rows(ids):
            case, seen = cases[row.id], present(cases[row.id], at)
            state = case.deployment.catalogue.states[row.state].label
            for one in case.clocks:
                if one.kind not in kinds or not one.events or one.id not in touched[case.id]:
                    continue
                before, after = read_clock(case, one, old, seen), read_clock(case, one, new, seen)
                if _touched(before, after):
                    task = case.task(one.task)
                    named = task.name if task else ""
                    yield Move(case.id, row.number, row.permit, state, row.applicant_name, one, before, after, named)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while batch := list(islice(waiting, READ_AT_ONCE)):
        yield batch


def _touched(before: Reading, after: Reading) -> bool:
    return (
        before.promised_at != after.promised_at
        or before.split != after.split
        or before.no_promise_because != after.no_promise_because
        or before.paused_by != after.paused_by
    )


MOST_WITHIN = 5_000  # clocks counted anew within the transaction that changes their world; more are left to the worker


def refresh(store: Store, hull: Hull) -> int:
    """Count the clocks that a change touches anew, within its own transaction; returns how many promises moved.

    Above MOST_WITHIN it is left to the worker, slice by slice (`recounting`): every reading is right from the commit
    on, for readings are computed; lists mark the rows whose order is still that of before.
    """
    if store.readings.more_than(hull, MOST_WITHIN):
        store.recounts.put(hull)
        return 0
    part = store.readings.recount(hull, None, MOST_WITHIN, store.calendars.world(), hull.at, store.deployments.get)
    return part.moved
