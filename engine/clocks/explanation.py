"""Why this date: the walk that found the promise, printed line by line with its sources."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from functools import partial

from engine.clocks.force_majeure import World
from engine.clocks.instants import instant, micros
from engine.clocks.ledger import Clock
from engine.clocks.promise import Promise, promise
from engine.clocks.term import Budget
from engine.clocks.walk import Begun, Reason, begun
from engine.clocks.walk_lines import Line, counted_lines, start_line, term_lines
from engine.clocks.wording import (
    CAUSE_WORDS,
    REASON_WORDS,
    UNITS,
    date_words,
    four_decimals,
    hour_words,
    moment_words,
    papers,
    windows_words,
)


@dataclass(frozen=True)
class Explanation:
    """The lines in order; `total` is what they add up to, in the budget's unit.

    With a promise the last line's total is the budget and it ends at `promised_at`.
    """

    clock: str
    budget: Budget | None
    known_at: datetime | None
    lines: tuple[Line, ...]
    promised_at: datetime | None
    no_promise_because: Reason | None
    total: Fraction

    def to_json(self) -> str:
        """A JSON document for download: exact fractions as text, instants in WIB, every line's sources."""
        document = {
            "clock": self.clock,
            "budget": None if self.budget is None else str(self.budget),
            "known_at": _iso(self.known_at),
            "lines": [line.as_json() for line in self.lines],
            "promised_at": _iso(self.promised_at),
            "no_promise_because": self.no_promise_because,
            "total": str(self.total),
        }
        return json.dumps(document, ensure_ascii=False, indent=2)

    def text(self) -> str:
        """The lines as a table of plain text: date, hours counted, note, amount, running total."""
        head = ("Tanggal", "Jam layanan dihitung", "Keterangan", self.unit, "Jumlah")
        return "\n".join(" | ".join(cells).rstrip() for cells in (head, *self.rows()))

    @property
    def unit(self) -> str:
        """The word of the amounts: hk, menit, hari, bulan; "" before there is a budget."""
        return UNITS[self.budget.unit] if self.budget else ""

    def rows(self) -> tuple[tuple[str, str, str, str, str], ...]:
        """The lines in words: date, hours counted, note, amount as a fraction, running total in four decimals."""
        return tuple(_row(line) for line in self.lines)


def explain(
    clock: Clock, world: World, at: datetime, known_at: datetime | None = None, placed: bool = True
) -> Explanation:
    """The promise of `read(clock, world, at, known_at)`, made by the same walk.  Raises what `read` raises.

    `placed`: no closed line begins before the clock does, and where no date can be given the last line says from when.
    Without, lines as earlier releases wrote them, who gave the start for the second.
    """
    known = begun(clock, world, at, known_at)
    if known is None or known.start.at > micros(at):
        line = Line("NO_PROMISE", at, at, note=f"tidak ada tanggal janji: {REASON_WORDS['NOT_STARTED']}")
        return Explanation(clock.name, None, known_at, (line,), None, "NOT_STARTED", Fraction(0))
    promised = promise(known)
    lines = tuple(_totalled(_lines(known, promised, placed)))
    return Explanation(
        clock=clock.name,
        budget=known.budget,
        known_at=known_at,
        lines=lines,
        promised_at=None if promised.promised is None else instant(promised.promised),
        no_promise_because=promised.reason,
        total=lines[-1].total,
    )


def _lines(known: Begun, promised: Promise, placed: bool) -> list[Line]:
    walked = counted_lines(known) if known.budget.in_service_time else term_lines(known)
    return [
        start_line(known),
        *(map(partial(_from_the_start, instant(known.start.at)), walked) if placed else walked),
        *_agreed(promised),
        *_graces(promised),
        *_rolls(promised),
        _last(known, promised, placed),
    ]


def _from_the_start(start: datetime, line: Line) -> Line:
    """A date that was closed already when the clock began is told from that moment on."""
    return replace(line, since=max(line.since, start)) if line.kind == "CLOSED" else line


