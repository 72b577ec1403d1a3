"""What a release means for one running case: whether it moves, which open tasks change, which dates it would promise.

Pure: a case and two releases in, plain values out.  A migration restarts no clock, so a date moves only where the
release reaches a running clock otherwise: through the channels its roles and terms need.  Where it would promise
another date to a file that began under it, the given promise forbids that: it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.bpmn import Versions
from engine.bpmn.calling import Names
from engine.case.clockwork import Doing
from engine.case.migrating import Prospect, prospect, versions
from engine.case.readings import read_clock
from engine.case.tasks import standard_of
from engine.case.values import Case, CaseClock, Task
from engine.catalogue import Catalogue, channels
from engine.clocks import PastSpells, Spell, World
from engine.deployment import Deployment
from engine.errors import Naming, listed, office_word

WIB = ZoneInfo("Asia/Jakarta")
STEP, NAME, ROLE, FORM, TIME, APART = "langkah", "nama", "peran", "formulir", "waktu", "pemisahan"
STANDARD, TERM, CHANNEL = "standar", "tenggat", "saluran"  # why a date differs


@dataclass(frozen=True)
class TaskChange:
    """One thing that changes for an open task; `before` and `after` in the words of the release each stands in.

    Roles and times as the diagrams have them.  A form of which only the content changes has the same title twice.
    """

    task: str
    name: str  # as it is called now
    what: str  # STEP | NAME | ROLE | FORM | TIME | APART
    before: str
    after: str


@dataclass(frozen=True)
class PromiseEffect:
    """A running clock: the date promised now, the one after the move, and the one the release would promise.

    `after` is None where the case cannot move.  `because`: STANDARD | TERM | CHANNEL, "" where nothing differs;
    `undated`: why the release would promise no date, as a reading says it, "" where it would; `year`: the one whose
    holidays are not adopted, where that is why.
    """

    clock: str
    kind: str
    before: datetime | None
    after: datetime | None
    wished: datetime | None
    because: str = ""
    undated: str = ""
    year: int | None = None
    known: bool = True  # whether there is an `after`

    @property
    def moves(self) -> bool:
        return self.known and self.before != self.after

    @property
    def forbids(self) -> bool:
        return self.wished != (self.after if self.known else self.before)


@dataclass(frozen=True)
class Impact:
    prospect: Prospect
    tasks: tuple[TaskChange, ...]
    promises: tuple[PromiseEffect, ...]


class Pair:
    """Two releases, compared once for all cases of a process."""

    def __init__(self, old: Deployment, new: Deployment, process: str) -> None:
        self.old, self.new, self.process = old, new, process
        self.versions = versions(old, new, process)
        self._forms: dict[tuple[str, str, str], bool] = {}

    def other_form(self, before: str, after: str, permit: str, category: str) -> bool:
        """Whether the form of a task asks otherwise."""
        key = (f"{before}>{after}", permit, category)
        if key not in self._forms:
            self._forms[key] = _form(self.old, before, permit, category) != _form(self.new, after, permit, category)
        return self._forms[key]


def _form(release: Deployment, key: str, permit: str, category: str) -> Any:
    if key not in release.forms or permit not in release.catalogue.permits:
        return None
    return release.form(key, permit, category)


def choices_of(case: Case, versions: Versions, chosen: Mapping[str, str]) -> dict[str, str]:
    """Open task -> where it goes, of the choices made for its step; `chosen`: step that is gone -> step.

    Of a step that the release still holds no choice is taken.
    """
    wanted = ((one.id, chosen.get(one.element, "")) for one in case.tasks if versions.displaced(one.element))
    return {id: element for id, element in wanted if element}


def impact(case: Case, pair: Pair, chosen: Mapping[str, str], doing: Doing, world: World) -> Impact:
    """The effect of `pair.new` on a case; `chosen`: step that is gone -> the step its files go to."""
    found = prospect(case, pair.versions, pair.new, doing, choices_of(case, pair.versions, chosen))
    after = found.step.case if found.step else None
    changes = tuple(_task_changes(case, after, pair)) if after else tuple(_foreseeable(case, pair))
    return Impact(found, changes, tuple(_promises(case, after, pair, world, doing.at)))


# --- open tasks


def _task_changes(case: Case, after: Case, pair: Pair) -> Iterator[TaskChange]:
    for was, becomes in zip(case.tasks, after.tasks, strict=True):
        yield from _of_task(case, was, becomes, pair)


def _of_task(case: Case, was: Task, becomes: Task, pair: Pair) -> Iterator[TaskChange]:
    told = {
        STEP: _steps(was, becomes),
        NAME: (was.name, becomes.name) if was.element == becomes.element else ("", ""),
        ROLE: (was.role, becomes.role),
        TIME: (standard_of(was.properties, case.facts.channel), standard_of(becomes.properties, case.facts.channel)),
    }
    for what, (before, now) in told.items():
        if before != now:
            yield TaskChange(was.id, was.name, what, before, now)
    if was.not_same_as != becomes.not_same_as:
        apart = (_steps_apart(pair.old, was, pair.process), _steps_apart(pair.new, becomes, pair.process))
        yield TaskChange(was.id, was.name, APART, *apart)
    if pair.other_form(was.form_key, becomes.form_key, case.facts.permit, case.facts.category):
        yield TaskChange(was.id, was.name, FORM, *_titles(was.form_key, becomes.form_key, pair))


def _steps(was: Task, becomes: Task) -> tuple[str, str]:
    """The step before and after: by name, with its id where both are called the same."""
    if was.element == becomes.element:
        return "", ""
    if was.name != becomes.name:
        return was.name, becomes.name
    return f"{was.name} ({was.element})", f"{becomes.name} ({becomes.element})"


def _steps_apart(release: Deployment, task: Task, process: str) -> str:
    """The steps that another person has to do, by their names; "" for none."""
    known, ways = release.definition.scope(process), release.definition.flows
    names = Names(known, ways)
    return listed(_word(names.of(one)) for one in task.not_same_as) if task.not_same_as else ""


def _word(name: str) -> str:
    return name if isinstance(name, Naming) else office_word(name)


def _titles(was: str, becomes: str, pair: Pair) -> tuple[str, str]:
    """What the forms are called, with their keys where two are called the same."""
    before, after = _title(pair.old, was), _title(pair.new, becomes)
    if was == becomes:
        return after, after
    return (before, after) if before != after else (f"{before} ({was})", f"{after} ({becomes})")


def _title(release: Deployment, key: str) -> str:
    return release.forms[key].title if key in release.forms else key


def _foreseeable(case: Case, pair: Pair) -> Iterator[TaskChange]:
    """Of a case that does not move as it is: the open steps that are gone."""
    for one in case.tasks:
        if pair.versions.displaced(one.element):
            yield TaskChange(one.id, one.name, STEP, one.name or one.element, "")


# --- dates


def _promises(case: Case, after: Case | None, pair: Pair, world: World, at: datetime) -> Iterator[PromiseEffect]:
    moved = replace(after, spells=_spells(case, after, pair.new)) if after else None
    for one in case.clocks:
        if one.running and not _ends(one, case, moved):
            yield _promise(case, moved, one, pair, world, at)


def _ends(clock: CaseClock, case: Case, moved: Case | None) -> bool:
    """Whether it is the time of a step that the move ends: another step's begins, told of with the open tasks."""
    return moved is not None and case.task(clock.task) is not None and moved.task(clock.task) is None


