"""How the office keeps its promises, for everybody."""

from __future__ import annotations

from flask import g, render_template, request

from app.operations import public_figures
from app.operations import report_words as words
from app.web import charts
from app.web.public import Page, public_pages


@public_pages.get("/kinerja")
def kinerja() -> Page:
    """Shares of a period that is over; nothing of fewer than five files, and no file."""
    found = public_figures.published(request.args.get("periode", "")[:10], g.at)
    drawn = {"tulis": words.shown, "tulis_nilai": charts.score, "panjang_bagian": charts.length_of}
    return render_template("umum/kinerja.html", p=found, paling_sedikit=public_figures.LEAST, **drawn)
