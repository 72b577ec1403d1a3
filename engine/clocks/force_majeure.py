"""Declarations of force majeure (keadaan kahar): versions, scope, and which of them hit a case."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Literal, NamedTuple

from engine.clocks.calendar import Calendar, WeekEntry
from engine.clocks.instants import micros
from engine.clocks.ledger import FORCE_MAJEURE, Clock, PastSpells, Spell
from engine.clocks.policy import Policy, in_force
from engine.clocks.spans import Source, Span, Stretch, meet, unite, where_all

DeclarationKind = Literal["DECLARE", "AMEND", "REVOKE"]
Effect = Literal["SUSPEND", "ROLL_LAST_DAY"]
Chosen = frozenset[str] | None


@dataclass(frozen=True)
class Scope:
    """A conjunction of dimensions; None means all.  An empty choice raises ValueError, it is never "all"."""

    permit_types: Chosen = None
    areas: Chosen = None
    units: Chosen = None
    systems: Chosen = None
    steps: Chosen = None

    def __post_init__(self) -> None:
        for dimension in fields(self):
            chosen = getattr(self, dimension.name)
            if chosen is not None and not chosen:
                raise ValueError(f"cakupan {dimension.name} kosong: kosongkan seluruhnya bila semua yang dimaksud")

    def hits_case(self, permit_type: str | None, area: str | None) -> bool:
        """Whether the facts of the case match.  Area codes match by dotted part: 18.72.01 covers 18.72.01.1001."""
        return (self.permit_types is None or permit_type in self.permit_types) and (
            self.areas is None or any(covers_area(code, area) for code in self.areas)
        )

    def looks_at_tasks(self) -> bool:
        """Whether open tasks decide at each instant."""
        return not (self.units is None and self.systems is None and self.steps is None)

    def hits_task(self, spell: Spell | PastSpells) -> bool:
        """Whether a task matches in every chosen task dimension."""
        return (
            (self.units is None or spell.unit in self.units)
            and (self.systems is None or spell.system in self.systems)
            and (self.steps is None or spell.step in self.steps)
        )


def covers_area(code: str, area: str | None) -> bool:
    """Whether a declared area code is the area or one above it."""
    return area is not None and (area == code or area.startswith(code + "."))


@dataclass(frozen=True)
class DeclarationVersion:
    """One version of a declaration; it counts from `approved_at` on, the second person's approval.

    DECLARE and AMEND carry the complete content; REVOKE leaves nothing.  `until`
    None: no end known.  SUSPEND: time does not accrue; ROLL_LAST_DAY: only a
    promise that falls inside moves.  Raises ValueError with a sentence.
    """

    version: int
    kind: DeclarationKind
    recorded_at: datetime
    approved_at: datetime | None
    since: datetime | None = None
    until: datetime | None = None
    effect: Effect | None = None
    scope: Scope = field(default_factory=Scope)
    source: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ("DECLARE", "AMEND", "REVOKE"):
            raise ValueError(f"versi {self.version}: jenis {self.kind!r} tidak dikenal")
        if self.kind != "REVOKE" and (self.since is None or self.effect not in ("SUSPEND", "ROLL_LAST_DAY")):
            raise ValueError(f"versi {self.version}: tanpa mulai berlaku atau tanpa akibat yang dikenal")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError(f"versi {self.version}: berakhir sebelum mulai berlaku")

    @property
    def counts_from(self) -> int | None:
        """The instant from which the version is known: recorded and approved; None while not approved."""
        return None if self.approved_at is None else max(micros(self.approved_at), micros(self.recorded_at))


@dataclass(frozen=True)
class Declaration:
    """A declaration with all its versions; none is ever changed."""

    id: str
    versions: tuple[DeclarationVersion, ...]


class InForce(NamedTuple):
    """The content of a declaration that holds, instants in microseconds."""

    id: str
    effect: Effect
    since: int
    until: int | None
    scope: Scope
    source: Source


@dataclass(frozen=True)
class World:
    """Everything a clock is read against: the calendar, all declarations ever recorded, all policies ever adopted.

    `calendar` is the office's; `hours`: those of units that keep others, each entry naming its unit.
    """

    calendar: Calendar
    declarations: tuple[Declaration, ...] = ()
    policies: tuple[Policy, ...] = ()
    hours: tuple[WeekEntry, ...] = ()
    _units: dict[str, Calendar] = field(init=False, repr=False, compare=False, default_factory=dict)
    _approvals: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())
    _revisions: dict[int, tuple[InForce, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if "" in self.units:
            raise ValueError("jam layanan unit tanpa nama unitnya")
        if len({d.id for d in self.declarations}) != len(self.declarations):
            raise ValueError("nomor pernyataan kahar berulang")
        counted = (v.counts_from for d in self.declarations for v in d.versions)
        object.__setattr__(self, "_approvals", tuple(sorted(at for at in counted if at is not None)))

    @property
    def units(self) -> frozenset[str]:
        """The units with hours of their own."""
        return frozenset(one.unit for one in self.hours)

    def calendar_of(self, unit: str) -> Calendar:
        """The calendar by which a unit works: with its own hours where it has any, else the office's."""
        if not unit or unit not in self.units:
            return self.calendar
        if unit not in self._units:
            own = (one for one in self.hours if one.unit == unit)
            self._units[unit] = Calendar(self.calendar.entries, own)
        return self._units[unit]

    def policy(self, begun_on: date, recorded_at: datetime) -> Policy:
        """How open points of the law are read for a clock begun on a date and recorded then."""
        return in_force(self.policies, begun_on, recorded_at)

    def in_force(self, known_at: datetime | None) -> tuple[InForce, ...]:
        """The declarations that hold as known, in order of id; worked out once per revision."""
        known = None if known_at is None else micros(known_at)
        revision = len(self._approvals) if known is None else bisect_right(self._approvals, known)
        if revision not in self._revisions:
            held = (_in_force(d, known) for d in sorted(self.declarations, key=lambda d: d.id))
            self._revisions[revision] = tuple(d for d in held if d is not None)
        return self._revisions[revision]


