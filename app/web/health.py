"""For those who watch the machine: does the process answer, does the office stand."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, current_app, request

from app.clock import now
from app.operations import metrics, readiness

health = Blueprint("kesehatan", __name__)


@health.get("/healthz")
def alive() -> tuple[str, int, dict[str, str]]:
    """The process answers, and says which office it is: the launcher waits for its own."""
    return "ok\n", 200, {"X-Instance": current_app.extensions["settings"].instance}


@health.get("/readyz")
def ready() -> tuple[dict[str, object], int]:
    """Database, late wake-ups and waiting effects; 503 when something is not as it should be."""
    found = readiness.check(now())
    return found.as_json(), 200 if found.ready else 503


@health.get("/metrics")
def measured() -> Response:
    """Prometheus' text for whoever shows `METRICS_TOKEN` as a bearer; for anybody else there is no such page."""
    token = current_app.extensions["settings"].metrics_token
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(shown.encode(), token.encode()):
        abort(404)
    return Response(metrics.text(now()), content_type="text/plain; version=0.0.4; charset=utf-8")
