"""What diagrams may refer to: forms, services, roles and the words of the law's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.services import Services

# What one member of a list is: its kind of value, or its parts by kind where members have names in them.
Member: TypeAlias = str | Mapping[str, str]


@dataclass(frozen=True)
class Catalogue:
    """Known names for the check; a set that is None is not checked.

    `forms`: form key -> the outcomes it offers (may be empty); `routes`: form key
    -> the fields whose values reach the process, by kind of value ("text",
    "number", "boolean", "list", "data", "any"), `optional`: those of them that may
    be left empty; `words`: the only words that those of them with a choice of words
    may hold, `row_words`: those of (list, field) in rows of lists, `certain`: those that
    always hold a word, or yes or no, `days`: those that hold a day without an hour,
    `members`: what a member
    of those that are lists is; `start`: what the data of a new case hold, in the same
    way, None when names are not to be checked, `start_members`: what is in lists among
    them, `start_words`: the only words that some of them are; `messages`: what the
    office's own pages send to cases, `payloads`: what each of these carries, by kind;
    `labels`: what forms call their fields and outcomes; `names`: (kind, key) -> what people call
    a form, letter, register, notice, state, role or cause; `held`: the roles somebody holds
    today, None away from an office; `gone`: steps of the version before that are in no
    diagram any more -> what they were called; `unread`: keys of forms that are there and
    cannot be used while there is an error in them, told at them.
    """

    forms: Mapping[str, tuple[str, ...]]
    services: Services
    roles: frozenset[str] | None
    letters: frozenset[str] | None = None
    registers: frozenset[str] | None = None
    states: frozenset[str] | None = None
    causes: frozenset[str] | None = None
    notices: frozenset[str] | None = None
    terms: frozenset[str] | None = None
    routes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    optional: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    row_words: Mapping[str, Mapping[tuple[str, str], frozenset[str]]] = field(default_factory=dict)
    certain: Mapping[str, frozenset[str]] = field(default_factory=dict)
    days: Mapping[str, frozenset[str]] = field(default_factory=dict)
    members: Mapping[str, Mapping[str, Member]] = field(default_factory=dict)
    start: Mapping[str, Mapping[str, str]] | None = None
    start_members: Mapping[str, Mapping[str, Member]] = field(default_factory=dict)
    start_words: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    messages: frozenset[str] | None = None
    payloads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    held: frozenset[str] | None = None
    gone: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
