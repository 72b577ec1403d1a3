"""A draft of a release against the release it began with: what is changed, and what two hands changed both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Literal

from engine import json_faults, naming, openable
from engine.bpmn import reading
from engine.errors import Finding, Problem

Changed = Literal["baru", "berubah", "dihapus"]
EDITORS = "penyunting"  # the setting that says who may change what
LARGEST = 5 * 1024 * 1024  # bytes of one file
PLACES = re.compile(
    r"(?:processes/(?:[a-z][a-z0-9_]{0,60}/)?[a-z][a-z0-9_]{0,60}\.(?:bpmn|dmn)|processes/(?:catalogue|scenarios)/[a-z][a-z0-9_]{0,60}\.json|"
    r"processes/letters/[a-z][a-z0-9_]{0,60}\.typ|forms/[a-z][a-z0-9_]{0,60}\.json)",
    re.ASCII,
)


@dataclass(frozen=True)
class Edit:
    """How a file stands in a draft; `content` None: it is taken out of the release."""

    content: bytes | None


def allowed(path: str) -> bool:
    """Whether a release has files of this name: a diagram, a table, a form, the catalogue, a letter's template."""
    return PLACES.fullmatch(path) is not None


def misnamed(path: str) -> Finding | None:
    """Why no new form can be called as this file is; None for what can be, and for what is no form."""
    return naming.refused(PurePosixPath(path).stem) if path.startswith("forms/") else None


def unread(path: str, content: bytes) -> tuple[Problem, ...]:
    """Why a file cannot be read, or its editor could not open it, at its line; what it says may still be wrong in
    other ways."""
    try:
        text = content.decode("utf-8")
        if path.endswith((".bpmn", ".dmn")):
            return openable.drawing(path, reading.read(path, content))
        return _data(path, text.removeprefix("\ufeff")) if path.endswith(".json") else ()
    except reading.Unreadable as fault:
        return (fault.problem,)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        return (
            Problem(path, "", line, "error", "encoding", "Berkas bukan teks UTF-8.", "Simpan berkas sebagai UTF-8."),
        )


def _data(path: str, text: str) -> tuple[Problem, ...]:
    """Data that can be read, written again, and changed by its editor."""
    value, faults = json_faults.read(path, text)
    if faults:
        return faults
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return (Problem(path, "", 1, "error", "encoding", "Berkas memuat huruf yang tidak dapat ditulis (surrogate)."),)
    return openable.data(path, text, value)


def strange(path: str, content: bytes) -> tuple[Problem, ...]:
    """Why a file that can be read is none of its kind when it comes from elsewhere, or its editor would drop some of
    it: nobody is in the midst of it."""
    if path.endswith((".bpmn", ".dmn")):
        root = reading.read(path, content)
        return (*openable.doubled(path, root), *openable.undrawn(path, root))
    if not path.endswith(".json"):
        return ()
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    return openable.strange(path, text, json_faults.read(path, text)[0])


