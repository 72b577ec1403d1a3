"""The chain of a file's events: it verifies, and nothing can be changed, dropped, moved or taken to another file."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import KINDS, Event, canonical, digest, genesis, link, stamp

CASE, OTHER, RELEASE = UUID(int=1), UUID(int=2), UUID(int=3)
OPENING = {"permit": "TRY", "kind": "baru"}
AT = datetime(2026, 8, 3, 2, tzinfo=UTC)
QUICK = settings(max_examples=60, derandomize=True, deadline=None, database=None)

words = st.text(max_size=12)
bodies = st.dictionaries(words, st.one_of(words, st.integers(), st.booleans(), st.none(), st.lists(words)), max_size=4)
moments = st.integers(0, 10**14).map(lambda passed: AT + timedelta(microseconds=passed))
actors = st.none() | st.uuids()
events = st.builds(Event, st.sampled_from(sorted(KINDS)), moments, moments, actors, words, words, bodies)
histories = st.lists(events, min_size=1, max_size=6)


def chain(history, case=CASE, opening=OPENING, release=RELEASE):
    """The hashes of a history, in order."""
    found = [genesis(case, opening)]
    for seq, event in enumerate(history, 1):
        found.append(link(found[-1], case, seq, release, event))
    return found[1:]


@QUICK
@given(histories)
def test_a_history_left_alone_verifies(history):
    assert chain(history) == chain(list(history))
    assert all(len(one) == 64 for one in chain(history))


@QUICK
@given(histories, st.data())
def test_any_changed_field_breaks_the_chain_from_there_on(history, data):
    place = data.draw(st.integers(0, len(history) - 1))
    event = history[place]
    changed = data.draw(
        st.sampled_from(
            [
                replace(event, kind="changed"),
                replace(event, at=event.at + timedelta(microseconds=1)),
                replace(event, recorded_at=event.recorded_at + timedelta(microseconds=1)),
                replace(event, by=UUID(int=5) if event.by != UUID(int=5) else None),
                replace(event, role=event.role + "x"),
                replace(event, element=event.element + "x"),
                replace(event, body={**event.body, "more": True}),
            ]
        )
    )
    before, after = chain(history), chain([*history[:place], changed, *history[place + 1 :]])
    assert before[:place] == after[:place]
    assert all(one != other for one, other in zip(before[place:], after[place:], strict=True))


@QUICK
@given(histories.filter(lambda history: len(history) > 1), st.data())
def test_an_event_dropped_or_moved_breaks_the_chain(history, data):
    place = data.draw(st.integers(0, len(history) - 2))
    assert chain([*history[:place], *history[place + 1 :]])[-1] != chain(history)[-1]
    swapped = [*history[:place], history[place + 1], history[place], *history[place + 2 :]]
    assert (chain(swapped)[-1] == chain(history)[-1]) == (swapped == history)


@QUICK
@given(histories)
def test_a_chain_fits_one_file_one_opening_and_one_release(history):
    mine = chain(history)
    assert chain(history, case=OTHER)[-1] != mine[-1]
    assert chain(history, opening={**OPENING, "kind": "perpanjangan"})[-1] != mine[-1]
    assert chain(history, release=UUID(int=4))[-1] != mine[-1]


def test_the_zone_of_an_instant_and_the_order_of_a_body_change_nothing():
    wib = timezone(timedelta(hours=7))
    event = Event("task_opened", AT, AT, body={"task": "1", "role": "VB"})
    same = Event("task_opened", AT.astimezone(wib), AT.astimezone(wib), body={"role": "VB", "task": "1"})
    assert chain([event]) == chain([same])


def test_the_first_link_of_a_known_event_is_what_it_always_was():
    event = Event("case_opened", AT, AT, UUID(int=9), "PM", "", {"permit": "TRY"})
    assert genesis(CASE, OPENING) == "eb4dcd1b1551d7a63a6ae5189d7c2211f74d3bc1faca00e00a49993af720e60f"
    assert chain([event]) == ["670586803bf5b2997880d4df3a63205e8adf75fabcd1058c1680d6a2ee3e71f3"]


def test_an_instant_is_stamped_in_utc_with_microseconds_always_as_long():
    assert stamp(datetime(2026, 8, 3, 9, tzinfo=timezone(timedelta(hours=7)))) == "2026-08-03T02:00:00.000000Z"
    assert stamp(AT.replace(microsecond=5)) == "2026-08-03T02:00:00.000005Z"


@QUICK
@given(bodies)
def test_the_canonical_text_reads_back_and_is_one_for_equal_values(body):
    assert json.loads(canonical(body)) == body
    assert canonical(dict(reversed(body.items()))) == canonical(body)


def test_what_has_no_exact_text_is_refused():
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            canonical({"sum": value})
    with pytest.raises(TypeError):
        canonical({"at": AT})


@QUICK
@given(st.binary(min_size=16, max_size=16), words, words)
def test_a_digest_tells_a_value_only_with_its_salt(salt, value, other):
    assert digest(salt, value) == digest(salt, value)
    assert (digest(salt, value) == digest(salt, other)) == (value == other)
    assert digest(salt + b"x", value) != digest(salt, value)
