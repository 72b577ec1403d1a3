"""What a release means for running cases: counted by the worker, resumed where it was cut off, said case by case."""

import io
import json
from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import current_app
from pypdf import PdfReader

from app.cli import release_files
from app.clock import WIB
from app.operations import (
    draft_files,
    impact,
    impact_page,
    impact_paper,
    impact_told,
    migrating,
    processes,
    publishing,
    release_drafts,
    tasks,
)
from app.operations.impact import Subject
from app.store import transaction
from app.store.encoding import dump
from app.store.impact import Wanted
from app.web.impact import wished
from engine.bpmn import Place
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations.test_force_majeure import declare, proposal
from tests.app.operations.test_kahar_channels import SINCE, UNTIL, promises
from tests.app.operations.test_migrating import changed, release, renamed, replaced

PERMITS, TERMS = "processes/catalogue/permits.json", "processes/catalogue/terms.json"


def proposed(office, change):
    """A release of the files, changed, that waits for a second person."""
    return processes.deploy(changed(change), "uji", office.at, development=False, by=office.people["proses"]).id


def longer(name, text):
    """The same diagrams; the permit's standard is ten days longer, so is the time to hand in what is missing."""
    if name == PERMITS:
        raw = json.loads(text)
        for one in raw["SIPB"]["standards"]:
            one["budget"] = "30 hk"
        return json.dumps(raw)
    return text


def counted(office, subject):
    """Ask for the effect and let the worker count it to its end."""
    impact.ask(subject, office.people["proses"], office.at)
    while impact.count_one(office.at):
        pass


def page(office, subject, after=None, **wanted):
    return impact_page.page(subject, Wanted(**wanted), after, office.people["pengawas"], office.at)


@pytest.fixture
def running(office):
    """A file at its verifier, who has taken it."""
    case_id = office.registered("SIPB")
    tasks.claim_task(UUID(office.task(case_id, "verifikasi_keabsahan").id), office.people["verifikator"], office.at)
    return case_id


def line(office, subject, case_id):
    return next(one for one in page(office, subject).lines if one.case_id == case_id)


def test_a_proposed_release_tells_of_each_running_file_what_becomes_of_it(office, running):
    other = office.registered("PEN")
    subject = Subject(proposed(office, renamed))
    counted(office, subject)
    found = page(office, subject)
    assert found.progress.done
    assert (found.totals.total, found.totals.moves) == (2, 2)
    assert {one.case_id for one in found.lines} == {running, other}
    [change] = [one for one in line(office, subject, running).told.tasks if one["what"] == "nama"]
    assert (change["before"], change["after"]) == ("Verifikasi keabsahan", "Verifikasi dan keabsahan")
    assert office.case(running).case.deployment.id != subject.deployment


def test_a_release_that_changes_no_diagram_leaves_files_the_same(office, running):
    subject = Subject(proposed(office, lambda name, text: text + "\n" if name == "forms/tindakan.json" else text))
    counted(office, subject)
    assert line(office, subject, running).verdict == "same"


def test_a_file_whose_process_a_release_leaves_away_stays_and_is_told_why(office, running):
    subject = Subject(proposed(office, lambda _name, text: text.replace("izin_non_retribusi", "izin_tanpa_retribusi")))
    counted(office, subject)
    found = line(office, subject, running)
    assert found.verdict == "stays"
    assert found.told.reasons == ("Proses ini tidak ada lagi",)


def test_an_open_task_whose_form_asks_otherwise_is_named(office, running):
    key = office.task(running, "verifikasi_keabsahan").form_key

    def other(name, text):
        return json.dumps(json.loads(text) | {"title": "Judul lain"}) if name == f"forms/{key}.json" else text

    subject = Subject(proposed(office, other))
    counted(office, subject)
    found = line(office, subject, running)
    assert (found.verdict, [one["what"] for one in found.told.tasks]) == ("same", ["formulir"])
    assert page(office, subject, only="tasks").found == 1


