"""The command that counts all clocks of the lists anew."""

from __future__ import annotations

import time

import click

from app.clock import now
from app.operations import recounting

PATIENCE = 0.2  # seconds, while a worker has the slice


@click.command("recount")
def recount() -> None:
    """Count every clock of the lists anew, slice by slice while the office works; says how many dates differed."""
    revision = recounting.recount_all(now())
    while (done := recounting.counted(revision)) is None:
        if not recounting.recount_one(now()):
            time.sleep(PATIENCE)
    click.echo(
        f"{done[0]} jam dihitung ulang; {done[1]} janji dan tenggat tersimpan lain dari hitungannya dan diperbaiki."
    )
