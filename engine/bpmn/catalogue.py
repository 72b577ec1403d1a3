"""What diagrams may refer to: forms, services, roles and the words of the law's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.services import Services


@dataclass(frozen=True)
class Catalogue:
    """Known names for the check; a set that is None is not checked.

    `forms`: form key -> the outcomes it offers (may be empty).
    """

    forms: Mapping[str, tuple[str, ...]]
    services: Services
    roles: frozenset[str]
    letters: frozenset[str] | None = None
    registers: frozenset[str] | None = None
    states: frozenset[str] | None = None
    causes: frozenset[str] | None = None
    notices: frozenset[str] | None = None
    terms: frozenset[str] | None = None
