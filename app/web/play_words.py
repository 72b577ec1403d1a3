"""What plays call elements, ways and decisions; of a step that a draft has no longer, as the release in effect does."""

from __future__ import annotations

from app.operations import processes
from app.web.words import translated
from engine.bpmn import Definition
from engine.bpmn.calling import Names
from engine.bpmn.elements import Flow
from engine.case.values import HOME_UNIT
from engine.deployment import Deployment
from engine.errors import Finding, NotFound, Sentence, office_word
from engine.playing import Move


class Words:
    def __init__(self, *releases: Deployment) -> None:
        """Of what several releases have, the last one says what it is called."""
        found = [one.definition for one in (*_in_effect(), *releases)]
        self._elements = {id: element for one in found for id, element in one.elements.items()}
        self._forms = releases[-1].forms if releases else {}
        self._agencies = releases[-1].catalogue.agencies if releases else {}
        self._names = Names(self._elements, _flows(found))

    def element(self, id: str) -> str:
        """Its name, else after which step it stands."""
        return translated(_ours(self._names.of(id)))

    def way(self, id: str) -> str:
        """What a flow leads from and to."""
        return translated(_ours(self._names.way(id)))

    def member(self, unit: str, number: int = 0) -> str:
        """What a round of a step is about, in brackets: its agency, the word of its member, its number; "" for none."""
        known = self._agencies.get(unit)
        about = [translated(office_word(known.name)) if known else unit] if unit not in ("", HOME_UNIT) else []
        return "".join(f" ({one})" for one in (*about, *([str(number)] if number else [])))

    def outcome(self, move: Move) -> str:
        """The label of the button that was pressed in a move."""
        known = self._elements.get(move.element)
        form = self._forms.get(known.form_key) if known else None
        return translated(dict(form.outcomes if form else ()).get(move.outcome, move.outcome))


def _ours(said: str) -> str:
    """What is said of the office's own diagrams: the names in it have their English, too."""
    if not isinstance(said, Finding):
        return said
    values = {name: _ours(one) if isinstance(one, str) else one for name, one in said.values.items()}
    return Sentence(said.pattern, **values)


def _in_effect() -> tuple[Deployment, ...]:
    try:
        return (processes.active(),)
    except NotFound:
        return ()


def _flows(definitions: list[Definition]) -> list[Flow]:
    return list({flow.id: flow for one in definitions for flow in one.flows}.values())
