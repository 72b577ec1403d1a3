"""A diagram as SpiffWorkflow is to see it: without what is drawn for readers or read by ourselves."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from engine.bpmn import announced, elements

# Drawn for readers, or read by ourselves; SpiffWorkflow would copy data for some and stumble over others.
_OURS = (
    "ioSpecification",
    "dataInputAssociation",
    "dataOutputAssociation",
    "dataObject",
    "dataObjectReference",
    "dataStore",
    "dataStoreReference",
    "correlationProperty",
    "correlationSubscription",
    "collaboration",
    "error",
    "escalation",
)


def bare(root: Any) -> Any:
    """A copy of a diagram without drawing and without what is not for SpiffWorkflow."""
    copy = deepcopy(root)
    _note(copy)
    drawn = [one for tag in _OURS for one in elements.inside(copy, tag)]
    drawing = [one for one in copy if elements.local(one) == "BPMNDiagram"]
    for node in (*drawn, *drawing):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    for loop in list(elements.inside(copy, "multiInstanceLoopCharacteristics")):
        _complete(loop)
    return copy


def _note(copy: Any) -> None:
    """Write on the elements what stands elsewhere in the file: codes of events, data objects behind activities."""
    known = announced.codes(copy)
    for kind in ("error", "escalation"):
        for one in elements.inside(copy, f"{kind}EventDefinition"):
            one.set("code", known.get(one.get(f"{kind}Ref", ""), ""))
    for link in elements.inside(copy, "dataOutputAssociation"):
        link.getparent().set("keeps", " ".join(elements.data_objects(link.getparent())))


def _complete(loop: Any) -> None:
    """Write out the names that a multi-instance leaves to us."""
    named = elements.repetition(loop.getparent())
    if named is None:
        return
    for tag in ("inputDataItem", "loopDataOutputRef", "outputDataItem"):
        for one in elements.children(loop, tag):
            loop.remove(one)
    etree.SubElement(loop, f"{{{elements.BPMN}}}inputDataItem", id=named.item)
    etree.SubElement(loop, f"{{{elements.BPMN}}}loopDataOutputRef").text = named.output
    etree.SubElement(loop, f"{{{elements.BPMN}}}outputDataItem", id=named.result)
