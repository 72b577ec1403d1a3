"""Every blueprint, in the order of the navigation."""

from __future__ import annotations

from flask import Blueprint

from app.web.health import health

BLUEPRINTS: tuple[Blueprint, ...] = (health,)
