"""Moving a token by hand: a task is given up and the file goes on from another element of the same flow."""

from __future__ import annotations

from engine import bpmn
from engine.case.clockwork import Doing
from engine.case.moves import _context, _moved, _open_task
from engine.case.values import Case, Step


def move_token(case: Case, task_id: str, element: str, doing: Doing) -> Step:
    """The case gone on from `element` instead of its open task; clocks as the new place asks, none anew.

    Raises CaseClosed, TaskNotOpen, Refused, Incident.
    """
    task = _open_task(case, task_id)
    context = _context(case, doing.at)
    position = bpmn.relocate(case.deployment.definition, case.snapshot, task_id, element, context)
    event = doing.event("token_moved", task.element, None, task=task_id, to=element, passed=list(position.passed))
    return _moved(case, position, doing, (event,))
