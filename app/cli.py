"""Commands of the office: check, deploy, work, database, create-admin, demo; others are in `cli_*` beside it."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app import cli_backup, cli_cases, cli_clocks, cli_incidents, cli_ledger, cli_releases
from app.cli_check import ROOT, check, say
from app.cli_check import release_files as release_files
from app.clock import now
from app.jobs import scheduler
from app.operations import demo as demonstration
from app.operations import officials, processes
from app.store import anchors, embedded, resetting
from engine.errors import DefinitionInvalid, EngineError
from engine.services import reference

_STATUS = {
    "active": "berlaku",
    "draft": "menunggu persetujuan orang kedua",
    "planned": "disetujui, menunggu berlaku",
    "superseded": "digantikan; terbitan yang berlaku tetap",
    "rejected": "ditolak; terbitan yang berlaku tetap",
}


@click.command("deploy")
@click.option("--note", default="dari berkas", help="Why this release is made.")
@click.option("--start", is_flag=True, help="At a start of the office: files that were deployed before change nothing.")
@click.option("--from", "source", type=click.Path(exists=True, path_type=Path), help="Another folder, or a ZIP.")
def deploy(note: str, start: bool, source: Path | None) -> None:
    """Check processes/ and forms/ together and deploy them; the same files twice change nothing."""
    settings = current_app.extensions["settings"]
    try:
        files = cli_releases.release_at(source)
        made = processes.deploy(files, note, now(), development=not settings.production, start=start)
    except DefinitionInvalid as refused:
        click.echo("\n".join(say(one) for one in refused.problems))
        raise click.ClickException(f"{len(refused.problems)} masalah; tidak ada yang diterbitkan.") from refused
    word = _STATUS.get(made.status, made.status)
    again = "" if made.fresh else " (berkas yang sama pernah diterbitkan)"
    click.echo(f"Terbitan {made.number} {made.checksum[:12]} {word}{again}")
    for one in processes.waiting_for_nobody(files, now()) if made.fresh else ():
        click.echo(say(one))


@click.command("work")
def work() -> None:
    """Wake cases, fire warnings, deliver messages and letters until stopped."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    scheduler.work(app)


database = AppGroup(
    "database", help="The database: start, stop, status of the embedded one; backup, restore, rehearse."
)


def _folder() -> Path:
    return Path(current_app.extensions["settings"].var) / "db"


@database.command("start")
def database_start() -> None:
    server = embedded.start(_folder())
    click.echo(f"PostgreSQL {server.version} berjalan, pid {server.pid}")


@database.command("stop")
def database_stop() -> None:
    click.echo("Dihentikan." if embedded.stop(_folder()) else "Tidak sedang berjalan.")


@database.command("status")
def database_status() -> None:
    server = embedded.status(_folder())
    click.echo(f"berjalan, pid {server.pid}" if server else "tidak berjalan")


@click.command("create-admin")
@click.option("--name", prompt="Nama")
@click.option("--email", prompt="Surel")
def create_admin(name: str, email: str) -> None:
    """Make the first administrator of an installation."""
    try:
        officials.create_first_admin(name, email, getpass.getpass("Kata sandi: "), now())
    except EngineError as refused:
        raise click.ClickException(str(getattr(refused, "errors", refused))) from refused
    click.echo("Administrator dibuat.")


demo = AppGroup("demo", help="The demonstration office.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing when the office has cases.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The last day of its history.")
@click.option("--cases", "count", default=300, show_default=True)
@click.option("--seed", default=76, show_default=True)
def demo_load(if_empty: bool, until: datetime | None, count: int, seed: int) -> None:
    """Fill the office with three months of cases, made by the real operations."""
    if if_empty and demonstration.is_loaded():
        if demonstration.is_complete() or demonstration.holds_real_accounts():
            return
        click.echo("Pemuatan sebelumnya terputus; kantor peragaan dibangun dari awal.")
        _empty()
    demonstration.load(now(), until, count, seed, click.echo)


def _empty() -> None:
    resetting.empty()
    anchors.set_aside(now())
    processes.deploy(release_files(), "dari berkas", now(), development=True)


@demo.command("reset")
@click.option("--cases", "count", default=300, show_default=True)
@click.option("--seed", default=76, show_default=True)
def demo_reset(count: int, seed: int) -> None:
    """Throw the demonstration office away and build it anew; refused in production and over real accounts."""
    if current_app.extensions["settings"].production:
        raise click.ClickException("Kantor peragaan tidak ada dalam operasi sesungguhnya.")
    if demonstration.holds_real_accounts():
        raise click.ClickException("Basis data ini memuat akun yang bukan peragaan; tidak ada yang dihapus.")
    _empty()
    demonstration.load(now(), None, count, seed, click.echo)


@demo.command("accounts")
def demo_accounts() -> None:
    click.echo(demonstration.accounts())


@click.command("docs")
def docs() -> None:
    """Rebuild the pages of docs/ that are made from the code."""
    page = ROOT / "docs" / "services.md"
    page.write_text(reference.services_page())
    click.echo(f"docs/{page.name}")


def register(app: Flask) -> None:
    """Put every command under `flask --app app`."""
    groups = (database, *cli_ledger.COMMANDS, cli_cases.cases, cli_incidents.incidents, demo)
    for command in (check, deploy, cli_releases.export_release, work, cli_clocks.recount, *groups, create_admin, docs):
        app.cli.add_command(command)
    for command in cli_backup.COMMANDS:
        database.add_command(command)
    app.cli.add_command(cli_backup.rehearse, "db-rehearse")
