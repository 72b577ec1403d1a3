"""Files that are closed, newest first, and whose agency each of their tasks was."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.store.tables.cases import cases, tasks


class PastCaseStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def closed_lately(self, after: UUID | None, most: int) -> tuple[UUID, ...]:
        """Ids of the files that were closed last; `after`: the last one of the page before."""
        found = select(cases.c.id).where(cases.c.closed_at.is_not(None))
        if after is not None:
            last = self.session.scalar(select(cases.c.closed_at).where(cases.c.id == after))
            found = found.where(tuple_(cases.c.closed_at, cases.c.id) < (last, after))
        order = (cases.c.closed_at.desc(), cases.c.id.desc())
        return tuple(self.session.scalars(found.order_by(*order).limit(most)))

    def task_units(self, case_id: UUID) -> dict[str, str]:
        """Agency by task; "" for the office's own."""
        rows = self.session.execute(select(tasks.c.id, tasks.c.unit).where(tasks.c.case_id == case_id))
        return {str(row.id): row.unit for row in rows}
