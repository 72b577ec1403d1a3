"""Offices full of clocks for comparing two ways of counting: whatever a ledger may hold, instants on edges on purpose.

Everything comes of one seed; a world is a calendar and declarations, its clocks stand in rows of the office's tables.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random
from uuid import UUID

from psycopg2.extras import execute_values

from engine.clocks.cases_input import case as parsed
from tests.engine.clocks.generated import (
    CAUSES,
    COUNTER,
    DAYS,
    EDGES,
    EIGHT_HOURS,
    LONG_AGO,
    NORMAL,
    ODD,
    RAMADAN,
    SCOPES,
    TURN,
)

ZONE = timezone(timedelta(hours=7))
SHIFTS = (0, 0, 0, 1_000_000, -1_000_000, 500_000, 754_000_000)
# Day lengths without a common measure: their ticks do not fit into eight bytes.
PRIMES = {
    "mon": [["08:00", "15:01"]],
    "tue": [["08:00", "14:59"]],
    "wed": [["07:17", "14:00"]],
    "thu": [["09:00", "15:43"]],
    "fri": [["08:00", "11:11"], ["13:00", "15:58"]],
}
BUDGETS = ("3 hk", "5 hk", "1 hk", "1/2 hk", "17/7 hk", "120 menit", "2000 menit", "3 jam", "100 hk", "7/3 menit")
TERMS = ("10 hari", "1 bulan")
UNITS = ("", "A", "B", "DPMPTSP")
COUNTERS = ("", "", "LOKET", "LOKET", "BALAI")  # whose hours a clock is counted in; not all of them have their own
PERMITS = ("IMB", "SIP", "TRAYEK")
AREAS = ("18.72.01.1001", "18.72.01", "18.72.10.1", "")
COURSES = (("DECLARE",), ("DECLARE",), ("DECLARE", "AMEND"), ("DECLARE", "REVOKE"), ("DECLARE", "REVOKE", "AMEND"))
FINISHED = ((), (), ("STOP",), ("STOP", "REOPEN"), ("STOP", "REOPEN", "STOP"), ("START",), ("REOPEN", "STOP"))
OFFICE_SCOPES = (
    *SCOPES,
    {"units": ["A", "DPMPTSP"]},
    {"systems": ["daring"]},
    {"systems": ["loket"], "units": ["B"]},
    {"systems": ["bank", "daring+bank", "loket", "loket+bank"]},
    {"areas": ["18.72.01", "18.72.10"]},
)


@dataclass(frozen=True)
class Made:
    """A world, when it is read, and rows for the office's tables by table."""

    world: object
    at: datetime
    rows: dict[str, list[tuple]]


