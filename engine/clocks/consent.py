"""A promise extended with the applicant's recorded consent: the later date that both agreed on.

The agreed date is one more quota of waiting, not a new law: it is compared
with the date that is worked out, and the later holds.  What stops the clock
after the agreement stops the agreed time too.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.clocks.instants import midnight
from engine.clocks.ledger import Fact
from engine.clocks.spans import meet
from engine.clocks.walk import Begun, Reason


class Consented(NamedTuple):
    """The newest agreement with the latest date: `at` is the end of service of the date it comes to, None unknown."""

    fact: Fact
    at: int | None
    reason: Reason | None


def consented(begun: Begun) -> Consented | None:
    """Where the agreed date lies as known; None when nothing was agreed, or the clock cannot be extended (H)."""
    if not begun.clock.pausable or not begun.life.consents:
        return None
    agreed = [one for one in begun.life.consents if one.at >= begun.start.at]
    last = max(agreed, key=lambda one: (one.event.until, one.at), default=None)
    return None if last is None else _placed(begun, last)


def _placed(begun: Begun, fact: Fact) -> Consented:
    """The first service day at or after the agreed date, moved by what stopped the clock since."""
    assert fact.event.until is not None
    found = begun.table.next_open(midnight(fact.event.until))
    if found is None or found[0] >= begun.barrier:
        return Consented(fact, None, "YEAR_NOT_OFFICIAL")
    return _pushed(begun, fact, found[1])


def _pushed(begun: Begun, fact: Fact, end: int) -> Consented:
    """Each stop since the agreement, in order, pushes the date by its own width."""
    due = begun.table.reading(end).hk
    for begin, until in meet(begun.united, (fact.at, None)):
        before = begun.table.reading(begin).hk
        if before >= due:
            break
        if until is None or begin >= begun.barrier:
            return Consented(fact, None, begun.blocked_by)
        due += begun.table.reading(min(until, begun.barrier)).hk - before
    found = begun.table.first(due, True) if due <= begun.table.reading(begun.barrier).hk else None
    return Consented(fact, None, begun.blocked_by) if found is None else Consented(fact, found[1], None)


def accrued(begun: Begun, until: int) -> int:
    """Ticks of working days counted from the start to an instant, outside every stop."""
    reading = begun.table.reading
    stopped = meet(begun.united, (begun.start.at, until))
    kept_out = sum(reading(end or until).hk - reading(begin).hk for begin, end in stopped)
    return reading(until).hk - reading(begun.start.at).hk - kept_out
