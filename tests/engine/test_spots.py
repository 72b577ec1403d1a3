"""What people call the place a problem points to, for the lists that stand beside no drawing."""

import re

from engine import spots
from engine.errors import Problem
from tests.engine.test_scenarios import FILES, RELEASE

PLAY = "processes/scenarios/contoh.json"
NAMES = {one.id: one.name for one in RELEASE.definition.elements.values()}


def diagram_of(element):
    process = RELEASE.definition.elements[element].process
    return next(name for name in FILES if name.endswith(".bpmn") and f'id="{process}"'.encode() in FILES[name])


def test_a_step_is_called_by_its_name_in_its_diagram_and_in_a_play():
    name = NAMES["periksa_kelengkapan"]
    assert spots.called(diagram_of("periksa_kelengkapan"), "periksa_kelengkapan", FILES) == name
    assert spots.called(PLAY, "periksa_kelengkapan", FILES) == name
    assert spots.called(PLAY, "tidak_ada", FILES) == ""


def test_a_flow_without_a_name_is_called_by_what_it_joins():
    flow = next(one for one in RELEASE.definition.flows if not one.name and NAMES[one.source] and NAMES[one.target])
    said = spots.called(diagram_of(flow.source), flow.id, FILES)
    assert said == f"alur dari ‹{NAMES[flow.source][:60]}› ke ‹{NAMES[flow.target][:60]}›"


def test_a_field_is_called_by_its_label_and_a_row_of_law_by_its_name():
    form = RELEASE.forms["cek_retribusi"]
    field = next(one for one in form.fields() if one.label)
    assert spots.called(f"forms/{form.key}.json", field.name, FILES) == field.label
    permit = RELEASE.catalogue.permits["IMB"]
    assert spots.called("processes/catalogue/permits.json", "IMB", FILES) == permit.name


def test_a_row_of_a_table_is_called_by_its_number():
    path = next(name for name in sorted(FILES) if name.endswith(".dmn"))
    second = re.findall(rb'<rule id="(\w+)"', FILES[path])[1].decode()
    assert spots.called(path, second, FILES) == "baris 2"


def test_problems_keep_the_place_they_point_to():
    problem = Problem(
        "processes/catalogue/permits.json",
        "IMB",
        0,
        "error",
        "x",
        "Izin aktif harus punya standar pelayanan dan batas hukum.",
    )
    (told,) = spots.told(
        [
            problem,
        ],
        FILES,
    )
    assert (told.element, told.called, told) == ("IMB", RELEASE.catalogue.permits["IMB"].name, problem)
