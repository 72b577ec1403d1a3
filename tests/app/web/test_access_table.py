"""Every route, as every role, on the own and on another's: compared with a table written from the domain paper."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from app.operations import (
    asking,
    calendar_changes,
    cases,
    clock_policies,
    disturbances,
    extending,
    force_majeure_drafts,
    force_majeure_evidence,
    release_drafts,
    reports,
    tasks,
)
from app.operations.demo import staff
from app.operations.demo.invented import paper
from app.operations.force_majeure import Proposal, propose
from app.store import transaction
from app.store.ids import uuid7
from tests.app.web.access_table import EVERYBODY, TABLE
from tests.conftest import NAME, PROCESS, close_pool

LOGINS = {
    "PM": "pemohon", "PM2": "pemohon2", "FO": "loket", "CS": "informasi", "VB": "verifikator", "KS": "kasi",
    "PP": "pengolahan", "PR": "penghitung", "BP": "bendahara", "KB": "kabid", "SD": "sekretaris", "KD": "kadis",
    "TU": "penomoran", "PS": "penyerahan", "AR": "arsip", "SV": "pengawas", "AP": "proses", "AS": "admin",
    "TT": "tim-dinkes", "KT": "ketua-dinkes", "TT2": "tim-pupr", "KT2": "ketua-pupr",
}  # fmt: skip
# What a page says to somebody it is not for; a redirect to the login page counts as well.
DENIED = {401, 403, 404}
# Rows these may change whoever asks: sessions, counters of attempts, keys of posts.
WATCHED = (
    "events tasks submissions documents letters holds questions notes payments bank_lines people grants declarations "
    "declaration_versions deployments number_books settings drafts office_events declaration_files "
    "messages calendar_changes calendar_entries disturbances disturbance_versions outages extensions limit_risks "
    "clock_policies declaration_drafts declaration_closings reports report_cases report_corrections "
    "watches saved_views declaration_comments task_refusals calendar_drafts "
    "audit_samples audit_answers findings finding_entries finding_files release_drafts draft_saves draft_holders "
    "dispositions disposition_ends impact_rounds impact_choices migration_batches migration_items release_comments"
)


SCANS = {"berkas.pindaian": "reminder_id", "kahar.pindaian": "decree_id", "laporan.pindaian": "paper_id"}
PREPARED = f"eperizinan_access_{PROCESS}"


@dataclass
class Objects:
    """One case of `PM` that waits for the recommendation of its agency, and what hangs on it."""

    case_id: UUID
    task_id: UUID
    clock_id: UUID
    document_id: UUID
    letter_id: UUID
    hold_id: UUID
    question_id: UUID
    declaration_id: UUID
    deployment_id: UUID
    message_id: UUID
    person_id: UUID
    grant_id: UUID
    applicant_id: UUID
    incident_id: UUID
    effect_id: UUID
    file_id: UUID
    change_id: UUID
    reminder_id: UUID
    decree_id: UUID
    id: UUID  # of a recorded failure of a central system
    risk_id: UUID
    extension_id: UUID
    policy_id: UUID
    draft_id: UUID
    report_id: UUID
    paper_id: UUID
    sample_id: UUID
    finding_id: UUID
    plan_id: UUID
    disposition_id: UUID
    finding_file_id: UUID
    batch_id: UUID
    remark_id: UUID
    year: int = 2026


@pytest.fixture(scope="module")
def prepared(cluster, furnished, application):
    """The objects, on a database that every visit gets a fresh copy of only when it was allowed to change it."""
    from tests.app.operations.office import Office

    name, people = furnished
    cluster.copy(name, NAME)
    with application.app_context():
        office = Office(dict(people))
        case_id = office.registered("SIPB")
        office.do(case_id, "verifikasi_keabsahan", "verifikator")
        office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
        found = objects(office, case_id)
    close_pool(application)
    cluster.copy(NAME, PREPARED)
    return found, people, office.at


def objects(office, case_id):
    task = office.task(case_id, "rekomendasi_opd")
    tasks.claim_task(UUID(task.id), office.people["ketua-dinkes"], office.at)
    hold = cases.ask_hold(case_id, "Sedang di luar kota", None, office.people["pemohon"], office.at)
    asking.ask(UUID(task.id), "Kapan Anda di tempat praktik?", office.people["ketua-dinkes"], office.at)
    strike = office.at.replace(hour=8)
    wanted = Proposal(
        ("a",), "bencana_alam", "Petir merusak perangkat pusat data.", strike, None, evidence=({"nama": "BA 1"},)
    )
    declaration = propose(wanted, office.people["kabid"], office.at)
    change = calendar_changes.Change("libur;21/12/2026;;;Keputusan kota", "SK Walikota 9/2026")
    changing = calendar_changes.propose(change, office.people["admin"], office.at)
    failure = disturbances.record(
        disturbances.Wanted("OSS", strike, None, "Masuk ke OSS gagal", ("Pengumuman OSS",)),
        office.people["kasi"],
        office.at,
    )
    extension = _extension(office, case_id)
    wanted = {"near": "80", "rungs": "50", "limit_days": "1", "berlaku": "01/09/2026", "keputusan": "SK 3/2026"}
    policy = clock_policies.propose(wanted, office.people["admin"], office.at)
    draft = force_majeure_drafts.save({"uraian": ["Listrik padam"]}, office.people["kabid"], office.at)
    plan = release_drafts.begin("Label tombol", office.people["proses"], office.at)
    report = reports.draft("2026-06", "", office.people["kasi"], office.at)
    evidence = force_majeure_evidence.add(declaration, "bukti.pdf", paper(), office.people["kabid"], office.at)
    with transaction() as store:
        held = store.cases.see(case_id)
        message = uuid7()
        values = {
            "to_person": office.people["pemohon"],
            "address": "",
            "channel": "loket",
            "notice": "x",
            "subject": "s",
        }
        store.outbox.write_message(message, office.at, case_id=case_id, body="b", **values)
        incident, effect = uuid7(), uuid7()
        store.cases.record_incident(incident, case_id, "bap", "uji", "wake", office.at)
        store.outbox.put(effect, case_id, "message", {"to": str(office.people["pemohon"]), "notice": "x"}, office.at)
        for attempt in range(12):
            store.outbox.failed(effect, "penuh", attempt + 1, office.at)
        return Objects(
            case_id,
            UUID(task.id),
            held.case.clock("L").id,
            store.documents.of_case(case_id)[0].id,
            store.documents.letters_of(case_id, "tanda_terima")[0].id,
            hold,
            store.questions.of_case(case_id)[0].id,
            declaration,
            store.deployments.active().id,
            message,
            office.people["arsip"],
            store.people.grants(office.people["arsip"])[0].id,
            office.people["pemohon"],
            incident,
            effect,
            evidence,
            changing,
            _to_sign(store, "surat_teguran", office.at, case_id=case_id),
            _to_sign(store, "sk_kahar", office.at, declaration_id=declaration),
            failure,
            _risk(store, held, office.at),
            extension,
            policy,
            draft,
            report,
            _to_sign(store, "laporan_berkala", office.at, report_id=report),
            _sample(store, office, case_id),
            finding := _finding(store, office, case_id),
            plan,
            _disposition(store, office, case_id),
            _evidence(store, office, finding, case_id),
            _batch(store, office),
            _remark(store, office, plan),
        )


def _extension(office, case_id):
    """A question about a later date whose signed answer is on file already, so that there is a paper to fetch."""
    asked = extending.propose(case_id, date(2026, 8, 28), "Menunggu hasil uji", office.people["kasi"], office.at)
    with transaction() as store:
        scan = store.documents.of_case(case_id)[0].sha256
        store.extensions.answer(asked, "asked", office.at, scan_sha256=scan)
    return asked


def _sample(store, office, case_id):
    """A sample of the one case, as a supervisor would draw it when its week is over."""
    id, day = uuid7(), office.at.date()
    lot = {"seed": "7", "closed": False, "since": day, "until": day, "state": "", "permit": "", "wanted": 1}
    listed = json.dumps(store.deployments.active().catalogue.settings["daftar_periksa_audit"])
    made = {"population": 1, "checklist": listed, "by": office.people["pengawas"], "at": office.at}
    store.samples.keep(id, [case_id], **lot, **made)
    return id


def _finding(store, office, case_id):
    """What the supervisor found in the one case and put to the treasurer."""
    id, people = uuid7(), office.people
    about = {
        "case_id": case_id,
        "category": "waktu",
        "severity": "sedang",
        "body": "Tanggal bayar keliru",
        "ground": "",
    }
    about |= {"to_person": people["bendahara"], "due_on": office.at.date(), "by": people["pengawas"], "at": office.at}
    store.findings.add(id, year=office.at.year, sample_id=None, declaration_id=None, **about)
    return id


def _evidence(store, office, finding_id, case_id):
    """What the supervisor put with it."""
    id, sha256 = uuid7(), store.documents.of_case(case_id)[0].sha256
    whose = {"by": office.people["pengawas"], "at": office.at}
    store.findings.add_file(id, finding_id=finding_id, place=0, name="bukti.pdf", sha256=sha256, **whose)
    return id


def _disposition(store, office, case_id):
    """What the kabid handed to the treasurer with the one case."""
    id, people = uuid7(), office.people
    whose = {"to_person": people["bendahara"], "by": people["kabid"], "at": office.at}
    store.dispositions.add(id, case_id=case_id, kind="DISPOSISI", body="Siapkan setorannya", due_on=None, **whose)
    return id


def _batch(store, office):
    """A batch of cases moved to the release in effect, with nothing left to do."""
    id, target = uuid7(), store.deployments.active().id
    store.batches.begin(id, target, "Alur baru", "{}", office.people["proses"], office.at)
    store.batches.change(id, status="done", ended_at=office.at)
    return id


def _remark(store, office, plan):
    """What a process administrator remarked on a form of a draft."""
    id = uuid7()
    said = {"path": "forms/tindakan.json", "element": "", "body": "Apakah judulnya cukup?", "answers": None}
    store.release_comments.add(id, office.at, draft_id=plan, deployment_id=None, by=office.people["proses2"], **said)
    return id


def _risk(store, held, at):
    """A legal limit that nears, as the sweep would raise it."""
    limit = held.case.clock("H").id
    return store.limit_risks.raise_one(held.id, limit, 2, at, at, {"tasks": [], "paused": []}, True)


def _to_sign(store, kind, at, **home):
    """A letter whose signed scan has not come."""
    id = uuid7()
    made = {"template_checksum": "0" * 64, "deployment_id": store.deployments.active().id, "number": "1"}
    store.documents.add_letter(id, {}, at, kind=kind, signing_way="basah", **made, **home)
    return id


def address(rule, found):
    """The route's address with our objects in it."""
    values = {
        "code": "SIPB" if "izin" in rule.endpoint or "simulasi" in rule.endpoint else "ABCDEFGH",
        "process": "pendaftaran",
        "token": "x" * 43,
        "page": 0,
        "kind": "csv" if rule.endpoint.startswith("laporan.") else "naskah_izin",
        "filename": "site.css",
        **vars(found),
    }
    if rule.endpoint in ("permohonan.pemohon", "permohonan.sampaikan"):
        values["person_id"] = found.applicant_id
    if rule.endpoint in SCANS:
        values["letter_id"] = getattr(found, SCANS[rule.endpoint])
    if rule.endpoint.startswith("audit."):
        values["code"] = "kilat"
    if rule.endpoint.startswith("umum.simulasi"):
        values["code"] = "TRY"
    return {name: values[name] for name in rule.arguments}


