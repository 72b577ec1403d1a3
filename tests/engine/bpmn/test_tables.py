"""Decision tables: every hit policy, FEEL's cells, and gaps and overlaps told before they stop a case."""

import random

import pytest
from lxml import etree

from engine import bpmn
from engine.bpmn.cells import condition, parts
from engine.bpmn.checking.coverage import cases
from engine.bpmn.decisions import read_decisions
from engine.bpmn.expressions import ExpressionFault, evaluate
from tests.engine.bpmn import drawing as d


def table(
    *rows,
    policy="UNIQUE",
    aggregation="",
    inputs=("jenis", "luas"),
    allowed=(),
    outputs=("hasil",),
    ranked="",
    default="",
):
    """A DMN file of one table `t`; each row is its input cells followed by its output cells."""

    def column(index, name):
        values = (
            f"<inputValues><text>{allowed[index]}</text></inputValues>"
            if index < len(allowed) and allowed[index]
            else ""
        )
        return f"<input><inputExpression><text>{name}</text></inputExpression>{values}</input>"

    def output(name):
        values = f"<outputValues><text>{ranked}</text></outputValues>" if ranked else ""
        other = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
        return f'<output name="{name}">{values}{other}</output>'

    def rule(number, cells):
        tags = ["inputEntry"] * len(inputs) + ["outputEntry"] * len(outputs)
        written = "".join(
            f"<{tag}><text>{one.replace('<', '&lt;')}</text></{tag}>" for tag, one in zip(tags, cells, strict=True)
        )
        return f'<rule id="r{number}">{written}</rule>'

    more = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f"><decision id="t">'
        f'<decisionTable hitPolicy="{policy}"{more}>'
        + "".join(column(*one) for one in enumerate(inputs))
        + "".join(output(one) for one in outputs)
        + "\n".join(rule(*one) for one in enumerate(rows, 1))
        + "</decisionTable></decision></definitions>"
    ).encode()


def read(*rows, **more):
    (found,) = read_decisions(etree.fromstring(table(*rows, **more)), "t.dmn")
    return found


def told(*rows, **more):
    return [(one.element, one.code, one.severity) for one in bpmn.check({"t.dmn": table(*rows, **more)}, d.catalogue())]


ROWS = (('"a"', "-", "1"), ('"a"', "> 5", "3"), ("-", "> 5", "2"))
DATA = {"jenis": "a", "luas": 6}


@pytest.mark.parametrize(
    ("policy", "aggregation", "ranked", "answer"),
    [
        ("FIRST", "", "", 1),
        ("PRIORITY", "", "3, 2, 1", 3),
        ("RULE ORDER", "", "", [1, 3, 2]),
        ("OUTPUT ORDER", "", "2, 3, 1", [2, 3, 1]),
        ("COLLECT", "", "", [1, 3, 2]),
        ("COLLECT", "SUM", "", 6),
        ("COLLECT", "MIN", "", 1),
        ("COLLECT", "MAX", "", 3),
        ("COLLECT", "COUNT", "", 3),
    ],
)
def test_each_hit_policy_answers_in_its_own_way(policy, aggregation, ranked, answer):
    assert read(*ROWS, policy=policy, aggregation=aggregation, ranked=ranked).decide(DATA) == {"hasil": answer}


@pytest.mark.parametrize(
    ("aggregation", "answer"), [("", []), ("SUM", None), ("MIN", None), ("MAX", None), ("COUNT", 0)]
)
def test_collecting_nothing_is_an_answer_too(aggregation, answer):
    found = read(*ROWS, policy="COLLECT", aggregation=aggregation)
    assert found.decide({"jenis": "x", "luas": 1}) == {"hasil": answer}


def test_rows_that_must_not_match_together_or_must_agree_are_a_fault_when_they_do():
    with pytest.raises(ExpressionFault, match="bersamaan"):
        read(*ROWS, policy="UNIQUE").decide(DATA)
    with pytest.raises(ExpressionFault, match="bersamaan"):
        read(*ROWS, policy="ANY").decide(DATA)
    assert read(('"a"', "-", "1"), ("-", "> 5", "1"), policy="ANY").decide(DATA) == {"hasil": 1}


def test_no_row_is_a_fault_unless_a_default_answer_stands():
    with pytest.raises(ExpressionFault, match="tidak ada baris"):
        read(*ROWS, policy="FIRST").decide({"jenis": "x", "luas": 1})
    assert read(*ROWS, policy="FIRST", default="9").decide({"jenis": "x", "luas": 1}) == {"hasil": 9}


