"""How open points of the law are read: proposed, decided, and as the clocks take them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.store.encoding import dump, parse
from app.store.proposals import ProposalStore
from app.store.tables.clock_law import clock_policies
from engine.clocks import Policy


def chosen(row: Any) -> dict[str, Any]:
    """What a row chose, by the names of `Policy`."""
    kept = parse(row._mapping["values"])
    return {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()}


def policy_of(row: Any) -> Policy:
    """An adopted row as a clock's policy; it counts from its adoption on."""
    return Policy(valid_from=row.valid_from, recorded_at=row.approved_at, source=row.decree, **chosen(row))


class ClockPolicyStore(ProposalStore):
    table = clock_policies

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
