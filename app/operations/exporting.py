"""The ledger handed out: chains, heads, anchors and the public key, sealed, with a verifier that needs nothing of us.

JSON lines in one order: export, key, anchor with its heads, office, case with its events, seal.  What each line holds
is read by scripts/verify_ledger.py, which travels along.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from app.config import ROOT
from app.operations.retrying import retried
from app.store import Store, anchors, archive, signing_key, transaction
from app.store.anchors import AnchorFolder
from engine.anchors import Unreadable, digest, head_of
from engine.errors import NotFound, Refused
from engine.events import canonical, stamp

EXPORT_VERSION = 1
EVERYTHING = "semua"
PURPOSE = b"e-perizinan ekspor\n"
VERIFIER = ROOT / "scripts" / "verify_ledger.py"
README = """\
Ekspor buku jejak e-Perizinan.

ledger.jsonl       rantai peristiwa, ujung rantai, jangkar harian dan kunci umum kantor, disegel
verify_ledger.py   pemeriksa; hanya memerlukan Python 3.8 dan pustaka cryptography

    python verify_ledger.py EKSPOR.zip --key KUNCI_UMUM_KANTOR

Bandingkan kunci umum dengan yang diumumkan kantor pada halaman /periksa, dan pakailah pemeriksa dari sumber yang Anda
percaya.
"""


class Busy(Refused):
    """Jangkar sedang dibuat; ulangi sebentar lagi."""


@dataclass
class Export:
    """What an export holds so far."""

    cases: int = 0
    events: int = 0
    anchors: int = 0


@retried
def export(path: Path, at: datetime, case_id: UUID | None = None) -> Export:
    """Write the whole ledger, or one case with the anchors that speak of it, to a zip at `path`.

    Raises NotFound for a case that does not exist, Busy while an anchor is being made, OSError.
    """
    told = Export()
    with transaction(snapshot=True) as store:
        # No anchor is made meanwhile: those in the folder are those of which the office's chain speaks.
        if not store.ledger.may_anchor():
            raise Busy
        if case_id and store.case_lists.case_row(case_id) is None:
            raise NotFound(f"Berkas {case_id} tidak ada.")
        store.ledger.take_time()
        contents = (
            ("BACA-SAYA.txt", iter((README.encode(),))),
            ("ledger.jsonl", _sealed(_rows(store, case_id, at, told))),
            ("verify_ledger.py", iter((VERIFIER.read_bytes(),))),
        )
        archive.pack(path, contents)
    return told


def _sealed(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """The lines, and after them their number and hash with the office's signature over both."""
    whole, lines = hashlib.sha256(), 0
    for row in rows:
        line = f"{canonical(row)}\n".encode()
        whole.update(line)
        lines += 1
        yield line
    signature = signing_key.sign(PURPOSE + f"{lines}\n{whole.hexdigest()}\n".encode())
    seal = {"lines": lines, "sha256": whole.hexdigest(), "key": signing_key.public(), "signature": signature}
    yield f"{canonical({'type': 'seal', **seal})}\n".encode()


def _rows(store: Store, case_id: UUID | None, at: datetime, told: Export) -> Iterator[dict[str, Any]]:
    place = AnchorFolder(anchors.folder())
    scope = str(case_id) if case_id else EVERYTHING
    yield {"type": "export", "v": EXPORT_VERSION, "at": stamp(at), "scope": scope}
    for key in sorted({*place.keys(), signing_key.public()}):
        yield {"type": "key", "key": key}
    for day in place.days():
        told.anchors += 1
        yield from _anchor(place, day, case_id)
    if case_id is None:
        yield from map(_office_event, store.ledger.office_chain())
    for case, events in store.ledger.chains(case_id):
        told.cases += 1
        told.events += len(events)
        yield _case(case)
        yield from map(_event, events)


def _anchor(place: AnchorFolder, day: str, case_id: UUID | None) -> Iterator[dict[str, Any]]:
    """An anchor and its heads.  An export of one case shows the line of that case and of the others only digests, and
    leaves out the lists of anchors that do not name it: other people's files are nobody's business."""
    shown = case_id is None or any(_names(line, case_id) for line in place.lines(day))
    count = sum(1 for _ in place.lines(day)) if shown else None
    yield {"type": "anchor", "day": day, "text": place.text(day), "heads": count}
    for line in place.lines(day) if shown else ():
        if case_id is None or _names(line, case_id):
            yield {"type": "head", "line": line}
        else:
            yield {"type": "head", "digest": digest(line)}


def _names(line: str, case_id: UUID) -> bool:
    try:
        return head_of(line).case == case_id
    except Unreadable:
        return False


def _office_event(row: Any) -> dict[str, Any]:
    content = {name: getattr(row, name) for name in ("seq", "kind", "body", "prev", "hash")}
    return {"type": "office", **content, "at": stamp(row.at), "by": str(row.by or "")}


def _case(row: Any) -> dict[str, Any]:
    content = {"case": str(row.id), "number": row.number or "", "seq": row.last}
    return {"type": "case", **content, "genesis": row.genesis, "head": row.head}


def _event(row: Any) -> dict[str, Any]:
    content = {name: getattr(row, name) for name in ("seq", "kind", "role", "element", "body", "hash")}
    by = str(row.by) if row.by else None
    instants = {"at": stamp(row.at), "recorded_at": stamp(row.recorded_at)}
    return {"type": "event", **content, **instants, "by": by, "deployment": str(row.deployment_id)}
