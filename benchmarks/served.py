"""The office as the benchmark serves it: at the instant its million clocks were made for, whatever day it is run on.

Gunicorn is told `benchmarks.served:office()`, and `benchmarks.served:bare()` for what everything is compared with: an
empty Flask page that asks the same database one question.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import create_engine, text

from app import clock

SINCE = "EPERIZINAN_BENCH_SINCE"  # when the benchmark began, as it and the office both reckon


def office() -> Flask:
    """The application, its present moved to the benchmark's before any page has taken hold of it."""
    from benchmarks.many_clocks import TODAY

    began = datetime.fromisoformat(os.environ[SINCE])

    def now() -> datetime:
        passed = datetime.now(UTC) - began  # noqa: TID251 -- stands in for the one reader of the wall clock
        return (TODAY.astimezone(UTC) + timedelta(hours=1) + passed).replace(microsecond=0)

    clock.now = now
    from app.factory import create_app

    return create_app()


def bare() -> Flask:
    app = Flask(__name__)
    url = os.environ["DATABASE_URL"]
    engine = create_engine(url, pool_size=6)

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            number = connection.scalar(text("select count(*) from deployments"))
        return f"<!doctype html><title>{number}</title>"

    return app
