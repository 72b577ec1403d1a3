"""What a release changes in the law it carries: standards of service, legal limits, terms, tariffs, requirements."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.catalogue.values import Catalogue, Permit, Standard, Term

STANDARD, LIMIT, TERM, TARIFF, NEEDS, VALIDITY = "standar", "batas", "tenggat", "tarif", "syarat", "masa"


@dataclass(frozen=True)
class LawChange:
    """One change with legal outcome: what of whom, as it was and as it becomes; "" where there was or is nothing."""

    what: str  # STANDARD | LIMIT | TERM | TARIFF | NEEDS | VALIDITY
    name: str
    before: str
    after: str


def law_changes(before: Catalogue, after: Catalogue) -> tuple[LawChange, ...]:
    """Every change, permits in their order, then terms and tariffs; a permit that is new or gone counts as one too."""
    return (
        *_permits(before.permits, after.permits),
        *_told(TERM, _terms(before), _terms(after)),
        *_told(TARIFF, _tariffs(before), _tariffs(after)),
    )


def _permits(before: Mapping[str, Permit], after: Mapping[str, Permit]) -> Iterator[LawChange]:
    for what, told in _OF_PERMITS.items():
        yield from _told(
            what,
            {one.name: told(one) for one in before.values()},
            {one.name: told(one) for one in after.values()},
        )


def _told(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[LawChange]:
    for name in {**before, **after}:
        was, becomes = before.get(name, ""), after.get(name, "")
        if was != becomes:
            yield LawChange(what, name, was, becomes)


def _versions(versions: tuple[Standard, ...]) -> str:
    return "; ".join(f"{one.budget} sejak {one.valid_from:%d/%m/%Y} ({one.basis})" for one in versions)


_OF_PERMITS: Mapping[str, Any] = {
    STANDARD: lambda one: _versions(one.standards),
    LIMIT: lambda one: _versions(one.legal_limits),
    VALIDITY: lambda one: one.valid_for or one.validity,
    NEEDS: lambda one: ", ".join(one.requirements),
}


def _terms(catalogue: Catalogue) -> dict[str, str]:
    return {name: f"{one.budget} ({one.basis}){_needs(one)}{_role(one)}" for name, one in catalogue.terms.items()}


def _needs(term: Term) -> str:
    """What a term needs beside its file's own channel: a declared channel prolongs it by that."""
    return f", memerlukan {', '.join(term.needs)}" if term.clocks else ""


def _role(term: Term) -> str:
    """Whose work a term measures: a role at the counter works in the counter's hours."""
    return f", dikerjakan {term.role}" if term.role else ""


def _tariffs(catalogue: Catalogue) -> dict[str, str]:
    """Each version with its beginning and source; a figure that changes without a new version shows in the digest."""
    found: dict[str, str] = {}
    for version in catalogue.tariffs:
        told = f"{version.version} sejak {version.valid_from:%d/%m/%Y} ({version.basis}) {_digest(version.content)}"
        found[version.levy] = "; ".join(filter(None, (found.get(version.levy, ""), told)))
    return found


def _digest(content: Mapping[str, Any]) -> str:
    """Eight letters that differ when any figure does."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return f"#{hashlib.sha256(written.encode()).hexdigest()[:8]}"
