"""Messages, signals, errors and escalations; what they carry lands under the id of the event that caught them."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent

from engine.bpmn.plain import copied, plain

# The message by which a process hears that a clock's term has passed: `<clock>.lewat`.
PASSING = ".lewat"


class NamedEvent(EventDefinition):  # type: ignore[misc]
    """An event known by name; two are equal when kind and name are.

    `carries`: an expression for what a thrown event takes along, or "".
    """

    def __init__(self, name: str, element: str = "", carries: str = "") -> None:
        super().__init__(name)
        self.element = element
        self.carries = carries

    def load(self, my_task: Any) -> Any:
        """What a throwing task gives the event to carry."""
        return plain(my_task.workflow.script_engine.evaluate(my_task, self.carries)) if self.carries else {}

    def catch(self, my_task: Any, event: Any = None) -> None:
        my_task.internal_data["payload"] = copied(event.payload or {}) if event else {}
        super().catch(my_task, event)

    def update_task_data(self, my_task: Any) -> None:
        my_task.data[self.element] = my_task.internal_data.get("payload", {})

    def reset(self, my_task: Any) -> None:
        my_task.internal_data.pop("payload", None)
        super().reset(my_task)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.name == getattr(other, "name", None)

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class Message(NamedEvent):
    """`bpmn:message`, from outside the case or thrown by another branch of it.

    `correlation` is a pair: a word of the payload, and an expression over the
    data of the branch that waits; the message is meant for the branch only
    where both are the same.  ("", "") takes every message of the name.
    """

    def __init__(
        self, name: str, element: str = "", carries: str = "", correlation: tuple[str, str] = ("", "")
    ) -> None:
        super().__init__(name, element, carries)
        self.correlation = correlation

    def catches(self, my_task: Any, event: Any) -> bool:
        return self == event.event_definition and self._meant(my_task, event.payload or {})

    def _meant(self, my_task: Any, payload: Any) -> bool:
        word, expected = self.correlation
        if not word:
            return True
        given = payload.get(word) if isinstance(payload, dict) else None
        return bool(given == plain(my_task.workflow.script_engine.evaluate(my_task, expected)))

    def throw(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.catch(BpmnEvent(Message(self.name), payload=self.load(my_task)))


class Signal(NamedEvent):
    """`bpmn:signal`, from outside or thrown by another branch of the same case."""

    def throw(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.catch(BpmnEvent(Signal(self.name), payload=self.load(my_task)))


class Coded(NamedEvent):
    """An event known by a code, caught by the nearest activity around it; without a code it catches all."""

    def catches(self, my_task: Any, event: Any) -> bool:
        return type(self) is type(event.event_definition) and self.name in ("", event.event_definition.name)

    def throw(self, my_task: Any) -> None:
        # The step delivers it once the throwing task is done: an interruption must not cancel what still runs.
        my_task.workflow.script_engine.thrown.append((my_task, self, self.load(my_task)))


class Error(Coded):
    """`bpmn:error`: ends the activity whose boundary catches it; one that nobody catches stops the case."""


class Escalation(Coded):
    """`bpmn:escalation`: tells the activity around it; one that nobody catches is passed over."""


class FirstOf(MultipleEventDefinition):  # type: ignore[misc]
    """The events after an event-based gateway: the first to happen decides."""

    def has_fired(self, my_task: Any) -> bool:
        seen = my_task.internal_data.setdefault("seen_events", [])
        if not seen:
            due = [one for one in self.event_definitions if hasattr(one, "due") and one.has_fired(my_task)]
            seen.extend(BpmnEvent(one) for one in due[:1])
        return bool(seen)

    def catch(self, my_task: Any, event: Any = None) -> None:
        mine = next(one for one in self.event_definitions if one.catches(my_task, event))
        my_task.internal_data["seen_events"] = [BpmnEvent(mine, payload=event.payload)]
