"""What declarations took out of a clock's count within a period, and what a report keeps of them: exact, added up."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clocks import (
    WIB,
    Budget,
    Clock,
    ClockEvent,
    Declaration,
    DeclarationVersion,
    Scope,
    Spell,
    World,
    read,
)
from engine.reporting import (
    ALL,
    Declared,
    Disruptions,
    Failure,
    Paper,
    alone,
    disruptions_as_json,
    disruptions_from_json,
    lived_through,
    stopped,
)
from tests.depth import examples
from tests.engine.clocks.office import LONG_AGO, METRO

STEADY = settings(max_examples=examples(60), derandomize=True, deadline=None, database=None)
MONDAY = datetime(2026, 8, 3, tzinfo=WIB)
hours = st.integers(0, 14 * 24)
scopes = st.sampled_from([Scope(), Scope(permit_types=frozenset({"IMB"})), Scope(units=frozenset({"PUPR"}))])


def after(n):
    return MONDAY + timedelta(hours=n)


@st.composite
def worlds(draw):
    def declaration(number):
        begin, end = sorted((draw(hours), draw(hours)))
        effect = draw(st.sampled_from(["SUSPEND", "SUSPEND", "ROLL_LAST_DAY"]))
        version = DeclarationVersion(1, "DECLARE", LONG_AGO, LONG_AGO, after(begin), after(end), effect, draw(scopes))
        return Declaration(f"K{number}", (version,))

    return World(METRO, tuple(declaration(n) for n in range(draw(st.integers(0, 4)))))


@st.composite
def clocks(draw):
    events = [ClockEvent(1, "START", at := after(draw(st.integers(0, 100))), at)]
    if draw(st.booleans()):
        stop = at + timedelta(hours=draw(st.integers(1, 200)))
        events.append(ClockEvent(2, "STOP", stop, stop))
    spells = (Spell(draw(st.sampled_from(["PUPR", "DPMPTSP"])), None, "bap", at, None),)
    permit = draw(st.sampled_from(["IMB", "SIPB"]))
    return Clock("L", Budget.parse("3 hk"), events=tuple(events), permit_type=permit, spells=spells)


def told(clock, world, begin, seen):
    return stopped(clock, {ALL: world, **alone(world)}, begin, seen)


@STEADY
@given(clocks(), worlds(), st.tuples(hours, hours, hours))
def test_two_periods_that_follow_each_other_tell_what_one_over_both_tells(clock, world, three):
    begin, middle, end = (after(n) for n in sorted(three))
    first, second = told(clock, world, begin, before(middle)), told(clock, world, middle, before(end))
    both = {code: first.get(code, 0) + second.get(code, 0) for code in first.keys() | second.keys()}
    assert both == told(clock, world, begin, before(end))


def before(at):
    return at - timedelta(microseconds=1)


@STEADY
@given(clocks(), worlds())
def test_all_declarations_together_take_what_the_reading_says_and_no_more_than_one_by_one(clock, world):
    seen = after(15 * 24)
    found = told(clock, world, MONDAY, seen)
    assert found.get(ALL, 0) == read(clock, world, seen).split_hk.kahar
    each = [hk for code, hk in found.items() if code != ALL]
    assert max(each, default=Fraction(0)) <= found.get(ALL, 0) <= sum(each)


def test_a_clock_lived_through_what_began_before_it_stopped_and_ended_after_it_began():
    at = after(10)
    events = (ClockEvent(1, "START", at, at), ClockEvent(2, "STOP", after(40), after(40)))
    reading = read(Clock("L", Budget.parse("3 hk"), events=events), World(METRO), after(100))
    spans = [(9, 10), (9, 11), (39, 60), (40, 60), (9, None), (40, None)]
    lived = [lived_through(reading, after(a), None if b is None else after(b)) for a, b in spans]
    assert lived == [False, True, True, False, True, False]


def test_what_is_kept_of_disruptions_is_read_back_exactly_and_what_nobody_has_stays_empty():
    papers = (Paper("DECLARE", "001/KEP", date(2026, 8, 7)), Paper("RECOVER", "001/BA", date(2026, 8, 9)))
    scope = (("Jenis izin", ("Izin Mendirikan Bangunan", "Izin Trayek")),)
    common = ("K1", "bencana_alam", "Petir", "SUSPEND", scope, after(1), None, "Ani", "Budi", "berlaku", papers)
    found = Disruptions(
        Fraction(9450),
        Fraction(1351, 3),
        (Declared(*common, Fraction(1351, 3)), Declared(*common, None)),
        (Failure("G1", "OSS", "Tidak menjawab", after(2), after(3), Fraction(60)),),
    )
    assert disruptions_from_json(json.loads(json.dumps(disruptions_as_json(found)))) == found
    assert found.share(found.declared[0].minutes) == Fraction(1351, 28350)
    assert found.share(found.declared[1].minutes) is None
    [lasting, _] = found.declared
    assert (lasting.paper.number, lasting.recovered) == ("001/KEP", None), "a correction took its end away again"
    assert replace(lasting, until=after(50)).recovered.number == "001/BA"
