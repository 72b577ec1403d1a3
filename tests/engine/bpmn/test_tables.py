"""Decision tables: every hit policy, FEEL's cells, and gaps and overlaps told before they stop a case."""
# ruff: noqa: E501 -- a row and its mended twin are read across

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


def test_the_row_of_a_gap_answers_it():
    rows = [('"a"', "[1..5]", "1"), ('"b"', "> 5", "2")]
    for number in range(20):
        (gap,) = [one for one in bpmn.check({"t.dmn": table(*rows)}, d.catalogue()) if one.code == "table-gap"] or [
            None
        ]
        if gap is None:
            break
        rows.append((*gap.row, str(number)))
    assert told(*rows) == [], "each row answers one gap and overlaps with none"
    assert 2 < len(rows) < 20


def test_rows_that_overlap_name_each_other_and_a_fault_of_a_cell_names_the_cell():
    (overlap,) = bpmn.check(
        {"t.dmn": table(('"a"', "-", "1"), ('"a"', "-", "2"), ('not("a")', "-", "3"))}, d.catalogue()
    )
    assert (overlap.element, overlap.beside) == ("r2", "r1")
    celled = table(('"a"', "[9..1]", "1"), ("-", "-", "2")).replace(
        b"<inputEntry><text>[9", b'<inputEntry id="c"><text>[9'
    )
    found = {(one.code, one.element, one.cell) for one in bpmn.check({"t.dmn": celled}, d.catalogue())}
    assert ("empty-range", "r1", "c") in found


def test_gaps_are_told_with_an_example():
    assert told(('"a"', "-", "1"), ("-", "-", "2")) == []
    assert told(('"a"', "< 5", "1"), ('"a"', ">= 5", "2"), ('not("a")', "-", "3")) == []
    (gap,) = bpmn.check(
        {"t.dmn": table(('"a"', "< 5", "1"), ('"a"', "> 5", "2"), ('not("a")', "-", "3"))}, d.catalogue()
    )
    assert (gap.element, gap.code, gap.severity) == ("t", "table-gap", "warning")
    assert gap.row == ('"a"', "5")
    assert 'jenis = "a", luas = 5' in gap.message
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


def test_a_row_that_another_always_answers_before_is_told():
    hidden = (('"a"', "[1..9]", "1"), ('"a"', "[2..5]", "2"), ("-", "-", "3"))
    assert told(*hidden, policy="FIRST") == [("r2", "table-shadowed", "warning")]
    assert told(hidden[1], hidden[0], hidden[2], policy="FIRST") == []
    together = (('"a"', "< 5", "1"), ('"a"', ">= 5", "2"), ('"a"', "-", "3"), ("-", "-", "4"))
    assert told(*together, policy="FIRST") == [("r3", "table-shadowed", "warning")]
    ranked = (('"a"', "-", "1"), ('"a"', "> 5", "2"), ("-", "-", "3"))
    assert told(*ranked, policy="PRIORITY", ranked="1, 2, 3") == [("r2", "table-shadowed", "warning")]
    assert told(*ranked, policy="PRIORITY", ranked="2, 1, 3") == []


@pytest.mark.parametrize("seed", range(30))
def test_a_row_called_shadowed_answers_for_no_values_and_every_other_for_some(seed):
    dice = random.Random(seed)
    numbers = ("-", "< 3", "[3..6]", "> 6", "not(4)", "4, 5", ">= 2")
    rows = [
        (dice.choice(("-", '"a"', '"b"')), dice.choice(numbers), str(place)) for place in range(1, dice.randint(3, 6))
    ]
    found = read(*rows, ("-", "-", "0"), policy="FIRST")
    data = [{"jenis": kind, "luas": size} for kind in "abc" for size in range(-1, 9)]
    answering = {f"r{found.decide(one)['hasil'] or len(rows) + 1}" for one in data}
    shadowed = {
        element for element, code, _ in told(*rows, ("-", "-", "0"), policy="FIRST") if code == "table-shadowed"
    }
    if not any(rule.catches_all for rule in found.rules[:-1]):  # what one row covers is told at that row
        assert shadowed == {rule.id for rule in found.rules} - answering


