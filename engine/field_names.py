"""Another name for a field of a form: conditions, tables, letters, scenarios and forms that begin with it follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine import carried_answers, contracts, field_scope, letter_names, reserved, scenario_names
from engine import catalogue as law
from engine.bpmn import elements, reading
from engine.catalogue import Catalogue
from engine.changed_files import Changed, as_json, kept, replaced, told
from engine.deployment import CATALOGUE
from engine.errors import Finding, Refused, Sentence, SubmissionInvalid
from engine.forms.naming import fault
from engine.json_faults import object_of
from engine.titles import titles

DRAWN = (".bpmn", ".dmn")
SHOWN = 12  # fields of a form in a message


def alone(old: str, new: str) -> str:
    """The new name of a field without what `old` begins with.  Raises SubmissionInvalid at `baru` for another form."""
    beginning, dot, name = new.rpartition(".")
    if dot and beginning != old.rpartition(".")[0]:
        told_so = "Tulis nama isiannya saja, misalnya %(name)s; isian tetap di formulirnya, tidak pindah ke %(other)s."
        raise SubmissionInvalid({"baru": Finding(told_so, name=name[:60] or "luas_tanah", other=beginning[:60])})
    return name


def renamed(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """In its form, in what diagrams and tables read of its tasks, and in what letters print of their answers.

    Raises SubmissionInvalid at `lama` or `baru`, Refused; reading.Unreadable and what JSON raises for files that cannot
    be read.
    """
    key, name = _found(files, old)
    names = _names(files[f"forms/{key}.json"])
    if new in names:
        there = Finding("Isian %(name)s sudah ada di formulir itu; pilih nama lain.", name=new)
        raise SubmissionInvalid({"baru": there})
    if odd := fault(new, names - {name}):
        raise SubmissionInvalid({"baru": odd})
    if contracts.reads(*_known(files), key, name):
        raise Refused(Finding("Isian %(name)s dipakai kantor dengan nama itu; ganti sebutannya saja.", name=name))
    found = told(f"forms/{key}.json", files, lambda form: field_scope.in_form(form, name, new))
    # What others read under a name of the office's own is the office's, not the field's.
    found |= _taken_up(files, key, name, new)
    if name not in reserved.NAMES:
        found |= _read(files, key, name, new)
    return found | scenario_names.field({**files, **kept(found)}, frozenset(_opening(files, key, name)), name, new)


def inside(form: bytes, old: str, new: str) -> bytes:
    """A form in which a field bears another name, as though nothing else read it.  Raises what JSON raises."""
    return as_json(field_scope.in_form(json.loads(form.decode("utf-8-sig")), old, new))


def _found(files: Mapping[str, bytes], old: str) -> tuple[str, str]:
    """The form and the name of what is called `form.field`, or `step.field`."""
    typed, dot, name = old.partition(".")
    if not dot:
        said = "Tulis formulir dan isiannya dengan titik di antaranya, misalnya terbit_skrd.masa_retribusi."
        raise SubmissionInvalid({"lama": said})
    key = typed if f"forms/{typed}.json" in files else _form_of(files, typed)
    if f"forms/{key}.json" not in files:
        gone = "Formulir %(form)s tidak ada dalam rancangan ini; tulis namanya seperti di daftar halaman ini."
        raise Refused(Finding(gone, form=typed[:60]))
    form = object_of(files[f"forms/{key}.json"])
    if name in _names(files[f"forms/{key}.json"]):
        return key, name
    if (last := name.rpartition(".")[2]) in set(_within(form.get("sections"))):
        inner = "Isian %(name)s ada di dalam kelompok; ganti namanya di penyunting formulir %(form)s."
        raise Refused(Finding(inner, name=last[:60], form=key))
    listed = ", ".join(sorted(_names(files[f"forms/{key}.json"]))[:SHOWN])
    gone = "Isian %(name)s tidak ada dalam formulir %(form)s; yang ada: %(listed)s."
    raise Refused(Finding(gone, name=name[:60], form=key, listed=listed))


def _form_of(files: Mapping[str, bytes], step: str) -> str:
    """Key of the form that a step opens; "" for none."""
    return next((one.form_key for one in _tasks(files) if one.id == step), "")


def _read(files: Mapping[str, bytes], key: str, name: str, new: str) -> Changed:
    """Diagrams, tables and letters that read the field.  Raises Refused where a letter may read it unseen."""
    found: Changed = {}
    steps = frozenset(_opening(files, key, name))
    for id in sorted(steps):
        read = rf"(?<![\w.]){re.escape(id)}\.{re.escape(name)}(?!\w)"
        found |= replaced({**files, **kept(found)}, read, f"{id}.{new}", DRAWN)
    others = frozenset(one.id for one in _tasks(files)) - steps
    field = letter_names.Field(name, steps, _only_applied(files, key, name), others)
    letters, left = letter_names.followed(files, field, new)
    if left:
        told_first = "Surat “%(letter)s” menyebut isian ini; ganti dahulu namanya dalam templat surat itu."
        raise Refused(Sentence(told_first, letter=titles(files).get(left[0], left[0])))
    return found | letters


def _opening(files: Mapping[str, bytes], key: str, name: str) -> Iterator[str]:
    """Tasks whose answers hold the field: those that open its form, or the form that it is put into."""
    applied = key not in carried_answers.APPLYING and _only_applied(files, key, name)
    forms = (key, *(carried_answers.APPLYING if applied else ()))
    yield from (one.id for one in _tasks(files) if one.form_key in forms)


def _applying(files: Mapping[str, bytes]) -> frozenset[str]:
    keys = (path.removeprefix("forms/").removesuffix(".json") for path in files if path.startswith("forms/"))
    return carried_answers.of_application(keys, _known(files)[0])


def _only_applied(files: Mapping[str, bytes], key: str, name: str) -> bool:
    """Whether this form alone asks for the field in an application."""
    applying = _applying(files)
    others = (one for one in applying if one != key)
    return key in applying and not any(name in _names(files[f"forms/{one}.json"]) for one in others)


def _taken_up(files: Mapping[str, bytes], key: str, old: str, new: str) -> Changed:
    """Forms that begin with what an application states, where this form alone states it."""
    if not _only_applied(files, key, old):
        return {}
    others = {path: text for path, text in files.items() if path.startswith("forms/") and path != f"forms/{key}.json"}
    made = {path: carried_answers.followed(text, old, new) for path, text in others.items() if path.endswith(".json")}
    return {path: text for path, text in made.items() if text != files[path]}


def _known(files: Mapping[str, bytes]) -> tuple[Catalogue, dict[str, bytes]]:
    """The law and the diagrams of a release."""
    rows = {path.removeprefix(CATALOGUE): text for path, text in files.items() if path.startswith(CATALOGUE)}
    return law.load(rows)[0], {path: text for path, text in files.items() if path.endswith(".bpmn")}


def _names(form: bytes) -> set[str]:
    return {field["name"] for section in json.loads(form)["sections"] for field in section["fields"]}


def _within(parts: Any) -> Iterator[str]:
    """Names of all fields, those within groups too."""
    for one in parts if isinstance(parts, list) else ():
        if isinstance(one, dict):
            yield str(one.get("name", ""))
            yield from _within(one.get("fields"))


def _tasks(files: Mapping[str, bytes]) -> Iterator[elements.Element]:
    """The tasks of all diagrams."""
    for path, content in files.items():
        if path.endswith(".bpmn"):
            drawn = elements.elements(reading.read(path, content)).values()
            yield from (one for one in drawn if one.kind in elements.HUMAN)
