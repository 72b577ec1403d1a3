"""A keadaan kahar without a known end: by when its lasting on must be decided, and who is reminded of it.

It never ends by itself and never lasts on unnoticed: the clocks it holds stand still until somebody decides
(domain 6.2; how many working days is the release's setting `kahar_perpanjangan_hk`, "contoh" until the office says).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations.force_majeure_register import covering, officials_only
from app.operations.notifying import long_day
from app.operations.retrying import retried
from app.store import Store, transaction
from engine.clocks import Budget, Clock, ClockEvent, World, read

DAYS = 3  # working days, where a release names none
DECIDES = ("DECLARE", "EXTEND")  # what says anew that it lasts


def deadline(rows: Iterable[Any], world: World, days: int) -> datetime | None:
    """The close of service by which the next extension must be decided.

    `rows`: versions of one declaration; `days`: working days.  None when nothing stands that has no end,
    and while no date can be given for want of an adopted calendar.
    """
    approved = sorted((one for one in rows if one.approved_at is not None), key=lambda one: one.version)
    if not approved or approved[-1].kind == "REVOKE" or approved[-1].until is not None:
        return None
    said = zip(approved, [None, *approved[:-1]], strict=True)
    since = max(one.approved_at for one, before in said if _decides(one, before))
    begun = ClockEvent(1, "START", since, since)
    # The event itself holds nothing here, or it would put its own end off for ever.
    return read(Clock("KAHAR", Budget.parse(f"{days} hk"), events=(begun,)), World(world.calendar), since).promised_at


def _decides(row: Any, before: Any) -> bool:
    """Whether an established version says anew that it lasts; so does one that takes away a premature end."""
    reopened = row.until is None and before is not None and before.until is not None
    return row.kind in DECIDES or reopened


def asked_of(store: Store, rows: Iterable[Any]) -> dict[UUID, datetime]:
    """Declarations whose extension is to be decided -> by when."""
    days = int(store.deployments.active().catalogue.settings.get("kahar_perpanjangan_hk", DAYS))
    versions: dict[UUID, list[Any]] = {}
    for row in rows:
        versions.setdefault(row.declaration_id, []).append(row)
    world = store.calendars.world()
    found = ((id, deadline(ones, world, days)) for id, ones in versions.items())
    return {id: until for id, until in found if until is not None}


@retried
def deadlines(by: UUID, at: datetime) -> Mapping[UUID, datetime]:
    """For the register and the pages of declarations; raises NotFound for who is no official."""
    with transaction() as store:
        officials_only(store, by, at)
        return asked_of(store, store.calendars.versions())


@retried
def remind(at: datetime) -> int:
    """Remind proposer and establisher of every open-ended declaration, once a day; how many declarations."""
    with transaction() as store:
        lasting = [one for one in covering(store, at) if one.until is None]
        if not lasting:
            return 0
        until = asked_of(store, store.calendars.versions())
        for row in lasting:
            _remind(store, row, until.get(row.declaration_id), at)
        return len(lasting)


def _remind(store: Store, row: Any, until: datetime | None, at: datetime) -> None:
    day = at.astimezone(WIB).date()
    subject = f"{row.code} belum pulih: {_asked(until, at)}"
    body = (
        f"Keadaan kahar {row.code} berlaku tanpa akhir yang diketahui; jam layanan yang tercakup tetap berhenti. "
        f"{_asked(until, at).capitalize()}. Bila kondisi sudah stabil, usulkan Berita Acara Pemulihan."
    )
    for person in {row.proposed_by, row.approved_by}:
        payload = {"to": str(person), "notice": "kahar", "subject": subject, "body": body}
        store.outbox.put(uuid5(row.declaration_id, f"ingat:{day}:{person}"), None, "message", payload, at)


def _asked(until: datetime | None, at: datetime) -> str:
    if until is None:
        return "perpanjangannya perlu diputuskan"
    if at > until:
        return f"perpanjangannya seharusnya diputuskan paling lambat {long_day(until)}"
    return f"perpanjangan perlu diputuskan paling lambat {long_day(until)}"
