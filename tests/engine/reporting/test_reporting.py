"""Figures of a report from frozen facts: exact, the files behind each, and corrections that are never lost."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from statistics import median
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clocks import WIB, Budget, Clock, ClockEvent, Declaration, DeclarationVersion, Spell, World, read
from engine.reporting import (
    FIGURES,
    CaseFacts,
    Finished,
    Overdue,
    Period,
    applied,
    as_json,
    behind,
    changes,
    differences,
    figures,
    finished,
    from_json,
    measured,
    open_steps,
    overdue,
    reasons,
    stays,
)
from tests.depth import examples
from tests.engine.clocks.office import LONG_AGO, METRO

STEADY = settings(max_examples=examples(80), derandomize=True, deadline=None, database=None)
COUNTS = ("terdaftar", "terbit", "ditolak", "dikembalikan", "ditetapkan", "dibayar", "belum_diambil")
amounts = st.fractions(min_value=0, max_value=40, max_denominator=450)
done = st.builds(
    Finished, st.booleans(), st.booleans(), st.booleans(), amounts, amounts, amounts,
    st.dictionaries(st.sampled_from(["MENUNGGU_PEMBAYARAN", "MENUNGGU_PERBAIKAN"]), amounts),
)  # fmt: skip
broken = st.builds(Overdue, amounts, st.just("hk"), st.booleans(), st.just(("Paraf",)), st.just(()), st.just(()))


@st.composite
def periods_facts(draw):
    """Facts of up to nine files, some of which tell nothing."""
    files = draw(st.lists(st.integers(1, 9), unique=True, max_size=9))
    return [
        CaseFacts(
            UUID(int=one),
            f"{one:05}",
            draw(st.sampled_from(["IMB", "SIPB"])),
            counts=draw(st.dictionaries(st.sampled_from(COUNTS), st.integers(1, 10**12))),
            finished=draw(st.none() | done),
            overdue=draw(st.none() | broken),
            stopped=draw(st.dictionaries(st.sampled_from(["", "KAHAR-2026-001"]), amounts)),
            met=tuple(draw(st.lists(st.sampled_from(["GANGGUAN-2026-001", "GANGGUAN-2026-002"]), unique=True))),
        )
        for one in files
    ]


@STEADY
@given(periods_facts())
def test_every_figure_is_what_the_files_behind_it_add_up_to(facts):
    for permit, line in figures(facts).items():
        for code, figure in FIGURES.items():
            parts = [part for _one, part in behind(facts, code, permit)]
            if figure.how == "sum":
                assert line[code] == sum(parts)
            elif figure.how == "median":
                assert line[code] == (median(parts) if parts else None)
            elif figure.how == "share":
                whole = line[figure.whole]
                assert line[code] == (Fraction(sum(parts), whole) if whole else None)


@STEADY
@given(periods_facts())
def test_the_ninetieth_percentile_is_the_least_time_that_nine_tenths_of_the_files_keep(facts):
    ninetieth = figures(facts)[""]["p90_bersih"]
    lasted = [one.finished.net for one in facts if one.finished]
    if not lasted:
        assert ninetieth is None
        return
    assert sum(one <= ninetieth for one in lasted) * 10 >= len(lasted) * 9
    assert sum(one < ninetieth for one in lasted) * 10 < len(lasted) * 9


@STEADY
@given(periods_facts())
def test_the_permits_add_up_to_all_permits(facts):
    lines = figures(facts)
    for code, figure in FIGURES.items():
        if figure.how == "sum":
            assert lines[""][code] == sum(line[code] for permit, line in lines.items() if permit)


@STEADY
@given(periods_facts())
def test_facts_that_were_written_down_are_read_back_exactly(facts):
    assert [from_json(json.loads(json.dumps(as_json(one)))) for one in facts] == facts


@STEADY
@given(periods_facts(), periods_facts())
def test_what_was_told_with_its_corrections_gives_the_figures_of_what_is_known(told, known):
    corrected = applied(told, changes(told, known))
    assert figures(corrected)[""] == figures(known)[""]
    assert changes(corrected, known) == ()
    named = {one.case for one in changes(told, known)}
    for one in differences(told, known):
        old, new = ({each.case: part for each, part in behind(facts, one.code, one.permit)} for facts in (told, known))
        assert {case for case in old.keys() | new.keys() if old.get(case) != new.get(case)} <= named or (
            FIGURES[one.code].how == "share"
        )


@STEADY
@given(periods_facts())
def test_words_alone_are_no_correction(facts):
    renamed = [
        replace(
            one, number="lain", reasons=("ktp:tidak_ada",), overdue=one.overdue and replace(one.overdue, said=("x",))
        )
        for one in facts
    ]
    assert [measured(one) for one in renamed] == [measured(one) for one in facts]
    assert changes(facts, renamed) == ()


def test_reasons_are_counted_the_most_frequent_first():
    facts = [
        CaseFacts(UUID(int=1), "1", "IMB", reasons=("ktp:tidak_ada", "npwp:kedaluwarsa")),
        CaseFacts(UUID(int=2), "2", "IMB", reasons=("npwp:kedaluwarsa",)),
    ]
    assert reasons(facts) == (("npwp:kedaluwarsa", 2), ("ktp:tidak_ada", 1))


# --- the service clock


def at(day, hour=8, minute=0):
    return datetime(2026, 8, day, hour, minute, tzinfo=WIB)


def event(seq, kind, when, cause=None):
    return ClockEvent(seq, kind, when, when, cause)


def clock(*events):
    return Clock("L", Budget.parse("3 hk"), events=events)


STRUCK = DeclarationVersion(1, "DECLARE", LONG_AGO, LONG_AGO, at(4, 0), at(5, 0), "SUSPEND")
DISASTER = World(METRO, (Declaration("KAHAR", (STRUCK,)),))
WAITED = clock(
    event(1, "START", at(3)),
    event(2, "PAUSE", at(5, 8), "MENUNGGU_PEMBAYARAN"),
    event(3, "RESUME", at(7, 7, 30), "MENUNGGU_PEMBAYARAN"),
    event(4, "STOP", at(10, 9)),
)


def test_a_finished_clock_is_told_net_gross_and_without_keadaan_kahar():
    reading = read(WAITED, DISASTER, at(31, 23))
    told = finished(WAITED, reading, DISASTER)
    assert (told.late, told.late_gross, told.late_unexcused) == (reading.late, True, True) == (False, True, True)
    assert told.kahar == 1
    assert told.net == reading.elapsed_hk
    gross = METRO.as_known().minutes_between(at(3), at(10, 9))
    assert told.gross > told.net + told.kahar
    assert sum(told.pauses.values()) + reading.split.kahar + reading.split.office == gross
    assert set(told.pauses) == {"MENUNGGU_PEMBAYARAN"}


def test_a_broken_promise_is_told_by_how_much_and_a_kept_one_not_at_all():
    running = clock(event(1, "START", at(3)))
    assert overdue(read(running, World(METRO), at(4, 9))) is None
    late = overdue(read(running, World(METRO), at(10, 7, 30)), ("Paraf",), ("Sakit",))
    assert (late.running, late.steps, late.said, late.unit) == (True, ("Paraf",), ("Sakit",), "hk")
    assert late.over > 1


def test_steps_are_told_that_were_open_at_the_instant_each_once():
    spells = [
        Spell("DPMPTSP", None, "verifikasi", at(3), at(4)),
        Spell("DPMPTSP", None, "paraf", at(4), None),
        Spell("PUPR", None, "paraf", at(4), at(20)),
    ]
    assert open_steps(spells, at(5)) == ("paraf",)
    assert open_steps(spells, at(3, 9)) == ("verifikasi",)


# --- where the time went


def test_a_file_is_said_to_have_stayed_at_the_steps_that_took_longer_than_they_may():
    spells = [
        Spell("DPMPTSP", None, "verifikasi", at(3), at(5)),
        Spell("DPMPTSP", None, "paraf", at(5), at(5, 9)),
        Spell("PUPR", None, "tinjau", at(5), at(10)),
        Spell("DISHUB", None, "tinjau", at(6), at(7)),
        Spell("DPMPTSP", None, "sesudahnya", at(20), None),
    ]
    steps = {"verifikasi": ("Verifikasi", "1 hk"), "paraf": ("Paraf", "4 jam"), "tinjau": ("Tinjau", "1 hk")}
    odometer = METRO.as_known()
    found = stays(spells, steps, (at(3), at(10)), odometer)
    assert [(one.step, one.hk, one.times) for one in found] == [("Tinjau", 3, 2), ("Verifikasi", 2, 1)]
    assert found[0].minutes == odometer.minutes_between(at(5), at(10))
    facts = CaseFacts(UUID(int=1), "1", "IMB", overdue=Overdue(Fraction(1), "hk", False, stays=found))
    assert from_json(json.loads(json.dumps(as_json(facts)))) == facts


def test_where_every_step_kept_its_standard_the_longest_is_told_and_what_stood_open_twice_counts_once():
    twice = [Spell("DPMPTSP", None, "paraf", at(3), at(4)), Spell("DPMPTSP", None, "paraf", at(3), at(4))]
    found = stays(
        [*twice, Spell("DPMPTSP", None, "x", at(4), at(4, 9))],
        {"paraf": ("Paraf", "1 hk")},
        (at(3), at(5)),
        METRO.as_known(),
    )
    assert [(one.step, one.hk, one.times, one.over) for one in found] == [("Paraf", 1, 2, False)]


# --- periods


@pytest.mark.parametrize("code", ["2026-07", "2026-12", "2026-T1", "2026-T4"])
def test_a_period_is_found_by_the_code_it_has(code):
    assert Period.read(code).code == code


@pytest.mark.parametrize(
    "code", ["", "202", "2026-", "1999", "2026-13", "2026-00", "2026-T5", "1999-01", "2026-7", "２026-07", "2026-07 "]
)
def test_what_is_no_period_is_none(code):
    assert Period.read(code) is None


def test_months_and_quarters_follow_each_other_without_a_gap():
    for kind in ("bulanan", "triwulan", "tahunan"):
        period = Period.around(kind, date(2027, 2, 14))
        for _ in range(20):
            earlier = period.before()
            assert earlier.until == period.since
            period = earlier


def test_a_period_lasts_to_the_last_instant_of_its_last_day():
    july = Period.read("2026-07")
    assert str(july.label) == "Juli 2026"
    assert str(Period.read("2026-T3").label) == "Triwulan III 2026"
    end = datetime(2026, 8, 1, tzinfo=WIB)
    assert july.over(end)
    assert not july.over(end - timedelta(microseconds=1))
