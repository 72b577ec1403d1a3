"""What is known of the files of a period: gathered in batches, their clocks read as they stood when it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.clock import WIB
from app.operations.consequences import BAD, CLEAR, WANTING
from app.operations.visits import INSPECTION
from app.store import Store
from app.store.encoding import parse
from app.store.report_facts import Happened
from engine.case import Case, legal_clock, present, read_clock
from engine.case.tasks import standard_of
from engine.clocks import Reading, World
from engine.reporting import (
    ALL,
    CaseFacts,
    Disruptions,
    Period,
    Stay,
    alone,
    finished,
    lived_through,
    open_steps,
    overdue,
    stays,
    stopped,
)

AT_ONCE = 1_000  # cases in memory at once
ISSUED, REFUSED, COLLECTED = "sk_izin", "surat_penolakan", "bast"
SHEETS = {"dikembalikan": "lembar_pengembalian", "perbaikan": "lembar_perbaikan"}  # each time a file is sent back
ENDINGS = {"dicabut": "DICABUT", "ditutup": "DITUTUP"}
RECEIVED = ("valid", "short", "refunded")  # money that was found at the bank, also if it was given back later
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Gathering:
    """`begin`, `end`: the period in WIB; `at`: the present; a period that lasts is read at the present.

    `worlds`: of each declaration that suspends time of the period the world with it alone, ALL: with all of them.
    """

    store: Store
    begin: datetime
    end: datetime
    at: datetime
    world: World
    disruptions: Disruptions | None = None
    worlds: Mapping[str, World] = field(default_factory=dict)

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.begin <= at < self.end


def facts_of(
    store: Store,
    period: Period,
    at: datetime,
    permit: str = "",
    area: str = "",
    only: Sequence[UUID] | None = None,
    world: World | None = None,
    disruptions: Disruptions | None = None,
) -> tuple[CaseFacts, ...]:
    """Facts of every file of which the period knows something, by everything recorded until now.

    `area`: a kelurahan or kecamatan; `only`: of these files; `world`: as if it were the law; `disruptions`: of the
    period, for the files they touched.
    """
    if period.span[0] > at:
        return ()
    ids = tuple(only) if only is not None else store.report_facts.open_between(*period.span, permit, area)
    return tuple(one.facts for one in counted(store, period, at, ids, world, disruptions) if not one.facts.empty)


class Counted(NamedTuple):
    """`settled`: another instant would find the same, as long as neither the file nor the law changes."""

    facts: CaseFacts
    settled: bool


def counted(
    store: Store,
    period: Period,
    at: datetime,
    ids: Sequence[UUID],
    world: World | None = None,
    disruptions: Disruptions | None = None,
) -> Iterator[Counted]:
    """Facts of these files, also of those the period knows nothing of."""
    law = world or store.calendars.world()
    gathering = Gathering(store, *period.span, at, law, disruptions, _worlds(law, disruptions))
    for begin in range(0, len(ids), AT_ONCE):
        yield from _batch(gathering, ids[begin : begin + AT_ONCE])


def _worlds(world: World, disruptions: Disruptions | None) -> dict[str, World]:
    suspending = {one.code for one in disruptions.declared if one.minutes} if disruptions else set()
    return {code: one for code, one in alone(world).items() if code in suspending} | (
        {ALL: world} if suspending else {}
    )


def _batch(gathering: Gathering, ids: Sequence[UUID]) -> Iterator[Counted]:
    store = gathering.store
    cases = store.readings.clocked(ids, store.deployments.get)
    happened = store.report_facts.happened(ids, gathering.end, (INSPECTION,), tuple(CLEAR))
    numbers = store.report_facts.numbers(ids)
    return (_facts(gathering, case, happened[case.id], numbers[case.id]) for case in cases.values())


def _facts(gathering: Gathering, case: Case, happened: Happened, number: str) -> Counted:
    reading = _service(gathering, case)
    settled = gathering.end <= gathering.at or reading is None or reading.state == "STOPPED"
    return Counted(_read(gathering, case, reading, happened, number), settled)


def _read(gathering: Gathering, case: Case, reading: Reading | None, happened: Happened, number: str) -> CaseFacts:
    counts = {**_counts(gathering, happened), **_money(gathering, happened)}
    if reading is not None and gathering.within(reading.started_at):
        counts["terdaftar"] = 1
    judged = reading is not None and _judged(case, happened, reading)
    ended = judged and reading is not None and reading.state == "STOPPED" and gathering.within(reading.stopped_at)
    counted = judged and reading is not None and (ended or reading.state in ("RUNNING", "PAUSED"))
    clock = case.clock("L")
    return CaseFacts(
        case.id,
        number,
        case.facts.permit,
        case.facts.area,
        {code: n for code, n in counts.items() if n},
        finished(legal_clock(case, clock), reading, gathering.world) if ended and clock and reading else None,
        overdue(reading, _steps(case, reading), _said(happened), _stays(gathering, case, reading))
        if counted and reading
        else None,
        tuple(_reasons(gathering, happened)),
        stopped(legal_clock(case, clock), gathering.worlds, gathering.begin, reading.at) if clock and reading else {},
        tuple(_met(gathering, reading)) if reading else (),
    )


def _service(gathering: Gathering, case: Case) -> Reading | None:
    """The service clock at the last instant of the period, or now while it lasts; None while there is none."""
    clock = case.clock("L")
    if clock is None or not clock.events:
        return None
    seen = min(gathering.end - INSTANT, present(case, gathering.at))
    return read_clock(case, clock, gathering.world, seen)


def _met(gathering: Gathering, reading: Reading) -> Iterator[str]:
    """Codes of the failures of central systems in whose part of the period the file was under way."""
    for one in gathering.disruptions.failures if gathering.disruptions else ():
        until = min(one.until or gathering.end, gathering.end)
        if lived_through(reading, max(one.since, gathering.begin), until):
            yield one.code


def _judged(case: Case, happened: Happened, reading: Reading) -> bool:
    """A file that was withdrawn or lapsed has kept or missed nothing: its clock stopped with that very step."""
    states = case.deployment.catalogue.states
    ends = {at for code, at in happened.states if code in states and states[code].unjudged}
    return reading.stopped_at not in ends


def _steps(case: Case, reading: Reading) -> Iterator[str]:
    """Names of the steps that were open then; none of a file that is through."""
    if reading.state == "STOPPED":
        return
    scope = case.deployment.definition.scope(case.process)
    for step in open_steps(case.spells, reading.at):
        found = scope.get(step)
        yield found.name if found is not None and found.name else step


def _stays(gathering: Gathering, case: Case, reading: Reading) -> Iterator[Stay]:
    """Where the time went, told by the file's own steps."""
    if reading.started_at is None:
        return
    span = reading.started_at, reading.stopped_at or reading.at
    odometer = gathering.world.calendar.as_known(reading.known_at)
    yield from stays(case.spells, _standards(case), span, odometer)