def lost(base: Mapping[str, bytes], files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What a draft no longer says of the law though the release before it did: settings, which pages and letters ask
    for (an error), and permits (a warning: files that run keep their release, nobody can apply any more)."""
    gone = ((name, _keys(base, name) - _keys(files, name)) for name in ("settings.json", "permits.json"))
    return tuple(_gone(name, key, base) for name, keys in gone for key in sorted(keys))


def undrawn(base: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Diagrams of a draft, other than those of the release before it, that no editor opens for want of a drawing."""
    for path in (one for one in sorted(files) if one.endswith(".bpmn") and files[one] != base.get(one)):
        try:
            yield from openable.undrawn(path, reading.read(path, files[path]))
        except reading.Unreadable:
            continue  # told by the check


def _keys(files: Mapping[str, bytes], name: str) -> frozenset[str]:
    return frozenset(_rows(files, name))


def _rows(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    return json_faults.object_of(files.get(f"processes/catalogue/{name}", b"{}"))


def _gone(name: str, key: str, base: Mapping[str, bytes]) -> Problem:
    file = f"processes/catalogue/{name}"
    if name == "settings.json":
        told = Finding("Pengaturan %(key)s tidak ada lagi.", key=key)
        return Problem(file, key, 0, "error", "lost-setting", told, "Kembalikan isinya.")
    hint = "Bila hanya tidak dilayani lagi, hapus centang Dilayani."
    row = _rows(base, name).get(key)
    called = row.get("name") if isinstance(row, dict) else None
    told = Finding("%(name)s tidak ada lagi dalam rancangan.", name=called if isinstance(called, str) else key)
    return Problem(file, key, 0, "warning", "lost-permit", told, hint)


def entrusted(settings: Mapping[str, Any], path: str) -> frozenset[str]:
    """NIPs of those who alone may change a file, by the longest folder that names it; empty: every administrator.

    `settings`: of the release in effect, `penyunting`: {"processes/retribusi/": ["1977…", …]}.
    """
    named: Mapping[str, Any] = settings.get(EDITORS, {})
    folders = [one for one in named if path.startswith(one)]
    return frozenset(named[max(folders, key=len)]) if folders else frozenset()


def taken(files: Mapping[str, bytes], path: str, content: bytes) -> tuple[Problem, ...]:
    """Keys of a diagram or table that another file of a release has already: two of one key cannot both be meant."""
    mine = keys_of(path, content)
    beside = files.items() if mine else ()
    others = {key: name for name, one in beside if name != path for key, _line in keys_of(name, one)}
    return tuple(_taken(path, key, line, others[key]) for key, line in mine if key in others)


def _taken(path: str, key: str, line: int, other: str) -> Problem:
    hint = Finding("Masukkan dengan nama %(other)s untuk menggantinya, atau beri id lain.", other=other)
    told = Finding("Id %(key)s sudah dipakai %(other)s.", key=key, other=other)
    return Problem(path, key, line, "error", "key-taken", told, hint)


@lru_cache(maxsize=512)
def keys_of(path: str, content: bytes) -> tuple[tuple[str, int], ...]:
    """Keys of the processes and tables of a file with their lines; none of what cannot be read."""
    kind = {".bpmn": "process", ".dmn": "decision"}.get(PurePosixPath(path).suffix)
    if kind is None:
        return ()
    try:
        root = reading.read(path, content)
    except reading.Unreadable:
        return ()
    named = ((one.get("id", ""), one.sourceline or 1) for one in root.iterchildren(f"{{*}}{kind}"))
    return tuple((key, line) for key, line in named if key)


def too_large(path: str) -> Problem:
    message = Finding("Berkas lebih besar daripada %(most)s MB.", most=LARGEST // 1024**2)
    return Problem(path, "", 0, "error", "too-large", message, "Bagi menjadi beberapa proses.")


def merged(base: Mapping[str, bytes], edits: Mapping[str, Edit]) -> dict[str, bytes]:
    """The release as the draft would have it."""
    files = dict(base)
    for path, edit in edits.items():
        if edit.content is None:
            files.pop(path, None)
        else:
            files[path] = edit.content
    return files


def changed(base: Mapping[str, bytes], files: Mapping[str, bytes]) -> dict[str, Changed]:
    """By path: what differs from the base."""
    gone: dict[str, Changed] = {path: "dihapus" for path in base if path not in files}
    came: dict[str, Changed] = {
        path: "baru" if path not in base else "berubah" for path in files if base.get(path) != files[path]
    }
    return gone | came


def both(old: Mapping[str, bytes], new: Mapping[str, bytes], edits: Mapping[str, Edit]) -> tuple[str, ...]:
    """Files that the draft changed and that differ between the release it began with and the newer one, by name.

    One that both made the same is in nobody's way.
    """
    moved = changed(old, new)
    mine = {path for path, edit in edits.items() if edit.content != old.get(path)}
    return tuple(sorted(path for path in mine & moved.keys() if edits[path].content != new.get(path)))
