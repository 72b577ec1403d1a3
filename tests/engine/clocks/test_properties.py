"""What holds for every clock, whatever was recorded."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.clocks import Budget, Calendar, Declaration, DeclarationVersion, World, explain, read, sweep
from engine.clocks.cases_input import case as parsed
from engine.clocks.instants import SECOND, instant, micros
from tests.depth import examples
from tests.engine.clocks.generated import DAYS, TURN, calendars, cases, instants
from tests.engine.clocks.office import LONG_AGO, METRO

HURRIED = settings(
    max_examples=examples(60),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large),
)
MOMENTS = st.one_of(instants(DAYS), instants(TURN))


def asked(document):
    given_case = parsed(document)
    return given_case.clock, given_case.world, given_case.questions[1].at


def suspend(name, since, until):
    version = DeclarationVersion(1, "DECLARE", LONG_AGO, LONG_AGO, since, until, "SUSPEND")
    return Declaration(name, (version,))


def with_more(world, *declarations):
    return replace(world, declarations=(*world.declarations, *declarations))


def without_rolls(world):
    kept = [d for d in world.declarations if all(v.effect != "ROLL_LAST_DAY" for v in d.versions)]
    return replace(world, declarations=tuple(kept))


def running_on(clock):
    return replace(clock, events=tuple(e for e in clock.events if e.kind not in ("STOP", "REOPEN")))


def shown(reading):
    return replace(reading, known_at=None)


@HURRIED
@given(calendars(), MOMENTS, MOMENTS)
def test_the_odometer_never_runs_backwards_and_finds_the_first_instant(entries, one, other):
    document = {"clock": {"budget": {"hk": "1"}}, "calendar": entries}
    odometer = parsed(document).world.calendar.as_known()
    table = odometer.table(2025, 2027)
    early, late = sorted((micros(one), micros(other)))
    assert table.reading(early).hk <= table.reading(late).hk
    assert table.reading(early).work <= table.reading(late).work
    for in_hk in (True, False):
        wanted = table.reading(late)[0 if in_hk else 1]
        found, _ = table.first(wanted, in_hk)
        assert found <= late or found - late < SECOND
        assert table.reading(found)[0 if in_hk else 1] >= wanted > table.reading(found - SECOND)[0 if in_hk else 1]


@HURRIED
@given(cases())
def test_office_applicant_kahar_and_closed_add_up_to_gross(document):
    clock, world, at = asked(document)
    split = read(clock, world, at).split
    assert split.office + split.applicant + split.kahar + split.closed == split.gross
    assert 0 <= split.agency <= split.office


@HURRIED
@given(cases(), st.tuples(MOMENTS, MOMENTS), st.integers(0, 3))
def test_a_suspension_never_brings_a_promise_forward_nor_does_a_wider_one(document, span, hours):
    clock, world, at = asked(document)
    world, (since, until) = without_rolls(world), sorted(span)
    plain = read(clock, world, at)
    narrow = read(clock, with_more(world, suspend("Z", since, until)), at)
    wide = read(clock, with_more(world, suspend("Z", since - timedelta(hours=hours), until)), at)
    for earlier, later in ((plain, narrow), (narrow, wide)):
        assert later.promised_at is None or (
            earlier.promised_at is not None and earlier.promised_at <= later.promised_at
        )
    assert shown(read(clock, replace(world), at)) == shown(plain)


@HURRIED
@given(cases(), st.tuples(MOMENTS, MOMENTS, MOMENTS))
def test_a_span_declared_twice_in_halves_or_nested_counts_once(document, moments):
    clock, world, at = asked(document)
    since, middle, until = sorted(moments)
    once = read(clock, with_more(world, suspend("Z", since, until)), at)
    twice = with_more(world, suspend("Y", since, until), suspend("Z", since, until))
    halves = with_more(world, suspend("Y", since, middle), suspend("Z", middle, until))
    nested = with_more(world, suspend("Y", since, until), suspend("Z", since, middle))
    assert all(read(clock, other, at) == once for other in (twice, halves, nested))


@HURRIED
@given(cases(), st.integers(0, 99))
def test_the_order_of_entry_does_not_matter(document, seed):
    clock, world, at = asked(document)
    shuffle = random.Random(seed)
    events = shuffle.sample(clock.events, len(clock.events))
    declarations = shuffle.sample(world.declarations, len(world.declarations))
    other = replace(clock, events=tuple(events))
    assert read(other, replace(world, declarations=tuple(declarations)), at) == read(clock, world, at)


@HURRIED
@given(cases(), MOMENTS, st.integers(1, 40))
def test_a_suspension_without_service_time_changes_nothing(document, moment, hours):
    clock, world, at = asked(document)
    plain = read(clock, without_rolls(world), at)
    until = moment + timedelta(hours=hours)
    spans = [(moment, moment)]
    if not world.calendar.as_known().minutes_between(moment, until):
        spans.append((moment, until))
    if plain.started_at is not None:
        spans.append((plain.started_at - timedelta(hours=hours), plain.started_at))
    for since, end in spans:
        other = read(clock, with_more(without_rolls(world), suspend("Z", since, end)), at)
        assert (other.elapsed, other.promised_at) == (plain.elapsed, plain.promised_at)
    if plain.accrual_at is not None:
        after = suspend("Z", plain.accrual_at, plain.accrual_at + timedelta(hours=hours))
        assert read(clock, with_more(without_rolls(world), after), at).promised_at == plain.promised_at


@HURRIED
@given(cases())
def test_the_budget_is_spent_at_the_accrual_instant_and_not_a_second_before(document):
    clock, world, at = asked(document)
    clock = running_on(clock)
    reading = read(clock, world, at)
    assume(reading.accrual_at is not None)
    quota, second = reading.budget.amount, timedelta(seconds=1)
    assert read(clock, world, reading.accrual_at - second).elapsed < quota
    assert read(clock, world, reading.accrual_at).elapsed >= quota
    if reading.budget.unit == "hk" and reading.promised_at is not None:
        windows = world.calendar_of(clock.calendar).as_known().windows((reading.promised_at - second).date())
        assert windows[-1][1] == reading.promised_at


@HURRIED
@given(cases())
def test_the_legal_clock_is_blind_to_pauses_and_declarations(document):
    clock, world, at = asked(document)
    legal = replace(clock, pausable=False)
    bare = replace(legal, events=tuple(e for e in clock.events if e.kind not in ("PAUSE", "RESUME")))
    assert read(legal, world, at) == read(bare, replace(world, declarations=()), at)


@HURRIED
@given(cases())
def test_what_was_recorded_later_does_not_change_an_earlier_knowledge(document):
    given_case = parsed(document)
    clock, world, question = given_case.clock, given_case.world, given_case.questions[2]
    known = question.known_at
    events = tuple(e for e in clock.events if e.recorded_at <= known)
    declarations = tuple(
        Declaration(
            d.id,
            tuple(v for v in d.versions if v.approved_at and max(v.approved_at, v.recorded_at) <= known),
        )
        for d in world.declarations
    )
    entries, hours = (tuple(e for e in es if e.recorded_at <= known) for es in (world.calendar.entries, world.hours))
    past = World(Calendar(entries), declarations, hours=hours)
    reading = read(clock, world, question.at, known)
    assume(reading.state != "NOT_STARTED")
    assert shown(reading) == shown(read(replace(clock, events=events), past, question.at))


@HURRIED
@given(cases())
def test_a_roll_moves_only_promises_inside_it_only_forward_and_no_elapsed_time(document):
    clock, world, at = asked(document)
    rolled, plain = read(clock, world, at), read(clock, without_rolls(world), at)
    same = {d.id for d in world.declarations} == {d.id for d in without_rolls(world).declarations}
    mixed = any(len({v.effect for v in d.versions}) > 1 for d in world.declarations)
    assume(not same and not mixed)
    assert rolled.elapsed == plain.elapsed
    assert rolled.accrual_at == plain.accrual_at
    if rolled.promised_at is not None:
        assert rolled.promised_at >= plain.promised_at
        assert bool(rolled.rolled_by) == (rolled.promised_at > plain.promised_at)


@HURRIED
@given(cases(sweeps=True))
def test_a_rung_fires_once_and_is_annotated_once(document):
    given_case = parsed(document)
    fired, seen = {}, []
    for _, at in given_case.sweeps:
        for firing in sweep(given_case.clock, given_case.world, at, fired):
            assert (firing.rung in fired) == (firing.what == "NO_LONGER")
            fired[firing.rung] = at if firing.what == "NO_LONGER" else None
            seen.append((firing.rung, firing.what))
    assert len(seen) == len(set(seen))


@HURRIED
@given(cases())
def test_a_world_read_before_gives_what_a_fresh_world_gives(document):
    given_case = parsed(document)
    for question in given_case.questions:
        read(given_case.clock, given_case.world, question.at, question.known_at)
    fresh = parsed(document)
    for question in fresh.questions:
        again = read(given_case.clock, given_case.world, question.at, question.known_at)
        assert again == read(fresh.clock, fresh.world, question.at, question.known_at)


@HURRIED
@given(cases())
def test_the_promise_does_not_depend_on_where_the_odometer_begins(document):
    clock, world, at = asked(document)
    plain = read(clock, world, at)
    longer = World(Calendar(world.calendar.entries), world.declarations, hours=world.hours)
    longer.calendar_of(clock.calendar).as_known().table(2019, 2029)
    assert read(clock, longer, at) == plain


@HURRIED
@given(cases())
def test_the_explanation_adds_up_to_the_budget_and_ends_at_the_promise(document):
    clock, world, at = asked(document)
    reading, explanation = read(clock, world, at), explain(clock, world, at)
    assert explanation.promised_at == reading.promised_at
    assert explanation.no_promise_because == reading.no_promise_because
    assert sum((line.amount for line in explanation.lines), Fraction(0)) == explanation.total
    if reading.accrual_at is not None:
        assert explanation.total == reading.budget.amount
    if reading.promised_at is not None:
        assert (explanation.lines[-1].kind, explanation.lines[-1].until) == ("PROMISE", reading.promised_at)
    assert len(explanation.text().splitlines()) == len(explanation.lines) + 1


@HURRIED
@given(cases(), st.sampled_from(("1 hari", "4 hari", "9 hari", "1 bulan")), st.tuples(MOMENTS, MOMENTS))
def test_a_term_in_calendar_days_is_used_up_when_it_ends_and_a_suspension_never_shortens_it(document, term, span):
    clock, world, at = asked(document)
    clock = replace(running_on(clock), budgets=Budget.parse(term))
    reading, explanation = read(clock, world, at), explain(clock, world, at)
    assert (explanation.promised_at, explanation.no_promise_because) == (
        reading.promised_at,
        reading.no_promise_because,
    )
    assert reading.split.office + reading.split.applicant + reading.split.kahar + reading.split.closed == (
        reading.split.gross
    )
    assume(reading.accrual_at is not None)
    assert read(clock, world, reading.accrual_at).share_used == 1
    assert sorted(reading.rungs[r] for r in (50, 75, 90)) == [reading.rungs[r] for r in (50, 75, 90)]
    assert reading.rungs[90] <= reading.accrual_at
    more = read(clock, with_more(without_rolls(world), suspend("Z", *sorted(span))), at)
    plain = read(clock, without_rolls(world), at)
    assert more.promised_at is None or more.promised_at >= plain.promised_at


@HURRIED
@given(MOMENTS)
def test_an_instant_survives_the_way_into_microseconds_and_back(moment):
    assert instant(micros(moment)) == moment
    assert METRO.as_known().minutes_between(moment, moment) == 0
