"""Hostile and broken files: one located problem each, never an exception, never much work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import bpmn
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import roled

GOOD = d.file(roled("izin", d.start(), d.user("a"), d.end(), d.chain("mulai", "a", "selesai"), tasks=("a",)))
HEAD = b'<?xml version="1.0"?>'


def doctype(inner, use=b""):
    return (
        HEAD + b"<!DOCTYPE definitions [" + inner + b"]>" + GOOD.replace(b'name="a"', b'name="' + (use or b"a") + b'"')
    )


BOMB = b"".join(
    b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10 if number else b"lol" * 10) for number in range(12)
)
HOSTILE = {
    "empty": b"",
    "blank": b"  \n ",
    "no xml": b"hello",
    "binary": bytes(range(256)) * 10,
    "cut off": GOOD[: len(GOOD) // 2],
    "bare doctype": HEAD + b"<!DOCTYPE definitions>" + GOOD,
    "internal entity": doctype(b'<!ENTITY x "y">', b"&x;"),
    "external entity": doctype(b'<!ENTITY x SYSTEM "file:///etc/hostname">', b"&x;"),
    "external dtd": HEAD + b'<!DOCTYPE definitions SYSTEM "http://127.0.0.1:9/x.dtd">' + GOOD,
    "billion laughs": doctype(BOMB, b"&l11;"),
    "attributes": GOOD.replace(b'id="d"', b'id="d" ' + b" ".join(b'a%d=""' % number for number in range(20_000))),
    "attributes utf-16": GOOD.decode()
    .replace('id="d"', 'id="d" ' + " ".join(f"a{number}=''" for number in range(20_000)))
    .encode("utf-16"),
    "deep": GOOD.replace(b'<startEvent id="mulai"/>', b"<x>" * 200 + b"</x>" * 200 + b'<startEvent id="mulai"/>'),
    "very deep": GOOD.replace(b'<startEvent id="mulai"/>', b"<x>" * 90_000 + b"</x>" * 90_000),
    "many elements": GOOD.replace(b'<startEvent id="mulai"/>', b"<x/>" * 60_000),
    "too large": GOOD + b" " * 3_000_000,
    "utf-7": b'<?xml version="1.0" encoding="UTF-7"?>' + GOOD,
    "unknown encoding": b'<?xml version="1.0" encoding="ruwet"?>' + GOOD,
    "wrong encoding": b'<?xml version="1.0" encoding="UTF-8"?>' + GOOD.replace(b'name="a"', b'name="\xff\xfe"'),
    "nul": GOOD.replace(b'name="a"', b'name="\0"'),
    "not bpmn": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "other namespace": GOOD.replace(b"20100524", b"20100501"),
    "no process": d.file(),
    "undeclared prefix": GOOD.replace(b"<userTask", b"<zeebe:x/><userTask"),
    "many nodes": d.file(roled("izin", *(d.user(f"u{number}") for number in range(3500)))),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("file", ["jahat.bpmn", "jahat.dmn"])
def test_a_hostile_file_is_one_located_problem(name, file):
    problems = bpmn.check({file: HOSTILE[name]}, d.catalogue())
    assert {(one.file, one.severity) for one in problems} == {(file, "error")}
    assert all(one.line >= 1 and one.message for one in problems)
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"<a>\n<b></a>", "elemen b dari baris 2 ditutup sebagai a (baris 2, kolom 8)"),
        (b"<a>\n <b>", "elemen b dari baris 2 tidak ditutup (baris 2, kolom 5)"),
        (b"<a b=c/>", "nilai atribut tidak diapit tanda petik (baris 1, kolom 6)"),
        (b"<x:a/>", "awalan x tidak dinyatakan dengan xmlns (baris 1, kolom 5)"),
        (b'<a b="1" b="2"/>', "atribut b ditulis dua kali dalam satu elemen (baris 1, kolom 15)"),
        (b"<a/>x", "masih ada isi sesudah elemen terluar ditutup (baris 1, kolom 5)"),
        (b"hello", "tidak dimulai dengan tanda < (baris 1, kolom 1)"),
    ],
)
def test_what_breaks_an_xml_file_is_told_in_the_offices_words_with_line_and_column(broken, why):
    (one,) = bpmn.check({"a.bpmn": broken}, d.catalogue())
    assert one.message == f"Berkas bukan XML yang benar: {why}"
    assert str(one.line) in why


def test_a_hostile_file_does_not_hide_the_faults_of_others():
    given = {"jahat.bpmn": HOSTILE["internal entity"], "b.bpmn": GOOD.replace(b"formulir", b"x")}
    problems = bpmn.check(given, d.catalogue())
    assert {(one.file, one.code) for one in problems} == {("jahat.bpmn", "doctype"), ("b.bpmn", "unknown-form")}


def test_utf_16_and_a_byte_order_mark_are_fine():
    for data in (GOOD.decode().encode("utf-16"), b"\xef\xbb\xbf" + GOOD):
        assert bpmn.check({"a.bpmn": data}, d.catalogue()) == ()


def test_a_long_chain_and_wide_loops_are_answered():
    ids = [f"u{number}" for number in range(290)]
    users = [d.user(one) for one in ids]
    chain = d.file(roled("izin", d.start(), *users, d.end(), d.chain("mulai", *ids, "selesai"), tasks=ids))
    assert bpmn.check({"a.bpmn": chain}, d.catalogue()) == ()
    ids = [f"g{number}" for number in range(1400)]
    gates = [d.exclusive(one) for one in ids]
    mesh = d.file(d.process("izin", d.start(), *gates, d.chain("mulai", *ids), d.chain(*ids[::-1])))
    assert "too-large" in {one.code for one in bpmn.check({"a.bpmn": mesh}, d.catalogue())}


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_any_damage_to_a_diagram_is_answered(data):
    """Cut, doubled and swapped pieces of a good file: problems or nothing, never an exception."""
    text = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = min(len(text), start + data.draw(st.integers(0, 60)))
        text[start:end] = data.draw(st.sampled_from([b"", bytes(text[start:end]) * 2, b"<", b'"', b"&#0;", b"selesai"]))
    for one in bpmn.check({"a.bpmn": bytes(text)}, d.catalogue()):
        assert one.file == "a.bpmn"
        assert one.message
