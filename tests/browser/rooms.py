"""Every role's main pages in the demonstration office: a name for each, and where it is."""

from datetime import datetime

from app.clock import WIB
from app.web.play_state import packed
from engine.playing import Move, Start

PUBLIC = {
    "beranda": "/",
    "izin": "/izin",
    "satu-izin": "/izin/IMB",
    "alur": "/alur",
    "simulasi": "/simulasi",
    "simulasi-izin": "/simulasi/TRY",
    "lacak": "/lacak",
    "periksa": "/periksa?kode={code}",
    "keadaan-kahar": "/keadaan-kahar",
    "kalender": "/kalender",
    "kinerja": "/kinerja",
    "periksa-sk-kahar": "/periksa/{decree}",
    "masuk": "/masuk",
    "daftar": "/daftar",
    "lupa-sandi": "/lupa-sandi",
}
# login -> name of a page -> its address; {...} is looked up in the office
ROOMS = {
    "": PUBLIC,
    "pemohon": {
        "permohonan": "/permohonan",
        "pilih": "/permohonan/baru",
        "mulai": "/permohonan/baru?izin=IMB",
        "berkas": "/permohonan/{own}",
        "tugas": "/tugas/{own_task}",
        "kartu": "/berkas/{own}",
        "mengapa": "/berkas/{own}/jam/{clock}",
        "perpanjangan": "/permohonan/{extending}",
        "diperpanjang": "/berkas/{extended}/jam/{extended_clock}",
        "pesan": "/kotak-surat",
        "akun": "/akun",
    },
    "loket": {
        "kotak": "/kotak-tugas?daftar=kelompok",
        "tugas": "/tugas/{FO}",
        "loket": "/loket?cari=Slamet",
        "pemohon": "/loket/{applicant}",
        "belum-disampaikan": "/loket/pesan",
        "susulan": "/susulan",
        "formulir-kertas": "/formulir-kertas?izin=PEN",
        "menunggu-kabar": "/loket/{untold}",
        "perpanjangan": "/berkas/{extending}?bagian=tindakan",
        "mulai": "/permohonan/baru?izin=TRY&pemohon={applicant}",
    },
    "verifikator": {
        "kotak": "/kotak-tugas?daftar=kelompok",
        "tugas": "/tugas/{VB}",
        "putusan": "/kotak-tugas",
        "disposisi-saya": "/disposisi?semua=ya",
        "satu-disposisi": "/berkas/{handed}/disposisi/{disposition}",
        "kartu": "/berkas/{case}",
        "berkas": "/berkas",
    },
    "kasi": {
        "draf-kahar": "/kahar",
        "tugas": "/tugas/{KS}",
        "riwayat": "/berkas/{case}?bagian=riwayat",
        "isian": "/berkas/{case}?bagian=isian",
        "isian-berubah": "/berkas/{returned}?bagian=isian",
        "tindakan": "/berkas/{case}?bagian=tindakan",
        "catatan": "/berkas/{case}?bagian=catatan",
        "disposisi": "/berkas/{handed}/disposisi",
        "kartu-disposisi": "/berkas/{handed}?bagian=catatan",
    },
    "tim": {"kotak": "/kotak-tugas?daftar=kelompok", "tugas": "/tugas/{TT}"},
    "ketua": {"tugas": "/tugas/{KT}"},
    "penghitung": {"kotak": "/kotak-tugas?daftar=kelompok", "tugas": "/tugas/{PR}"},
    "bendahara": {
        "bendahara": "/bendahara",
        "tugas": "/tugas/{BP}",
        "pembayaran": "/berkas/{paying}?bagian=pembayaran",
    },
    "pengolahan": {"tugas": "/tugas/{PP}"},
    "kabid": {
        "kotak": "/kotak-tugas",
        "jam-layanan": "/jam-layanan",
        "risiko": "/jam-layanan/risiko",
        "antrean": "/jam-layanan/antrean",
        "perkiraan": "/jam-layanan/perkiraan",
        "kemacetan": "/jam-layanan/kemacetan",
        "berisiko": "/berkas/{risky}",
        "kahar": "/kahar",
        "usul-kahar": "/kahar/usul",
        "statistik-kahar": "/kahar/statistik",
        "gangguan": "/gangguan",
        "catat-gangguan": "/gangguan/catat",
        "satu-gangguan": "/gangguan/{disturbance}",
        "padam": "/gangguan/padam",
        "tugas": "/tugas/{KB}",
    },
    "sekretaris": {
        "laporan": "/laporan",
        "angka-laporan": "/laporan/angka?periode={period}",
        "berkas-laporan": "/laporan/angka/berkas?angka=terdaftar&periode={period}",
        "angka-setahun": "/laporan/angka?periode={year}",
        "berlaku-berkas": "/laporan/berlaku/berkas?angka=berakhir&periode={year}",
        "laporan-opd": "/laporan/opd?periode={year}",
        "laporan-opd-berkas": "/laporan/opd/berkas?periode={year}",
        "laporan-skm": "/laporan/skm?periode={year}",
        "laporan-skm-berkas": "/laporan/skm/berkas?periode={year}",
        "satu-laporan": "/laporan/{report}",
        "laporan-terkirim": "/laporan/{signed_report}",
    },
    "kadis": {
        "tugas": "/tugas/{KD}",
        "kahar": "/kahar/{declaration}",
        "surat": "/berkas/{case}?bagian=surat",
        "usulan-aturan-jam": "/kelola/aturan-jam/{policy}",
    },
    "penyerahan": {"tugas": "/tugas/{PS}"},
    "arsip": {"tugas": "/tugas/{AR}"},
    "pengawas": {
        "jam-layanan": "/jam-layanan",
        "berkas": "/berkas",
        "kartu": "/berkas/{case}",
        "dokumen": "/berkas/{case}?bagian=dokumen",
        "keadaan-dahulu": "/berkas/{case}?bagian=waktu",
        "per-tanggal": "/berkas/{case}?per={moment}",
        "riwayat-per-tanggal": "/berkas/{case}?bagian=riwayat&per={moment}",
        "banding": "/berkas/{case}/banding?dari={moment}",
        "pesan": "/berkas/{case}?bagian=pesan",
        "audit": "/audit?jenis=peristiwa",
        "sampel": "/audit/sampel",
        "satu-sampel": "/audit/sampel/{sample}",
        "berkas-sampel": "/audit/sampel/{sample}/{sampled}",
        "temuan": "/audit/temuan",
        "satu-temuan": "/audit/temuan/{finding}",
        "catat-temuan": "/audit/temuan/baru",
        "pola": "/audit/pola",
        "satu-pola": "/audit/pola/kilat",
        "akses": "/audit/akses",
        "akses-satu": "/audit/akses?siapa={supervisor}",
        "boleh": "/audit/boleh?siapa=Ratna&tindakan=kerjakan&berkas={case}",
    },
    "proses": {
        "proses": "/kelola/proses",
        "satu-proses": "/kelola/proses/{deployment}",
        "terbitan-diusulkan": "/kelola/proses/{awaiting}",
        "studio": "/studio",
        "rancangan": "/studio/{plan}",
        "berkas-rancangan": "/studio/{plan}/berkas?nama=forms/tindakan.json",
        "diagram": "/studio/{plan}/diagram?nama=processes/bersama/verifikasi.bpmn",
        "formulir": "/studio/{plan}/formulir?nama=forms/verifikasi_keabsahan.json",
        "permainan": "/studio/{plan}/main?p={play}",
        "skenario": "/studio/{plan}/skenario",
        "dampak": "/studio/{plan}/dampak",
        "banding-versi": "/kelola/banding?ke={plan}",
        "banding-diagram": "/kelola/banding/diagram?dari={deployment}&ke={plan}&nama=processes/bersama/verifikasi.bpmn",
        "pindahan": "/kelola/pindah",
        "satu-pindahan": "/kelola/pindah/{batch}",
        "berkas-terbitan": "/kelola/proses/{deployment}/berkas",
        "katalog": "/kelola/katalog",
        "kalender": "/kelola/kalender",
        "banding-kalender": "/kelola/kalender/banding",
        "usul-kalender": "/kelola/kalender/usul",
        "penguji-kalender": "/kelola/kalender/penguji?izin=IMB",
        "kesehatan": "/kelola/kesehatan",
    },
    "admin": {
        "pegawai": "/kelola/pegawai",
        "satu-pegawai": "/kelola/pegawai/{official}",
        "pengaturan": "/kelola/pengaturan",
        "aturan-jam": "/kelola/aturan-jam",
        "nomor": "/kelola/nomor",
        "pesan": "/kotak-surat",
        "perbaikan": "/perbaikan",
    },
}
# A play that stands after its first step.
PLAY = packed(Start("SIPB", datetime(2026, 8, 3, 8, tzinfo=WIB)), (Move("do", "ajukan", outcome="diajukan"),))
# The longest open: ids of tasks are made by chance, and each step has another form.
OPEN_TASK = (
    "select id, unit, case_id from tasks where closed_at is null and role = %s "
    "order by assignee_id is not null, opened_at, element, id"
)