@pytest.fixture
def visit(prepared, cluster, application, monkeypatch):
    """Visits a route as a role; says whether it was let in, and what changed."""
    found, people, at = prepared
    import app.web.session as session

    line = cluster.copy(PREPARED, NAME).connect()
    line.autocommit = True
    monkeypatch.setattr(session, "now", lambda: at)
    monkeypatch.setitem(application.config, "WTF_CSRF_ENABLED", False)
    rows = watching(line)
    seen = [rows()]
    begun = now_of(line)

    def go(rule, method, role):
        client = application.test_client()
        if role != "-":
            token = log_in(application, people[LOGINS[role]], at)
            client.set_cookie("sid", token)
        with application.test_request_context():
            from flask import url_for

            path = url_for(rule.endpoint, **address(rule, found))
        answer = client.open(
            path, method=method, data=typed(rule.endpoint, people, role, found) if method == "POST" else {}
        )
        away = answer.status_code in (302, 303) and "/masuk" in answer.headers.get("Location", "")
        seen.append(rows())
        return answer, answer.status_code in DENIED or away, seen[-2] == seen[-1]

    yield go
    assert from_nowhere(line, begun) == [], "an act over the web without the address of its computer"
    line.close()
    close_pool(application)


def typed(endpoint, people, role, found):
    """What a post carries, so that it is refused for who sends it and not for what is missing."""
    helped = {} if role.startswith("PM") else {"pemohon": people["pemohon"]}
    late = {"alasan": "Alasan yang cukup panjang", "sampai": "20/08/2026"}
    return {
        "permohonan.baru_kirim": {"izin": "PEN", "jenis": "baru", "kategori": "perorangan", **helped},
        "permohonan.sampaikan": {"pesan": found.message_id, "cara": "telepon"},
        "permohonan.cabut": {"yakin": "ya"},
        "permohonan.tunda": late,
        "permohonan.jawab": {f"jawaban-{found.question_id}": "Setiap sore"},
        "permohonan.jawab_perpanjangan": {"putusan": "tolak"},
        "berkas.catat_perpanjangan": {"putusan": "tolak", "jawaban_tertulis": "Surat 12 Agustus"},
        "jam.jawab_risiko": {f"sebab-{found.risk_id}": "Petugas sakit", f"tindakan-{found.risk_id}": "Dialihkan"},
        "kelola.tolak_aturan_jam": {"alasan": "Belum perlu"},
        "berkas.cabut": {"yakin": "ya"},
        "berkas.tunda": late,
        "berkas.putuskan_penundaan": {"putusan": "kabul", "sampai": "20/08/2026 08.00"},
        "berkas.buka_kembali": {"alasan_buka": "Alasan yang cukup panjang"},
        "berkas.catatan": {"catatan": "Catatan"},
        "berkas.nik": {"alasan_nik": "Mencocokkan KTP"},
        "audit.tarik_sampel": {"benih": "7", "dari": "01/01/2026", "sampai": "02/01/2026", "jumlah": "1"},
        "audit.jawab_sampel": {"putusan-waktu": "sesuai"},
        "audit.simpan_temuan": {
            "golongan": "waktu",
            "bobot": "rendah",
            "uraian": "Janji lewat",
            "tenggat": "31/12/2026",
        },
        "audit.jawab_temuan": {"jawaban": "Sudah dibetulkan"},
        "audit.putus_temuan": {"aksi": "tutup", "putusan": "Selesai diperiksa"},
        "berkas.beri_disposisi": {
            "macam": "TANYA",
            "isi-TANYA": "Apakah sudah dihitung?",
            "kepada-TANYA": people["arsip"],
        },
        "berkas.jawab_disposisi": {"jawaban": "Sudah disiapkan"},
        "berkas.tarik_disposisi": {"alasan_tarik": "Sudah tidak perlu"},
        "tugas.tanya": {"pertanyaan": "Kapan Anda di tempat?"},
        "tugas.lepas": {"alasan_lepas": "Sedang cuti bersama"},
        "tugas.alihkan": {"kepada": people["ketua-dinkes"], "alasan_alih": "Sedang cuti bersama"},
        "kahar.ubah": {"aksi": "cabut", "uraian_cabut": "Dinyatakan keliru oleh petugas"},
        "kahar.tetapkan": {"sk": "001/KEP", "revisi": "1"},
        "kahar.tarik_usulan": {"versi": "1", "alasan_tarik": "Salah ketik"},
        "kahar.tolak": {"alasan": "Bukan keadaan kahar"},
        "gangguan.catat_kirim": {"sistem": "OSS", "sejak": "03/08/2026 08.00", "sebab": "Masuk gagal", "bukti": "x"},
        "gangguan.ubah": {"aksi": "tarik", "catatan_tarik": "Dicatat dua kali"},
        "laporan.susun": {"periode": "2026-05"},
        "laporan.kembalikan": {"alasan": "Angkanya diperiksa lagi"},
        "laporan.kirim": {"cara": "diantar", "tanda_terima": "Agenda 41"},
        "kelola.usul_kalender_kirim": {"baris": "libur;17/08/2027;;;Hari Kemerdekaan", "keputusan": "SKB 1/2027"},
        "kelola.tolak_kalender": {"alasan": "Tanggalnya keliru"},
        "kelola.nonaktifkan": {"yakin": "ya"},
        "studio.mulai": {"judul": "Rancangan baru"},
        "studio.ubah": {"nama": "forms/tindakan.json", "isi": "{}", "versi": "0"},
        "studio.impor": {"nama": "forms/tindakan.json"},
        "studio.lihat_surat": {"nama": "processes/letters/kop.typ", "surat": "skrd"},
        "studio.ganti_nama": {"jenis": "form", "lama": "skm", "baru": "survei"},
        "studio.pratinjau": {"nama": "forms/tindakan.json"},
        "studio.periksa": {"nama": "forms/tindakan.json"},
        "studio.simpan": {"nama": "forms/tindakan.json"},
        "studio.giliran": {"nama": "forms/tindakan.json"},
        "studio.usulkan": {"keterangan": "Label tombol diperjelas"},
        "studio.buang": {"alasan": "Belum perlu sekarang"},
        "kelola.usulkan_kembali": {"alasan_kembali": "Kembali ke alur semula"},
        "kelola.batalkan_terbitan": {"alasan": "Belum siap semuanya"},
        "kelola.tarik_terbitan": {"alasan_tarik": "Belum siap semuanya"},
        "pindah.mulai": {"alasan": "Alur baru menurut SOP"},
        "pindah.ubah": {"aksi": "batal", "alasan": "Langkahnya keliru"},
        "banding.catat": {"ke": found.plan_id, "berkas": "forms/tindakan.json", "catatan": "Kurang jelas"},
        "banding.jawab": {"ke": found.plan_id, "jawaban": "Sudah diperjelas"},
    }.get(endpoint, {})


