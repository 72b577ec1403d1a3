"""One stored snapshot per kind of wait and format version, with the diagram it came from.

`python -m tests.engine.bpmn.samples` writes the samples of the current version anew;
those of a released version stay as they are.
"""

import json
from pathlib import Path

from engine.bpmn.snapshots import VERSION
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_body import FILES, one_round, perform
from tests.engine.bpmn.test_elements import by_agency, first_of, simple, visit, waiting, with_boundary
from tests.engine.bpmn.walking import Walk, one_file, roled

FOLDER = Path(__file__).parent.parent / "snapshots"


def half_joined():
    return one_file(
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a"), d.user("b"), d.parallel("j"), d.end(),
            d.chain("mulai", "p", "a", "j", "selesai"), d.chain("p", "b", "j"), tasks=("a", "b"),
        )
    )  # fmt: skip


def calling():
    return {**simple(d.call("panggil", "kunjungan"), d.user("periksa")), "kunjungan.bpmn": d.file(visit())}


def walks():
    """Kind of wait -> a walk that stands there."""
    yield "user_task", Walk(simple(d.user("periksa")), data={"permohonan": {"izin": "SIP"}})
    yield "message", Walk(waiting(d.catch("bukti", d.by_message("bayar"))))
    yield "signal", Walk(waiting(d.catch("bukti", d.by_signal("tutup"))))
    yield "receive_task", Walk(waiting('<receiveTask id="bukti" messageRef="m_bayar"/>'))
    yield "timer", Walk(waiting(d.catch("tunggu", d.after("P10D"))))
    yield "boundary_message", Walk(with_boundary(d.boundary("batas", "periksa", d.by_message("tarik"))))
    yield "boundary_timer", Walk(with_boundary(d.boundary("batas", "periksa", d.after("PT4H"))))
    beside = d.boundary("batas", "periksa", d.by_message("tarik"), interrupting=False)
    yield "boundary_beside", Walk(with_boundary(beside)).receive("tarik", alasan="x")
    yield "event_gateway", Walk(first_of())
    yield "half_join", Walk(half_joined()).complete("b", x=2)
    yield "call_activity", Walk(calling()).complete("jadwal", hari="Senin")
    for word, sequential in (("parallel", False), ("sequential", True)):
        walk = Walk(by_agency(sequential=sequential)).complete("tentukan", instansi=["PU", "LH", "X"])
        yield f"multi_instance_{word}", walk.complete("tinjauan", "PU", nilai=1)
    body = Walk(FILES)
    for act in [*one_round(False, reminded=True), *one_round(False)][:-5]:
        perform(body, act)
    yield "body", body
    yield "ended", Walk(simple(d.user("periksa"))).complete("periksa", hasil="baik")


def told(position):
    """What a sample promises: everything of a position but ids and the snapshot itself."""
    return {
        "tasks": [[one.element, one.role, one.form_key, one.item] for one in position.tasks],
        "waiting": list(position.waiting),
        "wake_at": position.wake_at and position.wake_at.isoformat(),
        "ended": position.ended,
        "data": position.data,
    }


def write():
    folder = FOLDER / f"v{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, walk in walks():
        files = {file: content.decode() for file, content in walk.files.items()}
        sample = {"files": files, "snapshot": walk.position.snapshot, "told": told(walk.position)}
        (folder / f"{name}.json").write_text(json.dumps(sample, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write()
