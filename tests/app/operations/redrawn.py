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


def within(path, step, holder, called):
    """A step drawn into a new sub-process that stands where the step stood; its events go with it."""

    def change(name, text):
        return _within(text, step, holder, called) if name == path else text

    return change


def _within(text, step, holder, called):
    root = etree.fromstring(text.encode())
    task = next(one for one in root.iter() if one.get("id") == step)
    body = etree.Element(f"{BPMN}subProcess", id=holder, name=called)
    task.getparent().replace(task, body)
    for one in [one for one in task if one.tag in (f"{BPMN}incoming", f"{BPMN}outgoing")]:
        body.append(one)
    etree.SubElement(body, f"{BPMN}startEvent", id=f"mulai_{holder}")
    body.append(task)
    etree.SubElement(body, f"{BPMN}endEvent", id=f"akhir_{holder}")
    for source, target in ((f"mulai_{holder}", step), (step, f"akhir_{holder}")):
        etree.SubElement(body, f"{BPMN}sequenceFlow", id=f"{source}_ke", sourceRef=source, targetRef=target)
    for flow in [one for one in root.iter(f"{BPMN}sequenceFlow") if one.getparent() is not body]:
        for end in ("sourceRef", "targetRef"):
            flow.set(end, holder if flow.get(end) == step else flow.get(end))
    for one in [one for one in root.iter(f"{BPMN}flowNodeRef") if one.text == step]:
        one.text = holder
    return etree.tostring(root, encoding="unicode")


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