def _promise(case: Case, moved: Case | None, clock: CaseClock, pair: Pair, world: World, at: datetime) -> PromiseEffect:
    was = read_clock(case, clock, world, at)
    stands = read_clock(moved, clock, world, at) if moved else was
    budget, because = _wished(case, moved, clock, pair)
    other = replace(clock, budget=budget) if budget and budget != clock.budget else None
    wished = read_clock(moved or case, other, world, at) if other else stands
    before, after, given = was.promised_at, stands.promised_at, wished.promised_at
    reason = because if given != after else (CHANNEL if before != after else "")
    undated = str(wished.no_promise_because or "") if given is None else ""
    dates, year = (before, after if moved else None, given), wished.missing_year
    return PromiseEffect(clock.name, clock.kind, *dates, reason, undated, year, moved is not None)


def _wished(case: Case, moved: Case | None, clock: CaseClock, pair: Pair) -> tuple[str, str]:
    """The budget that the release gives such a clock and why, ("", why) where it says what the case's own one says.

    What an earlier move held is none of this release's doing: only what it changes against the release that the case
    stands on counts.
    """
    because = STANDARD if clock.kind in ("L", "H", "T") else TERM
    before, now = _given(case, case, clock, pair.old, pair.old), _given(case, moved, clock, pair.old, pair.new)
    return (now if now != before else ""), because


def _given(case: Case, stands: Case | None, clock: CaseClock, old: Deployment, release: Deployment) -> str:
    """The budget that a release gives such a clock of a case of the `old` one, "" where it has none.

    `stands`: the case on that release, None where it cannot stand there.
    """
    if clock.kind == "T":
        task = stands.task(clock.task) if stands else None
        return standard_of(task.properties, case.facts.channel) if task else ""
    if clock.kind in ("L", "H"):
        return _legal(clock, release.catalogue, case.facts.permit)
    return _term(clock, old.catalogue, release.catalogue)


def _legal(clock: CaseClock, catalogue: Catalogue, permit: str) -> str:
    """The standard or the legal limit of a permit on the day the clock began."""
    begun = next((one.effective_at for one in clock.standing if one.kind == "START"), None)
    known = catalogue.permits.get(permit)
    if begun is None or known is None:
        return ""
    day = begun.astimezone(WIB).date()
    found = known.standard_on(day) if clock.kind == "L" else known.legal_limit_on(day)
    return found.budget if found else ""


def _term(clock: CaseClock, old: Catalogue, new: Catalogue) -> str:
    """The budget of the term a clock was started with: the one of its name, or that says the same."""
    alike = (name for name, one in old.terms.items() if (one.budget, one.basis) == (clock.budget, clock.basis))
    names = [clock.name, *alike] if clock.name in old.terms else [*alike]
    found = [new.terms[name].budget for name in names if name in new.terms]
    return found[0] if found and len(set(found)) == 1 else ""


def _spells(case: Case, after: Case, new: Deployment) -> tuple[Spell | PastSpells, ...]:
    """When officials' tasks were open, by the channels of the release: as it is read once the case stands on it.

    Finished work keeps the role in which it was done, whatever its step is called in later diagrams.
    """
    pairs = ((was, now) for was, now in zip(case.tasks, after.tasks, strict=True) if was.id == now.id)
    moved = {(was.opened_at, was.element): now for was, now in pairs}
    return tuple(_spell(one, moved, new) for one in after.spells)


def _spell(one: Spell | PastSpells, moved: Mapping[tuple[datetime, str], Task], new: Deployment) -> Spell | PastSpells:
    if isinstance(one, Spell) and (one.since, one.step) in moved:
        now = moved[one.since, one.step or ""]
        return replace(one, system=channels.of_role(new.catalogue, now.role), step=now.element)
    return replace(one, system=channels.of_role(new.catalogue, one.role))
