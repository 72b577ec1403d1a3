"""An office with a case at every step, so that every role has something on its desk."""

from datetime import timedelta

from sqlalchemy import insert

from app.operations import (
    calendar_changes,
    clock_policies,
    dispositions,
    disturbances,
    extending,
    findings,
    force_majeure,
    force_majeure_drafts,
    heartbeat,
    impact,
    issuing,
    limit_raising,
    looks,
    patterns,
    people,
    release_differences,
    reports,
    sampling,
)
from app.operations.background import AT_COUNTER, record_incident
from app.operations.calendar_changes import Change
from app.operations.demo import drafting
from app.operations.dispositions import Given
from app.operations.disturbances import Wanted
from app.operations.findings import Found
from app.operations.force_majeure import Proposal
from app.operations.impact import Subject
from app.store import transaction
from app.store.encoding import dump
from app.store.ids import uuid7
from app.store.tables.releases import migration_items
from engine.case import read_clock
from engine.errors import Incident
from tests.app.operations.course import COURSE, NOTHING_NEEDED, along
from tests.app.operations.test_flows import owed, pay, skrd, to_payment


def stock(office, disaster=True):
    """Bring cases to every step, by default under a disaster; letters' files are left out, as in a demonstration."""
    token = issuing.LATER.set(True)
    try:
        office.open("IMB")
        office.do(office.open("SIPB"), "ajukan", "pemohon")
        for done in range(len(COURSE) + 1):
            along(office, office.registered("SIPB" if done == MIDWAY else "PEN"), COURSE[:done])
        _visited_and_recommended(office)
        _returned(office)
        _levied(office)
        _failed(office)
        _untold(office)
        _disturbed(office)
        _clock_law(office)
        _reported(office)
        _sampled(office)
        _found(office)
        drafting.draft(office.people["proses"], office.people["proses2"], office.at)
        drafting.proposal(office.people["proses2"], office.at)
        _moved_together(office)
        _handed(office)
        _looked(office)
        if disaster:
            declared(office, office.at - timedelta(days=3))
    finally:
        issuing.LATER.reset(token)


def undisturbed(office):
    """The same without a disaster."""
    stock(office, disaster=False)


MIDWAY = 4  # this one waits for its second paraf, with papers


def _visited_and_recommended(office):
    building, midwife = office.registered("IMB"), office.registered("SIPB")
    along(office, building, COURSE[:1])
    office.do(building, "tentukan_jalur", "kasi", **NOTHING_NEEDED | {"butuh_tinjauan": True})
    visit = (office.at + timedelta(days=2)).strftime("%d/%m/%Y 09.00")
    office.do(building, "jadwalkan", "kabid", waktu=visit, perangkat=["PUPR", "PERKIM"])
    along(office, midwife, COURSE[:1])
    office.do(midwife, "tentukan_jalur", "kasi", **NOTHING_NEEDED | {"butuh_rekomendasi": True})


def _returned(office):
    """A file that was sent back for its KTP and handed in again with another address, waiting to be checked."""
    case_id = office.open("SIPB")
    office.do(case_id, "ajukan", "pemohon")
    office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_terbaca")
    office.do(case_id, "lengkapi", "pemohon", alamat_objek="Jl. Imam Bonjol No. 9")


