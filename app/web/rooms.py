"""Every blueprint, in the order of the navigation."""

from __future__ import annotations

from flask import Blueprint

from app.web.accounts import accounts
from app.web.documents import documents
from app.web.health import health
from app.web.tasks import tasks
from app.web.working import working

BLUEPRINTS: tuple[Blueprint, ...] = (health, accounts, tasks, working, documents)
