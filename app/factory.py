"""Puts the application together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config
from app.operations.demo import is_loaded
from app.operations.retrying import Unavailable
from app.store import embedded
from app.store.database import db, migrate

MEGABYTE = 1024 * 1024
# A socket folder that no server uses: the database is away until `make run` or DATABASE_URL names one.
NOWHERE = "postgresql+psycopg2:///office?host=/nonexistent"


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """The application from the environment; raises config.Misconfigured with one sentence."""
    settings = _reaching(config.read() if environment is None else config.read(environment))
    app = Flask(__name__)
    app.config.update(_flask_settings(settings))
    app.extensions["settings"] = settings
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db)
    _add_doors(app)
    if settings.production:
        _refuse_demonstration(app)
    return app


def _reaching(settings: config.Settings) -> config.Settings:
    """Without an address, that of the embedded server; what needs no database, such as `check`, works without one."""
    if settings.database_url:
        return settings
    server = embedded.status(settings.var / "db")
    if server is None:
        return replace(settings, database_url=NOWHERE, owner_url=NOWHERE)
    return replace(settings, database_url=config.driver(server.app_url), owner_url=config.driver(server.owner_url))


def _flask_settings(settings: config.Settings) -> dict[str, object]:
    # As connection options, so that no session can lack them.
    options = (
        "-c lock_timeout=5s -c statement_timeout=15s "
        "-c idle_in_transaction_session_timeout=15s -c synchronous_commit=on"
    )
    return {
        "SECRET_KEY": settings.secret,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": settings.threads,
            "max_overflow": 2,
            "pool_timeout": 5,
            "pool_recycle": 1800,
            "connect_args": {"options": options, "application_name": "e-perizinan"},
        },
        "OWNER_URL": settings.owner_url,
        "MAX_CONTENT_LENGTH": 24 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 2000,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "TEMPLATES_AUTO_RELOAD": settings.environment == "development",
    }


def _refuse_demonstration(app: Flask) -> None:
    """Production does not open over demonstration accounts: everybody knows their password."""
    with app.app_context():
        try:
            found = is_loaded()
        except Unavailable:
            return  # no database yet, or no tables: nobody can log in either
    if found:
        raise config.Misconfigured("Basis data ini memuat akun peragaan; pakailah basis data baru.")


def _add_doors(app: Flask) -> None:
    """Pages and commands: imported here, so that nothing runs before there is an application."""
    from app import cli, web

    web.register(app)
    cli.register(app)
