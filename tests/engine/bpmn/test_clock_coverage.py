"""Clocks of the office's own diagrams: whatever way loses its stop is told, while drawing as in the release."""

import pytest
from lxml import etree

from app.cli import release_files
from engine.deployment import check_file, problems, surroundings

FILES = release_files()
WHOLE = [name for name in FILES if name.endswith(".bpmn")]
CLOCKS = {"never-stopped", "not-started", "never-resumed", "resumed-unpaused", "started-twice", "paused-twice"}
NON, WITH = "processes/non_retribusi/non_retribusi.bpmn", "processes/retribusi/retribusi.bpmn"


def service(node):
    return next((one.get("id", "") for one in node.iter("{*}serviceTaskOperator")), "")


def stops():
    """The stops of the two clocks that measure the law's own times."""
    for path in WHOLE:
        for node in etree.fromstring(FILES[path]).iter("{*}serviceTask"):
            clocks = {one.get("value") for one in node.iter("{*}parameter") if one.get("id") == "clock"}
            if service(node) == "clock.stop" and clocks & {'"L"', '"H"'}:
                yield path, node.get("id")


def without(path, id):
    """A diagram without one of its steps: what led to it leads to what followed."""
    root = etree.fromstring(FILES[path])
    (gone,) = [one for one in root.iter("{*}serviceTask", "{*}callActivity") if one.get("id") == id]
    (onward,) = [one for one in root.iter("{*}sequenceFlow") if one.get("sourceRef") == id]
    for flow in [one for one in root.iter("{*}sequenceFlow") if one.get("targetRef") == id]:
        flow.set("targetRef", onward.get("targetRef"))
    for one in (gone, onward, *(ref for ref in root.iter("{*}flowNodeRef") if ref.text == id)):
        one.getparent().remove(one)
    return etree.tostring(root)


def of_clocks(found, path=None):
    return {(one.file, one.code, one.element, one.message) for one in found
            if one.code in CLOCKS and path in (None, one.file)}  # fmt: skip


@pytest.fixture(scope="module")
def around():
    return surroundings(FILES)


def test_the_release_stops_every_clock_on_every_way():
    assert len(list(stops())) > 8
    assert of_clocks(problems(FILES)) == set()


@pytest.mark.parametrize(("path", "id"), [*stops()])
def test_a_way_that_loses_its_stop_is_told_at_the_start_of_the_clock(path, id):
    told = {(code, element) for _, code, element, _ in of_clocks(problems({**FILES, path: without(path, id)}))}
    (clock,) = {one for one in ("jam", "hukum") if one in id.replace("batas_hukum", "hukum")}
    begins = {"jam": {"mulai_jam_layanan", "jam_dibuka"}, "hukum": {"mulai_batas_hukum", "hukum_dibuka"}}[clock]
    assert told
    assert told <= {("never-stopped", one) for one in begins}


@pytest.mark.parametrize(
    ("path", "id"), [(NON, "daftar"), (NON, "henti_jam_dicabut"), (NON, "tolak"), (WITH, "daftar"), (WITH, "terbitkan")]
)
def test_clocks_are_told_the_same_while_a_diagram_is_drawn_and_in_its_release(around, path, id):
    changed = without(path, id)
    drawn = of_clocks(check_file(path, changed, around))
    assert drawn == of_clocks(problems({**FILES, path: changed}), path)
