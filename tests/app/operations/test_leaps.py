"""Where files whose step is gone may be taken: nothing essential is passed over in silence."""

import json

import pytest

from app.cli import release_files
from app.operations import (
    draft_files,
    impact,
    impact_page,
    impact_paper,
    migrating,
    migration_batches,
    processes,
    release_drafts,
)
from app.operations.impact import Subject
from app.store import transaction
from engine.errors import Refused, SubmissionInvalid
from tests.app.operations.flowing import decided, handed_over, skrd, to_signature
from tests.app.operations.redrawn import ISSUE, LEVY, other_title, replaced_in, together, within, without
from tests.app.operations.test_impact import approval, approve, counted, line, longer, page, proposed
from tests.app.operations.test_migrating import REASON, changed, promises, release, replaced

NO_CHECK = without(LEVY, ("cek_retribusi", "perhitungan_sesuai"), "paraf_skrd")
NO_INITIAL = without(ISSUE, ("paraf_kasi", "paraf_kasi_setuju"), "paraf_kabid")


def to_the_calculation(office, permit="TRY"):
    """A file whose levy was calculated and waits to be checked."""
    case_id = office.registered(permit)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    skrd(office, case_id)
    return case_id


def to_the_initials(office):
    """A file whose draft of the permit waits for its first initials."""
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    office.do(case_id, "susun_naskah", "pengolahan")
    assert office.task(case_id, "paraf_kasi")
    return case_id


def need(office, subject):
    [found] = page(office, subject).needs
    return found


def choose(office, subject, chosen):
    found = need(office, subject)
    impact.choose(subject, found.process, found.element, chosen, office.people["proses"], office.at)
    while impact.count_one(office.at):
        pass


def place(office, subject, id):
    return next(one for one in need(office, subject).places if one.id == id)


def test_files_whose_levy_was_never_fixed_are_not_taken_to_where_its_letter_is_sent(office):
    case_id = to_the_calculation(office)
    subject = Subject(proposed(office, NO_CHECK))
    counted(office, subject)
    sent = place(office, subject, "sampaikan_skrd")
    assert sent.refused == "Belum ada pada berkas: hasil Bekukan ketetapan, yang dipakai Terbitkan STS/SSRD"
    assert "sampaikan_skrd" not in {one.id for one in need(office, subject).open}
    with pytest.raises(SubmissionInvalid) as invalid:
        choose(office, subject, "sampaikan_skrd")
    assert invalid.value.errors["ke"] == sent.refused
    assert line(office, subject, case_id).verdict == "choice"


def test_no_choice_made_by_hand_takes_a_file_to_a_place_that_is_refused(office):
    case_id = to_the_calculation(office)
    target = release(office, NO_CHECK)
    task = office.task(case_id, "cek_retribusi").id
    with pytest.raises(Refused) as refused:
        migrating.migrate(case_id, target, REASON, office.people["proses"], office.at, {task: "sampaikan_skrd"})
    assert "Bekukan ketetapan" in str(refused.value)
    migrating.migrate(case_id, target, REASON, office.people["proses"], office.at, {task: "paraf_skrd"})
    assert office.task(case_id, "paraf_skrd")


def test_the_next_step_is_offered_without_a_word_and_those_further_on_name_what_they_pass_over(office):
    to_the_calculation(office)
    subject = Subject(proposed(office, NO_CHECK))
    counted(office, subject)
    assert place(office, subject, "paraf_skrd").skipped == ()
    assert place(office, subject, "terbit_skrd").skipped == ("Paraf SKRD",)
    skipped = ("Paraf SKRD", "Tetapkan dan tanda tangani SKRD", "Bekukan ketetapan", "Terbitkan SKRD")
    assert place(office, subject, "sampaikan_skrd").skipped == skipped