class Maker:
    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.days = self.rng.choice((DAYS, TURN))

    def id(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def moment(self, first=0) -> datetime:
        day, (hour, minute) = self.rng.choice(self.days[first:]), map(int, self.rng.choice(EDGES).split(":"))
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
        return moment + timedelta(microseconds=self.rng.choice(SHIFTS))

    def span(self) -> tuple[datetime, datetime | None]:
        begin, end = sorted((self.moment(), self.moment()))
        return begin, end if self.rng.random() < 0.8 else None

    def calendar(self) -> list[dict]:
        week = self.rng.choice((NORMAL, NORMAL, EIGHT_HOURS, ODD, PRIMES))
        entries = [{"kind": "WEEK", "from": "2024-01-01", "to": None, "hours": week}]
        years = self.rng.choice(((2026,), (2026, 2027), (2025, 2026), (2027,)))
        entries += [{"kind": "YEAR", "year": year} for year in years]
        if self.rng.random() < 0.5:
            entries.append({"kind": "WEEK", "from": "2026-02-19", "to": "2026-03-20", "hours": RAMADAN})
        for day in self.rng.sample(DAYS + TURN, self.rng.randint(0, 6)):
            hours = self.rng.choice(([], [], [["07:30", "11:30"]], None, [["09:00", "10:01"]]))
            entries.append({"kind": "DAY", "date": day.isoformat(), "hours": hours})
        return [{"recorded_at": LONG_AGO, **one} for one in entries]

    def hours(self) -> list[dict]:
        """Hours of units of their own: none in some offices, of one or of two units in others."""
        return [
            {
                "kind": "WEEK", "unit": self.rng.choice(("LOKET", "LOKET", "BALAI")), "recorded_at": LONG_AGO,
                "from": self.rng.choice(("2024-01-01", self.rng.choice(self.days).isoformat())),
                "to": self.rng.choice((None, None, self.days[-2].isoformat(), "2027-06-30")),
                "hours": self.rng.choice((COUNTER, COUNTER, EIGHT_HOURS, ODD, PRIMES)),
            }
            for _ in range(self.rng.choice((0, 1, 1, 2)))
        ]  # fmt: skip

    def version(self, number: int, kind: str) -> dict:
        recorded = self.moment()
        approved = self.rng.choice((recorded, recorded, recorded + timedelta(hours=1), None))
        told = {"version": number, "kind": kind, "recorded_at": recorded.isoformat()}
        told["approved_at"] = approved and approved.isoformat()
        if kind == "REVOKE":
            return told
        begin, end = self.span()
        told |= {"from": begin.isoformat(), "to": end and end.isoformat(), "scope": self.rng.choice(OFFICE_SCOPES)}
        return told | {"effect": self.rng.choice(("SUSPEND", "SUSPEND", "ROLL_LAST_DAY"))}

    def declarations(self) -> list[dict]:
        return [
            {"id": f"K{n}", "versions": [self.version(v, k) for v, k in enumerate(self.rng.choice(COURSES), 1)]}
            for n in range(self.rng.choice((0, 1, 2, 4, 6)))
        ]

    def ledger(self) -> list[tuple]:
        """`(seq, kind, effective_at, recorded_at, cause, supersedes, until)`."""
        told = [("START", self.moment(), None)]
        for cause in self.rng.sample([*CAUSES, *CAUSES], self.rng.choice((0, 0, 1, 2, 4))):
            told.append(("PAUSE", self.moment(), cause))
            told += [("RESUME", self.moment(), cause)] if self.rng.random() < 0.75 else []
        told += [(kind, self.moment(), None) for kind in self.rng.choice(FINISHED)]
        late = [timedelta(hours=self.rng.choice((0, 0, 30))) for _ in told]
        rows = [
            (n, k, at, at + by, c, None, None) for n, ((k, at, c), by) in enumerate(zip(told, late, strict=True), 1)
        ]
        for _ in range(self.rng.choice((0, 0, 0, 0, 1, 2, 3))):
            to = self.moment() if self.rng.random() < 0.7 else None
            rows.append((len(rows) + 1, "CORRECT", to, self.moment(), None, self.rng.randint(1, len(rows)), None))
        if self.rng.random() < 0.1:
            agreed = self.moment()
            rows.append((len(rows) + 1, "EXTEND", agreed, agreed, None, None, self.rng.choice(self.days)))
        return rows

    def policies(self) -> list[dict]:
        """Readings of the law: none in most offices, else one or two that may count otherwise."""
        flags = ("whole_day", "afternoon", "applicant_grace", "fresh_quota", "by_length")
        return [
            {
                "valid_from": self.moment().date().isoformat(), "recorded_at": LONG_AGO,
                "near": 80, "limit_days": [2, 1], "rungs": self.rng.choice(([50, 75, 90], [40, 80])),
                **{name: self.rng.random() < 0.3 for name in flags},
            }
            for _ in range(self.rng.choice((0, 0, 0, 1, 2)))
        ]  # fmt: skip

    def office(self, clocks: int, owner: UUID, deployment: UUID) -> Made:
        document = {
            "clock": {"budget": {"hk": "1"}},
            "calendar": self.calendar(),
            "declarations": self.declarations(),
            "policies": self.policies(),
            "hours": self.hours(),
        }
        rows: dict[str, list[tuple]] = {name: [] for name in COLUMNS}
        at = self.moment(self.rng.choice((0, 4, 8)))
        for _ in range(clocks):
            self._case(rows, at, owner, deployment)
        return Made(parsed(document).world, at, rows)

    def _case(self, rows, at, owner, deployment) -> None:
        rng, case = self.rng, self.id()
        last, names = rng.choice((at, at, self.moment())), []
        for place in range(rng.choice((1, 1, 2, 3))):
            kind = rng.choice("TTVHP") if place else rng.choice("LLLH")
            task = self._task(rows, case) if kind == "T" else None
            names.append(self._clock(rows, case, task, place, kind))
        for _ in range(rng.choice((0, 1, 2, 3))):
            self._task(rows, case)
        waiting = [f"{name}.lewat" for name in names if rng.random() < 0.4]
        closed, timer = rng.random() < 0.1, self.moment() if rng.random() < 0.2 else None
        self._row(rows, case, owner, deployment, at, last, waiting, closed, timer, rng.choice(("", "", "", "case")))

    def _row(self, rows, case, owner, deployment, at, last, waiting=(), closed=False, timer=None, suspended="") -> None:
        area, channel = self.rng.choice(AREAS), self.rng.choice(("daring", "loket"))
        rows["cases"].append(
            (
                case, None, str(case), deployment, "izin_retribusi", self.rng.choice(PERMITS), "baru", "perorangan",
                area, channel, owner, "TERDAFTAR", closed, at, "", list(waiting), timer, 1, "", "", last, suspended,
            )
        )  # fmt: skip

    def one(self, rows, budget, ledger, owner, deployment, at, calendar="") -> None:
        """A case with one service clock of this ledger, awaited by nobody; `calendar`: whose hours it is counted in."""
        case, id = self.id(), self.id()
        self._row(rows, case, owner, deployment, at, at)
        rows["clocks"].append((id, case, None, "L", "L", budget, "uji", True, calendar, 0))
        rows["clock_events"] += [(id, *entry, "") for entry in ledger]
        rows["clock_readings"].append((id, case, True, None, None, None, None, None, False, 1))

    def _clock(self, rows, case, task, place, kind) -> str:
        rng, id = self.rng, self.id()
        name = (
            kind if kind in "LH" else rng.choice((f"{kind}_{place}", "P_BAYAR")) if kind == "P" else f"{kind}_{place}"
        )
        budget = rng.choice(TERMS if kind == "P" and rng.random() < 0.5 else BUDGETS)
        pausable = kind != "H" and rng.random() < 0.9
        rows["clocks"].append((id, case, task, name, kind, budget, "uji", pausable, rng.choice(COUNTERS), place))
        rows["clock_events"] += [(id, *one, "") for one in self.ledger()]
        rows["clock_readings"].append((id, case, True, None, None, None, None, None, False, 1))
        for rung in rng.choice(((), (), (50,), (50, 75), (75,), (50, 75, 90, 100))):
            undone = self.moment() if rng.random() < 0.3 else None
            rows["rungs_fired"].append((id, rung, case, self.moment(), False, undone))
        if kind in "LP" and rng.random() < 0.6:
            promised = rng.choice((None, self.moment()))
            rows["promises"].append((self.id(), case, id, promised, "mulai", self.moment(), 1))
        return name

    def _task(self, rows, case) -> UUID:
        id, (begin, end) = self.id(), self.span()
        role, unit = self.rng.choice(("FO", "BP", "TT", "TT", "PM")), self.rng.choice(UNITS)
        element, status = self.rng.choice(("cek", "paraf")), "open" if end is None else "done"
        rows["tasks"].append((id, case, element, element, role, unit, "tindakan", "{}", status, begin, end))
        return id


COLUMNS = {
    "cases": "id, number, tracking_code, deployment_id, process, permit, kind, category, area, channel, applicant_id, "
    "state, closed, opened_at, snapshot, waiting, timer_at, seq, genesis, head, last_at, suspended",
    "tasks": "id, case_id, element, name, role, unit, form_key, properties, status, opened_at, closed_at",
    "clocks": "id, case_id, task_id, name, kind, budget, basis, pausable, calendar, position",
    "clock_events": "clock_id, seq, kind, effective_at, recorded_at, cause, supersedes, until, source",
    "clock_readings": "clock_id, case_id, running, started_at, promised_at, no_promise_because, next_rung, "
    "next_rung_at, late, revision",
    "rungs_fired": "clock_id, rung, case_id, fired_at, notified, annotated_at",
    "promises": "id, case_id, clock_id, promised_at, because, made_at, revision",
}


def put(connection, made: Made) -> None:
    """The rows into the office's tables, in the transaction of a connection of the driver."""
    with connection.cursor() as cursor:
        for table, rows in made.rows.items():
            if rows:
                shaped = [tuple(str(v) if isinstance(v, UUID) else v for v in row) for row in rows]
                execute_values(cursor, f"insert into {table} ({COLUMNS[table]}) values %s", shaped, page_size=500)
