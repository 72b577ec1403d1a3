"""What a declaration may be limited to: permits, areas, units, channels, with their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from engine.case.values import HOME_UNIT
from engine.catalogue import Catalogue
from engine.errors import NotFound

Limit: TypeAlias = tuple[str, tuple[str, ...]]  # label of a dimension, names

CHANNELS = (("daring", "Daring"), ("loket", "Loket"), ("bank", "Bank"))


@dataclass(frozen=True)
class Dimension:
    """`name` as in a scope (ruling 4); an absent dimension means all of `options`."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@retried
def dimensions(by: UUID, at: datetime) -> tuple[Dimension, ...]:
    """The dimensions of a scope with the values of the release in force; officials only."""
    with transaction() as store:
        if acting.actor(store, by, at).kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        return dimensions_of(store.deployments.active().catalogue)


def dimensions_of(catalogue: Catalogue) -> tuple[Dimension, ...]:
    permits = tuple((one.code, one.name) for one in catalogue.permits.values() if one.active)
    areas = tuple((one.code, one.name) for one in catalogue.areas.values() if one.level == "kelurahan")
    agencies = tuple((one.code, one.name) for one in catalogue.agencies.values())
    return (
        Dimension("permit_types", "Jenis izin", permits),
        Dimension("units", "Unit", ((HOME_UNIT, "DPMPTSP"), *agencies)),
        Dimension("systems", "Saluran", CHANNELS),
        Dimension("areas", "Wilayah", areas),
    )


def named(catalogue: Catalogue, scope: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A scope with names in the place of codes, as a letter prints it; a value without a name stays as it is."""
    names = {one.name: dict(one.options) for one in dimensions_of(catalogue)}
    return {one: [names.get(one, {}).get(code, code) for code in codes] for one, codes in scope.items()}


def limits(catalogue: Catalogue, scope: Mapping[str, Sequence[str]]) -> tuple[Limit, ...]:
    """What a scope is limited to, in names; empty when it covers the whole service."""
    found = []
    for one in dimensions_of(catalogue):
        if one.name in scope:
            names = dict(one.options)
            found.append((one.label, tuple(names.get(code, code) for code in scope[one.name])))
    return tuple(found)
