"""The clock's own facts: an append-only ledger, read as it was known at an instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from struct import Struct
from typing import Literal, NamedTuple

from engine.clocks.instants import instant, micros
from engine.clocks.spans import Source, Span, Stretch
from engine.clocks.term import Budget, BudgetVersion

Kind = Literal["START", "PAUSE", "RESUME", "STOP", "REOPEN", "CORRECT", "EXTEND"]
FORCE_MAJEURE = "FORCE_MAJEURE"
APPLICANT_CAUSES = (
    "MENUNGGU_PEMBAYARAN",
    "MENUNGGU_PERBAIKAN",
    "KETIDAKHADIRAN_PEMOHON",
    "PENUNDAAN_PERMINTAAN_PEMOHON",
)
SUSPENDED = "PENANGGUHAN_BERKAS"  # the office lets nothing of the file move: an applicant's term waits with him
PAUSES = (*APPLICANT_CAUSES, SUSPENDED)
CAUSES = (FORCE_MAJEURE, *PAUSES)  # in the order in which a paused minute is attributed
_PAIR, _PACKED_SINCE = Struct(">qq"), micros(datetime(2000, 1, 1, tzinfo=UTC))
_KINDS = ("START", "PAUSE", "RESUME", "STOP", "REOPEN", "CORRECT", "EXTEND")


@dataclass(frozen=True)
class ClockEvent:
    """One fact.  `effective_at`: when it happened; `recorded_at`: when the office learned of it.

    A CORRECT names the `seq` of another event in `supersedes`: it happened at
    `effective_at` instead, or not at all (None).  An EXTEND says that the
    applicant agreed then to the date `until`.  Raises ValueError with a sentence.
    """

    seq: int
    kind: Kind
    effective_at: datetime | None
    recorded_at: datetime
    cause: str | None = None
    supersedes: int | None = None
    source: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError(f"peristiwa {self.seq}: jenis {self.kind!r} tidak dikenal")
        if self.kind in ("PAUSE", "RESUME") and self.cause not in PAUSES:
            raise ValueError(f"peristiwa {self.seq}: sebab jeda {self.cause!r} tidak dikenal")
        if self.kind == "CORRECT" and self.supersedes is None:
            raise ValueError(f"peristiwa {self.seq}: koreksi tanpa peristiwa yang dikoreksi")
        if (self.kind == "EXTEND") != (self.until is not None):
            raise ValueError(f"peristiwa {self.seq}: tanggal yang disetujui hanya ada pada EXTEND, dan harus ada")
        if self.kind != "CORRECT" and self.effective_at is None:
            raise ValueError(f"peristiwa {self.seq}: tanpa waktu kejadian")


@dataclass(frozen=True)
class Spell:
    """An official's task while it was open; `agency` marks a task of a technical agency, `role` whose task it was.

    Tasks of applicants and of the system are not spells: they never decide whether a case could proceed.
    """

    unit: str
    system: str | None
    step: str | None
    since: datetime
    until: datetime | None
    agency: bool = False
    role: str = field(default="", compare=False)  # no reading looks at it

    def stretches(self) -> Iterator[Stretch]:
        yield micros(self.since), None if self.until is None else micros(self.until)


@dataclass(frozen=True)
class PastSpells:
    """All finished spells of one step in one unit, packed: they are only looked at where an agency or a scope asks.

    `packed`: for each its begin and its end, as 64 bits of microseconds since 2000-01-01T00:00Z, the higher bits first.
    """

    unit: str
    system: str | None
    step: str | None
    packed: bytes
    agency: bool = False
    role: str = field(default="", compare=False)

    def stretches(self) -> Iterator[Stretch]:
        return ((begin + _PACKED_SINCE, end + _PACKED_SINCE) for begin, end in _PAIR.iter_unpack(self.packed))

    def apart(self) -> tuple[Spell, ...]:
        """The same, each for itself."""
        lives = ((instant(begin), instant(end)) for begin, end in self.stretches() if end is not None)
        return tuple(Spell(self.unit, self.system, self.step, *life, self.agency, self.role) for life in lives)


@dataclass(frozen=True)
class Clock:
    """A clock of a case: its budget (or versions of it), its ledger, and the facts that scopes look at.

    `calendar`: the unit in whose own hours it is counted, where that unit has any;
    "" for the office's.  `settled`: once it has stopped it keeps the promise it was given; a declaration
    of something that began only afterwards, and of which nobody knew, is no
    longer its business.
    """

    name: str
    budgets: tuple[BudgetVersion, ...] | Budget
    pausable: bool = True
    events: tuple[ClockEvent, ...] = ()
    permit_type: str | None = None
    area: str | None = None
    spells: tuple[Spell | PastSpells, ...] = ()
    settled: bool = False
    calendar: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.budgets, Budget) and not self.budgets:
            raise ValueError(f"jam {self.name}: tanpa jangka waktu")
        if len({event.seq for event in self.events}) != len(self.events):
            raise ValueError(f"jam {self.name}: nomor urut peristiwa berulang")


class Fact(NamedTuple):
    """An event with the instant at which it is held to have happened."""

    at: int
    seq: int
    event: ClockEvent
    correction: ClockEvent | None

    @property
    def source(self) -> Source:
        """The event, or the correction that moved it, as a source."""
        if self.correction is not None:
            return Source("CORRECTION", str(self.correction.seq), self.correction.source or self.event.source)
        return Source("EVENT", str(self.seq), self.event.source)


class Life(NamedTuple):
    """When the clock ran: its start, and runs `[opened, stopped)`; the last run ignores nothing, a STOP ends it.

    `consents`: later dates the applicant agreed to.
    """

    start: Fact | None
    runs: tuple[tuple[Fact, Fact | None], ...]
    pauses: tuple[Span, ...]
    consents: tuple[Fact, ...] = ()

    def anew(self, at: int) -> Life:
        """The same from its last opening by `at` on, as if nothing had been before."""
        runs = tuple(run for run in self.runs if run[0].at <= at) or self.runs[:1]
        later = self.runs[len(runs) - 1 :]
        return self._replace(start=later[0][0], runs=later) if later else self

    @property
    def gaps(self) -> tuple[Span, ...]:
        """The time between a STOP and the REOPEN after it."""
        pairs = zip(self.runs, self.runs[1:], strict=False)
        return tuple(
            Span(stop.at, again.at, "STOPPED", (stop.source, again.source)) for (_, stop), (again, _) in pairs if stop
        )


def life(events: tuple[ClockEvent, ...], known_at: datetime | None) -> Life:
    """The ledger as known: corrections applied, in order of happening, pauses paired per cause.

    A START when started, a STOP when stopped, a REOPEN when running, a second
    PAUSE of an open cause and a RESUME of one that is not open change nothing.
    """
    facts = _facts(tuple(e for e in events if known_at is None or e.recorded_at <= known_at))
    runs = _runs(facts)
    consents = tuple(fact for fact in facts if fact.event.kind == "EXTEND")
    return Life(runs[0][0] if runs else None, tuple(runs), tuple(_pauses(facts)), consents)


def _facts(events: tuple[ClockEvent, ...]) -> list[Fact]:
    corrections = _corrections(events)
    facts = []
    for event in events:
        correction = corrections.get(event.seq)
        at = event.effective_at if correction is None else correction.effective_at
        if event.kind != "CORRECT" and at is not None:
            facts.append(Fact(micros(at), event.seq, event, correction))
    return sorted(facts, key=lambda fact: fact[:2])


def _corrections(events: tuple[ClockEvent, ...]) -> dict[int, ClockEvent]:
    """The last recorded correction of each event; one that names a correction speaks of the event behind it."""
    corrects = [e for e in events if e.kind == "CORRECT"]
    if not corrects:
        return {}
    names = {e.seq: e.supersedes for e in corrects}
    return {_root(e, names): e for e in sorted(corrects, key=lambda e: (micros(e.recorded_at), e.seq))}


def _root(correct: ClockEvent, names: dict[int, int | None]) -> int:
    target, steps = correct.supersedes, 0
    while target in names and steps < len(names):
        target, steps = names[target], steps + 1
    return target if target is not None else correct.seq


def _runs(facts: list[Fact]) -> list[tuple[Fact, Fact | None]]:
    runs: list[tuple[Fact, Fact | None]] = []
    for fact in facts:
        running = bool(runs) and runs[-1][1] is None
        if fact.event.kind == "STOP" and running:
            runs[-1] = (runs[-1][0], fact)
        elif not running and fact.event.kind == ("REOPEN" if runs else "START"):
            runs.append((fact, None))
    return runs


def _pauses(facts: list[Fact]) -> list[Span]:
    opened: dict[str | None, Fact] = {}
    pauses = []
    for fact in facts:
        cause = fact.event.cause
        if fact.event.kind == "PAUSE":
            opened.setdefault(cause, fact)
        elif fact.event.kind == "RESUME" and cause in opened:
            pause = opened.pop(cause)
            pauses.append(Span(pause.at, fact.at, str(cause), (pause.source, fact.source)))
    return pauses + [Span(pause.at, None, str(cause), (pause.source,)) for cause, pause in opened.items()]
