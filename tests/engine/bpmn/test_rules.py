"""Rules of the check that need a drawing of their own."""
# ruff: noqa: E501 -- a rule and its drawing stand on one line

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine import bpmn
from engine.bpmn.plain import plain
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_elements import table
from tests.engine.bpmn.walking import one_file, roled

GATE = '<eventBasedGateway id="g"/>'
TIME = d.after("P1D")


def drawn(*parts, tasks=("a", "b")):
    return one_file(d.message("m"), d.signal("s"), roled("izin", *parts, tasks=tasks))


def one(middle, *rest):
    id = middle.split('id="')[1].split('"')[0]
    return drawn(d.start(), d.user("a"), middle, *rest, d.end(), d.chain("mulai", "a", id, "selesai"))


def counted(count):
    return d.user(
        "b",
        inner=f"<multiInstanceLoopCharacteristics><loopCardinality>{count}</loopCardinality></multiInstanceLoopCharacteristics>",
    )


RULES = {
    "two events at once": ("event-kind", "c", one(d.catch("c", d.by_message("m") + TIME))),
    "a catch without event": ("event-kind", "c", one(d.catch("c", ""))),
    "a signal without name": ("no-message", "c", one(d.catch("c", d.by_signal("x")))),
    "a link": ("event-kind", "c", one('<intermediateThrowEvent id="c"><linkEventDefinition/></intermediateThrowEvent>')),
    "a thrown message without name": ("no-message", "c", one(f'<intermediateThrowEvent id="c">{d.by_message("x")}</intermediateThrowEvent>')),
    "a send task without message": ("no-message", "c", one('<sendTask id="c"/>')),
    "a message marked for nobody": ("correlation", "c", one(d.catch("c", d.properties(correlation="nomor sts = a.nomor") + d.by_message("m")))),
    "a message marked by nonsense": ("expression", "c", one(d.catch("c", d.properties(correlation="nomor = a nomor") + d.by_message("m")))),
    "an event that carries nonsense": ("expression", "c", one(f'<intermediateThrowEvent id="c">{d.properties(payload="a b")}{d.by_message("m")}</intermediateThrowEvent>')),
    "an error that does not interrupt": ("boundary", "i", drawn(
        d.start(), d.user("a"), d.boundary("i", "a", "<errorEventDefinition/>", False), d.end(), d.end("e"), d.chain("mulai", "a", "selesai"), d.chain("i", "e"))),
    "an inclusive gateway without default": ("no-default", "x", drawn(
        d.start(), d.user("a"), '<inclusiveGateway id="x"/>', d.end(), d.end("e"), d.chain("mulai", "a", "x"), d.flow("x", "selesai", "a.b"), d.flow("x", "e", "a.c"))),
    "a loop without end": ("loop", "b", one(d.user("b", inner="<standardLoopCharacteristics/>"))),
    "a loop and a list": ("loop", "b", one(d.user("b", inner='<standardLoopCharacteristics loopMaximum="2"/>' + d.many("a.x", "w", "y", "z")))),
    "a receive task without message": ("no-message", "c", one('<receiveTask id="c"/>')),
    "a cycle": ("timer", "c", one(d.catch("c", TIME.replace("timeDuration", "timeCycle")))),
    "an event gateway with one way": ("event-gateway", "g", drawn(d.start(), GATE, d.catch("c", TIME), d.end(), d.chain("mulai", "g", "c", "selesai"))),
    "a task after an event gateway": ("event-gateway", "a", drawn(
        d.start(), GATE, d.catch("c", TIME), d.user("a"), d.end(), d.chain("mulai", "g", "c", "selesai"), d.chain("g", "a", "selesai"))),
    "a receive task with a boundary after an event gateway": ("event-gateway", "t", drawn(
        d.start(), GATE, d.catch("c", TIME), '<receiveTask id="t" messageRef="m_m"/>', d.boundary("i", "t", TIME), d.end(), d.end("e"), d.end("e2"),
        d.chain("mulai", "g", "c", "selesai"), d.chain("g", "t", "e"), d.chain("i", "e2"))),
    "a count below nothing": ("multi-instance", "b", one(counted("-3"))),
    "a count beyond measure": ("multi-instance", "b", one(counted("100000000"))),
    "a count that is half a round": ("multi-instance", "b", one(counted("2.5"))),
    "a count that is no expression": ("expression", "b", one(d.user(
        "b", inner="<multiInstanceLoopCharacteristics><loopCardinality>3 kali</loopCardinality></multiInstanceLoopCharacteristics>"))),
    "neither a count nor a list": ("multi-instance", "b", one(d.user("b", inner="<multiInstanceLoopCharacteristics/>"))),
    "a list that is no name": ("multi-instance", "b", one(d.user("b", inner=d.many("a x", "w", "y", "z")))),
    "one name for two things": ("multi-instance", "b", one(d.user("b", inner=d.many("a.x", "y", "z", "z")))),
    "a completion condition": ("expression", "b", one(d.user("b", inner=d.many("a.x", "w", "y", "z", until="y ="))))
    ,
    "a process without end": ("no-end", "izin", drawn(d.start(), d.exclusive("x"), d.user("a"), d.chain("mulai", "x", "a", "x"))),
    "an empty sub-process": ("empty", "kosong", one(d.sub("kosong"))),
    "a loop nobody leaves": ("no-exit", "x", drawn(
        d.start(), d.parallel("p"), d.exclusive("x"), d.user("a"), d.end(), d.chain("mulai", "p", "x", "a", "x"), d.chain("p", "selesai"))),
    "two ways out of a task": ("many-ways", "a", drawn(d.start(), d.user("a"), d.end(), d.end("lain"), d.chain("mulai", "a", "selesai"), d.flow("a", "lain"))),
    "a flow into the start": ("wrong-flow", "balik", drawn(
        d.start(), d.exclusive("x", "f_x_selesai"), d.user("a"), d.end(), d.chain("mulai", "a", "x", "selesai"), d.flow("x", "mulai", "a.b", id="balik"))),
    "a default of another gateway": ("no-default", "x", drawn(
        d.start(), d.user("a"), d.exclusive("x", "entah"), d.end(), d.chain("mulai", "a", "x"), d.flow("x", "selesai", "a.b"))),
    "a service without name": ("no-service", "s", one('<serviceTask id="s"/>')),
    "a reminder that writes what the task writes": ("shared-output", "s", drawn(
        d.start(), d.user("a"), d.boundary("i", "a", TIME, False), d.service("s", "x", result="a"), d.end(), d.end("e"),
        d.chain("mulai", "a", "selesai"), d.chain("i", "s", "e"))),
}  # fmt: skip
UNKNOWN = {"unknown-service"}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_tells_its_fault_at_its_element(name):
    code, element, files = RULES[name]
    found = {(one.element, one.code) for one in bpmn.check(files, d.catalogue()) if one.code not in UNKNOWN}
    assert found == {(element, code)}