def test_another_form_is_told_by_its_title_and_who_must_not_do_a_step_by_the_names_of_the_steps(office, running):
    form = office.task(running, "verifikasi_keabsahan").form_key
    files = release_files()
    drawn = next(one for one in files if b'<bpmn:userTask id="verifikasi_keabsahan"' in files[one])
    head, found, tail = files[drawn].decode().partition('<bpmn:userTask id="verifikasi_keabsahan"')
    apart = '<spiffworkflow:property name="notSameAs" value="periksa_kelengkapan" />'
    other = f'name="formKey" value="{form}_lain" />{apart}'
    files[drawn] = (head + found + tail.replace(f'name="formKey" value="{form}" />', other, 1)).encode()
    known = json.loads(files[f"forms/{form}.json"])
    files[f"forms/{form}_lain.json"] = json.dumps(known | {"key": f"{form}_lain", "title": "Verifikasi ulang"}).encode()
    by, at = office.people["proses"], office.at
    subject = Subject(processes.deploy(files, "Formulir lain", at, development=False, by=by).id)
    counted(office, subject)
    told = {one["what"]: (one["before"], one["after"]) for one in line(office, subject, running).told.tasks}
    assert told["formulir"] == (known["title"], "Verifikasi ulang")
    assert told["pemisahan"] == ("", "Periksa kelengkapan")


def test_the_given_promise_forbids_the_date_that_the_release_would_promise(office, running):
    subject = Subject(proposed(office, longer))
    counted(office, subject)
    promise = next(one for one in line(office, subject, running).told.promises if one["clock"] == "L")
    assert not promise["moves"]
    assert promise["before"] == promise["after"]
    assert promise["wished"] > promise["after"]
    assert (promise["because"], page(office, subject).totals.promise_forbids) == ("standar", 1)


def test_why_a_release_would_promise_no_date_is_told(office, running):
    subject = Subject(proposed(office, lambda name, text: longer(name, text).replace('"30 hk"', '"300 hk"')))
    counted(office, subject)
    promise = next(one for one in line(office, subject, running).told.promises if one["clock"] == "L")
    assert (promise["wished"], promise["because"], promise["undated"]) == (None, "standar", "YEAR_NOT_OFFICIAL")
    assert promise["year"] == office.at.year + 1
    earlier = {name: one for name, one in promise.items() if name != "year"}  # counted before the year was kept with it
    with current_app.test_request_context():
        assert wished(promise) == f"tanpa tanggal: daftar hari libur tahun {promise['year']} belum ditetapkan"
        assert wished(earlier) == "tanpa tanggal: daftar hari libur tahunnya belum ditetapkan"


def test_an_open_step_that_is_gone_asks_for_a_choice_that_holds_for_its_whole_group(office, running):
    second = office.registered("SIPB")
    subject = Subject(proposed(office, replaced))
    counted(office, subject)
    found = page(office, subject)
    assert (found.totals.choice, found.totals.moves) == (2, 0)
    [need] = found.needs
    assert (need.element, need.number, need.chosen) == ("verifikasi_keabsahan", 2, "")
    assert "verifikasi_ulang" in {one.id for one in need.open}
    impact.choose(subject, need.process, need.element, "verifikasi_ulang", office.people["proses"], office.at)
    assert not page(office, subject).progress.done
    while impact.count_one(office.at):
        pass
    found = page(office, subject)
    counts = (found.totals.choice, found.totals.moves, found.totals.chosen)
    assert (counts, found.needs[0].chosen) == ((0, 0, 2), "verifikasi_ulang")
    assert {one["after"] for one in line(office, subject, second).told.tasks if one["what"] == "langkah"} == {
        "Verifikasi keabsahan (verifikasi_ulang)"
    }
    impact.choose(subject, need.process, need.element, "", office.people["proses"], office.at)
    while impact.count_one(office.at):
        pass
    assert page(office, subject).totals.choice == 2


def test_a_choice_is_a_task_of_the_list_and_nothing_else(office, running):
    subject = Subject(release(office, replaced))
    with pytest.raises(Refused):
        impact.choose(subject, "x", "y", "z", office.people["proses"], office.at)
    counted(office, subject)
    for place in ("tidak_ada", "mulai"):
        with pytest.raises(SubmissionInvalid):
            impact.choose(
                subject, page(office, subject).needs[0].process, "verifikasi_keabsahan", place, office.people["proses"],
                office.at,
            )  # fmt: skip


