"""Generated clock cases in the JSON format, with instants on the edges on purpose."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st

ZONE = timezone(timedelta(hours=7))
NORMAL = {d: [["07:30", "12:00"], ["13:00", "16:00"]] for d in ("mon", "tue", "wed", "thu")}
NORMAL["fri"] = [["07:30", "11:30"], ["13:00", "16:30"]]
RAMADAN = {d: [["08:00", "12:00"], ["12:30", "15:00"]] for d in ("mon", "tue", "wed", "thu")}
RAMADAN["fri"] = [["08:00", "11:30"], ["12:30", "15:30"]]
EIGHT_HOURS = {d: [["08:00", "16:00"]] for d in NORMAL}
ODD = {d: [["07:43", "11:11"], ["11:11", "14:00"]] for d in ("mon", "tue", "wed", "thu")}
ODD["sat"] = [["08:00", "14:15"]]
EDGES = ("00:00", "07:30", "08:00", "11:30", "12:00", "12:30", "13:00", "15:00", "16:00", "16:30", "10:40", "23:59")
# Around the begin and end of Ramadan, a Friday, a long holiday and the turn of the year.
DAYS = [date(2026, 2, 16) + timedelta(days=n) for n in range(9)]
DAYS += [date(2026, 3, 16) + timedelta(days=n) for n in range(12)]
TURN = [date(2026, 12, 21) + timedelta(days=n) for n in range(18)]
CAUSES = (
    "MENUNGGU_PEMBAYARAN",
    "MENUNGGU_PERBAIKAN",
    "KETIDAKHADIRAN_PEMOHON",
    "PENUNDAAN_PERMINTAAN_PEMOHON",
)
LONG_AGO = "2024-01-01T00:00:00+07:00"


@st.composite
def instants(draw, days):
    day, edge = draw(st.sampled_from(days)), draw(st.sampled_from(EDGES))
    hour, minute = map(int, edge.split(":"))
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
    shift = draw(st.sampled_from((0, 0, 0, 1_000_000, -1_000_000, 500_000, 754_000_000)))
    return moment + timedelta(microseconds=shift)


@st.composite
def calendars(draw):
    week = draw(st.sampled_from((NORMAL, NORMAL, NORMAL, EIGHT_HOURS, ODD)))
    entries = [{"kind": "WEEK", "from": "2024-01-01", "to": None, "hours": week, "recorded_at": LONG_AGO}]
    years = draw(st.sampled_from(((2026,), (2026, 2027), (2026, 2027), (2025, 2026), (2027,))))
    entries += [{"kind": "YEAR", "year": y, "recorded_at": LONG_AGO} for y in years]
    if draw(st.booleans()):
        entries.append({"kind": "WEEK", "from": "2026-02-19", "to": "2026-03-20", "hours": RAMADAN})
    for day in draw(st.lists(st.sampled_from(DAYS + TURN), max_size=6)):
        hours = draw(st.sampled_from(([], [], [["07:30", "11:30"]], None, [["09:00", "10:01"]])))
        entries.append({"kind": "DAY", "date": day.isoformat(), "hours": hours})
    late = (*[LONG_AGO] * 4, "2026-02-20T09:00:00+07:00", "2026-12-28T09:00:00+07:00")
    return [{"recorded_at": draw(st.sampled_from(late)), **e} for e in entries]


COUNTER = {d: [["08:00", "11:30"], ["12:30", "14:00"]] for d in ("mon", "tue", "wed", "thu")}
COUNTER["fri"] = [["08:00", "11:00"]]
UNITS = ("LOKET", "BALAI")


@st.composite
def unit_hours(draw):
    """Hours of units of their own, whichever were recorded first."""
    found = []
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        since = draw(st.sampled_from((date(2024, 1, 1), *DAYS[::4], *TURN[::4])))
        until = draw(st.sampled_from((None, since + timedelta(days=9), since + timedelta(days=400))))
        week = {"kind": "WEEK", "unit": draw(st.sampled_from(UNITS)), "from": since.isoformat()}
        week |= {
            "to": until and until.isoformat(),
            "hours": draw(st.sampled_from((COUNTER, COUNTER, EIGHT_HOURS, ODD))),
        }
        late = (LONG_AGO, LONG_AGO, "2026-02-20T09:00:00+07:00", "2026-12-28T09:00:00+07:00")
        found.append(week | {"recorded_at": draw(st.sampled_from(late))})
    return found


@st.composite
def ledgers(draw, days):
    moment = instants(days[1:])
    events = [("START", draw(instants(days[:4])), None)]
    for cause in draw(st.lists(st.sampled_from(CAUSES), max_size=3)):
        events.append(("PAUSE", draw(moment), cause))
        if draw(st.sampled_from((True, True, True, False))):
            events.append(("RESUME", draw(moment), cause))
    for kind in draw(st.sampled_from(((), (), ("STOP",), ("STOP", "REOPEN"), ("STOP", "REOPEN", "STOP"), ("START",)))):
        events.append((kind, draw(moment), None))
    ledger = []
    for seq, (kind, at, cause) in enumerate(events, start=1):
        late = draw(st.sampled_from((0, 0, 0, 30)))
        entry = {"seq": seq, "kind": kind, "effective_at": at.isoformat()}
        entry["recorded_at"] = (at + timedelta(hours=late)).isoformat()
        ledger.append(entry | ({"cause": cause} if cause else {}))
    for _ in range(draw(st.sampled_from((0, 0, 0, 0, 1, 2)))):
        target = draw(st.integers(1, len(events)))
        to = draw(st.one_of(st.none(), moment))
        ledger.append(
            {
                "seq": len(ledger) + 1,
                "kind": "CORRECT",
                "supersedes": target,
                "effective_at": to and to.isoformat(),
                "recorded_at": draw(moment).isoformat(),
            }
        )
    return ledger


SCOPES = (
    {},
    {},
    {},
    {"permit_types": ["IMB", "SIP"]},
    {"permit_types": ["SIP"]},
    {"areas": ["18.72.01"]},
    {"areas": ["18.72.1"]},
    {"units": ["A", "B"]},
    {"units": ["A"]},
    {"systems": ["LOKET"]},
    {"units": ["A", "B"], "systems": ["LOKET"]},
    {"steps": ["cek"]},
)


@st.composite
def versions(draw, days, number, kind):
    recorded = draw(instants(days))
    approved = draw(st.sampled_from((recorded, recorded, recorded + timedelta(hours=1), None)))
    version = {"version": number, "kind": kind, "recorded_at": recorded.isoformat()}
    version["approved_at"] = approved and approved.isoformat()
    if kind == "REVOKE":
        return version
    begin, end = sorted((draw(instants(days)), draw(instants(days))))
    version |= {"from": begin.isoformat(), "to": end.isoformat() if draw(st.integers(0, 7)) else None}
    version["effect"] = draw(st.sampled_from(("SUSPEND", "ROLL_LAST_DAY")))
    return version | {"scope": draw(st.sampled_from(SCOPES))}


@st.composite
def declarations(draw, days):
    found = []
    for number in range(draw(st.sampled_from((0, 1, 2, 3, 4)))):
        kinds = draw(st.sampled_from((("DECLARE",), ("DECLARE",), ("DECLARE", "AMEND"), ("DECLARE", "REVOKE"))))
        made = [draw(versions(days, n, kind)) for n, kind in enumerate(kinds, start=1)]
        found.append({"id": f"K{number}", "versions": made})
    return found


@st.composite
def task_lists(draw, days):
    found = []
    for _ in range(draw(st.sampled_from((0, 1, 2, 3)))):
        begin, end = sorted((draw(instants(days)), draw(instants(days))))
        found.append(
            {
                "unit": draw(st.sampled_from("ABC")),
                "system": draw(st.sampled_from(("LOKET", "DARING"))),
                "step": draw(st.sampled_from(("cek", "paraf"))),
                "from": begin.isoformat(),
                "to": end.isoformat() if draw(st.integers(0, 4)) else None,
            }
        )
    return found


BUDGETS = (
    {"hk": "3"},
    {"hk": "5"},
    {"hk": "1"},
    {"hk": "1/2"},
    {"hk": "17/7"},
    {"minutes": "120"},
    {"minutes": "2000"},
)
VERSIONS = [
    {"hk": "5", "valid_from": "2024-01-01", "recorded_at": LONG_AGO},
    {"hk": "2", "valid_from": "2026-02-18", "recorded_at": "2026-02-17T10:00:00+07:00"},
    {"hk": "3", "valid_from": "2026-12-23", "recorded_at": "2026-12-22T10:00:00+07:00"},
]


@st.composite
def cases(draw, sweeps=False):
    days = draw(st.sampled_from((DAYS, TURN)))
    return {
        "id": "G",
        "clock": {
            "name": "L",
            "budget": draw(st.sampled_from((*BUDGETS, VERSIONS))),
            "pausable": draw(st.integers(0, 9)) > 0,
            "calendar": draw(st.sampled_from(("", "LOKET", "LOKET"))),
        },
        "facts": {"permit_type": draw(st.sampled_from(("IMB", "TRAYEK"))), "area": "18.72.01.1001"},
        "calendar": draw(calendars()),
        "hours": draw(unit_hours()),
        "ledger": draw(ledgers(days)),
        "declarations": draw(declarations(days)),
        "tasks": draw(task_lists(days)),
        "questions": [
            {"at": draw(instants(days)).isoformat(), "known_at": None},
            {"at": draw(instants(days[4:])).isoformat(), "known_at": None},
            {"at": draw(instants(days[4:])).isoformat(), "known_at": draw(instants(days[4:])).isoformat()},
        ],
        **({"sweeps": sorted(draw(instants(days)).isoformat() for _ in range(4))} if sweeps else {}),
    }
