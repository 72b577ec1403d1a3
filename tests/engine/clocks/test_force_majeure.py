"""Who is hit by a declaration, which version holds, and what it does to the promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.clocks import Declaration, DeclarationVersion, Scope, Spell, read
from tests.engine.clocks.office import at, clock, declared, event, world

START = event(1, "START", "2026-08-03 10.00")
PLAIN, SHIFTED = at("2026-08-06 16.00"), at("2026-08-07 16.30")  # 3 hk, and with Tuesday left out
TUESDAY = ("2026-08-04 00.00", "2026-08-05 00.00")


def spell(unit, system="LOKET", step="cek", since="2026-08-03 10.00", until=None, agency=False):
    return Spell(unit, system, step, at(since), None if until is None else at(until), agency)


def promised(scope, *spells, permit_type="IMB", area="18.72.01.1001"):
    case = clock("3 hk", START, permit_type=permit_type, area=area, spells=spells)
    return read(case, world(declared("K1", *TUESDAY, scope=scope)), at("2026-08-04 10.00")).promised_at


@pytest.mark.parametrize(
    ("scope", "hit"),
    [
        (Scope(), True),
        (Scope(permit_types=frozenset({"IMB", "SIP"})), True),
        (Scope(permit_types=frozenset({"SIP"})), False),
        (Scope(areas=frozenset({"18.72.01"})), True),
        (Scope(areas=frozenset({"18.72.01.1001"})), True),
        (Scope(areas=frozenset({"18.72.1"})), False),
        (Scope(areas=frozenset({"18.72.0"})), False),
        (Scope(permit_types=frozenset({"IMB"}), areas=frozenset({"18.72.02"})), False),
    ],
)
def test_the_facts_of_the_case_decide_by_conjunction_and_by_whole_parts_of_the_area(scope, hit):
    assert promised(scope) == (SHIFTED if hit else PLAIN)


@pytest.mark.parametrize(
    ("scope", "spells", "hit"),
    [
        (Scope(units=frozenset({"PUPR"})), [spell("PUPR")], True),
        (Scope(units=frozenset({"PUPR"})), [spell("PUPR"), spell("DLH")], False),
        (Scope(units=frozenset({"PUPR", "DLH"})), [spell("PUPR"), spell("DLH")], True),
        (Scope(units=frozenset({"PUPR"})), [], False),
        (Scope(units=frozenset({"PUPR"})), [spell("PUPR", until="2026-08-04 00.00")], False),
        (Scope(systems=frozenset({"DARING"})), [spell("PUPR")], False),
        (Scope(units=frozenset({"PUPR"}), systems=frozenset({"LOKET"})), [spell("PUPR")], True),
        (Scope(units=frozenset({"PUPR"}), systems=frozenset({"LOKET"})), [spell("PUPR", "DARING")], False),
        (Scope(steps=frozenset({"cek"})), [spell("PUPR")], True),
        (Scope(steps=frozenset({"paraf"})), [spell("PUPR")], False),
        (Scope(steps=frozenset({"paraf"})), [spell("PUPR", step=None)], False),
    ],
)
def test_a_case_stands_still_only_while_every_open_official_task_is_hit(scope, spells, hit):
    assert promised(scope, *spells) == (SHIFTED if hit else PLAIN)


def test_a_case_stands_still_for_exactly_the_time_in_which_all_its_tasks_are_hit():
    spells = [spell("PUPR"), spell("DLH", until="2026-08-04 10.00")]
    case = clock("3 hk", START, spells=tuple(spells))
    scope = Scope(units=frozenset({"PUPR"}))
    reading = read(case, world(declared("K1", *TUESDAY, scope=scope)), at("2026-08-05 07.30"))
    assert reading.split.kahar == 300  # Tuesday from 10.00


@pytest.mark.parametrize("dimension", ["permit_types", "areas", "units", "systems", "steps"])
def test_an_empty_choice_is_refused_for_it_is_not_all(dimension):
    with pytest.raises(ValueError, match=f"cakupan {dimension} kosong"):
        Scope(**{dimension: frozenset()})


def versions(*rows):
    made = []
    for number, (kind, approved, since, until) in enumerate(rows, start=1):
        approval = None if approved is None else at(approved)
        begin, end = (at(since), at(until)) if since else (None, None)
        effect = "SUSPEND" if since else None
        made.append(DeclarationVersion(number, kind, at("2026-08-04 09.00"), approval, begin, end, effect))
    return world(Declaration("K1", tuple(made)))


CASE = clock("3 hk", START)


def test_a_declaration_counts_only_from_its_second_persons_approval():
    office = versions(("DECLARE", "2026-08-05 08.00", *TUESDAY))
    assert read(CASE, office, at("2026-08-05 10.00"), at("2026-08-05 07.59.59")).promised_at == PLAIN
    assert read(CASE, office, at("2026-08-05 10.00"), at("2026-08-05 08.00")).promised_at == SHIFTED
    assert read(CASE, versions(("DECLARE", None, *TUESDAY)), at("2026-08-05 10.00")).promised_at == PLAIN


def test_an_amendment_replaces_the_content_and_a_revocation_leaves_nothing():
    shrunk = versions(
        ("DECLARE", "2026-08-04 10.00", "2026-08-04 00.00", "2026-08-08 00.00"), ("AMEND", "2026-08-05 10.00", *TUESDAY)
    )
    assert read(CASE, shrunk, at("2026-08-06 10.00")).promised_at == SHIFTED
    revoked = versions(("DECLARE", "2026-08-04 10.00", *TUESDAY), ("REVOKE", "2026-08-06 10.00", None, None))
    assert read(CASE, revoked, at("2026-08-06 10.00")).promised_at == PLAIN
    assert read(CASE, revoked, at("2026-08-06 10.00"), at("2026-08-06 09.00")).promised_at == SHIFTED


def test_of_two_versions_the_one_approved_last_holds_not_the_higher_number():
    late_first = versions(("DECLARE", "2026-08-06 10.00", *TUESDAY), ("REVOKE", "2026-08-05 10.00", None, None))
    assert read(CASE, late_first, at("2026-08-06 10.00")).promised_at == SHIFTED


def test_a_roll_moves_the_promise_to_the_first_date_on_which_the_case_accrues_again():
    roll = declared("R1", "2026-08-06 12.00", "2026-08-07 17.00", "ROLL_LAST_DAY")
    reading = read(CASE, world(roll), at("2026-08-05 10.00"))
    assert (reading.promised_at, reading.rolled_by) == (at("2026-08-10 16.00"), ("R1",))
    assert reading.accrual_at == at("2026-08-06 10.00")
    flood = declared("K1", "2026-08-10 00.00", "2026-08-11 12.00")
    assert read(CASE, world(roll, flood), at("2026-08-05 10.00")).promised_at == at("2026-08-11 16.00")


def test_rolls_chain_and_the_smallest_id_goes_first():
    first = declared("R1", "2026-08-06 00.00", "2026-08-07 00.00", "ROLL_LAST_DAY")
    second = declared("R2", "2026-08-06 00.00", "2026-08-08 00.00", "ROLL_LAST_DAY")
    reading = read(CASE, world(second, first), at("2026-08-05 10.00"))
    assert (reading.rolled_by, reading.promised_at) == (("R1", "R2"), at("2026-08-10 16.00"))


def test_a_roll_without_end_or_into_the_unknown_leaves_no_promise_but_the_accrual():
    open_roll = read(CASE, world(declared("R1", "2026-08-06 12.00", None, "ROLL_LAST_DAY")), at("2026-08-05 10.00"))
    assert (open_roll.promised_at, open_roll.no_promise_because) == (None, "OPEN_ROLL")
    assert (open_roll.accrual_at, open_roll.rungs[90], open_roll.rungs[100]) == (
        at("2026-08-06 10.00"),
        at("2026-08-06 07.45"),
        None,
    )
    roll = declared("R1", "2026-08-06 12.00", "2026-08-07 00.00", "ROLL_LAST_DAY")
    blocked = read(CASE, world(roll, declared("K1", "2026-08-06 16.00", None)), at("2026-08-05 10.00"))
    assert (blocked.accrual_at, blocked.no_promise_because) == (at("2026-08-06 10.00"), "OPEN_PAUSE")
    into_2027 = declared("R1", "2026-08-06 12.00", "2027-01-01 00.00", "ROLL_LAST_DAY")
    assert read(CASE, world(into_2027), at("2026-08-05 10.00")).no_promise_because == "YEAR_NOT_OFFICIAL"


def test_agency_time_is_the_agencies_only_while_no_office_task_is_open():
    spells = (
        spell("LOKET", until="2026-08-03 13.00"),
        spell("PUPR", since="2026-08-03 11.00", until="2026-08-04 08.30", agency=True),
        spell("DLH", since="2026-08-03 11.00", until="2026-08-03 15.00", agency=True),
        spell("LOKET", since="2026-08-04 08.30"),
    )
    split = read(replace(CASE, spells=spells), world(), at("2026-08-04 10.00")).split
    assert (split.office, split.agency) == (450, 240)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "CANCEL"},
        {"effect": "STOP"},
        {"since": None},
        {"until": at("2026-08-01 00.00")},
    ],
)
def test_a_version_that_makes_no_sense_is_refused(wrong):
    right = {"kind": "DECLARE", "since": at("2026-08-04 00.00"), "until": None, "effect": "SUSPEND"}
    with pytest.raises(ValueError, match="versi 1"):
        DeclarationVersion(version=1, recorded_at=at("2026-08-04 09.00"), approved_at=None, **(right | wrong))


def test_two_declarations_may_not_share_an_id():
    with pytest.raises(ValueError, match="berulang"):
        world(declared("K1", *TUESDAY), declared("K1", *TUESDAY))
