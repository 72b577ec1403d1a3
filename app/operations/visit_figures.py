"""What the applicant declared, as rows to be measured against; the form of the visit says which figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from app.operations.lists_for_forms import APPLICATION_FORMS
from app.store.cases import Held
from engine.errors import Sentence
from engine.forms import Field, Form
from engine.forms.measuring import Measured
from engine.forms.values import show

PREFILL = "case.declared_figures"
MOST = 20
# The names that rows of a form of an earlier release have, which said nothing of them.
EARLIER = Measured("uraian", "dinyatakan", "terukur", "satuan", "keterangan", ())


def rows(held: Held, applied: Mapping[str, Any], group: Field) -> list[dict[str, Any]]:
    """Rows of a group of measurements, each with what the application `applied` declares.

    In the order of the form's `of`; a form of an earlier release, without it, takes every figure.
    """
    facts, rule = held.case.facts, group.measured or EARLIER
    form = held.case.deployment.form(APPLICATION_FORMS[0], facts.permit, facts.category)
    found = [(path, row) for path, row in _figures(form.fields(), applied, rule, "", "") if path]
    if rule.of:
        found = [one for path in rule.of for one in found if one[0] == path]
    return [row for _, row in found][:MOST]


def _figures(
    fields: Iterable[Field], values: Mapping[str, Any], rule: Measured, path: str, where: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in (one for one in fields if one.name in values):
        if one.type in ("number", "integer"):
            row = {rule.what: where + one.label, rule.declared: values[one.name], rule.unit_field: one.unit}
            yield path + one.name, row
        elif one.type == "group":
            for number, row in enumerate(values[one.name], start=1):
                yield from _figures(one.fields, row, rule, f"{one.name}.", f"{one.label} {number}: ")


def groups(form: Form) -> Iterator[Field]:
    """The groups of a form that begin with declared figures and say what their fields are."""
    return (one for one in form.fields() if one.prefill == PREFILL and one.measured)


def stated(held: Held, form: Form, applied: Mapping[str, Any]) -> frozenset[str]:
    """The labels of the rows in which the applicant's figures stand."""
    of = [(group.measured or EARLIER, rows(held, applied, group)) for group in groups(form)]
    return frozenset(str(row[rule.what]) for rule, found in of for row in found)


def altered(held: Held, form: Form, applied: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each row in which something else stands as declared than the applicant did declare."""
    wrong: dict[str, str] = {}
    for group in groups(form):
        rule = group.measured or EARLIER
        declared = {row[rule.what]: row[rule.declared] for row in rows(held, applied, group)}
        for place, row in enumerate(values.get(group.name, ())):
            stated = declared.get(row.get(rule.what))
            if stated is not None and not _same(stated, row.get(rule.declared)):
                sentence = Sentence(
                    "Pemohon menyatakan %(typed)s; yang dinyatakan tidak diubah di sini", typed=_shown(stated)
                )
                wrong[f"{group.name}.{place}.{rule.declared}"] = sentence
    return wrong


def _same(stated: Any, typed: Any) -> bool:
    return typed is not None and Decimal(str(stated)) == Decimal(str(typed))


def _shown(value: Any) -> str:
    return show(Decimal(str(value)))
