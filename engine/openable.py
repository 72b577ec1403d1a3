"""What the editor of a kind of file can open: anything else would replace what can be mended by what cannot.

Faults that somebody is in the midst of mending are no matter of this: they are told by the check.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from engine import json_faults
from engine.bpmn import elements
from engine.bpmn.checking.called import called_so
from engine.bpmn.elements import BPMN, local
from engine.errors import Finding, Problem, shortened

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
STANDARDS = {".bpmn": (BPMN, "BPMN 2.0"), ".dmn": (DMN, "DMN 1.3")}
OMG = ("{http://www.omg.org/spec/", "{https://www.omg.org/spec/")
# As the editors read ids: letters without signs, digits, _ - and a full stop.
ID = re.compile(r"([A-Za-z][\w.-]*:)?[A-Za-z_][\w.-]*", re.ASCII)
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
MOST_TOLD = 10
LONGEST = 60  # letters of a name that is repeated in a sentence
LISTS, OWN_SHAPES = ("tariffs.json",), ("settings.json",)
CATALOGUE, FORMS, SCENARIOS = "processes/catalogue/", "forms/", "processes/scenarios/"


def drawing(path: str, root: Any) -> tuple[Problem, ...]:
    """Why no editor opens a diagram or table: another standard or version of it, ids that it cannot read."""
    namespace, standard = STANDARDS[PurePosixPath(path).suffix]
    if root.tag != f"{{{namespace}}}definitions":
        return (_other(path, root, standard),)
    ours = (one for one in root.iter("*") if str(one.tag).startswith(OMG))  # those of other tools are kept unread
    return tuple(_misnamed(path, one) for one in ours if not ID.fullmatch(one.get("id", "_")))


def _other(path: str, root: Any, standard: str) -> Problem:
    hint = Finding("Simpan sebagai %(standard)s dengan alat asalnya, lalu masukkan lagi.", standard=standard)
    line = root.sourceline or 1
    if local(root) != "definitions":
        told = Finding(
            "Berkas ini bukan %(standard)s: dimulai dengan %(name)s.", standard=standard, name=local(root)[:LONGEST]
        )
    else:
        said = str(root.tag).partition("}")[0].removeprefix("{") if "}" in str(root.tag) else "–"
        told = Finding(
            "Berkas ini bukan %(standard)s: versinya %(version)s.", standard=standard, version=said[: 2 * LONGEST]
        )
    return Problem(path, "", line, "error", "root", told, hint)


def _misnamed(path: str, one: Any) -> Problem:
    id = one.get("id", "")[:LONGEST]
    told = Finding("Id “%(id)s” tidak dapat dibuka penyunting.", id=id)
    hint = Finding("Id diawali huruf atau _, tanpa spasi: huruf, angka, _, - dan titik.")
    return Problem(path, id, one.sourceline or 1, "error", "id", told, hint)


def doubled(path: str, root: Any) -> tuple[Problem, ...]:
    """Elements whose id another one above them has: an editor keeps the first and drops these without a word."""
    seen: set[str] = set()
    found = []
    for one in (one for one in root.iter("*") if str(one.tag).startswith(OMG) and one.get("id")):
        if (id := one.get("id")) in seen:
            told = Finding("Id %(key)s dipakai dua kali", key=id[:LONGEST])
            hint = Finding("Beri salah satunya id lain.")
            found.append(Problem(path, id[:LONGEST], one.sourceline or 1, "error", "duplicate-id", told, hint))
        seen.add(id)
    return tuple(found[:MOST_TOLD])


def undrawn(path: str, root: Any) -> tuple[Problem, ...]:
    """A diagram that only tells its elements and draws none: an editor has nothing to show.

    No matter of deployment by command: the engine runs what is not drawn, and files are written by hand so.
    """
    told = root.tag == f"{{{BPMN}}}definitions" and root.find(".//{*}process") is not None
    drawn = root.find(f".//{{{BPMNDI}}}BPMNPlane//{{{BPMNDI}}}BPMNShape") is not None
    if not told or drawn:
        return _hidden(path, root) if told else ()
    message = Finding("Diagram ini tidak memuat gambarnya (BPMNDI), jadi penyunting tidak dapat membukanya.")
    hint = Finding("Simpan dari alat yang menggambar, bersama letak setiap elemen.")
    return (Problem(path, "", root.sourceline or 1, "error", "no-drawing", message, hint),)


def _hidden(path: str, root: Any) -> tuple[Problem, ...]:
    """Elements of a drawn diagram that have no place in it: nobody sees them, and an editor loses flows."""
    drawn = {one.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for one in root.iter(f"{{{BPMNDI}}}{kind}")}
    parts = (*elements.flow_nodes(root), *root.iter(f"{{{BPMN}}}sequenceFlow"))
    found = []
    for one in (one for one in parts if one.get("id") and one.get("id") not in drawn):
        message = Finding("%(node)s tidak digambar: letaknya (BPMNDI) tidak ada", node=called_so(one))
        hint = Finding("Simpan dari alat yang menggambar, bersama letak setiap elemen.")
        found.append(Problem(path, one.get("id"), one.sourceline or 1, "error", "no-drawing", message, hint))
    return tuple(found[:MOST_TOLD])


def data(path: str, text: str, value: Any) -> tuple[Problem, ...]:
    """Why no editor opens a form or a file of the law's data: it has another shape."""
    if path.startswith(FORMS):
        found = list(_form(value))
    elif path.startswith(CATALOGUE):
        found = list(_law(PurePosixPath(path).name, value))
    else:
        found = [] if isinstance(value, dict) else [("", Finding("Berkas harus memuat objek {…}."))]
    return tuple(
        Problem(path, shortened(key, LONGEST), _line(text, key), "error", "shape", told) for key, told in found[:10]
    )


