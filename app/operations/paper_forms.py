"""Blank forms of every step, to print beforehand: what the office works with while it cannot work with this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.afterwards import NEVER
from app.operations.retrying import retried
from app.store import transaction
from engine.access import APPLICANT
from engine.bpmn import Definition, Element
from engine.catalogue import Catalogue
from engine.deployment import Deployment
from engine.errors import NotFound
from engine.forms import Form

WORK = frozenset({"userTask", "manualTask"})
CATEGORY = "perorangan"  # whose form of application is printed


@dataclass(frozen=True)
class Sheet:
    """One step's blank form.

    `afterwards`: whether its paper may be entered when the office works again.  `requirements`: the names of the
    permit's papers, for forms with a row for each.
    """

    element: str
    name: str
    role: str
    form: Form
    afterwards: bool
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheets:
    permits: tuple[tuple[str, str], ...]
    permit: str
    release: int
    sheets: tuple[Sheet, ...]


@retried
def sheets(permit: str, by: UUID, at: datetime) -> Sheets:
    """The steps of a permit's process in the order of its diagrams, by the release in force; "" the first permit.

    Raises NotFound for applicants and unknown permits.
    """
    with transaction() as store:
        if acting.actor(store, by, at).kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        release = store.deployments.active()
        known = tuple((one.code, one.name) for one in release.catalogue.permits.values() if one.active)
        chosen = permit or known[0][0]
        if chosen not in dict(known):
            raise NotFound("Izin tidak ditemukan.")
        return Sheets(known, chosen, release.number, _sheets(release, chosen))


def _sheets(release: Deployment, permit: str) -> tuple[Sheet, ...]:
    process = release.catalogue.permits[permit].process
    names = _requirements(release.catalogue, permit)
    found = {}
    for one in in_order(release.definition, process):
        if one.kind in WORK and one.form_key in release.forms:
            form = release.form(one.form_key, permit, CATEGORY)
            later = one.role != APPLICANT and one.id not in NEVER
            found[one.id] = Sheet(one.id, one.name, one.role, form, later, names)
    return tuple(found.values())


def in_order(definition: Definition, process: str) -> list[Element]:
    """The elements of a process and of what it calls, each once, in the order in which they are first met."""
    scope, found = definition.scope(process), dict[str, Element]()
    following: dict[str, list[str]] = {}
    for flow in definition.flows:
        following.setdefault(flow.source, []).append(flow.target)
    led_to = {one for targets in following.values() for one in targets}
    waiting = _beginnings(scope, led_to, process, "")
    while waiting:
        one = scope[waiting.pop(0)]
        if one.id in found:
            continue
        found[one.id] = one
        inside = _beginnings(scope, led_to, one.calls or one.process, "" if one.calls else one.id)
        waiting = [*(inside if one.calls or _holds(scope, one) else ()), *following.get(one.id, ()), *waiting]
        waiting = [id for id in waiting if id in scope]
    return [*found.values(), *(one for one in scope.values() if one.id not in found)]


def _holds(scope: Mapping[str, Element], one: Element) -> bool:
    return any(other.parent == one.id for other in scope.values())


def _beginnings(scope: Mapping[str, Element], led_to: set[str], process: str, parent: str) -> list[str]:
    """Where a process or a sub-process begins: nothing leads there, start events first."""
    first = [one for one in scope.values() if (one.process, one.parent) == (process, parent) and one.id not in led_to]
    return [one.id for one in sorted(first, key=lambda one: one.kind != "startEvent")]


def _requirements(catalogue: Catalogue, permit: str) -> tuple[str, ...]:
    return tuple(catalogue.requirements[one].name for one in catalogue.permits[permit].requirements)