def test_initials_that_a_choice_passes_over_are_told_on_the_page_the_paper_and_to_whoever_approves(office):
    case_id = to_the_initials(office)
    id = proposed(office, NO_INITIAL)
    subject = Subject(id)
    counted(office, subject)
    choose(office, subject, "paraf_sekretaris")
    [leap] = line(office, subject, case_id).told.leaps
    assert leap.skipped == ("Paraf Kepala Bidang",)
    assert (page(office, subject).totals.skips, page(office, subject, only="skips").found) == (1, 1)
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id)
    assert "melewati langkah (Paraf Kepala Bidang)" in invalid.value.errors["dampak"]
    approve(office, id, aware=True)
    assert approval()["impact"]["skips"] == 1


def test_whoever_moves_files_past_steps_says_that_he_knows(office):
    case_id = to_the_initials(office)
    subject = Subject(release(office, NO_INITIAL))
    counted(office, subject)
    choose(office, subject, "paraf_sekretaris")
    by = office.people["proses"]
    with pytest.raises(SubmissionInvalid) as invalid:
        migration_batches.start(subject.deployment, REASON, by, office.at)
    assert "melewati langkah (Paraf Kepala Bidang)" in invalid.value.errors["sadar"]
    migration_batches.start(subject.deployment, REASON, by, office.at, aware=True)
    while migration_batches.work_one(office.at):
        pass
    assert office.task(case_id, "paraf_sekretaris")
    with transaction() as store:
        told = [json.loads(one.body) for one in store.cases.events(case_id) if one.kind == "case_migrated"]
    assert told[-1]["skipped"] == ["Paraf Kepala Bidang"]


def test_a_choice_that_passes_nothing_over_asks_nobody(office):
    to_the_initials(office)
    id = proposed(office, NO_INITIAL)
    subject = Subject(id)
    counted(office, subject)
    choose(office, subject, "paraf_kabid")
    assert page(office, subject).totals.skips == 0
    told = [one for one in page(office, subject).lines[0].told.tasks if one["what"] in ("langkah", "nama")]
    assert [(one["what"], one["after"]) for one in told] == [("langkah", "Paraf Kepala Bidang")], "told once"
    approve(office, id)
    assert processes.active().id == id


def test_a_place_behind_tells_what_is_done_again(office):
    to_the_initials(office)
    subject = Subject(proposed(office, NO_INITIAL))
    counted(office, subject)
    assert place(office, subject, "susun_naskah").again == ("Susun naskah izin",)


def test_the_state_of_a_file_follows_the_place_it_is_taken_to_and_back(office):
    case_id = to_the_initials(office)
    assert office.case(case_id).case.state == "PARAF"
    target = release(office, NO_INITIAL)
    task, by = office.task(case_id, "paraf_kasi").id, office.people["proses"]
    migrating.migrate(case_id, target, REASON, by, office.at, {task: "susun_naskah"})
    assert office.case(case_id).case.state == "PENYUSUNAN"
    migrating.put_back(case_id, by, office.at)
    assert office.case(case_id).case.state == "PARAF"


def test_a_task_in_another_lane_and_a_changed_condition_are_no_longer_the_same(office):
    case_id = to_the_initials(office)
    lane = replaced_in(ISSUE, ("Kepala Bidang (KB)", "Kepala Bidang (AP)"))
    asked = replaced_in(ISSUE, ('paraf_kabid.keputusan == "setuju"', 'paraf_kabid.keputusan != "kembalikan"'))
    for change in (lane, asked):
        subject = Subject(proposed(office, change))
        counted(office, subject)
        assert line(office, subject, case_id).verdict == "moves"
        processes.reject(subject.deployment, "Dicoba saja", office.people["proses2"], office.at)


def test_a_later_release_is_not_blamed_for_times_that_an_earlier_move_held(office):
    case_id = to_the_initials(office)
    was = office.task(case_id, "paraf_kasi")
    slower = replaced_in(ISSUE, ('name="standard" value="1 jam"', 'name="standard" value="3 jam"'))
    first = release(office, slower)
    migrating.migrate(case_id, first, REASON, office.people["proses"], office.at)
    assert office.task(case_id, "paraf_kasi").standard == was.standard
    id = proposed(office, together(slower, other_title))
    counted(office, Subject(id))
    found = line(office, Subject(id), case_id).told
    assert [one["what"] for one in found.tasks if one["what"] == "waktu"] == []
    assert [one for one in found.promises if one["forbids"]] == []
    approve(office, id)


