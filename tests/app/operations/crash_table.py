"""Every operation that changes something, with an act of it on the stocked office: what the crash ring goes through.

An operation of app/operations that opens a transaction stands here or among `READING`; a new one that stands in
neither fails the ring.
"""

import ast
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from app.cli import release_files
from app.operations import (
    administration,
    anchoring,
    applications,
    asking,
    background,
    cases,
    force_majeure,
    force_majeure_evidence,
    migrating,
    office_settings,
    officials,
    own_account,
    people,
    processes,
    sessions,
    tasks,
    treasury,
    uploading,
    warning,
)  # fmt: skip
from app.operations.demo import invented
from app.operations.demo.staff import DOMAIN, PASSWORD
from app.store import transaction
from app.store.ids import uuid7
from engine.errors import Incident
from tests.app.operations import flowing
from tests.app.operations.test_force_majeure import proposal

ROOM = Path(applications.__file__).parent
# They read only; `restoring` works on a database that is not an office yet, `public.track` counts a try and reads.
READING = frozenset(
    "administration.books administration.health applications.page beside.preview beside.colleagues board.board "
    "board.find board.my_cases board.why_page calendar_page.calendar case_page.case_page counter.find_people "
    "counter.person_page desk.inbox desk.pulse desk.task_page documents.document_row documents.download "
    "documents.page_image documents.letter documents.draft_letter documents.verify_letter exporting.export "
    "documents.letter_picture documents.draft_picture officials.by_email "
    "force_majeure.preview force_majeure.page force_majeure_evidence.download force_majeure_register.register "
    "force_majeure_register.in_force force_majeure_scope.dimensions frame.frame levy_beside.tried mailbox.page "
    "mailbox.message office_settings.page officials.staff own_account.page processes.releases processes.active "
    "processes.release processes.get readiness.check sessions.person treasury.page public.track".split()
)
KEY = UUID("76000000-0000-4000-8000-000000002018")
NEW_PASSWORD = "kalimat sandi yang baru"
LINK = "https://contoh.id/{token}"
SEEN = timedelta(minutes=30)


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


def operations():
    """The public operations of the room: those that open a transaction, or repeat what opens one."""
    for path in sorted(ROOM.glob("*.py")):
        text = path.read_text()
        for found in ast.parse(text).body:
            if isinstance(found, ast.FunctionDef) and not found.name.startswith("_"):
                marked = any(ast.unparse(one) == "retried" for one in found.decorator_list)
                if marked or "transaction(" in ast.get_source_segment(text, found):
                    yield f"{path.stem}.{found.name}"


def stock(office):
    """A case at each kind of step, and everything else that somebody could be about to do."""
    made = Stock(office)
    for build in (_cases, _finished, _decisions, _accounts, _background, _typed):
        build(office, made.of)
    made.of["at"] = office.at
    return made


def _cases(office, of):
    of["fresh"] = office.open()
    of["submitted"] = office.open()
    office.do(of["submitted"], "ajukan", "pemohon")
    for name in ("free", "held", "wished", "asked", "running", "withdrawn", "moved"):
        of[name] = office.registered()
    of["levied"] = flowing.decided(office, "TRY")
    of["billed"] = flowing.billed(office)
    of["paid"] = flowing.billed(office)
    flowing.pay(office, of["paid"], flowing.owed(of["paid"]), "BLM2")
    treasury.enter_bank_line(
        "BLM2", str(flowing.owed(of["paid"])), "03/08/2026", "", office.people["bendahara"], office.at
    )
    of["drafted"], of["numbered"], of["signing"] = (_along(office, steps) for steps in (0, 3, 4))


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
    of["established"] = _proposed(office, of)
    force_majeure.establish(of["established"], "001/KEP", _revision(), office.people["kadis"], office.at + SEEN)
    of["proposed"] = _proposed(office, of)
    of["revision"] = _revision()


def _proposed(office, of):
    return force_majeure.propose(of["proposal"], office.people["kabid"], office.at)


def _revision():
    with transaction() as store:
        return store.calendars.revision()


def _open_task(office, case_id):
    return UUID(office.case(case_id).case.tasks[0].id)


