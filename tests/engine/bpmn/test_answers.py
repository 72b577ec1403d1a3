"""What the check owes every file: an answer in bounded time, each fault at its place, and no fault that hides another."""
# ruff: noqa: E501 -- a drawing and what is told of it are read across

import pytest

from engine import bpmn
from engine.bpmn import reading
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_tables import table, typed
from tests.engine.bpmn.walking import one_file, roled

KNOWN = d.catalogue()


def told(files, severity="error"):
    return [(one.code, one.element) for one in bpmn.check(files, KNOWN) if one.severity == severity]


def drawn(*parts, tasks=("a", "b"), more=()):
    return one_file(*more, roled("izin", *parts, tasks=tasks))


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+10:00"])
def test_a_moment_beyond_the_calendar_is_told_at_its_timer(moment):
    files = drawn(
        d.start(), d.user("a"), d.catch("c", d.at(moment)), d.end(), d.chain("mulai", "a", "c", "selesai"), tasks=("a",)
    )
    assert told(files) == [("timer", "c")]


@pytest.mark.parametrize("cell", ["NaN", ">= NaN", "[NaN..1]", "sNaN", "1e999999999", "Infinity", "1_000", "-Infinity"])
def test_what_only_looks_like_a_number_is_no_value_of_a_cell(cell):
    bpmn.check({"t.dmn": table(("-", cell, "1"), ("-", "-", "2"))}, KNOWN)


def test_quotes_in_a_text_are_no_attributes_and_a_flood_with_spaces_is_one():
    text = "<documentation>" + 'a style="x" ' * 600 + "</documentation>"
    files = drawn(d.start(), d.user("a", inner=text), d.end(), d.chain("mulai", "a", "selesai"), tasks=("a",))
    assert told(files) == []
    flood = " ".join(f'a{number} = "1"' for number in range(600))
    with pytest.raises(reading.Unreadable, match="atribut"):
        reading.read("x.bpmn", f"<a {flood}/>".encode())
    with pytest.raises(reading.Unreadable, match="atribut"):
        reading.read("x.bpmn", f'<a b=">" {flood}/>'.encode())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_fault_is_told_on_the_line_where_its_element_begins(end):
    files = drawn(
        d.start(),
        '<userTask\n  id="a"\n  name="A"\n  />',
        d.user("b", form="nihil"),
        d.end(),
        d.chain("mulai", "a", "b", "selesai"),
    )
    ((name, content),) = files.items()
    lines = content.decode().replace("\r", "").split("\n")
    (found,) = [one for one in bpmn.check({name: end.join(lines).encode()}, KNOWN) if one.code == "no-form"]
    assert lines[found.line - 1] == "<userTask"


def chosen_and_joined(gate, one, other, join, condition):
    """A choice of two tasks, joined by a gate that waits for both."""
    drawn_so = d.exclusive(gate, f"f_{gate}_{one}") + d.user(one) + d.user(other) + d.parallel(join)
    ways = d.flow(gate, one) + d.flow(gate, other, condition) + d.chain(one, join) + d.chain(other, join)
    return drawn_so + ways


def test_the_second_deadlock_behind_the_first_is_told_too():
    first, second = (
        chosen_and_joined("x", "a", "b", "j", "1 == 1"),
        chosen_and_joined("y", "c", "e", "k", "2 == 2"),
    )
    ways = (d.chain("mulai", "x"), d.chain("j", "y"), d.chain("k", "selesai"))
    files = drawn(d.start(), first, second, d.end(), *ways, tasks=("a", "b", "c", "e"))
    assert told(files) == [("deadlock", "j"), ("deadlock", "k")]


def test_every_loop_nobody_waits_in_and_every_stretch_without_a_way_out_is_told():
    loops = "".join(
        d.exclusive(f"x{n}") + d.exclusive(f"y{n}", f"k{n}") + d.flow(f"x{n}", f"y{n}") + d.flow(f"y{n}", f"x{n}", "true") + d.flow(f"y{n}", after, id=f"k{n}")
        for n, after in ((1, "a"), (2, "selesai"))
    )  # fmt: skip
    files = drawn(d.start(), loops, d.user("a"), d.end(), d.chain("mulai", "x1"), d.chain("a", "x2"), tasks=("a",))
    assert told(files) == [("restless-loop", "x1"), ("restless-loop", "x2")]


