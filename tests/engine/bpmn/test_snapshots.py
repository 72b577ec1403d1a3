"""Snapshots: stored samples of every version still load, foreign ones are refused, personal data stays plain."""

import json
from decimal import Decimal

import pytest

from engine import bpmn
from engine.bpmn.expressions import evaluate
from engine.bpmn.snapshots import VERSION
from engine.errors import Incident
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.samples import FOLDER, told, walks
from tests.engine.bpmn.test_elements import simple
from tests.engine.bpmn.walking import Walk

SAMPLES = sorted(FOLDER.glob("v*/*.json"))


def read(path):
    sample = json.loads(path.read_text("utf-8"))
    files = {name: text.encode() for name, text in sample["files"].items()}
    return bpmn.parse(files, d.catalogue()), sample["snapshot"], sample["told"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_stored_sample_still_stands_where_it_stood(path):
    definition, snapshot, promised = read(path)
    assert told(bpmn.read(definition, snapshot)) == promised


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_stored_sample_still_moves_to_its_end(path):
    definition, snapshot, _ = read(path)
    position, context = bpmn.read(definition, snapshot), d.context()
    for _ in range(60):
        if position.tasks:
            values = {"instansi": ["PU"], "hadir": True}
            position = bpmn.complete(definition, position.snapshot, position.tasks[0].id, values, context)
        elif position.wake_at:
            position = bpmn.wake(definition, position.snapshot, d.context(position.wake_at))
        elif position.waiting:
            position = bpmn.receive(definition, position.snapshot, position.waiting[0], {}, context)
    assert position.ended


def test_every_kind_of_wait_has_a_sample_of_this_version():
    stored = {path.stem for path in SAMPLES if path.parent.name == f"v{VERSION}"}
    assert stored == {name for name, _ in walks()}


@pytest.mark.parametrize("text", ["{}", "[]", '{"v": 99, "process": "izin"}', '"x"'])
def test_a_snapshot_of_another_format_is_an_incident(text):
    walk = Walk(simple(d.user("periksa")))
    with pytest.raises(Incident):
        bpmn.read(walk.definition, text)


def test_a_snapshot_of_an_element_that_is_gone_is_an_incident_that_names_it():
    walk = Walk(simple(d.user("periksa")))
    other = bpmn.parse(simple(d.user("lain"), tasks=("lain",)), d.catalogue())
    with pytest.raises(Incident) as raised:
        bpmn.read(other, walk.position.snapshot)
    assert "periksa" in raised.value.element


def test_saving_what_was_read_gives_the_same_text():
    for _, walk in walks():
        again = bpmn.wake(walk.definition, walk.position.snapshot, walk.context)
        assert json.loads(again.snapshot) == json.loads(walk.position.snapshot)


def test_data_that_looks_like_an_order_to_a_serializer_stays_data():
    walk = Walk(simple(d.user("periksa"), d.user("lanjut"), tasks=("periksa", "lanjut")))
    walk.complete("periksa", typename="UUID", value="x", dict={"typename": "x"})
    assert walk.data["periksa"] == {"typename": "UUID", "value": "x", "dict": {"typename": "x"}}


def test_a_decimal_is_as_exact_after_it_was_saved_as_before():
    walk = Walk(simple(d.user("periksa"), d.user("lanjut"), tasks=("periksa", "lanjut")))
    walk.complete("periksa", luas=Decimal("2.50"), bulat=Decimal("3.0"), tarif=[Decimal("0.1")])
    kept = bpmn.read(walk.definition, walk.position.snapshot).data["periksa"]
    assert kept == {"luas": Decimal("2.5"), "bulat": 3, "tarif": [Decimal("0.1")]}
    assert evaluate("periksa.luas > 2.4 and periksa.luas < 2.51 and periksa.bulat == 3", {"periksa": kept})
    assert evaluate("periksa.tarif[0] + 0.2", {"periksa": kept}) == Decimal("0.3")
