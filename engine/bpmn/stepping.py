"""The script engine of one step: its time, its services and the effects they asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine

from engine.bpmn import expressions
from engine.bpmn.events import Error
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.plain import copied, plain
from engine.bpmn.timers import TimerFault, add_duration, read_moment
from engine.effects import Effect
from engine.errors import Finding, Incident, said_by
from engine.services import Call, ServiceError, Services

SERVICE_FAULTS = (ValueError, TypeError, LookupError, ArithmeticError)


@dataclass(frozen=True)
class StepContext:
    """What a step may know: its aware time and the services diagrams may call."""

    at: datetime
    services: Services
    skips: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # element -> outputs instead of its own

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of a step needs a zone")


def name_of(task: Any) -> str:
    """The element id behind a task; inner specifications have none of their own."""
    return str(getattr(task.task_spec, "bpmn_id", None) or task.task_spec.name)


class Environment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    """Evaluates by our own walker; scripts are refused."""

    def evaluate(
        self, expression: str, context: Mapping[str, Any], external_context: Mapping[str, Any] | None = None
    ) -> Any:
        return expressions.evaluate(expression, {**(external_context or {}), **context})

    def execute(self, script: str, context: Any, external_context: Any = None) -> NoReturn:
        raise ExpressionFault("Skrip tidak dijalankan")


class Engine(PythonScriptEngine):  # type: ignore[misc]
    """Everything of a step that SpiffWorkflow asks its script engine."""

    def __init__(self, context: StepContext) -> None:
        super().__init__(Environment())
        self.at = context.at
        self.services = context.services
        self.skips = context.skips
        self.effects: list[Effect] = []
        # (task, coded event, what it carries) of errors and escalations that the step has still to deliver.
        self.thrown: list[tuple[Any, Any, Any]] = []

    def fault(self, task: Any, reason: str) -> NoReturn:
        raise Incident(name_of(task), reason)

    def validate(self, expression: str) -> None:
        expressions.parse(expression)

    def evaluate(self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return self.environment.evaluate(expression, task.data, external_context)
        except ExpressionFault as error:
            raise Incident(name_of(task), said_by(error)) from error

    def execute(self, task: Any, script: str, external_context: Any = None) -> NoReturn:
        raise Incident(name_of(task), "Skrip tidak dijalankan")

    def call_service(self, task: Any, **kwargs: Any) -> NoReturn:
        raise Incident(name_of(task), "Layanan dipanggil lewat katalog")

    def timer(self, task: Any, text: str, duration: bool) -> datetime:
        """The moment of a timer, reckoned from this step's time."""
        try:
            return add_duration(self.at, text) if duration else read_moment(text)
        except TimerFault as error:
            raise Incident(name_of(task), said_by(error)) from error

    def serve(self, task: Any) -> bool:
        """Call the service of a service task; keep its value and its effects.

        False when the service answered with an error, which is thrown.
        """
        spec = task.task_spec
        if self.passes_over(task, spec.result):
            return True
        params = {name: plain(self.evaluate(task, text)) for name, text in spec.params.items()}
        if spec.service not in self.services:
            self.fault(task, Finding("Layanan %(service)s tidak dikenal", service=spec.service))
        try:
            answer = self.services.call(spec.service, params, Call(self.at, copied(task.data)))
            task.data[spec.result] = plain(answer.value)
        except ServiceError as error:
            self.thrown.append((task, Error(error.code), plain(dict(error.values))))
            return False
        except SERVICE_FAULTS as error:
            raise Incident(name_of(task), f"{spec.service}: {type(error).__name__}: {error}") from error
        self.effects.extend(answer.effects)
        return True

    def passes_over(self, task: Any, result: str) -> bool:
        """Whether a person said that this element is passed over; what he gave stands under `result`."""
        given = self.skips.get(name_of(task))
        if given is not None:
            task.data[result] = plain(dict(given))
        return given is not None

    def decide(self, task: Any) -> None:
        """Ask the decision table of a business rule task."""
        result = task.task_spec.result
        if self.passes_over(task, result):
            return
        try:
            task.data[result] = task.task_spec.table.decide(task.data)
        except ExpressionFault as error:
            raise Incident(name_of(task), said_by(error)) from error
