"""Small diagrams as text: a builder of BPMN files for the tests of the engine room."""

import itertools
from datetime import UTC, datetime

from engine.bpmn import Catalogue, StepContext
from engine.services import Services

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">\n'
)


def file(*parts):
    """A BPMN file of processes, messages and signals."""
    return (HEAD + "\n".join(parts) + "\n</definitions>").encode()


def process(key, *parts, executable=True):
    return f'<process id="{key}" isExecutable="{str(executable).lower()}">\n' + "\n".join(parts) + "\n</process>"


def flow(source, target, condition="", id=""):
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    name = id or f"f_{source}_{target}"
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def chain(*ids):
    return "\n".join(flow(one, other) for one, other in itertools.pairwise(ids))


def start(id="mulai"):
    return f'<startEvent id="{id}"/>'


def end(id="selesai", inner=""):
    return f'<endEvent id="{id}">{inner}</endEvent>'


def extensions(inner):
    return f"<extensionElements>{inner}</extensionElements>"


def properties(**values):
    given = "".join(f'<spiffworkflow:property name="{key}" value="{value}"/>' for key, value in values.items())
    return extensions(f"<spiffworkflow:properties>{given}</spiffworkflow:properties>")


def user(id, form="formulir", inner="", name="", **more):
    given = properties(formKey=form, **more)
    return f'<userTask id="{id}" name="{name or id}">{given}{inner}</userTask>'


def service(id, operator, result="", **params):
    given = "".join(
        f'<spiffworkflow:parameter id="{key}" type="str" value="{value}"/>' for key, value in params.items()
    )
    variable = f' resultVariable="{result}"' if result else ""
    inner = (
        f'<spiffworkflow:serviceTaskOperator id="{operator}"{variable}>'
        f"<spiffworkflow:parameters>{given}</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
    )
    return f'<serviceTask id="{id}">{extensions(inner)}</serviceTask>'


def rule(id, decision):
    given = extensions(f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>")
    return f'<businessRuleTask id="{id}">{given}</businessRuleTask>'


def exclusive(id, default=""):
    return f'<exclusiveGateway id="{id}"' + (f' default="{default}"/>' if default else "/>")


def parallel(id):
    return f'<parallelGateway id="{id}"/>'


def many(items, item, output, result, sequential=False, until=""):
    condition = f"<completionCondition>{until}</completionCondition>" if until else ""
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<loopDataInputRef>{items}</loopDataInputRef><loopDataOutputRef>{output}</loopDataOutputRef>"
        f'<inputDataItem id="{item}"/><outputDataItem id="{result}"/>{condition}'
        "</multiInstanceLoopCharacteristics>"
    )


def sub(id, *parts, inner=""):
    return f'<subProcess id="{id}">{inner}\n' + "\n".join(parts) + "\n</subProcess>"


def call(id, process, inner=""):
    return f'<callActivity id="{id}" calledElement="{process}">{inner}</callActivity>'


def message(name):
    return f'<message id="m_{name}" name="{name}"/>'


def signal(name):
    return f'<signal id="s_{name}" name="{name}"/>'


def by_message(name):
    return f'<messageEventDefinition messageRef="m_{name}"/>'


def by_signal(name):
    return f'<signalEventDefinition signalRef="s_{name}"/>'


def after(duration):
    return f"<timerEventDefinition><timeDuration>{duration}</timeDuration></timerEventDefinition>"


def at(moment):
    return f"<timerEventDefinition><timeDate>{moment}</timeDate></timerEventDefinition>"


def catch(id, by):
    return f'<intermediateCatchEvent id="{id}">{by}</intermediateCatchEvent>'


def boundary(id, on, by, interrupting=True):
    cancel = str(interrupting).lower()
    return f'<boundaryEvent id="{id}" attachedToRef="{on}" cancelActivity="{cancel}">{by}</boundaryEvent>'


def lane(id, name, *nodes):
    return f'<lane id="{id}" name="{name}">' + "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in nodes) + "</lane>"


def lanes(*parts):
    return "<laneSet>" + "".join(parts) + "</laneSet>"


def catalogue(services=(), forms=None, **more):
    roles = more.pop("roles", frozenset({"FO", "KASI"}))
    return Catalogue(forms=forms or {"formulir": ()}, services=Services(services), roles=roles, **more)


def context(at=AT, services=()):
    return StepContext(at, Services(services))
