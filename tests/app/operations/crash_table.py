"""Every operation that changes something, with an act of it on the stocked office: what the crash ring goes through.

An operation of app/operations that opens a transaction stands here or among `READING`; a new one that stands in
neither fails the ring.
"""

import ast
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from app.operations import (
    administration,
    anchoring,
    applications,
    asking,
    background,
    calendar_changes,
    calendar_drafts,
    cases,
    clock_policies,
    counted_facts,
    declining,
    desk_ways,
    dispositions,
    disturbances,
    draft_files,
    draft_usage,
    drafting,
    extending,
    findings,
    force_majeure,
    force_majeure_changes,
    force_majeure_closing,
    force_majeure_comments,
    force_majeure_drafts,
    force_majeure_evidence,
    force_majeure_prolonging,
    granting,
    handing_on,
    heartbeat,
    impact,
    limit_risks,
    limit_watch,
    looking_back,
    looks,
    mentions,
    migrating,
    migration_batches,
    office_settings,
    officials,
    own_account,
    patterns,
    people,
    permitted,
    photographing,
    presence,
    printing,
    processes,
    public_figures,
    publishing,
    recalling,
    recounting,
    release_differences,
    release_drafts,
    release_imports,
    relocating,
    repairing,
    report_archive,
    report_drafting,
    reports,
    sampling,
    saved_views,
    scanning,
    sessions,
    suspending,
    tasks,
    telling,
    trail,
    treasury,
    uploading,
    warning,
    watching,
)  # fmt: skip
from app.operations.demo import invented
from app.operations.demo.staff import DOMAIN, PASSWORD
from app.operations.finding_files import Sent
from app.operations.force_majeure_changes import Change
from app.operations.force_majeure_closing import Report
from app.operations.impact import Subject
from app.store import transaction
from app.store.deployments import pack
from engine.errors import Incident, Refused
from engine.reporting import Period
from tests.app.operations.crash_stock import FORM, KEY, LINK, NEW_PASSWORD, OVER, POLICY, REASON, SEEN, TYPED

ROOM = Path(applications.__file__).parent
# They read only; `restoring` works on a database that is not an office yet, `public.track` counts a try and reads,
# `case_export.export` first keeps who takes the file away, which asked for twice stands twice.
BESIDE = "forms/kelengkapan.json"  # a file of the draft that nobody is at
READING = frozenset(
    "administration.books administration.health applications.page beside.preview beside.colleagues board.board "
    "board.table board.pulse board_alarms.alarms queue_fairness.fairness forecast.forecast bottlenecks.heat "
    "board.find board.my_cases mentions.colleagues "
    "calendar_page.calendar case_export.export case_page.case_page case_card.card "
    "cases.identified "
    "counter.find_people "
    "calendar_changes.draft calendar_changes.page calendar_changes.preview calendar_changes.register "
    "calendar_changes.sound calendar_drafts.mine calendar_drafts.opened "
    "calendar_versions.register calendar_versions.comparison calendar_versions.feed public_calendar.page "
    "public_calendar.feed calendar_page.entries counter.person_page due_tester.test desk.task_page "
    "documents.document_row documents.download "
    "documents.page_image documents.letter documents.draft_letter documents.verify_letter exporting.export "
    "explaining.page explaining.paper explaining.proof "
    "afterwards.queue paper_forms.sheets "
    "disturbances.register disturbances.page disturbances_told.published heartbeat.outages heartbeat.evidence "
    "force_majeure_statistics.statistics force_majeure.preview force_majeure.sound force_majeure_page.page "
    "force_majeure_evidence.download finding_files.download force_majeure_register.register "
    "force_majeure_register.in_force force_majeure_register.periods "
    "force_majeure_prolonging.deadlines force_majeure_scope.dimensions frame.frame inbox.inbox inbox.pulse "
    "levy_beside.tried mailbox.page mailbox.message office_settings.page officials.staff own_account.page "
    "release_drafts.drafts release_drafts.draft release_drafts.check release_drafts.bundle draft_files.opened "
    "draft_drawing.files_of draft_drawing.begun "
    "draft_files.changeable "
    "draft_forms.preview draft_replaying.lab "
    "releases_shown.releases processes.active releases_shown.release processes.get processes.held_roles "
    "examining.may_stop "
    "draft_against.staff "
    "readiness.check searching.search "
    "disposition_lists.of_file disposition_lists.page disposition_lists.own "
    "finding_lists.register finding_lists.table finding_lists.page finding_lists.offered "
    "sampling.room sampling.sample sessions.person trail.choices permitted.form treasury.page public.track "
    "auditing.verify "
    "documents.letter_picture documents.draft_picture officials.by_email migrating.foresee metrics.text "
    "migrating.foresee_one impact_page.page impact_page.lines impact_page.report impact_page.progress "
    "batch_page.batches batch_page.page "
    "batch_page.items batch_page.progress impact_paper.paper release_differences.compare release_differences.drawn "
    "release_differences.unanswered "
    "publishing.bundle publishing.standing publishing.listed publishing.taken_out "
    "administration.verify_ledger witnessing.hear restoring.restore relocating.foresee repairing.desk "
    "telling.waiting telling.count clock_policies.page clock_policies.proposal extending.consent extending.lapsed "
    "limit_risks.page limit_watch.due recounting.counted force_majeure_drafts.mine "
    "photographing.standing force_majeure_changes.sound force_majeure_changes.preview "
    "force_majeure_drafts.opened force_majeure_statistics.shares "
    "service_reports.agencies_page service_reports.agency_files service_reports.survey_page "
    "service_reports.survey_files service_reports.expiry_files "
    "limit_risks.page limit_watch.due report_living.living report_living.living_files report_living.living_table "
    "report_pages.frozen_files report_pages.register report_pages.page report_pages.download".split()
)


