"""Words that a form offers or a table answers, members of lists, branches of an expression: told where they do not fit.

Each fault is told at its element and only there; its mended twin passes.
"""

from dataclasses import replace

import pytest

from engine import bpmn
from engine.bpmn import mentions
from engine.bpmn.expressions import ExpressionFault, evaluate
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_elements import table
from tests.engine.bpmn.test_meaning import KNOWN as OFFICE
from tests.engine.bpmn.test_meaning import asked, over, quoted, row, serve, told
from tests.engine.bpmn.walking import roled

FIELDS = {
    "luas": "number", "setuju": "boolean", "catatan": "text", "status": "text", "kecamatan": "text",
    "instansi": "list", "syarat": "list", "pemilik": "list",
}  # fmt: skip
KNOWN = replace(
    OFFICE,
    forms={**OFFICE.forms, "lain": ()},
    routes={"formulir": FIELDS, "lain": {"status": "text"}},
    words={
        "formulir": {"status": frozenset({"milik", "sewa"}), "syarat": frozenset({"ktp", "npwp"})},
        "lain": {"status": frozenset({"pinjam"})},
    },
    members={"formulir": {"instansi": "text", "syarat": "text", "pemilik": {"nama": "text", "saham": "number"}}},
)
AT = "f_x_lain"


def found(files, known=KNOWN):
    return told(files, known)


