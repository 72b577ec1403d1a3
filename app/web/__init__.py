"""Pages: parse, call one operation, render or redirect."""

from __future__ import annotations

from flask import Flask

from app.web import clean_text, compressing, errors, rendering, security, session


def register(app: Flask) -> None:
    """Hang every room of pages under the application."""
    from app.web.rooms import BLUEPRINTS

    clean_text.register(app)
    compressing.register(app)
    session.register(app)
    security.register(app)
    rendering.register(app)
    errors.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
