"""A second, slow answer to a clock case: cut the time at every boundary, classify each piece, add fractions.

It reads the JSON itself and shares nothing with the product.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from itertools import pairwise

ZONE = timezone(timedelta(hours=7))
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDER = (
    "FORCE_MAJEURE",
    "MENUNGGU_PEMBAYARAN",
    "MENUNGGU_PERBAIKAN",
    "KETIDAKHADIRAN_PEMOHON",
    "PENUNDAAN_PERMINTAAN_PEMOHON",
)
FAR = datetime(2100, 1, 1, tzinfo=ZONE)


def when(text):
    return None if text is None else datetime.fromisoformat(text).astimezone(ZONE)


def minutes(begin, end):
    return Fraction((end - begin) // timedelta(microseconds=1), 60_000_000)


class Known:
    """A case as known at an instant, with questions about single instants only."""

    def __init__(self, case, known_at):
        self.case, self.known_at = case, when(known_at)
        self.days = {}
        self.entries = [e for e in case["calendar"] if self.known(e)]
        self.entries = sorted(self.entries, key=lambda e: when(e["recorded_at"]))
        mine = case["clock"].get("calendar", "")
        own = [e for e in case.get("hours", []) if e["unit"] == mine and self.known(e)]
        self.own = sorted(own, key=lambda e: when(e["recorded_at"]))
        self.years = {e["year"] for e in self.entries if e["kind"] == "YEAR"}
        self.pausable = case["clock"].get("pausable", True)
        self.events = self.corrected()
        self.lives()
        self.declarations = self.in_force() if self.pausable else []
        self.pauses = self.paired() if self.pausable else []

    def known(self, record):
        return self.known_at is None or when(record["recorded_at"]) <= self.known_at

    def windows(self, day):
        if day not in self.days:
            found = []
            for entry in (*self.entries, *self.own):
                if entry["kind"] == "WEEK" and entry["from"] <= day.isoformat() <= (entry["to"] or "9999"):
                    found = entry["hours"].get(DAY_NAMES[day.weekday()], [])
            special = [e for e in self.entries if e["kind"] == "DAY" and e["date"] == day.isoformat()]
            if special and special[-1]["hours"] is not None:
                found = special[-1]["hours"]
            self.days[day] = [(self.on(day, o), self.on(day, c)) for o, c in found]
        return self.days[day]

    def on(self, day, text):
        hour, minute = map(int, text.split(":"))
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)

    def corrected(self):
        ledger = [e for e in self.case["ledger"] if self.known(e)]
        events = []
        for event in ledger:
            fixes = [c for c in ledger if c["kind"] == "CORRECT" and c["supersedes"] == event["seq"]]
            fixes.sort(key=lambda c: (when(c["recorded_at"]), c["seq"]))
            at = when((fixes[-1] if fixes else event)["effective_at"])
            if event["kind"] != "CORRECT" and at is not None:
                events.append((at, event["seq"], event))
        return sorted(events, key=lambda e: e[:2])

    def lives(self):
        self.start, self.start_event, self.switches, state = None, None, [], "NONE"
        for at, _, event in self.events:
            if event["kind"] == "START" and state == "NONE":
                self.start, self.start_event, state = at, event, "ON"
            elif event["kind"] == "STOP" and state == "ON":
                state = "OFF"
                self.switches.append((at, "OFF"))
            elif event["kind"] == "REOPEN" and state == "OFF":
                state = "ON"
                self.switches.append((at, "ON"))

    def last_switch(self, at):
        past = [s for s in self.switches if s[0] <= at]
        return past[-1] if past else (self.start, "ON")

    def in_gap(self, at):
        """Between a STOP and a REOPEN that came; a final STOP is no gap."""
        return self.last_switch(at)[1] == "OFF" and any(s[0] > at for s in self.switches)

    def paired(self):
        pauses, opened = [], {}
        for at, _, event in self.events:
            cause = event.get("cause")
            if event["kind"] == "PAUSE" and cause not in opened:
                opened[cause] = at
            elif event["kind"] == "RESUME" and cause in opened:
                pauses.append((cause, opened.pop(cause), at))
        return pauses + [(cause, at, None) for cause, at in opened.items()]

    def in_force(self):
        held = []
        for declaration in self.case["declarations"]:
            counting = [v for v in declaration["versions"] if v["approved_at"] is not None and self.known(v)]
            if self.known_at is not None:
                counting = [v for v in counting if when(v["approved_at"]) <= self.known_at]
            counting.sort(key=lambda v: (when(v["approved_at"]), v["version"]))
            if counting and counting[-1]["kind"] != "REVOKE":
                held.append((declaration["id"], counting[-1]))
        return sorted(held, key=lambda h: h[0])

    def hits(self, version, at):
        begin, end = when(version["from"]), when(version["to"])
        if not (begin <= at and (end is None or at < end)):
            return False
        scope, facts = version["scope"], self.case["facts"]
        if "permit_types" in scope and facts["permit_type"] not in scope["permit_types"]:
            return False
        if "areas" in scope:
            parts = facts["area"].split(".")
            if not any(parts[: len(a.split("."))] == a.split(".") for a in scope["areas"]):
                return False
        looks = [(k, s) for k, s in (("unit", "units"), ("system", "systems"), ("step", "steps")) if s in scope]
        if not looks:
            return True
        open_tasks = [t for t in self.case.get("tasks", []) if when(t["from"]) <= at]
        open_tasks = [t for t in open_tasks if t["to"] is None or at < when(t["to"])]
        return bool(open_tasks) and all(t.get(k) in scope[s] for t in open_tasks for k, s in looks)

    def causes(self, at):
        found = {"FORCE_MAJEURE" for _, v in self.declarations if v["effect"] == "SUSPEND" and self.hits(v, at)}
        found |= {c for c, begin, end in self.pauses if begin <= at and (end is None or at < end)}
        return [c for c in ORDER if c in found]

    def boundaries(self):
        found = {at for at, _, _ in self.events}
        found |= {when(v[k]) for _, v in self.declarations for k in ("from", "to") if v[k]}
        return found | {when(t[k]) for t in self.case.get("tasks", []) for k in ("from", "to") if t[k]}

    def open_from(self):
        """When the earliest stop that never ends begins, at or after the start."""
        begins = [begin for _, begin, end in self.pauses if end is None]
        for _, version in self.declarations:
            if version["effect"] == "SUSPEND" and version["to"] is None and self.hits(version, FAR):
                # Backwards over the boundaries for as long as it hits without a break.
                begin = FAR
                for edge in sorted(self.boundaries(), reverse=True):
                    if not self.hits(version, edge):
                        break
                    begin = edge
                begins.append(begin)
        return max(min(begins), self.start) if begins else None

    def barrier(self):
        year = self.start.year
        while year in self.years:
            year += 1
        return max(self.start, datetime(year, 1, 1, tzinfo=ZONE))

    def blocked(self):
        opened = self.open_from()
        return "OPEN_PAUSE" if opened is not None and opened < self.barrier() else "YEAR_NOT_OFFICIAL"

    def pieces(self, begin, end):
        """`(from, to, weight of a minute in hk or None when closed)`, cut at every boundary."""
        edges = sorted(e for e in self.boundaries() if begin < e < end)
        day = begin.date()
        while datetime(day.year, day.month, day.day, tzinfo=ZONE) < end:
            midnight = datetime(day.year, day.month, day.day, tzinfo=ZONE)
            windows = self.windows(day)
            cuts = {midnight, midnight + timedelta(days=1), *(t for w in windows for t in w)}
            cuts |= {e for e in edges if e.date() == day}
            cuts = sorted(t for t in {max(begin, min(end, c)) for c in cuts})
            length = sum((minutes(o, c) for o, c in windows), Fraction(0))
            for a, b in pairwise(cuts):
                inside = any(o <= a < c for o, c in windows)
                yield a, b, (1 / length if inside else None)
            day += timedelta(days=1)


def ceil_second(at):
    return at if at.microsecond == 0 else at.replace(microsecond=0) + timedelta(seconds=1)


def budget_of(case, known, at):
    budget = case["clock"]["budget"]
    if isinstance(budget, list):
        begun = known.start_event
        fit = [
            v
            for v in budget
            if date.fromisoformat(v["valid_from"]) <= known.start.date()
            and when(v["recorded_at"]) <= when(begun["recorded_at"])
        ]
        budget = max(fit, key=lambda v: (v["valid_from"], when(v["recorded_at"])))
    unit = "hk" if "hk" in budget else "minutes"
    return unit, Fraction(budget[unit])


def accrual(known, unit, amount):
    """The first instant at which the amount has accrued, or None and why not."""
    total, barrier, opened = Fraction(0), known.barrier(), known.open_from()
    for a, b, weight in known.pieces(known.start, barrier):
        if opened is not None and a >= opened:
            return None, "OPEN_PAUSE"
        if weight is None or known.causes(a) or known.in_gap(a):
            continue
        per_minute = weight if unit == "hk" else Fraction(1)
        gain = minutes(a, b) * per_minute
        if total + gain >= amount:
            micro = (amount - total) / per_minute * 60_000_000
            return ceil_second(a + timedelta(microseconds=-(-micro.numerator // micro.denominator))), None
        total += gain
    return None, "YEAR_NOT_OFFICIAL"


def next_accrual(known, at):
    barrier, opened = known.barrier(), known.open_from()
    for a, _, weight in known.pieces(at, barrier) if at < barrier else ():
        if opened is not None and a >= opened:
            break
        if weight is not None and not known.causes(a) and not known.in_gap(a):
            return a, None
    return None, known.blocked()


def closing(known, at):
    return known.windows(at.date())[-1][1]


def promise(known, unit, amount):
    reached, why = accrual(known, unit, amount)
    if why:
        return reached, None, why, []
    promised = closing(known, reached) if unit == "hk" else reached
    rolled = []
    while True:
        rolls = [(i, v) for i, v in known.declarations if v["effect"] == "ROLL_LAST_DAY" and known.hits(v, promised)]
        if not rolls:
            return reached, promised, None, rolled
        rolled.append(rolls[0][0])
        if rolls[0][1]["to"] is None:
            return reached, None, "OPEN_ROLL", rolled
        target, why = next_accrual(known, when(rolls[0][1]["to"]))
        if why:
            return reached, None, why, rolled
        promised = closing(known, target)


def split(known, end):
    parts = {"office": [Fraction(0), Fraction(0)], "applicant": [Fraction(0)] * 2, "kahar": [Fraction(0)] * 2}
    closed, by_cause = Fraction(0), {}
    for a, b, weight in known.pieces(known.start, end):
        if known.in_gap(a):
            continue
        if weight is None:
            closed += minutes(a, b)
            continue
        causes = known.causes(a)
        part = "office" if not causes else "kahar" if causes[0] == "FORCE_MAJEURE" else "applicant"
        length = minutes(a, b)
        parts[part] = [parts[part][0] + length, parts[part][1] + length * weight]
        if causes:
            by_cause[causes[0]] = by_cause.get(causes[0], Fraction(0)) + length
    return parts, closed, by_cause


def iso(at):
    return None if at is None else at.isoformat()


def not_started(case, question):
    budget = case["clock"]["budget"]
    zero = {"office": "0", "applicant": "0", "kahar": "0"}
    return {
        "at": question["at"],
        "known_at": question["known_at"],
        "state": "NOT_STARTED",
        "accruing": False,
        "paused_by": [],
        "elapsed_hk": "0",
        "elapsed_minutes": "0",
        "remaining": None if isinstance(budget, list) else next(iter(budget.values())),
        "accrual_at": None,
        "promised_at": None,
        "no_promise_because": "NOT_STARTED",
        "rolled_by": [],
        "late": False,
        "rungs": {"50": None, "75": None, "90": None, "100": None},
        "split": {**zero, "closed": "0", "gross": "0"},
        "split_hk": zero,
        "paused_minutes_by_cause": {},
    }


def answer(case, question):
    known, at = Known(case, question["known_at"]), when(question["at"])
    if known.start is None or at < known.start:
        return not_started(case, question)
    unit, amount = budget_of(case, known, at)
    switch, state = known.last_switch(at)
    end = switch if state == "OFF" else at
    causes = [] if state == "OFF" else known.causes(at)
    parts, closed, by_cause = split(known, end)
    reached, promised, why, rolled = promise(known, unit, amount)
    elapsed = parts["office"][1] if unit == "hk" else parts["office"][0]
    gross = closed + sum(p[0] for p in parts.values())
    open_now = any(o <= at < c for o, c in known.windows(at.date()))
    rungs = {str(r): iso(accrual(known, unit, amount * r / 100)[0]) for r in (50, 75, 90)}
    return {
        "at": question["at"],
        "known_at": question["known_at"],
        "state": "STOPPED" if state == "OFF" else "PAUSED" if causes else "RUNNING",
        "accruing": state == "ON" and not causes and open_now,
        "paused_by": causes,
        "elapsed_hk": str(parts["office"][1]),
        "elapsed_minutes": str(parts["office"][0]),
        "remaining": str(max(amount - elapsed, Fraction(0))),
        "accrual_at": iso(reached),
        "promised_at": iso(promised),
        "no_promise_because": why,
        "rolled_by": rolled,
        "late": promised is not None and end > promised,
        "rungs": {**rungs, "100": iso(promised)},
        "split": {**{n: str(p[0]) for n, p in parts.items()}, "closed": str(closed), "gross": str(gross)},
        "split_hk": {n: str(p[1]) for n, p in parts.items()},
        "paused_minutes_by_cause": {c: str(by_cause[c]) for c in ORDER if c in by_cause},
    }


def sweep_log(case):
    fired, noted, log = set(), set(), []
    for s in case["sweeps"]:
        found = answer(case, {"at": s, "known_at": s})
        known = Known(case, s)
        end = when(s)
        if found["state"] == "STOPPED":
            end = known.last_switch(end)[0]
        crossed = {
            int(r) for r, t in found["rungs"].items() if t and (when(t) < end or (r != "100" and when(t) == end))
        }
        new = sorted(crossed - fired)
        for rung in new:
            log.append({"at": s, "rung": rung, "what": "FIRED", "notify": rung == new[-1]})
        for rung in sorted(fired - crossed - noted):
            log.append({"at": s, "rung": rung, "what": "NO_LONGER", "notify": False})
            noted.add(rung)
        fired |= crossed
    return log
