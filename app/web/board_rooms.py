"""Beside the board: queue fairness, the forecast of broken promises, and the map of bottlenecks."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from app.operations import bottlenecks, forecast, queue_fairness
from app.operations.clock_views import decimal
from app.web import words
from app.web.board import board
from app.web.parts import whole
from app.web.session import official_required, person


@board.get("/jam-layanan/antrean")
@official_required
def antrean() -> str:
    """Who was overtaken at which step, and why."""
    permit = request.args.get("izin", "").replace("\x00", "")[:40]
    found = queue_fairness.fairness(person().actor.id, g.at, permit)
    return render_template("jam/antrean.html", a=found, izin=permit)


@board.get("/jam-layanan/perkiraan")
@official_required
def perkiraan() -> str:
    """Which promises of the next working days will be broken by present speed."""
    days = whole(request.args.get("hari", ""))
    wanted = days if days in forecast.HORIZONS else forecast.HORIZONS[1]
    found = forecast.forecast(person().actor.id, g.at, wanted)
    return render_template("jam/perkiraan.html", p=found, pilihan=forecast.HORIZONS)


@board.get("/jam-layanan/kemacetan")
@official_required
def kemacetan() -> str:
    """Where files lie, on the diagram and in a table."""
    found = bottlenecks.heat(person().actor.id, g.at, request.args.get("alur", "")[:80])
    return render_template("jam/kemacetan.html", m=found, d=_drawn(found))


def _drawn(found: bottlenecks.HeatMap) -> dict[str, Any]:
    """What the viewer reads: each step's warmth, with its figures in words."""
    definition = found.deployment.definition
    _name, xml = definition.file_of(found.process)
    warm = {one.element: {"level": one.level, "text": _told(one)} for one in found.steps if one.done or one.waiting}
    data = {"xml": words.drawn(xml.decode("utf-8")), "heat": warm}
    return {"name": definition.name_of(found.process), "data": data}


def _told(one: bottlenecks.Heat) -> str:
    oldest = decimal(one.oldest, 1) if one.oldest is not None else ""
    waiting = str(_("%(n)s menunggu, tertua %(lama)s hk", n=one.waiting, lama=oldest)) if one.waiting else ""
    slow = str(_("P90 %(n)s hk", n=decimal(one.p90, 1))) if one.p90 is not None else ""
    return " · ".join(part for part in (slow, waiting) if part)
