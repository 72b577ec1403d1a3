"""A draft of a release against the release it began with: what is changed, and what two hands changed both."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.bpmn import reading
from engine.errors import Problem

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


def unread(path: str, content: bytes) -> tuple[Problem, ...]:
    """Why a file cannot be read at all, at its line; what it says may still be wrong in other ways."""
    try:
        if path.endswith((".bpmn", ".dmn")):
            reading.read(path, content)
        elif path.endswith(".json"):
            json.loads(content.decode("utf-8-sig"))
        else:
            content.decode("utf-8")
    except reading.Unreadable as fault:
        return (fault.problem,)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        return (
            Problem(path, "", line, "error", "encoding", "Berkas bukan teks UTF-8.", "Simpan berkas sebagai UTF-8."),
        )
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        return (Problem(path, "", line, "error", "json", f"Berkas bukan JSON yang benar: {fault}."),)
    return ()


def entrusted(settings: Mapping[str, Any], path: str) -> frozenset[str]:
    """NIPs of those who alone may change a file, by the longest folder that names it; empty: every administrator.

    `settings`: of the release in effect, `penyunting`: {"processes/retribusi/": ["1977…", …]}.
    """
    named: Mapping[str, Any] = settings.get(EDITORS, {})
    folders = [one for one in named if path.startswith(one)]
    return frozenset(named[max(folders, key=len)]) if folders else frozenset()


def too_large(path: str) -> Problem:
    message = f"Berkas lebih besar daripada {LARGEST // 1024**2} MB."
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
