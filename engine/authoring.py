"""What an editor of diagrams may offer: the words of a release that elements can name, ready for choosing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine import notices
from engine.bpmn import Catalogue as Known
from engine.bpmn import Library, elements
from engine.catalogue import Catalogue
from engine.clocks.naming import clock_name
from engine.clocks.wording import CAUSE_WORDS
from engine.deployment import Surroundings
from engine.effects import TO_APPLICANT
from engine.forms import Field, Form
from engine.services import Service
from engine.services.all import SERVICES

# Parameters of services that name something of the catalogue: parameter -> list of `offered`.
LISTS = {
    "clock": "clocks",
    "cause": "causes",
    "letter": "letters",
    "notice": "notices",
    "register": "registers",
    "state": "states",
    "term": "terms",
    "outcome": "states",
    "to": "addressees",
    "reply": "messages",
}
# L is the promise of service, H the limit of the law (engine.clocks); other clocks are named by diagrams and terms.
OWN_CLOCKS = ("L", "H")
DECISION = "keputusan"


def offered(around: Surroundings) -> dict[str, Any]:
    """A release's words -> lists by name, JSON values only; what could not be read is left out of them.

    `forms` [{key, title, outcomes, fields}], `services` [{name, params, leaves}], `decisions` [{id, name, outputs}],
    `processes` [{key, name, file}], `start` {name: {field: kind}}, `messages`; `roles`, `states`, `letters`,
    `registers`, `notices`, `terms`, `causes`, `clocks`, `addressees` as pairs of code and title.  Kinds of values
    are those of `engine.bpmn.Catalogue`.
    """
    drawn, known = around.library, around.known
    return {
        "forms": [_form(one, known) for one in around.forms.values()],
        "services": [_service(one) for one in SERVICES],
        "decisions": _decisions(drawn),
        "processes": list(processes(drawn)),
        "start": {key: dict(kinds) for key, kinds in (known.start or {}).items()},
        "messages": sorted(known.messages or ()),
        "clocks": [[name, clock_name(name)] for name in _clocks(around.catalogue, drawn)],
        "causes": [[name, CAUSE_WORDS.get(name, "")] for name in sorted(known.causes or ())],
        **_law(around.catalogue),
    }


def _law(catalogue: Catalogue) -> dict[str, list[list[str]]]:
    return {
        "roles": [[one.code, one.name] for one in catalogue.roles.values()],
        "addressees": [[TO_APPLICANT, "Pemohon"], *([one.code, one.name] for one in catalogue.roles.values())],
        "states": [[one.code, one.label] for one in catalogue.states.values()],
        "letters": [[one.code, one.title] for one in catalogue.letters.values()],
        "registers": [[one.code, one.name] for one in catalogue.registers.values()],
        "notices": [[one.code, notices.subject(one.subject)] for one in catalogue.notices.values()],
        "terms": [[one.name, one.budget] for one in catalogue.terms.values()],
    }


def _form(form: Form, known: Known) -> dict[str, Any]:
    """With the fields whose values reach the process, those of added sections too: conditions may read these."""
    labels = {one.name: one for one in form.fields()}
    kinds, words = known.routes.get(form.key, {}), known.words.get(form.key, {})
    fields = [_field(name, kind, labels.get(name), words.get(name)) for name, kind in kinds.items()]
    return {"key": form.key, "title": form.title, "outcomes": [list(one) for one in form.outcomes], "fields": fields}


def _field(name: str, kind: str, field: Field | None, words: Iterable[str] | None) -> dict[str, Any]:
    titles = dict(field.options) if field else {}
    choices = None if words is None else [[word, titles.get(word, word)] for word in sorted(words)]
    return {"name": name, "label": field.label if field else name, "kind": kind, "words": choices}


def _service(one: Service) -> dict[str, Any]:
    params = [*sorted(one.required), *sorted(one.optional)]
    return {
        "name": one.name,
        "params": [_param(one, name) for name in params],
        "leaves": dict(one.leaves or {}),
        "replies": dict(one.replies or {}),
    }


def _param(one: Service, name: str) -> dict[str, Any]:
    """`list`: the list of `offered` that holds what it may be; `words`: the only words it may be."""
    taken = {"name": name, "required": name in one.required, "kind": one.takes.get(name, "text")}
    return {**taken, "list": LISTS.get(name, ""), "words": sorted(one.words.get(name, ()))}


def _decisions(drawn: Library) -> list[dict[str, Any]]:
    known = drawn.examined.known.decisions.values()
    return [{"id": one.id, "name": one.name, "file": one.file, "outputs": list(one.outputs)} for one in known]


def processes(drawn: Library) -> Iterator[dict[str, str]]:
    for file, root in drawn.examined.roots.items():
        names = {one.get("id", ""): one.get("name", "") for one in elements.inside(root, "process")}
        for key in elements.executable(root):
            yield {"key": key, "name": " ".join(names[key].split()) or key, "file": file}


def _clocks(catalogue: Catalogue, drawn: Library) -> tuple[str, ...]:
    """Names of clocks that terms or diagrams know, the two of the office first."""
    by_terms = (name for term in catalogue.terms.values() for name in term.clocks)
    named = {*by_terms, *_started(drawn)} - {*OWN_CLOCKS, ""}
    return (*OWN_CLOCKS, *sorted(named))


def _started(drawn: Library) -> Iterator[str]:
    for root in drawn.examined.roots.values():
        for node in elements.inside(root, "serviceTask"):
            called = elements.operator(node)
            if called is not None and called.service == "clock.start":
                yield called.params.get("clock", "").strip("\"'")
