"""The page about services, made from the catalogue: name, parameters, what each does."""

from __future__ import annotations

from engine.services import Service
from engine.services.all import SERVICES

HEAD = """# Services

Functions that diagrams may call by name.  Made by `make docs` from the catalogue in `engine/services`; at
deployment every name must exist and every parameter must be one of these, of the kind it takes (text unless
said otherwise).  What a service answers stands under its result variable.

| service | required | optional | answers | what it does |
|---|---|---|---|---|
"""


def _row(one: Service) -> str:
    required, optional = (_named(one, names) for names in (one.required, one.optional))
    answers = ", ".join(f"{name} ({kind})" for name, kind in (one.leaves or {}).items()) or "–"
    return f"| `{one.name}` | {required} | {optional} | {answers} | {one.summary} |"


def _named(one: Service, names: frozenset[str]) -> str:
    """Parameters with what they take: a kind that is no text, or the only words."""
    return ", ".join(f"{name}{_taken(one, name)}" for name in sorted(names)) or "–"


def _taken(one: Service, name: str) -> str:
    words, kind = " or ".join(sorted(one.words.get(name, ()))), one.takes.get(name, "text")
    return f" ({words})" if words else "" if kind == "text" else f" ({kind})"


def services_page() -> str:
    """Markdown of docs/services.md."""
    return HEAD + "\n".join(_row(one) for one in SERVICES) + "\n"
