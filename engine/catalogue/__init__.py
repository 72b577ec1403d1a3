"""The law as data: permits, requirements, terms, tariffs, registers, roles, letters, notices."""

from engine.catalogue.loading import load
from engine.catalogue.values import (
    Agency,
    Area,
    Catalogue,
    LetterKind,
    Notice,
    Permit,
    Register,
    Requirement,
    Role,
    Standard,
    State,
    TariffVersion,
    Term,
)

__all__ = [
    "Agency",
    "Area",
    "Catalogue",
    "LetterKind",
    "Notice",
    "Permit",
    "Register",
    "Requirement",
    "Role",
    "Standard",
    "State",
    "TariffVersion",
    "Term",
    "load",
]
