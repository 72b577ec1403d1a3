"""The catalogue of functions that diagrams may call by name.

A service is a plain function of declared parameters.  It does no I/O: it
returns values for the process and effects for the operation.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from engine.effects import Effect
from engine.errors import Finding
from engine.services.called import parameter_called

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True)
class Call:
    """What every service may see: the step's time and the process data (read only)."""

    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """Values go under the service task's result variable; effects leave the process."""

    value: Mapping[str, Any] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()


class ServiceError(Exception):
    """A service's answer that the work cannot be done as asked: a code for the diagram, and values for its branch.

    An error boundary event on the service task, or on an activity around it,
    takes the case on; where there is none the case stops with an incident.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Service:
    """A catalogue entry.

    `takes`: parameter -> kind of value ("text", "list", "data", "any"); `words`: parameter -> the only words it
    may be; `leaves`: what its answer consists of, by kind, None when that is not known beforehand;
    `replies`: what the message carries that it asks for, in the same way.
    """

    name: str
    function: Callable[..., Answer]
    required: frozenset[str]
    optional: frozenset[str]
    summary: str
    takes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leaves: Mapping[str, str] | None = None
    replies: Mapping[str, str] | None = None

    def faults(self, given: Iterable[str]) -> tuple[str, ...]:
        """Sentences about parameters that are missing or unknown."""
        names = frozenset(given)
        missing = (
            Finding("parameter %(name)s belum diisi", name=parameter_called(name))
            for name in sorted(self.required - names)
        )
        known = self.required | self.optional
        unknown = (Finding("parameter %(name)s tidak dikenal", name=name) for name in sorted(names - known))
        return (*missing, *unknown)


class Services:
    """An immutable set of services, found by name."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._services = {one.name: one for one in services}

    def __contains__(self, name: str) -> bool:
        return name in self._services

    def __iter__(self) -> Any:
        return iter(sorted(self._services.values(), key=lambda one: one.name))

    def get(self, name: str) -> Service:
        """Raise KeyError when no service has that name (deployment has checked it)."""
        return self._services[name]

    def call(self, name: str, params: Mapping[str, Any], call: Call) -> Answer:
        return self.get(name).function(call, **params)


def service(
    name: str,
    leaves: Mapping[str, str] | None = None,
    replies: Mapping[str, str] | None = None,
    **words: Iterable[str],
) -> Callable[[Callable[..., Answer]], Service]:
    """Make a catalogue entry of a function `(call, *, param: str, other: str = "") -> Answer`.

    `leaves`, `replies` and `words` are those of the entry; kinds of parameters are read from the annotations.
    """

    def wrap(function: Callable[..., Answer]) -> Service:
        params = list(inspect.signature(function).parameters.values())[1:]
        required = frozenset(one.name for one in params if one.default is one.empty)
        optional = frozenset(one.name for one in params) - required
        summary = (function.__doc__ or "").strip().splitlines()[0] if function.__doc__ else ""
        hints = get_type_hints(function)
        takes = {one.name: _kind(hints.get(one.name)) for one in params}
        allowed = {param: frozenset(some) for param, some in words.items()}
        return Service(name, function, required, optional, summary, takes, allowed, leaves, replies)

    return wrap


def _kind(hint: Any) -> str:
    """The kind of value that a parameter's annotation asks for; None beside it is left out."""
    alone = [one for one in get_args(hint) if one is not NoneType] if get_origin(hint) is UnionType else [hint]
    origin = get_origin(alone[0]) or alone[0]
    return {str: "text", Mapping: "data", Sequence: "list"}.get(origin, "any")
