"""Pola yang patut diperiksa: what stands out among the decisions of a period, with the files behind each figure.

A pattern is a question, not an accusation: nobody is judged by it, nothing is changed, and every look is recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, personal
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from app.store.patterns import CODES, MOST, Question, multirange
from app.store.patterns import Behind as Behind
from engine import access
from engine.access import Actor
from engine.catalogue.patterns import PatternLaw, law_of
from engine.clocks import Odometer
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid

LISTED, TABLE = 200, 10_000  # decisions of one figure on a page, and in a table for a spreadsheet
LONGEST = 366


@dataclass(frozen=True)
class Span:
    """The first and the last day of a period, in WIB."""

    since: date
    until: date

    @property
    def edges(self) -> tuple[datetime, datetime]:
        """Its first instant, and the first that is no longer in it."""
        after = self.until + timedelta(days=1)
        return datetime.combine(self.since, time.min, WIB), datetime.combine(after, time.min, WIB)

    def require(self) -> None:
        """Raise SubmissionInvalid at `sampai` where it ends before it begins, or lasts longer than a year."""
        if self.until < self.since:
            raise SubmissionInvalid({"sampai": "Sampai tidak boleh sebelum dari"})
        if self.until - self.since > timedelta(days=LONGEST):
            raise SubmissionInvalid({"sampai": Sentence("Periode paling lama %(n)s hari", n=LONGEST)})


@dataclass(frozen=True)
class Pattern:
    """`cut`: whether there are more lines than are shown."""

    code: str
    lines: tuple[Any, ...]
    cut: bool


@dataclass(frozen=True)
class Known:
    """What lines speak of: names of people, of steps, numbers of files; years without an adopted calendar."""

    law: PatternLaw
    names: Mapping[UUID, str]
    steps: Mapping[str, str]
    files: Mapping[UUID, Any]
    unadopted: tuple[int, ...]
    may_record: bool


@dataclass(frozen=True)
class Found:
    span: Span
    patterns: tuple[Pattern, ...]
    known: Known


@dataclass(frozen=True)
class Listed:
    """The decisions behind a figure, newest first; `closed`: by task whether its day was no working day."""

    span: Span
    code: str
    which: Behind
    rows: tuple[Any, ...]
    more: bool
    closed: Mapping[UUID, bool]
    known: Known


@retried
def found(span: Span, by: UUID, at: datetime, address: str = "") -> Found:
    """Every pattern with the lines that reach its thresholds; recorded as a look.

    Raises NotAllowed, SubmissionInvalid at `sampai`, Refused where the release names no thresholds.
    """
    with transaction() as store:
        who = _asking(store, span, by, at)
        law, odometer = _law(store), store.calendars.world().calendar.as_known(None)
        patterns = tuple(_pattern(store, _question(one, law, span, odometer)) for one in CODES)
        _recorded(store, span, "", who, at, address)
        lines = [line for one in patterns for line in one.lines]
        return Found(span, patterns, _known(store, law, span, odometer, lines, who))


@retried
def behind(code: str, which: Behind, span: Span, by: UUID, at: datetime, address: str = "") -> Listed:
    """The decisions that one figure counts.  Raises as `found`, and NotFound for a pattern there is not."""
    return _listed(code, which, span, LISTED, by, at, address)


@retried
def table(code: str, which: Behind, span: Span, by: UUID, at: datetime, address: str = "") -> Listed:
    """Likewise up to TABLE of them, for a spreadsheet."""
    return _listed(code, which, span, TABLE, by, at, address)


def _listed(code: str, which: Behind, span: Span, most: int, by: UUID, at: datetime, address: str) -> Listed:
    with transaction() as store:
        who = _asking(store, span, by, at)
        if code not in CODES:
            raise NotFound("Pola ini tidak ada.")
        law, odometer = _law(store), store.calendars.world().calendar.as_known(None)
        rows = store.patterns.behind(_question(code, law, span, odometer), which, most + 1)
        _recorded(store, span, code, who, at, address, which)
        closed = {one.task_id: not odometer.windows(one.at.astimezone(WIB).date()) for one in rows}
        known = _known(store, law, span, odometer, rows[:most], who)
        return Listed(span, code, which, rows[:most], len(rows) > most, closed, known)


def _asking(store: Store, span: Span, by: UUID, at: datetime) -> Actor:
    who = acting.actor(store, by, at)
    access.require(who, "see_ledger")
    span.require()
    return who


def _law(store: Store) -> PatternLaw:
    law = law_of(store.deployments.active().catalogue.settings)
    if law is None:
        raise Refused("Terbitan yang berlaku belum menyebut ambang pola audit.")
    return law


def _pattern(store: Store, asked: Question) -> Pattern:
    rows = store.patterns.figures(asked, MOST + 1)
    return Pattern(asked.code, rows[:MOST], len(rows) > MOST)


def _question(code: str, law: PatternLaw, span: Span, odometer: Odometer) -> Question:
    since, until = span.edges
    if code == "pasangan":
        values = {"firsts": [one for one, _ in law.pairs], "seconds": [one for _, one in law.pairs]}
        ratio = law.pair_ratio
        return Question(code, since, until, law.pair_least, values, ratio.numerator, ratio.denominator)
    if code == "luar_jam":
        worked = {"decisions": list(law.decisions), "worked": multirange(_worked(span, law.leeway, odometer))}
        return Question(code, since, until, law.outside_least, worked)
    if code == "rangkap":
        return Question(code, since, until, law.substitute_least, _apart())
    if code == "kilat":
        quick = {"decisions": list(law.decisions), "seconds": law.seconds}
        return Question(code, since, until, law.quick_least, quick)
    returns = {"steps": [one for one, _ in law.returns], "buttons": [one for _, one in law.returns]}
    if code == "dikembalikan":
        return Question(code, since, until, law.case_least, returns)
    ratio = law.returner_ratio
    return Question(code, since, until, law.returner_least, returns, ratio.numerator, ratio.denominator)


def _apart() -> dict[str, list[str]]:
    """Steps that the separation of duties keeps apart, either way round."""
    pairs = {(step, other) for step, others in access.SEPARATION.items() for other in others}
    both = sorted(pairs | {(other, step) for step, other in pairs})
    return {"firsts": [one for one, _ in both], "seconds": [one for _, one in both]}


def _worked(span: Span, leeway: int, odometer: Odometer) -> list[tuple[datetime, datetime]]:
    """From opening to closing of each working day, `leeway` minutes wider at both ends; the noon break counts too."""
    days = (span.since + timedelta(days=n) for n in range((span.until - span.since).days + 1))
    windows = (odometer.windows(day) for day in days)
    wider = timedelta(minutes=leeway)
    return [(one[0][0] - wider, one[-1][1] + wider) for one in windows if one]


def _known(store: Store, law: PatternLaw, span: Span, odometer: Odometer, rows: Any, who: Actor) -> Known:
    people = {one for row in rows for one in (row.person, row.other) if one}
    files = {row.case_id for row in rows if row.case_id}
    elements = store.deployments.active().definition.elements
    years = range(span.since.year, span.until.year + 1)
    return Known(
        law,
        store.people.names(people),
        {code: one.name for code, one in elements.items() if one.name},
        store.trail.cases(files) if files else {},
        tuple(one for one in years if not odometer.is_official(one)),
        access.may(who, "record_finding"),
    )


def _recorded(
    store: Store, span: Span, code: str, who: Actor, at: datetime, address: str, which: Behind | None = None
) -> None:
    why = f"dari {span.since:%d/%m/%Y}; sampai {span.until:%d/%m/%Y}" + (f"; pola {code}" if code else "")
    about = {"subject_id": which.person if which else None, "case_id": which.case_id if which else None}
    values = {"person_id": who.id, "what": personal.PATTERNS, "why": why, "address": address}
    store.people.log_access(uuid7(), at, **values, **about)
