"""Where branches meet: joins that wait for the right tokens and lose none of what they bring."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.plain import copied, three_way

OPEN = TaskState.WAITING | TaskState.READY | TaskState.STARTED


def ancestors(task: Any) -> Iterator[Any]:
    """`task`'s parents, nearest first."""
    parent = task.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def meeting(tasks: list[Any]) -> Any:
    """The last task from which all of `tasks` descend."""
    lines = [[one, *ancestors(one)] for one in tasks]
    others = [{one.id for one in line} for line in lines[1:]]
    return next(one for one in lines[0] if all(one.id in line for line in others))


def same_round(my_task: Any, rival: Any) -> bool:
    """Whether two tokens of one join came from one activation of their fork.

    Not when mine has gone round and through that fork, or through the join,
    again since they parted.
    """
    fork = meeting([my_task, rival])
    if fork is my_task or fork is rival:
        return False
    way = itertools.takewhile(lambda one: one is not fork, ancestors(my_task))
    return not any(one.task_spec in (fork.task_spec, my_task.task_spec) for one in way)


def arrivals(my_task: Any) -> list[Any]:
    """The other tokens that reached the same join, of whatever round."""
    rivals = [one for one in my_task.workflow.tasks.values() if one.task_spec is my_task.task_spec]
    return [one for one in rivals if one is not my_task and one.parent.state == TaskState.COMPLETED]


def merged(tasks: list[Any], data_of: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The data of parallel tokens: at each fork, every key as the branch that changed it last left it."""
    if len(tasks) == 1:
        return data_of(tasks[0])
    fork = meeting(tasks)
    branches: dict[Any, list[Any]] = {}
    for task in tasks:
        line = itertools.takewhile(lambda one: one is not fork, (task, *ancestors(task)))
        branches.setdefault([fork, *line][-1], []).append(task)
    ordered = sorted(branches.items(), key=lambda pair: max(one.last_state_change for one in pair[1]))
    return three_way(fork.data, [_own(head, merged(ones, data_of)) for head, ones in ordered])


def _own(head: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What a branch made itself; one beside a running activity was only shown what stood inside it."""
    if not isinstance(head.task_spec, BoundaryEvent) or head.task_spec.cancel_activity:
        return data
    shown = {key: one for key, one in head.data.items() if key != head.task_spec.bpmn_id}
    return {key: one for key, one in data.items() if key not in shown or shown[key] != one}


def joined(my_task: Any, others: list[Any]) -> dict[str, Any]:
    """The data that branches bring to a join."""
    ends = [one.parent for one in (*others, my_task)]
    return copied(merged(list(dict.fromkeys(ends)), lambda one: one.data))  # type: ignore[no-any-return]


class ParallelGateway(defaults.ParallelGateway):  # type: ignore[misc]
    """A join counts only this round's branches and merges what each of them changed.

    SpiffWorkflow counts cancelled tokens of earlier rounds and merges the
    branches' whole data, so that a late branch overwrites news with what it
    knew before the fork.
    """

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        here = [my_task] if my_task.parent.state == TaskState.COMPLETED else []
        came = {one.parent.task_spec.name for one in (*self.arrived(my_task), *here)}
        return set(self._inputs) <= came

    def arrived(self, my_task: Any) -> list[Any]:
        """The other tokens of this round."""
        return [one for one in arrivals(my_task) if same_round(my_task, one)]

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data = joined(my_task, self.arrived(my_task))
        return True


class EndJoin(_EndJoin):  # type: ignore[misc]
    """The end of a flow: merges like a join what branches with ends of their own left."""

    def arrived(self, my_task: Any) -> list[Any]:
        """All other tokens that have ended."""
        return arrivals(my_task)

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data = joined(my_task, self.arrived(my_task))
        my_task.workflow.data.update(my_task.data)
        return True


class InclusiveGateway(defaults.InclusiveGateway):  # type: ignore[misc]
    """Splits by every true condition; joins when no token elsewhere can still come (BPMN 2.0, 13.4.3).

    SpiffWorkflow looks at the nearest token above each way only, and merges
    like its parallel join.
    """

    def arrived(self, my_task: Any) -> list[Any]:
        """The other tokens of this round."""
        return [one for one in arrivals(my_task) if same_round(my_task, one)]

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        here = [my_task] if my_task.parent.state == TaskState.COMPLETED else []
        came = {one.parent.task_spec.name for one in (*self.arrived(my_task), *here)}
        missing = [one for one in self.inputs if one.name not in came]
        # Who can reach a way that has its token already does not delay the others.
        awaited = self._before(missing) - self._before(one for one in self.inputs if one.name in came)
        return not any(one.task_spec.name in awaited for one in _moving(my_task.workflow))

    def _before(self, ways: Iterable[Any]) -> set[str]:
        """Names of the specifications from which a token can come by one of `ways` without passing here."""
        found: set[str] = set()
        pending = list(ways)
        while pending:
            spec = pending.pop()
            if spec is not self and spec.name not in found:
                found.add(spec.name)
                pending.extend(spec.inputs)
        return found

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data = joined(my_task, self.arrived(my_task))
        matches, default = self._get_matching_outputs(my_task)
        if not matches + default:
            my_task.workflow.script_engine.fault(my_task, "Tidak ada syarat yang terpenuhi dan tidak ada alur baku")
        my_task._sync_children(matches or default, TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
        return True


def _moving(flow: Any) -> Iterator[Any]:
    """Tasks of a flow that hold a token now or get one in this very step."""
    for task in flow.tasks.values():
        if task.has_state(OPEN) or (task.state == TaskState.FUTURE and task.parent.state == TaskState.COMPLETED):
            yield task
