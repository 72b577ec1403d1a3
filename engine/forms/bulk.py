"""Rows judged many at a time: what one button fills in, and rows that need no judging.

Both only put words into the page, where they stay to be changed; nothing is completed by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.forms.reading import Raw, Refill
from engine.forms.vocabulary import Choices, Field, Form

UNSENT = "unsent_requirements"  # requirements no paper was sent for
OPTIONAL = "optional_requirements"


def chooser(field: str, inner: str) -> str:
    """Name in the page of what the button fills into each row; no row's code has a star."""
    return f"{field}.*.{inner}"


def filled(form: Form, typed: Raw, name: str, lists: Choices) -> Refill:
    """What was typed, with the rows of `name` that are still unjudged filled by its button.

    A row whose paper was never sent is left alone: nobody can have found it in order.
    Words already typed in a row are kept.
    """
    found = _copied(typed)
    one = form.field(name)
    if one is None or one.bulk is None:
        return found
    chosen = {inner: list(typed.get(chooser(name, inner), ())) for inner in one.bulk.ask}
    unsent = dict(lists.get(UNSENT, ()))
    for code, _label in one.rows(lists):
        if code not in unsent and not _judged(found, name, code, one.bulk.fill):
            _put(found, f"{name}.{code}.", {**{k: [v] for k, v in one.bulk.fill.items()}, **chosen})
    return found


def preset(form: Form, typed: Raw, lists: Choices) -> Refill:
    """What was typed, with unjudged rows of optional papers that were not sent filled as the form says."""
    found = _copied(typed)
    for one in form.fields():
        for code in unsent_rows(one, lists):
            if not _judged(found, one.name, code, one.unsent):
                _put(found, f"{one.name}.{code}.", {inner: [value] for inner, value in one.unsent.items()})
    return found


def unsent_rows(one: Field, lists: Choices) -> Iterator[str]:
    """Codes of the rows of a field that need no judging because an optional paper was not sent."""
    if one.unsent:
        optional, unsent = dict(lists.get(OPTIONAL, ())), dict(lists.get(UNSENT, ()))
        yield from (code for code, _label in one.rows(lists) if code in optional and code in unsent)


def _copied(typed: Raw) -> Refill:
    return {key: list(values) for key, values in typed.items()}


def _judged(typed: Raw, name: str, code: str, words: Mapping[str, str]) -> bool:
    return any(any(typed.get(f"{name}.{code}.{inner}", ())) for inner in words)


def _put(typed: Refill, prefix: str, values: Mapping[str, Sequence[str]]) -> None:
    for inner, given in values.items():
        if not any(typed.get(prefix + inner, ())):
            typed[prefix + inner] = list(given)