def operations():
    """The public operations of the room: those that open a transaction, or call what does so behind a `_name`."""
    for path in sorted(ROOM.glob("*.py")):
        written = path.read_text()
        found = {one.name: one for one in ast.parse(written).body if isinstance(one, ast.FunctionDef)}
        sources = {name: _source(written.splitlines(), one) for name, one in found.items()}
        opening = {name for name, source in sources.items() if "transaction(" in source}
        for name, one in found.items():
            source = sources[name]
            behind = any(f"{other}(" in source for other in opening if other.startswith("_"))
            if not name.startswith("_") and (name in opening or behind or "@retried" in _decorated(one)):
                yield f"{path.stem}.{name}"


def _source(lines, function):
    return "\n".join(lines[function.lineno - 1 : function.end_lineno])


def _decorated(function):
    return [f"@{ast.unparse(one)}" for one in function.decorator_list]


def _deliver_all(stock):
    """Every message that waits, also those that a dead worker had leased."""
    with transaction() as store:
        store.session.execute(text("update outbox set not_before = now() - interval '1 s' where done_at is null"))
    while background.deliver_one(lambda *_: "dikirim", stock.at, ("message",)):
        pass


# operation, or operation:variant -> the act
def _of_a_large_period(act):
    """As where every period has more files than one page counts."""
    usual, counted_facts.FRESH = counted_facts.FRESH, 0
    try:
        return act()
    finally:
        counted_facts.FRESH = usual


def _once_planned(o, act):
    """With the release that waits for a second person approved for later."""
    with suppress(Refused):  # the time before
        processes.approve(o.release, o.who("proses2"), o.at, "SK 7/2026", o.at + SEEN)
    return act()


def _once_rejected(o, act):
    """With the release that waits for a second person turned down."""
    with suppress(Refused):  # the time before
        processes.reject(o.release, REASON, o.who("proses2"), o.at)
    return act()


def _once_stopped(o, act):
    """With the batch that runs stopped."""
    with suppress(Refused):  # the time before
        migration_batches.say(o.batch, "henti", o.who("proses"), o.at)
    return act()


