"""The release's own diagrams, changed as an administrator changes them: steps deleted, moved, renamed."""

import json

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
LEVY, ISSUE = "processes/retribusi/penetapan_retribusi.bpmn", "processes/bersama/penerbitan.bpmn"


def without(path, gone, onward):
    """Elements deleted from a diagram; the flows that came to them lead to where `onward` says."""

    def change(name, text):
        return _without(text, gone, onward) if name == path else text

    return change


def _without(text, gone, onward):
    root = etree.fromstring(text.encode())
    for one in [one for one in root.iter() if one.get("bpmnElement") in gone or one.get("id") in gone]:
        one.getparent().remove(one)
    for one in [one for one in root.iter(f"{BPMN}flowNodeRef") if one.text in gone]:
        one.getparent().remove(one)
    for flow in list(root.iter(f"{BPMN}sequenceFlow")):
        if flow.get("sourceRef") in gone:
            _drop(root, flow)
        elif flow.get("targetRef") in gone:
            flow.set("targetRef", onward)
            target = next(one for one in root.iter() if one.get("id") == onward)
            etree.SubElement(target, f"{BPMN}incoming").text = flow.get("id")
    return etree.tostring(root, encoding="unicode")


def _drop(root, flow):
    key = flow.get("id")
    for one in [one for one in root.iter() if key in (one.get("bpmnElement"), one.text)]:
        one.getparent().remove(one)
    flow.getparent().remove(flow)


def replaced_in(path, *pairs):
    """A diagram in which some words are others."""

    def change(name, text):
        for old, new in pairs if name == path else ():
            assert old in text
            text = text.replace(old, new)
        return text

    return change


def together(*changes):
    """Several changes of the same release."""

    def change(name, text):
        for one in changes:
            text = one(name, text)
        return text

    return change


def other_title(name, text):
    """A form that is called otherwise."""
    return json.dumps(json.loads(text) | {"title": "Lain"}) if name == "forms/tindakan.json" else text
