"""Lists follow a change of the calendar or a declaration: their cached readings are counted anew, slice by slice.

Each slice is a transaction of its own that ends with how far it came, so a worker that dies leaves a beginning for the
next one, and what is counted twice comes out the same.
"""

from __future__ import annotations

from datetime import datetime

from app.operations.retrying import retried
from app.store import transaction
from app.store.recounting import Hull

AT_ONCE = 5_000  # clocks: no step waits longer for the world than a slice takes


@retried
def recount_one(at: datetime) -> bool:
    """The next slice of the oldest recount; False when none waits (or another worker is at it).

    No case moves meanwhile: what is read is what is written.
    """
    with transaction() as store:
        if not store.recounts.waits():
            return False
        store.calendars.move()
        row = store.recounts.take()
        if row is None:
            return False
        hull = Hull(row.since, row.until, row.because, row.at, row.revision)
        world = store.calendars.world()
        part = store.readings.recount(hull, row.behind, AT_ONCE, world, at, store.deployments.get)
        store.recounts.advance(row.revision, part, at)
        return True
