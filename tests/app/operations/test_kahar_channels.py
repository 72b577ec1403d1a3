"""A channel that is hit: applicants get the time back that they could not use, and the office works on (domain 6.2)."""

from datetime import datetime

import pytest

from app.clock import WIB
from app.operations import explaining
from app.operations import force_majeure as kahar
from app.store import transaction
from engine.case import read_clock
from engine.clocks.proof import differences
from tests.app.operations.flowing import billed
from tests.app.operations.test_force_majeure import declare, proposal

SINCE = datetime(2026, 8, 4, 9, 0, tzinfo=WIB)
UNTIL = datetime(2026, 8, 6, 9, 0, tzinfo=WIB)


def through(office, *systems, **more):
    return proposal(SINCE, UNTIL, scope={"systems": systems}, **more)


def promises(case_id, at):
    with transaction() as store:
        case, world = store.cases.see(case_id).case, store.calendars.world()
        return {one.name: read_clock(case, one, world, at).promised_at for one in case.clocks if one.events}


def kept(case_id):
    with transaction() as store:
        rows, names = store.readings.all_kept(), {one.id: one.name for one in store.cases.see(case_id).case.clocks}
        return {names[one.clock_id]: one.promised_at for one in rows if one.clock_id in names}


def moved(office, case_id, *systems):
    """Names of the clocks whose promise a declaration of these channels moves; lists say the same."""
    before = promises(case_id, office.at)
    declare(office, through(office, *systems))
    after = promises(case_id, office.at)
    assert {name: kept(case_id)[name] for name in after} == after
    return {name for name in after if after[name] != before[name]}


@pytest.fixture
def friday(office):
    def come():
        office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)

    return come


def test_a_portal_that_is_down_leaves_the_verifiers_clock_running(office, friday):
    case_id = office.registered("SIPB")
    friday()
    assert moved(office, case_id, "daring") == set()


def test_a_counter_that_is_closed_stops_the_file_that_waits_at_the_counter_only(office, friday):
    waiting, verified = office.open("SIPB"), office.registered("SIPB")
    office.do(waiting, "ajukan", "pemohon")
    friday()
    before = promises(verified, office.at)
    assert any(name.startswith("T") for name in moved(office, waiting, "loket"))
    assert promises(verified, office.at) == before


def test_a_portal_that_is_down_prolongs_the_term_of_who_came_by_it(office, friday):
    draft = office.open("SIPB")
    friday()
    assert moved(office, draft, "daring") == {"P_DRAF"}


def test_a_closed_counter_leaves_the_term_of_who_came_by_the_portal_alone(office, friday):
    draft = office.open("SIPB")
    friday()
    assert moved(office, draft, "loket") == set()


@pytest.mark.parametrize("channel", ["daring", "bank"])
def test_a_term_of_payment_is_prolonged_by_the_portal_and_by_the_bank(office, friday, channel):
    case_id = billed(office)
    friday()
    assert moved(office, case_id, channel) == {"P_BAYAR"}


def test_a_bank_that_is_down_leaves_a_term_without_payment_alone(office, friday):
    draft = office.open("SIPB")
    friday()
    assert moved(office, draft, "bank") == set()


def test_a_channel_of_one_unit_is_no_matter_of_applicants(office, friday):
    draft = office.open("SIPB")
    friday()
    before = promises(draft, office.at)
    declare(office, proposal(SINCE, UNTIL, scope={"systems": ["daring"], "units": ["DPMPTSP"]}))
    assert promises(draft, office.at) == before


def test_the_proof_of_a_prolonged_term_is_recounted_by_the_command_to_the_same_date(office, friday):
    case_id = billed(office)
    friday()
    declare(office, through(office, "bank"))
    clock = next(one for one in office.case(case_id).case.clocks if one.name == "P_BAYAR")
    document = explaining.proof(case_id, clock.id, office.people["pemohon"], office.at)
    assert differences(document) == []
    assert '"loket+bank"' in document, "what a declared channel reaches stands in the proof"


def test_the_preview_names_terms_that_move_counts_no_file_for_them_and_their_applicants_are_told(
    office, friday, database_superuser
):
    draft, case_id = office.open("SIPB"), office.registered("SIPB")
    friday()
    seen = kahar.preview(through(office, "daring"), office.people["kabid"], office.at)
    assert [(one.case_id, one.clock.name) for one in seen.terms] == [(draft, "P_DRAF")]
    assert (seen.touched, seen.moved, seen.warnings) == (0, 0, ())
    declare(office, through(office, "daring"))
    told = "select case_id::text, payload from outbox where kind = 'message' and payload like '%%kahar%%'"
    rows = database_superuser(told)
    assert [one for one, _ in rows] == [str(draft)], f"and not {case_id}"
    assert "tenggat Anda" in rows[0][1]
    assert "Tenggat mengirim rancangan: semula" in rows[0][1]
