"""The steps of a permit that are done at the counter, and the time that each of them has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn import Element
from engine.catalogue import Catalogue, Term, channels
from engine.deployment import Deployment


@dataclass(frozen=True)
class CounterStep:
    """`kind`: "T" for a step, "V" for a term of the office's own work; `online`: of a file that came by the portal."""

    kind: str
    name: str
    budget: str
    basis: str
    online: bool = False


def counter_steps(release: Deployment, permit: str) -> tuple[CounterStep, ...]:
    """In the order of the diagrams: whatever a role that receives people does in a standard time, and its terms."""
    law = release.catalogue
    scope = release.definition.scope(law.permits[permit].process).values()
    steps = [step for one in scope if channels.hours_of(law, one.role) for step in _of_element(one)]
    return (*dict.fromkeys(steps), *map(_of_term, _terms(law)))


def _of_element(one: Element) -> Iterator[CounterStep]:
    standard, online = one.properties.get("standard", ""), one.properties.get("standardOnline", "")
    basis = one.properties.get("legalBasis", "")
    if standard:
        yield CounterStep("T", one.name, standard, basis)
    if online:
        yield CounterStep("T", one.name, online, basis, online=True)


def _terms(law: Catalogue) -> Iterator[Term]:
    return (one for one in law.terms.values() if one.role and channels.hours_of(law, one.role))


def _of_term(one: Term) -> CounterStep:
    return CounterStep("V", one.name, one.budget, one.basis)