def drafted(office, change):
    """A draft of the release's own files, changed."""
    draft = release_drafts.begin("Langkah lain", office.people["proses"], office.at)
    files = changed(change)
    for path, content in release_files().items():
        if path not in files:
            draft_files.remove(draft, path, 0, office.people["proses"], office.at)
        elif files[path] != content:
            draft_files.save(draft, path, files[path], 0, office.people["proses"], office.at)
    return draft, files


def save(office, draft, path, change, files, version):
    content = change(path, files[path].decode()).encode()
    draft_files.save(draft, path, content, version, office.people["proses"], office.at)


def test_a_choice_is_kept_when_the_draft_changes_elsewhere_and_is_proposed_without_another_look(office):
    office.registered("SIPB")
    draft, files = drafted(office, replaced)
    subject = Subject(draft=draft)
    counted(office, subject)
    choose(office, subject, "verifikasi_ulang")
    save(office, draft, "forms/tindakan.json", other_title, files, 0)
    made = release_drafts.propose(draft, "Verifikasi diganti", office.people["proses"], office.at)
    while impact.count_one(office.at):
        pass
    assert page(office, Subject(made.id)).totals.chosen == 1


def test_a_choice_made_for_a_release_is_kept_by_a_draft_that_begins_with_it(office):
    office.registered("SIPB")
    subject = Subject(release(office, replaced))
    counted(office, subject)
    choose(office, subject, "verifikasi_ulang")
    draft = release_drafts.begin("Judul lain", office.people["proses"], office.at)
    files = changed(replaced)
    save(office, draft, "forms/tindakan.json", other_title, files, 0)
    counted(office, Subject(draft=draft))
    assert need(office, Subject(draft=draft)).chosen == "verifikasi_ulang"
    assert page(office, Subject(draft=draft)).totals.chosen == 1


def test_a_choice_that_the_changed_draft_cannot_keep_is_named(office):
    case_id = office.registered("SIPB")
    draft, files = drafted(office, replaced)
    subject = Subject(draft=draft)
    counted(office, subject)
    choose(office, subject, "verifikasi_ulang")
    path = "processes/bersama/verifikasi.bpmn"

    def again(name, text):
        return text.replace("verifikasi_ulang", "verifikasi_lagi")

    save(office, draft, path, again, files, 1)
    for other, content in files.items():
        if other.endswith(".bpmn") and other != path and b"verifikasi_ulang" in content:
            save(office, draft, other, again, files, 1)
    counted(office, subject)
    found = need(office, subject)
    assert (found.lost, found.goes, [one.id for one in found.open]) == ("verifikasi_ulang", None, ["verifikasi_lagi"])
    assert line(office, subject, case_id).verdict == "choice"


def test_a_release_to_which_all_files_were_moved_has_none_left_to_move(office):
    office.registered("SIPB")
    subject = Subject(release(office, other_title))
    counted(office, subject)
    assert page(office, subject).totals.total == 1
    migration_batches.start(subject.deployment, REASON, office.people["proses"], office.at)
    while migration_batches.work_one(office.at):
        pass
    found = page(office, subject)
    assert (found.totals.total, found.groups, found.lines, found.found) == (0, (), (), 0)
    assert impact_page.lines(subject, impact_page.Wanted(), office.people["pengawas"], office.at) == ()


def test_the_paper_of_the_rehearsal_tells_what_a_choice_passes_over(office, monkeypatch):
    to_the_initials(office)
    subject = Subject(proposed(office, NO_INITIAL))
    counted(office, subject)
    choose(office, subject, "paraf_sekretaris")
    told = {}
    monkeypatch.setattr(
        impact_paper.letters, "render", lambda _name, _templates, values: told.update(values) or b"%PDF"
    )
    impact_paper.paper(subject, office.people["pengawas"], office.at)
    assert told["pilihan"][0][2] == "Paraf Sekretaris Dinas; melewati: Paraf Kepala Bidang"
    assert told["jumlah"]["melewati langkah"] == "1"


