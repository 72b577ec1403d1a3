"""Expressions: what they mean, how exact they are, and what they refuse within their budget."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn import expressions, mentions
from engine.bpmn.expressions import ExpressionFault, UnknownName, evaluate

DATA = {
    "periksa": {"keputusan": "lengkap", "catatan": None, "nilai": [3, 1, 2]},
    "jumlah": 12,
    "lapis": {"satu": {"dua": "dalam"}},
    "ya": True,
    "kosong": None,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('periksa.keputusan == "lengkap"', True),
        ("periksa.tidak_ada", None),
        ("periksa.tidak_ada.lagi", None),
        ("kosong.apa", None),
        ('periksa["keputusan"]', "lengkap"),
        ("periksa.nilai[0]", 3),
        ("periksa.nilai[-1]", 2),
        ('lapis.satu.dua in ["dalam", "luar"]', True),
        ('"x" not in periksa.nilai', True),
        ('"keputusan" in periksa', True),
        ("1 in kosong", False),
        ("jumlah > 10 and not (jumlah > 20)", True),
        ("kosong or 5", 5),
        ("0 < jumlah <= 12", True),
        ("jumlah if ya else 0", 12),
        ("-jumlah + 2 * 3", -6),
        ("7 // 2 + 7 % 2", 4),
        ("len(periksa.nilai) + sum(periksa.nilai)", 9),
        ("min(periksa.nilai) + max(4, 5)", 6),
        ('get("periksa.keputusan")', "lengkap"),
        ('get("tidak.ada", "baku")', "baku"),
        ('get("tidak_ada")', None),
        ('{"a": [1, (2, 3)]}', {"a": [1, [2, 3]]}),
        ('"a" + "b"', "ab"),
        ("true and null == None and false == False", True),
        ("jumlah == 12.0", True),
    ],
)
def test_an_expression_has_its_plain_meaning(text, value):
    assert evaluate(text, DATA) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2", Decimal("0.3")),
        ("0.1 + 0.2 == 0.3", True),
        ("1 / 3", Decimal("0.3333333333")),
        ("2 / 3", Decimal("0.6666666667")),
        ("6 / 3", 2),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(0.125, 2)", Decimal("0.13")),
        ("1.5 * 2", 3),
        ("7.5 // 2", 3),
        ("7.5 % 2", Decimal("1.5")),
    ],
)
def test_numbers_are_exact_and_round_half_up(text, value):
    found = evaluate(text, {})
    assert found == value
    assert not isinstance(found, float)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "a b", "x = 1", "lambda: 1", "[x for x in y]", "(x := 1)", 'f"{x}"', "x.__class__",
        "__import__('os')",
        "().__class__.__bases__", "open('x')", "x()", "x.y()", "2 ** 9", "1 << 9", "1 | 2", "~1", "x[1:2]", "*x",
        "len(x=1)", "sum([[1]], [])", "get(x)", "get()", "1e9", "1j", "b'x'", "...", "{**x}", "{1}", "await x",
        "len", "'a' if", "\0", "\ud800", "1" * 100, "(" * 300 + ")" * 300, "x" * 2000, "not " * 60 + "x",
        "[" + "1," * 300 + "]", "_rahasia", "x._y", "1_0.5",
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_refused_before_it_runs(text):
    if text == "len":
        with pytest.raises(UnknownName):
            evaluate(text, {})
        return
    with pytest.raises(ExpressionFault):
        expressions.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "tidak_ada", "jumlah.apa", "periksa.nilai[9]", 'jumlah["x"]', "'a' * 3", "'%s' % 1", "[1] + [2]", "1 < 'a'",
        "ya + 1", "1 / 0", "1 // 0", "1 % 0", "1 in 5", "1 in 'a'", "-'a'", "sum('abc')", "min([])", "round('a')",
        "round(1, 99)", "len(5)", "{1: 2}", "kosong < 1", "9" * 70 + " * " + "9" * 70,
    ],
)  # fmt: skip
def test_what_has_no_answer_is_a_fault_with_a_sentence(text):
    with pytest.raises(ExpressionFault) as raised:
        evaluate(text, DATA)
    assert str(raised.value)


@pytest.mark.parametrize(
    "text", ["besar == besar", "len(besar) > 0", "max(besar)", "1 in besar", "dalam == dalam", "panjang + panjang"]
)
def test_large_data_exhausts_the_budget(text):
    deep = [1] * 300
    data = {"besar": list(range(5000)), "dalam": [deep] * 10, "panjang": "x" * 9000}
    with pytest.raises(ExpressionFault):
        evaluate(text, data)


def test_names_and_comparisons_are_read_without_running():
    text = 'a.keputusan in ["x", "y"] and "z" != b.keputusan and get("c.d") == 1 and len(e) > 0'
    assert mentions.names(text) == {"a", "b", "c", "e"}
    assert sorted(mentions.comparisons(text)) == [("a.keputusan", "x"), ("a.keputusan", "y"), ("b.keputusan", "z")]


@given(st.text(max_size=60) | st.text(alphabet="ab.()[]{}<>=!+-*/%'\"0123456789, :andortif", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_either_has_a_value_or_a_fault(text):
    with suppress(ExpressionFault):
        assert isinstance(evaluate(text, {"a": 1, "b": {"a": [1]}}), int | str | list | dict | Decimal | None)


def test_a_truth_value_is_no_number():
    data = {"ya": True, "satu": 1, "daftar": [1, 0]}
    assert not evaluate("ya == 1", data)
    assert evaluate("satu != true", data)
    assert not evaluate("ya in daftar", data)
    assert evaluate("satu in daftar and ya == true", data)
