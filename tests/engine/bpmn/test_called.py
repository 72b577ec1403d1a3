"""How the checker names what it speaks of: by names, never by an id where a name is near."""

import random
import re
from pathlib import Path

from lxml import etree

from engine import bpmn, deployment
from engine.bpmn.elements import FLOW_NODES, flow_nodes, local
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_elements import table
from tests.engine.bpmn.walking import one_file, roled

ROOT = Path(__file__).resolve().parents[3]
FILES = {
    str(one.relative_to(ROOT)): one.read_bytes()
    for folder in ("processes", "forms")
    for one in sorted((ROOT / folder).rglob("*"))
    if one.is_file()
}
CALLED = {"check_id": "Periksa berkas", "sign_id": "Tanda tangan"}


def messages(*parts, tasks=(*CALLED,)):
    """What is told of a drawing, by code; its two tasks have names, nothing else has."""
    found = bpmn.check(one_file(d.message("m"), roled("izin", *parts, tasks=tasks)), d.catalogue())
    return {one.code: str(one.message) for one in found}


def check():
    return d.user("check_id", name=CALLED["check_id"])


def sign():
    return d.user("sign_id", name=CALLED["sign_id"])


def branched(*ways):
    drawn = (d.start(), check(), d.exclusive("gate_id", "flow_no"), sign(), d.end(), d.end("end_id"))
    return messages(*drawn, d.chain("mulai", "check_id", "gate_id"), d.chain("sign_id", "selesai"), *ways)


def test_a_flow_without_a_name_is_told_by_what_it_joins():
    told = branched(d.flow("gate_id", "sign_id", id="flow_yes"), d.flow("gate_id", "end_id", id="flow_no"))
    assert told["no-condition"] == (
        "Alur dari gerbang sesudah ‹Periksa berkas› ke ‹Tanda tangan› tidak mempunyai syarat"
    )
    named = d.flow("gate_id", "sign_id", id="flow_yes").replace('id="flow_yes"', 'id="flow_yes" name="Ya"')
    assert (
        branched(named, d.flow("gate_id", "end_id", id="flow_no"))["no-condition"] == "Alur Ya tidak mempunyai syarat"
    )


def named_so(name, source, target, condition="", id=""):
    return d.flow(source, target, condition, id=id).replace("<sequenceFlow", f'<sequenceFlow name="{name}"')


def test_a_flow_whose_name_others_have_too_is_told_with_what_it_joins():
    yes = named_so("Ya", "gate_id", "sign_id", "1 > 2", "flow_yes")
    alone = branched(yes, named_so("Tidak", "gate_id", "end_id", id="flow_no"))
    assert alone["never-true"] == "Syarat Ya tidak pernah benar"
    beside = branched(yes, named_so(" Ya ", "gate_id", "end_id", id="flow_no"))
    assert beside["never-true"] == ("Syarat Ya (gerbang sesudah ‹Periksa berkas› → Tanda tangan) tidak pernah benar")
    which = branched(named_so("Ya", "gate_id", "sign_id"), named_so("Ya", "gate_id", "end_id", id="flow_no"))
    assert which["no-condition"] == ("Alur Ya (gerbang sesudah ‹Periksa berkas› → Tanda tangan) tidak mempunyai syarat")


def test_the_condition_of_a_flow_without_a_name_is_told_by_what_the_flow_joins():
    told = branched(d.flow("gate_id", "sign_id", "1 > 2", id="flow_yes"), d.flow("gate_id", "end_id", id="flow_no"))
    assert told["never-true"] == (
        "Syarat alur dari gerbang sesudah ‹Periksa berkas› ke ‹Tanda tangan› tidak pernah benar"
    )


def test_a_flow_that_leads_nowhere_is_told_by_where_it_begins():
    told = messages(d.start(), check(), d.end(), d.chain("mulai", "check_id", "selesai"), d.flow("check_id", "gone_id"))
    assert told["dangling-flow"] == "Alur dari ‹Periksa berkas› menuju elemen yang tidak ada (gone_id)"


