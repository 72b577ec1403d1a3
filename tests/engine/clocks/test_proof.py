"""A date that anybody can check: the document holds its facts, and nothing in it can be changed unnoticed."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clocks import Budget, BudgetVersion, PastSpells, Spell, World, explain, read
from engine.clocks.cases_input import case
from engine.clocks.cases_output import facts
from engine.clocks.located import CaseFault
from engine.clocks.proof import FORMAT, FORMAT_PLACED, as_document, differences, proof, told
from tests.depth import examples
from tests.engine.clocks.office import METRO, at, clock, declared, event

EXAMPLES = [json.loads(one) for one in (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()]
NAMED = pytest.mark.parametrize("example", EXAMPLES, ids=[one["id"] for one in EXAMPLES])


def made(example):
    asked = case(example)
    question = asked.questions[0]
    about = {"nomor": "1/IMB/2026", "jam": asked.clock.name}
    return proof(asked.clock, asked.world, question.at, question.known_at, about)


@NAMED
def test_the_facts_of_a_clock_are_written_so_that_they_read_back_the_same(example):
    asked = case(example)
    again = case({**facts(asked.clock, asked.world), "questions": example["questions"]})
    assert again.clock == asked.clock
    for one, other in zip(asked.questions, again.questions, strict=True):
        assert read(again.clock, again.world, other.at, other.known_at) == read(
            asked.clock, asked.world, one.at, one.known_at
        )


@NAMED
def test_the_proof_of_each_example_holds_and_tells_the_answer_of_the_example(example):
    text = made(example)
    assert differences(text) == []
    expected = example["expected"]["answers"][0]
    assert {name: json.loads(text)["answer"][name] for name in expected} == expected
    assert "1/IMB/2026" in told(text)


def test_versions_of_a_budget_and_a_term_that_does_not_roll_read_back_the_same():
    asked = case(EXAMPLES[0])
    day = datetime(2026, 1, 1, tzinfo=asked.questions[0].at.tzinfo)
    versions = (BudgetVersion(Budget("hk", Fraction(5, 2)), day.date(), day, "Perwali 1/2026"),)
    for budgets in (versions, Budget("days", Fraction(30), rolls_forward=False)):
        clock = replace(asked.clock, budgets=budgets, settled=True)
        assert case({**facts(clock, asked.world), "questions": []}).clock == clock


def test_a_declaration_that_nobody_approved_is_in_no_proof():
    with_one = next(one for one in EXAMPLES if one["declarations"])
    changed = json.loads(json.dumps(with_one))
    changed["declarations"][0]["versions"][0]["approved_at"] = None
    assert json.loads(made(changed))["declarations"] == []


def places(value, way=()):
    """Every place of the document with a value that is no list and no object."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*way, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from places(one, (*way, number))
    else:
        yield way


def changed(document, way, value):
    copy = json.loads(json.dumps(document))
    place = copy
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return json.dumps(copy)


@settings(max_examples=examples(200))
@given(st.data())
def test_whatever_is_changed_in_what_a_proof_says_is_found(data):
    document = json.loads(made(data.draw(st.sampled_from(EXAMPLES))))
    ways = [way for way in places(document) if way[0] in ("answer", "explanation")]
    way = data.draw(st.sampled_from(ways))
    other = data.draw(st.sampled_from(["2", "2026-08-03T10:00:00+07:00", None, True, 7, [], {"a": 1}, "RUNNING", ""]))
    place = document
    for step in way:
        place = place[step]
    if other != place or type(other) is not type(place):
        assert differences(changed(document, way, other))


def test_a_fact_that_was_changed_no_longer_leads_to_the_same_date():
    document = json.loads(made(EXAMPLES[0]))
    start = datetime.fromisoformat(document["ledger"][0]["effective_at"]) - timedelta(days=7)
    found = differences(changed(document, ("ledger", 0, "effective_at"), start.isoformat()))
    assert any(one.startswith("answer.promised_at") for one in found)


def test_lines_that_do_not_add_up_are_told_with_their_place():
    document = json.loads(made(EXAMPLES[0]))
    place = next(n for n, one in enumerate(document["explanation"]["lines"]) if one["kind"] == "COUNTED")
    found = differences(changed(document, ("explanation", "lines", place, "amount"), "1/7"))
    assert any(f"lines[{place}].total" in one for one in found)
    assert any(f"lines[{place}].amount" in one for one in found)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "lain"}', json.dumps({"format": FORMAT}), "[" * 50_000])
def test_what_is_no_proof_is_refused_in_words(text):
    with pytest.raises(CaseFault):
        differences(text)


