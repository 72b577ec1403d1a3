"""Riwayat isian: of every field of a case, who changed it from what to what, when, and in which step.

What an application says is one thing, however often it is handed in; every
other step, and each agency's, has answers of its own.  Numbers of identity are
masked as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.operations.desk import CasePage
from app.operations.lists_for_forms import APPLICATION_FORMS
from app.web.answered import Single, each
from app.web.words import translated

Subject = tuple[str, str]
NOTHING = Single("", "", ())


@dataclass(frozen=True)
class FieldChange:
    """`before` is "" where nothing stood, `after` is "" where the field was emptied."""

    name: str
    label: str
    form: str
    before: str
    after: str
    who: str
    at: datetime
    step: str
    first: bool  # it came with the first answers about its subject
    given: tuple[str, ...]  # as handed in, () where emptied: for telling changes that masks and names hide; never shown


def changes(page: CasePage) -> dict[Subject, list[FieldChange]]:
    """Every answer that differs from the one before it, oldest first, by what it is about."""
    documents = {str(one.id): one for one in (*page.documents, *page.replaced)}
    found: dict[Subject, list[FieldChange]] = {}
    stands: dict[Subject, dict[str, Single]] = {}
    for one in page.submissions:
        if one.erased:
            continue
        about = subject(page, one)
        form = page.forms[one.form_key]
        now = each(form, one.values, page.lists, documents)
        asked = {field.name for field in form.fields()}
        before = stands.setdefault(about, {})
        found.setdefault(about, []).extend(_changes(page, one, before, now, asked))
        gone = {name for name in before if name not in now and name.partition(".")[0] in asked}
        stands[about] = {name: pair for name, pair in before.items() if name not in gone} | now
    return found


def values(page: CasePage) -> dict[tuple[Subject, str], FieldChange]:
    """What stands in every field, as its last change."""
    return {(about, one.name): one for about, told in changes(page).items() for one in told}


def of_submission(page: CasePage, told: Mapping[Subject, list[FieldChange]]) -> dict[Any, dict[str, list[FieldChange]]]:
    """For the newest answers about each thing: name of a field -> its changes, where it has more than one.

    By id of the submission; a row of several fields bears the changes of all of them.
    """
    newest = {subject(page, one): one.id for one in page.submissions}
    return {id: _changed(told.get(about, ())) for about, id in newest.items()}


def subject(page: CasePage, one: Any) -> Subject:
    """What an answer is about."""
    if one.form_key in APPLICATION_FORMS:
        return "permohonan", ""
    unit = next((task.unit for task in page.tasks if task.id == one.task_id), "")
    return one.element, unit


def _changes(
    page: CasePage, one: Any, before: Mapping[str, Single], now: Mapping[str, Single], asked: set[str]
) -> Iterator[FieldChange]:
    about: dict[str, Any] = {
        "form": translated(page.forms[one.form_key].title),
        "who": page.names.get(one.by, ""),
        "at": one.at,
        "step": step_name(page, one.element),
    }
    for name, new in now.items():
        old = before.get(name, NOTHING)
        if old.given != new.given:
            told: dict[str, Any] = {"before": old.text, "after": new.text, "given": new.given, "first": not before}
            yield FieldChange(name, new.label, **told, **about)
    for name, old in before.items():
        if name not in now and name.partition(".")[0] in asked:
            yield FieldChange(name, old.label, before=old.text, after="", given=(), first=False, **about)


def step_name(page: CasePage, id: str) -> str:
    """What the case's own diagram calls a step."""
    case = page.held.case
    element = case.deployment.definition.scope(case.process).get(id)
    return translated(element.name) if element is not None and element.name else id


def _changed(told: Iterable[FieldChange]) -> dict[str, list[FieldChange]]:
    rows = list(told)
    changed = {one.name for one in rows if not one.first}
    found: dict[str, list[FieldChange]] = {}
    for one in rows:
        for name in _names(one.name) if one.name in changed else ():
            found.setdefault(name, []).append(one)
    return found


def _names(name: str) -> Iterator[str]:
    """The field and the rows it stands in: "berkas.ktp.status" is told at "berkas.ktp" too."""
    parts = name.split(".")
    yield from (".".join(parts[:n]) for n in range(1, len(parts) + 1))
