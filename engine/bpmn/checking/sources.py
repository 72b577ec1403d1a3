"""Where data come from: what they are called in a sentence, and what to do where nothing fills them in."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.called import among
from engine.bpmn.checking.dataflow import Known
from engine.bpmn.checking.kinds import awaited_by, bare_of, parts_of
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.checking.written import written
from engine.bpmn.elements import local, properties, repetition
from engine.errors import Finding, OwnName

HANDED = "Diteruskan ke proses, dapat dibaca syarat"  # what the builder of forms calls it: `engine.forms.called`
REMOVED = "Langkah itu sudah dihapus: kembalikan langkahnya, atau ubah syarat atau parameter yang membacanya."


def data_called(known: Set, name: str) -> Finding:
    """A name of data as a sentence tells it: "hasil Paraf SKRD (paraf_skrd)" where a step leaves it, "data luas"."""
    step = step_called(known, name)
    return Finding("hasil %(step)s (%(name)s)", step=step, name=name) if step else Finding("data %(name)s", name=name)


def step_called(known: Set, name: str) -> str:
    """What the step of this id is called, of the version before too where it is gone; "" where there is none."""
    gone = known.catalogue.gone.get(name, "")
    said = gone or among(known, name)
    return "" if said == name else said


def advice(sheet: Sheet, known: Set, node: Any, name: str, here: Known, text: str = "") -> str:
    """What to do about a name that nothing before it fills in: near ones count only where they can be read there, and
    have what the expression `text` reads of it."""
    if name in known.catalogue.gone:
        return REMOVED
    parts = frozenset(part for one, part in mentions.paths(text) if one == name) if text else frozenset[str]()
    readable = frozenset() if step_called(known, name) else _readable(sheet, known, node, here)
    return near(name, frozenset(one for one in readable if _may_hold(known, one, parts)), here.some)


def _may_hold(known: Set, name: str, parts: frozenset[str]) -> bool:
    """Whether what stands under a name may have all these parts: with a timer or a condition nothing comes, and a
    letter that was issued leaves nothing to read; of a step whose form is not there anything may be meant."""
    if not parts:
        return True
    kinds = parts_of(known).get(name)
    if kinds is not None:
        return parts <= kinds.keys()
    return name not in bare_of(known) and awaited_by(known).get(name) != ""


def near(name: str, readable: frozenset[str], there: frozenset[str] | None = None) -> str:
    """A name that was probably meant, of those that are `readable`; else what is `there`."""
    there = readable if there is None else there
    if close := difflib.get_close_matches(name, readable, 1, 0.7):
        return Finding("Maksudnya %(meant)s?", meant=close[0])
    if not there:
        return "Belum ada data di sini."
    return Finding("Yang ada di sini: %(listed)s.", listed=", ".join(sorted(there)[:12]))


def form_of(known: Set, name: str) -> str:
    """Key of the form of the step of this id; "" where it has none."""
    return among(known, name, lambda node: properties(node).get("formKey", ""))


def asked_only(known: Set, name: str, part: str) -> str:
    """The label of a question that the form of a step asks without handing its answer to the process; "" for none."""
    key = form_of(known, name)
    routed, outcomes = known.catalogue.routes.get(key, {}), known.catalogue.forms.get(key, ())
    label = "" if part in routed or part in outcomes else known.catalogue.labels.get(key, {}).get(part, "")
    return OwnName(label)


def _readable(sheet: Sheet, known: Set, node: Any, here: Known) -> frozenset[str]:
    """What is surely there, and what steps of this process and of its callers may have left there."""
    steps = (one for each in _and_callers(sheet, known, node) for one in each if not _calls(one))
    return here.sure | (here.some & frozenset().union(*(written(one, known) for one in steps)))


def _calls(node: Any) -> bool:
    """Whether what an element leaves is left by the steps in it, which stand for themselves or are another's."""
    return local(node) in ("callActivity", "subProcess") and repetition(node) is None


def _and_callers(sheet: Sheet, known: Set, node: Any) -> Iterator[list[Any]]:
    """The steps of the process in which an element stands, and of those that call it, directly or not."""
    seen, waiting = set[str](), [(sheet, _process(node))]
    for holder, process in waiting:  # grows as it goes
        key = process.get("id", "") if process is not None else ""
        if process is not None and key not in seen:
            seen.add(key)
            yield [one for one in holder.nodes if _process(one) is process]
            waiting += [(other, _process(call)) for other, call in known.callers.get(key, ())]


def _process(node: Any) -> Any:
    return next((one for one in node.iterancestors() if local(one) == "process"), None)