def test_a_round_that_was_cut_off_goes_on_where_it_was(office, running, monkeypatch):
    others = [office.open("SIPB") for _ in range(4)]
    subject = Subject(proposed(office, renamed))
    monkeypatch.setattr(impact, "A_SLICE", 2)
    impact.ask(subject, office.people["proses"], office.at)
    assert impact.count_one(office.at)
    at_first = page(office, subject)
    assert (at_first.progress.counted, at_first.progress.left, at_first.progress.done) == (2, 3, False)
    with monkeypatch.context() as broken:
        broken.setattr(impact, "_counted", _dies)
        with pytest.raises(KeyboardInterrupt):
            impact.count_one(office.at)
    assert page(office, subject).progress.counted == 2
    while impact.count_one(office.at):
        pass
    found = page(office, subject)
    assert found.progress.done
    assert sorted(one.case_id for one in found.lines) == sorted([running, *others])


def _dies(*_given):
    raise KeyboardInterrupt


def test_a_file_that_cannot_be_tried_is_told_and_the_others_are_counted(office, running, monkeypatch):
    other = office.open("PEN")
    subject = Subject(proposed(office, renamed))
    whole = impact.engine.impact

    def failing(case, *more):
        if case.id == running:
            raise ZeroDivisionError
        return whole(case, *more)

    monkeypatch.setattr(impact.engine, "impact", failing)
    counted(office, subject)
    assert line(office, subject, running).verdict == "stays"
    assert "tidak terduga" in line(office, subject, running).told.reasons[0]
    assert line(office, subject, other).verdict == "moves"


def test_files_that_stepped_since_are_counted_anew_on_request(office, running):
    subject = Subject(proposed(office, renamed))
    counted(office, subject)
    office.do(running, "verifikasi_keabsahan", "verifikator")
    late = office.open("SIPB")
    assert page(office, subject).progress.stepped == 1
    assert line(office, subject, running).stepped
    counted(office, subject)
    found = page(office, subject)
    assert (found.progress.stepped, found.progress.left) == (0, 0)
    assert {one.case_id for one in found.lines} == {running, late}


def test_a_draft_is_foreseen_and_a_changed_draft_asks_anew_with_its_choices_kept(office, running):
    draft = release_drafts.begin("Langkah verifikasi lain", office.people["proses"], office.at)
    files = changed(replaced)
    for path, content in release_files().items():
        if path not in files:
            draft_files.remove(draft, path, 0, office.people["proses"], office.at)
        elif files[path] != content:
            draft_files.save(draft, path, files[path], 0, office.people["proses"], office.at)
    subject = Subject(draft=draft)
    assert not page(office, subject).progress.asked
    counted(office, subject)
    [need] = page(office, subject).needs
    impact.choose(subject, need.process, need.element, "verifikasi_ulang", office.people["proses"], office.at)
    form = json.dumps(json.loads(files["forms/tindakan.json"]) | {"title": "Lain"}).encode()
    draft_files.save(draft, "forms/tindakan.json", form, 0, office.people["proses"], office.at)
    assert not page(office, subject).progress.asked
    counted(office, subject)
    assert page(office, subject).needs[0].chosen == "verifikasi_ulang"
    assert page(office, subject).totals.chosen == 1
    made = release_drafts.propose(draft, "Verifikasi diganti", office.people["proses"], office.at)
    assert page(office, Subject(made.id)).totals.chosen == 1
    assert page(office, subject).number == made.number


def test_a_draft_that_changes_while_it_is_counted_or_has_errors_is_told(office, running):
    draft = release_drafts.begin("Judul formulir", office.people["proses"], office.at)
    form = json.loads(release_files()["forms/tindakan.json"])
    field = {"name": "apa", "label": "Apa", "type": "tiada"}
    broken = json.dumps(form | {"sections": [{"title": "Bagian", "fields": [field]}]}).encode()
    draft_files.save(draft, "forms/tindakan.json", broken, 0, office.people["proses"], office.at)
    subject = Subject(draft=draft)
    counted(office, subject)
    assert "galat" in page(office, subject).progress.fault
    impact.ask(subject, office.people["proses"], office.at)
    sound = json.dumps(form | {"title": "Lain"}).encode()
    draft_files.save(draft, "forms/tindakan.json", sound, 1, office.people["proses"], office.at)
    while impact.count_one(office.at):
        pass
    assert not page(office, subject).progress.asked
    counted(office, subject)
    assert page(office, subject).progress.done


