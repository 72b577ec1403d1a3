"""Another name for a form, a field of one, a step or a decision table: all of a release that says the old one follows.

Files are changed where the name stands and nowhere else, so that what they look like stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from engine import carried_answers, contracts, naming, printed, reserved, scenario_names, step_names
from engine import catalogue as law
from engine.bpmn import elements, reading
from engine.catalogue import Catalogue
from engine.changed_files import Changed, as_json, kept, replaced, told
from engine.deployment import CATALOGUE
from engine.errors import Refused, Sentence, SubmissionInvalid

Kind = Literal["form", "field", "decision", "step"]
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}", re.ASCII)
# Names that the office itself asks for (engine.deployment, engine.forms.handed).
OWN_FORMS = re.compile(r"tindakan|permohonan|kelengkapan|hitung_\w+|pemohon_\w+", re.ASCII)
REFERENCES = ("field", "not_before", "accuracy", "beyond", "what", "declared", "measured", "unit_field", "remark")
DRAWN = (".bpmn", ".dmn")


def renamed(files: Mapping[str, bytes], kind: Kind, old: str, new: str) -> Changed:
    """The files that change, by path.  `old` of a field: `form.field`, `new`: the field's name alone.

    Raises SubmissionInvalid at `baru` for a name that cannot be or is taken, Refused for what cannot be renamed.
    """
    if not NAME.fullmatch(new):
        raise SubmissionInvalid({"baru": "Nama baru berupa huruf kecil, angka, dan garis bawah, dimulai huruf"})
    acts: dict[Kind, Callable[[Mapping[str, bytes], str, str], Changed]] = {
        "form": _form, "field": _field, "decision": _decision, "step": step_names.renamed,
    }  # fmt: skip
    try:
        return acts[kind](files, old, new)
    except reading.Unreadable as fault:
        raise Refused("Ada diagram yang tidak dapat dibaca; perbaiki dahulu, lalu ganti namanya.") from fault


def _form(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    before, after = f"forms/{old}.json", f"forms/{new}.json"
    if before not in files or OWN_FORMS.fullmatch(old):
        raise Refused("Formulir ini tidak dapat diganti namanya: tidak ada, atau dipakai kantor dengan nama itu.")
    if after in files:
        raise SubmissionInvalid({"baru": "Nama ini sudah dipakai"})
    moved = as_json(json.loads(files[before]) | {"key": new})
    law = f"{CATALOGUE}permits.json"
    found: Changed = {before: None, after: moved}
    found |= replaced(files, r'(name="formKey"\s+value=")' + re.escape(old) + '(")', rf"\g<1>{new}\g<2>", DRAWN)
    found |= told(law, files, lambda permits: {code: _bound(one, old, new) for code, one in permits.items()})
    return found


def _bound(permit: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return permit | {"technical_form": new} if permit.get("technical_form") == old else permit


def _field(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """In its form, in what diagrams and tables read of its tasks, and in what letters print of their answers."""
    files = dict(files)
    key, _, name = old.partition(".")
    path = f"forms/{key}.json"
    if path not in files or name not in _names(json.loads(files[path])):
        raise Refused("Isian ini tidak ada dalam formulirnya.")
    if new in _names(json.loads(files[path])):
        raise SubmissionInvalid({"baru": "Nama ini sudah dipakai"})
    if new in reserved.NAMES or naming.fault(new):
        raise SubmissionInvalid({"baru": "Nama ini dipakai kantor atau peramban sendiri; pilih nama lain"})
    if contracts.reads(*_known(files), key, name):
        raise Refused("Isian ini tidak dapat diganti namanya: dipakai kantor dengan nama itu.")
    found = told(path, files, lambda form: _renamed_inside(form, name, new))
    # What others read under a name of the office's own is the office's, not the field's.
    found |= _taken_up(files, key, name, new)
    for id in () if name in reserved.NAMES else _opening(files, key, name):
        read = rf"(?<![\w.]){re.escape(id)}\.{re.escape(name)}(?!\w)"
        found |= replaced(files | kept(found), read, f"{id}.{new}", DRAWN)
        asked = rf'("{re.escape(id)}"\s*,\s*"){re.escape(name)}(")'
        found |= replaced(files | kept(found), asked, rf"\g<1>{new}\g<2>", (".typ",))
    if name not in reserved.NAMES and (letters := printed.letters_naming(files | kept(found), key, name)):
        told_first = "Surat “%(letter)s” menyebut isian ini; ganti dahulu namanya dalam templat surat itu."
        raise Refused(Sentence(told_first, letter=letters[0]))
    return found | scenario_names.field(files, frozenset(_opening(files, key, name)), name, new)


def _opening(files: Mapping[str, bytes], key: str, name: str) -> Iterator[str]:
    """Tasks whose answers hold the field: those that open its form, or the form that it is put into."""
    yield from _tasks(files, key)
    if key not in carried_answers.APPLYING and _only_applied(files, key, name):
        yield from (id for form in carried_answers.APPLYING for id in _tasks(files, form))


def _only_applied(files: Mapping[str, bytes], key: str, name: str) -> bool:
    """Whether this form alone asks for the field in an application."""
    keys = (path.removeprefix("forms/").removesuffix(".json") for path in files if path.startswith("forms/"))
    applying = carried_answers.of_application(keys, _known(files)[0])
    others = (one for one in applying if one != key)
    return key in applying and not any(name in _names(json.loads(files[f"forms/{one}.json"])) for one in others)


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


def _names(form: Any) -> set[str]:
    return {field["name"] for section in form["sections"] for field in section["fields"]}


def _renamed_inside(value: Any, old: str, new: str) -> Any:
    """A form with the field's name changed, and every word of it that refers to the field."""
    if isinstance(value, list):
        return [_renamed_inside(one, old, new) for one in value]
    if not isinstance(value, dict):
        return value
    changed = {word: _renamed_inside(one, old, new) for word, one in value.items()}
    for word in ("name", *REFERENCES):
        if changed.get(word) == old:
            changed[word] = new
    return changed


def _tasks(files: Mapping[str, bytes], form: str) -> Iterator[str]:
    """Ids of the tasks that open a form."""
    for path, content in files.items():
        if path.endswith(".bpmn"):
            for one in elements.elements(reading.read(path, content)).values():
                if one.kind in elements.HUMAN and one.form_key == form:
                    yield one.id


def _decision(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    tables = {path: text for path, text in files.items() if path.endswith(".dmn")}
    mine = rf'(<(?:\w+:)?decision\b[^>]*\bid="){re.escape(old)}(")'
    found = replaced(tables, mine, rf"\g<1>{new}\g<2>", (".dmn",))
    if not found:
        raise Refused("Tabel keputusan ini tidak ada.")
    if any(re.search(rf'<(?:\w+:)?decision\b[^>]*\bid="{re.escape(new)}"', text.decode()) for text in tables.values()):
        raise SubmissionInvalid({"baru": "Nama ini sudah dipakai"})
    asked = rf"(calledDecisionId>\s*){re.escape(old)}(\s*<)"
    return found | replaced(files, asked, rf"\g<1>{new}\g<2>", DRAWN)
