"""Records of central systems that failed: only ever added to, a correction is one more version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.store.encoding import dump
from app.store.tables.disturbances import disturbance_versions, disturbances

CODES = 76_2028  # advisory lock of whoever takes the next code
_VERSIONS = (
    select(disturbance_versions, disturbances.c.code)
    .join(disturbances, disturbances.c.id == disturbance_versions.c.disturbance_id)
    .order_by(disturbances.c.created_at.desc(), disturbances.c.id.desc(), disturbance_versions.c.version.desc())
)


class DisturbanceStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, at: datetime, year: int) -> str:
        """A record without versions yet; returns its code, GANGGUAN-2026-001."""
        self.session.execute(select(func.pg_advisory_xact_lock(CODES)))
        prefix = f"GANGGUAN-{year}-"
        count = self.session.scalar(select(func.count()).where(disturbances.c.code.like(prefix + "%"))) or 0
        code = f"{prefix}{count + 1:03}"
        self.session.execute(insert(disturbances).values(id=id, code=code, created_at=at))
        return code

    def lock(self, id: UUID) -> bool:
        """Whether the record is there; nobody else adds a version to any record meanwhile.

        The table takes no updates, so its rows cannot be locked one by one.
        """
        self.session.execute(select(func.pg_advisory_xact_lock(CODES)))
        return self.session.scalar(select(disturbances.c.id).where(disturbances.c.id == id)) is not None

    def add_version(
        self, id: UUID, version: int, at: datetime, evidence: Sequence[Mapping[str, Any]], **values: Any
    ) -> None:
        """`values`: kind, system, since, until, cause, note, recorded_by."""
        row = {"disturbance_id": id, "version": version, "recorded_at": at, **values}
        row["evidence"] = dump([dict(one) for one in evidence])
        self.session.execute(insert(disturbance_versions).values(row))

    def versions(self, id: UUID | None = None) -> tuple[Any, ...]:
        """Versions with their record's code, newest record and newest version first."""
        found = _VERSIONS.where(disturbances.c.id == id) if id else _VERSIONS
        return tuple(self.session.execute(found))

    def standing(self, known_at: datetime | None = None) -> tuple[Any, ...]:
        """The last version of every record that was not withdrawn, newest record first; of those recorded by then."""
        latest: dict[UUID, Any] = {}
        for row in self.versions():
            if known_at is None or row.recorded_at <= known_at:
                latest.setdefault(row.disturbance_id, row)
        return tuple(one for one in latest.values() if one.kind != "WITHDRAW")