def test_lists_are_paged_and_filtered(office, running, monkeypatch):
    monkeypatch.setattr(impact_page, "A_PAGE", 1)
    other = office.registered("PEN")
    subject = Subject(proposed(office, renamed))
    counted(office, subject)
    first = page(office, subject)
    second = page(office, subject, first.more)
    assert {first.lines[0].case_id, second.lines[0].case_id} == {running, other}
    assert second.more is None
    assert [one.case_id for one in page(office, subject, permit="PEN").lines] == [other]
    group = next(one for one in first.groups if one.permit == "SIPB")
    only = page(office, subject, process=group.process, permit="SIPB", steps=group.elements, verdict="moves")
    assert (only.found, only.lines[0].case_id) == (1, running)
    assert page(office, subject, verdict="stays").lines == ()
    assert len(impact_page.lines(subject, Wanted(), office.people["pengawas"], office.at)) == 2


def test_the_effect_is_asked_for_by_the_process_administrator_and_read_by_those_who_see_releases(office, running):
    subject = Subject(proposed(office, renamed))
    with pytest.raises(NotAllowed):
        impact.ask(subject, office.people["pengawas"], office.at)
    with pytest.raises(NotAllowed):
        impact_page.page(subject, Wanted(), None, office.people["verifikator"], office.at)
    with pytest.raises(NotAllowed):
        impact.choose(subject, "", "", "", office.people["kadis"], office.at)


def by_portal(name, text):
    """The same release; its verifiers need the portal."""
    if name != "processes/catalogue/roles.json":
        return text
    roles = json.loads(text)
    roles["VB"]["channel"] = "daring"
    return json.dumps(roles)


def test_a_date_that_moves_is_told_with_its_reason_and_is_the_one_the_file_has_after_its_move(office):
    """The verifier needs the portal by the release: while it was declared away the file could not go on."""
    case_id = office.registered("SIPB")
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    declare(office, proposal(SINCE, UNTIL, scope={"systems": ["daring"]}))

    target = processes.deploy(changed(by_portal), "uji", office.at, development=True, by=office.people["proses"]).id
    counted(office, Subject(target))
    found = {one["clock"]: one for one in line(office, Subject(target), case_id).told.promises}
    assert found["L"]["moves"]
    assert (found["L"]["because"], page(office, Subject(target)).totals.promise_moves) == ("saluran", 1)
    assert promises(case_id, office.at)["L"] == found["L"]["before"]
    migrating.migrate(case_id, target, "Peran memakai portal", office.people["proses"], office.at)
    assert promises(case_id, office.at)["L"] == found["L"]["after"]


def test_finished_work_keeps_its_role_whatever_later_releases_call_its_step(office):
    """Verified while the portal was away; moved to a release that calls the step otherwise; now verifiers need it."""
    case_id = office.registered("SIPB")
    office.at = datetime(2026, 8, 5, 9, 0, tzinfo=WIB)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    declare(office, proposal(SINCE, UNTIL, scope={"systems": ["daring"]}))
    by = office.people["proses"]
    migrating.migrate(case_id, release(office, replaced), "Langkahnya bernama lain", by, office.at)
    target = release(office, lambda name, text: by_portal(name, replaced(name, text)))
    counted(office, Subject(target))
    [found] = [one for one in line(office, Subject(target), case_id).told.promises if one["clock"] == "L"]
    assert found["moves"]
    migrating.migrate(case_id, target, "Verifikator memakai portal", by, office.at)
    assert promises(case_id, office.at)["L"] == found["after"]


def test_the_rehearsal_is_a_paper_once_it_was_counted(office, running):
    subject = Subject(proposed(office, replaced))
    with pytest.raises(Refused):
        impact_paper.paper(subject, office.people["pengawas"], office.at)
    counted(office, subject)
    made = impact_paper.paper(subject, office.people["pengawas"], office.at)
    assert made.content.startswith(b"%PDF")
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(made.content)).pages)
    for words in ("Laporan Gladi Pemindahan Berkas".upper(), "perlu pilihan", "tidak ada lagi", "belum dipilih"):
        assert words in text
    with pytest.raises(NotAllowed):
        impact_paper.paper(subject, office.people["verifikator"], office.at)


def test_whoever_proposes_a_release_has_its_effect_counted_without_asking(office, running):
    subject = Subject(proposed(office, renamed))
    asked = page(office, subject).progress
    assert (asked.asked, asked.done, asked.counted, asked.left) == (True, False, 0, 1)
    while impact.count_one(office.at):
        pass
    assert page(office, subject).progress.done
    assert line(office, subject, running).verdict == "moves"


