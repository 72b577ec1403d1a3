"""What an official finds by a few letters from any page: his own tasks, and the files he may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations import acting, personal
from app.operations.retrying import retried
from app.store import transaction
from app.store.case_lists import CaseRow as CaseRow
from app.store.case_texts import SHORTEST
from app.store.task_lists import InboxFilter
from app.store.task_lists import TaskRow as TaskRow
from engine import access
from engine.access import Actor
from engine.errors import NotFound

MOST = 8
LONGEST = 100


@dataclass(frozen=True)
class Hits:
    """At most MOST of each; `permits`: code and name of every permit that is offered, for the page to sift."""

    tasks: tuple[TaskRow, ...]
    files: tuple[CaseRow, ...]
    permits: tuple[tuple[str, str], ...]


@retried
def search(text: str, by: UUID, at: datetime) -> Hits:
    """By number, name, tracking code, NIK or its end; without a text his most urgent tasks.

    Files are looked for from three letters on: fewer fit too many to help.  Raises NotFound for applicants.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        if who.kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        word = text.strip()[:LONGEST]
        keys = personal.nik_keys(word)
        own = store.task_lists.inbox(who, InboxFilter(text=word, keys=keys, limit=MOST))[:MOST]
        files = store.case_lists.find_cases(word, keys, units=_units(who), limit=MOST) if len(word) >= SHORTEST else ()
        catalogue = store.deployments.active().catalogue
        permits = tuple((one.code, one.name) for one in catalogue.permits.values() if one.active)
        return Hits(own, files[:MOST], permits)


def _units(who: Actor) -> tuple[str, ...] | None:
    """None: every file; else the agencies whose assignments may be seen."""
    if access.may(who, "see_any_case"):
        return None
    return tuple({one.unit for one in who.grants if one.role in ("TT", "KT")})
