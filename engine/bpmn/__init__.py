"""The engine room: BPMN and DMN by SpiffWorkflow, made durable and safe.

Diagrams are checked and parsed once into a `Definition`; a case is a text
snapshot that `start`, `complete`, `receive` and `wake` move from one
`Position` to the next.  Nothing here reads a clock or does I/O.
"""

from engine.bpmn.catalogue import Catalogue
from engine.bpmn.definition import Definition, check, parse
from engine.bpmn.elements import Element, Flow
from engine.bpmn.instance import complete, read, receive, start, wake
from engine.bpmn.position import OpenTask, Position
from engine.bpmn.stepping import StepContext

__all__ = [
    "Catalogue",
    "Definition",
    "Element",
    "Flow",
    "OpenTask",
    "Position",
    "StepContext",
    "check",
    "complete",
    "parse",
    "read",
    "receive",
    "start",
    "wake",
]