def log_in(application, person, at):
    from app.operations import sessions

    with application.app_context():
        return sessions.begin(person, {}, "", "", at)


def watching(line):
    """`rows()`: which transactions wrote the watched rows: a single one written, changed or deleted shows."""
    each = "(select (count(*), sum(xmin::text::bigint), max(xmin::text::bigint))::text from {})"
    cursor = line.cursor()
    # Prepared: it is asked some seven thousand times, and planned slower than it is answered.
    cursor.execute(f"prepare watched as select {', '.join(each.format(one) for one in WATCHED.split())}")

    def rows():
        cursor.execute("execute watched")
        return cursor.fetchone()

    return rows


def now_of(line):
    cursor = line.cursor()
    cursor.execute("select clock_timestamp()")
    return cursor.fetchone()[0]


def from_nowhere(line, since):
    """What people did and looked at since then of which nobody knows from where."""
    cursor = line.cursor()
    cursor.execute(
        "select kind, address from events where by is not null and inserted_at > %(since)s"
        " union select what, address from access_log where inserted_at > %(since)s",
        {"since": since},
    )
    return sorted(kind for kind, address in cursor.fetchall() if not address)


def routes(application):
    return [
        (rule, method)
        for rule in application.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def test_every_route_has_a_line_in_the_table(application):
    known = {rule.endpoint for rule, _ in routes(application)}
    assert known - TABLE.keys() == set(), "a new route needs a line"
    assert TABLE.keys() - known == set(), "a line without a route"


@pytest.mark.parametrize("role", ["-", *LOGINS])
def test_a_role_is_let_into_its_rooms_and_no_others(role, visit, application):
    wrong = []
    for rule, method in routes(application):
        if TABLE[rule.endpoint] == EVERYBODY:
            continue
        answer, denied, unchanged = visit(rule, method, role)
        wanted = role in TABLE[rule.endpoint]
        if denied is wanted:
            wrong.append(
                f"{method} {rule.endpoint}: {answer.status_code}, should be {'let in' if wanted else 'refused'}"
            )
        if denied and not unchanged:
            wrong.append(f"{method} {rule.endpoint}: refused, and yet something was written")
        if answer.status_code >= 500:
            wrong.append(f"{method} {rule.endpoint}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_logins_of_the_table_are_those_of_the_office():
    known = {one.login for one in (*staff.STAFF, *staff.APPLICANTS)}
    assert {login for login in LOGINS.values() if not login.startswith(("tim-", "ketua-"))} <= known
