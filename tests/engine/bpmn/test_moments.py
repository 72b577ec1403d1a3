"""Timers that the data tell: a day, or a word of a choice, is no moment and no length of time."""

import pytest

from engine import bpmn
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import one_file, roled

FIELDS = {"hari": "text", "saat": "text", "pilihan": "text"}
KNOWN = d.catalogue(
    start={"permohonan": {}},
    routes={"formulir": FIELDS},
    days={"formulir": frozenset({"hari"})},
    words={"formulir": {"pilihan": frozenset({"pagi", "sore"})}},
)


def told(tag, written, *more):
    timer = f'<intermediateCatchEvent id="tunggu"><timerEventDefinition><{tag}>{written}</{tag}></timerEventDefinition>'
    parts = (d.start(), d.user("a"), timer + "</intermediateCatchEvent>", d.end(), *more)
    files = one_file(roled("izin", *parts, d.chain("mulai", "a", "tunggu", "selesai"), tasks=("a",)))
    return [(one.code, one.element) for one in bpmn.check(files, KNOWN) if one.code != "unread-field"]


@pytest.mark.parametrize("tag", ["timeDate", "timeDuration"])
@pytest.mark.parametrize("written", ["a.hari", "get(&quot;a.hari&quot;)", "a.pilihan"])
def test_a_day_or_a_word_is_told_where_a_moment_or_a_length_of_time_is_needed(tag, written):
    assert ("wrong-type", "tunggu") in told(tag, written)


@pytest.mark.parametrize("written", ["a.saat", "a.hari + &quot;T08:00:00+07:00&quot;", "2026-12-31T16:00:00+07:00"])
def test_a_moment_with_its_hour_and_a_day_that_is_given_one_pass(written):
    assert told("timeDate", written) == []


def test_a_day_as_a_moment_is_told_beside_another_fault():
    lost = d.flow("a", "entah", id="sesat")
    assert told("timeDate", "a.hari", lost) == [("wrong-type", "tunggu"), ("dangling-flow", "sesat")]