OWN_CASE = (
    "select c.id, l.id from cases c join clocks l on l.case_id = c.id and l.name = 'L' "
    "where c.applicant_id = %s and not c.closed order by c.id"
)
OWN_TASK = (
    "select t.id from tasks t join cases c on c.id = t.case_id "
    "where c.applicant_id = %s and t.closed_at is null and t.role = 'PM' order by t.id"
)
IN_STATE = "select id from cases where state = %s order by id"
RETURNED = "select case_id from submissions where element = 'lengkapi' order by at desc"
# An instant in the middle of a file's history, as our own links write it.
MOMENT = (
    """select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from events """
    "where case_id = %s and kind = 'letter_issued' order by seq"
)
UNTOLD = "select to_person from messages where channel = 'loket' and delivered_at is null order by created_at"
EXTENDING = (
    "select e.case_id from extensions e join cases c on c.id = e.case_id "
    "where c.applicant_id = %s and e.status = 'asked' order by e.proposed_at desc"
)
EXTENDED = (
    "select e.case_id, e.clock_id from extensions e join cases c on c.id = e.case_id "
    "where c.applicant_id = %s and e.status = 'agreed' order by e.proposed_at desc"
)
RISKY = "select case_id from limit_risks where answered_at is null and closed_at is null order by raised_at desc"
DECREE = "select verification_code from letters where declaration_id is not null order by id"
PERMIT = "select verification_code from letters where kind = 'sk_izin' order by id"


