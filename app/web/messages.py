"""The mailbox: the demonstration office's letters, the office's outgoing messages, a person's own."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, render_template, request

from app.operations import mailbox
from app.web.parts import place, place_text
from app.web.session import login_required, person

messages = Blueprint("pesan", __name__)


@messages.get("/kotak-surat")
@login_required
def daftar() -> str:
    found = mailbox.page(person().actor.id, g.at, place(request.args.get("sebelum", "")))
    more = place_text(*found.more) if found.more else ""
    return render_template("pesan/daftar.html", kotak=found, lanjut=more)


@messages.get("/kotak-surat/<uuid:message_id>")
@login_required
def satu(message_id: UUID) -> str:
    found = mailbox.message(message_id, person().actor.id, g.at)
    return render_template("pesan/satu.html", pesan=found)
