"""The drawings of the office's flows: what a label says can be read, and lies on nothing else."""

import pytest
from lxml import etree

from app.config import ROOT
from scripts import translations

DIAGRAMS = sorted((ROOT / "processes").glob("*/*.bpmn"))
DI, DC = "{http://www.omg.org/spec/BPMN/20100524/DI}", "{http://www.omg.org/spec/DD/20100524/DC}"
CONTAINERS = ("lane", "participant")
NARROWEST = 5  # of the diagram's units a letter takes; its height is eleven
SLACK = 2  # units that two boxes may share


def drawn(path):
    """Names by id, boxes of shapes that contain nothing else, and boxes of labels."""
    tree = etree.parse(path)
    named = {one.get("id"): one for one in tree.iter(etree.Element) if one.get("id")}
    shapes, labels = {}, {}
    for one in tree.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge"):
        id = one.get("bpmnElement")
        outside = etree.QName(named[id]).localname in CONTAINERS or one.get("isExpanded") == "true"
        if (box := one.find(f"{DC}Bounds")) is not None and not outside:
            shapes[id] = bounds(box)
        if (box := one.find(f"{DI}BPMNLabel/{DC}Bounds")) is not None and named[id].get("name"):
            labels[id] = bounds(box)
    return {id: one.get("name") for id, one in named.items()}, shapes, labels


def bounds(box):
    return tuple(float(box.get(name)) for name in ("x", "y", "width", "height"))


def meet(one, other):
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > SLACK and down > SLACK


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda one: one.stem)
def test_no_label_of_a_flow_lies_on_a_step_or_on_another_label(path):
    names, shapes, labels = drawn(path)
    met = [
        (names[id], names[other] or other)
        for id, box in labels.items()
        for other, place in [*shapes.items(), *(one for one in labels.items() if one[0] > id)]
        if meet(box, place)
    ]
    assert met == []


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda one: one.stem)
def test_no_label_of_a_flow_breaks_a_word_in_either_language(path):
    names, _shapes, labels = drawn(path)
    english = translations.read(translations.OFFICE)
    broken = [
        (names[id], word)
        for id, box in labels.items()
        for text in (names[id], english.get(names[id]).string if english.get(names[id]) else "")
        for word in text.split()
        if len(word) * NARROWEST > box[2]
    ]
    assert broken == []