def test_only_one_column_is_added_up():
    two = ("-", "-", "1", "2")
    sums = {"policy": "COLLECT", "aggregation": "SUM"}
    assert told(two, outputs=("hasil", "lain"), **sums) == [("t", "hit-policy", "error")]
    assert told(two, outputs=("hasil", "lain"), policy="COLLECT") == []
    assert told(two[:3], **sums) == []


def test_a_type_that_nobody_knows_is_told():
    def typed(name):
        return table(("-", "-", "1")).replace(b"<inputExpression>", f'<inputExpression typeRef="{name}">'.encode())

    def found(text):
        return [(one.element, one.code, one.severity) for one in bpmn.check({"t.dmn": text}, d.catalogue())]

    assert found(typed("angka")) == [("t", "unknown-type", "warning")]
    assert found(typed("number")) == found(typed("feel:dateTime")) == found(typed("Any")) == []
    own = typed("tJenis").replace(b"<decision ", b'<itemDefinition name="tJenis"/><decision ')
    assert found(own) == []


def test_a_gap_before_the_first_date_is_called_so():
    rows = (("-", '>= date("2026-01-01")', "1"),)
    (gap,) = bpmn.check({"t.dmn": table(*rows)}, d.catalogue())
    assert "sebelum" in gap.message


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


# The rows that are wrong, how the table is declared -> what is told; then the twin that is right.
COLUMNS = {
    "a number in a column of texts": ([("5", "-", "1")], {"types": ("string", "number")}, "cell-type", [('"5"', "-", "1")]),
    "a text in a column of numbers": ([("-", '"lima"', "1")], {"types": ("string", "integer")}, "cell-type", [("-", "[1..5]", "1")]),
    "a truth value by order": ([("> true", "-", "1")], {"types": ("boolean", "")}, "cell-type", [("true", "-", "1")]),
    "a text among declared numbers": ([("-", '"x"', "1")], {"allowed": ("", "1, 2")}, "cell-type", [("-", "2", "1")]),
    "a day that is not": ([('date("2026-02-30")', "-", "1")], {}, "impossible-date", [('date("2026-02-28")', "-", "1")]),
    "an hour that is not": ([('< time("25:00:00")', "-", "1")], {}, "impossible-date", [('< time("23:00:00")', "-", "1")]),
    "a day as text that is not": ([('"2026-13-01"', "-", "1")], {"types": ("date", "")}, "impossible-date", [('"2026-12-01"', "-", "1")]),
    "a range from high to low": ([("-", "[5..1]", "1")], {}, "empty-range", [("-", "[1..5]", "1")]),
    "a range of days from late to early": ([('[date("2026-03-01")..date("2026-01-01")]', "-", "1")], {}, "empty-range",
                                           [('[date("2026-01-01")..date("2026-03-01")]', "-", "1")]),
    "a range without its only value": ([("-", "not([5..5[)", "1")], {}, "empty-range", [("-", "not([5..5])", "1")]),
    "an answer of another kind": ([("-", "-", '"satu"')], {"out": "number"}, "cell-type", [("-", "-", "1")]),
    "an answer on a day that is not": ([("-", "-", 'date("2026-02-30")')], {"out": "date"}, "impossible-date", [("-", "-", 'date("2026-02-20")')]),
    "a sum of texts": ([("-", "-", '"satu"')], {"policy": "COLLECT", "aggregation": "SUM"}, "aggregate-type", [("-", "-", "1")]),
}  # fmt: skip


def typed(*rows, types=(), out="", **more):
    text = table(*rows, **more).decode()
    for name in types:
        text = text.replace("<inputExpression>", f'<inputExpression typeRef="{name}">', 1)
    return text.replace('<output name="hasil">', f'<output name="hasil" typeRef="{out}">').encode()