def strange(path: str, text: str, value: Any) -> tuple[Problem, ...]:
    """Why data that come from elsewhere are no form or scenario at all, though an editor would open what is begun."""
    needed = {"key": str, "sections": list} if path.startswith(FORMS) else {}
    if path.startswith(SCENARIOS):
        needed = {"title": str, "start": dict, "moves": list}
    given = value if isinstance(value, dict) else {}
    odd = [word for word, kind in needed.items() if not isinstance(given.get(word), kind)]
    return (
        *(
            Problem(path, word, _line(text, word), "error", "shape", _lacking(path, word, word in given))
            for word in odd
        ),
        *_twice(path, text),
    )


def _twice(path: str, text: str) -> Iterator[Problem]:
    """Words that stand twice in one object: whoever reads the file keeps the last one without a word."""
    for word, line, column in json_faults.doubled(text)[:MOST_TOLD]:
        told = Finding("Kata %(word)s ditulis dua kali dalam satu objek (kolom %(column)s).", word=word[:LONGEST],
                       column=column)  # fmt: skip
        yield Problem(path, shortened(word, LONGEST), line, "error", "twice", told, Finding("Hapus salah satunya."))


def _lacking(path: str, word: str, given: bool) -> Finding:
    what = Finding("formulir") if path.startswith(FORMS) else Finding("skenario")
    fault = Finding("“%(word)s” berisi yang lain", word=word) if given else Finding("“%(word)s” tidak ada", word=word)
    return Finding("Berkas ini bukan %(what)s: %(fault)s.", what=what, fault=fault)


def _line(text: str, key: str) -> int:
    """Where a word of the outermost object is first written."""
    found = re.search(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:", text) if key else None
    return json_faults.place(text, found.start())[0] if found else 1


Fault = tuple[str, Finding]


def _law(name: str, value: Any) -> Iterator[Fault]:
    kind, member = (list if name in LISTS else dict), (list if name == "calendar.json" else dict)
    if not isinstance(value, kind):
        yield "", Finding("Berkas harus memuat daftar […]." if kind is list else "Berkas harus memuat objek {…}.")
        return
    if name in OWN_SHAPES:
        return
    told = "“%(key)s” harus berupa daftar […]." if member is list else "“%(key)s” harus berupa objek {…}."
    pairs = value.items() if isinstance(value, dict) else enumerate(value, 1)
    yield from ((str(key), Finding(told, key=str(key)[:LONGEST])) for key, one in pairs if not isinstance(one, member))


def _form(value: Any) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield "", Finding("Formulir harus berupa objek {…} dengan bagian-bagiannya (sections).")
        return
    if value and not value.keys() & {"sections", "key"}:  # one that is only begun is mended where it stands
        yield "", Finding("Formulir tidak mempunyai bagian (sections).")
    yield from _parts(value, "sections", "")
    yield from _parts(value, "outcomes", "")
    for number, section in enumerate(_some(value.get("sections")), 1):
        yield from _fields(section, Finding("bagian %(number)s", number=number))


def _fields(holder: Any, where: str) -> Iterator[Fault]:
    yield from _parts(holder, "fields", where)
    for field in _some(holder.get("fields")):
        name = str(field.get("name") or where)
        for word in ("options", "length", "accept"):
            if not isinstance(field.get(word, []), list):
                yield name, Finding("“%(word)s” harus berupa daftar […].", word=word)
        yield from _fields(field, name)


def _parts(holder: Any, word: str, where: str) -> Iterator[Fault]:
    found = holder.get(word, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        yield where or word, Finding("“%(word)s” harus berupa daftar berisi objek {…}.", word=word)


def _some(found: Any) -> list[Any]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
