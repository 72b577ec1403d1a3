"""The mailbox: the demonstration office's letters, the office's outgoing messages, a person's own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, g, render_template, request

from app.operations import mailbox
from app.web.session import login_required, person

messages = Blueprint("pesan", __name__)


@messages.get("/kotak-surat")
@login_required
def daftar() -> str:
    found = mailbox.page(person().actor.id, g.at, _before(request.args.get("sebelum", "")))
    return render_template("pesan/daftar.html", kotak=found)


def _before(text: str) -> datetime | None:
    """The instant where the list goes on; None for the beginning and for anything unreadable."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


@messages.get("/kotak-surat/<uuid:message_id>")
@login_required
def satu(message_id: UUID) -> str:
    found = mailbox.message(message_id, person().actor.id, g.at)
    return render_template("pesan/satu.html", pesan=found)
