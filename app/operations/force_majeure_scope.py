"""What a declaration may be limited to: permits, areas, units, channels, steps, with their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from engine.access import APPLICANT
from engine.bpmn.elements import HUMAN
from engine.case.values import HOME_UNIT
from engine.deployment import Deployment
from engine.errors import NotFound, Sentence

Limit: TypeAlias = tuple[str, tuple[str, ...]]  # label of a dimension, names
Scope: TypeAlias = Mapping[str, Sequence[str]]  # dimension -> codes, an absent one means all

CHANNELS = (("daring", "Daring"), ("loket", "Loket"), ("bank", "Bank"))


@dataclass(frozen=True)
class Dimension:
    """`name` as in a scope (ruling 4); an absent dimension means all of `options`."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@retried
def dimensions(by: UUID, at: datetime, standing: Scope | None = None) -> tuple[Dimension, ...]:
    """The dimensions of a scope with the values of the release in force; officials only.

    `standing`: a scope to be corrected; what the release no longer knows of it stays a choice, by its code.
    """
    with transaction() as store:
        if acting.actor(store, by, at).kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        return tuple(_with(one, standing or {}) for one in dimensions_of(store.deployments.active()))


def _with(one: Dimension, standing: Scope) -> Dimension:
    known = dict(one.options)
    return replace(
        one, options=(*one.options, *((code, code) for code in standing.get(one.name, ()) if code not in known))
    )


def dimensions_of(deployment: Deployment) -> tuple[Dimension, ...]:
    catalogue = deployment.catalogue
    permits = tuple((one.code, one.name) for one in catalogue.permits.values() if one.active)
    agencies = tuple((one.code, one.name) for one in catalogue.agencies.values())
    return (
        Dimension("permit_types", "Jenis izin", permits),
        Dimension("units", "Unit", ((HOME_UNIT, "DPMPTSP"), *agencies)),
        Dimension("systems", "Saluran", CHANNELS),
        Dimension("areas", "Wilayah", tuple(_areas(deployment))),
        Dimension("steps", "Langkah dan peran", tuple(_steps(deployment))),
    )


def _areas(deployment: Deployment) -> Iterator[tuple[str, str]]:
    """A kecamatan covers every kelurahan below it, by the dotted parts of its code."""
    for one in sorted(deployment.catalogue.areas.values(), key=lambda area: area.code):
        yield one.code, Sentence("Kecamatan %(name)s", name=one.name) if one.level == "kecamatan" else one.name


def _steps(deployment: Deployment) -> Iterator[tuple[str, str]]:
    """Every piece of work of an official, with the role whose work it is."""
    roles = deployment.catalogue.roles
    for one in deployment.definition.elements.values():
        if one.kind in HUMAN and one.role != APPLICANT:
            role = roles[one.role].name if one.role in roles else one.role
            yield one.id, Sentence("%(step)s (%(role)s)", step=one.name, role=role)


def unknown(deployment: Deployment, scope: Scope, standing: Scope | None = None) -> dict[str, str]:
    """A sentence for each dimension that names what is unknown; what stands already may stay."""
    found: dict[str, str] = {}
    known = {one.name: {code for code, _name in one.options} for one in dimensions_of(deployment)}
    for name, codes in scope.items():
        wrong = [
            code for code in codes if code not in known.get(name, ()) and code not in (standing or {}).get(name, ())
        ]
        if wrong:
            found[name] = Sentence("Cakupan tidak dikenal: %(typed)s", typed=", ".join(one[:40] for one in wrong[:5]))
    return found


def named(deployment: Deployment, scope: Scope) -> dict[str, list[str]]:
    """A scope with names in the place of codes, as a letter prints it; a value without a name stays as it is."""
    names = {one.name: dict(one.options) for one in dimensions_of(deployment)}
    return {one: [str(names.get(one, {}).get(code, code)) for code in codes] for one, codes in scope.items()}


def limits(deployment: Deployment, scope: Scope) -> tuple[Limit, ...]:
    """What a scope is limited to, in names; empty when it covers the whole service."""
    found = []
    for one in dimensions_of(deployment):
        if one.name in scope:
            names = dict(one.options)
            found.append((one.label, tuple(names.get(code, code) for code in scope[one.name])))
    return tuple(found)
