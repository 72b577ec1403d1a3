"""Commands of the backup: database backup, restore, rehearse."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app

from app.cli_ledger import FOLDER, able
from app.clock import now
from app.operations import backing_up, rehearsing, restoring

UNSOUND = 1


def _backups(given: Path | None) -> Path:
    return given or Path(current_app.extensions["settings"].backups)


@click.command("backup")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path | None) -> None:
    """Back the office up into FOLDER (default var/backups): database, files, anchors, signed manifest."""
    with able():
        made = backing_up.back_up(_backups(folder), now())
    click.echo(f"{made.place}: {made.cases} berkas permohonan, {made.files} dokumen")
    for one in made.missing:
        click.echo(f"Dokumen {one} hilang atau rusak di kantor ini dan tidak ikut dicadangkan.", err=True)
    sys.exit(UNSOUND if made.missing else 0)


@click.command("restore")
@click.argument("source", type=FOLDER)
@click.option("--over", is_flag=True, help="Throw away what this office holds.")
@click.option("--without-files", is_flag=True, help="Leave the files in the backup (for a rehearsal).")
def restore(source: Path, over: bool, without_files: bool) -> None:
    """Restore the backup SOURCE into an empty office and verify its whole ledger; 1: faults found, 2: not done."""
    with able():
        told = restoring.restore(source, now(), click.echo, over, not without_files)
    for fault in told.faults:
        click.echo(str(fault))
    counted = f"{told.manifest.cases} berkas, {told.events} peristiwa, {told.anchors} jangkar, {told.files} dokumen"
    for one in told.manifest.missing:
        click.echo(f"Dokumen {one} sudah hilang ketika dicadangkan.")
    if told.faults:
        click.echo(f"Dipulihkan dari {told.manifest.at}, tetapi {len(told.faults)} kerusakan ditemukan: {counted}")
        sys.exit(UNSOUND)
    click.echo(f"Dipulihkan seperti pada {told.manifest.at}, buku jejak utuh: {counted}")


@click.command("rehearse")
@click.argument("folder", required=False, type=FOLDER)
def rehearse(folder: Path | None) -> None:
    """Restore a backup into a scratch database, migrate, verify, tell how long it took, drop it.

    FOLDER: a backup, or where backups lie (default var/backups), of which the newest is taken.
    """
    with able():
        done = rehearsing.rehearse(_backups(folder))
    click.echo(done.told.rstrip())
    if not done.sound:
        # On the error's way too: `make rehearse` repeats its last line.
        click.echo(f"Latihan dengan {done.backup.name} GAGAL: {done.reason}", err=True)
        sys.exit(UNSOUND)
    click.echo(f"Latihan dengan {done.backup.name} berhasil")


COMMANDS = (backup, restore, rehearse)
