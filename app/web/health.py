"""For those who watch the machine: does the process answer, does the office stand."""

from __future__ import annotations

from flask import Blueprint, current_app

from app.clock import now
from app.operations import readiness

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
