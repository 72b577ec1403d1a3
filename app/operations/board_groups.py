"""Running service clocks counted by state, permit, step, role, agency and person, each by how near its promise is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.store import Store
from app.store.boards import NOBODY, OF_FILE, STANDING, UNKNOWN, Cuts
from engine.catalogue import Catalogue
from engine.clocks.ageing import OVER, SPANS, cuts

COLUMNS = (*SPANS, STANDING, UNKNOWN)  # of the table, from the latest to those without a promise
NOBODY_CALLED = {
    "langkah": "tanpa langkah yang terbuka",
    "peran": "tanpa langkah yang terbuka",
    "instansi": "kantor sendiri, atau tanpa langkah yang terbuka",
    "orang": "belum diambil, atau tanpa langkah yang terbuka",
}


@dataclass(frozen=True)
class Group:
    """Running files that share something; `spans`: how many lie in each of COLUMNS, zeros left out."""

    key: str
    name: str
    spans: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.spans.values())

    @property
    def over(self) -> int:
        return sum(self.spans.get(one, 0) for one in OVER)


def cuts_now(store: Store, at: datetime) -> Cuts:
    """The instants that part the spans, by the office's calendar as it is known now."""
    return cuts(store.calendars.world().calendar.as_known(at), at)


def groups(store: Store, group: str, cut: Cuts) -> tuple[Group, ...]:
    """Most late ones first, then most files; `group`: one of app.store.boards.GROUPS."""
    counted = store.boards.grouped(group, cut)
    names = _names(store, group, tuple(counted))
    found = [Group(key, names.get(key, key), spans) for key, spans in counted.items()]
    return tuple(sorted(found, key=lambda one: (-one.over, -one.total, one.name)))


def spans(store: Store, group: str, found: Sequence[Group], cut: Cuts) -> dict[str, int]:
    """How many running files lie in each span: what the groups add up to, where each file stands in one of them."""
    if group not in OF_FILE:
        return store.boards.by_span(cut)
    return {name: sum(one.spans.get(name, 0) for one in found) for name in COLUMNS}


def _names(store: Store, group: str, keys: tuple[str, ...]) -> dict[str, str]:
    catalogue = store.deployments.active().catalogue
    nobody = {NOBODY: NOBODY_CALLED.get(group, "")}
    if group == "langkah":
        return store.boards.step_names(keys) | nobody
    if group == "orang":
        return store.boards.holders(keys) | nobody
    return _catalogued(catalogue, group) | nobody


def _catalogued(catalogue: Catalogue, group: str) -> dict[str, str]:
    if group == "keadaan":
        return {one.code: one.label for one in catalogue.states.values()}
    if group == "izin":
        return {one.code: one.name for one in catalogue.permits.values()}
    return {one.code: one.name for one in (catalogue.roles if group == "peran" else catalogue.agencies).values()}
