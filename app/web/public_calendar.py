"""The calendar for everybody: a page, and a file that calendar programs subscribe to."""

from __future__ import annotations

from flask import Response, g, render_template, request, url_for

from app.operations import public_calendar
from app.web.parts import whole
from app.web.public import Page, public_pages, today

KEPT = 3600  # seconds a program may keep the file


@public_pages.get("/kalender")
def kalender() -> Page:
    """When the office is open, and which days it is not."""
    found = public_calendar.page(whole(request.args.get("tahun", "")[:4], today().year), g.at)
    address = url_for("umum.kalender_ics", _external=True)
    return render_template("umum/kalender.html", p=found, k=found.year, alamat=address)


@public_pages.get("/kalender.ics")
def kalender_ics() -> Response:
    """iCalendar of last year, this year and the next, as they hold now."""
    made = Response(public_calendar.feed(g.at), mimetype="text/calendar; charset=utf-8")
    made.headers["Cache-Control"] = f"public, max-age={KEPT}"
    made.headers["Content-Disposition"] = "inline; filename=kalender-layanan-metro.ics"
    return made
