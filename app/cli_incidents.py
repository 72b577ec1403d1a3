"""Open incidents from the command line: list, pass over, put right."""

from __future__ import annotations

from uuid import UUID

import click
from flask.cli import AppGroup

from app.clock import now
from app.operations import administration, officials, repairing
from engine.errors import EngineError

incidents = AppGroup("incidents", help="Cases that met a fault: list, retry, skip, repair.")
BY = click.option("--by", "email", required=True, help="E-mail of the system administrator who does it.")
REASON = click.option("--reason", required=True, help="Stands in the history of the case.")
ONE = click.argument("incident_id", type=UUID)


def _refused(error: EngineError) -> click.ClickException:
    return click.ClickException("; ".join(getattr(error, "errors", {}).values()) or str(error))


@incidents.command("list")
@BY
def listed(email: str) -> None:
    """Every open incident with its place in the diagram, its cause and the data of its case."""
    try:
        found = repairing.desk(officials.by_email(email), now())
    except EngineError as refused:
        raise _refused(refused) from refused
    for one in found.faults:
        place = f"{one.file}:{one.line}" if one.file else "-"
        parts = (one.row.id, one.row.number or one.row.case_id, f"{one.row.element or '-'} ({place})", one.row.reason)
        click.echo(" · ".join(map(str, parts)))
        for name, value in one.values:
            click.echo(f"    {name} = {value}")


@incidents.command("retry")
@BY
@ONE
def retry(email: str, incident_id: UUID) -> None:
    """Try the case again."""
    try:
        administration.resolve_incident(incident_id, officials.by_email(email), now())
    except EngineError as refused:
        raise _refused(refused) from refused
    click.echo("Berkas akan dicoba lagi.")


@incidents.command("skip")
@BY
@REASON
@click.option("--give", "given", multiple=True, metavar="NAME=VALUE", help="An output instead of the element's own.")
@ONE
def skip(email: str, reason: str, given: tuple[str, ...], incident_id: UUID) -> None:
    """Let the case go past its failing element."""
    outputs = dict(one.split("=", 1) for one in given if "=" in one)
    try:
        repairing.skip_incident(incident_id, outputs, reason, officials.by_email(email), now())
    except EngineError as refused:
        raise _refused(refused) from refused
    click.echo("Langkah yang gagal dilewati.")


@incidents.command("repair")
@BY
@REASON
@ONE
@click.argument("name")
@click.argument("value")
def repair(email: str, reason: str, incident_id: UUID, name: str, value: str) -> None:
    """Put one value of the case's data right, such as `periksa_kelengkapan.keputusan lengkap`."""
    try:
        repairing.repair_data(incident_id, name, value, reason, officials.by_email(email), now())
    except EngineError as refused:
        raise _refused(refused) from refused
    click.echo("Data diperbaiki; coba lagi berkasnya.")
