"""The engine room: BPMN and DMN by SpiffWorkflow, made durable and safe.

Diagrams are checked and parsed once into a `Definition`; a case is a text
snapshot that `start`, `complete`, `receive` and `wake` move from one
`Position` to the next.  Nothing here reads a clock or does I/O.
"""

from engine.bpmn.catalogue import Catalogue
from engine.bpmn.definition import Definition, Library, check, examined, executable, library, parse, restored
from engine.bpmn.elements import GENERAL_FORM, Element, Flow
from engine.bpmn.instance import complete, read, receive, start, wake
from engine.bpmn.moving import CHOICE, CHOSEN, MOVES, SAME, STAYS, Obstacle, Rehearsal, rehearse
from engine.bpmn.places import Place
from engine.bpmn.position import OpenTask, Position
from engine.bpmn.relocating import relocate
from engine.bpmn.repairing import passable, repaired, values
from engine.bpmn.stepping import StepContext
from engine.bpmn.versions import Versions

__all__ = [
    "CHOICE",
    "CHOSEN",
    "GENERAL_FORM",
    "MOVES",
    "SAME",
    "STAYS",
    "Catalogue",
    "Definition",
    "Element",
    "Flow",
    "Library",
    "Obstacle",
    "OpenTask",
    "Place",
    "Position",
    "Rehearsal",
    "StepContext",
    "Versions",
    "check",
    "complete",
    "examined",
    "executable",
    "library",
    "parse",
    "passable",
    "read",
    "receive",
    "rehearse",
    "relocate",
    "repaired",
    "restored",
    "start",
    "values",
    "wake",
]
