"""Every page of the office, those of the rooms and the rest; and the addresses that are no pages, with reasons."""

import re
from datetime import timedelta
from uuid import UUID

from app.operations import (
    asking,
    calendar_changes,
    calendar_drafts,
    cases,
    dispositions,
    findings,
    force_majeure,
    force_majeure_drafts,
    reports,
    tasks,
)
from app.operations.calendar_changes import Change
from app.operations.dispositions import Given
from app.operations.findings import Found
from app.operations.force_majeure import Proposal
from tests.browser.rooms import ROOMS, logins, looked_up

# login -> further pages and further states of pages; {...} is looked up in the office
ELSEWHERE = {
    "": ("/alur/pendaftaran", "/aktivasi/{token}", "/sandi-baru/{token}", "/daftar/terkirim", "/lacak?nomor=1&kode=2"),
    "pemohon": (
        "/kotak-surat/{message}",
        "/dokumen/{document}",
        "/permohonan/{asked_case}",
        "/permohonan/{returned}",
        "/izin",
        "/keadaan-kahar",
    ),
    "loket": ("/permohonan/{own}", "/permohonan/baru", "/berkas/{untold_case}?bagian=pesan", "/loket", "/kalender"),
    "kasi": (
        "/kahar/usul?draf={draft}",
        "/kahar/usul/{draft}/dampak",
        "/kahar/{declaration}/ubah/{recovery}/dampak",
        "/kahar/{declaration}/ubah/{undoing}/dampak",
        "/berkas/{case}?bagian=surat",
        "/berkas/{case}?bagian=pembayaran",
        "/audit/boleh",
        "/kahar/{declaration}",
        "/kotak-tugas?daftar=kelompok&izin=SIPB",
        "/berkas/{fresh}?bagian=tindakan",
        "/berkas/{fresh}/disposisi/{handed_on}",
    ),
    "kabid": (
        "/kotak-tugas?daftar=tunda",
        "/kotak-tugas?daftar=selesai",
        "/kotak-tugas?daftar=pantau",
        "/kelola/nomor",
        "/berkas/{closed}?bagian=tindakan",
        "/kahar/{proposed}",
    ),
    "verifikator": ("/cari", "/cari?q=sla"),
    "bendahara": ("/audit/temuan/{open_finding}",),
    "sekretaris": ("/laporan/{report}/berkas",),
    "kadis": (
        "/laporan/{report}",
        "/kahar/{proposed}",
        "/kelola/kalender/perubahan/{asked_change}",
        "/jam-layanan/risiko",
    ),
    "pengawas": ("/berkas?cari=tidak-ada", "/audit?jenis=akses", "/bendahara", "/perbaikan", "/kahar/{proposed}"),
    "proses2": ("/kelola/proses/{awaiting}", "/kotak-tugas"),
    "proses": (
        "/studio/{plan}/tabel?nama=processes/bersama/usul_jalur.dmn",
        "/studio/{plan}/surat?nama=processes/letters/skrd.typ",
        "/studio/{plan}/hukum?nama=processes/catalogue/permits.json",
        "/studio/{plan}/pemakaian",
        "/studio/{plan}/main",
        "/studio/{plan}/ulang",
    ),
    "admin": (
        "/kelola/kalender/usul/{calendar_draft}/dampak",
        "/kelola/kalender/perubahan/{change}",
        "/kelola/kalender/usul?usulan=2027",
        "/kelola/kesehatan",
    ),
}
TABLE_OF_A_PAGE = "a table to take home of a page that is walked"
PICTURE = "a picture, shown on a page that is walked"
PAPER = "a paper, shown on a page that is walked"
PULSE = "figures that a script of a walked page asks for"
MACHINE = "for machines that watch the office"
NO_PAGES = {
    "audit.lampiran_temuan": PAPER,
    "audit.unduh": TABLE_OF_A_PAGE,
    "audit.unduh_akses": TABLE_OF_A_PAGE,
    "audit.unduh_pola": TABLE_OF_A_PAGE,
    "audit.unduh_satu_pola": TABLE_OF_A_PAGE,
    "audit.unduh_temuan": TABLE_OF_A_PAGE,
    "berkas.penjelasan": "the explanation of a clock as JSON",
    "berkas.penjelasan_pdf": "the explanation of a clock as PDF",
    "berkas.persetujuan": PAPER,
    "dampak.cetak": "the rehearsal as PDF",
    "dampak.kemajuan": PULSE,
    "dampak.unduh": TABLE_OF_A_PAGE,
    "dokumen.gambar_rancangan": PICTURE,
    "dokumen.gambar_surat": PICTURE,
    "dokumen.halaman": PICTURE,
    "dokumen.kecil": PICTURE,
    "dokumen.rancangan": PAPER,
    "dokumen.surat": PAPER,
    "dokumen.surat_bertanda_tangan": PAPER,
    "dokumen.unduh": PAPER,
    "gangguan.unduh": TABLE_OF_A_PAGE,
    "gangguan.unduh_padam": TABLE_OF_A_PAGE,
    "jam.denyut": PULSE,
    "jam.unduh": TABLE_OF_A_PAGE,
    "kahar.bukti": PAPER,
    "kahar.unduh": TABLE_OF_A_PAGE,
    "kahar.unduh_diselamatkan": TABLE_OF_A_PAGE,
    "kelola.unduh_berkas_terbitan": TABLE_OF_A_PAGE,
    "kelola.unduh_kalender": TABLE_OF_A_PAGE,
    "kelola.unduh_kalender_ics": "a calendar for other programs",
    "kelola.unduh_terbitan": "a release as a file",
    "kesehatan.alive": MACHINE,
    "kesehatan.measured": MACHINE,
    "kesehatan.ready": MACHINE,
    "lapangan.keadaan": PULSE,
    "laporan.unduh": "a report as a file",
    "laporan.unduh_angka": TABLE_OF_A_PAGE,
    "pindah.kemajuan": PULSE,
    "pindah.unduh": TABLE_OF_A_PAGE,
    "static": "style sheets, scripts and pictures",
    "studio.unduh": "a release as a file",
    "tugas.denyut": PULSE,
    "tugas.hadir": PULSE,
    "tugas.saran": PULSE,
    "umum.kalender_ics": "a calendar for other programs",
    "umum.pemeriksa_jam": "a program to take home",
}
PROPOSED = {
    "dasar": ["a"],
    "peristiwa": ["lainnya"],
    "tak_terduga": ["Kabel diputus alat berat proyek (contoh)"],
    "uraian": ["Kabel serat optik ke pusat data putus sejak siang (contoh)"],
    "bukti": ["Berita acara nomor 17/2026 (contoh)"],
}
BECAUSE = "Menurut berita acara pemeriksaan (contoh)"
MESSAGE = "select id from messages where to_person = %s order by created_at desc"
DOCUMENT = "select d.id from documents d join cases c on c.id = d.case_id where c.applicant_id = %s order by d.id"
CHANGE = "select id from calendar_changes order by id desc"
UNTOLD_CASE = "select case_id from messages where case_id is not null order by created_at desc"


