"""Interventions in running cases from the command line: another release, a step taken back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup

from app.clock import WIB, now
from app.operations import case_card, migrating, officials, processes, recalling, relocating, suspending
from app.operations.case_card import CaseCard
from app.operations.cases import identified
from app.operations.migrating import Outlook, Promised
from engine.bpmn import Obstacle
from engine.errors import EngineError, NotFound

cases = AppGroup("cases", help="Interventions in running cases: migrate, recall, move, suspend, resume.")
BY = click.option("--by", "email", required=True, help="E-mail of the process administrator who does it.")
ONE = click.argument("written", metavar="CASE")
WORDS = {
    "same": "sama, tidak ada yang berubah",
    "moves": "pindah dengan sendirinya",
    "chosen": "pindah menurut pilihan",
    "choice": "perlu pilihan",
    "stays": "tetap pada terbitannya",
    "refused": "tidak jadi dipindahkan",
}


def _line(one: Outlook, told: str) -> str:
    why = "; ".join(_obstacle(found) for found in one.obstacles)
    return " · ".join(part for part in (one.number, told, why, *map(_clock, one.clocks)) if part)


def _obstacle(one: Obstacle) -> str:
    return f"{one.element} (tugas {one.task}): {one.reason}" if one.task else f"{one.element}: {one.reason}"


def _clock(one: Promised) -> str:
    before, after = _moment(one.before), _moment(one.after)
    if not one.known:
        return f"{one.clock} kini {before}"
    return f"{one.clock} {before} -> {after}" if before != after else f"{one.clock} tetap {before}"


def _moment(at: datetime | None) -> str:
    return "tanpa janji" if at is None else f"{at.astimezone(WIB):%d/%m/%Y %H.%M} WIB"


def _guarded(error: EngineError) -> click.ClickException:
    return click.ClickException("; ".join(getattr(error, "errors", {}).values()) or str(error))


CHOOSE = click.option("--choose", "chosen", multiple=True, metavar="TASK=ELEMENT", help="Where an open task goes.")


@cases.command("foresee")
@BY
@click.option("--case", "written", metavar="CASE", help="Only this case, also with choices.")
@CHOOSE
def foresee(email: str, written: str | None, chosen: tuple[str, ...]) -> None:
    """Show what the release in effect would mean for each case of an earlier one; nothing is changed."""
    try:
        target, by = processes.active().id, officials.by_email(email)
        if written is not None:
            case_id = identified(written)
            found = migrating.foresee_one(case_id, target, by, now(), _choices(case_id, by, chosen))
            click.echo(_line(found, WORDS[found.verdict]))
            return
        for one in migrating.foresee(target, by, now()):
            click.echo(_line(one, WORDS[one.verdict]))
    except EngineError as refused:
        raise _guarded(refused) from refused


@cases.command("migrate")
@BY
@click.option("--reason", required=True, help="Stands in the history of each case.")
@click.option("--case", "written", metavar="CASE", help="Only this case; the others stay.")
@CHOOSE
def migrate(email: str, reason: str, written: str | None, chosen: tuple[str, ...]) -> None:
    """Move every case that moves by itself, or one case with the choices it needs; 1 when one was refused."""
    try:
        by, target = officials.by_email(email), processes.active().id
        if written is not None:
            case_id = identified(written)
            choices = _choices(case_id, by, chosen)
            seen = migrating.foresee_one(case_id, target, by, now(), choices)
            told = migrating.migrate(case_id, target, reason, by, now(), choices)
            click.echo(_line(seen, WORDS[told]))
            return
        say = lambda one, told: click.echo(_line(one, WORDS[told]))  # noqa: E731 - one line for each case
        counted = migrating.migrate_all(target, reason, by, now(), say)
    except EngineError as refused:
        raise _guarded(refused) from refused
    click.echo("; ".join(f"{count} {WORDS[verdict]}" for verdict, count in sorted(counted.items())))
    sys.exit(1 if counted["refused"] else 0)


def _choices(case_id: UUID, by: UUID, chosen: tuple[str, ...]) -> dict[str, str]:
    """Open task -> the element it goes to, as written."""
    if not chosen:
        return {}
    page = case_card.card(case_id, by, now())
    pairs = (one.split("=", 1) for one in chosen if "=" in one)
    return {str(_task(page, step)): element for step, element in pairs}


@cases.command("put-back")
@BY
@ONE
def put_back(email: str, written: str) -> None:
    """Put a case back on the release it was moved from; possible until its next step."""
    try:
        migrating.put_back(identified(written), officials.by_email(email), now())
    except EngineError as refused:
        raise _guarded(refused) from refused
    click.echo("Dikembalikan ke terbitan sebelumnya.")


@cases.command("recall")
@click.option("--by", "email", required=True, help="E-mail of who did the step, or of a process administrator.")
@click.option("--reason", default="", help="Stands in the history; a process administrator must give one.")
@ONE
def recall(email: str, reason: str, written: str) -> None:
    """Take back the last completed step of a case, as long as nothing after it has begun."""
    try:
        recalling.recall(identified(written), officials.by_email(email), now(), reason)
    except EngineError as refused:
        raise _guarded(refused) from refused
    click.echo("Langkah ditarik kembali; tugasnya terbuka lagi.")


REASON = click.option("--reason", required=True, help="Stands in the history of each case.")
PROCESS = click.option("--process", help="Every open case of this process, and none is opened meanwhile.")
RELEASE = click.option("--release", "number", type=int, help="Of that release; by default the one in effect.")
MAYBE = click.argument("written", metavar="CASE", required=False)


@cases.command("suspend")
@BY
@REASON
@PROCESS
@RELEASE
@MAYBE
def suspend(email: str, reason: str, process: str | None, number: int | None, written: str | None) -> None:
    """Suspend a case, or all of a process: no task is taken or completed, nothing fires; the clocks run on."""
    _still(written, process, number, (suspending.suspend, suspending.suspend_process), "ditangguhkan", reason, email)


@cases.command("resume")
@BY
@REASON
@PROCESS
@RELEASE
@MAYBE
def resume(email: str, reason: str, process: str | None, number: int | None, written: str | None) -> None:
    """Let a case, or all of a process, go on; what was due meanwhile comes at once."""
    _still(written, process, number, (suspending.resume, suspending.resume_process), "dilanjutkan", reason, email)


def _still(
    written: str | None, process: str | None, number: int | None, acts: tuple[Any, Any], told: str, reason: str,
    email: str,
) -> None:  # fmt: skip
    if (written is None) == (process is None):
        raise click.UsageError("Name either a case or --process.")
    try:
        by, at = officials.by_email(email), now()
        if written is not None:
            acts[0](identified(written), reason, by, at)
            click.echo(f"Berkas {told}.")
        else:
            count = acts[1](number or processes.active().number, process, reason, by, at)
            click.echo(f"{count} berkas {told}.")
    except EngineError as refused:
        raise _guarded(refused) from refused


@cases.command("move")
@BY
@click.option("--reason", default="", help="Stands in the history; without it the move is only shown.")
@ONE
@click.argument("task")
@click.argument("element")
def move(email: str, reason: str, written: str, task: str, element: str) -> None:
    """Show what moving an open TASK (its id, or its step) to another element would do; with --reason, do it."""
    try:
        by, at, case_id = officials.by_email(email), now(), identified(written)
        task_id = _task(case_card.card(case_id, by, at), task)
        _show(relocating.foresee(case_id, task_id, element, by, at))
        if reason:
            opened = relocating.move(case_id, task_id, element, reason, by, at)
            click.echo(f"Dipindahkan; terbuka: {', '.join(opened) or 'tidak ada'}.")
    except EngineError as refused:
        raise _guarded(refused) from refused


def _task(page: CaseCard, written: str) -> UUID:
    """The open task of that id, or the only one at that step."""
    found = [one.id for one in page.tasks if written in (str(one.id), one.element)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.element} {one.id}" for one in page.tasks) or "tidak ada"
    raise NotFound(
        f"{'Lebih dari satu' if found else 'Tidak ada'} tugas terbuka {written[:80]}; yang terbuka: {known}."
    )


@cases.command("show")
@click.option("--by", "email", required=True, help="E-mail of an official who may see the case.")
@ONE
def show(email: str, written: str) -> None:
    """Show a case as the other commands name it: its open tasks with their ids, its clocks, what it waits for."""
    try:
        page = case_card.card(identified(written), officials.by_email(email), now())
    except EngineError as refused:
        raise _guarded(refused) from refused
    for line in _card(page):
        click.echo(line)


def _card(page: CaseCard) -> Iterator[str]:
    case = page.held.case
    yield f"berkas {page.held.number or '-'} {page.held.id} · {page.permit} · {page.state}"
    yield f"proses {case.process} · terbitan {case.deployment.id}{' · ditangguhkan' if case.suspended else ''}"
    for one in page.tasks:
        yield f"tugas {one.id} {one.element} · {one.name} · {one.role} {one.unit} · {one.assignee or 'belum diambil'}"
    for clock in page.clocks:
        promised = clock.promised_at.astimezone(WIB).strftime("%Y-%m-%d %H.%M") if clock.promised_at else "-"
        yield f"jam {clock.name} {clock.id} · {clock.state} · {clock.left} · janji {promised}"
    for waited in case.waiting:
        yield f"menunggu {waited}"


def _show(seen: relocating.MoveOutlook) -> None:
    click.echo(f"ditutup: {', '.join(one.name for one in seen.closed) or '-'}")
    click.echo(f"dibuka: {', '.join(one.name for one in seen.opened) or '-'}")
    click.echo(f"keadaan: {seen.state[0]} -> {seen.state[1]}")
    for one in seen.clocks:
        click.echo(f"jam {one.name}: {one.state[0]} {one.promised_at[0]} -> {one.state[1]} {one.promised_at[1]}")
    if seen.effects:
        click.echo(f"tidak dapat ditarik kembali: {', '.join(seen.effects)}")


@cases.command("undo-move")
@BY
@click.option("--reason", required=True, help="Stands in the history.")
@ONE
def undo_move(email: str, reason: str, written: str) -> None:
    """Put a moved token back where it was; possible until the case's next step."""
    try:
        relocating.undo(identified(written), reason, officials.by_email(email), now())
    except EngineError as refused:
        raise _guarded(refused) from refused
    click.echo("Pemindahan dibatalkan.")