@pytest.mark.parametrize("name", COLUMNS)
def test_a_cell_that_its_column_cannot_hold_is_told_at_its_row_and_its_twin_passes(name):
    wrong, declared, code, right = COLUMNS[name]

    def found(rows):
        problems = bpmn.check({"t.dmn": typed(*rows, **declared)}, d.catalogue())
        return [(one.element, one.code) for one in problems if one.severity == "error"]

    assert found(wrong) == [("r1", code)]
    assert found(right) == []
    policy = {"policy": "RULE ORDER"} | declared
    both = bpmn.check({"t.dmn": typed(*wrong, *right, *wrong, **policy)}, d.catalogue())
    assert [(one.element, one.code) for one in both] == [("r1", code), ("r3", code)]


@pytest.mark.parametrize(
    ("wrong", "code", "severity", "right"),
    [
        ('"a" "b"', "missing-comma", "error", '"a", "b"'),
        ('not("a" "b")', "missing-comma", "error", 'not("a", "b")'),
        ("'a'", "not-feel", "warning", '"a"'),
        ('== "a"', "not-feel", "warning", '"a"'),
        ('!= "a"', "not-feel", "warning", 'not("a")'),
        ('!= "a" "b"', "not-feel", "warning", "\"it is == 'b'\""),
    ],
)
def test_a_cell_that_is_no_feel_is_told_at_its_row_and_its_twin_passes(wrong, code, severity, right):
    assert told((wrong, "-", "1"), ("-", "-", "2")) == [("r1", code, severity)]
    assert told((right, "-", "1"), ("-", "-", "2")) == []
    both = told((wrong, "1", "1"), (right, "2", "1"), (wrong, "3", "1"), ("-", "-", "2"))
    assert both == [("r1", code, severity), ("r3", code, severity)]


def test_an_empty_text_is_a_value_of_its_own_beside_every_other():
    assert told(('"a"', "-", "1"), ('""', "-", "2")) == [("t", "table-gap", "warning")]
    assert told(('"a"', "-", "1"), ('""', "-", "2"), ("-", "-", "3")) == []
    assert told(('""', "-", "1"), ("-", "-", "2"), policy="FIRST") == []
    assert told(('>= ""', "-", "1")) == []


def test_a_value_that_its_column_does_not_list_is_warned_of():
    assert told(('"c"', "-", "1"), ("-", "-", "2"), allowed=('"a","b"',)) == [("r1", "unlisted-value", "warning")]
    found = told(("-", "-", "4"), policy="PRIORITY", ranked="3, 2, 1")
    assert found == [("r1", "unlisted-value", "warning")]


def test_a_sum_over_a_column_declared_as_text_is_told_at_the_table():
    text = typed(("-", "-", "x"), out="string", policy="COLLECT", aggregation="SUM")
    assert [(one.element, one.code) for one in bpmn.check({"t.dmn": text}, d.catalogue())] == [("t", "aggregate-type")]


def test_rows_of_a_sum_over_texts_are_not_told_beside_the_table():
    text = typed(("-", "-", '"satu"'), ("-", "-", '"dua"'), out="string", policy="COLLECT", aggregation="SUM")
    assert [(one.element, one.code) for one in bpmn.check({"t.dmn": text}, d.catalogue())] == [("t", "aggregate-type")]


def test_dates_of_cells_and_answers_are_texts_in_the_data():
    found = read(('date("2026-01-01")', "-", 'date("2026-02-01")'), ("-", "-", '"lain"'))
    assert found.decide({"jenis": "2026-01-01", "luas": 1}) == {"hasil": "2026-02-01"}


def labelled(content, *labels):
    """The table with a label on each of its columns."""
    for label in labels:
        content = content.replace(b"<input><", f'<input label="{label}"><'.encode(), 1)
    return content