def _disturbed(office):
    """A failure of a central system that lasts, an outage of the office, a change of the calendar, a draft of kahar."""
    force_majeure_drafts.save({"uraian": ["Air masuk ke ruang arsip (contoh)"]}, office.people["kasi"], office.at)
    heartbeat.beat(None, office.at - timedelta(hours=3))
    heartbeat.beat(None, office.at - timedelta(hours=2))
    failure = Wanted("OSS", office.at - timedelta(hours=4), None, "Masuk ke OSS gagal", ("Pengumuman OSS 12/2026",))
    disturbances.record(failure, office.people["kasi"], office.at)
    lines = (
        f"libur;{office.at + timedelta(days=9):%d/%m/%Y};;;Keputusan kota\nloket;01/01/2026;;Sen-Jum 08.00-11.00;Loket"
    )
    change = calendar_changes.propose(Change(lines, "SK Walikota 9/2026"), office.people["admin"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    calendar_changes.adopt(change, revision, office.people["kadis"], office.at)


def _reported(office):
    """June is reported and signed, July waits to be checked; an office with reports of its own is left alone."""
    with transaction() as store:
        if store.reports.all():
            return
    report = reports.draft("2026-06", "", office.people["kasi"], office.at)
    reports.check(report, office.people["kabid"], office.at)
    reports.sign(report, office.people["kadis"], office.at)
    reports.draft("2026-07", "Loket pindah (contoh)", office.people["kasi"], office.at)


def _sampled(office):
    """Files of today are drawn for the audit when the day is over."""
    day, over = office.at.date(), office.at + timedelta(days=1)
    made = sampling.draw(sampling.Lot("4471", False, day, day, "", "", 5), office.people["pengawas"], over)
    case = sampling.sample(made, office.people["pengawas"], over).cases[0].id
    given = {"waktu": ("tidak_sesuai", "Lewat dua hari (contoh)"), "jeda": ("sesuai", "")}
    sampling.answer(made, case, given, office.people["pengawas"], over)


def _looked(office):
    """The head and the archive opened files; the supervisor asked for patterns."""
    with transaction() as store:
        files = store.case_lists.case_ids()[:6]
    for login in ("kabid", "arsip"):
        for one in files:
            looks.opened("case_id", one, office.people[login], office.at, "10.0.0.7")
    today = office.at.date()
    patterns.found(patterns.Span(today, today), office.people["pengawas"], office.at, "10.0.0.8")


def _found(office):
    """Two findings put to the kasi: one is answered."""
    due = office.at.date() + timedelta(days=9)
    what = Found("waktu", "tinggi", "Janji lewat tanpa sebab (contoh)", "Pasal 16", office.people["kasi"], due)
    made = [findings.record(what, office.people["pengawas"], office.at) for _ in range(2)]
    findings.answer(made[1], "Pemohon meminta waktu (contoh)", office.people["kasi"], office.at)


def _handed(office):
    """A disposisi with a day to the verifier, and a question that was answered."""
    file, (kasi, verifier) = office.registered("PEN"), (office.people[one] for one in ("kasi", "verifikator"))
    what = Given("DISPOSISI", "Cocokkan alamat dengan berkas lama (contoh)", verifier, office.at.date())
    dispositions.give(file, what, kasi, office.at)
    asked = dispositions.give(file, Given("TANYA", "Sudah ada surat RT? (contoh)", kasi), verifier, office.at)
    dispositions.answer(asked, "Ada, di map kedua (contoh)", kasi, office.at)


def _failed(office):
    """One file whose next step fails, for the repair desk."""
    record_incident(office.registered("PEN"), Incident("catat_absah", "Layanan tidak menjawab"), "/tugas", office.at)


def _clock_law(office):
    """A later date that waits for its applicant's answer and one he agreed to, a limit that nears, a rule proposed."""
    waiting, agreed, near = (office.registered("SIPB") for _ in range(3))
    asked = [_asked(office, case_id) for case_id in (waiting, agreed)]
    extending.answer(asked[1], True, "Saya setuju", office.people["pemohon"], office.at)
    with transaction() as store:
        held, world = store.cases.see(near), store.calendars.world()
        clock = held.case.clock("H")
        limit = read_clock(held.case, clock, world, office.at).promised_at
        why = limit_raising.hindrances(held.case, world, office.at)
        store.limit_risks.raise_one(near, clock.id, 2, office.at, limit, why, True)
    wanted = {
        "near": "80",
        "rungs": "50, 90",
        "limit_days": "3, 1",
        "whole_day": "ya",
        "keputusan": "SK 3/2026 (contoh)",
    }
    tomorrow = (office.at + timedelta(days=1)).strftime("%d/%m/%Y")
    clock_policies.propose({**wanted, "berlaku": tomorrow}, office.people["admin"], office.at)


def _moved_together(office):
    """A draft whose effect was counted and remarked on; a batch of cases that was stopped on its way."""
    by, at = office.people["proses"], office.at
    with transaction() as store:
        plan, active = store.studio.all(1)[0].id, store.deployments.active()
        rows = store.deployments.cases_on(active.id, "", None, 6)
        id = uuid7()
        store.batches.begin(id, active.id, "Alur baru menurut SOP (contoh)", "{}", by, at)
        states = ["moved", "moved", "moved", "left", "kept", "waiting"]
        told = dump({"reasons": [["%(step)s tidak ada lagi", {"step": "Verifikasi keabsahan"}]]})
        for row, state in zip(rows, states, strict=False):
            why = told if state in ("left", "kept") else ""
            values = {"batch_id": id, "case_id": row.id, "state": state, "told": why, "at": at}
            store.session.execute(insert(migration_items).values(values))
        store.batches.change(id, status="stopped", ended_at=at)
    impact.ask(Subject(draft=plan), by, at)
    while impact.count_one(at):
        pass
    asked = "Apakah judul baru cukup jelas bagi pemohon? (contoh)"
    release_differences.remark(plan, drafting.FORM, "", asked, office.people["proses2"], at)


def _asked(office, case_id):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        promised = read_clock(held.case, held.case.clock("L"), world, office.at).promised_at
        odometer = world.calendar.as_known(office.at)
    day = (promised + timedelta(days=3)).date()
    while not odometer.windows(day):
        day += timedelta(days=1)
    return extending.propose(case_id, day, "Menunggu hasil uji (contoh)", office.people["kasi"], office.at)


def _untold(office):
    """Somebody without e-mail who is still to be told two messages."""
    clerk = office.people["loket"]
    person = people.register_at_counter("Paijo Santoso", "1872010101900077", "081277700770", "", clerk, office.at)
    with transaction() as store:
        for subject, body in UNTOLD:
            told = {"to_person": person, "address": "", "channel": "loket", "fate": AT_COUNTER, "notice": "kahar"}
            store.outbox.write_message(uuid7(), office.at, subject=subject, body=body, **told)


UNTOLD = (
    (
        "Keadaan kahar: janji layanan berkas 014/SIPB/2026 berubah",
        "Janji semula 10 Agustus; janji sekarang 12 Agustus.",
    ),
    ("Berkas Anda perlu diperbaiki", "KTP tidak terbaca. Bawalah KTP asli ke loket sebelum 20 Agustus 2026."),
)


def _levied(office):
    """One calculation open, one payment awaited, one to be validated."""
    counted, awaited, claimed = (along(office, office.registered("TRY"), COURSE[:2]) for _ in range(3))
    assert office.task(counted, "hitung_retribusi")
    for case_id in (awaited, claimed):
        skrd(office, case_id)
        to_payment(office, case_id)
    pay(office, claimed, owed(claimed))


def declared(office, begin):
    """A disaster of the whole office since `begin`, not over yet."""
    disaster = Proposal(("a",), "bencana_alam", "Petir merusak perangkat pusat data (contoh).", begin, None,
                        evidence=({"nama": "Berita acara 17/BA (contoh)"},))  # fmt: skip
    declaration = force_majeure.propose(disaster, office.people["kabid"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    force_majeure.establish(declaration, "001/KEP (contoh)", revision, office.people["kadis"], office.at)
