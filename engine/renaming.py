"""Another name for a form, a field of one, a step or a decision table: all of a release that says the old one follows.

Files are changed where the name stands and nowhere else, so that what they look like stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from engine import field_names, json_faults, naming, step_names
from engine.bpmn import reading
from engine.changed_files import Changed, as_json, replaced, told
from engine.deployment import CATALOGUE
from engine.errors import Finding, Refused, SubmissionInvalid

Kind = Literal["form", "field", "decision", "step"]
NAME = re.compile(rf"[a-z][a-z0-9_]{{0,{naming.LONGEST - 1}}}", re.ASCII)
# Names that the office itself asks for (engine.deployment, engine.forms.handed).
OWN_FORMS = re.compile(r"tindakan|permohonan|kelengkapan|hitung_\w+|pemohon_\w+", re.ASCII)
DRAWN = (".bpmn", ".dmn")
SHAPE = (
    "Nama baru berupa huruf kecil, angka, dan garis bawah, diawali huruf, paling panjang %(most)s huruf, "
    "misalnya %(example)s."
)


def renamed(files: Mapping[str, bytes], kind: Kind, old: str, new: str) -> Changed:
    """The files that change, by path.  `old` of a field: `form.field`, or `step.field` as conditions say it; `new`: its
    name alone, or with the same beginning.

    Raises SubmissionInvalid at `lama` or `baru` for a name that cannot be or is taken, Refused for what cannot be
    renamed; both say why, and what to do.
    """
    new = field_names.alone(old, new) if kind == "field" else new
    if not NAME.fullmatch(new):
        raise SubmissionInvalid({"baru": Finding(SHAPE, most=naming.LONGEST, example=EXAMPLES[kind])})
    if new == (old.rpartition(".")[2] if kind == "field" else old):
        raise SubmissionInvalid({"baru": "Nama baru sama dengan nama sekarang; tulis nama yang lain."})
    acts: dict[Kind, Callable[[Mapping[str, bytes], str, str], Changed]] = {
        "form": _form, "field": field_names.renamed, "decision": _decision, "step": step_names.renamed,
    }  # fmt: skip
    try:
        return acts[kind](files, old, new)
    except reading.Unreadable as fault:
        raise _unread(fault.problem.file) from fault
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        broken = next((one for one in sorted(files) if _is_broken(one, files[one])), None)
        if broken is None:
            raise
        raise _unread(broken) from fault


EXAMPLES: Mapping[Kind, str] = {
    "form": "periksa_berkas", "field": "luas_tanah", "decision": "usul_jalur", "step": "periksa_berkas",
}  # fmt: skip


def _unread(file: str) -> Refused:
    return Refused(Finding("%(file)s tidak dapat dibaca; perbaiki dahulu, lalu ganti namanya.", file=file))


def _is_broken(path: str, content: bytes) -> bool:
    """Whether a data file is no JSON, or a form without sections."""
    if not path.endswith(".json"):
        return False
    raw, faults = json_faults.read(path, content.decode("utf-8", "replace"))
    no_form = not isinstance(raw, dict) or not isinstance(raw.get("sections"), list)
    return bool(faults) or (path.startswith("forms/") and not path.endswith(".schema.json") and no_form)


def _form(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    before, after = f"forms/{old}.json", f"forms/{new}.json"
    if before not in files:
        told_first = "Formulir %(form)s tidak ada dalam rancangan ini; tulis namanya seperti di daftar halaman ini."
        raise Refused(Finding(told_first, form=old[:60]))
    if OWN_FORMS.fullmatch(old):
        own = "Formulir %(form)s dipakai kantor dengan nama itu; ganti judulnya saja di penyunting formulir."
        raise Refused(Finding(own, form=old))
    if after in files:
        raise SubmissionInvalid({"baru": Finding("Formulir %(form)s sudah ada; pilih nama lain.", form=new)})
    if OWN_FORMS.fullmatch(new):
        meant = "Nama %(name)s disediakan bagi formulir yang dicari kantor sendiri; pilih nama lain."
        raise SubmissionInvalid({"baru": Finding(meant, name=new)})
    _free(new)
    moved = as_json(json.loads(files[before]) | {"key": new})
    law = f"{CATALOGUE}permits.json"
    found: Changed = {before: None, after: moved}
    found |= replaced(files, r'(name="formKey"\s+value=")' + re.escape(old) + '(")', rf"\g<1>{new}\g<2>", DRAWN)
    found |= told(law, files, lambda permits: {code: _bound(one, old, new) for code, one in permits.items()})
    return found


def _free(new: str) -> None:
    """Raises SubmissionInvalid at `baru` for a name that browsers or conditions read as something else."""
    if odd := naming.refused(new):
        raise SubmissionInvalid({"baru": odd})


def _bound(permit: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return permit | {"technical_form": new} if permit.get("technical_form") == old else permit


def _decision(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    tables = {path: text for path, text in files.items() if path.endswith(".dmn")}
    mine = rf'(<(?:\w+:)?decision\b[^>]*\bid="){re.escape(old)}(")'
    found = replaced(tables, mine, rf"\g<1>{new}\g<2>", (".dmn",))
    if not found:
        none = "Tabel keputusan %(table)s tidak ada dalam rancangan ini; tulis idnya seperti di daftar halaman ini."
        raise Refused(Finding(none, table=old[:60]))
    if any(re.search(rf'<(?:\w+:)?decision\b[^>]*\bid="{re.escape(new)}"', text.decode()) for text in tables.values()):
        raise SubmissionInvalid({"baru": Finding("Tabel keputusan %(table)s sudah ada; pilih nama lain.", table=new)})
    _free(new)
    asked = rf"(calledDecisionId>\s*){re.escape(old)}(\s*<)"
    return found | replaced(files, asked, rf"\g<1>{new}\g<2>", DRAWN)
