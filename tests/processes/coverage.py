"""What the walks passed of the diagrams, computed from the diagrams (ruling 30).

Two flows may use one id; what a walk passed counts only for its own process
and those it calls.
"""

from collections import Counter
from dataclasses import dataclass

from tests.processes.walking import shelf

EVENTS = ("endEvent", "boundaryEvent")
# How often a walk completes these steps: not once more, once, … and the most times that mean something new.
LOOPS = {
    "lengkapi": (0, 1, 2),
    "perbaikan": (0, 1, 2, 3),
    "putusan_ronde": (0, 1, 2),
    "verifikasi_keabsahan": (1, 2, 3, 4),
    "tentukan_jalur": (1, 2, 3),
    "jadwalkan": (0, 1, 2, 3),
    "bap": (0, 1, 2, 4),
    "rekomendasi_opd": (0, 1, 2, 4),
    "hitung_ulang": (0, 1, 2, 3),
    "cek_retribusi": (0, 1, 2, 3),
    "bayar": (0, 1, 2, 3),
    "validasi_bayar": (0, 1, 2, 3),
    "konfirmasi_bank": (0, 1, 2),
    "telaah_keberatan": (0, 1, 2),
    "teguran": (0, 1),
    "strd": (0, 1),
    "susun_naskah": (0, 1, 2, 3),
    "tanda_tangan": (0, 1, 2, 3),
    "penomoran": (0, 1),
    "telaah_penolakan": (0, 1, 2, 3),
    "tanda_tangan_penolakan": (0, 1, 2, 3),
    "ajukan": (0, 1, 2),
}


@dataclass(frozen=True)
class Row:
    """Of one process and one kind: what there is, and what no walk passed."""

    process: str
    kind: str
    wanted: frozenset
    missing: tuple[str, ...]


def rows(walks):
    return (*(row for process in _definition().processes for row in _of_process(process, walks)), _loops(walks))


def missing(rows):
    return [f"{row.process}: {row.kind} {one}" for row in rows for one in row.missing]


def table(rows):
    """One line per process: passed/all of flows, end events, boundary events, outcomes."""
    lines = [f"{'process':24}{'kind':16}{'passed':>8}{'all':>6}"]
    for row in rows:
        lines.append(f"{row.process:24}{row.kind:16}{len(row.wanted) - len(row.missing):8}{len(row.wanted):6}")
    total = sum(len(row.wanted) for row in rows)
    lines.append(f"{'all':40}{total - sum(len(row.missing) for row in rows):8}{total:6}")
    return "\n".join(lines)


def _definition():
    return shelf()[0].definition


def _of_process(process, walks):
    definition = _definition()
    mine = [one for one in walks if process in (one.case.process, *definition.called(one.case.process))]
    passed = {one for walk in mine for one in walk.passed}
    done = {f"{element}={outcome}" for walk in mine for element, outcome in walk.outcomes}
    own = [one for one in definition.scope(process).values() if one.process == process]
    yield _row(process, "sequence flow", (one.id for one in definition.flows if one.process == process), passed)
    for kind in EVENTS:
        yield _row(process, kind, (one.id for one in own if one.kind == kind), passed)
    yield _row(process, "outcome", (name for one in own for name in _buttons(one)), done)


def _buttons(element):
    form = shelf()[0].forms.get(element.form_key)
    return [f"{element.id}={value}" for value, _ in form.outcomes] if form else []


def _row(process, kind, wanted, passed):
    wanted = frozenset(wanted)
    return Row(process, kind, wanted, tuple(sorted(wanted - passed)))


def _loops(walks):
    counts = [Counter(element for element, _ in walk.outcomes) for walk in walks]
    seen = {f"{element}x{count[element]}" for count in counts for element in LOOPS}
    return _row("(all)", "loop", (f"{element}x{n}" for element, ns in LOOPS.items() for n in ns), seen)
