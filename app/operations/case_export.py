"""A file handed out whole: the Kartu Kendali, everything in one JSON, papers, proofs of its clocks, its ledger, hashes.

Who receives it needs nothing of this office: `sha256sum -c` hears the files, `periksa-jam.pyz` the clocks, and
`verify_ledger.py` the ledger.  Who took it, and why, is recorded (UU 27/2022).
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple
from uuid import UUID

from app.clock import WIB
from app.operations import acting, case_page, documents, explaining, exporting, office_settings, personal
from app.operations.case_page import CasePage
from app.operations.case_record import record
from app.operations.findings import numbered
from app.operations.retrying import retried
from app.store import archive, files, transaction
from app.store.ids import uuid7
from engine import access, reasons

CARD = "kartu_kendali"
ON_PAPER = ("L", "H", "P")  # clocks whose derivation is printed too
_UNSAFE = re.compile(r"[^\w.()-]+")
README = """\
Berkas {name}, diekspor {at} oleh {who}.
Alasan: {reason}

kartu-kendali.pdf   Kartu Kendali seperti dicetak kantor
berkas.json         keadaan, tugas, isian, janji, pembayaran, pesan, catatan; nomor identitas disamarkan
dokumen/ surat/     berkas aslinya
temuan/             lampiran temuan pengawas dan jawabannya, sejauh boleh dibaca yang mengekspor
jam/                dari mana setiap tanggal: bukti (JSON) dan penjelasannya (PDF)
buku-jejak.zip      rantai peristiwa berkas ini, dengan pemeriksanya

Memeriksa tanpa kantor ini:
    sha256sum -c SHA256SUMS
    python periksa-jam.pyz verify jam/NAMA.json
    unzip buku-jejak.zip verify_ledger.py && python verify_ledger.py buku-jejak.zip --key KUNCI_UMUM_KANTOR
    (pemeriksa buku jejak memerlukan pustaka Python cryptography: pip install cryptography)
    KUNCI_UMUM_KANTOR diumumkan pada halaman {key_page} dan, di kantor, dalam berkas public-keys
    di samping jangkar harian; yang ada di dalam buku-jejak.zip saja tidak membuktikan apa pun

Isinya data pribadi; simpan dan musnahkan menurut aturan.
"""


class Exported(NamedTuple):
    """A zip that is gone when it is closed."""

    name: str
    file: IO[bytes]


def export(case_id: UUID, reason: str, by: UUID, at: datetime, address: str = "") -> Exported:
    """The whole file as a zip.

    Raises NotFound, NotAllowed, SubmissionInvalid at `alasan_ekspor`, and Busy while an anchor is being made.
    """
    who = _recorded(case_id, reason, by, at, address)
    found = case_page.case_page(case_id, by, at)
    name = _safe(found.held.number or found.held.tracking_code)
    told = README.format(name=name, at=_minute(at), who=who, reason=reason.strip(), key_page=_key_page())
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever hands it on
    try:
        archive.write(file, _hashed(_contents(found, told, by, at)))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Exported(f"berkas-{name}.zip", file)


@retried
def _recorded(case_id: UUID, reason: str, by: UUID, at: datetime, address: str) -> str:
    """Keep who takes the file away and why; his name."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "export_case")
        held = acting.seen(store, case_id, who)
        why = reasons.require(reason, "alasan_ekspor", "Alasan mengekspor")
        about = {"what": personal.EXPORTED, "subject_id": held.case.facts.applicant, "case_id": case_id}
        store.people.log_access(uuid7(), at, person_id=by, why=why[:200], address=address, **about)
        return store.people.names({by})[by]


def _minute(at: datetime) -> str:
    """ "20/10/2026 09.30 WIB"."""
    return f"{at.astimezone(WIB):%d/%m/%Y %H.%M} WIB"


@retried
def _key_page() -> str:
    """Where the office publishes the key by which its ledgers are verified."""
    with transaction() as store:
        settings = office_settings.effective(store, store.deployments.active().catalogue)
    return f"{settings.get('public_url', '')}/periksa"


def _hashed(contents: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The contents one by one, and behind them the hash of each in the manner of `sha256sum`."""
    lines = []
    for name, content in contents:
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        yield name, iter((content,))
    yield "SHA256SUMS", iter(("".join(lines).encode(),))


def _contents(found: CasePage, told: str, by: UUID, at: datetime) -> Iterator[tuple[str, bytes]]:
    case_id = found.held.id
    yield "BACA-SAYA.txt", told.encode()
    yield "kartu-kendali.pdf", documents.draft_letter(case_id, CARD, by, at).content
    yield "berkas.json", (json.dumps(record(found, at), ensure_ascii=False, indent=1) + "\n").encode()
    yield from _papers(found, by, at)
    yield from _evidence(found)
    yield from _clocks(found, by, at)
    yield "periksa-jam.pyz", explaining.checker()
    yield "buku-jejak.zip", _ledger(case_id, at)


def _papers(found: CasePage, by: UUID, at: datetime) -> Iterator[tuple[str, bytes]]:
    for number, row in enumerate(found.documents, 1):
        yield f"dokumen/{number:02}-{_safe(row.name)}", files.get(row.sha256)
    for number, row in enumerate(found.letters, 1):
        paper = documents.letter(row.id, by, at)
        yield f"surat/{number:02}-{_safe(paper.name)}", paper.content
        if row.signed_sha256:
            scan = documents.letter(row.id, by, at, signed=True)
            yield f"surat/{number:02}-bertanda-tangan-{_safe(scan.name)}", scan.content


def _evidence(found: CasePage) -> Iterator[tuple[str, bytes]]:
    """What was put with findings about the file that its reader may read, and with their answers."""
    for line in found.findings:
        for number, row in enumerate(line.files, 1):
            yield f"temuan/{_safe(numbered(line.row))}-{number:02}-{_safe(row.name)}", files.get(row.sha256)


def _clocks(found: CasePage, by: UUID, at: datetime) -> Iterator[tuple[str, bytes]]:
    begun = [one for one in found.held.case.clocks if one.events]
    for number, one in enumerate(begun, 1):
        name = f"jam/{number:02}-{_safe(one.name)}"
        yield f"{name}.json", explaining.proof(found.held.id, one.id, by, at).encode()
        if one.kind in ON_PAPER:
            yield f"{name}.pdf", explaining.paper(found.held.id, one.id, by, at)


def _ledger(case_id: UUID, at: datetime) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku-jejak.zip"
        exporting.export(path, at, case_id)
        return path.read_bytes()


def _safe(name: str) -> str:
    """A name that every system can keep."""
    return _UNSAFE.sub("-", name.replace("/", "-")).strip("-.")[:80] or "tanpa-nama"
