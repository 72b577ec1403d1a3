"""The names of a repetition: what stood under them before is gone, so they are nobody else's."""

import pytest

from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_meaning import many, quoted, row, serve, told
from tests.engine.bpmn.walking import one_file, roled


def repeated(item="w", output="y", before=()):
    loop = (
        f"<loopDataInputRef>a.instansi</loopDataInputRef><loopDataOutputRef>{output}</loopDataOutputRef>"
        f'<inputDataItem id="{item}"/><outputDataItem id="z"/>'
    )
    return row(*before, many(loop), tasks=("a", "b", "c"))


BEFORE = (d.user("c"), serve("round.next", "hasil"))


@pytest.mark.parametrize("name", ["a", "c", "hasil", "permohonan"])
def test_a_list_or_member_under_the_name_of_other_data_is_told(name):
    assert told(repeated(output=name, before=BEFORE)) == [("result-name", "b")]
    assert told(repeated(item=name, before=BEFORE)) == [("result-name", "b")]
    assert told(repeated(before=BEFORE)) == []


def test_the_names_of_a_step_on_another_way_are_free():
    def either(output):
        loop = d.many("a.instansi", "w", output, "z")
        return one_file(
            roled(
                "izin", d.start(), d.user("a"), d.exclusive("x", "f_x_b"), d.user("b", inner=loop), d.user("c"),
                d.exclusive("m"), d.end(), d.chain("mulai", "a", "x", "b", "m", "selesai"), d.chain("c", "m"),
                d.flow("x", "c", quoted("a.luas > 3")), tasks=("a", "b", "c"),
            )
        )  # fmt: skip

    assert told(either("c")) == []
    assert told(either("a")) == [("result-name", "b")]


def test_a_step_behind_a_repetition_may_be_called_like_its_member_and_not_like_its_list():
    def followed(item="w", output="y"):
        return row(d.user("b", inner=d.many("a.instansi", item, output, "z")), d.user("c"), tasks=("a", "b", "c"))

    assert told(followed(item="c")) == []
    assert told(followed(output="c")) == [("result-name", "b")]


def nested(item, called=False):
    """A repetition inside another one whose member is `w`, which a choice asks about afterwards."""
    steps = (
        d.start("s1"), d.user("b", inner=d.many("a.instansi", item, "yy", "zz")), d.exclusive("x", "f_x_s2"),
        d.user("c"), d.end("s2"), d.end("s3"), d.chain("s1", "b", "x", "s2"), d.chain("c", "s3"),
        d.flow("x", "c", quoted('w == "PU"')),
    )  # fmt: skip
    around = d.many("a.instansi", "w", "y", "b")
    if not called:
        return row(d.sub("badan", *steps, inner=around), tasks=("a", "badan"))
    return {**row(d.call("panggil", "lain", around)), "lain.bpmn": d.file(roled("lain", *steps, tasks=("b", "c")))}


@pytest.mark.parametrize("called", [False, True])
def test_a_repetition_inside_another_does_not_take_its_member_away(called):
    assert ("result-name", "b") in told(nested("w", called))
    assert "result-name" not in [code for code, _ in told(nested("v", called))]


def test_a_member_that_a_step_inside_the_repetition_writes_over_is_told():
    def body(item):
        inside = (d.start("s1"), d.user("b"), d.end("s2"), d.chain("s1", "b", "s2"))
        return row(d.sub("badan", *inside, inner=d.many("a.instansi", item, "y", "b")), tasks=("a", "badan"))

    assert ("result-name", "badan") in told(body("b"))
    assert told(body("w")) == []