def test_an_element_without_a_name_is_told_by_its_kind_and_its_neighbour_and_begins_the_sentence_with_a_capital():
    told = messages(
        d.start(), check(), d.exclusive("gate_id"), sign(), d.end(),
        d.chain("mulai", "check_id", "gate_id"), d.chain("sign_id", "selesai"),
    )  # fmt: skip
    assert told["no-way-out"] == "Gerbang sesudah ‹Periksa berkas› tidak mempunyai alur keluar"
    bare = d.user("sign_id").replace('name="sign_id"', "")
    told = messages(
        d.start(), check(), bare, d.end(), d.chain("mulai", "check_id", "sign_id", "selesai"), tasks=("check_id",)
    )
    assert told["no-role"] == "Tugas tanpa nama sesudah ‹Periksa berkas› tidak berada di jalur mana pun"


def test_an_event_on_a_boundary_is_told_by_what_it_stands_on():
    event = d.boundary("event_id", "check_id", d.by_message("m"))
    told = messages(d.start(), check(), event, d.end(), d.chain("mulai", "check_id", "selesai"))
    assert told["no-way-out"] == "Peristiwa batas pada ‹Periksa berkas› tidak mempunyai alur keluar"


def test_the_id_stands_in_brackets_where_nothing_has_a_name():
    told = messages(d.start(), d.exclusive("gate_id"), d.end(), d.chain("mulai", "gate_id"), tasks=())
    assert told["no-way-out"] == "Gerbang tanpa nama (gate_id) tidak mempunyai alur keluar"


def test_the_step_that_another_person_must_do_is_told_by_its_name():
    apart = d.user("sign_id", name=CALLED["sign_id"], notSameAs="check_id")
    told = messages(
        d.start(), apart, check(), d.end(), d.chain("mulai", "sign_id", "check_id", "selesai")
    )  # fmt: skip
    assert told["separation"] == (
        "Tanda tangan harus dikerjakan orang lain dari Periksa berkas, tetapi tugas itu selalu dikerjakan sesudahnya"
    )


def test_a_row_is_told_by_its_number_and_a_table_by_its_name():
    rows = (('"baru"', "1", "1", "1"), ('"baru"', "1", "2", "2"), ("-", "-", "x y", "3"))
    found = {one.code: str(one.message) for one in bpmn.check({"jalur.dmn": table(*rows)}, d.catalogue())}
    assert found["table-overlap"].startswith("Baris 2 cocok bersamaan dengan baris 1, ")
    assert found["expression"].startswith("Baris 3, kolom ‹")


IDS = {"duplicate-id", "no-id", "id", "id-name", "unknown-process", "unknown-task", "dangling-flow", "unknown-element"}


def slipped(text, chance):
    """A diagram of the office with one thing missing: a flow, its condition, a default, an element, a lane's member."""
    root = etree.fromstring(text)
    tags = ("sequenceFlow", "conditionExpression", "flowNodeRef", "property", "parameter", *FLOW_NODES)
    one = chance.choice([node for node in root.iter("{*}*") if local(node) in tags])
    if one.get("default") and chance.random() < 0.7:
        del one.attrib["default"]
    else:
        one.getparent().remove(one)
    return root


def test_no_fault_of_a_spoilt_diagram_of_the_office_is_told_with_the_id_of_a_flow_gateway_or_event():
    """Ids of tasks stand in what somebody wrote, as data of expressions; these never do."""
    chance, around, told = random.Random(15), deployment.surroundings(FILES), set()
    names = sorted(name for name in FILES if name.endswith(".bpmn"))
    for number in range(60):
        name = names[number % len(names)]
        root = slipped(FILES[name], chance)
        drawn = [one for one in (*root.iter("{*}sequenceFlow"), *flow_nodes(root)) if not one.get("name")]
        ids = {one.get("id") for one in drawn if local(one).endswith(("Flow", "Gateway", "Event"))} - {None}
        for one in deployment.check_set({name: etree.tostring(root)}, around):
            told |= {str(one.code)}
            words = {*re.findall(r"\w+", str(one.message))}
            assert one.code in IDS or not words & ids, one
    assert len(told) > 6
