"""A case in short, for whoever intervenes from the command line: what its commands name, without personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.clock_views import ClockView, view
from app.operations.retrying import retried
from app.store import transaction
from app.store.cases import Held
from app.store.task_lists import TaskRow
from engine import access
from engine.errors import NotFound


@dataclass(frozen=True)
class CaseCard:
    """Where a case stands: its permit and state in words, its open tasks, its clocks as read at one instant."""

    held: Held
    permit: str
    state: str
    tasks: tuple[TaskRow, ...]
    clocks: tuple[ClockView, ...]


@retried
def card(case_id: UUID, by: UUID, at: datetime) -> CaseCard:
    """For whoever may see the case, and for who may intervene in any: raises NotFound to others."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.held(store.cases.see(case_id))
        case, catalogue = held.case, held.case.deployment.catalogue
        if not access.may_see(who, case) and not access.may(who, "move_token"):
            raise NotFound("Berkas tidak ditemukan.")
        world = store.calendars.world()
        return CaseCard(
            held,
            catalogue.permits[case.facts.permit].name,
            catalogue.states[case.state].label,
            tuple(one for one in store.task_lists.tasks_of(held.id) if one.status == "open"),
            tuple(view(case, one, world, at) for one in case.clocks if one.standing),
        )
