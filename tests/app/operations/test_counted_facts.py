"""What was counted of a period is kept, and never told once its file or the law is another."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import (
    background,
    calendar_changes,
    counted_facts,
    disturbances,
    report_archive,
    report_drafting,
    report_listing,
    report_living,
    report_pages,
    reports,
)
from app.operations.calendar_changes import Change
from app.operations.report_archive import StillMaking
from app.operations.report_disruptions import disruptions_of
from app.operations.report_living import Wanted
from app.operations.reporting import facts_of
from app.store import transaction
from engine.errors import NotAllowed, SubmissionInvalid
from engine.reporting import FIGURES, Period, behind, changes
from tests.app.operations.flowing import decided, handed_over, to_signature
from tests.app.operations.reported import checked, issued, late_in_august, row, until_next_month, whole
from tests.app.operations.test_force_majeure import correct, declare, proposal, undo

AUGUST, YEAR = Period.read("2026-08"), Period.read("2026")
EVERYTHING = (AUGUST, YEAR)


@pytest.fixture
def large(monkeypatch):
    """Every period has more files than one page counts."""
    monkeypatch.setattr(counted_facts, "FRESH", 0)
    monkeypatch.setattr(counted_facts, "A_GLANCE", 1)


def asked(store, period, at):
    return counted_facts.asked_of(store, period, at, disruptions_of(store, period, at))


def kept(period, at):
    """What is told of a period: the files that were kept, and the rest counted now; and how many were kept."""
    with transaction(snapshot=True) as store:
        told = disruptions_of(store, period, at)
        wanted = counted_facts.asked_of(store, period, at, told)
        number = len(store.kept_facts.settled(wanted))
        return in_order(counted_facts.put_together(store, wanted, period, told)), number


def anew(period, at):
    with transaction(snapshot=True) as store:
        return in_order(facts_of(store, period, at, disruptions=disruptions_of(store, period, at)))


def in_order(facts):
    return sorted(facts, key=lambda one: one.case)


def work(at, period=None):
    """The worker counts what was asked for, or a period, to its end."""
    if period is not None:
        with transaction() as store:
            store.kept_facts.ask(period.code, at)
    rounds = 0
    while counted_facts.count_one(at):
        rounds += 1
    return rounds


def agree(office):
    """Whatever happened since they were kept, facts are those that would be counted anew; then keep them so."""
    for period in EVERYTHING:
        found, _number = kept(period, office.at)
        assert found == anew(period, office.at), period
        work(office.at, period)
        again, number = kept(period, office.at)
        assert again == found, period
        assert number, f"something of {period.code} must be kept, or this proves nothing"


def test_kept_facts_are_those_counted_anew_after_every_kind_of_change(office):
    _late, promised = late_in_august(office)
    first = issued(office)
    agree(office)
    running = office.registered("SIPB")
    agree(office)
    wanting = {"keabsahan__ktp__hasil": "perbaikan"}
    office.do(running, "verifikasi_keabsahan", "verifikator", "perbaikan", **wanting)
    agree(office)
    handed_over(office, first)
    agree(office)
    storm = declare(office, proposal(promised - timedelta(days=3), promised - timedelta(hours=20)))
    agree(office)
    correct(office, storm, promised - timedelta(days=2), promised - timedelta(hours=20), "002/KEP")
    agree(office)
    undo(office, storm, "003/KEP")
    agree(office)
    wanted = disturbances.Wanted("OSS", promised - timedelta(hours=30), promised, "Masuk ke OSS gagal", ("Pengumuman",))
    recorded = disturbances.record(wanted, office.people["kasi"], office.at)
    agree(office)
    disturbances.amend(recorded, "WITHDRAW", None, None, "Tercatat dua kali", office.people["kasi"], office.at)
    agree(office)
    holiday(office, promised)
    agree(office)
    until_next_month(office)
    agree(office)
    to_signature(office, decided(office, "PEN"))
    agree(office)


def holiday(office, day):
    change = Change(f"libur;{day:%d/%m/%Y};;;Berkabung daerah", "SK Walikota 9/2026")
    made = calendar_changes.propose(change, office.people["admin"], office.at)
    office.later(minutes=5)
    with transaction() as store:
        revision = store.calendars.revision()
    calendar_changes.adopt(made, revision, office.people["kadis"], office.at)


WRITES = {
    "a letter is withdrawn": "update letters set withdrawn_at = issued_at where case_id = '{case}'",
    "a payment comes in": "insert into payments (id, case_id, reference, amount, paid_on, channel, entered_by, "
    "arrived_at, status) select gen_random_uuid(), id, 'X1', 5000, '2026-08-03', 'bank', applicant_id, opened_at, "
    "'valid' from cases where id = '{case}'",
    "what was typed is erased": "update submissions set values = null where case_id = '{case}'",
    "a file becomes another permit's": "update cases set permit = 'SIPB' where id = '{case}'",
    "a step's end is another": "update tasks set closed_at = closed_at + interval '1 minute' where case_id = '{case}'",
    "a clock has another budget": "update clocks set budget = '9 hk' where case_id = '{case}'",
    "a clock event is added": "insert into clock_events (clock_id, seq, kind, effective_at, recorded_at) "
    "select id, 99, 'EXTEND', now(), now() from clocks where case_id = '{case}' limit 1",
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_row_that_changes_by_any_door_makes_what_was_kept_of_its_file_old(office, database_superuser, write):
    case = issued(office)
    until_next_month(office)
    work(office.at, AUGUST)
    with transaction(snapshot=True) as store:
        assert store.kept_facts.wanting(asked(store, AUGUST, office.at)) == 0
    database_superuser(write.format(case=case) + " returning 1")
    with transaction(snapshot=True) as store:
        assert set(store.kept_facts.uncounted(asked(store, AUGUST, office.at))) == {case}


def test_a_claim_a_look_or_a_moved_promise_changes_nothing_that_is_counted(office, database_superuser):
    case = issued(office)
    until_next_month(office)
    work(office.at, AUGUST)
    for write in ("update cases set promised_at = now()", "update tasks set due_at = now(), claimed_at = now()"):
        database_superuser(f"{write} returning 1")
    with transaction(snapshot=True) as store:
        assert store.kept_facts.wanting(asked(store, AUGUST, office.at)) == 0
        assert store.kept_facts.settled(asked(store, AUGUST, office.at)) == [case]


# --- what a large period shows


def look(office, period=AUGUST, by="kabid", **more):
    return report_living.living(Wanted(period, **more), office.people[by], office.at)


def test_a_large_period_says_how_far_it_is_counted_and_shows_no_figure_until_it_is(office, large):
    for _ in range(3):
        issued(office)
    until_next_month(office)
    first, second = look(office), look(office)
    assert [(one.counting.done, one.counting.files, one.told.sums.files) for one in (first, second)] == [
        (1, 3, 0),
        (2, 3, 0),
    ]
    assert work(office.at)
    whole = look(office)
    assert whole.counting is None
    assert not whole.moved
    assert whole.told_at == office.at
    assert (
        whole.told.figures == report_living._told(AUGUST, anew(AUGUST, office.at), None, whole.told.catalogue).figures
    )
    assert whole.told.sums.files == 3


def test_the_figures_of_a_large_period_say_as_of_when_they_are_once_a_file_has_moved(office, large):
    case = issued(office)
    until_next_month(office)
    look(office)
    work(office.at)
    counted_at = office.at
    office.later(minutes=5)
    handed_over(office, case)
    stale = look(office)
    assert (stale.moved, stale.told_at) == (True, counted_at)
    work(office.at)
    fresh = look(office)
    assert (fresh.moved, fresh.told_at) == (False, office.at)


def test_figures_by_another_law_are_not_shown_at_all(office, large):
    _late, promised = late_in_august(office)
    until_next_month(office)
    look(office)
    work(office.at)
    assert look(office).told.figures[""]["terlambat_selesai"] == 1
    holiday(office, promised)
    after = look(office)
    assert after.counting is not None
    assert after.told.sums.files == 0


def test_the_files_behind_a_figure_of_a_large_period_are_listed_from_what_was_kept(office, large):
    cases = {issued(office) for _ in range(2)} | {office.registered("SIPB")}
    until_next_month(office)
    look(office)
    work(office.at)
    found = report_living.living_files(Wanted(AUGUST), "terdaftar", 1, office.people["kabid"], office.at)
    assert {one.case_id for one in found.lines} == cases
    numbers = [one.number for one in found.lines]
    assert numbers == sorted(numbers)
    few = report_living.living_files(Wanted(AUGUST, "SIPB"), "terdaftar", 1, office.people["kabid"], office.at)
    assert len(few.lines) == 1
    told = look(office).told
    for area, figures in told.tables["wilayah"].items():
        cut = report_listing.cut(area=area)
        found = report_living.living_files(Wanted(AUGUST, cuts=cut), "terdaftar", 1, office.people["kabid"], office.at)
        assert len(found.lines) == figures["terdaftar"]
    terms = [
        report_living.living_files(Wanted(AUGUST, cuts=(f"lama:{n}",)), "selesai", 1, office.people["kabid"], office.at)
        for n in range(len(told.sums.lasted))
    ]
    assert tuple(one.total for one in terms) == told.sums.lasted
    office.later(minutes=1)
    office.do(few.lines[0].case_id, "verifikasi_keabsahan", "verifikator")
    with pytest.raises(counted_facts.StillCounting):
        report_living.living_files(Wanted(AUGUST), "terdaftar", 1, office.people["kabid"], office.at)


def test_a_large_report_is_drafted_behind_the_pages_and_says_how_far_it_is(office, large):
    issued(office)
    issued(office)
    until_next_month(office)
    kasi = office.people["kasi"]
    assert report_drafting.submit("2026-08", "Catatan", kasi, office.at) is None
    [waiting] = report_pages.register(kasi, office.at).under_way
    assert (waiting.period, waiting.counted.files) == (AUGUST, 2)
    with pytest.raises(SubmissionInvalid):
        report_drafting.submit("2026-08", "", kasi, office.at)
    with pytest.raises(NotAllowed):
        report_drafting.submit("2026-08", "", office.people["penghitung"], office.at)
    work(office.at)
    assert background.deliver_one(lambda *_: "", office.at, ("report",))
    made = report_pages.register(kasi, office.at)
    assert not made.under_way
    [report] = made.rows
    page = report_pages.page(report.id, office.people["kabid"], office.at)
    assert (page.sound, page.moved, page.told.sums.files, report.note) == (True, 0, 2, "Catatan")
    assert page.told.facts == (), "a page reads the files of which it shows a line"
    assert whole(report.id).facts == tuple(anew(AUGUST, office.at))
    case = whole(report.id).facts[0].case
    office.later(minutes=10)
    handed_over(office, case)
    work(office.at, AUGUST)
    assert report_pages.page(report.id, office.people["kabid"], office.at).moved == 0, "nothing of August"


def test_a_year_is_reported_once_it_is_over_and_corrected_by_the_next(office):
    issued(office)
    with pytest.raises(SubmissionInvalid):
        reports.draft("2026", "", office.people["kasi"], office.at)
    office.at = office.at.replace(year=2027, month=1, day=4)
    id = reports.draft("2026", "", office.people["kasi"], office.at)
    assert isinstance(id, UUID)
    assert (row(id).kind, str(row(id).since), str(row(id).until)) == ("tahunan", "2026-01-01", "2027-01-01")
    page = report_pages.page(id, office.people["kabid"], office.at)
    assert str(page.label) == "Tahun 2026"
    assert page.sound


def test_facts_that_know_no_day_yet_differ_in_nothing_from_those_that_do(office):
    issued(office)
    [one] = anew(AUGUST, office.at)
    assert one.finished.on == f"{office.at:%Y-%m-%d}"
    earlier = replace(one, finished=replace(one.finished, on=""))
    assert changes((earlier,), (one,)) == ()


def large_report(office):
    """August drafted behind the pages; its id."""
    until_next_month(office)
    assert report_drafting.submit("2026-08", "", office.people["kasi"], office.at) is None
    work(office.at)
    assert background.deliver_one(lambda *_: "", office.at, ("report",))
    [report] = report_pages.register(office.people["kasi"], office.at).rows
    return report.id


def test_the_papers_of_a_large_report_are_made_behind_the_pages_and_signed_as_they_are(office, large, monkeypatch):
    issued(office)
    kadis, report_id = office.people["kadis"], large_report(office)
    made = report_pages.page(report_id, kadis, office.at).making
    assert (made.since, made.fault) == (office.at, "")
    for kind in ("xlsx", "json"):
        with pytest.raises(StillMaking):
            report_pages.download(report_id, kind, kadis, office.at)
    assert b"Izin terbit" in report_pages.download(report_id, "csv", kadis, office.at).content
    assert report_pages.download(report_id, "pdf", kadis, office.at).content.startswith(b"%PDF")
    checked(office, report_id)
    with pytest.raises(StillMaking):
        reports.sign(report_id, kadis, office.at)
    assert background.deliver_one(lambda *_: "", office.at, ("report_papers",))
    assert not background.deliver_one(lambda *_: "", office.at, ("report_papers",)), "asked for again it is made once"
    assert report_pages.page(report_id, kadis, office.at).making is None
    book, told = (report_pages.download(report_id, kind, kadis, office.at).content for kind in ("xlsx", "json"))
    reports.sign(report_id, kadis, office.at)
    assert report_pages.download(report_id, "xlsx", kadis, office.at).content == book
    monkeypatch.undo()
    assert report_archive._made_of(whole(report_id), row(report_id).sha256) == {"xlsx": book, "json": told}


def test_the_lists_behind_a_large_report_are_those_of_its_facts(office, large, monkeypatch):
    monkeypatch.setattr(report_listing, "PAGE", 1)
    late_in_august(office)
    issued(office)
    office.registered("SIPB")
    office.registered("SIPB")
    report_id, by = large_report(office), office.people["kabid"]
    facts = whole(report_id).facts
    for code in FIGURES:
        for permit in ("", "SIPB"):
            wanted = [(one.number, one.case) for one, _part in behind(facts, code, permit)]
            first = report_pages.frozen_files(report_id, code, permit, 1, by, office.at)
            pages = [
                report_pages.frozen_files(report_id, code, permit, n + 1, by, office.at) for n in range(first.pages)
            ]
            assert [(line.number, line.case_id) for one in pages for line in one.lines] == wanted, code
            assert first.total == len(wanted)
    page = report_pages.page(report_id, by, office.at)
    assert page.told.late() == whole(report_id).late() != []
    assert (page.told.sums, page.told.tables) == (whole(report_id).sums, whole(report_id).tables)


def test_what_is_known_otherwise_of_a_large_report_is_found_without_reading_it(office, large, database_superuser):
    """Of a file that was told otherwise, and of one that was not told of at all."""
    _late, promised = late_in_august(office)
    issued(office)
    untold = office.open("SIPB")
    report_id = large_report(office)
    office.later(minutes=10)
    database_superuser(WRITES["a payment comes in"].format(case=untold) + " returning 1")
    declare(office, proposal(promised - timedelta(days=3), promised + timedelta(days=2), approval_letter="Surat 9"))
    work(office.at, AUGUST)
    page = report_pages.page(report_id, office.people["kabid"], office.at)
    now = anew(AUGUST, office.at)
    found = changes(whole(report_id).facts, now)
    assert untold in {one.case for one in found if one.before is None}
    assert page.moved == len(found) > 1


def test_a_report_from_before_its_files_were_kept_by_figure_reads_and_signs_as_it_did(office, monkeypatch):
    late_in_august(office)
    issued(office)
    until_next_month(office)
    told = reports.frozen
    monkeypatch.setattr(reports, "frozen", lambda *args: told(*args) | {"tables": None, "sums": None})
    report_id = reports.draft("2026-08", "", office.people["kasi"], office.at)
    assert (row(report_id).tables, row(report_id).sums) == (None, None)
    page = report_pages.page(report_id, office.people["kabid"], office.at)
    assert (page.sound, page.moved, page.told.sums.files, len(page.told.late())) == (True, 0, 2, 1)
    assert set(page.told.tables) == {"bulan", "lama", "wilayah"}
    found = report_pages.frozen_files(report_id, "terbit", "", 1, office.people["kabid"], office.at)
    assert len(found.lines) == 2
    checked(office, report_id)
    reports.sign(report_id, office.people["kadis"], office.at)
    office.at = office.at.replace(month=10, day=1)
    monkeypatch.undo()
    following = reports.draft("2026-09", "", office.people["kasi"], office.at)
    assert row(following).tables is not None
    assert whole(following).corrected == (), "what it never told is not told as corrected"


def test_a_choice_of_permit_in_a_large_period_is_told_by_the_worker_too(office, large):
    issued(office)
    for _ in range(2):
        office.registered("SIPB")
    until_next_month(office)
    first = look(office, permit="SIPB")
    assert (first.counting.files, first.told.sums.files) == (2, 0)
    work(office.at)
    found = look(office, permit="SIPB")
    assert (found.counting, found.told.sums.files) == (None, 2)
    assert found.told.figures[""]["terdaftar"] == 2
    assert look(office).counting is not None, "all of the period were not asked for"
    with pytest.raises(counted_facts.StillCounting):
        report_living.living_table(Wanted(AUGUST), office.people["kabid"], office.at)
    table = report_living.living_table(Wanted(AUGUST, "SIPB"), office.people["kabid"], office.at).content.decode()
    assert "Semua izin;Terdaftar;2;berkas" in table
