"""The second person's answer to a change of law: refused on its own page, with what was typed, or done and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from flask import flash, redirect
from werkzeug.wrappers import Response

from app.web.errors import told
from engine.errors import Refused, SubmissionInvalid

Page: TypeAlias = str | Response | tuple[str, int]
# The proposal's own page again: faults by field, the status, why the answer was not taken.
Shown: TypeAlias = Callable[[Mapping[str, str], int, str], Page]


def decided(act: Callable[[], str], shown: Shown, then: str) -> Page:
    """Carry out `act`, tell the sentence it returns, and go to the address `then`."""
    try:
        sentence = act()
    except SubmissionInvalid as invalid:
        return shown(invalid.errors, 422, "")
    except Refused as refused:
        return shown({}, 409, told(refused))
    flash(sentence)
    return redirect(then, 303)