def test_the_command_says_of_each_file_whether_it_holds(tmp_path):
    good, bad, none = (tmp_path / name for name in ("baik.json", "ubah.json", "bukan.json"))
    good.write_text(made(EXAMPLES[0]), "utf-8")
    bad.write_text(changed(json.loads(made(EXAMPLES[0])), ("answer", "promised_at"), None), "utf-8")
    none.write_text("bukan", "utf-8")
    call = [sys.executable, "-m", "engine.clocks", "verify"]
    answers = [subprocess.run([*call, str(one)], capture_output=True, text=True) for one in (good, bad, none)]
    assert [one.returncode for one in answers] == [0, 1, 2]
    assert "cocok" in answers[0].stdout
    assert "answer.promised_at" in answers[1].stdout
    assert "bukan JSON" in answers[2].stderr
    assert subprocess.run([*call, str(good), str(tmp_path / "tidak-ada.json")], capture_output=True).returncode == 2


def test_times_that_are_kept_packed_are_written_each_for_itself():
    asked = case(EXAMPLES[0])
    begin = datetime(2026, 8, 3, 3, 0, tzinfo=UTC)
    lives = [(begin + timedelta(hours=n), begin + timedelta(hours=n, minutes=30)) for n in (5, 0)]
    packed = b"".join(
        ((at - datetime(2000, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)).to_bytes(8, "big", signed=True)
        for life in lives
        for at in life
    )
    clock = replace(asked.clock, spells=(PastSpells("PUPR", "daring", "tinjauan", packed, True),))
    again = case({**facts(clock, asked.world), "questions": []}).clock
    assert again.spells == tuple(Spell("PUPR", "daring", "tinjauan", *life, True) for life in sorted(lives))


# --- from when


def without_a_date(start="2026-12-19 10.00", *more, now="2026-12-28 09.00", calendar=METRO):
    """A clock begun on a Saturday before the last days of the only adopted year."""
    one = clock("30 hk", event(1, "START", start), *more)
    return one, World(calendar), at(now)


def written_earlier(one, world, now):
    """The document as releases wrote it that gave the start for where a date ends."""
    document = json.loads(proof(one, world, now, None, {"jam": "L"}))
    earlier = as_document(explain(one, world, now, None, placed=False))
    return {**document, "format": FORMAT, "explanation": earlier}


def test_a_derivation_without_a_date_says_from_when_there_is_none():
    one, world, now = without_a_date()
    last = explain(one, world, now).lines[-1]
    assert (last.kind, last.since, last.until) == ("NO_PROMISE", at("2027-01-01 00.00"), None)
    pause = event(2, "PAUSE", "2026-12-22 09.00", "MENUNGGU_PEMBAYARAN")
    one, world, now = without_a_date("2026-12-19 10.00", pause)
    assert explain(one, world, now).lines[-1].since == at("2026-12-22 09.00")
    rolled = declared("K1", "2026-08-05 08.00", None, effect="ROLL_LAST_DAY")
    case = clock("3 hk", event(1, "START", "2026-08-03 10.00"))
    found = explain(case, World(METRO, (rolled,)), at("2026-08-06 09.00"))
    assert (found.no_promise_because, found.lines[-1].since) == ("OPEN_ROLL", at("2026-08-05 08.00"))


def test_no_closed_line_begins_before_the_clock_does():
    one, world, now = without_a_date()
    start, closed, *_ = explain(one, world, now).lines
    assert (start.kind, closed.kind) == ("START", "CLOSED")
    assert (closed.since, closed.until) == (at("2026-12-19 10.00"), at("2026-12-21 00.00"))
    assert explain(one, world, now, placed=False).lines[1].since == at("2026-12-19 00.00")
    assert explain(one, world, now).rows() == explain(one, world, now, placed=False).rows(), (
        "on paper it reads the same"
    )


def test_a_document_that_says_from_when_has_a_format_of_its_own_and_an_earlier_one_still_holds():
    one, world, now = without_a_date()
    text = proof(one, world, now, None, {"jam": "L"})
    assert json.loads(text)["format"] == FORMAT_PLACED
    assert differences(text) == []
    earlier = written_earlier(one, world, now)
    assert differences(json.dumps(earlier)) == []
    assert differences(json.dumps({**earlier, "format": FORMAT_PLACED})), "each is held against its own format"
    assert differences(json.dumps({**json.loads(text), "format": FORMAT}))


def test_a_document_in_which_nothing_of_this_occurs_keeps_the_format_that_every_checker_knows():
    one = clock("3 hk", event(1, "START", "2026-08-03 10.00"))
    assert json.loads(proof(one, World(METRO), at("2026-08-03 11.00"), None, {}))["format"] == FORMAT


def test_what_is_left_is_told_in_the_unit_of_the_clock():
    now = at("2026-08-03 11.00")
    said = {
        budget: told(proof(clock(budget, event(1, "START", "2026-08-03 10.00")), World(METRO), now, None, {}))
        for budget in ("4 jam", "3 hk", "30 hari")
    }
    assert said["4 jam"].endswith("terpakai 60 menit, sisa 180 menit")
    assert said["3 hk"].endswith("terpakai ≈ 0,13 hari kerja (2/15), sisa ≈ 2,87 hari kerja (43/15)")
    assert said["30 hari"].endswith("sisa ≈ 29,96 hari (10995/367)")
