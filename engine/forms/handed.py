"""What forms hand to the process: which fields, of what kind, with which words, and what their lists consist of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.forms.vocabulary import Field, Form

# How a value of a form reaches the process, by the type of its field; others are texts.
KINDS = {
    "number": "number", "integer": "number", "money": "number", "yes_no": "boolean", "declaration": "boolean",
    "group": "list", "choices": "list", "file": "list", "rows": "data",
}  # fmt: skip
# Forms whose sections are put into others when a task is opened (`Deployment.form`).
ADDED = {
    "permohonan": ("pemohon_", "teknis_"),
    "kelengkapan": ("pemohon_", "teknis_"),
    "hitung_retribusi": ("hitung_",),
}
Member = str | Mapping[str, str]


def _added(key: str, forms: Mapping[str, Form]) -> list[Form]:
    return [one for name, one in forms.items() if name.startswith(ADDED.get(key, ())) and name != key]


def _handed(key: str, forms: Mapping[str, Form]) -> list[Field]:
    """The fields of a form, added sections included, whose values reach the process."""
    return [field for one in (*_added(key, forms), forms[key]) for field in one.fields() if field.routes]


def _kind(field: Field) -> str:
    return KINDS.get(field.type, "text")


def kinds(key: str, forms: Mapping[str, Form]) -> dict[str, str]:
    """Field -> its kind of value: "text", "number", "boolean", "list", "data"."""
    return {one.name: _kind(one) for one in _handed(key, forms)}


def left_out(key: str, forms: Mapping[str, Form]) -> frozenset[str]:
    """The fields that may be left empty or are not asked of everybody; added sections may not belong to every form."""
    always = {id(field) for field in _always(forms[key]) if field.required}
    own = (field.name for field in forms[key].fields() if field.routes and id(field) not in always)
    added = (field.name for one in _added(key, forms) for field in one.fields() if field.routes)
    return frozenset((*own, *added))


def days(key: str, forms: Mapping[str, Form]) -> frozenset[str]:
    """The fields that hand over a day of the calendar, without an hour."""
    given: dict[str, set[str]] = {}
    for one in _handed(key, forms):
        given.setdefault(one.name, set()).add(one.type)
    return frozenset(name for name, kinds in given.items() if kinds == {"date"})


def words(key: str, forms: Mapping[str, Form]) -> dict[str, frozenset[str]]:
    """Field -> the only words it may hold; a choice from a list outside the form is not known beforehand."""
    offered: dict[str, list[frozenset[str] | None]] = {}
    for one in _handed(key, forms):
        offered.setdefault(one.name, []).append(_options(one))
    return {name: frozenset().union(*known) for name, some in offered.items() if (known := _all_known(some))}


def row_words(key: str, forms: Mapping[str, Form]) -> dict[tuple[str, str], frozenset[str]]:
    """(group, field of its rows) -> the only words that this field may hold."""
    offered: dict[tuple[str, str], list[frozenset[str] | None]] = {}
    for group in [one for one in _handed(key, forms) if one.type == "group"]:
        for inner in group.fields:
            offered.setdefault((group.name, inner.name), []).append(_options(inner))
    return {path: frozenset().union(*known) for path, some in offered.items() if (known := _all_known(some))}


def _options(field: Field) -> frozenset[str] | None:
    closed = field.type in ("choice", "choices") and not field.options_from
    return frozenset(value for value, _ in field.options) if closed else None


def certain(key: str, forms: Mapping[str, Form]) -> frozenset[str]:
    """The choices of one word, and of yes or no, never left empty: required, and asked of every application."""
    asked = (one for one in _always(forms[key]) if one.routes and one.required)
    return frozenset(one.name for one in asked if one.type in ("choice", "yes_no"))


def _always(form: Form) -> Iterator[Field]:
    """The fields that are asked of everybody, whatever was answered before."""
    sections = (one for one in form.sections if one.visible_if is None)
    yield from (field for one in sections for field in one.fields if field.visible_if is None and not field.kinds)


def _all_known(some: Iterable[frozenset[str] | None]) -> list[frozenset[str]]:
    """The sets of words that a name stands for; none when one of them is open."""
    found = list(some)
    return [] if None in found else [one for one in found if one is not None]


def members(key: str, forms: Mapping[str, Form]) -> dict[str, Member]:
    """List field -> what a member of it is: the kind of a text, or a row's fields by kind.

    A name that stands for several lists is left out unless they agree.
    """
    found: dict[str, list[Member]] = {}
    for one in _handed(key, forms):
        if _kind(one) == "list":
            row: Member = {inner.name: _kind(inner) for inner in one.fields} if one.type == "group" else "text"
            found.setdefault(one.name, []).append(row)
    return {name: some[0] for name, some in found.items() if all(one == some[0] for one in some)}
