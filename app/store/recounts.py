"""Recounts under way: what they follow, how far they are, and whose readings still wait for one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.store.recounting import Hull, Slice
from app.store.tables.cases import clock_readings
from app.store.tables.recounts import recounts

_WAITING = recounts.c.done_at.is_(None)


class RecountStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def put(self, hull: Hull) -> None:
        """To be done after this transaction."""
        values = {"revision": hull.revision, "since": hull.since, "until": hull.until}
        self.session.execute(insert(recounts).values(**values, because=hull.because, at=hull.at))

    def take(self) -> Any:
        """The oldest that waits, for this transaction alone; None when there is none or another works at it."""
        statement = select(recounts).where(_WAITING).order_by(recounts.c.revision).limit(1)
        return self.session.execute(statement.with_for_update(skip_locked=True)).one_or_none()

    def row(self, revision: int) -> Any:
        return self.session.execute(select(recounts).where(recounts.c.revision == revision)).one_or_none()

    def oldest(self) -> datetime | None:
        """When the oldest change that is not yet counted was decided."""
        found: datetime | None = self.session.scalar(select(func.min(recounts.c.at)).where(_WAITING))
        return found

    def waits(self) -> bool:
        return self.session.execute(select(recounts.c.revision).where(_WAITING).limit(1)).first() is not None

    def advance(self, revision: int, part: Slice, at: datetime) -> None:
        """A slice is done; the last one, which found nothing more, ends it."""
        counted = {"counted": recounts.c.counted + part.number, "moved": recounts.c.moved + part.moved}
        where = {"done_at": at} if part.last is None else {"behind": part.last}
        self.session.execute(update(recounts).where(recounts.c.revision == revision).values(**counted, **where))

    def uncounted(self, cases: Iterable[UUID]) -> frozenset[UUID]:
        """Those of the cases with a clock whose reading in the lists is older than a change it may have met."""
        waits = and_(
            _WAITING,
            clock_readings.c.revision < recounts.c.revision,
            or_(recounts.c.behind.is_(None), clock_readings.c.case_id > recounts.c.behind),
            or_(clock_readings.c.promised_at.is_(None), clock_readings.c.promised_at >= recounts.c.since),
        )
        wanted = list(cases)
        if not wanted or not self.waits():
            return frozenset()
        statement = select(clock_readings.c.case_id).join(recounts, waits).where(clock_readings.c.case_id.in_(wanted))
        return frozenset(self.session.scalars(statement))
