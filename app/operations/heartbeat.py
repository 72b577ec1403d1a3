"""The office's own pulse: a gap between two beats is written down as an outage.  It tells, and never decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access

WORKER, WEB = "worker", "web"
SILENCE = timedelta(minutes=3)  # between two beats, before it counts as an outage
LONGEST_LIST = 200
NAMES = {WORKER: "Pekerja latar atau basis data", WEB: "Layanan web"}


@dataclass(frozen=True)
class Outage:
    """A part of the office did not beat in [since, until); `name` in words; `minutes` whole, rounded down."""

    id: UUID
    source: str
    name: str
    since: datetime
    until: datetime
    noticed_at: datetime

    @property
    def minutes(self) -> int:
        return int((self.until - self.since) / timedelta(minutes=1))

    @property
    def cited(self) -> str:
        """As it is named among evidence."""
        begin, end = (one.astimezone(WIB) for one in (self.since, self.until))
        return f"Catatan padam kantor: {self.name}, {begin:%d/%m/%Y %H.%M} sampai {end:%d/%m/%Y %H.%M} WIB"


@retried
def beat(web: bool | None, at: datetime) -> int:
    """The worker beats; `web`: whether the web answered just now, None where nobody can say.  Returns new outages.

    Nobody looked at the web while the worker stood still, so its outage ends with what was last seen.
    """
    with transaction() as store:
        last = store.outages.last_beats()
        worker, seen = last.get(WORKER), last.get(WEB)
        silent = worker is not None and at - worker > SILENCE
        found = _outage(store, WORKER, worker, at, at) if silent else 0
        if web or (silent and seen is not None):
            found += _outage(store, WEB, seen, worker if silent and worker else at, at)
            store.outages.beat(WEB, at)
        store.outages.beat(WORKER, at)
        return found


def silent_since(store: Store, at: datetime) -> datetime | None:
    """The worker's last beat where it stands still, so that nobody waits for it in vain; None while it beats."""
    last = store.outages.last_beat(WORKER)
    return last if last is not None and at - last > SILENCE else None


def _outage(store: Store, source: str, since: datetime | None, until: datetime, at: datetime) -> int:
    if since is None or until - since <= SILENCE:
        return 0
    store.outages.add(uuid7(), source, since, until, at)
    return 1


@retried
def outages(by: UUID, at: datetime) -> tuple[Outage, ...]:
    """What was written down, newest first.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_outages")
        return tuple(told(one) for one in store.outages.newest(LONGEST_LIST))


@retried
def evidence(ids: Sequence[UUID], by: UUID, at: datetime) -> tuple[dict[str, str], ...]:
    """Chosen outages as evidence of a proposal; none without a choice.  Raises NotAllowed."""
    if not ids:
        return ()
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_outages")
        return cited(store, ids)


def cited(store: Store, ids: Sequence[UUID]) -> tuple[dict[str, str], ...]:
    """Outages as evidence: their name in words and which they are."""
    return tuple({"nama": told(one).cited, "padam": str(one.id)} for one in store.outages.some(ids))


def told(row: object) -> Outage:
    """A row of the log in words."""
    id, source, since, until, noticed_at = (
        getattr(row, name) for name in ("id", "source", "since", "until", "noticed_at")
    )
    return Outage(id, source, NAMES.get(source, source), since, until, noticed_at)
