"""What no form file can say: dates and papers that would make a letter wrong, each told at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from app.clock import WIB
from app.store import Store
from app.store.cases import Held
from engine.errors import Sentence, SubmissionInvalid

ATTORNEY = "surat_kuasa"  # the requirement that is asked for when somebody applies for another
EARLY = timedelta(minutes=15)  # a team that is a little early need not wait for the minute


class Completing(Protocol):
    """The completion of a task, as the consequences see it."""

    @property
    def store(self) -> Store: ...
    @property
    def held(self) -> Held: ...
    @property
    def at(self) -> datetime: ...
    @property
    def values(self) -> Mapping[str, Any]: ...
    @property
    def submission(self) -> Any: ...


def possible(doing: Completing) -> None:
    """Nobody is born or graduates tomorrow, what has run out licenses nobody, an attorney has a power."""
    wrong = _impossible_days(doing) | _impossible_years(doing) | _missing_power(doing)
    if wrong:
        raise SubmissionInvalid(wrong)


def _impossible_days(doing: Completing) -> dict[str, str]:
    today, wrong = _today(doing).isoformat(), {}
    if str(doing.values.get("tanggal_lahir") or "") >= today:
        wrong["tanggal_lahir"] = "Tanggal lahir harus sebelum hari ini"
    if "" < str(doing.values.get("str_berlaku_sampai") or "") < today:
        wrong["str_berlaku_sampai"] = "STR ini sudah habis masa berlakunya"
    return wrong


def _impossible_years(doing: Completing) -> dict[str, str]:
    year, wrong = str(_today(doing).year), {}
    if str(doing.values.get("tahun_lulus") or "") > year:
        wrong["tahun_lulus"] = "Tahun lulus belum tiba"
    for place, one in enumerate(doing.values.get("kendaraan_pemohon", ())):
        if str(one.get("tahun_pembuatan", "")) > year:
            wrong[f"kendaraan_pemohon.{place}.tahun_pembuatan"] = "Tahun pembuatan belum tiba"
    return wrong


def _missing_power(doing: Completing) -> dict[str, str]:
    """A file opened under an earlier release still has a field of its own for the power of attorney."""
    elsewhere = doing.values.get("surat_kuasa_dokumen")
    if not doing.values.get("dikuasakan") or elsewhere or _sent(doing, ATTORNEY):
        return {}
    return {f"berkas_tambahan.{ATTORNEY}.unggahan": "Surat kuasa wajib diunggah bila permohonan dikuasakan"}


def _sent(doing: Completing, requirement: str) -> bool:
    return any(one.requirement == requirement for one in doing.store.documents.of_case(doing.held.id))


def drafted(doing: Completing) -> dict[str, Any]:
    """A permit ends after it begins and after today, or it would be issued expired."""
    end, begin = str(doing.values.get("berlaku_sampai") or ""), str(doing.values.get("berlaku_mulai") or "")
    if end and end <= max(begin, _today(doing).isoformat()):
        raise SubmissionInvalid({"berlaku_sampai": "Akhir masa berlaku harus sesudah mulainya dan sesudah hari ini"})
    return {}


def reported(doing: Completing) -> dict[str, Any]:
    """A report tells of a day that has been."""
    if str(doing.values.get("tanggal") or "") > _today(doing).isoformat():
        raise SubmissionInvalid({"tanggal": "Tanggal pemeriksaan belum terjadi"})
    return {}


def recommended(doing: Completing) -> dict[str, Any]:
    """A condition that nobody wrote binds nobody."""
    if doing.submission.outcome == "bersyarat" and not str(doing.values.get("syarat") or "").strip():
        raise SubmissionInvalid({"syarat": "Tulis syarat yang harus dipenuhi"})
    return reported(doing)


def scheduled(doing: Completing) -> dict[str, Any]:
    """A visit lies in the future, in service hours and in a year whose calendar is adopted."""
    if not doing.values.get("waktu"):
        return {}
    wanted = datetime.fromisoformat(str(doing.values["waktu"]))
    day = wanted.astimezone(WIB).date()
    if wanted <= doing.at:
        raise SubmissionInvalid({"waktu": "Waktu tinjauan harus sesudah saat ini"})
    if day <= _today(doing):
        raise SubmissionInvalid({"waktu": "Pemohon diberi tahu paling lambat satu hari sebelum tinjauan"})
    if day.year not in doing.store.calendars.years():
        sentence = Sentence("Kalender kerja tahun %(tahun)s belum ditetapkan", tahun=day.year)
        raise SubmissionInvalid({"waktu": sentence})
    odometer = doing.store.calendars.world().calendar.as_known(doing.at)
    if not any(opens <= wanted < closes for opens, closes in odometer.windows(day)):
        raise SubmissionInvalid({"waktu": "Waktu tinjauan di luar jam layanan"})
    return {}


def visited(doing: Completing) -> dict[str, Any]:
    """Nobody reports of a visit, or was absent from it, before its hour; and it happened by now."""
    answers = doing.store.cases.submissions(doing.held.id, "jadwalkan")
    due = datetime.fromisoformat(str(answers[-1].values["waktu"])) if answers else None
    if due is not None and doing.submission.outcome == "tidak_hadir" and doing.at < due:
        raise SubmissionInvalid({"keputusan": "Waktu tinjauan belum tiba; pemohon belum dapat dinyatakan tidak hadir"})
    typed = doing.values.get("waktu_kunjungan")
    happened = datetime.fromisoformat(str(typed)) if typed else doing.at
    if happened > doing.at:
        raise SubmissionInvalid({"waktu_kunjungan": "Waktu kunjungan belum terjadi"})
    if due is not None and happened < due - EARLY:
        when = due.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
        sentence = Sentence("Tinjauan dijadwalkan %(when)s WIB; kunjungan sebelum waktu itu belum sah", when=when)
        raise SubmissionInvalid({"waktu_kunjungan": sentence})
    return {}


def _today(doing: Completing) -> date:
    return doing.at.astimezone(WIB).date()


SOUND: Mapping[str, Callable[[Completing], dict[str, Any]]] = {
    "susun_naskah": drafted,
    "bap": reported,
    "rekomendasi": recommended,
    "rekomendasi_opd": recommended,
    "jadwalkan": scheduled,
    "tinjauan": visited,
}