def test_a_process_key_stands_once_in_a_set():
    files = one(d.user("b"))
    problems = bpmn.check({**files, "lagi.bpmn": files["izin.bpmn"]}, d.catalogue())
    assert [(one.file, one.code) for one in problems] == [("lagi.bpmn", "duplicate-process")]


def test_what_branches_of_sub_processes_and_calls_write_counts_too():
    inner = d.sub(
        "badan",
        d.start("s"),
        d.service("x1", "x", result="sama"),
        d.user("b"),
        d.end("e"),
        d.chain("s", "x1", "b", "e"),
    )
    called = roled(
        "lain", d.start("l1"), d.service("x2", "x", result="sama"), d.user("c"), d.end("l2"), d.chain("l1", "x2", "c", "l2"),
        tasks=("c",),
    )  # fmt: skip
    files = drawn(
        d.start(), d.parallel("p"), inner, d.call("panggil", "lain"), d.parallel("j"), d.end(),
        d.chain("mulai", "p", "badan", "j", "selesai"), d.chain("p", "panggil", "j"), tasks=("badan",),
    )  # fmt: skip
    problems = bpmn.check({**files, "lain.bpmn": d.file(called)}, d.catalogue())
    assert [one.element for one in problems if one.code == "shared-output"] == ["panggil"]


def test_tables_need_a_table_and_an_id_of_their_own():
    rows = (("-", "-", "1", "2"),)
    empty = b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t"><decision id="x"/></definitions>'
    many = table(*[(f'"{number}"', "-", "1", "2") for number in range(1001)], *rows)
    unnamed = table(*rows).replace(b'name="hari"', b'name="jalur"').replace(b"permohonan.luas", b"")
    for files, codes in (
        ({"a.dmn": empty}, {"no-table"}),
        ({"a.dmn": table(*rows), "b.dmn": table(*rows)}, {"duplicate-id"}),
        ({"a.dmn": many}, {"too-large"}),
        ({"a.dmn": unnamed}, {"table-input", "table-output"}),
    ):
        assert {one.code for one in bpmn.check(files, d.catalogue())} == codes


def test_process_data_are_plain_and_their_numbers_exact():
    given = {
        "a": Decimal("1.50"),
        "b": (1, 2),
        "c": datetime(2026, 3, 2, tzinfo=UTC),
        "d": {"e": {"y", "x"}},
        "f": None,
    }
    assert plain(given) == {
        "a": Decimal("1.5"),
        "b": [1, 2],
        "c": "2026-03-02T00:00:00+00:00",
        "d": {"e": ["x", "y"]},
        "f": None,
    }
    assert plain([2.5, Decimal("3.00"), Decimal("NaN")]) == [Decimal("2.5"), 3, "NaN"]
    deep: list = []
    for _ in range(2000):
        deep = [deep]
    for wrong in ({1: 2}, {"a": object()}, deep):
        with pytest.raises(TypeError):
            plain(wrong)
