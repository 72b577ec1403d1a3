"""Work on paper: blank forms to print beforehand, what is entered afterwards, and what waits to be."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _

from app.operations import afterwards as operations
from app.operations import paper_forms
from app.operations.afterwards import PAPER, WHEN, WINDOW, Wish
from app.web.parts import instant, sent
from app.web.session import official_required, person

paper = Blueprint("kertas", __name__)


def wished() -> Wish:
    """What a task's page says of a step that was done on paper; raises SubmissionInvalid."""
    return Wish(request.form.get(WINDOW, "")[:60], instant(WHEN, _("Saat dikerjakan")), sent(PAPER))


@paper.get("/susulan")
@official_required
def susulan() -> str:
    """The person's tasks that may have been done on paper."""
    windows, waiting = operations.queue(person().actor.id, g.at)
    return render_template("tugas/susulan.html", jendela=windows, tugas=waiting)


@paper.get("/formulir-kertas")
@official_required
def formulir() -> str:
    """Every step's blank form for one permit."""
    found = paper_forms.sheets(request.args.get("izin", "")[:40], person().actor.id, g.at)
    return render_template("tugas/formulir_kertas.html", f=found)