FINDING = "select finding_id from finding_entries where kind = 'ANSWER' order by at desc"
HANDED = "select case_id, id from dispositions where kind = 'DISPOSISI' order by at desc"
SAMPLED = "select sample_id, case_id from audit_sample_cases order by sample_id, place"
REPORT = "select id from reports order by since desc, known_at desc"
SIGNED_REPORT = "select id from reports where signed_at is not null order by since desc"
PERIOD = (
    "select to_char(max(effective_at) at time zone 'Asia/Jakarta', 'YYYY-MM') from clock_events e "
    "join clocks c on c.id = e.clock_id where c.name = 'L' and e.kind = 'START'"
)


def looked_up(office):
    """What the addresses ask for, the first of each; and the agencies that {TT} and {KT} belong to."""
    owner = office.ids["pemohon"]
    own = _first(office, OWN_CASE, str(owner))
    extended = _first(office, EXTENDED, str(owner))
    tasks = {role: _first(office, OPEN_TASK, role) for role in ROLES}
    found = {
        "own": own[0],
        "clock": own[1],
        "own_task": _first(office, OWN_TASK, str(owner))[0],
        "applicant": owner,
        "official": office.ids["verifikator"],
        "supervisor": office.ids["pengawas"],
        "case": _first(office, IN_STATE, "PARAF")[0],
        "returned": _first(office, RETURNED)[0],
        "paying": _first(office, IN_STATE, "VALIDASI_PEMBAYARAN")[0],
        "declaration": _first(office, "select id from declarations order by id")[0],
        "disturbance": _first(office, "select id from disturbances order by id")[0],
        "play": PLAY,
        "plan": _first(office, "select id from release_drafts where status = 'open' order by opened_at")[0],
        "batch": _first(office, "select id from migration_batches order by at")[0],
        "deployment": _first(office, "select id from deployments order by id")[0],
        "awaiting": _first(office, "select id from deployments where status = 'draft' order by id")[0],
        "untold": _first(office, UNTOLD)[0],
        "decree": _first(office, DECREE)[0],
        "code": _first(office, PERMIT)[0],
        "extending": _first(office, EXTENDING, str(owner))[0],
        "extended": extended[0],
        "extended_clock": extended[1],
        "risky": _first(office, RISKY)[0],
        "report": _first(office, REPORT)[0],
        "signed_report": _first(office, SIGNED_REPORT)[0],
        "period": _first(office, PERIOD)[0],
        "year": str(_first(office, PERIOD)[0])[:4],
        "policy": _first(office, "select id from clock_policies order by recorded_at desc")[0],
    }
    handed = _first(office, HANDED)
    found |= {"handed": handed[0], "disposition": handed[1]}
    sample = _first(office, SAMPLED)
    found |= {"sample": sample[0], "sampled": sample[1], "finding": _first(office, FINDING)[0]}
    found["moment"] = _first(office, MOMENT, str(found["case"]))[0]
    return {**found, **{role: task[0] for role, task in tasks.items()}}, {role: tasks[role][1] for role in ("TT", "KT")}


def _first(office, question, *values):
    rows = office.ask(question, values)
    assert rows, f"the demonstration office has nothing for {question} {values}"
    return rows[0]


ROLES = ("FO", "VB", "KS", "PR", "BP", "PP", "KB", "KD", "PS", "AR", "TT", "KT")


def logins(units):
    """The members of the agencies whose tasks are looked at."""
    return {"tim": f"tim-{units['TT'].lower()}", "ketua": f"ketua-{units['KT'].lower()}"}