WORDS = {  # what a condition asks, wrong and right
    "a word the form does not offer": ('a.status == "gadai"', 'a.status == "sewa"'),
    "a word left out that is not offered": ('a.status != "gadai"', 'a.status != "sewa"'),
    "one word of a list": ('a.status in ["milik", "gadai"]', 'a.status in ["milik", "sewa"]'),
    "a word before the field": ('"gadai" == a.status', '"sewa" == a.status'),
    "a field asked for with get": ('get("a.status", "") == "gadai"', 'get("a.status", "") == "sewa"'),
    "what stands for a field that is not there": (
        'get("a.status", "gadai") == "hibah"', 'get("a.status", "gadai") == "gadai"',
    ),
    "a part of a word": ('"gad" in a.status', '"mil" in a.status'),
    "a member that is not offered": ('"sim" in a.syarat', '"ktp" in a.syarat'),
    "a member left out that is not offered": ('"sim" not in a.syarat', '"ktp" not in a.syarat'),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_a_word_that_the_form_does_not_offer_is_told_where_it_is_asked(name):
    wrong, right = WORDS[name]
    assert found(asked(wrong)) == [("unknown-word", AT)]
    assert found(asked(right)) == []


def test_a_field_whose_words_are_not_known_may_hold_any():
    for condition in ('a.kecamatan == "gadai"', 'a.catatan in ["x", "y"]', '"PU" in a.instansi', 'a.status == ""'):
        assert found(asked(condition)) == []


def test_a_task_that_two_diagrams_draw_with_two_forms_has_the_words_of_both():
    first = asked('a.status == "pinjam"')
    other = d.file(
        roled("lain", d.start("l1"), d.user("a", form="lain"), d.end("l2"), d.chain("l1", "a", "l2"), tasks=("a",))
    )
    assert found(first) == [("unknown-word", AT)]
    assert found({**first, "lain.bpmn": other}) == []


def ruled(condition, *rows, policy="UNIQUE", known=KNOWN):
    """A table asked after `a`, and a choice that compares its answer."""
    given = table(*rows, policy=policy).replace(b"permohonan.jenis", b"a.status").replace(b"permohonan.luas", b"a.luas")
    return found({**asked(condition, d.rule("r", "jalur")), "jalur.dmn": given}, known)


ROWS = (('"milik"', "-", '"cepat"', "1"), ('"sewa"', "-", '"biasa"', "2"), ("-", "-", '"lama"', "3"))


def test_a_word_that_a_table_never_answers_is_told():
    for policy in ("UNIQUE", "FIRST"):
        assert ruled('r.jalur == "kilat"', *ROWS, policy=policy) == [("unknown-word", AT)]
        assert ruled('r.jalur == "lama"', *ROWS, policy=policy) == []
    open_ended = (*ROWS[:2], ("-", "-", "a.catatan", "3"))
    assert ruled('r.jalur == "kilat"', *open_ended) == []


def test_a_figure_that_a_table_never_answers_is_told():
    assert ruled("r.hari == 7", *ROWS) == [("unknown-word", AT)]
    assert ruled("r.hari in [3, 7]", *ROWS) == [("unknown-word", AT)]
    assert ruled("r.hari == 3 or r.hari > 7", *ROWS) == []
    assert ruled('r.hari == "3"', *ROWS) == [("wrong-type", AT)]
    assert ruled("7 in r.hari", *ROWS, policy="COLLECT") == [("unknown-word", AT)]


def test_an_aggregator_answers_figures_that_stand_in_no_row():
    rows = (('"milik"', "-", "1"), ('"sewa"', "-", "1"), ("-", "-", "1"))
    given = table(*rows, policy="COLLECT").replace(b'<output id="o2" name="hari"/>', b"")
    given = given.replace(b"permohonan.jenis", b"a.status").replace(b"permohonan.luas", b"a.luas")
    summed = given.replace(b'"COLLECT"', b'"COLLECT" aggregation="SUM"')
    files = asked("r.jalur == 2 and r.jalur + 1 > 2", d.rule("r", "jalur"))
    assert found({**files, "jalur.dmn": summed}) == []
    assert found({**files, "jalur.dmn": given}) == [("wrong-type", AT)] * 2


def test_a_row_with_a_word_that_the_form_does_not_offer_is_told_where_the_table_is_asked():
    rows = (*ROWS[:2], ('"gadai"', "-", '"lama"', "3"), ROWS[2])
    assert ruled('r.jalur == "lama"', *rows) == [("unknown-word", "r")]


def test_a_word_in_a_cell_that_is_never_so_is_told_by_its_row_and_its_column():
    rows = (ROWS[0], ('"gadai"', "-", '"lama"', "3"), ROWS[2])
    given = table(*rows).replace(b"permohonan.jenis", b"a.status").replace(b"permohonan.luas", b"a.luas")
    labelled = given.replace(b'<input id="i1"', b'<input id="i1" label="Status tanah"')
    assert labelled != given
    for content, column in ((labelled, "Status tanah"), (given, "a.status")):
        files = {**asked('r.jalur == "lama"', d.rule("r", "jalur")), "jalur.dmn": content}
        [message] = [one.message for one in bpmn.check(files, KNOWN) if one.code == "unknown-word"]
        assert message.startswith(f"Baris 2, kolom ‹{column}› tabel ")
        assert message.endswith(" tidak pernah berisi gadai")


def test_a_table_that_answers_with_all_rows_gives_a_list():
    assert ruled('r.jalur == "lama"', *ROWS, policy="COLLECT") == [("wrong-type", AT)]
    assert ruled("r.hari > 3", *ROWS, policy="COLLECT") == [("wrong-type", AT)]
    assert ruled('"kilat" in r.jalur', *ROWS, policy="COLLECT") == [("unknown-word", AT)]
    assert ruled('"lama" in r.jalur and sum(r.hari) > 3 and len(r.jalur) > 1', *ROWS, policy="COLLECT") == []


def without_default(files):
    (name, text), *others = files.items()
    return {name: text.replace(b' default="f_x_selesai"', b""), **dict(others)}


def split(first, second, *before):
    """A choice of two ways without a default, each with its condition."""
    ((name, text),) = asked(first, *before).items()
    last = d.flow("x", "selesai", quoted(second))
    return without_default({name: text.replace(d.flow("x", "selesai").encode(), last.encode())})


def test_ways_for_every_word_that_a_table_answers_need_no_default():
    given = table(*ROWS).replace(b"permohonan.jenis", b"a.status").replace(b"permohonan.luas", b"a.luas")
    whole = split('r.jalur == "cepat"', 'r.jalur in ["biasa", "lama"]', d.rule("r", "jalur"))
    part = split('r.jalur == "cepat"', 'r.jalur == "biasa"', d.rule("r", "jalur"))
    assert found({**whole, "jalur.dmn": given}) == []
    assert found({**part, "jalur.dmn": given}) == [("no-default", "x")]
    sometimes_nothing = given.replace(b'"lama"', b"null")
    two = split('r.jalur == "cepat"', 'r.jalur == "biasa"', d.rule("r", "jalur"))
    assert found({**two, "jalur.dmn": sometimes_nothing}) == [("no-default", "x")]


def test_ways_for_every_word_of_a_choice_need_no_default_where_one_is_always_chosen():
    files = split('a.status == "milik"', 'a.status == "sewa"')
    certain = replace(KNOWN, certain={"formulir": frozenset({"status"})})
    assert found(files) == [("no-default", "x")]
    assert found(files, certain) == []
    assert found(split('a.status == "milik"', 'a.status == "gadai"'), certain) == [
        ("no-default", "x"), ("unknown-word", AT.replace("lain", "selesai")),
    ]  # fmt: skip


def test_a_table_with_a_row_for_every_word_of_a_choice_has_no_gap_where_one_is_always_chosen():
    certain = replace(KNOWN, certain={"formulir": frozenset({"status", "setuju"})})
    optional = replace(KNOWN, optional={"formulir": frozenset({"status"})})
    ask, gap = 'r.jalur == "cepat"', [("table-gap", "jalur")]
    assert ruled(ask, *ROWS[:2], known=certain) == []
    assert ruled(ask, *ROWS[:2]) == gap
    assert ruled(ask, ROWS[0], known=certain) == gap
    assert ruled(ask, *ROWS[:2], known=optional) == gap
    assert ruled(ask, *ROWS[:2], ("null", "-", '"lama"', "3"), known=optional) == []


def test_two_faults_of_words_are_both_told():
    files = asked('a.status == "gadai" or "sim" in a.syarat')
    assert found(files) == [("unknown-word", AT)] * 2


def walked(condition, items="a.instansi"):
    """A sub-process repeated over a list, whose choice asks about the member of each round."""
    loop = f"<multiInstanceLoopCharacteristics>{over(items).replace('z', 'b')}</multiInstanceLoopCharacteristics>"
    inner = (
        d.start("s1"), d.user("b"), d.exclusive("g", "f_g_s2"), d.end("s2"), d.end("s3"),
        d.chain("s1", "b", "g", "s2"), d.flow("g", "s3", quoted(condition)),
    )  # fmt: skip
    return row(d.sub("badan", *inner, inner=loop), tasks=("a", "badan"))


MEMBERS = {  # the list, what is asked of a member, wrong and right
    "a text by order with a number": ("a.instansi", "w > 3", 'w > "A"', "wrong-type"),
    "a part of a text": ("a.instansi", 'w.kode == "PU"', 'w == "PU"', "wrong-type"),
    "a text in a sum": ("a.instansi", "w + 1 > 3", 'w + "1" == "PU1"', "wrong-type"),
    "a text for a yes or no": ("a.instansi", "w", 'w != "PU"', "wrong-type"),
    "a word that is not offered": ("a.syarat", 'w == "sim"', 'w == "ktp"', "unknown-word"),
    "a field that a row does not have": ("a.pemilik", 'w.alamat == "x"', 'w.nama == "x"', "unknown-field"),
    "a field of a row, of another kind": ("a.pemilik", 'w.saham == "50"', "w.saham >= 50", "wrong-type"),
    "a row as if it were a text": ("a.pemilik", 'w + "x" == "x"', 'w.nama + "x" == "x"', "wrong-type"),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_of_a_list_is_of_the_kind_that_the_list_holds(name):
    items, wrong, right, code = MEMBERS[name]
    assert found(walked(wrong, items)) == [(code, "f_g_s3")]
    assert found(walked(right, items)) == []


def test_the_rounds_of_a_counted_repetition_see_a_number():
    loop = "<loopCardinality>3</loopCardinality>" + over("").replace("<loopDataInputRef></loopDataInputRef>", "")
    counted = walked("w > 2")["izin.bpmn"].replace(
        over("a.instansi").replace("z", "b").encode(), loop.replace("z", "b").encode()
    )
    assert found({"izin.bpmn": counted}) == []
    assert found({"izin.bpmn": counted.replace(b"w &gt; 2", b"w == &quot;2&quot;")}) == [("wrong-type", "f_g_s3")]


def test_what_a_repetition_collected_is_known_to_the_next_that_walks_through_it():
    first = d.user("k", inner=f"<multiInstanceLoopCharacteristics>{over('a.instansi').replace('w', 'dinas').replace('z', 'jawab').replace('y', 'semua')}</multiInstanceLoopCharacteristics>")  # fmt: skip # noqa: E501

    def after(condition):
        (name, text) = next(iter(walked(condition, "semua").items()))
        text = text.decode().replace('<subProcess id="badan"', first + '<subProcess id="badan"')
        text = text.replace(d.flow("a", "badan"), d.chain("a", "k", "badan")).replace(
            ">a<", ">a</flowNodeRef><flowNodeRef>k<"
        )
        return {name: text.encode()}

    assert found(after("w.luas > 2")) == []
    assert found(after("w.luass > 2")) == [("unknown-field", "f_g_s3")]
    assert found(after('w.luas == "2"')) == [("wrong-type", "f_g_s3")]


def test_a_name_that_two_repetitions_give_to_different_members_may_be_either():
    text = walked("w > 3")["izin.bpmn"].decode()
    other = roled(
        "lain", d.start("l1"), d.user("c"), d.user("e", inner=d.many("c.pemilik", "w", "hasil_e", "satu_e")),
        d.end("l2"), d.chain("l1", "c", "e", "l2"), tasks=("c", "e"),
    )  # fmt: skip
    assert found({"izin.bpmn": text.encode()}) == [("wrong-type", "f_g_s3")]
    assert found({"izin.bpmn": text.encode(), "lain.bpmn": d.file(other)}) == []


SEARCHED = {  # what is searched in a list or taken out of it, wrong and right
    "a number among texts": ("3 in a.instansi", '"PU" in a.instansi'),
    "a truth among texts": ("a.setuju in a.instansi", "a.catatan in a.instansi"),
    "a text among rows": ("a.catatan not in a.pemilik", "a.catatan not in a.instansi"),
    "the first of texts by order with a number": ("a.instansi[0] > 3", 'a.instansi[0] > "A"'),
    "the first of rows as if it were a text": ('a.pemilik[0] == "x"', 'a.pemilik[0].nama == "x"'),
}


@pytest.mark.parametrize("name", SEARCHED)
def test_what_is_searched_in_a_list_or_taken_out_of_it_is_of_the_kind_that_it_holds(name):
    wrong, right = SEARCHED[name]
    assert found(asked(wrong)) == [("wrong-type", AT)]
    assert found(asked(right)) == []


def test_a_name_that_an_event_or_a_list_of_results_bears_too_is_not_taken_for_a_member():
    text = walked("w > 3")["izin.bpmn"].decode()
    assert found({"izin.bpmn": text.encode()}) == [("wrong-type", "f_g_s3")]
    waits = roled("lain", d.start("l1"), d.catch("w", d.after("P1D")), d.end("l2"), d.chain("l1", "w", "l2"))
    assert found({"izin.bpmn": text.encode(), "lain.bpmn": d.file(waits)}) == []
    collects = roled(
        "lain", d.start("l1"), d.user("c"), d.user("e", inner=d.many("c.instansi", "dinas", "w", "satu_e")),
        d.end("l2"), d.chain("l1", "c", "e", "l2"), tasks=("c", "e"),
    )  # fmt: skip
    assert found({"izin.bpmn": text.encode(), "lain.bpmn": d.file(collects)}) == []


BRANCHES = {  # what a condition asks, wrong on one branch, and right on both
    "an order with a text": ('(1 if a.setuju else "dua") > 3', "(1 if a.setuju else 2) > 3"),
    "an order with a field": ("(a.luas if a.setuju else a.catatan) > 3", "(a.luas if a.setuju else 0) > 3"),
    "a sum": ('1 + (1 if a.setuju else "dua") > 3', "1 + (1 if a.setuju else 2) > 3"),
    "a product": ('2 * (1 if a.setuju else "dua") > 3', "2 * (1 if a.setuju else 2) > 3"),
    "a length": ("len(a.luas if a.setuju else a.catatan) > 3", "len(a.instansi if a.setuju else a.catatan) > 3"),
    "a branch within a branch": (
        '(1 if a.setuju else (2 if a.luas > 3 else "dua")) > 3', "(1 if a.setuju else (2 if a.luas > 3 else 3)) > 3",
    ),
    "a branch that is no yes or no": ("a.luas if a.setuju else a.luas > 3", "a.luas > 4 if a.setuju else a.luas > 3"),
    "either of two": ("(a.luas or a.catatan) > 3", "(a.luas or 0) > 3"),
    "what is asked last": ("a.setuju and a.instansi", "a.instansi and a.setuju"),
    "one of several that is no yes or no": ("a.setuju or a.catatan", 'a.setuju or a.catatan == "x"'),
}  # fmt: skip


@pytest.mark.parametrize("name", BRANCHES)
def test_what_cannot_be_reckoned_on_one_branch_is_told(name):
    wrong, right = BRANCHES[name]
    assert found(asked(wrong)) == [("wrong-type", AT)]
    assert found(asked(right)) == []


def test_branches_that_may_go_together_are_left_alone():
    for condition in (
        '(a.luas if a.setuju else "kosong") == "kosong"',
        '(a.luas if a.setuju else "kosong") == (3 if a.setuju else "kosong")',
        '(a.luas if a.setuju else "b") > (3 if a.setuju else "a")',
        "(a.luas if a.setuju else null) == null",
    ):
        assert found(asked(condition)) == []


def test_a_parameter_is_of_the_right_kind_on_every_branch():
    assert found(row(serve("case.state", state='"terbit" if a.setuju else 5'))) == [("wrong-type", "s")]
    assert found(row(serve("case.state", state='"terbit" if a.setuju else a.catatan'))) == []


def answered(condition):
    """Whether the condition has an answer, for one case that comes by each branch."""
    cases = [
        {"a": {"luas": luas, "setuju": yes, "catatan": "x", "instansi": ["PU"]}}
        for yes in (True, False)
        for luas in (0, 5)
    ]
    found = []
    for data in cases:
        try:
            found.append(isinstance(evaluate(condition, data), bool))
        except ExpressionFault:
            found.append(False)
    return found


@pytest.mark.parametrize("name", [one for one in BRANCHES if "yes or no" not in one and "last" not in one])
def test_what_is_told_of_one_branch_has_no_answer_when_a_case_comes_that_way(name):
    wrong, right = BRANCHES[name]
    assert all(answered(right))
    assert not all(answered(wrong))


def test_words_are_found_on_either_side_of_a_comparison():
    text = 'a.status == "x" and "y" != b and c.d in ["p", "q"] and "r" in e.f and get("g.h", "i") == "i"'
    assert sorted(mentions.worded(text)) == [
        (("a", "status"), "x", False), (("b", ""), "y", False), (("c", "d"), "p", False), (("c", "d"), "q", False),
        (("e", "f"), "r", True),
    ]  # fmt: skip


def test_a_table_with_a_fault_of_its_own_is_told_and_not_what_would_follow_from_it():
    own = (("hit-policy", "jalur"),)
    assert ruled("7 in r.hari", *ROWS, policy="RULE_ORDER") == [*own]
    assert ruled("3 in r.hari", *ROWS, policy="RULE ORDER") == []
    assert ruled('r.jalur == "cepat"', ("milik", "-", '"cepat"', "1"), *ROWS[1:]) == [("unquoted-text", "r1")]
    assert ruled('r.jalur == "cepat"', *ROWS) == []


def test_two_answers_of_one_name_are_told_at_the_table():
    def named(other):
        given = table(*ROWS).replace(b"permohonan.jenis", b"a.status").replace(b"permohonan.luas", b"a.luas")
        twice = given.replace(b'name="hari"', f'name="{other}"'.encode())
        return found({**asked('r.jalur == "kilat"', d.rule("r", "jalur")), "jalur.dmn": twice})

    assert named("jalur") == [("table-output", "jalur")]
    assert named("lama") == [("unknown-word", AT)]
