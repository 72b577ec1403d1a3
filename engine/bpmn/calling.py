"""What people call elements and flows of a diagram: by their names, what has none by the nearest step that has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from engine.bpmn.elements import Element, Flow
from engine.errors import Finding, Naming, OwnName, listed

AFTER = {
    "Gateway": "gerbang sesudah ‹%(step)s›",
    "endEvent": "akhir sesudah ‹%(step)s›",
    "Event": "peristiwa sesudah ‹%(step)s›",
    "ask": "tugas tanpa nama sesudah ‹%(step)s›",
    "": "langkah sesudah ‹%(step)s›",
}
BEFORE = {
    "Gateway": "gerbang sebelum ‹%(step)s›",
    "startEvent": "awal sebelum ‹%(step)s›",
    "Event": "peristiwa sebelum ‹%(step)s›",
    "ask": "tugas tanpa nama sebelum ‹%(step)s›",
    "": "langkah sebelum ‹%(step)s›",
}
UNNAMED = {
    "sequenceFlow": "alur tanpa nama",
    "lane": "jalur tanpa nama",
    "process": "proses tanpa nama",
    "Process": "sub-proses tanpa nama",
    "Gateway": "gerbang tanpa nama",
    "startEvent": "awal tanpa nama",
    "endEvent": "akhir tanpa nama",
    "Event": "peristiwa tanpa nama",
    "ask": "tugas tanpa nama",
    "Activity": "langkah tanpa nama",
    "": "bagian tanpa nama",
}
LONGEST = 60  # characters of a name
FARTHEST = 60  # elements looked at for one that has a name


def unnamed(kind: str, id: str) -> Naming:
    """What has neither a name nor anything named beside it: what it is by its BPMN tag, and the id if there is one."""
    said = Naming(next(word for end, word in UNNAMED.items() if kind.endswith(end)))
    return Naming("%(said)s (%(id)s)", said=said, id=id[:LONGEST]) if id else said


def _plain(name: str) -> OwnName:
    return OwnName(" ".join(name.split())[:LONGEST])


class Names:
    """Of diagrams whose elements and flows are given, by their ids."""

    def __init__(self, elements: Mapping[str, Element], flows: Iterable[Flow]) -> None:
        self._elements = elements
        self._flows = {one.id: one for one in flows}
        self._named = Counter(_plain(one.name) for one in self._flows.values())
        self._before: dict[str, list[str]] = {}
        self._after: dict[str, list[str]] = {}
        for one in self._flows.values():
            self._before.setdefault(one.target, []).append(one.source)
            self._after.setdefault(one.source, []).append(one.target)
        for event in elements.values():
            self._before.setdefault(event.id, []).extend([event.attached] if event.attached else [])

    def __contains__(self, id: str) -> bool:
        return id in self._elements

    def own(self, id: str) -> str:
        """The name of an element; "" for one without."""
        known = self._elements.get(id)
        return _plain(known.name) if known else ""

    def of(self, id: str) -> str:
        """The name of an element, else its place, "gerbang sesudah ‹Periksa berkas›"; else the id."""
        known = self._elements.get(id)
        if known is None or known.name:
            return self.own(id) or id
        if holder := self.own(known.attached):
            return Naming("peristiwa batas pada ‹%(step)s›", step=holder)
        for near, words in ((self._nearest(id, self._before), AFTER), (self._nearest(id, self._after), BEFORE)):
            if near:
                return Naming(next(said for end, said in words.items() if known.kind.endswith(end)), step=near)
        return id

    def place(self, id: str) -> str:
        """Where an element stands, for whoever knows what it is: "sesudah ‹Periksa berkas›"; "" where nothing says."""
        known = self._elements.get(id)
        if known and (holder := self.own(known.attached)):
            return Finding("pada ‹%(step)s›", step=holder)
        if near := self._nearest(id, self._before):
            return Finding("sesudah ‹%(step)s›", step=near)
        near = self._nearest(id, self._after)
        return Finding("sebelum ‹%(step)s›", step=near) if near else ""

    def way(self, id: str) -> str:
        """What a flow leads from and to, "Periksa → Paraf"; "" for none."""
        flow = self._flows.get(id)
        return self._between(flow.source, flow.target) if flow else ""

    def shared(self, name: str) -> bool:
        """Whether several flows have this name, so that it alone says nothing: "ya"."""
        return self._named[_plain(name)] > 1

    def apart(self, name: str, source: str, target: str) -> str:
        """The name of a flow; with what it joins where others have it too: "ya (Sesuai? → Paraf)"."""
        if not name or not self.shared(name) or not {source, target} <= self._elements.keys():
            return name
        return Finding("%(name)s (%(ends)s)", name=name, ends=self._between(source, target))

    def _between(self, source: str, target: str) -> Naming:
        return listed((self.of(source), self.of(target)), " → ")

    def ends(self, source: str, target: str) -> str:
        """What a flow joins: "dari ‹Periksa berkas› ke ‹Paraf›"; of ends that are not drawn nothing is said."""
        known = {one: self._quoted(one) for one in (source, target) if one in self._elements}
        if source in known and target in known:
            return Finding("dari %(source)s ke %(target)s", source=known[source], target=known[target])
        if source in known:
            return Finding("dari %(source)s", source=known[source])
        return Finding("ke %(target)s", target=known[target]) if target in known else ""

    def _quoted(self, id: str) -> str:
        """A name in quotes; what stands in place of one has them already."""
        if name := self.own(id):
            return Finding("‹%(name)s›", name=name)
        said = self.of(id)
        return said if isinstance(said, Naming) else unnamed(self._elements[id].kind, id)

    def _nearest(self, id: str, ways: Mapping[str, list[str]]) -> str:
        seen, waiting = {id}, [id]
        for one in waiting:  # grows as it goes
            for other in ways.get(one, ()):
                if name := self.own(other):
                    return name
                if other not in seen and len(seen) < FARTHEST:
                    seen.add(other)
                    waiting.append(other)
        return ""
