"""What a file of a release is called, beside its path: the process it draws, the form it is, the letter it sets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from engine.bpmn import elements, reading
from engine.deployment import CATALOGUE, LETTERS
from engine.json_faults import object_of

LAW = {
    "agencies": "Perangkat daerah",
    "areas": "Wilayah",
    "calendar": "Kalender",
    "letters": "Surat",
    "notices": "Pesan",
    "permits": "Jenis izin",
    "registers": "Buku nomor",
    "requirements": "Persyaratan",
    "roles": "Peran",
    "settings": "Pengaturan terbitan",
    "states": "Keadaan berkas",
    "tariffs": "Tarif",
    "terms": "Tenggat",
}
LONGEST = 120  # characters


def titles(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path -> title in Indonesian; files that have none, or cannot be read, are left out."""
    letters = _letters(files.get(f"{CATALOGUE}letters.json", b""))
    found = {path: letters.get(path) or title(path, content) for path, content in files.items()}
    return {path: one for path, one in found.items() if one}


@lru_cache(maxsize=1024)
def title(path: str, content: bytes) -> str:
    """Of one file by itself, "" where it says none."""
    place = PurePosixPath(path)
    if path.startswith(CATALOGUE):
        return LAW.get(place.stem, "")
    if place.suffix in (".bpmn", ".dmn"):
        return _drawn(path, content)
    found = object_of(content).get("title") if place.suffix == ".json" else ""
    return found[:LONGEST] if isinstance(found, str) else ""


def _drawn(path: str, content: bytes) -> str:
    try:
        root = reading.read(path, content)
    except reading.Unreadable:
        return ""
    named = (*elements.inside(root, "process"), *root.iterchildren("{*}decision"))
    return next((" ".join(name.split())[:LONGEST] for one in named if (name := one.get("name"))), "")


@lru_cache(maxsize=16)
def _letters(content: bytes) -> dict[str, str]:
    """Path of a template -> the title of the first letter that is set with it."""
    found: dict[str, str] = {}
    for one in object_of(content).values():
        if isinstance(one, dict) and isinstance(one.get("template"), str) and isinstance(one.get("title"), str):
            found.setdefault(LETTERS + one["template"], one["title"][:LONGEST])
    return found
