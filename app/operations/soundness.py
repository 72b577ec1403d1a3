"""What no form file can say: dates and papers that would make a letter wrong, each told at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from app.clock import WIB
from app.operations import visit_figures, visits
from app.operations.lists_for_forms import form_of
from app.operations.prefilling import newest_application
from app.store import Store
from app.store.cases import Held
from engine.case import Task
from engine.catalogue.validity import day_of, valid_until
from engine.errors import Sentence, SubmissionInvalid
from engine.reserved import CAPTIONS, HELD_SINCE

ATTORNEY = "surat_kuasa"  # the requirement that is asked for when somebody applies for another


class Completing(Protocol):
    """The completion of a task, as the consequences see it."""

    @property
    def store(self) -> Store: ...
    @property
    def held(self) -> Held: ...
    @property
    def task(self) -> Task: ...
    @property
    def at(self) -> datetime: ...
    @property
    def values(self) -> Mapping[str, Any]: ...
    @property
    def submission(self) -> Any: ...
    def with_values(self, **more: Any) -> Any: ...


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
    return wrong | _hung(doing)


def _hung(doing: Completing) -> dict[str, str]:
    """An advertisement is put up when it was first applied for or later, and taken down after that."""
    up, down = (str(doing.values.get(name) or "") for name in ("tanggal_pasang", "tanggal_bongkar"))
    filed = (doing.held.submitted_at or doing.at).astimezone(WIB).date().isoformat()
    wrong = {"tanggal_pasang": "Tanggal pemasangan sudah lewat"} if "" < up < filed else {}
    after = down > up or not (up and down)
    return wrong if after else wrong | {"tanggal_bongkar": "Tanggal pembongkaran harus sesudah pemasangan"}


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
    """A permit ends after it begins and after today, or it would be issued expired; a new one begins then."""
    end, begin = str(doing.values.get("berlaku_sampai") or ""), str(doing.values.get("berlaku_mulai") or "")
    if begin and begin < _today(doing).isoformat() and doing.held.case.facts.kind == "baru":
        message = "Izin baru tidak berlaku sebelum ditetapkan; kosongkan bila berlaku sejak ditetapkan"
        raise SubmissionInvalid({"berlaku_mulai": message})
    if end and end <= max(begin, _today(doing).isoformat()):
        raise SubmissionInvalid({"berlaku_sampai": "Akhir masa berlaku harus sesudah mulainya dan sesudah hari ini"})
    if too_long := _outlives(doing, doing.values):
        raise SubmissionInvalid({"berlaku_sampai": too_long})
    return {}


def bounded(doing: Completing) -> dict[str, Any]:
    """A draft of before, or one whose application has changed since, is not signed beyond what its type allows."""
    found = [one for one in doing.store.cases.submissions(doing.held.id) if one.element == "susun_naskah"]
    too_long = _outlives(doing, found[-1].values) if found else None
    if too_long and doing.submission.outcome == "ditandatangani":
        sentence = Sentence("%(sebab)s; kembalikan naskah ini", sebab=too_long)
        raise SubmissionInvalid({"keputusan": sentence})
    return {}


def _outlives(doing: Completing, drafted: Mapping[str, Any]) -> Sentence | None:
    """Why the end that a draft states lies beyond what its permit's type and application allow; None when it does not.

    The length counts from the stated beginning or, for a new permit, from the day of signing when that is later.
    """
    permit, today = doing.held.case.deployment.catalogue.permits[doing.held.case.facts.permit], _today(doing)
    begin = day_of(drafted.get("berlaku_mulai")) or today
    begin = max(begin, today) if doing.held.case.facts.kind == "baru" else begin
    applied = newest_application(doing.store.cases.submissions(doing.held.id))
    end, last = day_of(drafted.get("berlaku_sampai")), valid_until(permit, begin, applied)
    if end is None or last is None or end <= last:
        return None
    word = "Masa berlaku izin ini: %(masa)s; paling lambat sampai %(hari)s"
    return Sentence(word, masa=permit.validity, hari=_day(last))


def reported(doing: Completing) -> dict[str, Any]:
    """A report tells of a day that has been."""
    if str(doing.values.get("tanggal") or "") > _today(doing).isoformat():
        raise SubmissionInvalid({"tanggal": "Tanggal pemeriksaan belum terjadi"})
    return {}


def recorded(doing: Completing) -> dict[str, Any]:
    """The record of an inspection is dated when it took place or later, and never ahead."""
    found = visits.appointed(doing.store, doing.held.id)
    visited_at = (
        [text for one in found.reports if (text := str(one.values.get("waktu_kunjungan", "")))] if found else []
    )
    told = str(doing.values.get("tanggal") or "")
    if visited_at and "" < told < min(visited_at)[:10]:
        raise SubmissionInvalid({"tanggal": "Tanggal pemeriksaan sebelum hari kunjungan lapangan"})
    applied = (doing.held.submitted_at or doing.held.opened_at).astimezone(WIB).date()
    if "" < told < applied.isoformat():
        raise SubmissionInvalid({"tanggal": "Tanggal pemeriksaan sebelum hari permohonan diajukan"})
    return reported(doing)


def recommended(doing: Completing) -> dict[str, Any]:
    """A condition that nobody wrote binds nobody."""
    if doing.submission.outcome == "bersyarat" and not str(doing.values.get("syarat") or "").strip():
        raise SubmissionInvalid({"syarat": "Tulis syarat yang harus dipenuhi"})
    return reported(doing)


def scheduled(doing: Completing) -> dict[str, Any]:
    """A visit lies in the future, in service hours and in a year whose calendar is adopted."""
    if not doing.values.get("waktu"):
        raise SubmissionInvalid({"waktu": "Waktu tinjauan wajib diisi"})
    wanted = datetime.fromisoformat(str(doing.values["waktu"]))
    day = wanted.astimezone(WIB).date()
    if wanted <= doing.at:
        raise SubmissionInvalid({"waktu": "Waktu tinjauan harus sesudah saat ini"})
    if day.year not in doing.store.calendars.years():
        sentence = Sentence("Kalender kerja tahun %(tahun)s belum ditetapkan", tahun=day.year)
        raise SubmissionInvalid({"waktu": sentence})
    odometer = doing.store.calendars.world().calendar.as_known(doing.at)
    first = visits.earliest(odometer, doing.at)
    if day < first:
        word = "Pemohon diberi tahu paling lambat satu hari kerja sebelum tinjauan; paling cepat %(hari)s"
        raise SubmissionInvalid({"waktu": Sentence(word, hari=_day(first))})
    if not any(opens <= wanted < closes for opens, closes in odometer.windows(day)):
        raise SubmissionInvalid({"waktu": "Waktu tinjauan di luar jam layanan"})
    return _manned(doing)


def _manned(doing: Completing) -> dict[str, Any]:
    """The Surat Tugas names a member for every agency it sends, and its leader is one of them."""
    members = {str(one) for one in doing.values.get("anggota", ())}
    for agency in doing.values.get("perangkat", ()) if members else ():
        holders = {str(one.id) for one in doing.store.people.holders("TT", agency, _today(doing))}
        if not members & holders:
            name = doing.held.case.deployment.catalogue.agencies[agency].name
            sentence = Sentence("Pilih paling sedikit satu anggota tim (TT) dari %(perangkat)s", perangkat=name)
            raise SubmissionInvalid({"anggota": sentence})
    if members and str(doing.values.get("ketua") or "") not in ("", *members):
        raise SubmissionInvalid({"ketua": "Ketua tim harus salah satu anggota yang dipilih"})
    return {}


def visited(doing: Completing) -> dict[str, Any]:
    """A report of a visit agrees with its appointment, and with itself; nobody missed one that a hold covers."""
    absent, found = doing.submission.outcome == "tidak_hadir", visits.appointed(doing.store, doing.held.id)
    _timely(doing, found, absent)
    _as_declared(doing)
    if absent and doing.values.get("pemohon_hadir"):
        raise SubmissionInvalid({"pemohon_hadir": "Pemohon dicatat hadir, tetapi keputusannya “Pemohon tidak hadir”"})
    if not absent and doing.values.get("pemohon_hadir") is False:
        sentence = "Pemohon dicatat tidak hadir; pilih “Pemohon tidak hadir” agar tinjauan dijadwalkan ulang"
        raise SubmissionInvalid({"pemohon_hadir": sentence})
    if absent and found is not None and found.held_until:
        doing.with_values(**{HELD_SINCE: found.at.isoformat()})
    _captioned(doing)
    return {}


def _captioned(doing: Completing) -> None:
    """What the photographs show becomes part of the report, and so of the record nobody changes afterwards."""
    sent = {str(one) for name in _photographed(doing) for one in doing.values.get(name, ())}
    told = {str(one.id): one.caption for one in doing.store.documents.of_case(doing.held.id) if str(one.id) in sent}
    if any(told.values()):
        doing.with_values(**{CAPTIONS: {id: words for id, words in told.items() if words}})


def _photographed(doing: Completing) -> tuple[str, ...]:
    return tuple(one.name for one in form_of(doing.held, doing.task).fields() if one.control == "camera")


def _as_declared(doing: Completing) -> None:
    """What was measured is held against what the applicant declared, not against what somebody typed beside it."""
    form = form_of(doing.held, doing.task)
    applied = newest_application(doing.store.cases.submissions(doing.held.id))
    wrong = visit_figures.altered(doing.held, form, applied, doing.values)
    if wrong:
        raise SubmissionInvalid(wrong)


def _timely(doing: Completing, found: visits.Appointment | None, absent: bool) -> None:
    """Nobody reports of a visit, or was absent from it, before its time; and it happened by now.

    A visit that a granted hold covers is sent back to scheduling as soon as the team knows.
    """
    if found is not None and absent and found.held_until:
        found = None
    if found is not None and absent and doing.at < found.at:
        raise SubmissionInvalid({"keputusan": "Waktu tinjauan belum tiba; pemohon belum dapat dinyatakan tidak hadir"})
    happened = datetime.fromisoformat(str(doing.values.get("waktu_kunjungan") or doing.at.isoformat()))
    if happened > doing.at:
        raise SubmissionInvalid({"waktu_kunjungan": "Waktu kunjungan belum terjadi"})
    if found is not None and happened < found.at - visits.EARLY:
        sentence = Sentence("Waktu kunjungan sebelum waktu yang dijadwalkan (%(waktu)s)", waktu=_moment(found.at))
        raise SubmissionInvalid({"waktu_kunjungan": sentence})


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _moment(at: datetime) -> str:
    return at.astimezone(WIB).strftime("%d/%m/%Y %H.%M WIB")


def _today(doing: Completing) -> date:
    return doing.at.astimezone(WIB).date()


SOUND: Mapping[str, Callable[[Completing], dict[str, Any]]] = {
    "susun_naskah": drafted,
    "bap": recorded,
    "rekomendasi": recommended,
    "rekomendasi_opd": recommended,
    "jadwalkan": scheduled,
    "tinjauan": visited,
}
