"""Work on paper: blank forms to print beforehand, what is entered afterwards, and what waits to be."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _

from app.operations import afterwards as operations
from app.operations import force_majeure_scope, paper_forms, processes
from app.operations.afterwards import PAPER, WHEN, WINDOW, Wish
from app.web.parts import instant, sent
from app.web.session import official_required, person
from engine.errors import SubmissionInvalid

paper = Blueprint("kertas", __name__)


def wished() -> Wish | None:
    """What a task's page says of a step that was done on paper, None for one done now; raises SubmissionInvalid.

    Any of its three fields says it: a time or a scan alone must never be dropped in silence.
    """
    paper = sent(PAPER)
    if not (paper or request.form.get(WINDOW) or request.form.get(WHEN, "").strip()):
        return None
    try:
        return Wish(asked_for(), instant(WHEN, _("Saat dikerjakan")), paper)
    except SubmissionInvalid as invalid:  # the rest of what is wrong is told with it
        raise SubmissionInvalid({**operations.absent(asked_for(), paper), **invalid.errors}) from invalid


def asked_for() -> str:
    """The event that somebody enters a step for: as the form says, else as the address does."""
    return request.form.get(WINDOW, request.args.get("kejadian", ""))[:60]


@paper.get("/susulan")
@official_required
def susulan() -> str:
    """The person's tasks that may have been done on paper."""
    windows, waiting = operations.queue(person().actor.id, g.at)
    known = processes.active()
    limits = {one.code: force_majeure_scope.limits(known, one.scope) for one in windows}
    return render_template("tugas/susulan.html", jendela=windows, tugas=waiting, cakupan=limits)


@paper.get("/formulir-kertas")
@official_required
def formulir() -> str:
    """Every step's blank form for one permit."""
    found = paper_forms.sheets(request.args.get("izin", "")[:40], person().actor.id, g.at)
    return render_template("tugas/formulir_kertas.html", f=found)
