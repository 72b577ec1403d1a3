"""Releases from the command line: taken into the office from a folder or a ZIP, and written out as either."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from app.cli_check import ROOT, release_files
from app.cli_ledger import able
from app.operations import publishing
from engine import bundles
from engine.errors import DefinitionInvalid

ARCHIVE = ".zip"
HIGHEST = 2**31 - 1  # what a number of the database holds


def release_at(source: Path | None) -> dict[str, bytes]:
    """The files of a release in a folder or a ZIP; None: those of this installation.

    Raises DefinitionInvalid with what of a ZIP cannot be read, ClickException where there is none.
    """
    if source is None:
        return release_files()
    found = release_files(source) if source.is_dir() else _unpacked(source)
    if not found:
        raise click.ClickException(f"{source} tidak memuat processes/ dan forms/.")
    return found


def _unpacked(source: Path) -> dict[str, bytes]:
    read = bundles.read(source.read_bytes(), release_files(ROOT))
    if read.problems:
        raise DefinitionInvalid(read.problems)
    return read.files


@click.command("export-release")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--number", type=click.IntRange(1, HIGHEST), default=None, help="Of which release; without it the one in effect."
)
@click.option("--replace", is_flag=True, help="Put it in the place of what stands at PATH.")
def export_release(path: Path, number: int | None, replace: bool) -> None:
    """Write a release to PATH: a ZIP, byte for byte as its page hands it out, or else a folder's processes/ and forms/.

    A folder is for git: `deploy --from` takes either, and both lead to the same checksum.
    """
    with able():
        taken = publishing.taken_out(number)
        if path.suffix.lower() == ARCHIVE:
            _into_archive(taken.archive, path, replace)
        else:
            _into_folder(taken.files, path, replace)
    told = f"{path}: terbitan {taken.row.number}, {len(taken.files)} berkas"
    click.echo(f"{told}, SHA-256 {taken.row.checksum}")


def _into_archive(content: bytes, path: Path, replace: bool) -> None:
    """Whole or not at all."""
    if path.exists() and not replace:
        raise FileExistsError(f"{path} sudah ada; --replace menggantikannya.")
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _into_folder(files: Mapping[str, bytes], folder: Path, replace: bool) -> None:
    """Exactly these release files; what else stands in the folder, notes beside them too, is left alone."""
    standing = release_files(folder) if folder.is_dir() else {}
    if standing and standing != files and not replace:
        raise FileExistsError(f"{folder} memuat terbitan lain; --replace menggantikannya.")
    for name in standing.keys() - files.keys():
        (folder / name).unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
