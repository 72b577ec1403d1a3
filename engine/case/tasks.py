"""Tasks of officials and applicants as the process opens them: whose they are, and how long they stood open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine import access
from engine.bpmn import OpenTask
from engine.case.values import HOME_UNIT, Case, Task
from engine.catalogue import channels
from engine.clocks import PastSpells, Spell


def made(found: OpenTask, case: Case, at: datetime) -> Task:
    """The task that the process opened at `at`, with its standard time and its agency."""
    properties = dict(found.properties)
    names = properties.get("notSameAs", "")
    if found.named:
        properties["named"] = ",".join(sorted(found.named))
    return Task(
        id=found.id,
        element=found.element,
        name=found.name,
        role=found.role,
        form_key=found.form_key,
        opened_at=at,
        unit=_unit(found, case),
        standard=standard_of(properties, case.facts.channel),
        not_same_as=tuple(one.strip() for one in names.split(",") if one.strip()),
        properties=properties,
    )


def standard_of(properties: Mapping[str, str], channel: str) -> str:
    """The standard time of a step as its diagram gives it, which may be another for files that came online."""
    online = properties.get("standardOnline", "")
    return online if online and channel == "daring" else properties.get("standard", "")


def _unit(found: OpenTask, case: Case) -> str:
    """The agency: the multi-instance item, else the permit's first agency for an agency's role."""
    if isinstance(found.item, str) and found.item:
        return found.item
    role = case.deployment.catalogue.roles.get(found.role)
    agencies = case.deployment.catalogue.permits[case.facts.permit].agencies
    return agencies[0] if role and role.agency and agencies else ""


def spell_of(case: Case, task: Task) -> tuple[Spell, ...]:
    """Open time of an official's task; tasks of applicants never count (ruling 4)."""
    role = case.deployment.catalogue.roles.get(task.role)
    if task.role == access.APPLICANT or (role and not role.official):
        return ()
    channel = channels.of_role(case.deployment.catalogue, task.role)
    unit = task.unit or HOME_UNIT
    return (Spell(unit, channel, task.element, task.opened_at, None, bool(task.unit), task.role),)


def ended(case: Case, still: set[str], at: datetime) -> tuple[Spell | PastSpells, ...]:
    """Spells of tasks that are gone end now (each open spell belongs to one open task, in order)."""
    gone = [(t.unit or HOME_UNIT, t.element) for t in case.tasks if t.id not in still and t.role != access.APPLICANT]
    spells = list(case.spells)
    for n, spell in enumerate(spells):
        key = (spell.unit, spell.step)
        if isinstance(spell, Spell) and spell.until is None and key in gone:
            gone.remove(key)
            spells[n] = replace(spell, until=at)
    return tuple(spells)


def state_of(task: Task, case: Case) -> str:
    """What the open task makes of the case; a step that comes up again may say it in another word."""
    repeated = any(one.element == task.element for one in case.done)
    again = task.properties.get("stateAgain", "") if repeated else ""
    return again or task.properties.get("state", "")
