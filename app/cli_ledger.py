"""Commands of the ledger: anchor, verify-ledger, export-ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click

from app.clock import now
from app.operations import anchoring, auditing, exporting
from app.operations.cases import identified
from app.operations.retrying import Unavailable
from app.store import DatabaseFault, unreachable
from engine.errors import EngineError

COULD_NOT_RUN = 2
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


NO_SERVER = (
    "tidak ada basis data yang menjawab. Jalankan dahulu `flask --app app database start`, atau periksa DATABASE_URL."
)


@contextmanager
def able() -> Iterator[None]:
    """What keeps a command from running is one sentence and exit status 2."""
    try:
        yield
    except (EngineError, OSError, Unavailable, DatabaseFault) as reason:
        click.echo(f"Tidak dapat dijalankan: {NO_SERVER if unreachable(reason) else reason}", err=True)
        sys.exit(COULD_NOT_RUN)


@click.command("anchor")
def anchor() -> None:
    """Sign the ends of all chains and lay them down outside the database; the same day twice changes nothing."""
    with able():
        made = anchoring.anchor(now())
    if made is None:
        click.echo("Jangkar sedang dibuat oleh proses lain.")
    else:
        click.echo(f"Jangkar {made.number} tanggal {made.day} {'dibuat' if made.fresh else 'sudah ada'}")


@click.command("verify-ledger")
@click.option("--case", "written", metavar="CASE", help="One case only, without the anchors.")
@click.option("--anchors", type=FOLDER, default=None, help="Another copy of the anchors than the office's own.")
def verify_ledger(written: str | None, anchors: Path | None) -> None:
    """Recompute every chain and hear every anchor; exit 0: all sound, 1: faults found, 2: could not run."""
    with able():
        found = auditing.verify(_case(written), anchors)
    for fault in found.faults:
        click.echo(str(fault))
    told = f"{found.cases} berkas, {found.events} peristiwa, {found.anchors} jangkar"
    click.echo(f"{told}, {len(found.faults)} kerusakan ditemukan")
    sys.exit(1 if found.faults else 0)


@click.command("export-ledger")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--case", "written", metavar="CASE", help="One case only; others are not shown.")
def export_ledger(path: Path, written: str | None) -> None:
    """Write the ledger with anchors, public key and a stand-alone verifier to a zip at PATH."""
    with able():
        told = exporting.export(path, now(), _case(written))
    click.echo(f"{path}: {told.cases} berkas, {told.events} peristiwa, {told.anchors} jangkar")


def _case(written: str | None) -> UUID | None:
    """The case of a registration number, a tracking code or an id."""
    return None if written is None else identified(written)


COMMANDS = (anchor, verify_ledger, export_ledger)