def test_a_single_output_without_name_bears_the_name_of_its_decision():
    assert read(("-", "-", "1"), outputs=("",)).decide(DATA) == {"t": 1}


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("-", [1, "a", None], []),
        ('"a"', ["a"], ["b", 1]),
        ('"a","b, c"', ["a", "b, c"], ["b", "c"]),
        ("[1..5]", [1, 3, 5], [0, 6]),
        ("]1..5[", [2, 4], [1, 5]),
        ("(1..5)", [2, 4], [1, 5]),
        ("<= 3, > 7", [3, 8], [4, 7]),
        ("[1..2], 5, > 8", [1, 2, 5, 9], [3, 6, 8]),
        ("not(1, [3..4])", [2, 5], [1, 3, 4]),
        ("= 4", [4], [5]),
        ("true", [True], [False]),
        ('>= date("2026-01-01")', ["2026-01-01", "2026-12-31"], ["2025-12-31"]),
    ],
)
def test_a_cell_takes_what_feel_says(cell, yes, no):
    written = condition("x", cell)
    assert all(not written or evaluate(written, {"x": value}) for value in yes)
    assert not any(evaluate(written, {"x": value}) for value in no)


def test_a_cell_is_split_outside_quotes_and_brackets_only():
    assert parts('"a, b", not(1, 2), [1..3]') == ['"a, b"', "not(1, 2)", "[1..3]"]


def test_gaps_are_told_with_an_example():
    assert told(('"a"', "-", "1"), ("-", "-", "2")) == []
    assert told(('"a"', "< 5", "1"), ('"a"', ">= 5", "2"), ('not("a")', "-", "3")) == []
    (gap,) = bpmn.check(
        {"t.dmn": table(('"a"', "< 5", "1"), ('"a"', "> 5", "2"), ('not("a")', "-", "3"))}, d.catalogue()
    )
    assert (gap.element, gap.code, gap.severity) == ("t", "table-gap", "warning")
    assert '"a", 5' in gap.message
    assert told(('"a"', "-", "1"), ('"b"', "-", "2"), allowed=('"a","b"',)) == []
    assert told(('"a"', "-", "1"), default="0") == []
    assert told(("true", "-", "1"), ("false", "-", "2")) == []
    assert told(('"a"', "-", "1"), policy="COLLECT") == []


def test_overlaps_are_told_at_the_later_row():
    assert told(('"a"', "[1..5]", "1"), ('"a"', "[5..9]", "2"), ("-", "-", "3")) == [("r2", "table-overlap", "error")]
    assert told(('"a"', "[1..5]", "1"), ('"a"', "]5..9]", "2"), ("-", "-", "3")) == []
    assert told(('"a"', "[1..5]", "1"), ('"a"', "[5..9]", "1"), ("-", "-", "3"), policy="ANY") == []
    assert told(('"a"', "[1..5]", "1"), ('"a"', "[5..9]", "1"), ("-", "-", "3"), policy="FIRST") == []
    two = told(('"a"', "-", "1"), ('"a"', "1", "2"), ('"b"', "-", "1"), ('"b"', "1", "2"), ("-", "-", "3"))
    assert two == [("r2", "table-overlap", "error"), ("r4", "table-overlap", "error")]


def test_a_table_that_rests_on_another_or_on_no_table_is_refused_with_what_to_do():
    text = table(("-", "-", "1")).replace(
        b'<decision id="t">',
        b'<decision id="lain"><literalExpression><text>1</text></literalExpression></decision><decision id="t">'
        b'<informationRequirement><requiredDecision href="#lain"/></informationRequirement>',
    )
    found = {(one.element, one.code) for one in bpmn.check({"t.dmn": text}, d.catalogue())}
    assert found == {("lain", "no-table"), ("t", "required-decision")}


CELLS = ("-", '"a"', '"b"', "< 3", "[3..6]", "> 6", "not(4)", "4, 5", "true", ">= 2")


@pytest.mark.parametrize("seed", range(40))
def test_the_analysis_of_a_table_agrees_with_asking_it(seed):
    """Whatever values are asked, the table answers as the analysis foretold: no row, one row or several."""
    dice = random.Random(seed)
    rows = [(dice.choice(CELLS), dice.choice(CELLS), str(number)) for number in range(dice.randint(1, 5))]
    found = read(*rows, policy="RULE ORDER")
    foretold = {case.rows for case in cases(found) or ()}
    for _ in range(60):
        data = {name: dice.choice(["a", "b", "c", True, False, *range(8)]) for name in ("jenis", "luas")}
        try:
            hits = tuple(found.decide(data)["hasil"])
        except ExpressionFault:
            continue  # a number was asked of a text: the table has no say
        assert hits in foretold, (rows, data)


def test_tables_of_the_office_leave_no_gap(office_tables):
    assert [one for one in office_tables if one.severity == "warning"] == []


@pytest.fixture
def office_tables():
    from pathlib import Path

    folder = Path(__file__).parents[3] / "processes"
    files = {one.name: one.read_bytes() for one in folder.rglob("*.dmn")}
    assert files
    return bpmn.check(files, d.catalogue())
