"""What is sworn about the ends of chains is written in one way only, and nothing once known is forgotten."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.anchors import (
    Anchor,
    Digest,
    Head,
    Lists,
    Unreadable,
    anchor_of,
    digest,
    head_of,
    line,
    signed_part,
    text_of,
)
from engine.anchors import told_apart as apart
from engine.anchors import unlike as differing

HASH = "ab" * 32
ANCHOR = Anchor(3, "2026-08-05", "2026-08-05T00:00:00.000000Z", HASH, Lists(2, 1, HASH, HASH), 7, HASH, HASH, "cd" * 64)
HEADS = some.dictionaries(some.integers(0, 9), some.tuples(some.integers(1, 3), some.sampled_from("ab")), max_size=6)


def listed(found):
    return [Head(UUID(int=case), seq, hashed, f"no {case}") for case, (seq, hashed) in sorted(found.items())]


@given(HEADS, HEADS)
def test_every_head_ever_known_stays_known_and_only_what_moved_is_news(before, today):
    found = list(apart(listed(before), listed(today)))
    assert [one for one, _ in found] == listed(before | today)
    assert [one for one, news in found if news] == [one for one in listed(today) if one not in listed(before)]


@given(HEADS, HEADS)
def test_two_lists_are_alike_exactly_when_nothing_differs(before, today):
    cases = {one.case for one in differing(listed(before), listed(today))}
    assert cases == {UUID(int=case) for case in before.keys() | today.keys() if before.get(case) != today.get(case)}


def test_an_anchor_is_read_as_it_was_written():
    assert anchor_of(text_of(ANCHOR)) == ANCHOR
    assert head_of(line(Head(UUID(int=1), 4, HASH, "503/1"))) == Head(UUID(int=1), 4, HASH, "503/1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "7\n",
        '{"v":1}\n',
        text_of(ANCHOR)[:-1],
        text_of(ANCHOR).replace('"v":1', '"v":2'),
        " " + text_of(ANCHOR),
    ],
)
def test_an_anchor_written_another_way_is_none(text):
    with pytest.raises(Unreadable):
        anchor_of(text)


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1,2,3,4]", '["x",1,"h",""]', f'["{UUID(int=1)}", 1,"h",""]'])
def test_a_head_written_another_way_is_none(text):
    with pytest.raises(Unreadable):
        head_of(text)


def test_everything_in_an_anchor_is_signed_but_the_signature():
    assert signed_part(ANCHOR) == signed_part(replace(ANCHOR, signature=""))
    assert signed_part(ANCHOR) != signed_part(replace(ANCHOR, lists=replace(ANCHOR.lists, heads="")))


def test_a_line_withheld_as_its_digest_counts_the_same():
    shown = Digest()
    shown.add("satu")
    shown.add("dua")
    assert (shown.lines, shown.hex) == (2, digest(digest("satu") + digest("dua")))
