"""Who was overtaken in the queue of a step, and why: the order of completeness against the order of service.

Pure: computed from instants.  A file is overtaken when another one, found complete later, was served at a step at
which the first was waiting already.  What lay between the two is the reason; where nothing does, none is on record.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

UNRECORDED = "tanpa_sebab"
REFUSED = "tidak_diambil"
STANDARD = "standar_lain"
KAHAR = "FORCE_MAJEURE"
# Causes of a stoppage, as the service clock's ledger names them -> the reason they are for being overtaken.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "MENUNGGU_PERBAIKAN": "perbaikan",
        "MENUNGGU_PEMBAYARAN": "pembayaran",
        KAHAR: "kahar",
        "PENUNDAAN_PERMINTAAN_PEMOHON": "penundaan",
        "KETIDAKHADIRAN_PEMOHON": "pemohon_tidak_hadir",
        "PENANGGUHAN_BERKAS": "penangguhan",
    }
)


@dataclass(frozen=True)
class Stop:
    """A span in which a file's service clock stood still; `until` None: it still does."""

    cause: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Visit:
    """A file at a step: when it was found complete, came to the step, and was served there (None: it waits).

    `standard`: the budget of its service clock; `refused`: when somebody would not take its task.
    """

    case: UUID
    complete_at: datetime
    opened_at: datetime
    served_at: datetime | None
    standard: str = ""
    stops: tuple[Stop, ...] = ()
    refused: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Overtaking:
    """`by` was found complete after `case` and served before it; `reasons`: never empty, UNRECORDED where none is."""

    case: UUID
    by: UUID
    by_served_at: datetime
    reasons: tuple[str, ...]


def overtakings(visits: Iterable[Visit]) -> tuple[Overtaking, ...]:
    """All of one step, in the order of completeness of who was overtaken, then of the service of who overtook."""
    queue = sorted(visits, key=lambda one: (one.complete_at, one.case))
    served = sorted((one.served_at, one.case, one) for one in queue if one.served_at is not None)
    instants = [at for at, _case, _one in served]
    found = []
    for waiting in queue:
        first = bisect_left(instants, waiting.opened_at)
        last = len(served) if waiting.served_at is None else bisect_left(instants, waiting.served_at)
        for at, _case, other in served[first:last]:
            if other.complete_at > waiting.complete_at:
                found.append(Overtaking(waiting.case, other.case, at, reasons(waiting, other, at)))
    return tuple(found)


def reasons(waiting: Visit, other: Visit, at: datetime) -> tuple[str, ...]:
    """What is on record for the time in which it waited, until the other was served at `at`.

    What stopped both alike, as a declaration for the whole office, lets nobody pass.
    """
    own = (one for one in waiting.stops if one not in other.stops)
    stopped = {one.cause for one in own if _met(one, waiting.opened_at, at)}
    found = [REASONS[cause] for cause in REASONS if cause in stopped]
    if any(waiting.opened_at <= one <= at for one in waiting.refused):
        found.append(REFUSED)
    if waiting.standard != other.standard:
        found.append(STANDARD)
    return tuple(found) or (UNRECORDED,)


def _met(stop: Stop, since: datetime, until: datetime) -> bool:
    """A stoppage that ended before the file came to the step has delayed nothing there."""
    return stop.since < until and (stop.until is None or stop.until > since)


def in_order(visits: Iterable[Visit]) -> int:
    """How many of those served were served with nobody passed over who had been complete before and was there."""
    queue = tuple(visits)
    passing = {one.by for one in overtakings(queue)}
    return sum(1 for one in queue if one.served_at is not None and one.case not in passing)
