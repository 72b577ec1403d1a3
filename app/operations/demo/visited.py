"""What an invented team brings home from a visit: two photographs with captions, and every declared figure measured."""

from __future__ import annotations

from random import Random

from app.operations import visit_figures
from app.operations.prefilling import prefilled
from app.operations.uploading import Paper
from app.store import Store, transaction
from app.store.cases import Held
from engine.case import Task
from engine.forms import Form
from engine.forms.measuring import Measured

VISIT = "tinjauan"
CAPTIONS = ("Tampak depan dari jalan (contoh)", "Batas sebelah timur (contoh)")
REMARK = "Diukur dari as dinding luar; selisih karena teras (contoh)"
SAID = {"foto": True, "ketelitian_koordinat": "8", "titik_di_luar": False}
SELDOM = 0.25  # of the visits find a figure that differs


def photographs(content: bytes, name: str = "foto") -> list[Paper]:
    return [Paper(name, "foto.jpg", content, caption) for caption in CAPTIONS]


def brought(held: Held, task: Task, form: Form) -> dict[str, list[str]]:
    """What is typed of the measurements of a visit; nothing at other steps."""
    if task.element != VISIT:
        return {}
    with transaction() as store:
        return _measured(store, held, task, form)


def _measured(store: Store, held: Held, task: Task, form: Form) -> dict[str, list[str]]:
    """The rows of the form's measurements as typed: mostly what was declared, now and then the first one larger."""
    found = prefilled(store, held, task, form)
    typed: dict[str, list[str]] = {}
    for group in visit_figures.groups(form):
        rows = {name: values for name, values in found.items() if name.startswith(f"{group.name}.")}
        differs = Random(str(held.case.facts.applicant)).random() < SELDOM
        typed |= rows | _figures(rows, group.name, group.measured or visit_figures.EARLIER, differs)
    return typed


def _figures(rows: dict[str, list[str]], group: str, rule: Measured, differs: bool) -> dict[str, list[str]]:
    typed: dict[str, list[str]] = {}
    for place in range(int(rows.get(f"{group}.n", ["0"])[0])):
        row = f"{group}.{place}."
        declared = rows[row + rule.declared][0]
        typed[row + rule.measured] = [declared]
        if differs and place == 0:
            whole = declared.partition(",")[0].replace(".", "")
            typed |= {row + rule.measured: [str(int(whole) + 2)], row + rule.remark: [REMARK]}
    return typed