def test_a_flow_that_leads_nowhere_excuses_what_it_was_meant_for_and_nothing_else():
    lost = d.user("hilang") + d.flow("hilang", "selesai")
    misspelt = drawn(
        d.start(),
        d.user("a"),
        d.user("periksa"),
        lost,
        d.end(),
        d.chain("mulai", "a"),
        d.flow("a", "periks"),
        d.flow("periksa", "selesai"),
        tasks=("a", "periksa", "hilang"),
    )
    assert set(told(misspelt)) == {("dangling-flow", "f_a_periks"), ("unreachable", "hilang")}


def test_a_file_in_which_nothing_runs_says_so_beside_whatever_else_is_wrong():
    body = [d.start(), d.user("a", form="nihil"), d.end(), d.chain("mulai", "a", "selesai")]
    found = bpmn.check({"x.bpmn": d.file(d.process("izin", *body, executable=False))}, KNOWN)
    assert "not-executable" in {one.code for one in found}
    assert len({one.code for one in found}) > 1


def test_a_task_stands_in_one_lane_and_no_id_is_used_twice():
    two = d.lanes(d.lane("l1", "Petugas (FO)", "a"), d.lane("l2", "Verifikator (VB)", "a"))
    files = one_file(
        d.message("m"),
        d.message("m"),
        d.process("izin", two, d.start(), d.user("a"), d.end(), d.chain("mulai", "a", "selesai")),
    )
    assert {("two-lanes", "a"), ("duplicate-id", "m_m")} <= {(code, element) for code, element in told(files)}
    doubled = table(('"a"', "-", "1"), ('"b"', "-", "2")).replace(b'id="r2"', b'id="r1"')
    assert ("duplicate-id", "r1") in told({"t.dmn": doubled})


def test_a_word_without_quotes_among_texts_is_told_and_a_quote_within_a_text_is_none():
    assert told({"t.dmn": table(("baru", "-", "1"), ('"lama"', "-", "2"), ("-", "-", "3"))}) == [
        ("unquoted-text", "r1")
    ]
    assert told({"t.dmn": typed(("baru", "-", "1"), types=("string", ""))}) == [("unquoted-text", "r1")]
    escaped = table((r'"a\", \"b"', "-", "1"), ("-", "-", "2"))
    assert bpmn.check({"t.dmn": escaped}, KNOWN) == ()


def test_whole_numbers_leave_no_gap_between_neighbours_and_a_table_too_large_says_so():
    assert told({"t.dmn": typed(("-", "<= 5", "1"), ("-", ">= 6", "2"), types=("", "integer"))}, "warning") == []
    assert told({"t.dmn": typed(("-", "<= 5", "1"), ("-", ">= 6", "2"), types=("", "number"))}, "warning") == [
        ("table-gap", "t")
    ]
    wide = table(*[(f'"{n}"', f"[{n}..{n + 1}]", f">= {n}", str(n)) for n in range(150)], inputs=("a", "b", "c"))
    assert ("explored-in-part", "t") in told({"t.dmn": wide}, "warning")


def test_a_broken_question_is_told_once():
    assert told({"t.dmn": table(('"a"', "-", "1"), ('"b"', "-", "2"), inputs=("jenis jenis", "luas"))}) == [
        ("expression", "t")
    ]


def test_a_loop_through_a_called_process_that_waits_for_nobody_is_told():
    quick = d.file(d.process("cepat", d.start("q1"), d.end("q2"), d.chain("q1", "q2")))
    slow = d.file(roled("cepat", d.start("q1"), d.user("q"), d.end("q2"), d.chain("q1", "q", "q2"), tasks=("q",)))
    loop = (
        d.exclusive("x")
        + d.call("panggil", "cepat")
        + d.exclusive("y", "f_y_selesai")
        + d.chain("x", "panggil", "y", "selesai")
        + d.flow("y", "x", "true")
    )
    files = drawn(d.start(), d.user("a"), loop, d.end(), d.chain("mulai", "a", "x"), tasks=("a",))
    assert told({**files, "cepat.bpmn": quick}) == [("restless-loop", "x")]
    assert told({**files, "cepat.bpmn": slow}) == []


def test_a_diagram_of_hundreds_of_crossing_gateways_is_answered_in_part_and_says_so():
    gates = [f"g{number}" for number in range(120)]
    flows = "".join(d.flow(one, other) for at, one in enumerate(gates) for other in gates[at + 1 : at + 25])
    kinds = "".join(f'<inclusiveGateway id="{one}"/>' if at % 2 else d.parallel(one) for at, one in enumerate(gates))
    files = drawn(
        d.start(),
        d.user("a"),
        kinds,
        flows,
        d.end(),
        d.chain("mulai", "a", "g0"),
        d.chain(gates[-1], "selesai"),
        tasks=("a",),
    )
    assert "explored-in-part" in {code for code, _ in told(files, "warning")}
