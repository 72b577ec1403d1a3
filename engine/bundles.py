"""A whole release in one ZIP file: read without trusting anything it says of itself."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine import drafting
from engine.errors import Problem, Sentence

MOST_FILES = 1_000
LARGEST_WHOLE = 60 * 1024 * 1024  # bytes of all files together, unpacked
ENCRYPTED = 0x1
FOLDERS = ("processes/", "forms/")
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/")


@dataclass(frozen=True)
class Bundle:
    """The files that can be read, by path, and what is wrong with the others, or with the whole archive."""

    files: dict[str, bytes]
    problems: tuple[Problem, ...] = ()


class _Bad(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read(archive: bytes, known: Collection[str] = ()) -> Bundle:
    """The files of a release in a ZIP; `known`: names that it may hold beside those any release may.

    A single folder around everything is left away, as code hosts put one there.  Each file is also read as what it
    claims to be: what cannot be read at all is a problem at its line.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            files = dict(_files(opened, known))
    except _Bad as bad:
        return Bundle({}, (bad.problem,))
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return Bundle({}, (_problem("", "zip", "Berkas ini bukan ZIP yang dapat dibaca."),))
    if not files:
        return Bundle({}, (_problem("", "empty", "ZIP ini tidak memuat berkas terbitan."),))
    faults = {name: tuple(drafting.unread(name, content)) for name, content in sorted(files.items())}
    sound = {name: content for name, content in files.items() if not faults[name]}
    return Bundle(sound, tuple(one for some in faults.values() for one in some))


def _files(opened: zipfile.ZipFile, known: Collection[str]) -> Iterator[tuple[str, bytes]]:
    entries = [one for one in opened.infolist() if not one.is_dir()]
    if len(entries) > MOST_FILES:
        raise _Bad(_problem("", "too-many", Sentence("ZIP ini memuat lebih dari %(n)s berkas.", n=MOST_FILES)))
    around = _around([one.filename for one in entries])
    seen: set[str] = set()
    left = LARGEST_WHOLE
    for entry in entries:
        name = entry.filename.removeprefix(around)
        _refuse(name, entry, seen, known)
        seen.add(name)
        content = _content(opened, entry, name, left)
        left -= len(content)
        yield name, content


def _around(names: list[str]) -> str:
    """The one folder that everything is in, where that is none of a release's own."""
    first = names[0].partition("/")[0] + "/" if names and "/" in names[0] else ""
    alone = PLAIN.fullmatch(first) and first not in FOLDERS and all(one.startswith(first) for one in names)
    return first if alone else ""


def _refuse(name: str, entry: zipfile.ZipInfo, seen: set[str], known: Collection[str]) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise _Bad(_problem(name, "encrypted", "Berkas dalam ZIP ini terkunci dengan kata sandi."))
    if not (drafting.allowed(name) or name in known):
        raise _Bad(_problem(name, "name", "Nama ini tidak ada dalam terbitan mana pun."))
    if name in seen:
        raise _Bad(_problem(name, "twice", "Berkas ini dua kali ada dalam ZIP."))


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int) -> bytes:
    """What is really in it, whatever size it claims: no more is unpacked than a file may hold."""
    with opened.open(entry) as source:
        content = source.read(drafting.LARGEST + 1)
    if len(content) > drafting.LARGEST:
        most = drafting.LARGEST // 1024**2
        raise _Bad(_problem(name, "too-large", Sentence("Berkas paling besar %(n)s MB", n=most)))
    if len(content) > left:
        most = LARGEST_WHOLE // 1024**2
        raise _Bad(_problem(name, "too-large", Sentence("Seluruh terbitan paling besar %(n)s MB", n=most)))
    return content


def _problem(name: str, code: str, message: str) -> Problem:
    return Problem(name or "ZIP", "", 0, "error", code, message)
