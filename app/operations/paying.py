"""Money claimed, judged and given back: what the steps of payment mean beyond the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import WIB
from app.operations import assessing
from app.operations.clock_views import grouped
from app.operations.work import Work
from app.store.ids import uuid7
from engine.case import Step
from engine.errors import Sentence, SubmissionInvalid

if TYPE_CHECKING:
    from app.operations.consequences import Completing

VERDICTS = {"sah": "valid", "kurang_bayar": "short", "tidak_sah": "invalid", "tidak_ditemukan": "not_found"}


def _require(doing: Completing, *names: str) -> None:
    labels = {
        "referensi": "Nomor referensi",
        "jumlah": "Jumlah",
        "tanggal_bayar": "Tanggal bayar",
        "bukti": "Bukti bayar",
    }
    empty = [one for one in names if doing.values.get(one) in (None, "", [])]
    if empty:
        raise SubmissionInvalid({one: Sentence("%(label)s wajib diisi", label=labels.get(one, one)) for one in empty})


def paid(doing: Completing) -> dict[str, Any]:
    """The applicant claims a payment: the claim is kept with the instant its proof arrived."""
    if doing.submission.outcome != "sudah_bayar":
        return {}
    _require(doing, "referensi", "jumlah", "tanggal_bayar", "bukti")
    if str(doing.values["tanggal_bayar"]) > doing.at.astimezone(WIB).date().isoformat():
        raise SubmissionInvalid({"tanggal_bayar": "Tanggal bayar belum terjadi"})
    if doing.store.payments.counted_with(str(doing.values["referensi"])) is not None:
        raise SubmissionInvalid({"referensi": "Nomor referensi ini sudah dipakai untuk pembayaran lain"})
    assessed = doing.store.payments.assessment(doing.held.id, "SKRD")
    if assessed and str(doing.values["tanggal_bayar"]) < assessed.assessed_at.astimezone(WIB).date().isoformat():
        raise SubmissionInvalid({"tanggal_bayar": "Tanggal bayar sebelum SKRD ditetapkan"})
    doing.store.payments.add(
        uuid7(),
        doing.held.id,
        doing.at,
        reference=str(doing.values["referensi"]),
        amount=doing.whole("jumlah", "Jumlah"),
        paid_on=str(doing.values["tanggal_bayar"]),
        channel=str(doing.values.get("kanal", "bank")),
        entered_by=doing.by.id,
    )
    return {}


def validated(doing: Completing) -> dict[str, Any]:
    """The treasurer's verdict; "sah" only when the sum matches and the bank reference is new (ruling 41)."""
    claims = doing.store.payments.of_case(doing.held.id)
    claim = claims[-1] if claims else None
    if claim is None:
        raise SubmissionInvalid({"": "Belum ada bukti bayar yang dapat divalidasi"})
    if claim.entered_by == doing.by.id:
        raise SubmissionInvalid({"": "Yang memasukkan pembayaran tidak boleh memvalidasinya"})
    if doing.submission.outcome not in VERDICTS:
        raise SubmissionInvalid({"keputusan": "Pilih salah satu keputusan"})
    if doing.submission.outcome == "sah":
        _found(doing, str(claim.paid_on))
        _enough(doing, claims)
    if VERDICTS[doing.submission.outcome] in ("valid", "short"):
        _match(doing, claim)
    doing.store.payments.decide(claim.id, VERDICTS[doing.submission.outcome], doing.by.id, doing.at)
    return {"paid": True} if doing.submission.outcome == "sah" else {}


def _found(doing: Completing, paid_on: str) -> None:
    """Nobody calls money received without saying where and when it was found."""
    wrong = {}
    if doing.values.get("ditemukan_di") not in ("rekening", "laporan_bank"):
        wrong["ditemukan_di"] = "Sebutkan di mana pembayaran ini ditemukan"
    arrived = str(doing.values.get("tanggal_masuk") or "")
    if not arrived:
        wrong["tanggal_masuk"] = "Tanggal masuk kas daerah wajib diisi"
    elif not paid_on <= arrived <= doing.at.astimezone(WIB).date().isoformat():
        wrong["tanggal_masuk"] = "Tanggal masuk kas daerah antara tanggal bayar dan hari ini"
    if wrong:
        raise SubmissionInvalid(wrong)


def _enough(doing: Completing, claims: tuple[Any, ...]) -> None:
    """What was paid must be what is owed, with a reference that no other payment used."""
    claim = claims[-1]
    work = Work(doing.store, doing.held, Step(doing.held.case, ()), doing.at)
    wanted = assessing.owed(work, claim.arrived_at)
    # Earlier payments that fell short count: together they must match.
    given = int(claim.amount) + sum(int(one.amount) for one in claims[:-1] if one.status == "short")
    if given != wanted:
        shown = rupiah(wanted)
        raise SubmissionInvalid(
            {
                "keputusan": Sentence(
                    "Jumlah yang dibayar tidak sama dengan yang harus dibayar (%(jumlah)s)", jumlah=shown
                )
            }
        )
    if doing.store.payments.valid_with(claim.reference) is not None:
        raise SubmissionInvalid({"keputusan": "Nomor referensi bank ini sudah dipakai untuk pembayaran lain"})


def _match(doing: Completing, claim: Any) -> None:
    """The bank's line of the proof's reference, if it was entered, belongs to this payment; it is the same sum."""
    line = doing.store.payments.bank_line(claim.reference)
    if line is None or line.payment_id is not None:
        return
    if int(line.amount) != int(claim.amount):
        told = Sentence(
            "Baris bank dengan referensi ini berjumlah %(bank)s, bukti bayar %(bukti)s; cocokkan dahulu",
            bank=rupiah(int(line.amount)),
            bukti=rupiah(int(claim.amount)),
        )
        raise SubmissionInvalid({"keputusan": told})
    doing.store.payments.match(line.id, claim.id)


def refunded(doing: Completing) -> dict[str, Any]:
    _plausible(doing)
    answer = str(doing.values.get("catatan") or doing.submission.outcome)
    doing.store.payments.close_refund(doing.held.id, answer, doing.at)
    given_back = doing.values.get("hasil_pengembalian") == "dikembalikan"
    doing.store.payments.settle(doing.held.id, given_back, doing.by.id, doing.at)
    return {}


def _plausible(doing: Completing) -> None:
    """Money is given back after it was paid, and not tomorrow."""
    day = str(doing.values.get("tanggal_kembali") or "")
    paid = max((str(one.paid_on) for one in doing.store.payments.of_case(doing.held.id)), default="")
    if day and not paid <= day <= doing.at.astimezone(WIB).date().isoformat():
        raise SubmissionInvalid({"tanggal_kembali": "Tanggal pengembalian antara tanggal bayar dan hari ini"})


def rupiah(amount: int) -> str:
    """Rp1.250.000."""
    return "Rp" + grouped(amount)
