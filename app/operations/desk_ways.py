"""How an official wants his inbox drawn: optional columns and density, kept on the server as his saved views are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from engine.errors import NotFound

COLUMNS = ("diterima", "status", "wilayah")  # in the order of the list; the others always stand
DENSITIES = ("lega", "rapat")


@dataclass(frozen=True)
class Way:
    columns: tuple[str, ...] = ("diterima",)
    density: str = "lega"


def of(store: Store, person: UUID) -> Way:
    """What the person chose; the office's own way while he has chosen nothing."""
    row = store.desks.way(person)
    return _sound(json.loads(row.columns), row.density) if row else Way()


@retried
def keep(columns: Iterable[str], density: str, by: UUID, at: datetime) -> None:
    """Keep the columns and the density; what is not known is left out.  Raises NotFound for applicants."""
    with transaction() as store:
        if acting.actor(store, by, at).kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        way = _sound(columns, density)
        store.desks.keep_way(by, json.dumps(way.columns), way.density, at)


def _sound(columns: Iterable[str], density: str) -> Way:
    wanted = set(columns)
    return Way(tuple(one for one in COLUMNS if one in wanted), density if density in DENSITIES else DENSITIES[0])
