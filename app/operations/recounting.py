"""Lists follow a change of the calendar or a declaration: their cached readings are counted anew, slice by slice.

Each slice is a transaction of its own that ends with how far it came, so a worker that dies leaves a beginning for the
next one, and what is counted twice comes out the same.
"""

from __future__ import annotations

from datetime import UTC, datetime

from app.operations.retrying import retried
from app.store import transaction
from app.store.recounting import Hull

AT_ONCE = 5_000  # clocks: no step waits longer for the world than a slice takes
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # no clock has run before the calendar begins
BECAUSE = "hitung ulang"  # how the register of promises names a date that the lists had kept otherwise


@retried
def recount_all(at: datetime) -> int:
    """Have every clock counted anew, whatever the lists keep of it; returns the revision under which that is done.

    For what a new release reads otherwise: what the lists keep is written when a clock or its world changes, and
    neither did.  The slices are `recount_one`'s.
    """
    with transaction() as store:
        revision = store.calendars.new_revision(BECAUSE, at)
        store.recounts.put(Hull(BEGINNING, None, BECAUSE, at, revision))
        store.calendars.tell("recount_asked", {"revision": revision}, None, at)
        return revision


@retried
def counted(revision: int) -> tuple[int, int] | None:
    """How many clocks a recount went through and how many promises it moved; None while it is not done."""
    with transaction() as store:
        row = store.recounts.row(revision)
        return None if row is None or row.done_at is None else (row.counted, row.moved)


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
