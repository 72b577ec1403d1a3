"""Rows of a form that hold a measured figure beside a declared one, as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.errors import Sentence
from engine.forms.measuring import Measured, difference
from engine.forms.values import Unreadable, decimal_of, show

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Beside:
    """`figure`: what was declared, with its unit; `fixed`: by the applicant, so that nobody changes it here.

    `told`: the difference in words, "" while there is nothing to compare; `declared`, `unit`: as typed.
    """

    label: str
    figure: str
    fixed: bool
    told: str
    declared: str
    unit: str
    rule: Measured


def beside(rule: Measured | None, prefix: str, typed: Typed, stated: frozenset[str]) -> Beside | None:
    """What a row of such a group shows; None for rows of other groups.  `stated`: the labels the applicant declared."""
    if rule is None:
        return None
    texts = {part: _text(typed, prefix + part) for part in (rule.what, rule.declared, rule.measured, rule.unit_field)}
    declared, unit = texts[rule.declared], texts[rule.unit_field]
    told = compared(declared, texts[rule.measured], unit)
    return Beside(
        texts[rule.what], f"{declared} {unit}".strip(), texts[rule.what] in stated, told, declared, unit, rule
    )


def compared(declared: str, found: str, unit: str) -> str:
    """The difference of two figures as typed, in words; "" when one of them is missing or is no number."""
    try:
        figures = decimal_of(declared), decimal_of(found)
    except Unreadable:
        return ""
    return _sentence(difference(*figures, unit, show))


def _sentence(sentence: Sentence) -> Sentence:
    return Sentence("Terukur %(beda)s", beda=sentence)


def _text(typed: Typed, name: str) -> str:
    return (typed.get(name) or [""])[0].strip()
