"""The values of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.clocks import ClockEvent, PastSpells, Spell
from engine.deployment import Deployment
from engine.effects import Effect
from engine.events import Event

HOME_UNIT = "DPMPTSP"


@dataclass(frozen=True)
class Facts:
    """What is fixed about a case when it is opened."""

    permit: str
    kind: str  # "baru" | "perpanjangan"
    applicant: UUID
    category: str = "perorangan"
    area: str = ""  # dotted area code of the place meant
    channel: str = "daring"  # "daring" | "loket"
    filed_by: UUID | None = None


@dataclass(frozen=True)
class Task:
    """Work open to a person."""

    id: str
    element: str
    name: str
    role: str
    form_key: str
    opened_at: datetime
    unit: str = ""  # agency of a multi-instance item; "" for the office
    assignee: UUID | None = None
    claimed_at: datetime | None = None
    standard: str = ""  # budget of its task clock, "" for none
    not_same_as: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[str]:
        """Ids of those who alone may do it; empty when it stands open to everybody of its role."""
        return frozenset(self.properties.get("named", "").split(",")) - {""}

    def naming(self, person: UUID) -> Task:
        """The task with one more person named, when people are named at all."""
        if not self.named:
            return self
        names = ",".join(sorted(self.named | {str(person)}))
        return replace(self, properties={**self.properties, "named": names})


@dataclass(frozen=True)
class Done:
    """Who completed which step, for the separation of duties; `at`: the last of so many `times`."""

    element: str
    by: UUID
    at: datetime
    unit: str = ""
    times: int = 1


@dataclass(frozen=True)
class CaseClock:
    """A clock of a case; `kind` L, H, P, V (payment validation) or T (of task `task`).

    `calendar`: the unit in whose own hours it is counted, fixed when it was made; "" for the office's.
    """

    id: UUID
    name: str
    kind: str
    budget: str
    basis: str
    pausable: bool
    events: tuple[ClockEvent, ...]
    task: str = ""
    calendar: str = ""

    @property
    def standing(self) -> tuple[ClockEvent, ...]:
        """The entries that hold: none of which a later one says that it did not happen."""
        gone = {one.supersedes for one in self.events if one.kind == "CORRECT" and one.effective_at is None}
        return tuple(one for one in self.events if one.kind != "CORRECT" and one.seq not in gone)

    @property
    def running(self) -> bool:
        state = [one.kind for one in self.standing if one.kind in ("START", "STOP", "REOPEN")]
        return bool(state) and state[-1] != "STOP"

    def paused_for(self, cause: str) -> bool:
        marks = [one.kind for one in self.standing if one.cause == cause]
        return bool(marks) and marks[-1] == "PAUSE"


@dataclass(frozen=True)
class Case:
    id: UUID
    facts: Facts
    deployment: Deployment
    process: str
    snapshot: str
    state: str
    tasks: tuple[Task, ...] = ()
    clocks: tuple[CaseClock, ...] = ()
    done: tuple[Done, ...] = ()
    spells: tuple[Spell | PastSpells, ...] = ()
    waiting: tuple[str, ...] = ()
    timer_at: datetime | None = None
    last_at: datetime | None = None
    closed: bool = False
    outcome: str = ""
    suspended: str = ""  # by its own ("case") or its process's ("process") suspension nothing moves; its clocks run on
    skips: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # failing element -> outputs given instead

    def task(self, task_id: str) -> Task | None:
        return next((one for one in self.tasks if one.id == task_id), None)

    def clock(self, name: str) -> CaseClock | None:
        """The latest clock of that name; one whose beginning was taken back never was."""
        return next((one for one in reversed(self.clocks) if one.name == name and one.standing), None)


@dataclass(frozen=True)
class Step:
    """One move: the new case, the events that tell of it, what it asks of the world."""

    case: Case
    events: tuple[Event, ...]
    effects: tuple[Effect, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
