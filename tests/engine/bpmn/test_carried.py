"""Words and kinds on their way through a case: objects, collections, rows, payloads and marks keep them."""

from dataclasses import replace

import pytest

from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_meaning import asked, over, quoted
from tests.engine.bpmn.test_objects import reading
from tests.engine.bpmn.test_payloads import heard, throw
from tests.engine.bpmn.test_words import KNOWN as WORDED
from tests.engine.bpmn.test_words import found, walked

ROWS = {"formulir": {("pemilik", "jenis"): frozenset({"orang", "badan"})}}
MEMBERS = {**WORDED.members["formulir"], "pemilik": {"nama": "text", "saham": "number", "jenis": "text"}}
KNOWN = replace(WORDED, row_words=ROWS, members={"formulir": MEMBERS})
AT = "f_x_lain"

ASKED = {  # what a condition asks of a member taken out by its place, wrong and right, and what is told
    "a word that is not offered": ('a.syarat[0] == "sim"', 'a.syarat[0] == "ktp"', "unknown-word"),
    "any text": ("a.instansi[0] == 3", 'a.instansi[0] == "PU"', "wrong-type"),
    "a word of a row": ('a.pemilik[0].jenis == "desa"', 'a.pemilik[0].jenis == "badan"', "unknown-word"),
    "one of two words of a row": (
        'a.pemilik[1].jenis in ["orang", "desa"]', 'a.pemilik[1].jenis in ["orang", "badan"]', "unknown-word",
    ),
    "a field that rows do not have": ("a.pemilik[0].umur == 1", "a.pemilik[0].saham == 1", "unknown-field"),
    "a field of another kind": ('a.pemilik[0].saham == "x"', 'a.pemilik[0].nama == "x"', "wrong-type"),
    "a text that is always there, before else": (
        "(1 if a.status else a.luas) > 3", '(1 if a.status == "sewa" else a.luas) > 3', "wrong-type",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_a_member_by_its_place_is_what_the_list_holds(name):
    wrong, right, code = ASKED[name]
    assert found(asked(wrong), KNOWN) == [(code, AT)]
    assert found(asked(right), KNOWN) == []


def test_a_text_that_may_be_empty_may_choose_between_two():
    optional = replace(KNOWN, optional={"formulir": frozenset({"status"})})
    assert found(asked("(1 if a.status else a.luas) > 3"), optional) == []
    assert found(asked("(1 if a.luas else 2) > 3"), KNOWN) == []


def test_the_outcome_of_a_task_is_known_in_its_data_object():
    assert found(reading('berkas.keputusan == "mungkin"'), KNOWN) == [("unknown-word", AT)]
    assert found(reading('berkas.keputusan == "ya"'), KNOWN) == []


def test_the_words_of_a_row_are_known_inside_the_repetition_over_it():
    assert found(walked('w.jenis == "desa"', "a.pemilik"), KNOWN) == [("unknown-word", "f_g_s3")]
    assert found(walked('w.jenis == "badan"', "a.pemilik"), KNOWN) == []
    assert found(walked('w.nama == "desa"', "a.pemilik"), KNOWN) == []


def collected(condition):
    """`k` is done for each agency; a second repetition walks through what was collected."""
    loop = over("a.instansi").replace("w", "dinas").replace("z", "jawab").replace("y", "semua")
    first = d.user("k", inner=f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>")
    text = walked(condition, "semua")["izin.bpmn"].decode()
    text = text.replace('<subProcess id="badan"', first + '<subProcess id="badan"')
    text = text.replace(d.flow("a", "badan"), d.chain("a", "k", "badan"))
    return {"izin.bpmn": text.replace(">a<", ">a</flowNodeRef><flowNodeRef>k<").encode()}


def test_outcomes_and_words_are_known_of_what_was_collected():
    for wrong in ('w.keputusan == "mungkin"', 'w.status == "gadai"'):
        assert found(collected(wrong), KNOWN) == [("unknown-word", "f_g_s3")]
    for right in ('w.keputusan == "ya"', 'w.status == "sewa"', 'w.catatan == "mungkin"'):
        assert found(collected(right), KNOWN) == []


CARRIED = {  # a payload, what is asked of it, wrong and right, and what is told
    "a choice": ('{"s": a.status}', 'tunggu.s == "gadai"', 'tunggu.s == "sewa"', "unknown-word"),
    "an outcome": ('{"s": a.keputusan}', 'tunggu.s == "mungkin"', 'tunggu.s == "ya"', "unknown-word"),
    "one of two words": ('{"s": "x" if a.setuju else "y"}', 'tunggu.s == "z"', 'tunggu.s == "y"', "unknown-word"),
    "a task as a whole": ("a", 'tunggu.status == "gadai"', 'tunggu.catatan == "gadai"', "unknown-word"),
    "a number or a text": ('{"s": 1 if a.setuju else "dua"}', "tunggu.s > 3", "tunggu.s == 3", "wrong-type"),
    "neither of two kinds": ('{"s": 1 if a.setuju else "dua"}', "tunggu.s == true", 'tunggu.s == "dua"', "wrong-type"),
}


@pytest.mark.parametrize("name", CARRIED)
def test_what_an_event_took_has_the_words_and_kinds_that_were_put_into_it(name):
    payload, wrong, right, code = CARRIED[name]
    assert found(heard(wrong, throw("kirim", payload)), KNOWN) == [(code, AT)]
    assert found(heard(right, throw("kirim", payload)), KNOWN) == []


def test_what_another_sender_puts_in_may_be_any_word():
    senders = (throw("kirim", '{"s": a.status}'), throw("lagi", '{"s": a.catatan}'))
    assert found(heard('tunggu.s == "gadai"', *senders), KNOWN) == []


def test_a_mark_is_of_the_kind_that_senders_carry():
    def marked(expected):
        given = d.properties(correlation=quoted(f"kode = {expected}"))
        wait = d.catch("tunggu", given + d.by_message("kabar"))
        return heard('tunggu.kode == "x"', throw("kirim", '{"kode": a.catatan}'), wait=wait)

    assert found(marked("a.setuju"), KNOWN) == [("wrong-type", "tunggu")]
    assert found(marked("a.luas"), KNOWN) == [("wrong-type", "tunggu")]
    assert found(marked("permohonan.izin"), KNOWN) == []


def test_a_condition_on_the_default_flow_is_told_as_never_asked():
    plain = asked("a.setuju")["izin.bpmn"].decode()
    doubled = plain.replace(d.flow("x", "selesai"), d.flow("x", "selesai", "not a.setuju"))
    assert plain != doubled
    assert found({"izin.bpmn": doubled.encode()}, KNOWN) == [("stray-condition", "f_x_selesai")]
    assert found({"izin.bpmn": plain.encode()}, KNOWN) == []
