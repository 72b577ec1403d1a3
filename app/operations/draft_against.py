"""What a draft does beside the release it began with and to the people of the office; no single file tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.clock import WIB
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access, drafting, printed, rewriting, staffing
from engine.errors import Problem
from engine.staffing import Staff


@retried
def staff(at: datetime) -> Staff:
    """The officials of today, as `engine.staffing` asks for them."""
    with transaction() as store:
        return staff_of(store, at)


def staff_of(store: Store, at: datetime) -> Staff:
    rows = store.people.working(at.astimezone(WIB).date())
    holders = {(one.id, one.role) for one in rows if one.role}
    held = {role: sum(1 for _, other in holders if other == role) for _, role in holders}
    editing = {one.nip for one in rows if one.role in access.ACTIONS["deploy"]}
    return Staff(held, frozenset(one.nip for one in rows if one.nip), frozenset(editing - {None}))


def unstaffed(store: Store, files: Mapping[str, bytes], at: datetime) -> tuple[Problem, ...]:
    """What keeps files from taking the place of the release in effect for the people of the office alone."""
    base = store.deployments.files(store.deployments.active().id) if store.deployments.has_active() else {}
    told = staffing.problems(base, files, staff_of(store, at))
    return tuple(one for one in told if one.severity == "error")


def problems(base: Mapping[str, bytes], files: Mapping[str, bytes], known: Staff, at: datetime) -> tuple[Problem, ...]:
    """Law that is gone, versions of a past day that changed, permits that nothing serves, roles and editors."""
    today = at.astimezone(WIB).date()
    lasting = (*rewriting.unserved(files, today), *drafting.lost(base, files), *staffing.problems(base, files, known))
    lasting = (*lasting, *drafting.undrawn(base, files), *printed.unprinted(base, files))
    return (*lasting, *rewriting.warnings(base, files, today))
