"""Boleh?: why a person may, or may not, do something; hangs its page under the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import g, render_template, request
from flask_babel import gettext as _

from app.operations import permitted
from app.web import act_words
from app.web.auditing import audit
from app.web.parts import uuid_of
from app.web.session import address, official_required, person
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, instant_of

Page = str | tuple[str, int]
FIELDS = ("siapa", "tindakan", "berkas", "saat", "tugas")


@audit.get("/audit/boleh")
@official_required
def boleh() -> Page:
    """The question and its answer; supervisors ask about anybody, everybody else about himself."""
    typed = {name: clean(request.args.get(name, "").replace("\x00", ""))[:200] for name in FIELDS}
    if not typed["tindakan"]:
        return _drawn(permitted.form(person().actor.id, g.at), typed, {})
    try:
        return _drawn(permitted.answer(_wanted(typed), person().actor.id, g.at, address()), typed, {})
    except SubmissionInvalid as invalid:
        return _drawn(permitted.form(person().actor.id, g.at), typed, invalid.errors), 422


def _wanted(typed: Mapping[str, str]) -> permitted.Wanted:
    task = uuid_of(typed["tugas"]) if typed["tugas"] else None
    return permitted.Wanted(typed["siapa"], typed["tindakan"], typed["berkas"], task, _instant(typed["saat"]))


def _instant(text: str) -> datetime | None:
    try:
        return instant_of(text) if text else None
    except Unreadable as fault:
        told = Sentence("%(label)s: %(fault)s", label=_("Saat"), fault=fault.sentence)
        raise SubmissionInvalid({"saat": told}) from fault


def _drawn(found: permitted.Answer, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template(
        "audit/boleh.html",
        b=found,
        isi=typed,
        pilihan=act_words.choices(),
        tindakan=act_words.named(typed["tindakan"]) if typed["tindakan"] in permitted.ACTS else "",
        salah=errors,
    )
