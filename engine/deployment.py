"""A deployment: diagrams, forms, letters and catalogue checked together, named by one checksum.

Immutable; a case stays on the deployment it was opened with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from uuid import UUID

from engine import bindings, bpmn, carried_answers, contracts, json_faults, naming, release_names
from engine import catalogue as law
from engine import forms as form_files
from engine.bpmn import GENERAL_FORM, Definition, Library, check, library
from engine.bpmn import Catalogue as Known
from engine.catalogue import Catalogue, LetterKind
from engine.catalogue.references import CATEGORIES, FLAGS, KINDS
from engine.clocks import APPLICANT_CAUSES
from engine.errors import DefinitionInvalid, Problem
from engine.forms import Form, handed
from engine.services.all import SERVICES

CATALOGUE, LETTERS = bindings.CATALOGUE, bindings.LETTERS
_SCHEMA = ".schema.json"


@dataclass(frozen=True, eq=False)
class Deployment:
    id: UUID
    number: int
    checksum: str
    definition: Definition
    forms: Mapping[str, Form]
    catalogue: Catalogue
    letters: Mapping[str, bytes]

    def form(self, key: str, permit: str = "", category: str = "") -> Form:
        """The form bound to `key`, with the sections this permit, category and levy add to it."""
        form = self.forms[key]
        for other, before in self._additions(key, permit, category):
            if other in self.forms:
                form = form.extended(self.forms[other], before)
        return form

    def _additions(self, key: str, permit: str, category: str) -> tuple[tuple[str, str], ...]:
        """Names of forms whose sections are put before a titled section."""
        if not permit:
            return ()
        kind = self.catalogue.permits[permit]
        if key in ("permohonan", "kelengkapan"):
            # A file that was sent back begins with its papers.
            last = "Berkas persyaratan" if key == "permohonan" else "Pernyataan"
            return ((f"pemohon_{category}", "Lokasi"), (kind.technical_form, last))
        return ((f"hitung_{kind.levy}", "Catatan"),) if key == "hitung_retribusi" else ()


def checksum(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents, independent of order."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def _under(files: Mapping[str, bytes], folder: str, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith(folder) and name.endswith(suffixes)}


def read_forms(files: Mapping[str, bytes]) -> tuple[dict[str, Form], tuple[Problem, ...]]:
    found: dict[str, Form] = {}
    problems: list[Problem] = []
    for name, content in sorted(_under(files, "forms/", (".json",)).items()):
        if name.endswith(_SCHEMA):
            continue
        form, faults = form_files.load(name, content.decode("utf-8", "replace"))
        problems.extend(faults)
        if odd := naming.refused(PurePosixPath(name).stem):
            problems.append(Problem(name, "key", 0, "error", "form-key", odd))
        if form and form.key != PurePosixPath(name).stem:
            problems.append(Problem(name, "key", 0, "error", "form-key", "key harus sama dengan nama berkas."))
        if form:
            found[form.key] = form
    return found, tuple(problems)


# What `engine.case.open_case` puts into the data of a new case.
START: Mapping[str, Mapping[str, str]] = {
    "permohonan": {
        **dict.fromkeys(("izin", "jenis", "kategori", "kanal", "retribusi"), "text"),
        "perangkat_daerah": "list",
        **dict.fromkeys(FLAGS, "boolean"),
    }
}
# What may be in lists among them.
START_MEMBERS = {"permohonan": {"perangkat_daerah": "text"}}
# The only words that some of them are.
START_WORDS = {("permohonan", "jenis"): frozenset(KINDS), ("permohonan", "kategori"): frozenset(CATEGORIES)}
# What people send to a case beside completing tasks, withdrawing it and having it opened again, and what that carries.
SENT: Mapping[str, Mapping[str, str]] = {"pencabutan": {"sudah_bayar": "boolean"}, "buka_kembali": {"pada": "text"}}


def letters_of(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], Mapping[str, LetterKind]]:
    """Templates by their names, and the letters that the law names, as far as these can be read."""
    rows = {name.removeprefix(CATALOGUE): text for name, text in _under(files, CATALOGUE, (".json",)).items()}
    templates = {name.removeprefix(LETTERS): text for name, text in _under(files, LETTERS, ("",)).items()}
    return templates, law.load(rows)[0].letters


def _known(forms: Mapping[str, Form], catalogue: Catalogue, rows: Mapping[str, bytes], unread: frozenset[str]) -> Known:
    return Known(
        forms={key: tuple(value for value, _ in form.outcomes) for key, form in forms.items()},
        services=SERVICES,
        roles=_codes("roles", rows, catalogue.roles),
        letters=_codes("letters", rows, catalogue.letters),
        registers=_codes("registers", rows, catalogue.registers),
        states=_codes("states", rows, catalogue.states),
        causes=frozenset(APPLICANT_CAUSES),
        notices=_codes("notices", rows, catalogue.notices),
        terms=_codes("terms", rows, catalogue.terms),
        routes={key: handed.kinds(key, forms) for key in forms},
        optional={key: handed.left_out(key, forms) for key in forms},
        words={key: handed.words(key, forms) for key in forms},
        row_words={key: handed.row_words(key, forms) for key in forms},
        certain={key: handed.certain(key, forms) for key in forms},
        days={key: handed.days(key, forms) for key in forms},
        members={key: handed.members(key, forms) for key in forms},
        start=START,
        start_members=START_MEMBERS,
        start_words=START_WORDS,
        messages=frozenset(SENT),
        payloads=SENT,
        labels={key: release_names.labels(form) for key, form in forms.items()},
        names=release_names.names(forms, catalogue),
        unread=unread,
    )


def _codes(name: str, rows: Mapping[str, bytes], read: Mapping[str, object]) -> frozenset[str] | None:
    """Codes of a file of the law, those of rows with an error, too, told there; None while it is not there or cannot
    be read."""
    content = rows.get(f"{name}.json", b"")
    found = json_faults.object_of(content)
    unread = not found and content.strip() != b"{}"
    return None if unread else frozenset((*found, *read))


def _parts(
    files: Mapping[str, bytes],
) -> tuple[dict[str, Form], Catalogue, dict[str, bytes], Known, tuple[Problem, ...]]:
    forms, form_problems = read_forms(files)
    rows = {name.removeprefix(CATALOGUE): text for name, text in _under(files, CATALOGUE, (".json",)).items()}
    catalogue, faults = law.load(rows)
    diagrams = _under(files, "processes/", (".bpmn", ".dmn"))
    law_problems = tuple(replace(one, file=CATALOGUE + one.file) for one in faults)
    there = frozenset((*forms, *(PurePosixPath(name).stem for name in _under(files, "forms/", (".json",)))))
    law_problems = (*law_problems, *bindings.unbound(there, catalogue, files), *bindings.undrawn(catalogue, diagrams))
    unread = there - forms.keys()
    owed = (*contracts.problems(forms, catalogue, diagrams), *carried_answers.unstated(forms, catalogue, unread))
    return forms, catalogue, diagrams, _known(forms, catalogue, rows, unread), (*form_problems, *owed, *law_problems)


def problems(files: Mapping[str, bytes], held: frozenset[str] | None = None) -> tuple[Problem, ...]:
    """Everything wrong with these files, in diagrams, tables, forms and catalogue; never raises.

    `held`: the roles somebody holds; where it is given, lanes that wait for nobody are named.
    """
    _, _, diagrams, known, faults = _parts(files)
    return (*faults, *check(diagrams, replace(known, held=held)))


def build(id: UUID, number: int, files: Mapping[str, bytes]) -> Deployment:
    """Files by path ("processes/…", "forms/…") -> Deployment; raises DefinitionInvalid with all errors."""
    found, made = examined(id, number, files)
    if made is None:
        raise DefinitionInvalid(tuple(one for one in found if one.severity == "error"))
    return made


def examined(
    id: UUID,
    number: int,
    files: Mapping[str, bytes],
    held: frozenset[str] | None = None,
    gone: Mapping[str, str] = MappingProxyType({}),  # of the version before: `engine.spots.gone`
) -> tuple[tuple[Problem, ...], Deployment | None]:
    """What `problems` tells and what `build` makes, by one examination; no deployment while there is an error."""
    forms, catalogue, diagrams, known, faults = _parts(files)
    drawn, definition = bpmn.examined(diagrams, replace(known, held=held, gone=gone))
    found = (*faults, *drawn)
    if definition is None or any(one.severity == "error" for one in found):
        return found, None
    return found, _made(id, number, files, definition, forms, catalogue)


def _made(
    id: UUID,
    number: int,
    files: Mapping[str, bytes],
    definition: Definition,
    forms: Mapping[str, Form],
    catalogue: Catalogue,
) -> Deployment:
    letters = {name.removeprefix(LETTERS): text for name, text in _under(files, LETTERS, ("",)).items()}
    return Deployment(id, number, checksum(files), definition, forms, catalogue, letters)


def restored(id: UUID, number: int, files: Mapping[str, bytes]) -> Deployment:
    """A release as it was taken in, by the rules of then: cases stand on it whatever the checker learned since.

    Raises DefinitionInvalid with what keeps its diagrams from running.
    """
    texts = {name: text for name, text in _under(files, "forms/", (".json",)).items() if not name.endswith(_SCHEMA)}
    forms = {one.key: one for one in (form_files.restored(text.decode("utf-8", "replace")) for text in texts.values())}
    rows = {name.removeprefix(CATALOGUE): text for name, text in _under(files, CATALOGUE, (".json",)).items()}
    definition = bpmn.restored(_under(files, "processes/", (".bpmn", ".dmn")))
    return _made(id, number, files, definition, forms, law.load(rows)[0])


@dataclass(frozen=True, eq=False)
class Playable:
    """As much of a release as can be played: `problems`: every error, `deployment` None where no process is left."""

    deployment: Deployment | None
    problems: tuple[Problem, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """Files with an error of their own."""
        return tuple(sorted({one.file for one in self.problems}))


NEEDED = CATALOGUE + "calendar.json"  # without it no time passes


def playable(id: UUID, number: int, files: Mapping[str, bytes]) -> Playable:
    """The processes whose own files have no error (what they call, their forms, tables, law), as a release to play.

    A file with an error is left out, then whatever cannot be without it, until nothing is wrong with the rest.
    """
    found, made = examined(id, number, files)
    errors = tuple(one for one in found if one.severity == "error")
    if made is not None or any(one.file == NEEDED for one in errors):
        return Playable(made, errors)
    return Playable(_sound_part(id, number, files, {one.file for one in errors}), errors)


def _sound_part(id: UUID, number: int, files: Mapping[str, bytes], wrong: set[str]) -> Deployment | None:
    rest = dict(files)
    while wrong := {one for one in wrong if one in rest and not one.startswith(CATALOGUE)}:
        rest = {name: content for name, content in rest.items() if name not in wrong}
        _forms, _law, diagrams, known, faults = _parts(rest)
        told = (*faults, *check(diagrams, known))
        wrong = {one.file for one in told if one.severity == "error"}
    forms, catalogue, diagrams, known, _faults = _parts(rest)
    if GENERAL_FORM not in forms or not any(name.endswith(".bpmn") for name in diagrams):
        return None
    return _made(id, number, files, bpmn.parse(diagrams, known), forms, catalogue)


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What a single file may refer to: the words, forms, law and diagrams of a release."""

    known: Known
    library: Library
    forms: Mapping[str, Form]
    catalogue: Catalogue


def surroundings(files: Mapping[str, bytes], held: frozenset[str] | None = None) -> Surroundings:
    """A release's files by path -> what a file that is to join them is checked against."""
    forms, catalogue, diagrams, known, _ = _parts(files)
    return Surroundings(replace(known, held=held), library(diagrams, known), forms, catalogue)


def check_file(name: str, content: bytes, around: Surroundings | None = None) -> tuple[Problem, ...]:
    """Problems of one diagram or table, as if it joined a release in the place of what has its keys.

    Without a release it knows no forms and no roles.
    """
    return check_set({name: content}, around)


def check_set(files: Mapping[str, bytes], around: Surroundings | None = None) -> tuple[Problem, ...]:
    """Problems of diagrams and tables that join a release together: name -> content."""
    if around is None:
        return check(files, Known(forms={}, services=SERVICES, roles=frozenset()))
    return check(files, around.known, around.library)
