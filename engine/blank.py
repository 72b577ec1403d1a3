"""A process nobody has drawn yet: a pool, one lane and a start event, for the editor to begin with."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.elements import BPMN, SPIFF

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
NAMESPACES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "spiffworkflow": SPIFF}
FIRST_LANE = "Petugas Loket (FO)"
POOL, START = (160, 80, 900, 240), (240, 182, 36, 36)
LANE = (POOL[0] + 30, POOL[1], POOL[2] - 30, POOL[3])  # pixels; the pool's own name stands in the 30 left of it


def diagram(key: str, name: str) -> bytes:
    """BPMN 2.0 of a process `key` titled `name`, as the editor itself would write it."""
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap=NAMESPACES)
    root.set("id", f"berkas_{key}")
    root.set("targetNamespace", "urn:e-perizinan:proses")
    together = _add(root, BPMN, "collaboration", id=f"kolaborasi_{key}")
    _add(together, BPMN, "participant", id=f"kolam_{key}", name=name, processRef=key)
    process = _add(root, BPMN, "process", id=key, name=name, isExecutable="true")
    lane = _add(_add(process, BPMN, "laneSet", id=f"jalur_{key}"), BPMN, "lane", id=f"jalur_{key}_1", name=FIRST_LANE)
    _add(lane, BPMN, "flowNodeRef").text = f"mulai_{key}"
    _add(process, BPMN, "startEvent", id=f"mulai_{key}", name="Mulai")
    _draw(root, key)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add(parent: etree._Element, namespace: str, tag: str, **values: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", values)


def _draw(root: etree._Element, key: str) -> None:
    drawing = _add(root, BPMNDI, "BPMNDiagram", id=f"gambar_{key}")
    plane = _add(drawing, BPMNDI, "BPMNPlane", id=f"bidang_{key}", bpmnElement=f"kolaborasi_{key}")
    for id, box, across in (
        (f"kolam_{key}", POOL, "true"), (f"jalur_{key}_1", LANE, "true"), (f"mulai_{key}", START, ""),
    ):  # fmt: skip
        shape = _add(plane, BPMNDI, "BPMNShape", id=f"{id}_di", bpmnElement=id)
        if across:
            shape.set("isHorizontal", across)
        _add(shape, DC, "Bounds", **dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))
