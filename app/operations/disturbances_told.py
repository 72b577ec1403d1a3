"""Failures of central systems as everybody may know them: beside files, on every page, and on the public one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.operations.disturbances import System, settings_of, systems
from app.operations.retrying import retried
from app.store import Store, transaction


@dataclass(frozen=True)
class Told:
    """A failure as everybody may know it: no evidence, no names.

    `interim`: of something that may yet be declared, so the record is the statement before the decree (domain 6.2).
    """

    code: str
    system: str
    since: datetime
    until: datetime | None
    cause: str
    interim: bool = False


def standing(store: Store, known_at: datetime | None = None) -> tuple[Told, ...]:
    """Records that were not withdrawn, newest first; `known_at`: as they were recorded by then."""
    rows = store.disturbances.standing(known_at)
    known = systems(settings_of(store)) if rows else {}  # every page asks, and there is seldom one
    found = ((one, known.get(one.system) or System(one.system, one.system, False)) for one in rows)
    return tuple(
        Told(one.code, system.name, one.since, one.until, one.cause, system.may_declare) for one, system in found
    )


def lasting(store: Store, at: datetime) -> tuple[Told, ...]:
    """Those that last at an instant, for the banner."""
    return tuple(one for one in standing(store) if one.since <= at and (one.until is None or at < one.until))


def overlapping(store: Store, begin: datetime, end: datetime, known_at: datetime | None = None) -> tuple[Told, ...]:
    """Those that a file's life [begin, end] met, as recorded by `known_at`."""
    return tuple(
        one for one in standing(store, known_at) if one.since < end and (one.until is None or one.until > begin)
    )


@retried
def published(at: datetime) -> tuple[Told, ...]:
    """For everybody: what was recorded and stands, newest first."""
    with transaction() as store:
        return tuple(one for one in standing(store) if one.since <= at)
