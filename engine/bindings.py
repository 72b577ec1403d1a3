"""What the law's data of a release name in its other files: forms, processes, templates of letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.bpmn import GENERAL_FORM, executable
from engine.catalogue import Catalogue
from engine.errors import Finding, Problem
from engine.forms import Form

# Longest first: the folder a file belongs to decides what it is.
CATALOGUE = "processes/catalogue/"
LETTERS = "processes/letters/"


def unbound(forms: Mapping[str, Form], catalogue: Catalogue, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Forms, processes and templates that the catalogue names and the release does not hold."""
    found = []
    if GENERAL_FORM not in forms:
        message = Finding("Formulir umum %(key)s untuk tugas tanpa formulir tidak ada.", key=GENERAL_FORM)
        found.append(Problem(f"forms/{GENERAL_FORM}.json", "", 0, "error", "unknown-form", message))
    for permit in catalogue.permits.values():
        for key in (permit.technical_form, f"hitung_{permit.levy}" if permit.levy else ""):
            if permit.active and key and key not in forms:
                message = Finding("Formulir %(key)s yang diperlukan %(name)s tidak ada.", key=key, name=permit.name)
                found.append(Problem(f"{CATALOGUE}permits.json", permit.code, 0, "error", "unknown-form", message))
    for letter in catalogue.letters.values():
        if LETTERS + letter.template not in files:
            message = Finding(
                "Templat %(template)s surat “%(name)s” tidak ada.", template=letter.template, name=letter.title
            )
            found.append(Problem(f"{CATALOGUE}letters.json", letter.code, 0, "error", "unknown-template", message))
        elif not files[LETTERS + letter.template].strip():
            message = Finding("Templat surat “%(name)s” kosong.", name=letter.title)
            found.append(Problem(LETTERS + letter.template, "", 0, "error", "empty-template", message))
    return tuple(found)


def undrawn(catalogue: Catalogue, diagrams: Mapping[str, bytes]) -> Iterator[Problem]:
    """Permits in service whose process no diagram holds."""
    drawn = {key for name, content in diagrams.items() if name.endswith(".bpmn") for key in executable(name, content)}
    for permit in catalogue.permits.values():
        if permit.active and permit.process not in drawn:
            message = Finding(
                "Proses %(process)s yang melayani %(name)s tidak ada.", process=permit.process, name=permit.name
            )
            yield Problem(f"{CATALOGUE}permits.json", permit.code, 0, "error", "unknown-process", message)
