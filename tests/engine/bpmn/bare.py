"""SpiffWorkflow as it comes, to show the faults that the engine room cures."""

import json

from lxml import etree
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState


def parsed(files, process="izin"):
    parser = SpiffBpmnParser()
    for name, content in files.items():
        parser.add_bpmn_xml(etree.fromstring(content), name)
    return parser.get_spec(process), parser.get_subprocess_specs(process)


def begun(specs, data=None):
    workflow = BpmnWorkflow(*specs)
    workflow.task_tree.data.update(data or {})
    workflow.do_engine_steps()
    return workflow


def ready(workflow):
    return [one for one in workflow.get_tasks(state=TaskState.READY) if one.task_spec.manual]


def names(workflow):
    return [one.task_spec.bpmn_id for one in ready(workflow)]


def complete(workflow, element, **values):
    task = next(one for one in ready(workflow) if one.task_spec.bpmn_id == element)
    task.data.update(values)
    task.run()
    workflow.do_engine_steps()


def send(workflow, name):
    workflow.send_event(BpmnEvent(MessageEventDefinition(name), payload={}))
    workflow.do_engine_steps()


def saved(workflow):
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG)).serialize_json(workflow)


def restored(text):
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG)).deserialize_json(text)


def sorted_keys(text):
    """What a store does that sorts the keys of objects, as `jsonb` does: by length, then by bytes."""

    def order(value):
        if isinstance(value, dict):
            keys = sorted(value, key=lambda key: (len(key), key))
            return {key: order(value[key]) for key in keys}
        return [order(one) for one in value] if isinstance(value, list) else value

    return json.dumps(order(json.loads(text)))
