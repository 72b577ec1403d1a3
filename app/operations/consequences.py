"""What completing a step means beyond the process: columns of the case, payments, calculations, signatures.

Looked up by the element's id; a step that is not here has no such consequence.
A consequence may refuse the submission with a sentence per field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.clock import WIB
from app.operations import assessing, paying, personal, refusing, signatures
from app.operations.applying import applied, completed
from app.operations.soundness import SOUND, bounded
from app.store import Store
from app.store.cases import Held
from engine import access
from engine.access import Actor
from engine.case import Step, Task
from engine.effects import Notify
from engine.errors import Sentence, SubmissionInvalid, said_by
from engine.forms import Submission
from engine.levy import calculate
from engine.reserved import CALCULATION


@dataclass
class Completing:
    """A step being completed, before the engine moves."""

    store: Store
    held: Held
    task: Task
    submission: Submission
    by: Actor
    at: datetime

    @property
    def values(self) -> Mapping[str, Any]:
        return self.submission.values

    def whole(self, name: str, label: str) -> int:
        """A whole number that the step rests on; raises SubmissionInvalid at its field where there is none."""
        try:
            return int(self.values[name])
        except (KeyError, TypeError, ValueError) as error:
            raise SubmissionInvalid({name: Sentence("%(label)s wajib diisi", label=label)}) from error

    def with_values(self, **more: Any) -> Submission:
        self.submission = replace(self.submission, values={**self.submission.values, **more})
        return self.submission


def prepare(doing: Completing) -> dict[str, Any]:
    """Check and complete the submission; returns columns to be written on the case."""
    refusing.grounded(doing)
    found = BEFORE.get(doing.task.element)
    return found(doing) if found else {}


def faults(doing: Completing) -> dict[str, str]:
    """What the rules find in a form that was read only in part, so that nobody mends it in two rounds."""
    found = BEFORE.get(doing.task.element) if doing.task.element in TOGETHER else None
    try:
        _ = found(doing) if found else {}
    except SubmissionInvalid as invalid:
        return invalid.errors
    return {}


CONFIRMED = {
    "ajukan": "permohonan_diterima",
    "lengkapi": "permohonan_diterima",
    "proses_pengembalian": "pengembalian_diputus",
}


def confirmed(task: Task, step: Step) -> Step:
    """The step, with a message to the applicant when it handed in an application, or decided on his refund."""
    notice = CONFIRMED.get(task.element)
    return replace(step, effects=(*step.effects, Notify(notice, "pemohon"))) if notice else step


BAD = {
    "kelengkapan": ("status", ("tidak_ada", "tidak_terbaca", "kedaluwarsa")),
    "keabsahan": ("hasil", ("perbaikan", "tidak_sah")),
}
CLEAR = {"periksa_kelengkapan": ("kelengkapan", "lengkap"), "verifikasi_keabsahan": ("keabsahan", "sah")}
WANTING = {"periksa_kelengkapan": ("tidak_lengkap",), "verifikasi_keabsahan": ("perbaikan",)}


def checked(doing: Completing) -> dict[str, Any]:
    """The verdict agrees with the rows: nothing wanting when all is well, something named when it is not."""
    rows, well = CLEAR[doing.task.element]
    word, bad = BAD[rows]
    wrong = [code for code, row in doing.values.get(rows, {}).items() if row.get(word) in bad]
    if doing.submission.outcome == well and wrong:
        sentence = "Keputusan tidak sesuai dengan daftar: masih ada persyaratan yang belum baik"
        raise SubmissionInvalid({f"{rows}.{code}.{word}": sentence for code in wrong})
    if doing.submission.outcome in WANTING[doing.task.element] and not wrong:
        raise SubmissionInvalid({"keputusan": "Sebutkan dahulu persyaratan mana yang harus dilengkapi atau diperbaiki"})
    return {}


def calculated(doing: Completing) -> dict[str, Any]:
    """The levy is computed here from the inputs, by the tariff of the day; nobody types an amount."""
    catalogue = doing.held.case.deployment.catalogue
    levy = catalogue.permits[doing.held.case.facts.permit].levy
    tariff = catalogue.tariff_on(levy, doing.at.astimezone(WIB).date())
    if tariff is None:
        raise SubmissionInvalid({"": "Belum ada versi tarif yang berlaku hari ini"})
    try:
        found = calculate(tariff, doing.values)
    except (ValueError, KeyError, ZeroDivisionError) as error:
        raise SubmissionInvalid(
            {"": Sentence("Retribusi belum dapat dihitung: %(sebab)s", sebab=said_by(error))}
        ) from error
    doing.with_values(**{CALCULATION: found.as_json()})
    return {}


def recalculated(doing: Completing) -> dict[str, Any]:
    """The second pair of eyes: "sesuai" only when the checker's own sum is the calculator's sum."""
    found = assessing.latest_calculation(doing.store, doing.held.id)
    own = doing.whole("jumlah_hitung_ulang", "Jumlah menurut hitungan Anda")
    if doing.submission.outcome == "sesuai" and (found is None or own != int(found["total"])):
        sentence = (
            "Hitungan Anda (%(own)s) tidak sama dengan perhitungan; hitung sekali lagi, atau pilih “Tidak sesuai”"
        )
        told = Sentence(sentence, own=paying.rupiah(own))
        raise SubmissionInvalid({"jumlah_hitung_ulang": told})
    return {}


def handed_over(doing: Completing) -> dict[str, Any]:
    """Whoever collects as the applicant shows the identity card the application was made with; who downloaded, did."""
    if doing.values.get("penerima_adalah") == "unduh":
        _downloaded(doing)
    if doing.values.get("penerima_adalah") != "pemohon":
        return {}
    applied_with = doing.store.cases.nik_hmac(doing.held.id)
    if applied_with is not None and personal.nik_hmac(str(doing.values.get("nik_penerima", ""))) != applied_with:
        sentence = "NIK ini bukan NIK pemohon; bila diambil orang lain, pilih “Penerima kuasa”"
        raise SubmissionInvalid({"nik_penerima": sentence})
    return {}


def _downloaded(doing: Completing) -> None:
    permits = {one.id for one in doing.store.documents.letters_of(doing.held.id, "sk_izin")}
    fetched = {one.subject_id for one in doing.store.people.access_to(doing.held.id, personal.FETCHED)}
    if not permits & fetched:
        sentence = "Pemohon belum mengunduh surat izinnya dari portal; serahkan di loket atau tunggu unduhannya"
        raise SubmissionInvalid({"penerima_adalah": sentence})


def signed(doing: Completing) -> dict[str, Any]:
    """A wet signature needs the scan of the signed paper before the permit can be issued."""
    signs = doing.submission.outcome == "ditandatangani"
    if signs and not doing.values.get("cara"):
        raise SubmissionInvalid({"cara": "Cara menandatangani wajib dipilih"})
    by_hand = signs and doing.values.get("cara") == "basah"
    if by_hand and not doing.values.get("pindaian"):
        raise SubmissionInvalid({"pindaian": "Pindaian naskah yang ditandatangani wajib diunggah"})
    return {}


def permitted(doing: Completing) -> dict[str, Any]:
    """A permit is signed for no longer than its type allows, and by hand only with its scan."""
    return bounded(doing) | signed(doing)


def delivered(doing: Completing) -> dict[str, Any]:
    """A letter signed by hand is delivered with the scan of the signed paper in its file."""
    owed = signatures.awaits_scan(doing.store, doing.held, doing.task.element, doing.values)
    if owed:
        raise SubmissionInvalid({owed: "SKRD ini ditandatangani dengan tangan: unggah pindaiannya"})
    return {}


def dunned(doing: Completing) -> dict[str, Any]:
    """Nobody is warned or billed while his proof of payment lies at the treasurer's."""
    waiting = access.waits_for(doing.task, doing.held.case)
    if waiting:
        raise SubmissionInvalid({"": waiting})
    return {}


BEFORE: Mapping[str, Callable[[Completing], dict[str, Any]]] = {
    **SOUND,
    "ajukan": applied,
    "lengkapi": completed,
    "periksa_kelengkapan": checked,
    "verifikasi_keabsahan": checked,
    "bayar": paying.paid,
    "validasi_bayar": paying.validated,
    "hitung_retribusi": calculated,
    "hitung_ulang": calculated,
    "cek_retribusi": recalculated,
    "tanda_tangan": permitted,
    "tanda_tangan_penolakan": signed,
    "sampaikan_skrd": delivered,
    "serahkan": handed_over,
    "proses_pengembalian": paying.refunded,
    "teguran": dunned,
    "strd": dunned,
}
# Steps that leave more than the process knows: money that was judged or given back, a signature.
LASTING = frozenset({"bayar", "validasi_bayar", "proses_pengembalian", "tanda_tangan", "sampaikan_skrd"})
# Steps whose rules need nothing that their form could not read, and change nothing.
TOGETHER = frozenset({*SOUND, *CLEAR, "ajukan", "lengkapi", "serahkan", "tanda_tangan"})