def test_a_longer_standard_is_told_by_the_release_that_brings_it_and_by_none_after_it(office):
    case_id = office.registered("SIPB")
    target = release(office, longer)
    counted(office, Subject(target))
    assert page(office, Subject(target)).totals.promise_forbids == 1
    migrating.migrate(case_id, target, REASON, office.people["proses"], office.at)
    id = proposed(office, together(longer, other_title))
    counted(office, Subject(id))
    assert page(office, Subject(id)).totals.promise_forbids == 0
    approve(office, id)
    assert "impact" not in approval()


def asked_more(name, text):
    """The verifier is asked one thing more."""
    if name != "forms/verifikasi_keabsahan.json":
        return text
    raw = json.loads(text)
    field = {"name": "tinggi", "label": "Tinggi bangunan", "type": "integer", "required": True, "routes": True}
    raw["sections"][0]["fields"].append(field)
    return json.dumps(raw)


def test_a_question_that_files_were_never_asked_keeps_those_back_whose_way_depends_on_it(office):
    past, before = to_the_initials(office), office.registered("SIPB")
    depends = replaced_in(ISSUE, ('paraf_kasi.keputusan == "setuju"', "verifikasi_keabsahan.tinggi &gt; 3"))
    subject = Subject(proposed(office, together(asked_more, depends)))
    counted(office, subject)
    assert line(office, subject, before).verdict == "moves"
    told = line(office, subject, past)
    [reason] = told.told.reasons
    assert (told.verdict, reason.partition(", yang dipakai ")[0]) == (
        "stays",
        "Belum ada pada berkas: isian Tinggi bangunan pada Verifikasi keabsahan",
    )


def plain(_name, text):
    return text


DRAFTING = within(ISSUE, "susun_naskah", "penyusunan", "Penyusunan naskah")
TWICE = together(DRAFTING, within(ISSUE, "penyusunan", "pekerjaan", "Pekerjaan naskah"))


def dates_of(office, case_id):
    """What the file was promised; the time of its step begins anew with a move."""
    return {clock: at for clock, at in promises(office, case_id).items() if clock != "T"}


def move(office, target, element):
    """Every file at a step moved to where the step is drawn in a release, by a batch."""
    counted(office, Subject(target))
    choose(office, Subject(target), element)
    migration_batches.start(target, REASON, office.people["proses"], office.at)
    while migration_batches.work_one(office.at):
        pass


@pytest.mark.parametrize(("old", "new"), [(plain, DRAFTING), (DRAFTING, plain), (DRAFTING, TWICE), (TWICE, plain)])
def test_a_file_at_a_step_drawn_into_a_sub_process_or_out_of_one_comes_to_its_permit_and_keeps_its_dates(
    office, old, new
):
    release(office, together(old, other_title))
    case_id = decided(office, "SIPB")
    dates = dates_of(office, case_id)
    subject = Subject(release(office, new))
    counted(office, subject)
    assert line(office, subject, case_id).verdict == "choice"
    itself = place(office, subject, "susun_naskah")
    assert (itself.skipped, itself.perhaps, itself.again, itself.refused) == ((), (), (), "")
    assert all(one.refused for one in need(office, subject).places if one.id != "susun_naskah")
    move(office, subject.deployment, "susun_naskah")
    assert office.case(case_id).case.deployment.id == subject.deployment
    assert dates_of(office, case_id) == dates
    office.later(minutes=30)
    to_signature(office, case_id)
    handed_over(office, case_id)
    office.do(case_id, "skm", "pemohon", "dikirim", bersedia=False)
    assert office.case(case_id).case.closed


def test_a_file_moved_into_a_sub_process_by_mistake_is_put_back_as_it_was(office):
    case_id = decided(office, "SIPB")
    was = office.case(case_id).case
    move(office, release(office, DRAFTING), "susun_naskah")
    assert office.task(case_id, "susun_naskah").id != was.tasks[0].id
    office.later(minutes=20)
    migrating.put_back(case_id, office.people["proses"], office.at)
    now = office.case(case_id).case
    assert (now.deployment.id, now.snapshot, now.tasks) == (was.deployment.id, was.snapshot, was.tasks)
    to_signature(office, case_id)
