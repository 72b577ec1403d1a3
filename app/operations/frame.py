"""What stands around every page: the office's name, its roles' names, what is in force, the person's open tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import force_majeure, force_majeure_scope, office_settings
from app.operations.awaiting import declarations
from app.operations.calendar_reminder import MissingYear, missing_year
from app.operations.disturbances_told import Told, lasting
from app.operations.retrying import retried
from app.store import transaction
from app.store.encoding import parse
from engine.access import Actor


@dataclass(frozen=True)
class Frame:
    """`office`: the settings in force (name, address …); `roles`: code -> name; `limits`: by declaration."""

    office: Mapping[str, Any] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    roles_en: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)  # code -> how it is called in short
    declarations: tuple[Any, ...] = ()
    limits: Mapping[UUID, tuple[force_majeure_scope.Limit, ...]] = field(default_factory=dict)
    own_tasks: int = 0
    proposals: int = 0  # declarations that wait for this person
    disturbances: tuple[Told, ...] = ()  # central systems that fail now
    missing_year: MissingYear | None = None  # for whoever proposes or adopts the calendar


NOTHING = Frame()  # before the first release, or with the database away


@retried
def frame(who: Actor | None, at: datetime) -> Frame:
    """Read once a page, in one transaction; `NOTHING` before the first release."""
    with transaction() as store:
        if not store.deployments.has_active():
            return NOTHING
        deployment = store.deployments.active()
        catalogue = deployment.catalogue
        official = who is not None and who.kind == "official"
        found = force_majeure.covering(store, at)
        return Frame(
            office_settings.effective(store, catalogue),
            {one.code: one.name for one in catalogue.roles.values()},
            {one.code: one.name_en for one in catalogue.roles.values()},
            {one.code: one.short for one in catalogue.agencies.values()},
            found,
            {one.declaration_id: force_majeure_scope.limits(deployment, parse(one.scope)) for one in found},
            len(store.task_lists.held_by(who.id)) if who is not None and official else 0,
            len(declarations(store, who)) if who is not None and official else 0,
            lasting(store, at),
            missing_year(store, who, at) if who is not None and official else None,
        )
