"""A draft that another window saved meanwhile, beside what is typed here: what differs, by the form's own labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from app.operations.desk import TaskPage
from app.web import fields
from app.web.words import translated
from engine.forms import preset


@dataclass(frozen=True)
class Difference:
    label: str
    there: str
    here: str


@dataclass(frozen=True)
class Elsewhere:
    """`version`, `at`: of the draft that stands; `differences`: in the order of the form."""

    version: int
    at: datetime | None
    differences: tuple[Difference, ...]


def compared(found: TaskPage, standing: fields.Filling, typed: Mapping[str, Sequence[str]]) -> Elsewhere:
    """What stands (`standing` is drawn with it) beside what was typed here."""
    there = dict(_told(standing))
    here = dict(_told(replace(standing, typed=preset(found.form, typed, found.lists))))
    names = dict.fromkeys([*there, *here])
    pairs = [(name, there.get(name, ""), here.get(name, "")) for name in names]
    return Elsewhere(found.draft_version, found.draft_at, tuple(Difference(*one) for one in pairs if one[1] != one[2]))


def _told(filling: fields.Filling) -> Iterator[tuple[str, str]]:
    """What each control is called, and what stands in it in words."""
    for part in fields.parts(filling):
        for control in part.controls:
            yield from _of(control, "")
    if filling.form.reasons:
        yield str(_("Alasan")), "".join(filling.typed.get("alasan_keputusan", ()))


def _of(control: fields.Control, row: str) -> Iterator[tuple[str, str]]:
    if control.field.type in ("file", "note"):
        return
    for one in control.rows:
        for inner in one.controls:
            yield from _of(inner, one.title)
    for beside in (control.accuracy, control.beyond):
        if beside:
            yield from _of(beside, row)
    if not control.rows:
        names = dict(control.choices)
        label = translated(control.field.label)
        yield f"{row} · {label}" if row else label, ", ".join(names.get(one, one) for one in control.values if one)
