"""When the office itself did not beat: the last beat of each part, and the gaps that became facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.tables.disturbances import heartbeats, outages


class OutageStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def last_beats(self) -> dict[str, datetime]:
        """The last beat of each part; whoever asks holds these rows until the transaction ends."""
        rows = self.session.execute(select(heartbeats).order_by(heartbeats.c.source).with_for_update())
        return {row.source: row.at for row in rows}

    def last_beat(self, source: str) -> datetime | None:
        """The last beat of a part, None before its first."""
        found: datetime | None = self.session.scalar(select(heartbeats.c.at).where(heartbeats.c.source == source))
        return found

    def beat(self, source: str, at: datetime) -> None:
        """A part beats; a clock that went back never takes a later beat away."""
        made = upsert(heartbeats).values(source=source, at=at)
        later = {"at": func.greatest(heartbeats.c.at, made.excluded.at)}
        self.session.execute(made.on_conflict_do_update(index_elements=[heartbeats.c.source], set_=later))

    def add(self, id: UUID, source: str, since: datetime, until: datetime, at: datetime) -> None:
        row = {"id": id, "source": source, "since": since, "until": until, "noticed_at": at}
        self.session.execute(insert(outages).values(row))

    def newest(self, limit: int = 200) -> tuple[Any, ...]:
        order = (outages.c.since.desc(), outages.c.id.desc())
        return tuple(self.session.execute(select(outages).order_by(*order).limit(limit)))

    def some(self, ids: Iterable[UUID]) -> tuple[Any, ...]:
        """Those of these ids that are there, oldest first."""
        found = select(outages).where(outages.c.id.in_(list(ids))).order_by(outages.c.since)
        return tuple(self.session.execute(found))