def _agreed(promised: Promise) -> Iterable[Line]:
    """The later date the applicant agreed to, with the date it stands in for."""
    if promised.consented is None or promised.worked_out is None:
        return
    fact, to = promised.consented.fact, promised.consented.at
    at, old = instant(fact.at), date_words(instant(promised.worked_out))
    day = str(fact.event.until and f"{fact.event.until:%d-%m-%Y}")
    note = f"diperpanjang dengan persetujuan pemohon{papers((fact.source,))} sampai {day}; janji semula {old}"
    if to is None or instant(to).date() != fact.event.until:
        note += f"; setelah libur dan jeda sejak itu {'belum diketahui' if to is None else date_words(instant(to))}"
    yield Line("EXTENDED", at, None if to is None else instant(to), note=note, sources=(fact.source,))


def _graces(promised: Promise) -> Iterable[Line]:
    for span, to in promised.graces:
        until = None if span.end is None else instant(span.end)
        where = "belum diketahui" if to is None else moment_words(instant(to))
        note = f"{CAUSE_WORDS[span.cause]}{papers(span.sources)} pada hari terakhir menggeser tanggal janji ke {where}"
        yield Line("MOVED", instant(span.begin), until, note=note, sources=span.sources)


def _rolls(promised: Promise) -> Iterable[Line]:
    for roll in promised.rolls:
        declared = roll.declared
        until = None if declared.until is None else instant(declared.until)
        to = "belum diketahui" if roll.to is None else moment_words(instant(roll.to))
        span = f"{moment_words(instant(declared.since))} s.d. {moment_words(until)}"
        note = f"tanggal janji jatuh dalam keadaan kahar{papers((declared.source,))} {span}; bergeser ke {to}"
        yield Line("ROLLED", instant(declared.since), until, note=note, sources=(declared.source,))


def _last(known: Begun, promised: Promise, placed: bool) -> Line:
    if promised.promised is None:
        year = instant(known.barrier).year
        why = REASON_WORDS[str(promised.reason)].format(year=year)
        since = instant(_ends_at(known, promised) if placed else known.start.at)
        return Line("NO_PROMISE", since, None, note=f"tidak ada tanggal janji: {why}")
    at = instant(promised.promised)
    ends = "kuota habis" if known.budget.unit == "minutes" and not promised.rolls else "akhir jam layanan"
    if known.policy.whole_day and known.budget.unit == "hk":
        ends = "akhir hari"
    # A day that is over at midnight belongs to the date before it.
    day = date_words(instant(promised.promised - 1))
    return Line("PROMISE", at, at, note=f"tanggal janji {day}: {ends} {hour_words(at)}")


def _ends_at(known: Begun, promised: Promise) -> int:
    """From when no date can be given: where the year, the pause or the roll without an end begins."""
    if promised.reason == "YEAR_NOT_OFFICIAL":
        return known.barrier
    endless = promised.rolls[-1].declared.since if promised.reason == "OPEN_ROLL" else known.open_from
    return max(known.start.at, endless or known.start.at)


def _totalled(lines: Iterable[Line]) -> Iterable[Line]:
    total = Fraction(0)
    for line in lines:
        total += line.amount
        yield replace(line, total=total)


def _row(line: Line) -> tuple[str, str, str, str, str]:
    hours = "penuh" if line.full else windows_words(line.windows) or "–"
    return (_when(line), hours, line.note, _share(line), four_decimals(line.total))


def _when(line: Line) -> str:
    if line.kind in ("STOPPED", "ROLLED", "EXTENDED", "MOVED"):
        return f"{moment_words(line.since)} – {moment_words(line.until)}"
    if line.kind in ("START", "PROMISE"):
        return moment_words(line.since)
    if line.until is None:
        return "–"
    first, last = date_words(line.since), date_words(instant(micros(line.until) - 1))
    return first if first == last else f"{first} – {last}"


def _share(line: Line) -> str:
    if line.of_minutes and not line.full:
        return f"{line.minutes}/{line.of_minutes}"
    return str(line.amount)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