def found(content):
    return {one.code: one for one in bpmn.check({"t.dmn": content}, d.catalogue())}


def test_gaps_and_overlaps_are_told_by_the_words_of_the_columns():
    yes_no = labelled(table(("true", "-", "1")), "Berbadan usaha", "Luas")
    assert found(yes_no)["table-gap"].message == "Tabel t tidak menjawab untuk Berbadan usaha = tidak"
    bounds = labelled(table(('"a"', "< 5", "1"), ('"a"', "> 9", "2"), ('not("a")', "-", "3")), "Jenis", "Luas tanah")
    assert found(bounds)["table-gap"].message == (
        'Tabel t tidak menjawab untuk Jenis = "a", Luas tanah = 5 dan 2 keadaan lain'
    )
    between = table(('"a"', "<= 5", "1"), ('"a"', ">= 9", "2"), ('not("a")', "-", "3"))
    assert 'jenis = "a", luas antara 5 dan 9' in found(between)["table-gap"].message
    both = labelled(table(("true", "[1..5]", "1"), ("true", "[5..9]", "2"), ("-", "-", "3")), "Berbadan usaha", "Luas")
    told = found(both)["table-overlap"]
    assert told.message == "Baris 2 cocok bersamaan dengan baris 1, misalnya untuk Berbadan usaha = ya, Luas = 5"
    assert "Baris pertama" in told.hint


def test_a_row_for_what_is_not_empty_does_not_answer_what_is():
    gap = found(table(("null", "-", "1")))["table-gap"]
    assert gap.row == ("not(null)", "-")
    assert told(("null", "-", "1"), (*gap.row, "2")) == []


def test_an_answer_that_nobody_wrote_yet_is_told_with_what_other_rows_answer():
    rows = (('"a"', "-", '"cepat"'), ('not("a")', "-", ""))
    (lacking,) = bpmn.check({"t.dmn": table(*rows)}, d.catalogue())
    assert (lacking.element, lacking.code, lacking.severity) == ("r2", "table-row", "error")
    assert lacking.message == "Baris 2: jawaban ‹hasil› belum diisi"
    assert lacking.hint == 'Isi selnya; baris lain menjawab "cepat".'
    (first,) = bpmn.check({"t.dmn": table(("-", "-", ""))}, d.catalogue())
    assert "true untuk ya" in first.hint


def test_a_cell_that_cannot_be_read_is_told_by_its_row_and_column_and_a_question_by_its_table():
    cells = labelled(table(('"a"', "1 2", "1"), ("-", "-", "x y")), "Jenis", "Luas tanah")
    told = [one.message for one in bpmn.check({"t.dmn": cells}, d.catalogue()) if one.code == "expression"]
    assert [one.partition(": ")[0] for one in told] == ["Baris 1, kolom ‹Luas tanah›", "Baris 2, kolom ‹hasil›"]
    asked = table(("-", "-", "1"), inputs=("jenis jenis", "luas"))
    assert found(asked)["expression"].message.startswith("Tabel t: ")


def test_a_value_that_its_column_never_holds_is_told_by_the_words_of_the_column():
    told = found(labelled(table(('"x"', "-", "1"), ("-", "-", "2"), allowed=('"a","b"',)), "Jenis izin"))
    assert told["unlisted-value"].message == (
        'Baris 1 tidak pernah cocok: "x" di luar nilai Jenis izin yang disebut ("a","b")'
    )


def test_a_row_that_lacks_a_cell_is_called_by_its_number_alone():
    whole = table(('"a" "b"', "-", "1"), ("-", "-", "2"))
    short = whole.replace(b"<inputEntry><text>-</text></inputEntry>", b"", 1)
    told = [one.message for one in bpmn.check({"t.dmn": short}, d.catalogue())]
    assert "Baris 1 tidak lengkap" in told
    assert all(not one.startswith("Baris 1, kolom") for one in told)
