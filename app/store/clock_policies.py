"""How open points of the law are read: proposed, decided, and as the clocks take them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.store.encoding import dump, parse
from app.store.tables.clock_law import clock_policies
from engine.clocks import Policy


def chosen(row: Any) -> dict[str, Any]:
    """What a row chose, by the names of `Policy`."""
    kept = parse(row._mapping["values"])
    return {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()}


def policy_of(row: Any) -> Policy:
    """An adopted row as a clock's policy; it counts from its adoption on."""
    return Policy(valid_from=row.valid_from, recorded_at=row.approved_at, source=row.decree, **chosen(row))


class ClockPolicyStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def adopted(self) -> tuple[Policy, ...]:
        """In the order of their adoption."""
        columns = (clock_policies.c.id, clock_policies.c["values"], clock_policies.c.valid_from)
        statement = select(*columns, clock_policies.c.decree, clock_policies.c.approved_at)
        rows = self.session.execute(statement.where(clock_policies.c.approved_at.is_not(None)))
        return tuple(sorted((policy_of(row) for row in rows), key=lambda one: one.recorded_at))

    def add(self, id: UUID, at: datetime, values: Mapping[str, Any], **more: Any) -> None:
        """`more`: valid_from, decree, reason, proposed_by."""
        row = {"id": id, "recorded_at": at, "values": dump(dict(values)), **more}
        self.session.execute(insert(clock_policies).values(row))

    def row(self, id: UUID) -> Any:
        return self.session.execute(select(clock_policies).where(clock_policies.c.id == id)).one_or_none()

    def resting_on(self, decree: str) -> Any:
        """The first proposal, waiting or adopted, that names this decree, however spaced or capitalised; else None."""
        wanted = " ".join(decree.split()).casefold()
        standing = (one for one in reversed(self.all()) if one.rejected_at is None)
        return next((one for one in standing if " ".join(one.decree.split()).casefold() == wanted), None)

    def lock(self, id: UUID) -> Any:
        chosen = select(clock_policies).where(clock_policies.c.id == id)
        return self.session.execute(chosen.with_for_update()).one_or_none()

    def decide(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(clock_policies).where(clock_policies.c.id == id).values(**values))

    def all(self) -> tuple[Any, ...]:
        """Newest first."""
        order = (clock_policies.c.recorded_at.desc(), clock_policies.c.id.desc())
        return tuple(self.session.execute(select(clock_policies).order_by(*order)))

    def waiting(self) -> tuple[Any, ...]:
        """Proposed and not decided, oldest first."""
        undecided = clock_policies.c.approved_at.is_(None) & clock_policies.c.rejected_at.is_(None)
        statement = select(clock_policies).where(undecided)
        return tuple(self.session.execute(statement.order_by(clock_policies.c.recorded_at)))
