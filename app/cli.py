"""Commands of the office: check, deploy, work, database, create-admin, demo; the ledger's are in `cli_ledger`."""

from __future__ import annotations

import getpass
import json
import logging
import os
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app import cli_backup, cli_cases, cli_incidents, cli_ledger
from app.clock import now
from app.jobs import scheduler
from app.operations import demo as demonstration
from app.operations import officials, processes
from app.store import anchors, embedded, resetting
from engine import deployment
from engine.errors import DefinitionInvalid, EngineError, Problem
from engine.services import reference

ROOT = Path(__file__).resolve().parent.parent
CHECKED = {".bpmn", ".bpmn2", ".dmn"}
log = logging.getLogger("eperizinan")
LARGEST_CHECKED = 2_000_001  # bytes: one more than the checker accepts
SUFFIXES = {".bpmn", ".dmn", ".json", ".typ", ".svg", ".png", ".ttf", ".otf"}


def release_files(root: Path = ROOT) -> dict[str, bytes]:
    """The files of a release: processes/ and forms/, by path."""
    found = sorted([*(root / "processes").rglob("*"), *(root / "forms").rglob("*")])
    return {str(one.relative_to(root)): one.read_bytes() for one in found if one.suffix in SUFFIXES and one.is_file()}


def _say(problem: Problem) -> str:
    place = f"{problem.file}:{problem.line or '-'}"
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{place}: {problem.severity}: {problem.element or '-'}: {problem.message}{hint}"


Held = frozenset[str] | None


def _release_problems(paths: tuple[Path, ...], held: Held) -> dict[Path, tuple[Problem, ...]]:
    """Files of our own release are checked together, for they call and bind each other."""
    files = release_files()
    own = {(ROOT / name).resolve() for name in files}
    if not any(path.resolve() in own for path in paths):
        return {}
    found = deployment.problems(files, held)
    return {(ROOT / name).resolve(): tuple(one for one in found if one.file == name) for name in files}


def _inside(path: Path) -> list[Path]:
    """A file itself; of a folder all diagrams and tables below it."""
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.rglob("*") if one.suffix.lower() in CHECKED and one.is_file())


def _found(path: Path, around: Any) -> tuple[Problem, ...]:
    """The problems of one file; that it cannot be read is one, and the others are answered all the same."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            return (_unreadable(path, "bukan berkas biasa"),)
        # One byte more than is accepted says all: a file of any size is refused without being read.
        with path.open("rb") as file:
            content = file.read(LARGEST_CHECKED)
    except OSError as error:
        return (_unreadable(path, os.strerror(error.errno) if error.errno else str(error)),)
    try:
        return tuple(deployment.check_file(path.name, content, around))
    except Exception as fault:
        log.error("the checker failed at %s", path, exc_info=fault)
        message = f"Pemeriksa gagal pada berkas ini: {type(fault).__name__}"
        return (Problem(path.name, "", 1, "error", OURS, message, "Laporkan berkas ini kepada pengelola sistem."),)


OURS = "checker-failed"


def _unreadable(path: Path, reason: str) -> Problem:
    message = f"Berkas tidak dapat dibaca: {reason}"
    return Problem(path.name, "", 1, "error", "unreadable", message, "Periksa alamat dan izin berkas ini.")


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file.")
@click.option("--office", is_flag=True, help="Ask this office's database which roles somebody holds.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...], as_json: bool, office: bool) -> None:
    """Check diagrams and tables, or folders of them, as if they joined this release; 1 on errors (0 with --json).

    2 when the checker itself failed at one of them: that file says so, and the others are answered all the same.
    """
    files = tuple(one for path in paths for one in _inside(path))
    held = processes.held_roles(now()) if office else None
    bad, ours, release, around = False, False, _release_problems(files, held), None
    for path in files:
        inside = release.get(path.resolve())
        if inside is None:
            around = around or deployment.surroundings(release_files(), held)
        found = _found(path, around) if inside is None else inside
        ours = ours or any(one.code == OURS for one in found)
        errors = [one for one in found if one.severity == "error"]
        bad = bad or bool(errors)
        if as_json:
            rows = [{name: value for name, value in vars(one).items() if name != "file"} for one in found]
            click.echo(json.dumps({"file": str(path), "ok": not errors, "problems": rows}, ensure_ascii=False))
        else:
            click.echo("\n".join(_say(one) for one in found) or f"{path}: baik")
    sys.exit(2 if ours else 1 if bad and not as_json else 0)


@click.command("deploy")
@click.option("--note", default="dari berkas", help="Why this release is made.")
def deploy(note: str) -> None:
    """Check processes/ and forms/ together and deploy them; the same files twice change nothing."""
    settings = current_app.extensions["settings"]
    try:
        made = processes.deploy(release_files(), note, now(), development=not settings.production)
    except DefinitionInvalid as refused:
        click.echo("\n".join(_say(one) for one in refused.problems))
        raise click.ClickException(f"{len(refused.problems)} masalah; tidak ada yang diterbitkan.") from refused
    word = {"active": "berlaku", "draft": "menunggu persetujuan orang kedua"}.get(made.status, made.status)
    again = "" if made.fresh else " (berkas yang sama pernah diterbitkan)"
    click.echo(f"Terbitan {made.number} {made.checksum[:12]} {word}{again}")
    for one in processes.waiting_for_nobody(release_files(), now()) if made.fresh else ():
        click.echo(_say(one))


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
    for command in (check, deploy, work, *groups, create_admin, docs):
        app.cli.add_command(command)
    for command in cli_backup.COMMANDS:
        database.add_command(command)
    app.cli.add_command(cli_backup.rehearse, "db-rehearse")
