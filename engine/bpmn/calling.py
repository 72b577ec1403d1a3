"""What people call elements and flows of a diagram: by their names, what has none by the nearest step that has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.bpmn.elements import Element, Flow
from engine.errors import Finding, joined

AFTER = {
    "Gateway": "gerbang sesudah %(step)s",
    "endEvent": "akhir sesudah %(step)s",
    "Event": "peristiwa sesudah %(step)s",
    "": "langkah sesudah %(step)s",
}
BEFORE = {
    "Gateway": "gerbang sebelum %(step)s",
    "startEvent": "awal sebelum %(step)s",
    "Event": "peristiwa sebelum %(step)s",
    "": "langkah sebelum %(step)s",
}


class Names:
    """Of diagrams whose elements and flows are given, by their ids."""

    def __init__(self, elements: Mapping[str, Element], flows: Iterable[Flow]) -> None:
        self._elements = elements
        self._flows = {one.id: one for one in flows}
        self._before: dict[str, list[str]] = {}
        self._after: dict[str, list[str]] = {}
        for one in self._flows.values():
            self._before.setdefault(one.target, []).append(one.source)
            self._after.setdefault(one.source, []).append(one.target)

    def of(self, id: str) -> str:
        """The name of an element, else its place, "gerbang sesudah Periksa berkas"; else the id."""
        known = self._elements.get(id)
        if known is None or known.name:
            return " ".join(known.name.split()) if known and known.name else id
        for near, words in ((self._nearest(id, self._before), AFTER), (self._nearest(id, self._after), BEFORE)):
            if near:
                return Finding(next(said for end, said in words.items() if known.kind.endswith(end)), step=near)
        return id

    def place(self, id: str) -> str:
        """Where an element stands, for whoever knows what it is: "sesudah Periksa berkas"; "" where nothing says."""
        if near := self._nearest(id, self._before):
            return Finding("sesudah %(step)s", step=near)
        near = self._nearest(id, self._after)
        return Finding("sebelum %(step)s", step=near) if near else ""

    def way(self, id: str) -> str:
        """What a flow leads from and to, "Periksa → Paraf"; "" for none."""
        flow = self._flows.get(id)
        return joined((self.of(flow.source), self.of(flow.target)), " → ") if flow else ""

    def _nearest(self, id: str, ways: Mapping[str, list[str]]) -> str:
        seen, waiting = {id}, [id]
        for one in waiting:
            for other in ways.get(one, ()):
                known = self._elements.get(other)
                if known and known.name:
                    return " ".join(known.name.split())
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return ""