def addresses():
    """(login, address) of every page and state of a page, those of the rooms first."""
    rooms = [(login, one) for login, found in ROOMS.items() for one in found.values()]
    return rooms + [(login, one) for login, found in ELSEWHERE.items() for one in found]


def prepared(office):
    """What the addresses stand for, and the logins of `tim` and `ketua`; what waits for an answer is made."""
    office.work()
    known, units = looked_up(office)
    owner = (str(office.ids["pemohon"]),)
    wanted = {"message": (MESSAGE, owner), "document": (DOCUMENT, owner), "change": (CHANGE, ())}
    wanted["untold_case"] = (UNTOLD_CASE, ())
    found = {name: office.ask(*question)[0][0] for name, question in wanted.items()}
    at, people = office.present.at, office.ids
    with office.application.app_context():
        found |= _drafts(people, known["declaration"], at) | _proposals(people, at) | _questions(office, known, at)
    return known | found | {"token": "x" * 43}, logins(units)


def _drafts(people, declaration, at):
    """Drafts whose effect is shown: of a keadaan kahar, of two changes of it, of a change of the calendar."""
    early = (at - timedelta(hours=2)).strftime("%d/%m/%Y %H.%M")
    act = {"pernyataan": [str(declaration)]}
    typed = {
        "draft": {**PROPOSED, "sejak": [early]},
        "recovery": {**act, **_because("pulih"), "sampai_pulih": [early]},
        "undoing": {**act, **_because("cabut")},
    }
    made = {name: force_majeure_drafts.save(one, people["kasi"], at) for name, one in typed.items()}
    return made | {"calendar_draft": calendar_drafts.save(_holiday(at, 15), 0, people["admin"], at)}


def _proposals(people, at):
    """What waits for a second person: a keadaan kahar of one kelurahan, a holiday."""
    told = {"evidence": ({"nama": "BA 3"},), "apart": "Bukan peristiwa yang sama (contoh)"}
    flood = Proposal(("a",), "bencana_alam", "Banjir di satu kelurahan (contoh)", at - timedelta(hours=1), None, **told)
    return {
        "proposed": force_majeure.propose(flood, people["kabid"], at),
        "asked_change": calendar_changes.propose(_holiday(at, 22), people["admin"], at),
    }


def _questions(office, known, at):
    """A hold and a question asked, a task that is held, a finding not answered yet, a report that was checked."""
    people, task = office.ids, UUID(str(known["VB"]))
    with office.prepared() as working:
        fresh, closed = working.registered("SIPB"), working.registered("SIPB")
    cases.withdraw(closed, people["pemohon"], at)
    cases.ask_hold(fresh, "Sedang di luar kota (contoh)", None, people["pemohon"], at)
    tasks.claim_task(task, people["verifikator"], at)
    asking.ask(task, "Kapan Anda di tempat? (contoh)", people["verifikator"], at)
    asked = office.ask("select case_id from questions order by asked_at desc", ())[0][0]
    about = Found("waktu", "sedang", "Tanggal bayar keliru (contoh)", "", people["bendahara"], at.date())
    open_finding = findings.record(about, people["pengawas"], at)
    reports.check(known["report"], people["kabid"], at)
    handed = Given("DISPOSISI", "Cocokkan alamatnya (contoh)", people["verifikator"], at.date())
    handed_on = dispositions.give(fresh, handed, people["kasi"], at)
    return {"fresh": fresh, "closed": closed, "asked_case": asked, "open_finding": open_finding, "handed_on": handed_on}


def _holiday(at, days):
    """Each by a decree of its own."""
    return Change(
        f"libur;{at + timedelta(days=days):%d/%m/%Y};;;Keputusan kota (contoh)", f"SK Walikota {days}/2026", ""
    )


def _because(kind):
    return {"aksi": [kind], "uraian": [BECAUSE], f"uraian_{kind}": [BECAUSE]}


def endpoint(application, address):
    """The route's name behind an address, "" where nobody is at home; looked-up parts may stand in it unfilled."""
    path = re.sub(r"\{(code|token|moment|period)\}", "ABCDEFGH", address.partition("?")[0])
    path = re.sub(r"\{\w+\}", str(UUID(int=7)), path)
    return application.url_map.bind("localhost").match(path)[0]


def by_route(application):
    """route -> the first address of it that is walked."""
    found = {}
    for _login, address in addresses():
        found.setdefault(endpoint(application, address), address)
    return found