def _in_force(declaration: Declaration, known: int | None) -> InForce | None:
    counting = {v.version: v for v in declaration.versions if _counts(v, known)}
    last = max(counting.values(), key=_approval, default=None)
    if last is None or last.kind == "REVOKE" or last.since is None or last.effect is None:
        return None
    until = None if last.until is None else micros(last.until)
    source = Source("DECLARATION", f"{declaration.id} v{last.version}", last.source)
    return InForce(declaration.id, last.effect, micros(last.since), until, last.scope, source)


def stands(world: World, at: datetime) -> bool:
    """Whether some declaration suspends time at an instant, for whomever."""
    now = micros(at)
    held = world.in_force(at)
    return any(one.effect == "SUSPEND" and one.since <= now and (one.until is None or now < one.until) for one in held)


def standing(declaration: Declaration) -> list[Stretch]:
    """When a declaration was known and in force, whatever its content was then; microseconds."""
    moments = sorted({v.counts_from for v in declaration.versions if v.counts_from is not None})
    ends = [*moments[1:], None]
    return unite((m, end) for m, end in zip(moments, ends, strict=False) if _in_force(declaration, m) is not None)


def _counts(version: DeclarationVersion, known: int | None) -> bool:
    counts_from = version.counts_from
    return counts_from is not None and (known is None or counts_from <= known)


def _approval(version: DeclarationVersion) -> tuple[int, int]:
    return (micros(version.approved_at) if version.approved_at else 0, version.version)


def hitting(clock: Clock, declared: tuple[InForce, ...], effect: Effect) -> list[tuple[InForce, list[Stretch]]]:
    """The declarations of one effect that hit the clock, each with the stretches in which they do."""
    return [
        (d, _stretches(d, clock.spells))
        for d in declared
        if d.effect == effect and d.scope.hits_case(clock.permit_type, clock.area)
    ]


def _stretches(declared: InForce, spells: tuple[Spell | PastSpells, ...]) -> list[Stretch]:
    whole = (declared.since, declared.until)
    if not declared.scope.looks_at_tasks():
        return [whole]
    return meet(where_all(spells, _lives, declared.scope.hits_task), whole)


def _lives(spell: Spell | PastSpells) -> Iterator[Stretch]:
    return spell.stretches()


def suspensions(clock: Clock, declared: tuple[InForce, ...]) -> tuple[Span, ...]:
    """The spans in which a SUSPEND declaration stops this clock."""
    return tuple(
        Span(begin, end, FORCE_MAJEURE, (d.source,))
        for d, stretches in hitting(clock, declared, "SUSPEND")
        for begin, end in stretches
    )


def agency_time(spells: tuple[Spell | PastSpells, ...]) -> list[Stretch]:
    """When official tasks are open and every one of them is an agency's."""
    return where_all(spells, _lives, lambda spell: spell.agency)