def _accounts(office, of):
    admin, at = office.people["admin"], office.at
    of["official"] = officials.add_official("Budi Santoso", "budi@contoh.id", "", "", NEW_PASSWORD, admin, at)
    grant = ("VB", "", "definitif", date(2026, 1, 1), None, "SK 1/2026")
    of["grant"] = officials.grant_role(of["official"], *grant, admin, at)
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
        of["given_up"], of["incident"] = uuid7(), uuid7()
        payload = {"to": str(office.people["pemohon"]), "notice": "uji", "subject": "Berkas", "body": "Isi"}
        store.outbox.put(of["given_up"], None, "message", payload, office.at)
        store.outbox.failed(of["given_up"], "penuh", 99, office.at)
        store.cases.record_incident(of["incident"], of["running"], "x", "rusak", "wake", office.at)
    changed = {**release_files(), "README.md": b"terbitan kedua"}
    of["files"], of["more_files"] = changed, {**changed, "README.md": b"terbitan ketiga"}
    newer = {**release_files(), "README.md": b"terbitan baru"}
    of["newer"] = processes.deploy(newer, "baru", office.at, True, office.people["proses"]).id
    migrating.migrate(of["moved"], of["newer"], REASON, office.people["proses"], office.at)
    of["release"] = processes.deploy(of["files"], "kedua", office.at, False, office.people["proses"]).id


REASON = "Perubahan SOP"
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


