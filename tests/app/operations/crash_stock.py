"""The office that the crash ring works on: a case at each kind of step, and something to do for everybody."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.cli import release_files
from app.operations import (
    afterwards,
    asking,
    background,
    calendar_changes,
    calendar_drafts,
    cases,
    clock_policies,
    dispositions,
    disturbances,
    draft_files,
    extending,
    findings,
    force_majeure,
    force_majeure_drafts,
    granting,
    heartbeat,
    impact,
    limit_watch,
    migrating,
    migration_batches,
    officials,
    people,
    processes,
    release_differences,
    release_drafts,
    releases_shown,
    relocating,
    reports,
    sampling,
    saved_views,
    sessions,
    suspending,
    tasks,
    treasury,
    uploading,
    watching,
)
from app.operations.demo import invented
from app.operations.impact import Subject
from app.operations.patterns import Span
from app.store import transaction
from app.store.ids import uuid7
from app.store.impact import Counted
from app.store.recounting import Hull
from engine.case import read_clock
from tests.app.operations import flowing
from tests.app.operations.test_force_majeure import proposal

KEY = UUID("76000000-0000-4000-8000-000000002018")
NEW_PASSWORD = "kalimat sandi yang baru"
LINK = "https://contoh.id/{token}"
SEEN = timedelta(minutes=30)
FORM = "forms/tindakan.json"


@dataclass
class Stock:
    """The office with something to do for everybody; `of` holds what the acts need, by name."""

    office: Any
    of: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name):
        return self.of[name]

    def who(self, login):
        return self.office.people[login]

    def complete(self, name, key=KEY):
        task, typed, outcome, by = self.of[f"complete_{name}"]
        return tasks.complete_task(task, typed, outcome, self.who(by), self.at, key)

    def complete_on_paper(self):
        return _on_paper(self)


def _on_paper(made):
    """A step of the free file, done on paper before the service was stable again."""
    task, typed, outcome, by = made.of["complete_verifikasi"]
    wish = afterwards.Wish(*made.struck, invented.paper())
    return afterwards.complete(task, typed, outcome, wish, made.who(by), made.at + SEEN, KEY)


def _plans(office, of):
    """Drafts of a release: one with a change, one whose file a colleague asks for, one behind what is in effect."""
    by, at = office.people["proses"], office.at
    form = json.loads(release_files()[FORM])
    of["form"] = json.dumps(form | {"title": "Catat"}).encode()
    for name in ("plan", "asked_plan"):
        of[name] = release_drafts.begin("Label tombol", by, at)
        draft_files.save(of[name], FORM, of["form"], 0, by, at)
    draft_files.ask(of["asked_plan"], FORM, office.people["proses2"], at)


def stock(office):
    """A case at each kind of step, and everything else that somebody could be about to do."""
    made = Stock(office)
    for build in (_cases, _finished, _decisions, _clock_law, _reports, _accounts, _background, _typed):
        build(office, made.of)
    made.of["at"] = office.at
    return made


def _cases(office, of):
    of["fresh"] = office.open()
    of["submitted"] = office.open()
    office.do(of["submitted"], "ajukan", "pemohon")
    for name in ("free", "held", "wished", "asked", "running", "withdrawn", "moved"):
        of[name] = office.registered()
    of["stepped"] = flowing.decided(office, "SIPB")
    of["still"] = office.registered("TRY")
    of["suspended"] = office.registered()
    of["watched"] = of["suspended"]
    saved_views.keep("Terlambat", {"jam": "lewat"}, office.people["kasi"], office.at)
    with transaction() as store:
        of["view"] = store.saved_views.of(office.people["kasi"])[0].id
    watching.watch(of["watched"], office.people["kabid"], office.at)
    cases.add_note(
        of["watched"], "Mohon dilihat", office.people["verifikator"], office.at, None, (office.people["kabid"],)
    )
    suspending.suspend(of["suspended"], REASON, office.people["proses"], office.at)
    of["levied"] = flowing.decided(office, "TRY")
    of["billed"] = flowing.billed(office)
    of["paid"] = flowing.billed(office)
    flowing.pay(office, of["paid"], flowing.owed(of["paid"]), "BLM2")
    treasury.enter_bank_line(
        "BLM2", str(flowing.owed(of["paid"])), "03/08/2026", "", office.people["bendahara"], office.at
    )
    of["drafted"], of["numbered"], of["signing"] = (_along(office, steps) for steps in (0, 3, 4))
    of["misplaced"], of["here"] = _along(office, 1), _open_task(office, of["drafted"])
    wrong = _open_task(office, of["misplaced"])
    relocating.move(of["misplaced"], wrong, "susun_naskah", REASON, office.people["proses"], office.at)


def _along(office, steps):
    case_id = flowing.decided(office, "PEN")
    for element, by in (
        ("susun_naskah", "pengolahan"), ("paraf_kasi", "kasi"), ("paraf_kabid", "kabid"), ("penomoran", "penomoran"),
    )[:steps]:  # fmt: skip
        office.do(case_id, element, by)
    return case_id


def _finished(office, of):
    of["closed"] = office.registered("SIPB")
    typed = {"keabsahan__ktp__hasil": "perbaikan"}
    office.do(of["closed"], "verifikasi_keabsahan", "verifikator", "perbaikan", **typed)
    office.later(days=20)
    while background.wake_one(office.at):
        pass
    office.later(days=1)
    of["due"] = of["draft_due"] = office.open()
    office.later(minutes=5)


def _decisions(office, of):
    of["task"] = {name: _open_task(office, of[name]) for name in ("fresh", "free", "held", "asked")}
    for name in ("held", "asked"):
        tasks.claim_task(of["task"][name], office.people["verifikator"], office.at)
    until = office.at + timedelta(days=9)
    of["hold"] = cases.ask_hold(of["wished"], "Sedang di luar negeri", until, office.people["pemohon"], office.at)
    asking.ask(of["task"]["asked"], "Apakah alamat usahanya masih sama?", office.people["verifikator"], office.at)
    with transaction() as store:
        of["question"] = store.questions.of_case(of["asked"])[0].id
    of["known_document"] = uploading.upload(
        of["task"]["fresh"], "berkas.KTP.unggahan", "ktp.pdf", invented.paper(), office.people["pemohon"], office.at
    )
    of["proposal"] = proposal(office.at - timedelta(days=3), office.at - timedelta(days=2))
    of["established"] = _proposed(office, of, "kebakaran")
    force_majeure.establish(of["established"], "001/KEP", _revision(), office.people["kadis"], office.at + SEEN)
    of["lasting"] = _lasting(office, of)
    of["struck"] = _struck(office, of)
    of["draft"] = force_majeure_drafts.save({"uraian": ["Listrik padam"]}, office.people["kabid"], office.at)
    of["decree"], of["reminder"] = _to_sign(office, of)
    of["proposed"] = _proposed(office, of, "sabotase")
    of["changing"] = _changing(office, of)
    of["calendar_draft"] = calendar_drafts.save(
        calendar_changes.Change("libur;21/12/2026;;;Keputusan kota", "SE 21/2026"), 0, office.people["admin"], office.at
    )
    of["failure"] = disturbances.Wanted(
        "OSS", office.at - timedelta(hours=2), None, "Masuk ke OSS gagal", ("Pengumuman OSS",)
    )
    other = replace(of["failure"], system="SIMBG")  # the same failure is recorded once
    of["failed"] = disturbances.record(other, office.people["kasi"], office.at)
    heartbeat.beat(True, office.at)
    of["revision"] = _revision()
    _to_recount(office, of["revision"])


def _to_recount(office, revision):
    """Lists that still wait for their recount, and one of them wrong as before a change."""
    with transaction() as store:
        hull = Hull(office.at - timedelta(days=60), None, "kahar:uji", office.at, revision)
        store.recounts.put(hull)
        store.session.execute(text("update clock_readings set promised_at = null where running"))


POLICY = {
    "whole_day": "ya", "rungs": "50, 80", "limit_days": "3, 1", "near": "80", "berlaku": "01/10/2026",
    "keputusan": "SK Kepala Dinas 3/2026",
}  # fmt: skip


def _clock_law(office, of):
    """A limit that nears, a question about a later date, a reading of the law that waits for the second person."""
    of["near"], of["longer"], of["spare"] = (office.registered() for _ in range(3))
    with transaction() as store:
        held, world = store.cases.see(of["near"]), store.calendars.world()
        limit, promise = (read_clock(held.case, held.case.clock(name), world, office.at) for name in ("H", "L"))
    of["limit_near"] = limit.promised_at - timedelta(hours=2)
    limit_watch.look(of["near"], of["limit_near"])
    with transaction() as store:
        of["risk"] = store.limit_risks.of_case(of["near"])[0].id
    of["promise"] = promise.promised_at
    day = (promise.promised_at + timedelta(days=7)).date()
    of["later"] = {"day": day, "reason": "Menunggu hasil uji"}
    of["extension"] = extending.propose(of["longer"], **of["later"], by=office.people["kasi"], at=office.at)
    of["policy"] = clock_policies.propose(POLICY, office.people["admin"], office.at)


def _reports(office, of):
    """A report on each stretch of its way; the one that is signed corrects nothing and is corrected by nothing."""
    made = {}
    for code in ("2026-T1", "2026-T2", "2026-05"):
        made[code] = reports.draft(code, "", office.people["kasi"], office.at)
        if code == "2026-05":
            continue
        reports.check(made[code], office.people["kabid"], office.at)
        if code == "2026-T1":
            reports.sign(made[code], office.people["kadis"], office.at)
    with transaction() as store:
        store.kept_facts.ask("2026-02", office.at)
    of["signed_report"], of["checked_report"], of["drafted_report"] = made.values()
    with transaction() as store:
        of["report_paper"] = store.documents.letters_of_report(of["signed_report"])[0].id


def _to_sign(office, of):
    """A decree and a reminder whose signed scans have not come."""
    with transaction() as store:
        decree, reminder = store.documents.letters_of_declaration(of["established"])[0], uuid7()
        kept = {"deployment_id": decree.deployment_id, "template_checksum": "0" * 64, "case_id": of["billed"]}
        store.documents.add_letter(reminder, {}, office.at, kind="surat_teguran", signing_way="basah", **kept)
    return decree.id, reminder


def _proposed(office, of, event_kind):
    """Of another kind than what is proposed in the ring: the very same event is declared once."""
    wanted = replace(of["proposal"], event_kind=event_kind)
    return force_majeure.propose(wanted, office.people["kabid"], office.at)


def _lasting(office, of):
    """A keadaan kahar without an end; none of the files is of the permit it covers."""
    wanted = replace(of["proposal"], until=None, scope={"permit_types": ["RKL"]})
    id = force_majeure.propose(wanted, office.people["kabid"], office.at)
    force_majeure.establish(id, "003/KEP", _revision(), office.people["kadis"], office.at + SEEN)
    return id


def _struck(office, of):
    """The number of a keadaan kahar that ended an hour ago, and its last instant."""
    since, until = office.at - timedelta(hours=2), office.at - timedelta(hours=1)
    wanted = replace(of["proposal"], since=since, until=until)
    id = force_majeure.propose(wanted, office.people["kabid"], office.at)
    force_majeure.establish(id, "004/KEP", _revision(), office.people["kadis"], office.at + SEEN)
    with transaction() as store:
        return store.calendars.versions(id)[0].code, until


def _changing(office, of):
    """A change of the calendar that waits for the second person; it touches the running files."""
    waiting, of["change"] = (
        calendar_changes.Change(
            f"libur;{office.at + timedelta(days=n):%d/%m/%Y};;;Keputusan kota", f"SK Walikota {n}/2026"
        )
        for n in (1, 2)
    )
    return calendar_changes.propose(waiting, office.people["admin"], office.at)


def _revision():
    with transaction() as store:
        return store.calendars.revision()


def _open_task(office, case_id):
    return UUID(office.case(case_id).case.tasks[0].id)


def _accounts(office, of):
    admin, at = office.people["admin"], office.at
    of["official"] = officials.add_official("Budi Santoso", "budi@contoh.id", "", "", NEW_PASSWORD, admin, at)
    grant = ("VB", "", "definitif", date(2026, 1, 1), None, "SK 1/2026")
    of["grant"] = granting.grant_role(of["official"], *grant, admin, at)
    of["leaving"] = office.registered()
    tasks.claim_task(_open_task(office, of["leaving"]), of["official"], at)
    of["gone"] = officials.add_official("Sari Dewi", "sari@contoh.id", "", "", NEW_PASSWORD, admin, at)
    officials.disable(of["gone"], admin, at)
    of["verify_token"], of["reset_token"] = _tokens(office)
    of["session"] = sessions.begin(office.people["kasi"], {}, "192.0.2.1", "peramban", at)
    sessions.begin(office.people["kasi"], {}, "192.0.2.2", "telepon", at)
    of["old_session"] = sessions.begin(office.people["kabid"], {}, "", "", at - timedelta(days=30))


def _tokens(office):
    """Of somebody who signed up and has not followed the link, and of somebody who forgot his password."""
    with transaction() as store:
        id = uuid7()
        store.people.add(id, office.at, kind="applicant", name="Tono", email="tono@contoh.id")
        verify = people._token(store, id, "verify", timedelta(days=3), office.at)
        reset = people._token(store, office.people["pemohon2"], "reset", timedelta(days=3), office.at)
    return verify, reset


def _background(office, of):
    with transaction() as store:
        of["untold"] = uuid7()
        told = {"to_person": office.people["pemohon"], "address": "", "channel": "loket", "subject": "s", "body": "b"}
        store.outbox.write_message(of["untold"], office.at, notice="uji", **told)
        of["given_up"], of["incident"] = uuid7(), uuid7()
        payload = {"to": str(office.people["pemohon"]), "notice": "uji", "subject": "Berkas", "body": "Isi"}
        store.outbox.put(of["given_up"], None, "message", payload, office.at)
        store.outbox.failed(of["given_up"], "penuh", 99, office.at)
        of["stuck"] = uuid7()
        store.cases.record_incident(of["stuck"], of["held"], "catat_absah", "rusak", "/tugas", office.at)
        store.cases.record_incident(of["incident"], of["running"], "x", "rusak", "wake", office.at)
    changed = {**release_files(), "README.md": b"terbitan kedua"}
    of["files"], of["more_files"] = changed, {**changed, "README.md": b"terbitan ketiga"}
    of["first_release"] = processes.active().id
    newer = {**release_files(), "README.md": b"terbitan baru"}
    made = processes.deploy(newer, "baru", office.at, True, office.people["proses"])
    of["newer"], of["number"] = made.id, made.number
    since, until = (office.at - timedelta(days=30)).date(), office.at.date()
    of["span"] = Span(since, until)
    of["lot"] = sampling.Lot("7", False, since, until, "", "", 2)
    of["sample"] = sampling.draw(of["lot"], office.people["pengawas"], office.at + OVER)
    day = office.at.date()
    of["handed"] = dispositions.Given("DISPOSISI", "Periksa lagi alamatnya", office.people["verifikator"], day)
    of["disposition"] = dispositions.give(of["free"], of["handed"], office.people["kasi"], office.at)
    of["found"] = findings.Found(
        "waktu", "sedang", "Janji lewat tanpa sebab", "", office.people["kasi"], office.at.date() + timedelta(days=9)
    )
    for name in ("finding", "answered"):
        of[name] = findings.record(of["found"], office.people["pengawas"], office.at)
    _plans(office, of)
    findings.answer(of["answered"], "Sudah dibetulkan", office.people["kasi"], office.at)
    of["drawn"] = sampling.sample(of["sample"], office.people["pengawas"], office.at + OVER).cases[0].id
    migrating.migrate(of["moved"], of["newer"], REASON, office.people["proses"], office.at)
    migrating.migrate(of["still"], of["newer"], REASON, office.people["proses"], office.at)
    suspending.suspend_process(of["number"], "izin_retribusi", REASON, office.people["proses"], office.at)
    of["release"] = processes.deploy(of["files"], "kedua", office.at, False, office.people["proses"]).id
    releases_shown.release(
        of["release"], office.people["proses2"], office.at
    )  # parsed once, as the decider has seen it
    of["closed_plan"] = release_drafts.begin("Terbitan kedua", office.people["proses"], office.at)
    with transaction() as store:
        store.studio.close(of["closed_plan"], "proposed", of["release"], office.at)
    _moving(office, of)


def _moving(office, of):
    """Cases moved to the release in effect: one is, the others wait; a draft whose effect waits to be counted; remarks.

    Of the release that waits for a second person it was counted that one step is gone.
    """
    by, at = office.people["proses"], office.at
    impact.ask(Subject(of["newer"]), by, at)
    while impact.count_one(at):
        pass
    of["batch"] = migration_batches.start(of["newer"], REASON, by, at)
    migration_batches.work_one(at)
    impact.ask(Subject(draft=of["asked_plan"]), by, at)
    impact.count_one(at)  # the draft is known as a release from here on
    of["remark"] = release_differences.remark(of["plan"], FORM, "", "Apakah judulnya cukup?", by, at)
    with transaction() as store:
        store.impact.begin(store.deployments.row(of["release"]).checksum, None, by, at)
        round = store.impact.of(store.deployments.row(of["release"]).checksum)
        held = store.cases.see(of["free"])
        told = {"reasons": [], "tasks": [], "promises": [], "places": {"verifikasi_keabsahan": [["lain", "Lain"]]}}
        # What was counted as it was proposed.
        store.impact.drop(round.id, held.case.process, "verifikasi_keabsahan", of["release"])
        head = (held.id, held.seq, held.case.deployment.id, held.case.process, "SIPB", "verifikasi_keabsahan", "choice")
        store.impact.keep(round.id, [Counted(*head, True, False, False, False, json.dumps(told))], at)
        store.impact.end(round.id, at)
    of["counted_process"] = held.case.process


REASON = "Perubahan SOP"
OVER = timedelta(days=2)  # when the period of a sample has passed
TYPED = {
    "ajukan": ("fresh", "ajukan", "pemohon", None, {}),
    "periksa": ("submitted", "periksa_kelengkapan", "loket", "lengkap", {}),
    "verifikasi": ("free", "verifikasi_keabsahan", "verifikator", "sah", {}),
    "hitung": ("levied", "hitung_retribusi", "penghitung", None, {"kendaraan": 1, "prasarana": 0, "tahun": 1}),
    "validasi": ("paid", "validasi_bayar", "bendahara", None, {}),
    "susun": ("drafted", "susun_naskah", "pengolahan", None, {}),
    "nomor": ("numbered", "penomoran", "penomoran", None, {}),
    "tanda_tangan": ("signing", "tanda_tangan", "kadis", "ditandatangani", {"cara": "basah", "pindaian": True}),
}


def _typed(office, of):
    for name, (case, element, by, outcome, fixed) in TYPED.items():
        task = office.task(of[case], element)
        typed = office.typed(of[case], element, by, **fixed)
        form = office.case(of[case]).case.deployment.form(
            task.form_key, office.case(of[case]).case.facts.permit, "perorangan"
        )
        chosen = outcome or (form.outcomes[0][0] if form.outcomes else "")
        of[f"complete_{name}"] = (UUID(task.id), typed, chosen, by)
