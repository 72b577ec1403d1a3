"""What the law's data of a release name in its other files: forms, processes, templates of letters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.bpmn import GENERAL_FORM, executable, reading
from engine.catalogue import Catalogue
from engine.errors import Finding, Problem

# Longest first: the folder a file belongs to decides what it is.
CATALOGUE = "processes/catalogue/"
LETTERS = "processes/letters/"


def unbound(there: Collection[str], catalogue: Catalogue, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Forms, processes and templates that the catalogue names and the release does not hold; `there`: keys of its
    forms, those with an error in them, too."""
    found = []
    if GENERAL_FORM not in there:
        message = Finding("Formulir umum %(key)s untuk tugas tanpa formulir tidak ada.", key=GENERAL_FORM)
        found.append(Problem(f"forms/{GENERAL_FORM}.json", "", 0, "error", "unknown-form", message))
    for permit in catalogue.permits.values():
        for key in (permit.technical_form, f"hitung_{permit.levy}" if permit.levy else ""):
            if permit.active and key and key not in there:
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
    files = {name: content for name, content in diagrams.items() if name.endswith(".bpmn")}
    drawn = {key for name, content in files.items() for key in executable(name, content)}
    for permit in catalogue.permits.values():
        if permit.active and permit.process not in drawn and not _in_error(permit.process, files):
            message = Finding(
                "Proses %(process)s yang melayani %(name)s tidak ada.", process=permit.process, name=permit.name
            )
            yield Problem(f"{CATALOGUE}permits.json", permit.code, 0, "error", "unknown-process", message)


def _in_error(process: str, files: Mapping[str, bytes]) -> bool:
    """Whether a diagram that cannot be read, which is told there, seems to hold a process."""
    named = (name for name, content in files.items() if f'id="{process}"'.encode() in content)
    return any(not _readable(name, files[name]) for name in named)


def _readable(name: str, content: bytes) -> bool:
    try:
        reading.read(name, content)
    except reading.Unreadable:
        return False
    return True
