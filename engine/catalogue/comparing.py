"""What a release changes in the law it carries: standards of service, legal limits, terms, tariffs, requirements."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.amounts import budget
from engine.catalogue.channels import CHANNEL_WORDS
from engine.catalogue.values import Catalogue, Permit, Standard, TariffVersion, Term
from engine.errors import Finding, joined, office_word

Law = tuple[object, str]  # what is compared, and what is told of it
NONE: Law = (None, "")
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
        *_permits(before, after),
        *_told(TERM, _terms(before), _terms(after)),
        *_told(TARIFF, _tariffs(before), _tariffs(after)),
    )


def _permits(before: Catalogue, after: Catalogue) -> Iterator[LawChange]:
    for what, (kept, words) in _OF_PERMITS.items():
        was, now = ({one.name: (kept(one), words(one, of)) for one in of.permits.values()} for of in (before, after))
        yield from _told(what, was, now)


def _told(what: str, before: Mapping[str, Law], after: Mapping[str, Law]) -> Iterator[LawChange]:
    for name in {**before, **after}:
        was, becomes = before.get(name, NONE), after.get(name, NONE)
        if (was[0] or None) != (becomes[0] or None):
            yield LawChange(what, name, was[1], becomes[1])


def _kept(versions: tuple[Standard, ...]) -> object:
    return tuple((one.budget, one.valid_from, one.basis) for one in versions)


def _versions(versions: tuple[Standard, ...]) -> str:
    return joined([_since(budget(one.budget), one) for one in versions], "; ")


def _since(what: str, one: Standard | TariffVersion) -> Finding:
    day = f"{one.valid_from:%d/%m/%Y}"
    return Finding("%(what)s sejak %(day)s (%(basis)s)", what=_marked(what, one), day=day, basis=one.basis)


def _marked(figure: str, one: Standard | Term | TariffVersion) -> str:
    """A figure that no official confirmed says so, as it does in the other lists."""
    return Finding("%(what)s (contoh)", what=figure) if one.example else figure


def _needed(permit: Permit, catalogue: Catalogue) -> str:
    known = catalogue.requirements
    return joined([office_word(known[one].name if one in known else one) for one in permit.requirements], ", ")


_OF_PERMITS: Mapping[str, tuple[Callable[[Permit], object], Callable[[Permit, Catalogue], str]]] = {
    STANDARD: (lambda one: _kept(one.standards), lambda one, _of: _versions(one.standards)),
    LIMIT: (lambda one: _kept(one.legal_limits), lambda one, _of: _versions(one.legal_limits)),
    VALIDITY: (
        lambda one: one.valid_for or one.validity,
        lambda one, _of: budget(one.valid_for) if one.valid_for else one.validity,
    ),
    NEEDS: (lambda one: tuple(one.requirements), _needed),
}


def _terms(catalogue: Catalogue) -> dict[str, Law]:
    return {
        name: ((one.budget, one.basis, one.needs if one.clocks else (), one.role), _term(one, catalogue))
        for name, one in catalogue.terms.items()
    }


def _term(one: Term, catalogue: Catalogue) -> str:
    """With what it needs beside its file's own channel: a declared channel prolongs it by that.  And with whose work
    it measures: a role at the counter works in the counter's hours."""
    parts = [Finding("%(time)s (%(basis)s)", time=_marked(budget(one.budget), one), basis=one.basis)]
    if one.clocks:
        channels = joined([CHANNEL_WORDS.get(each, each) for each in one.needs], ", ")
        parts.append(Finding("memerlukan %(channels)s", channels=channels))
    if one.role:
        known = catalogue.roles
        role = office_word(known[one.role].name if one.role in known else one.role)
        parts.append(Finding("dikerjakan %(role)s", role=role))
    return joined(parts, ", ")


def _tariffs(catalogue: Catalogue) -> dict[str, Law]:
    levies = dict.fromkeys(one.levy for one in catalogue.tariffs)
    of = {levy: [one for one in catalogue.tariffs if one.levy == levy] for levy in levies}
    return {
        levy: (
            [(one.version, one.valid_from, one.basis, _digest(one.content)) for one in some],
            joined([_tariff(one) for one in some], "; "),
        )
        for levy, some in of.items()
    }


def _tariff(one: TariffVersion) -> Finding:
    """With its beginning and source; a figure that changes without a new version shows in the digest."""
    said = _since(one.version, one)
    return Finding("%(version)s, tanda isinya %(digest)s", version=said, digest=_digest(one.content))


def _digest(content: Mapping[str, Any]) -> str:
    """Eight letters that differ when any figure does."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return f"#{hashlib.sha256(written.encode()).hexdigest()[:8]}"
