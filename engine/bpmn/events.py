"""Messages and signals whose payload lands under the id of the event that caught them."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent

from engine.bpmn.plain import copied


class NamedEvent(EventDefinition):  # type: ignore[misc]
    """An event known by name; two are equal when kind and name are."""

    def __init__(self, name: str, element: str = "") -> None:
        super().__init__(name)
        self.element = element

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
    """`bpmn:message`, from outside the case."""


class Signal(NamedEvent):
    """`bpmn:signal`, from outside or thrown by another branch of the same case."""

    def throw(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.catch(BpmnEvent(Signal(self.name), payload={}))


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
