"""A file that goes back and forth: its past is read in few rows, and means what it meant row by row."""

from dataclasses import replace

import pytest

from app.operations import recalling
from app.operations.carrying_out import carry_out
from app.store import transaction
from app.store.transactions import Stale
from engine import case as engine
from engine.case import Step, read_clock
from engine.clocks import PastSpells

WANTING = {"keabsahan__ktp__hasil": "perbaikan"}


@pytest.fixture
def to_and_fro(office):
    """A file sent back twice by its verifier, and handed in again each time."""
    case_id = office.registered("SIPB")
    for _ in range(2):
        office.later(minutes=7)
        office.do(case_id, "verifikasi_keabsahan", "verifikator", "perbaikan", **WANTING)
        office.later(hours=3)
        office.do(case_id, "perbaikan", "pemohon")
    return case_id


def apart(case):
    return {one for spell in case.spells for one in (spell.apart() if isinstance(spell, PastSpells) else [spell])}


def row_by_row(store, case_id):
    return store.readings.clocked([case_id], store.deployments.get)[case_id]


def test_the_past_of_a_file_of_many_rounds_is_the_same_packed_and_row_by_row(office, to_and_fro):
    with transaction() as store:
        packed, rows, world = store.cases.see(to_and_fro).case, row_by_row(store, to_and_fro), store.calendars.world()
    assert [len(list(one.stretches())) for one in packed.spells if isinstance(one, PastSpells)] == [1, 2]
    assert apart(packed) == set(rows.spells)
    for clock in packed.clocks:
        assert read_clock(packed, clock, world, office.at) == read_clock(rows, clock, world, office.at)


def test_who_did_a_step_how_often_is_known_in_one_line_each(office, to_and_fro):
    done = office.case(to_and_fro).case.done
    told = [(one.element, one.by, one.times) for one in done]
    assert told == [
        ("ajukan", office.people["pemohon"], 1),
        ("periksa_kelengkapan", office.people["loket"], 1),
        ("verifikasi_keabsahan", office.people["verifikator"], 2),
        ("perbaikan", office.people["pemohon"], 2),
    ]


def test_a_step_taken_back_is_done_once_less_and_was_open_all_the_time(office, to_and_fro):
    office.later(minutes=5)
    office.do(to_and_fro, "verifikasi_keabsahan", "verifikator")
    with transaction() as store:
        held, last = recalling.last_of(store, to_and_fro, recalling.COMPLETED)
        lost = store.steps.tasks(engine.reopening(held.case, last.before))
        doing = engine.Doing(office.at, office.at, office.people["verifikator"], "VB")
        event = doing.event("step_recalled", last.element)
        back = engine.take_back(held.case, last.before, lost, doing, event, str(last.task_id)).case
    recalling.recall(to_and_fro, office.people["verifikator"], office.at)
    fresh = office.case(to_and_fro).case
    counted = {(one.element, one.by): one.times for one in fresh.done}
    assert {(one.element, one.by): one.times for one in back.done} == counted
    assert counted["verifikasi_keabsahan", office.people["verifikator"]] == 2
    assert apart(back) == apart(fresh)


def test_a_case_that_moved_on_meanwhile_is_not_written_over(office, to_and_fro):
    before = office.case(to_and_fro)
    with pytest.raises(Stale), transaction() as store:  # noqa: PT012  # it is told by the end of the transaction
        held = store.cases.lock(to_and_fro)
        carry_out(store, replace(held, version=held.version - 1), Step(held.case, ()), office.at)
    assert office.case(to_and_fro) == before