def _standards(case: Case) -> dict[str, tuple[str, str]]:
    scope = case.deployment.definition.scope(case.process)
    return {id: (one.name or id, standard_of(one.properties, case.facts.channel)) for id, one in scope.items()}


def _said(happened: Happened) -> tuple[str, ...]:
    """What officials gave as the reason."""
    return tuple(dict.fromkeys(str(one.reason) for one in happened.answers))


def _counts(gathering: Gathering, happened: Happened) -> dict[str, int]:
    first = {one.kind: one.issued_at for one in reversed(happened.letters)}
    made = [one.kind for one in happened.letters if gathering.within(one.issued_at)]
    states = [code for code, at in happened.states if gathering.within(at)]
    collected = COLLECTED in first or ENDINGS["ditutup"] in {code for code, _at in happened.states}
    return {
        "terbit": int(gathering.within(first.get(ISSUED))),
        "ditolak": int(gathering.within(first.get(REFUSED))),
        "belum_diambil": int(ISSUED in first and not collected),
        "tinjauan": sum(gathering.within(at) for at in happened.visits),
        **{code: made.count(sheet) for code, sheet in SHEETS.items()},
        **{code: int(state in states) for code, state in ENDINGS.items()},
    }


def _money(gathering: Gathering, happened: Happened) -> dict[str, int]:
    """Rupiah: assessed less what was assessed before and superseded, received by the day of payment, given back."""
    first, last = (one.astimezone(WIB).date().isoformat() for one in (gathering.begin, gathering.end - INSTANT))
    return {
        "ditetapkan": sum(_assessed(gathering, one) for one in happened.assessments),
        "dibayar": sum(
            int(one.amount)
            for one in happened.payments
            if one.status in RECEIVED and first <= str(one.paid_on)[:10] <= last
        ),
        "uang_kembali": sum(
            int(one.amount)
            for one in happened.payments
            if one.status == "refunded" and gathering.within(one.decided_at)
        ),
    }


def _assessed(gathering: Gathering, one: Any) -> int:
    """A STRD repeats what the SKRD assessed; only its interest is new."""
    amount = int(one.interest) + (int(one.principal) if one.kind == "SKRD" else 0)
    return amount * (int(gathering.within(one.assessed_at)) - int(gathering.within(one.superseded_at)))


def _reasons(gathering: Gathering, happened: Happened) -> Iterator[str]:
    """ "ktp:tidak_terbaca" of each requirement for which a file was sent back; erased values name none."""
    for one in happened.returns:
        if not gathering.within(one.at) or one.outcome not in WANTING[one.element]:
            continue
        rows = CLEAR[one.element][0]
        word, bad = BAD[rows]
        values: Mapping[str, Any] = (parse(one.values) or {}).get(rows) or {}
        yield from (f"{code}:{row[word]}" for code, row in values.items() if row.get(word) in bad)
