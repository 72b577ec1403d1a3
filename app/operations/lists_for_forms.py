"""Lists that forms draw from: requirements, agencies, areas, what was flagged, who is in a team."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from app.store import Store
from app.store.cases import Held
from engine.case import Task
from engine.deployment import Deployment
from engine.forms import Choices, Form

Pairs = tuple[tuple[str, str], ...]

# Elements whose answers flag requirements for repair: name of the rows field -> what counts as wrong.
WRONG = {
    "periksa_kelengkapan": ("kelengkapan", "status", ("tidak_ada", "tidak_terbaca", "kedaluwarsa")),
    "verifikasi_keabsahan": ("keabsahan", "hasil", ("perbaikan", "tidak_sah")),
}
APPLICATION_FORMS = ("permohonan", "kelengkapan")
COMPLETING = "lengkapi"  # here the papers that were sent back stand first


def form_of(held: Held, task: Task) -> Form:
    """The form of a task as this case needs it: with the sections of its permit, category and levy, for its kind."""
    facts = held.case.facts
    return bound_form(held.case.deployment, task.form_key, facts.permit, facts.category).asked_of(facts.kind)


def bound_form(deployment: Deployment, key: str, permit: str, category: str) -> Form:
    return deployment.form(key, permit, category)


class Lists(Mapping[str, Pairs]):
    """Lists by name, each looked up when a form first asks for it; only within its transaction."""

    def __init__(self, makers: Mapping[str, Callable[[], Pairs]]) -> None:
        self._makers = makers
        self._made: dict[str, Pairs] = {}

    def __getitem__(self, name: str) -> Pairs:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def lists(store: Store, held: Held, day: date) -> Choices:
    """Every list a form may name, for this case, looked up at once: for pages."""
    return dict(lists_asked_for(store, held, day))


def named_lists(form: Form) -> frozenset[str]:
    """The lists that a form's fields name, those inside rows and groups included."""
    pending, found = [*form.fields()], set()
    while pending:
        one = pending.pop()
        found |= {one.options_from, one.rows_from}
        found |= {"unsent_requirements"} if one.rows_from else set()
        pending.extend(one.fields)
    return frozenset(found - {"", None})


def lists_asked_for(store: Store, held: Held, day: date) -> Choices:
    """The same, each looked up only when the form asks for it: for reading what was typed."""
    case, catalogue = held.case, held.case.deployment.catalogue
    permit = catalogue.permits[case.facts.permit]
    wanted = catalogue.requirements_of(permit.code, case.facts.kind, case.facts.category)
    if any(one.element == COMPLETING for one in case.tasks):
        asked = flagged(store, held)
        wanted = tuple(sorted(wanted, key=lambda one: one.code not in asked))
    names = {one.code: one.name for one in wanted}
    return Lists(
        {
            "requirements": lambda: tuple((one.code, one.name) for one in wanted if one.mandatory),
            "optional_requirements": lambda: tuple((one.code, one.name) for one in wanted if not one.mandatory),
            "all_requirements": lambda: tuple(names.items()),
            "unsent_requirements": lambda: _unsent(store, held, names),
            "flagged": lambda: tuple((code, names.get(code, code)) for code in flagged(store, held)),
            "agencies": lambda: tuple((code, catalogue.agencies[code].name) for code in permit.agencies),
            "all_agencies": lambda: tuple((one.code, one.name) for one in catalogue.agencies.values()),
            "professions": lambda: tuple((one, one) for one in permit.professions),
            "areas": lambda: tuple((a.code, a.name) for a in catalogue.areas.values() if a.level == "kelurahan"),
            "team_members": lambda: team(store, permit.agencies, day),
        }
    )


def _unsent(store: Store, held: Held, names: Mapping[str, str]) -> Pairs:
    """Requirements no paper was sent for."""
    sent = {one.requirement for one in store.documents.of_case(held.id)}
    return tuple(one for one in names.items() if one[0] not in sent)


def team(store: Store, agencies: tuple[str, ...], day: date) -> tuple[tuple[str, str], ...]:
    """Who may be sent out: each with the agency and the role; whoever leads may inspect only as a member too."""
    found: dict[str, str] = {}
    for agency in agencies:
        for role in ("TT", "KT"):
            for person in store.people.holders(role, agency, day):
                found.setdefault(str(person.id), f"{person.name} ({agency}, {role})")
    return tuple(found.items())


def flagged(store: Store, held: Held) -> tuple[str, ...]:
    """Codes of requirements the last check found wanting; the repair form asks for these only."""
    for submission in reversed(store.cases.submissions(held.id)):
        if submission.element in WRONG:
            return _wrong(submission.values, *WRONG[submission.element])
    return ()


def _wrong(values: Mapping[str, Any], rows: str, word: str, bad: tuple[str, ...]) -> tuple[str, ...]:
    found = values.get(rows, {})
    return tuple(code for code, row in found.items() if row.get(word) in bad)


class Uploaded(Mapping[str, list[str]]):
    """Documents uploaded for the fields of a task, looked up when a form first asks for one: most have no files."""

    def __init__(self, store: Store, held: Held, task: Task) -> None:
        self._of = (store, held, task)

    @cached_property
    def _found(self) -> dict[str, list[str]]:
        return files_of(*self._of)

    def __getitem__(self, name: str) -> list[str]:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def file_key(task: Task, name: str) -> str:
    """Where a document of a field is kept: the applicant's papers belong to the case, others to their task."""
    return f"PM/{name}" if task.form_key in APPLICATION_FORMS else f"{task.id}/{name}"


def files_of(store: Store, held: Held, task: Task) -> dict[str, list[str]]:
    """Documents uploaded so far for the fields of a task: field name -> document ids."""
    prefix = file_key(task, "")
    found: dict[str, list[str]] = {}
    for one in store.documents.of_case(held.id):
        if one.field.startswith(prefix):
            found.setdefault(one.field.removeprefix(prefix), []).append(str(one.id))
    return found


def replaced(documents: Iterable[Any]) -> frozenset[UUID]:
    """Of the papers of a file, oldest first, those that gave way to a newer one for the same requirement."""
    papers = [one for one in documents if one.requirement]
    current = {one.requirement: one.id for one in papers}
    return frozenset(one.id for one in papers if current[one.requirement] != one.id)


def document_labels(store: Store, held: Held) -> dict[str, str]:
    """What the field a document was uploaded at is called: the document's field -> label."""
    tasks = {str(one.id): one.element for one in store.task_lists.tasks_of(held.id)}
    fields = {one.field for one in store.documents.of_case(held.id) if not one.requirement}
    found = {one: _label(held, tasks, one) for one in fields}
    return {one: label for one, label in found.items() if label}


def _label(held: Held, tasks: Mapping[str, str], kept: str) -> str:
    task, _sep, name = kept.partition("/")
    elements = held.case.deployment.definition.elements
    element = elements.get(tasks.get(task, ""))
    key = APPLICATION_FORMS[0] if task == "PM" else element.form_key if element else ""
    if not key:
        return ""
    facts = held.case.facts
    one = bound_form(held.case.deployment, key, facts.permit, facts.category).field(name.partition(".")[0])
    return one.label if one is not None else ""
