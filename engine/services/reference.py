"""The page about services, made from the catalogue: name, parameters, what each does."""

from __future__ import annotations

from engine.services import Service
from engine.services.all import SERVICES

HEAD = """# Services

Functions that diagrams may call by name.  Made by `make docs` from the catalogue in `engine/services`; at
deployment every name must exist and every parameter must be one of these.

| service | required | optional | what it does |
|---|---|---|---|
"""


def _row(one: Service) -> str:
    required, optional = ", ".join(sorted(one.required)) or "–", ", ".join(sorted(one.optional)) or "–"
    return f"| `{one.name}` | {required} | {optional} | {one.summary} |"


def services_page() -> str:
    """Markdown of docs/services.md."""
    return HEAD + "\n".join(_row(one) for one in SERVICES) + "\n"