ACTS = {
    "administration.start_book": lambda o: administration.start_book(
        "PENOLAKAN", "", "2027", "5", o.who("admin"), o.at
    ),
    "administration.retry_effect": lambda o: administration.retry_effect(o.given_up, o.who("admin"), o.at),
    "administration.resolve_incident": lambda o: administration.resolve_incident(o.incident, o.who("admin"), o.at),
    "anchoring.anchor": lambda o: anchoring.anchor(o.at),
    "asking.ask": lambda o: asking.ask(o.task["held"], "Apakah alamatnya masih sama?", o.who("verifikator"), o.at, KEY),
    "asking.answer": lambda o: asking.answer(o.asked, o.question, "Masih, nomor 12.", o.who("pemohon"), o.at),
    "background.deliver_one": _deliver_all,
    "background.wake_one": lambda o: background.wake_one(o.at + timedelta(days=40)),
    "background.record_incident": lambda o: background.record_incident(o.free, Incident("x", "rusak"), "wake", o.at),
    "background.warn_due": lambda o: background.warn_due(o.at),
    "background.warn_when_open": lambda o: background.warn_when_open(o.at),
    "background.watch_limits": lambda o: background.watch_limits(o.limit_near),
    "sampling.draw": lambda o: sampling.draw(o.lot, o.who("pengawas"), o.at + OVER, KEY),
    "sampling.answer": lambda o: sampling.answer(
        o.sample,
        o.drawn,
        {"waktu": ("tidak_sesuai", "Lewat dua hari"), "jeda": ("sesuai", "")},
        o.who("pengawas"),
        o.at,
    ),
    "dispositions.give": lambda o: dispositions.give(o.free, o.handed, o.who("kasi"), o.at, KEY),
    "dispositions.answer": lambda o: dispositions.answer(o.disposition, "Sudah diperiksa", o.who("verifikator"), o.at),
    "dispositions.take_back": lambda o: dispositions.take_back(o.disposition, "Tidak perlu lagi", o.who("kasi"), o.at),
    "findings.record": lambda o: findings.record(o.found, o.who("pengawas"), o.at, KEY),
    "findings.answer": lambda o: findings.answer(
        o.finding, "Sudah dibetulkan hari itu juga", o.who("kasi"), o.at, [Sent("bukti.pdf", PAPER)]
    ),
    "dispositions.remind": lambda o: dispositions.remind(o.at + timedelta(days=30)),
    "findings.decide": lambda o: findings.decide(o.answered, "CLOSE", "Diterima", o.who("pengawas"), o.at),
    "findings.remind": lambda o: findings.remind(o.at + timedelta(days=12)),
    "trail.page": lambda o: trail.page(trail.Wanted(role="FO"), (), None, o.who("pengawas"), o.at, "10.0.0.7"),
    "patterns.found": lambda o: patterns.found(o.span, o.who("pengawas"), o.at, "10.0.0.7"),
    "patterns.behind": lambda o: patterns.behind("kilat", patterns.Behind(), o.span, o.who("pengawas"), o.at),
    "patterns.table": lambda o: patterns.table("kilat", patterns.Behind(), o.span, o.who("pengawas"), o.at),
    "looks.opened": lambda o: looks.opened("case_id", o.free, o.who("kabid"), o.at, "10.0.0.7"),
    "looks.page": lambda o: looks.page(o.span, "pelihat", None, o.who("pengawas"), o.at, "10.0.0.7"),
    "looks.table": lambda o: looks.table(o.span, "berkas", None, o.who("pengawas"), o.at),
    "permitted.answer": lambda o: permitted.answer(
        permitted.Wanted(str(o.who("kasi")), "lihat", str(o.free)), o.who("pengawas"), o.at
    ),
    "trail.table": lambda o: trail.table(trail.Wanted(), (), o.who("pengawas"), o.at, "10.0.0.7"),
    "looking_back.page_then": lambda o: looking_back.page_then(
        o.free, o.at, o.who("pengawas"), o.at + SEEN, "10.0.0.7"
    ),
    "looking_back.compared": lambda o: looking_back.compared(
        o.free, o.at, None, o.who("pengawas"), o.at + SEEN, "10.0.0.7"
    ),
    "calendar_changes.propose": lambda o: calendar_changes.propose(o.change, o.who("admin"), o.at, KEY),
    "calendar_changes.propose:draf": lambda o: calendar_changes.propose(
        o.change, o.who("admin"), o.at, KEY, o.calendar_draft
    ),
    "calendar_drafts.save": lambda o: calendar_drafts.save(o.change, 0, o.who("admin"), o.at),
    "calendar_drafts.save:lagi": lambda o: calendar_drafts.save(o.change, 1, o.who("admin"), o.at, o.calendar_draft, 1),
    "calendar_drafts.discard": lambda o: calendar_drafts.discard(o.calendar_draft, o.who("admin"), o.at),
    "calendar_changes.adopt": lambda o: calendar_changes.adopt(o.changing, o.revision, o.who("kadis"), o.at + SEEN),
    "calendar_changes.reject": lambda o: calendar_changes.reject(o.changing, "Tanggalnya keliru", o.who("kadis"), o.at),
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
    "cases.add_note:sebut": lambda o: cases.add_note(
        o.free, "Mohon dilihat", o.who("verifikator"), o.at, None, (o.who("kasi"),)
    ),
    "cases.add_note": lambda o: cases.add_note(o.free, "Pemohon menelepon", o.who("verifikator"), o.at),
    "afterwards.complete": lambda o: o.complete_on_paper(),
    "disturbances.record": lambda o: disturbances.record(o.failure, o.who("kasi"), o.at, KEY),
    "disturbances.amend": lambda o: disturbances.amend(o.failed, "END", None, o.at, "", o.who("kasi"), o.at + SEEN),
    "heartbeat.beat": lambda o: heartbeat.beat(True, o.at + timedelta(hours=2)),
    "clock_policies.propose": lambda o: clock_policies.propose(
        {**POLICY, "keputusan": "SK Kepala Dinas 4/2026"}, o.who("admin"), o.at, KEY
    ),
    "clock_policies.adopt": lambda o: clock_policies.adopt(o.policy, o.who("kadis"), o.at + SEEN),
    "clock_policies.reject": lambda o: clock_policies.reject(o.policy, "Belum perlu diubah", o.who("kadis"), o.at),
    "extending.propose": lambda o: extending.propose(o.spare, **o.later, by=o.who("kabid"), at=o.at, key=KEY),
    "extending.answer": lambda o: extending.answer(o.extension, True, "Setuju", o.who("pemohon"), o.at),
    "extending.answer:tolak": lambda o: extending.answer(o.extension, False, "Segera", o.who("pemohon"), o.at),
    "extending.record": lambda o: extending.record(
        o.extension, True, PAPER, "Surat 12 Agustus", o.who("loket"), o.at + SEEN
    ),
    "extending.expire": lambda o: extending.expire(o.extension, o.longer, o.promise + timedelta(days=1)),
    "limit_watch.look": lambda o: limit_watch.look(o.longer, o.limit_near),
    "limit_risks.answer": lambda o: limit_risks.answer(
        o.risk, "Verifikator sakit", "Tugas dialihkan", o.who("kabid"), o.limit_near
    ),
    "force_majeure.propose": lambda o: force_majeure.propose(o.proposal, o.who("kabid"), o.at),
    "force_majeure_drafts.save": lambda o: force_majeure_drafts.save(
        {"uraian": ["Listrik padam"]}, o.who("kabid"), o.at, key=KEY
    ),
    "force_majeure_drafts.save:lagi": lambda o: force_majeure_drafts.save(
        {"uraian": ["Listrik padam sejak pagi"]}, o.who("kabid"), o.at, o.draft, 1
    ),
    "force_majeure_drafts.discard": lambda o: force_majeure_drafts.discard(o.draft, o.who("kabid"), o.at),
    "force_majeure_comments.comment": lambda o: force_majeure_comments.comment(
        o.proposed, "Jam 08.00 sampai 09.00 masih ada yang dilayani", o.who("pengawas"), o.at
    ),
    "force_majeure_closing.close": lambda o: force_majeure_closing.close(
        o.established, Report("700/12/2026", f"{o.at + SEEN:%d/%m/%Y}"), o.who("kabid"), o.at + SEEN
    ),
    "force_majeure.establish": lambda o: force_majeure.establish(
        o.proposed, "002/KEP", o.revision, o.who("kadis"), o.at + SEEN
    ),
    "force_majeure.reject": lambda o: force_majeure.reject(o.proposed, "Tidak terbukti", o.who("kadis"), o.at),
    "force_majeure.withdraw": lambda o: force_majeure.withdraw(o.proposed, 1, "Salah ketik", o.who("kabid"), o.at),
    "force_majeure_changes.propose": lambda o: force_majeure_changes.propose(
        o.established, Change("REVOKE", "Jaringan ternyata tidak putus"), o.who("kabid"), o.at + SEEN, o.draft
    ),
    "force_majeure_changes.recover": lambda o: force_majeure_changes.recover(
        o.established, o.at - timedelta(days=1), "Listrik baru pulih sehari kemudian", o.who("kabid"), o.at + SEEN
    ),
    "force_majeure_changes.correct": lambda o: force_majeure_changes.correct(
        o.established, None, o.at - timedelta(days=1), "Catatan PLN berbeda", o.who("kabid"), o.at + SEEN
    ),
    "force_majeure_changes.extend": lambda o: force_majeure_changes.extend(
        o.lasting, "Banjir belum surut", o.who("kabid"), o.at + SEEN
    ),
    "force_majeure_prolonging.remind": lambda o: force_majeure_prolonging.remind(o.at + SEEN),
    "force_majeure_changes.revoke": lambda o: force_majeure_changes.revoke(
        o.established, "Jaringan ternyata tidak putus", o.who("kabid"), o.at + SEEN
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
    "officials.change_official": lambda o: officials.change_official(
        o.official, "Budi Santosa, S.T.", "budi.baru@contoh.id", "", "Penata", o.who("admin"), o.at
    ),
    "granting.grant_role": lambda o: granting.grant_role(
        o.official, "KS", "", "definitif", o.at.date(), None, "SK 2/2026", o.who("admin"), o.at
    ),
    "granting.revoke_role": lambda o: granting.revoke_role(o.official, o.grant, o.who("admin"), o.at),
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
    "release_drafts.begin": lambda o: release_drafts.begin("Rancangan lain", o.who("proses"), o.at, KEY),
    "release_drafts.propose": lambda o: release_drafts.propose(o.plan, REASON, o.who("proses"), o.at),
    "release_drafts.drop": lambda o: release_drafts.drop(o.plan, REASON, o.who("proses"), o.at),
    "draft_files.hold": lambda o: draft_files.hold(o.plan, BESIDE, o.who("proses"), o.at),
    "draft_files.ask": lambda o: draft_files.ask(o.plan, FORM, o.who("proses2"), o.at),
    "draft_files.hand_over": lambda o: draft_files.hand_over(o.asked_plan, FORM, o.who("proses"), o.at),
    "draft_files.save": lambda o: draft_files.save(o.plan, FORM, b"{}", 1, o.who("proses"), o.at),
    "draft_files.take_in": lambda o: draft_files.take_in(
        o.plan, FORM, b'{"key": "tindakan", "sections": []}', o.who("proses"), o.at
    ),
    "draft_files.remove": lambda o: draft_files.remove(o.plan, FORM, 1, o.who("proses"), o.at),
    "draft_files.as_base": lambda o: draft_files.as_base(o.plan, FORM, 1, o.who("proses"), o.at),
    "draft_files.bring_back": lambda o: draft_files.bring_back(o.asked_plan, FORM, 1, 1, o.who("proses"), o.at),
    "draft_usage.rename": lambda o: draft_usage.rename(o.plan, "form", "skm", "survei", o.who("proses"), o.at),
    "draft_files.merge": lambda o: draft_files.merge(o.plan, {}, o.who("proses"), o.at),
    "impact.ask": lambda o: impact.ask(Subject(draft=o.plan), o.who("proses"), o.at),
    "impact.choose": lambda o: impact.choose(
        Subject(o.release), o.counted_process, "verifikasi_keabsahan", "lain", o.who("proses"), o.at
    ),
    "impact.count_one": lambda o: impact.count_one(o.at),
    "migration_batches.start": lambda o: _once_stopped(
        o, lambda: migration_batches.start(o.newer, REASON, o.who("proses"), o.at, KEY)
    ),
    "migration_batches.say": lambda o: migration_batches.say(o.batch, "jeda", o.who("proses"), o.at),
    "migration_batches.undo": lambda o: _once_stopped(
        o, lambda: migration_batches.undo(o.batch, REASON, o.who("proses"), o.at)
    ),
    "migration_batches.work_one": lambda o: migration_batches.work_one(o.at),
    "publishing.take_effect": lambda o: _once_planned(o, lambda: publishing.take_effect(o.at + SEEN)),
    "publishing.call_off": lambda o: _once_planned(
        o, lambda: publishing.call_off(o.release, REASON, o.who("proses"), o.at)
    ),
    "publishing.withdraw": lambda o: publishing.withdraw(o.release, REASON, o.who("proses"), o.at),
    "publishing.reopen": lambda o: _once_rejected(o, lambda: publishing.reopen(o.closed_plan, o.who("proses"), o.at)),
    "publishing.bring_back": lambda o: publishing.bring_back(o.first_release, REASON, o.who("proses"), o.at),
    "release_imports.take_in_all": lambda o: release_imports.take_in_all(
        o.plan, pack({**o.files, FORM: b'{"key": "tindakan", "sections": []}'}), o.who("proses"), o.at
    ),
    "release_differences.remark": lambda o: release_differences.remark(
        o.plan, FORM, "", "Masih kurang jelas", o.who("proses2"), o.at, KEY
    ),
    "release_differences.answer": lambda o: release_differences.answer(
        o.remark, "Sudah diperjelas", o.who("proses"), o.at, KEY
    ),
    "processes.approve:nanti": lambda o: processes.approve(o.release, o.who("proses2"), o.at, "SK 7/2026", o.at + SEEN),
    "processes.approve": lambda o: processes.approve(o.release, o.who("proses2"), o.at, "SK 7/2026"),
    "processes.reject": lambda o: processes.reject(o.release, "Standarnya belum disepakati", o.who("proses2"), o.at),
    "recalling.recall": lambda o: recalling.recall(o.stepped, o.who("kasi"), o.at),
    "recalling.recall:administrator": lambda o: recalling.recall(o.stepped, o.who("proses"), o.at, REASON),
    "recounting.recount_all": lambda o: recounting.recount_all(o.at),
    "recounting.recount_one": lambda o: recounting.recount_one(o.at),
    "relocating.move": lambda o: relocating.move(o.drafted, o.here, "paraf_kasi", REASON, o.who("proses"), o.at),
    "relocating.undo": lambda o: relocating.undo(o.misplaced, REASON, o.who("proses"), o.at),
    "repairing.skip_incident": lambda o: repairing.skip_incident(
        o.stuck, {"hasil": "absah"}, REASON, o.who("admin"), o.at
    ),
    "repairing.repair_data": lambda o: repairing.repair_data(
        o.stuck, "periksa_kelengkapan.keputusan", "tidak_lengkap", REASON, o.who("admin"), o.at
    ),
    "counted_facts.count_one": lambda o: counted_facts.count_one(o.at),
    "counted_facts.advance": lambda o: _of_a_large_period(
        lambda: counted_facts.advance(Period.around("bulanan", o.at.date()), o.at)
    ),
    "public_figures.published": lambda o: public_figures.published("2026-04", o.at),
    "report_drafting.submit": lambda o: report_drafting.submit("2026-04", "", o.who("kasi"), o.at, KEY),
    "report_archive.carry_out": lambda o: report_archive.carry_out({"report": str(o.drafted_report)}, o.at),
    "reports.draft": lambda o: reports.draft("2026-04", "", o.who("kasi"), o.at, KEY),
    "reports.check": lambda o: reports.check(o.drafted_report, o.who("kabid"), o.at),
    "reports.give_back": lambda o: reports.give_back(
        o.drafted_report, "Angkanya diperiksa lagi", o.who("sekretaris"), o.at
    ),
    "reports.sign": lambda o: reports.sign(o.checked_report, o.who("kadis"), o.at),
    "reports.send": lambda o: reports.send(o.signed_report, "diantar", "Agenda 41", o.who("penomoran"), o.at),
    "scanning.keep": lambda o: scanning.keep(o.established, o.decree, PAPER, o.who("kadis"), o.at + SEEN, checked=True),
    "scanning.keep:teguran": lambda o: scanning.keep(
        o.billed, o.reminder, PAPER, o.who("bendahara"), o.at + SEEN, checked=True
    ),
    "scanning.keep:laporan": lambda o: scanning.keep(
        o.signed_report, o.report_paper, PAPER, o.who("kadis"), o.at + SEEN, checked=True
    ),
    "sessions.begin": lambda o: sessions.begin(o.who("kasi"), {}, "192.0.2.1", "peramban", o.at),
    "sessions.find": lambda o: sessions.find(o.session, o.at + timedelta(minutes=5)),
    "sessions.keep": lambda o: sessions.keep(o.session, {"a": 1}),
    "sessions.end": lambda o: sessions.end(o.session),
    "sessions.sweep": lambda o: sessions.sweep(o.at),
    "saved_views.keep": lambda o: saved_views.keep("Pagi", {"daftar": "kelompok"}, o.who("kabid"), o.at),
    "saved_views.drop": lambda o: saved_views.drop(o.view, o.who("kasi"), o.at),
    "mentions.read": lambda o: mentions.read(o.watched, o.who("kabid"), o.at),
    "watching.watch": lambda o: watching.watch(o.running, o.who("kabid"), o.at),
    "watching.unwatch": lambda o: watching.unwatch(o.watched, o.who("kabid"), o.at),
    "suspending.suspend": lambda o: suspending.suspend(o.running, REASON, o.who("proses"), o.at),
    "suspending.resume": lambda o: suspending.resume(o.suspended, REASON, o.who("proses"), o.at),
    "suspending.suspend_process": lambda o: suspending.suspend_process(
        1, "izin_retribusi", REASON, o.who("proses"), o.at
    ),
    "suspending.resume_process": lambda o: suspending.resume_process(
        o.number, "izin_retribusi", REASON, o.who("proses"), o.at
    ),
    "tasks.complete_task": lambda o: o.complete("verifikasi"),
    "tasks.complete_task:tanpa_kunci": lambda o: o.complete("verifikasi", None),
    "declining.decline_task": lambda o: declining.decline_task(
        o.task["free"], "Pemohon ini kerabat saya", o.who("verifikator"), o.at
    ),
    "tasks.claim_task": lambda o: tasks.claim_task(o.task["free"], o.who("verifikator"), o.at),
    "tasks.release_task": lambda o: tasks.release_task(o.task["held"], o.who("verifikator"), o.at, "Sedang cuti"),
    "printing.printed": lambda o: printing.printed([o.task["held"]], "kartu", o.who("kasi"), o.at, "10.0.0.7"),
    "presence.here": lambda o: presence.here(o.task["held"], o.who("kasi"), o.at),
    "desk_ways.keep": lambda o: desk_ways.keep(["status"], "rapat", o.who("kasi"), o.at),
    "handing_on.hand_on": lambda o: handing_on.hand_on(
        o.task["held"], o.who("verifikator2"), "Pemegangnya sakit", o.who("kasi"), o.at
    ),
    "tasks.next_task": lambda o: tasks.next_task(o.who("verifikator2"), o.at),
    "drafting.save_draft": lambda o: drafting.save_draft(
        o.task["fresh"], {"nama": ["Tini"]}, o.who("pemohon"), o.at, 0
    ),
    "telling.tell": lambda o: telling.tell(o.who("pemohon"), [o.untold], "telepon", "", o.who("loket"), o.at),
    "treasury.enter_bank_line": lambda o: treasury.enter_bank_line(
        "BLM9", "150000", "20/08/2026", "", o.who("bendahara"), o.at
    ),
    "photographing.keep": lambda o: photographing.keep(
        o.task["fresh"],
        uploading.Paper("berkas.KTP.unggahan", "ktp.pdf", PAPER, "Tampak depan", None, KEY),
        o.who("pemohon"),
        o.at,
    ),
    "photographing.call": lambda o: photographing.call(
        o.task["fresh"], {o.known_document: "KTP tampak depan"}, o.who("pemohon"), o.at
    ),
    "uploading.upload_all": lambda o: uploading.upload(
        o.task["fresh"], "berkas.KTP.unggahan", "ktp.pdf", PAPER, o.who("pemohon"), o.at
    ),
    "uploading.remove": lambda o: uploading.remove(o.task["fresh"], o.known_document, o.who("pemohon"), o.at),
    "warning.fire": lambda o: warning.fire(o.wished, o.at),
} | {f"tasks.complete_task:{name}": lambda o, name=name: o.complete(name) for name in TYPED if name != "verifikasi"}
PAPER = invented.paper()
