"""The effect of a declaration, counted set by set over all clocks and shown page by page: nothing is kept.

Its counts, the lists and what an approval does come of the one comparison that stands in `store.compared` until the
transaction ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from app.operations.force_majeure_guard import Author, guard
from app.operations.force_majeure_overlap import covering_it
from app.operations.force_majeure_proposal import Impact
from app.operations.refreshing import Move, compare, shift_of
from app.operations.report_corrections import Lived, period_of, reported
from app.store import Store
from app.store.compared import Figures
from app.store.comparing import Change, Shift
from engine.catalogue import channels
from engine.clocks import Declaration, DeclarationVersion, World
from engine.errors import Sentence

WORK = ("T", "V")  # steps, and the validation of a payment; they may be counted in a counter's own hours
KINDS = (
    "L",
    "P",
    *WORK,
)  # promises of service and terms of applicants; limits of the law nothing that is declared moves
SHOWN = 100  # clocks on a page, and the rest of the last one's file


@dataclass(frozen=True)
class Compared:
    """A change and what the comparison said of it; `terms`: names of applicants' terms that are theirs to hear of."""

    change: Change
    figures: Figures
    terms: tuple[str, ...]


def impact(
    store: Store,
    code: str,
    version: DeclarationVersion,
    at: datetime,
    of: Author | None = None,
    after: UUID | None = None,
) -> Impact:
    """Who would be touched, which promises would move, who would turn from late to on time.

    A file that is through is among them if its promise or its judgement changes.  `of`: whose proposal it is, for what
    it must say of itself.  `after`: the case behind which the lists go on; the counts are of all.
    """
    found = compared(store, code, version, at)
    moves, terms, steps, following = _page(store, found, after)
    rescued = tuple(_moves(store, found.change, store.compared.rescued(None, SHOWN)))
    span = (version.since or found.change.since, version.until)
    worlds = found.change.old, found.change.new
    said = reported(store, _lives(store, found.change.since), worlds, found.change.since, at)
    watched = guard(store, of, span, worlds, moves, found.figures.near, at) if of else None
    return Impact(
        store.calendars.revision(),
        at,
        store.case_lists.running_count(),
        moves,
        (*_warnings(found.figures), *dict.fromkeys(covering_it(store, version, of[0] if of else None))),
        watched,
        terms,
        found.figures,
        rescued,
        following,
        said,
        steps,
    )


def _lives(store: Store, since: datetime) -> list[Lived]:
    """When the compared promises ran, where a signed report may have told of that time; nothing is read without one."""
    told = any(period_of(one).span[1] > since for one in store.reports.signed())
    return [Lived(*one) for one in store.compared.lives()] if told else []


def compared(store: Store, code: str, version: DeclarationVersion, at: datetime) -> Compared:
    """Compare every clock with and without the version; it stands in `store.compared`."""
    since, until = hull(store, code, version)
    change = Change(store.calendars.world(), _world_with(store, code, version), since, until, KINDS, at)

    def by_rule(left: dict[UUID, frozenset[UUID]]) -> Iterable[Shift]:
        return (shift_of(one) for one in _moves(store, change, left))

    store.compared.fill(change, by_rule, store.deployments.get)
    terms = terms_of_applicants(store)
    return Compared(change, store.compared.figures(version.since or since, terms), terms)


def terms_of_applicants(store: Store) -> tuple[str, ...]:
    """Names of the compared terms that run for applicants; on others the office itself waits."""
    catalogue = store.deployments.active().catalogue
    return tuple(one for one in store.compared.names() if channels.of_applicant(catalogue, one))


def _moves(store: Store, change: Change, clocks: Mapping[UUID, frozenset[UUID]]) -> Iterable[Move]:
    """Some clocks read whole under both worlds."""
    return compare(store, clocks, change.old, change.new, change.at, change.kinds)


Page: TypeAlias = tuple[tuple[Move, ...], tuple[Move, ...], tuple[Move, ...], UUID | None]


def _page(store: Store, found: Compared, after: UUID | None) -> Page:
    """Promises, terms and clocks of work behind a case, by case; and the last case, when more may follow."""
    clocks = store.compared.page(found.terms, after, SHOWN)
    kinds: dict[str, list[Move]] = {"L": [], "P": [], WORK[0]: []}
    for one in sorted(_moves(store, found.change, clocks), key=lambda one: (one.case_id, one.clock.id)):
        kinds[group(one, found.terms)].append(one)
    steps = store.readings.steps(one.clock.id for one in kinds[WORK[0]])
    work = tuple(replace(one, step=steps.get(one.clock.id, one.step)) for one in kinds[WORK[0]])
    more = sum(map(len, clocks.values())) >= SHOWN and bool(store.compared.page(found.terms, max(clocks), 1))
    return tuple(kinds["L"]), tuple(kinds["P"]), work, max(clocks) if more else None


def group(one: Move, terms: Collection[str]) -> str:
    """Under which heading it is told: a term that is not the applicant's to keep is work of the office."""
    own = one.clock.kind == "P" and one.clock.name in terms
    return one.clock.kind if own or one.clock.kind == "L" else WORK[0]


def _world_with(store: Store, code: str, version: DeclarationVersion) -> World:
    """The world as it would be with one more version approved."""
    world = store.calendars.world()
    others = [one for one in world.declarations if one.id != code]
    mine = next((one.versions for one in world.declarations if one.id == code), ())
    kept = tuple(one for one in mine if one.version != version.version)
    return replace(world, declarations=(*others, Declaration(code, (*kept, version))))


def hull(store: Store, code: str, version: DeclarationVersion) -> tuple[datetime, datetime | None]:
    """From the earliest to the latest instant that the old or the new version touches."""
    world = store.calendars.world()
    mine = next((one.versions for one in world.declarations if one.id == code), ())
    spans = [(one.since, one.until) for one in (*mine, version) if one.since]
    first = min(since for since, _ in spans)
    ends = [until for _, until in spans if until is not None]
    return first, max(ends) if len(ends) == len(spans) else None


def _warnings(found: Figures) -> tuple[str, ...]:
    """Sentences for whoever decides, in Indonesian and translatable."""
    told: list[str] = []
    if not (found.clocks or found.terms or found.steps or found.counter):
        told.append("Tidak ada berkas yang terkena; periksa cakupan dan waktunya.")
    if found.near >= 3:
        told.append(Sentence("Mulai kurang dari sehari sebelum %(n)s janji jatuh tempo.", n=found.near))
    return tuple(told)
