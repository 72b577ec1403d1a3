"""What one transaction gathers before its save: the step, its events, columns and derived names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations import office_settings
from app.store import Store
from app.store.cases import Held
from engine.case import Case, Step
from engine.events import Event
from engine.numbering import number, scope


@dataclass
class Work:
    """What one transaction gathers before its save."""

    store: Store
    held: Held
    step: Step
    at: datetime
    columns: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    told: int = 0
    happened_at: datetime | None = None  # of a step entered afterwards; None: `at`

    @property
    def case(self) -> Case:
        return self.step.case

    def tell(self, kind: str, by: UUID | None = None, **body: Any) -> None:
        recorded = self.step.case.last_at or self.at
        self.events.append(Event(kind, self.at, max(recorded, self.at), by, "", "", body))

    def name(self) -> UUID:
        """A derived name for the next effect: the same when the operation is repeated after a fault."""
        self.told += 1
        return uuid5(self.held.id, f"{self.held.seq}:{self.told}")


def day_of(at: datetime) -> str:
    return at.astimezone(WIB).date().isoformat()


def reserve(work: Work, register: str) -> str:
    """The next number of a book; a case keeps the one it has."""
    kept = work.store.numbers.of_case(work.held.id, register) if register == "IZIN" else None
    if kept:
        return kept
    catalogue = work.case.deployment.catalogue
    book, permit = catalogue.registers[register], work.case.facts.permit
    day = work.at.astimezone(WIB).date()
    span = scope(book, permit, day)
    unit = str(office_settings.effective(work.store, catalogue).get("unit_code", "DPMPTSP"))
    seq = work.store.numbers.take(register, span)
    given = number(book, seq, permit, day, unit)
    work.store.numbers.record(register, span, seq, given, work.held.id, work.at)
    work.tell("number_reserved", register=register, number=given)
    if register == "PENDAFTARAN":
        work.columns["number"] = given
    return given
