"""What people call what a release names by keys: forms, letters, books of numbers, messages, states, roles, causes."""

from __future__ import annotations

from collections.abc import Mapping

from engine.catalogue import Catalogue
from engine.clocks import APPLICANT_CAUSES
from engine.clocks.wording import CAUSE_WORDS
from engine.errors import OwnName, office_word
from engine.forms import Form
from engine.notices import subject


def names(forms: Mapping[str, Form], catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """(Kind, key) -> name; kinds are words of services' parameters, and form, role."""
    found: dict[tuple[str, str], str] = {("form", one.key): OwnName(one.title) for one in forms.values()}
    found |= {("letter", one.code): OwnName(one.title) for one in catalogue.letters.values()}
    found |= {("register", one.code): OwnName(one.name) for one in catalogue.registers.values()}
    found |= {("notice", one.code): subject(one.subject) for one in catalogue.notices.values()}
    found |= {("state", one.code): OwnName(one.label) for one in catalogue.states.values()}
    found |= {("role", one.code): OwnName(one.name) for one in catalogue.roles.values()}
    found |= {("cause", one): office_word(CAUSE_WORDS[one]) for one in APPLICANT_CAUSES if one in CAUSE_WORDS}
    return {key: name for key, name in found.items() if name}


def labels(form: Form) -> dict[str, str]:
    """Fields and outcomes of a form by their names -> what they are called."""
    return {**dict(form.outcomes), **{one.name: one.label for one in form.fields() if one.label}}
