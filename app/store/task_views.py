"""What stands on which list of an official: each list in parts that one index walks in the list's own order.

A list over several roles is merged from one part for each, so that its first page is found at once among a million.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, any_, case, func, or_, select, tuple_, union_all

from app.store import case_texts
from app.store.tables.cases import case_texts as case_texts_table
from app.store.tables.cases import cases, clock_readings, clocks, tasks
from app.store.tables.task_refusals import standing_refusals
from app.store.tables.watches import watches
from engine.access import APPLICANT, Actor

if TYPE_CHECKING:
    from app.store.task_lists import InboxFilter

Part = tuple[Any, ...]  # conditions of one part
OPEN = tasks.c.status == "open"
tasks_before = tasks.alias("tasks_before")
NOTHING: Part = (tasks.c.id.is_(None),)  # the group of somebody without a role


def views(actor: Actor, view: str, since: datetime | None) -> list[Part]:
    """The parts of a list; none of them shares a task with another."""
    mine = (OPEN, tasks.c.assignee_id == actor.id)
    if view == "saya":
        return [mine]
    if view == "dipantau":
        return [(OPEN, tasks.c.case_id.in_(select(watches.c.case_id).where(watches.c.person_id == actor.id)))]
    if view == "selesai":
        return [(tasks.c.status == "done", tasks.c.closed_by == actor.id, tasks.c.closed_at >= since)]
    if view == "kelompok":
        return [*_offered(actor)] or [NOTHING]
    if view == "ditolak":
        return [(*one, tasks.c.id == any_(func.array(_refused(actor)))) for one in _group(actor)] or [NOTHING]
    if view == "dapat":
        return [(*mine, ~_standing())]
    every = [mine, *_offered(actor)]
    if view == "ditangguhkan":
        return [*((*one, _standing()) for one in every), _asked_for(actor)]
    return [*every, _asked_for(actor)] if view == "tertahan" else every


def _asked_for(actor: Actor) -> Part:
    """What applicants have to do in files the actor worked on, while the file's service clock stands still for it."""
    worked = select(tasks_before.c.case_id).where(tasks_before.c.closed_by == actor.id)
    stands = select(clocks.c.case_id).join(clock_readings, clock_readings.c.clock_id == clocks.c.id)
    stands = stands.where(clocks.c.name == "L", clock_readings.c.paused)
    theirs = (tasks.c.role == APPLICANT, tasks.c.assignee_id.is_distinct_from(actor.id))
    return (OPEN, *theirs, tasks.c.case_id.in_(worked), tasks.c.case_id.in_(stands))


def _offered(actor: Actor) -> Iterator[Part]:
    """The group's tasks without those that the actor refused to take: few ids, read once for a list."""
    for one in _group(actor):
        yield (*one, tasks.c.id.not_in(_refused(actor)))


def _refused(actor: Actor) -> Any:
    return select(standing_refusals.c.task_id).where(standing_refusals.c.person_id == actor.id).scalar_subquery()


def _group(actor: Actor) -> Iterator[Part]:
    """Open tasks of the actor's roles and units that nobody holds, role by role.

    Left out are his own applications, and tasks that name others (`Task.named`).
    """
    named = or_(tasks.c.properties.not_like('%"named":%'), tasks.c.properties.contains(str(actor.id)))
    free = (OPEN, tasks.c.assignee_id.is_(None), named, cases.c.applicant_id != actor.id)
    units: dict[str, set[str]] = {}
    for one in actor.grants:
        units.setdefault(one.role, set()).add(one.unit)
    for role, found in units.items():
        own = () if "" in found else (tasks.c.unit.in_(["", *sorted(found)]),)
        yield (tasks.c.role == role, *free, *own)


def _standing() -> Any:
    """Tasks whose clock stands still by what happened in the file: the own one, where it has one, else the file's.

    That of the validation of a payment stands for the file's (`clock_views.task_clock`).
    """
    here = select(clocks.c.id).join(clock_readings, clock_readings.c.clock_id == clocks.c.id)
    here = here.where(clocks.c.case_id == tasks.c.case_id)
    own, validating = here.where(clocks.c.task_id == tasks.c.id), here.where(clocks.c.name == "VALIDASI")
    # Said of which tasks: two selections deep it would be of any task of the office.
    validates = and_(tasks.c.element == "validasi_bayar", validating.correlate(tasks).exists())
    of_file = case((validates, "VALIDASI"), else_="L")
    stands = clock_readings.c.paused
    some = tasks.c.case_id.in_(select(clock_readings.c.case_id).where(stands))
    other = and_(~own.exists(), here.where(clocks.c.name == of_file, stands).exists())
    return and_(some, or_(own.where(stands).exists(), other))


def sifting(wanted: InboxFilter, there: Sequence[UUID] | None = None) -> list[Any]:
    """The conditions that a reader adds to a list; `there`: the files of the place, where they are few."""
    plain = {
        cases.c.permit: wanted.permit,
        tasks.c.element: wanted.element,
        tasks.c.unit: wanted.unit,
        cases.c.state: wanted.state,
    }
    found = [column == word for column, word in plain.items() if word]
    if there is not None:
        found.append(tasks.c.case_id.in_(list(there)) if there else tasks.c.id.is_(None))
    elif wanted.area:
        found.append(_within(cases.c.area, wanted.area))
    if wanted.text:
        found.append(case_texts.named(wanted.text, wanted.keys))
    return found


def _within(column: Any, area: str) -> Any:
    """In a kelurahan, or in one of a kecamatan."""
    return or_(column == area, column.startswith(f"{area}.", autoescape=True))


def few_of(area: str, most: int) -> Any:
    """The files of a place, one more than `most` where they are not few."""
    return select(case_texts_table.c.case_id).where(_within(case_texts_table.c.area, area)).limit(most + 1)


def page(parts: Sequence[Part], sifted: Sequence[Any], after: tuple[datetime | None, UUID] | None, most: int) -> Any:
    """Ids and places of the next tasks of a list, each part read no further than the page."""
    beyond = [behind(*after)] if after else []
    order = (tasks.c.urgent_at, tasks.c.id)
    found = [of(one, *order).where(*sifted, *beyond).order_by(*order).limit(most) for one in parts]
    merged = together(found)
    return select(merged).order_by(merged.c.urgent_at, merged.c.id).limit(most).subquery()


def behind(at: datetime | None, id: UUID) -> Any:
    return tuple_(tasks.c.urgent_at, tasks.c.id) > (at, id)


def of(part: Part, *columns: Any) -> Any:
    """A part's tasks, with their files."""
    return select(*columns).join(cases, cases.c.id == tasks.c.case_id).where(*part)


def together(found: Sequence[Any]) -> Any:
    """Selections of the same columns as one table."""
    return union_all(*(one.subquery().select() for one in found)).subquery()


def some(parts: Sequence[Part], most: int) -> Any:
    """The ids of a list's tasks, none beyond `most`: for counting."""
    found = [of(one, tasks.c.id).limit(most) for one in parts]
    return together(found).select().limit(most).subquery()
