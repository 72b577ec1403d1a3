"""An office in the week before Christmas: a file at each step and one through, terms answered and open, a levy owed.

The year after it is not adopted, so many dates cannot be promised; what is through was done long before its date.
"""

from datetime import datetime

from sqlalchemy import text

from app.clock import WIB
from app.store import transaction
from app.store.clock_rows import reading_row
from engine.case import present, read_clock
from tests.app.operations.course import COURSE, along

BEGIN = datetime(2026, 12, 21, 8, 30, tzinfo=WIB)
WRONG = {"keabsahan__ktp__hasil": "perbaikan"}


def stock(office):
    """Files of one Monday; all of them go on, or are over, from that day on."""
    office.at = BEGIN
    for permit in ("PEN", "SIPB"):
        for done in (0, 1, 3, len(COURSE)):
            along(office, office.registered(permit), COURSE[:done])
    for answered in (False, True):
        case_id = office.registered("SIPB")
        office.do(case_id, "verifikasi_keabsahan", "verifikator", "perbaikan", **WRONG)
        office.later(minutes=20)
        if answered:
            office.do(case_id, "perbaikan", "pemohon")
    along(office, office.registered("TRY"), COURSE[:2])


def rows():
    """By clock: what is kept of it, whichever revision it was written in."""
    with transaction() as store:
        return {row.clock_id: {**row._mapping, "revision": 0} for row in store.readings.all_kept()}


def differing(at):
    """Clocks, running and stopped, of which something else is kept than the rule says; its kind and both."""
    with transaction() as store:
        world = store.calendars.world()
        cases = store.readings.clocked(store.case_lists.case_ids(), store.deployments.get)
        kept = {row.clock_id: dict(row._mapping) for row in store.readings.all_kept()}
        found = []
        for case in cases.values():
            for one in (one for one in case.clocks if one.events):
                reading = read_clock(case, one, world, present(case, at))
                ruled = reading_row(case, one, reading, 0, frozenset())
                # Whether a running one is late by now tells the present; its rungs tell what was fired.
                names = ("running", "started_at", "promised_at", "no_promise_because") + (
                    () if one.running else ("late", "next_rung")
                )
                was = {name: kept[one.id][name] for name in names}
                if was != {name: ruled[name] for name in names}:
                    found.append((one.kind, one.running, was, {name: ruled[name] for name in names}))
        return found, len(kept)


def kinds():
    """By clock: of what kind it is."""
    with transaction() as store:
        return {row.id: row.kind for row in store.session.execute(text("select id, kind from clocks"))}


def register():
    """The register of promises and terms: clock, date, cause and when it was made, in the order of making."""
    with transaction() as store:
        asked = "select clock_id, promised_at, because, made_at, revision from promises order by made_at, inserted_at"
        return [tuple(row) for row in store.session.execute(text(asked))]