# operation, or operation:variant -> the act
ACTS = {
    "administration.start_book": lambda o: administration.start_book(
        "PENOLAKAN", "", "2027", "5", o.who("admin"), o.at
    ),
    "administration.retry_effect": lambda o: administration.retry_effect(o.given_up, o.who("admin"), o.at),
    "administration.resolve_incident": lambda o: administration.resolve_incident(o.incident, o.who("admin"), o.at),
    "anchoring.anchor": lambda o: anchoring.anchor(o.at),
    "asking.ask": lambda o: asking.ask(o.task["held"], "Apakah alamatnya masih sama?", o.who("verifikator"), o.at, KEY),
    "asking.answer": lambda o: asking.answer(o.asked, o.question, "Masih, nomor 12.", o.who("pemohon"), o.at),
    "background.wake_one": lambda o: background.wake_one(o.at + timedelta(days=40)),
    "background.record_incident": lambda o: background.record_incident(o.free, Incident("x", "rusak"), "wake", o.at),
    "background.warn_due": lambda o: background.warn_due(o.at),
    "cases.open_case": lambda o: cases.open_case("SIPB", "baru", "perorangan", o.who("pemohon"), o.at, None, KEY),
    "cases.open_case:loket": lambda o: cases.open_case(
        "SIPB", "baru", "perorangan", o.who("loket"), o.at, o.who("pemohon")
    ),
    "cases.withdraw": lambda o: cases.withdraw(o.free, o.who("pemohon"), o.at, KEY),
    "cases.withdraw:loket": lambda o: cases.withdraw(o.paid, o.who("loket"), o.at, None, "Batal usaha", "Surat 3/VIII"),
    "cases.reopen": lambda o: cases.reopen(o.closed, "Pemohon dirawat di rumah sakit", o.who("kabid"), o.at),
    "cases.ask_hold": lambda o: cases.ask_hold(o.running, "Sedang di luar kota", None, o.who("pemohon"), o.at),
    "cases.decide_hold": lambda o: cases.decide_hold(o.hold, True, o.at + timedelta(days=3), "", o.who("kasi"), o.at),
    "cases.decide_hold:tolak": lambda o: cases.decide_hold(o.hold, False, None, "Tidak beralasan", o.who("kasi"), o.at),
    "cases.add_note": lambda o: cases.add_note(o.free, "Pemohon menelepon", o.who("verifikator"), o.at),
    "force_majeure.propose": lambda o: force_majeure.propose(o.proposal, o.who("kabid"), o.at),
    "force_majeure.establish": lambda o: force_majeure.establish(
        o.proposed, "002/KEP", o.revision, o.who("kadis"), o.at + SEEN
    ),
    "force_majeure.reject": lambda o: force_majeure.reject(o.proposed, "Tidak terbukti", o.who("kadis"), o.at),
    "force_majeure.amend": lambda o: force_majeure.amend(
        o.established, o.at - timedelta(days=1), "Listrik baru pulih sehari kemudian", o.who("kabid"), o.at + SEEN
    ),
    "force_majeure_evidence.add": lambda o: force_majeure_evidence.add(
        o.proposed, "foto.pdf", PAPER, o.who("kabid"), o.at
    ),
    "migrating.migrate": lambda o: migrating.migrate(o.free, o.newer, REASON, o.who("proses"), o.at),
    "migrating.put_back": lambda o: migrating.put_back(o.moved, o.who("proses"), o.at),
    "office_settings.change": lambda o: office_settings.change({"peraturan": "Perwal 1/2027"}, o.who("admin"), o.at),
    "officials.create_first_admin": None,  # of an empty office: a test of its own
    "officials.add_official": lambda o: officials.add_official(
        "Wati", "wati@contoh.id", "", "", NEW_PASSWORD, o.who("admin"), o.at
    ),
    "officials.grant_role": lambda o: officials.grant_role(
        o.official, "KS", "", "definitif", o.at.date(), None, "SK 2/2026", o.who("admin"), o.at
    ),
    "officials.revoke_role": lambda o: officials.revoke_role(o.grant, o.who("admin"), o.at),
    "officials.disable": lambda o: officials.disable(o.official, o.who("admin"), o.at),
    "officials.enable": lambda o: officials.enable(o.gone, o.who("admin"), o.at),
    "own_account.change_password": lambda o: own_account.change_password(o.who("kasi"), PASSWORD, NEW_PASSWORD, o.at),
    "own_account.end_other_sessions": lambda o: own_account.end_other_sessions(o.who("kasi"), o.session, o.at),
    "people.sign_up": lambda o: people.sign_up("Rina", "rina@contoh.id", NEW_PASSWORD, "", "", LINK, o.at),
    "people.verify_email": lambda o: people.verify_email(o.verify_token, o.at),
    "people.register_at_counter": lambda o: people.register_at_counter(
        "Paijo", "1872010101900077", "", "", o.who("loket"), o.at
    ),
    "people.count_attempt": lambda o: people.count_attempt("login", "seseorang", o.at),
    "people.log_in": lambda o: people.log_in(f"kasi@{DOMAIN}", PASSWORD, "192.0.2.1", o.at),
    "people.ask_reset": lambda o: people.ask_reset(f"kasi@{DOMAIN}", LINK, "192.0.2.1", o.at),
    "people.reset_password": lambda o: people.reset_password(o.reset_token, NEW_PASSWORD, o.at),
    "people.reveal_nik": lambda o: people.reveal_nik(o.free, "mencocokkan KTP", o.who("verifikator"), o.at),
    "people.choose_language": lambda o: people.choose_language(o.who("kasi"), "en", "dark", o.at),
    "processes.deploy": lambda o: processes.deploy(o.more_files, "ketiga", o.at, False, o.who("proses")),
    "processes.approve": lambda o: processes.approve(o.release, o.who("proses2"), o.at),
    "sessions.begin": lambda o: sessions.begin(o.who("kasi"), {}, "192.0.2.1", "peramban", o.at),
    "sessions.find": lambda o: sessions.find(o.session, o.at + timedelta(minutes=5)),
    "sessions.keep": lambda o: sessions.keep(o.session, {"a": 1}),
    "sessions.end": lambda o: sessions.end(o.session),
    "sessions.sweep": lambda o: sessions.sweep(o.at),
    "tasks.complete_task": lambda o: o.complete("verifikasi"),
    "tasks.complete_task:tanpa_kunci": lambda o: o.complete("verifikasi", None),
    "tasks.claim_task": lambda o: tasks.claim_task(o.task["free"], o.who("verifikator"), o.at),
    "tasks.release_task": lambda o: tasks.release_task(o.task["held"], o.who("verifikator"), o.at, "cuti"),
    "tasks.reassign_task": lambda o: tasks.reassign_task(o.task["held"], o.who("verifikator2"), o.who("kasi"), o.at),
    "tasks.next_task": lambda o: tasks.next_task(o.who("verifikator2"), o.at),
    "tasks.save_draft": lambda o: tasks.save_draft(o.task["fresh"], {"nama": ["Tini"]}, o.who("pemohon"), o.at, 0),
    "treasury.enter_bank_line": lambda o: treasury.enter_bank_line(
        "BLM9", "150000", "20/08/2026", "", o.who("bendahara"), o.at
    ),
    "uploading.upload_all": lambda o: uploading.upload(
        o.task["fresh"], "berkas.KTP.unggahan", "ktp.pdf", PAPER, o.who("pemohon"), o.at
    ),
    "uploading.remove": lambda o: uploading.remove(o.task["fresh"], o.known_document, o.who("pemohon"), o.at),
    "warning.fire": lambda o: warning.fire(o.wished, o.at),
} | {f"tasks.complete_task:{name}": lambda o, name=name: o.complete(name) for name in TYPED if name != "verifikasi"}
PAPER = invented.paper()