def test_a_release_that_a_command_proposes_is_counted_too(office, running):
    made = processes.deploy(changed(replaced), "dari berkas", office.at, development=False)
    while impact.count_one(office.at):
        pass
    assert page(office, Subject(made.id)).totals.choice == 1


def test_a_release_that_is_brought_back_is_counted_again(office, running):
    first = processes.active().id
    release(office, renamed)
    late = office.open("SIPB")
    publishing.bring_back(first, "Kembali ke alur semula", office.people["proses"], office.at)
    while impact.count_one(office.at):
        pass
    assert [one.case_id for one in page(office, Subject(first)).lines] == [late]


def approve(office, id, aware=False):
    return processes.approve(id, office.people["proses2"], office.at, "SK 7/2026", aware=aware)


def approval():
    with transaction() as store:
        told = [one for one in store.calendars.office_chain() if one.kind == "deployment_approved"]
    return json.loads(told[-1].body)


def test_whoever_approves_before_the_effect_is_counted_says_so_and_it_stands_in_the_chain(office, running):
    id = proposed(office, renamed)
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id)
    assert "belum selesai dihitung" in invalid.value.errors["dampak"]
    approve(office, id, aware=True)
    assert approval()["impact"] == {"counted": 0, "uncounted": 1, "promise_moves": 0, "promise_forbids": 0}


def test_a_release_that_touches_no_date_is_approved_as_soon_as_it_is_counted(office, running):
    id = proposed(office, renamed)
    counted(office, Subject(id))
    office.open("SIPB")  # a file that came since holds nobody up
    approve(office, id)
    assert processes.active().id == id
    assert "impact" not in approval()


def test_whoever_approves_other_dates_than_those_that_were_promised_says_that_he_knows(office, running):
    id = proposed(office, longer)
    counted(office, Subject(id))
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id)
    assert "baca dampaknya" in invalid.value.errors["dampak"]
    assert processes.active().id != id
    approve(office, id, aware=True)
    assert approval()["impact"]["promise_forbids"] == 1


def test_the_worker_finds_nothing_where_nothing_is_asked(office):
    assert not impact.count_one(office.at)


def test_a_paper_that_holds_a_part_says_on_its_first_page_how_much_of_how_much_and_where_the_rest_is(
    office, running, monkeypatch
):
    office.registered("SIPB")
    subject = Subject(proposed(office, replaced))
    counted(office, subject)
    whole = first_page(impact_paper.paper(subject, office.people["pengawas"], office.at))
    assert "Laporan ini memuat sebagian" not in whole
    monkeypatch.setattr(impact_paper, "MOST", 1)
    part = first_page(impact_paper.paper(subject, office.people["pengawas"], office.at))
    assert "Laporan ini memuat sebagian: 1 dari 2 berkas yang tetap atau perlu pilihan." in part
    assert "Laporan gladi CSV" in part


def first_page(made):
    return " ".join(PdfReader(io.BytesIO(made.content)).pages[0].extract_text().split())


def test_a_paper_with_a_part_of_the_promises_that_move_holds_whole_files():
    def file(number, promises):
        move = {"clock": "L", "moves": True, "before": None, "after": None, "because": ""}
        told = impact_told.Told((), (), (move,) * promises, {})
        return impact_page.Line(UUID(int=number), str(number), "", "", (), 1, "moves", False, told)

    def held(*promises):
        return [len(rows) for rows in impact_paper._told(tuple(map(file, range(len(promises)), promises)))]

    assert held(150, 100, 60, 1) == [150, 100]
    assert held(299, 1) == [299, 1]
    assert held(400) == [400]


def test_what_one_file_may_do_is_offered_though_a_file_of_another_release_at_that_step_may_not():
    free = Place("b", "B", skipped=("X",))
    barred, other = Place("b", "B", refused="Belum ada pada berkas"), Place("b", "B", skipped=("X", "Y"), again=("Z",))

    def merged(*places):
        told = [dump({"places": {"a": [impact_told._place(one)]}}) for one in places]
        rows = [("izin", one) for one in told]
        [found] = impact.places(SimpleNamespace(impact=SimpleNamespace(samples=lambda _round: rows)), None).values()
        return found

    assert merged(free, barred) == merged(barred, free) == (free,)
    assert merged(free, other) == (Place("b", "B", skipped=("X", "Y"), again=("Z",)),)
    assert merged(barred, barred)[0].refused
