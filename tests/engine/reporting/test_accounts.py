"""What a period's report told of disruptions and what is known of them now: nothing told twice, nothing untold."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clocks import WIB
from engine.reporting import (
    CaseFacts,
    Declared,
    Disruptions,
    Failure,
    Paper,
    Rescue,
    account,
    anew,
    anew_as_json,
    anew_from_json,
    disruptions_as_json,
    disruptions_from_json,
    sums,
    told_with,
)
from tests.depth import examples

STEADY = settings(max_examples=examples(120), derandomize=True, deadline=None, database=None)
MONDAY = datetime(2026, 8, 3, tzinfo=WIB)
FIRST, SECOND = "KAHAR-2026-001", "KAHAR-2026-002"
OUTAGE = "GANGGUAN-2026-001"
minutes = st.fractions(min_value=0, max_value=900, max_denominator=60)
spans = st.tuples(st.integers(0, 40), st.none() | st.integers(41, 90))


def after(hours):
    return None if hours is None else MONDAY + timedelta(hours=hours)


def rescue(number, case=None):
    people = "001/KEP", "Ani", "Budi", ("Ani",)
    return Rescue(UUID(int=case or int(number)), number, "PEN", after(1), after(60), *people)


def declared(code=FIRST, since=0, until=24, **more):
    papers = (Paper("DECLARE", "001/KEP", date(2026, 8, 7)),)
    kept = (code, "bencana_alam", "Petir", "SUSPEND", (), after(since), after(until), "Ani", "Budi")
    made = Declared(*kept, "pulih", papers, Fraction(450), ())
    return replace(made, **more)


def failure(since=0, until=24, **more):
    return replace(Failure(OUTAGE, "OSS", "Tidak menjawab", after(since), after(until), Fraction(60)), **more)


def told(*found, service=9000, suspended=None, files=()):
    which = [tuple(one for one in found if isinstance(one, kind)) for kind in (Declared, Failure)]
    total = sum((one.minutes or 0 for one in which[0]), Fraction(0)) if suspended is None else suspended
    return account(Disruptions(Fraction(service), Fraction(total), *which), sums(files))


def stopped(case, **days):
    codes = {"first": FIRST, "second": SECOND, "every": ""}
    hk = {codes[name]: Fraction(one) for name, one in days.items()}
    return CaseFacts(UUID(int=case), f"{case:05}", "PEN", stopped=hk)


@st.composite
def accounts(draw):
    """Of no, one or two declarations and a failure, some of them only mentioned; or of a report that told of none."""
    if draw(st.integers(0, 9)) == 0:
        return account(None, sums(()))
    found = []
    for code in draw(st.lists(st.sampled_from([FIRST, SECOND]), unique=True)):
        since, until = draw(spans)
        saved = tuple(rescue(f"{n:05}") for n in draw(st.lists(st.integers(1, 3), unique=True)))
        more = {
            "minutes": draw(st.none() | minutes),
            "state": draw(st.sampled_from(["berlaku", "pulih", "dibatalkan"])),
        }
        found.append(declared(code, since, until, rescued=draw(st.sampled_from([None, saved])), **more))
    if draw(st.booleans()):
        found.append(failure(*draw(spans)))
    files = [stopped(n, first=draw(minutes), every=draw(minutes)) for n in range(draw(st.integers(0, 2)))]
    return told(*found, service=draw(st.integers(0, 9000)), files=files)


def known_ones(found):
    return found.whole is not None


@STEADY
@given(accounts(), accounts().filter(known_ones))
def test_what_was_told_anew_is_not_told_again_and_is_read_back_exactly(first, now):
    found = anew(first, now)
    if found is None:
        return
    assert anew_from_json(json.loads(json.dumps(anew_as_json(found)))) == found
    assert anew(told_with(first, found), now) is None


@STEADY
@given(accounts(), accounts().filter(known_ones), accounts().filter(known_ones))
def test_a_second_correction_starts_from_what_the_first_one_told(first, then, now):
    once = anew(first, then)
    second = anew(told_with(first, once) if once else first, now)
    for one in second.changes if second else ():
        assert one.after == now.standings.get(one.code)
        if once and once.tells(one.code):
            assert one.before == then.standings.get(one.code)


@STEADY
@given(accounts().filter(known_ones))
def test_what_is_known_as_it_was_told_is_no_correction(now):
    assert anew(now, now) is None


def changes(first, now):
    found = anew(first, now)
    return [(one.code, one.how) for one in found.changes] if found else []


def test_each_change_says_what_happened_to_it():
    lasting = declared(until=None, state="berlaku")
    assert changes(told(), told(declared())) == [(FIRST, "baru")]
    assert changes(told(lasting), told(declared())) == [(FIRST, "berakhir")]
    assert changes(told(declared()), told(declared(since=8))) == [(FIRST, "dikoreksi")]
    assert changes(told(declared()), told(declared(effect="ROLL_LAST_DAY", minutes=Fraction(0)))) == [
        (FIRST, "dikoreksi")
    ]
    assert changes(told(declared()), told(declared(state="dibatalkan", minutes=Fraction(0)))) == [(FIRST, "dibatalkan")]
    assert changes(told(declared()), told(declared(), files=[stopped(1, first=2)])) == [(FIRST, "dihitung ulang")]
    assert changes(told(failure()), told()) == [(OUTAGE, "ditarik")]
    assert changes(told(failure(until=None)), told(failure())) == [(OUTAGE, "berakhir")]


def test_share_told_and_share_now_are_those_of_the_service_time_of_each_telling():
    found = anew(told(service=9000), told(declared(minutes=Fraction(450)), service=8550))
    assert found.before.share(found.before.suspended) == 0
    assert found.after.share(found.after.suspended) == Fraction(450, 8550) == Fraction(1, 19)
    assert found.changes[0].after.of.minutes == 450


def test_service_time_that_is_measured_otherwise_is_told_anew_where_a_share_of_it_was_told():
    assert anew(told(), told(service=8550)) is None
    found = anew(told(declared()), told(declared(), service=8550))
    assert (found.changes, found.before.service, found.after.service) == ((), 9000, 8550)


def test_a_declaration_that_was_only_mentioned_is_told_anew_for_the_files_it_rescued_alone():
    mentioned = declared(minutes=None, rescued=(rescue("00001"),))
    assert changes(told(mentioned), told(replace(mentioned, until=after(30), state="dibatalkan"))) == []
    assert changes(told(mentioned), told(replace(mentioned, rescued=()))) == [(FIRST, "dihitung ulang")]
    assert changes(told(), told(declared(minutes=None))) == []


def test_an_extension_that_changes_nothing_of_the_month_is_told_by_the_month_of_the_decision_alone():
    lasting = declared(until=None, state="berlaku")
    extended = replace(lasting, papers=(*lasting.papers, Paper("EXTEND", "002/KEP", date(2026, 9, 1))))
    assert anew(told(lasting), told(extended)) is None


def test_a_report_that_told_of_no_disruptions_is_told_all_that_is_known_of_them():
    found = anew(account(None, sums(())), told(declared(), failure()))
    assert [(one.code, one.before) for one in found.changes] == [(OUTAGE, None), (FIRST, None)]
    assert found.before is None


def test_what_was_frozen_before_rescued_files_were_told_is_written_and_compared_as_it_was():
    old, new = Disruptions(Fraction(9), Fraction(0), (declared(rescued=None),), ()), declared(rescued=())
    kept = disruptions_as_json(old)
    assert not {"rescued", "elsewhere"} & kept["declared"][0].keys()
    assert disruptions_from_json(json.loads(json.dumps(kept))) == old
    assert anew(told(declared(rescued=None)), told(new)) is None
    assert changes(told(declared(rescued=None)), told(declared(rescued=(rescue("00001"),)))) == [
        (FIRST, "dihitung ulang")
    ]


def test_rescued_files_and_the_periods_of_the_figures_are_read_back_exactly():
    saved = (rescue("00001"), rescue("00002"))
    found = Disruptions(
        Fraction(9), Fraction(0), (declared(minutes=None, rescued=saved, elsewhere=("2026-07", "2026-08")),), ()
    )
    assert disruptions_from_json(json.loads(json.dumps(disruptions_as_json(found)))) == found
    assert [(code, one.number) for code, one in found.rescued] == [(FIRST, "00001"), (FIRST, "00002")]
