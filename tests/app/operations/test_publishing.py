"""A release on its way: at a later instant, called off, brought back; handed out whole and taken in whole."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from app.cli import release_files
from app.jobs import scheduler
from app.operations import (
    draft_files,
    examining,
    impact,
    processes,
    publishing,
    release_drafts,
    release_imports,
    releases_shown,
)
from app.store import deployments, transaction
from engine import deployment, drafting
from engine.deployment import checksum
from engine.errors import DefinitionInvalid, Incident, NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_impact import longer, proposed
from tests.app.operations.test_migrating import changed, release, renamed

WHY = "Kembali ke alur semula"
FORM = "forms/tindakan.json"


def approve(office, id, **more):
    return processes.approve(id, office.people["proses2"], office.at, **more)


def stopping(name, text):
    """Whether a file goes on is asked by what its correction came to, which a file that was never corrected lacks."""
    asked = 'verifikasi_keabsahan.keputusan == "sah"</'
    return text.replace(asked, 'verifikasi_keabsahan.keputusan == "sah" and hasil_perbaikan.hasil == "diperbaiki"</')


def stopping_twice(name, text):
    """The same in another diagram too."""
    asked = 'paraf_kasi.keputusan == "setuju"</'
    return stopping(name, text).replace(asked, f'{asked[:-2]} and hasil_perbaikan.hasil == "diperbaiki"</')


def row(id):
    with transaction() as store:
        return store.deployments.row(id)


def test_a_file_stops_at_a_condition_that_not_every_way_answers_and_whoever_approves_it_says_that_he_knows(office):
    id = proposed(office, stopping)
    (shown,) = releases_shown.release(id, office.people["proses2"], office.at).stops
    assert (shown.element, shown.severity) == ("ke_catat_absah_dari_absah", "warning")
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id)
    assert "Syarat sah memakai data hasil_perbaikan yang belum tentu ada" in invalid.value.errors["berhenti"]
    assert processes.active().id != id
    approve(office, id, ready=True)
    with transaction() as store:
        told = json.loads([one for one in store.calendars.office_chain() if one.kind == "deployment_approved"][-1].body)
    assert told["may_stop"] == [["processes/bersama/verifikasi.bpmn", "ke_catat_absah_dari_absah"]]
    case_id = office.registered("SIPB")
    with pytest.raises(Incident):
        office.do(case_id, "verifikasi_keabsahan", "verifikator")


def test_each_place_at_which_files_may_stop_is_told_with_its_diagram_and_its_step(office):
    id = proposed(office, stopping_twice)
    shown = releases_shown.release(id, office.people["proses2"], office.at).stops
    assert [(one.file.rpartition("/")[2], one.called) for one in shown] == [
        ("penerbitan.bpmn", "Setuju?"), ("verifikasi.bpmn", "Hasil verifikasi?"),
    ]  # fmt: skip
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id)
    for place in ("Penerbitan izin, Setuju?: Syarat", "Verifikasi keabsahan, Hasil verifikasi?: Syarat sah"):
        assert place in invalid.value.errors["berhenti"]


def test_a_copy_of_a_diagram_at_which_files_may_stop_is_asked_for_though_the_first_is_known(office):
    """The ids within it are the same."""
    approve(office, proposed(office, stopping), ready=True)
    files = changed(stopping)
    path = "processes/bersama/verifikasi.bpmn"
    copied = (
        files[path].replace(b'id="verifikasi"', b'id="verifikasi_lagi"').replace(b'"verifikasi"', b'"verifikasi_lagi"')
    )
    with transaction() as store:
        known = store.deployments.files(store.deployments.active().id)
    found = examining.stops(known, {**files, "processes/bersama/verifikasi_lagi.bpmn": copied})
    assert [one.file for one in found] == ["processes/bersama/verifikasi_lagi.bpmn"]
    moved = {name: one for name, one in files.items() if name != path} | {"processes/bersama/periksa.bpmn": files[path]}
    assert examining.stops(known, moved) == ()


def test_everything_that_an_approval_lacks_is_told_at_once(office):
    id = proposed(office, lambda name, text: longer(name, stopping(name, text)))
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id, effective_at=office.at - timedelta(days=1))
    assert [*invalid.value.errors] == ["keputusan", "berlaku", "berhenti"]
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id, decree="SK 7/2026", ready=True, unread={"berlaku": "Tidak terbaca"})
    assert invalid.value.errors == {"berlaku": "Tidak terbaca"}
    assert row(id).status == "draft"


def test_who_said_that_he_would_not_wait_for_the_count_has_not_said_that_he_knows_what_it_found(office):
    office.registered("SIPB")
    id = proposed(office, longer)
    read = releases_shown.release(id, office.people["proses2"], office.at).impact.what
    assert read == "counting"
    while impact.count_one(office.at):
        pass
    with pytest.raises(SubmissionInvalid) as invalid:
        approve(office, id, decree="SK 7/2026", aware=True, read=read)
    assert [*invalid.value.errors] == ["dampak"]
    approve(office, id, decree="SK 7/2026", aware=True, read="touches")
    assert processes.active().id == id


def test_what_the_release_in_effect_holds_already_is_not_asked_for_again(office):
    approve(office, proposed(office, stopping), ready=True)
    again = proposed(office, lambda name, text: renamed(name, stopping(name, text)))
    assert releases_shown.release(again, office.people["proses2"], office.at).stops == ()
    approve(office, again)
    assert processes.active().id == again


def test_nobody_is_asked_for_conditions_who_may_not_approve(office):
    id = proposed(office, stopping)
    with pytest.raises(NotAllowed):
        examining.may_stop(id, office.people["kasi"], office.at)
    with pytest.raises(NotFound):
        examining.may_stop(office.people["kasi"], office.people["proses2"], office.at)


def test_a_release_takes_effect_at_the_instant_that_was_given_and_not_before(office):
    before = processes.active().id
    id = proposed(office, renamed)
    later = office.at + timedelta(days=2)
    assert approve(office, id, effective_at=later) == later
    assert (row(id).status, processes.active().id) == ("planned", before)
    assert not publishing.take_effect(later - timedelta(seconds=1))
    assert processes.active().id == before
    assert publishing.take_effect(later)
    assert (row(id).status, processes.active().id) == ("active", id)
    assert row(id).approved_by == office.people["proses2"]
    assert not publishing.take_effect(later)
    with transaction() as store:
        assert store.calendars.office_chain()[-1].kind == "deployment_took_effect"


def test_the_worker_puts_it_into_effect(office, application, monkeypatch):
    id = proposed(office, renamed)
    later = office.at + timedelta(hours=1)
    approve(office, id, effective_at=later)
    monkeypatch.setattr(scheduler, "now", lambda: later)
    scheduler.release(application)
    assert processes.active().id == id


def test_an_instant_lies_ahead_and_not_beyond_a_year(office):
    id = proposed(office, renamed)
    for wrong in (office.at, office.at - timedelta(minutes=1), office.at + timedelta(days=400)):
        with pytest.raises(SubmissionInvalid) as invalid:
            approve(office, id, effective_at=wrong)
        assert set(invalid.value.errors) == {"berlaku"}
    assert row(id).status == "draft"


def test_while_one_waits_no_other_is_approved(office):
    first = proposed(office, renamed)
    second = proposed(office, lambda name, text: text + "\n" if name == FORM else text)
    approve(office, first, effective_at=office.at + timedelta(days=1))
    with pytest.raises(Refused, match="menunggu berlaku"):
        approve(office, second)
    publishing.call_off(first, "Belum siap semuanya", office.people["proses"], office.at)
    approve(office, second)
    assert processes.active().id == second
    assert not publishing.take_effect(office.at + timedelta(days=2))


def test_a_release_that_waits_is_called_off_with_a_reason_and_may_be_proposed_again(office):
    id = proposed(office, renamed)
    approve(office, id, effective_at=office.at + timedelta(days=1))
    with pytest.raises(NotAllowed):
        publishing.call_off(id, WHY, office.people["kadis"], office.at)
    with pytest.raises(SubmissionInvalid):
        publishing.call_off(id, " ", office.people["proses"], office.at)
    publishing.call_off(id, "Belum siap semuanya", office.people["proses"], office.at)
    assert (row(id).status, row(id).rejected_because) == ("rejected", "Belum siap semuanya")
    with pytest.raises(Refused):
        publishing.call_off(id, WHY, office.people["proses"], office.at)
    publishing.bring_back(id, WHY, office.people["proses"], office.at)
    assert (row(id).status, row(id).effective_at, row(id).approved_by) == ("draft", None, None)


def test_any_earlier_release_is_brought_back_by_a_proposal_that_a_second_person_approves(office):
    first = processes.active().id
    second = release(office, renamed)
    with pytest.raises(Refused):
        publishing.bring_back(second, WHY, office.people["proses"], office.at)
    with pytest.raises(SubmissionInvalid):
        publishing.bring_back(first, "x", office.people["proses"], office.at)
    with pytest.raises(NotAllowed):
        publishing.bring_back(first, WHY, office.people["pengawas"], office.at)
    publishing.bring_back(first, WHY, office.people["proses"], office.at)
    assert (row(first).status, row(first).note, processes.active().id) == ("draft", WHY, second)
    with pytest.raises(Refused):
        processes.approve(first, office.people["proses"], office.at)
    approve(office, first)
    assert processes.active().id == first


def test_a_release_that_another_overtook_since_it_was_proposed_is_not_approved_over_it(office):
    first = proposed(office, renamed)
    second = proposed(office, lambda name, text: text + "\n" if name == FORM else text)
    office.later(minutes=5)
    approve(office, first)
    with pytest.raises(Refused, match="mulai berlaku sesudah terbitan ini diusulkan"):
        approve(office, second)
    assert processes.active().id == first
    processes.reject(second, "Gabungkan dahulu", office.people["proses2"], office.at)
    publishing.bring_back(second, WHY, office.people["proses"], office.at)  # now he knows what he takes back
    approve(office, second)
    assert processes.active().id == second


def test_a_proposal_made_anew_is_not_decided_from_a_page_that_showed_the_one_before(office):
    id = proposed(office, renamed)
    read = row(id).proposed_at.isoformat()
    processes.reject(id, "Belum dibahas", office.people["proses2"], office.at)
    office.later(minutes=5)
    publishing.bring_back(id, WHY, office.people["proses2"], office.at)
    for decide in (processes.approve, lambda *of, seen: processes.reject(of[0], "Belum", *of[1:], seen=seen)):
        with pytest.raises(Refused, match="diusulkan kembali sesudah halaman ini dibuka"):
            decide(id, office.people["proses"], office.at, seen=read)
    assert row(id).status == "draft"
    processes.approve(id, office.people["proses"], office.at, seen=row(id).proposed_at.isoformat())


def test_a_start_of_the_office_leaves_in_effect_what_people_published(office, application):
    first, published = processes.active().id, proposed(office, renamed)
    approve(office, published)
    said = application.test_cli_runner().invoke(args=["deploy", "--start"])
    assert (said.exit_code, "digantikan; terbitan yang berlaku tetap" in said.output) == (0, True)
    assert (processes.active().id, row(first).status) == (published, "superseded")


def test_by_command_nobody_takes_out_alone_what_two_people_decided(office):
    first, published = processes.active().id, proposed(office, renamed)
    approve(office, published)
    again = processes.deploy(release_files(), "dari berkas", office.at, development=True)
    assert (again.id, again.status) == (first, "draft")
    edited = changed(lambda name, text: text + "\n" if name == FORM else text)
    fresh = processes.deploy(edited, "dari berkas", office.at, development=True, start=True)
    assert (fresh.fresh, fresh.status, processes.active().id) == (True, "draft", published)


def test_files_that_a_developer_changed_take_effect_at_the_next_start_where_nobody_published(office):
    edited = changed(lambda name, text: text + "\n" if name == FORM else text)
    made = processes.deploy(edited, "dari berkas", office.at, development=True, start=True)
    assert (made.status, processes.active().id) == ("active", made.id)


def history(office, id):
    found = releases_shown.release(id, office.people["pengawas"], office.at)
    return found, [(one.kind.removeprefix("deployment_"), one.who, one.why) for one in found.history]


def test_the_history_of_a_release_keeps_every_proposal_with_its_reason_and_every_decision(office):
    files, proses = changed(renamed), office.people["proses"]
    id = processes.deploy(files, "Nama langkah baru", office.at, development=False, by=proses).id
    processes.reject(id, "Belum dibahas", office.people["proses2"], office.at)
    again = processes.deploy(files, "Sesudah dibahas", office.at, development=False, by=office.people["proses2"])
    assert (again.id, row(id).note) == (id, "Sesudah dibahas")
    with transaction() as store:
        one, other = (store.people.row(office.people[login]).name for login in ("proses", "proses2"))
    assert history(office, id)[1] == [
        ("deployed", one, "Nama langkah baru"),
        ("rejected", other, "Belum dibahas"),
        ("deployed", other, "Sesudah dibahas"),
    ]


def test_the_first_release_of_an_office_is_told_as_in_effect_at_once(office):
    first = next(one for one in releases_shown.releases(office.people["pengawas"], office.at).rows if one.number == 1)
    _found, told = history(office, first.id)
    assert next(kind for kind, _who, _why in told) == "in_force_at_once"
    assert [kind for kind, _who, _why in history(office, proposed(office, renamed))[1]] == ["deployed"]


def test_a_release_that_was_in_effect_is_not_called_rejected_when_its_return_is(office):
    first = proposed(office, renamed)
    approve(office, first, decree="SK 13/2026")
    since = row(first).active_at
    release(office, lambda name, text: text + "\n" if name == FORM else text)
    office.later(minutes=5)
    publishing.bring_back(first, WHY, office.people["proses"], office.at)
    processes.reject(first, "Tidak perlu kembali", office.people["proses2"], office.at)
    now = row(first)
    assert (now.status, now.active_at, now.decree) == ("superseded", since, "SK 13/2026")


def test_a_release_that_was_called_off_is_not_told_as_rejected(office):
    id = proposed(office, renamed)
    approve(office, id, effective_at=office.at + timedelta(days=1))
    publishing.call_off(id, "Belum siap semuanya", office.people["proses"], office.at)
    found, told = history(office, id)
    assert found.called_off
    assert [kind for kind, _who, _why in told] == ["deployed", "approved", "called_off"]
    assert found.history[1].effective_at == office.at + timedelta(days=1)
    listed = releases_shown.releases(office.people["pengawas"], office.at)
    assert listed.called_off == {found.row.number}


def test_who_runs_on_a_release_is_listed_by_process(office, monkeypatch):
    monkeypatch.setattr(publishing, "A_PAGE", 1)
    one, two = office.open("SIPB"), office.open("PEN")
    active = processes.active().id
    found = publishing.standing(active, "", None, office.people["pengawas"], office.at)
    more = publishing.standing(active, "", found.more, office.people["pengawas"], office.at)
    assert {found.cases[0].id, more.cases[0].id} == {one, two}
    assert sum(number for _key, _name, number in found.processes) == 2
    process = office.case(one).case.process
    only = publishing.standing(active, process, None, office.people["pengawas"], office.at)
    assert {row.process for row in only.cases} == {process}
    whole = publishing.listed(active, "", office.people["pengawas"], office.at)
    assert {row.id for row in whole.cases} == {one, two}
    assert whole.names == {key: name for key, name, _number in found.processes}
    assert publishing.listed(active, process, office.people["pengawas"], office.at).cases[:1] == only.cases
    assert publishing.listed(active, "tiada", office.people["pengawas"], office.at).cases == ()
    empty = release(office, renamed)
    assert publishing.listed(empty, "", office.people["pengawas"], office.at).cases == ()
    assert publishing.standing(empty, "", None, office.people["pengawas"], office.at).cases == ()


# --- whole releases as files


@pytest.fixture
def draft(office):
    return release_drafts.begin("Terbitan dari luar", office.people["proses"], office.at)


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return target.getvalue()


def take_in(office, draft, archive, login="proses"):
    return release_imports.take_in_all(draft, archive, office.people[login], office.at)


def content(draft):
    with transaction() as store:
        return release_drafts.files_of(store, release_drafts.found(store, draft))


def test_a_release_of_older_rules_serves_its_cases_but_is_not_approved_any_more(office, monkeypatch):
    """A form of it has a field that bears a name of the office's own, which no rule forbade when it was taken in."""

    def old(name, text):
        if name != FORM:
            return text
        form = json.loads(text)
        form["sections"][0]["fields"].append({"name": "aksi", "label": "Aksi", "type": "text"})
        return json.dumps(form)

    with pytest.raises(DefinitionInvalid):
        proposed(office, old)
    with monkeypatch.context() as then:
        then.setattr("app.operations.processes.build", deployment.restored)
        id = proposed(office, old)
    then_checked = deployments._kept.copy()
    deployments._kept.clear()  # another process, after the programme was renewed
    with transaction() as store:
        found = store.deployments.get(id)
    deployments._kept.update(then_checked)
    assert "aksi" in {one.name for one in found.forms["tindakan"].fields()}
    with pytest.raises(Refused) as refused:
        processes.approve(id, office.people["proses2"], office.at)
    assert "galat dalam terbitan ini; perbaiki lewat rancangan" in str(refused.value)


def test_a_zip_with_a_form_that_is_none_is_refused_as_that_form_alone_would_be(office, draft):
    files = {**release_files(), FORM: b'{"key": 1}'}
    with pytest.raises(DefinitionInvalid) as refused:
        take_in(office, draft, packed(files))
    assert [(one.file, one.element, one.line) for one in refused.value.problems] == [
        (FORM, "key", 1),
        (FORM, "sections", 1),
    ]
    assert content(draft) == release_files()
    draft_files.save(draft, FORM, files[FORM], 0, office.people["proses"], office.at)
    assert take_in(office, draft, packed(content(draft))) == 0  # what the draft itself hands out comes back


def test_files_deployed_by_command_and_by_a_draft_lead_to_the_same_hash(office, draft):
    """Both ways: out of the office into folders, and from folders into the office."""
    files = {**release_files(), FORM: release_files()[FORM].replace(b"Catat tindakan", b"Catat apa yang dilakukan")}
    assert take_in(office, draft, packed(files)) == 1
    made = release_drafts.propose(draft, "Dari folder", office.people["proses"], office.at)
    assert made.checksum == checksum(files)
    by_command = processes.deploy(files, "dari berkas", office.at, development=False)
    assert (by_command.fresh, by_command.id, by_command.checksum) == (False, made.id, made.checksum)
    bundle = publishing.bundle(made.id, office.people["pengawas"], office.at)
    assert bundle.name == f"terbitan-{made.number}-{made.checksum[:12]}.zip"
    assert bundle.content == publishing.bundle(made.id, office.people["proses"], office.later(days=1)).content
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as opened:
        out = {name: opened.read(name) for name in opened.namelist()}
    assert list(out) == sorted(out)
    assert checksum(out) == made.checksum


def test_a_whole_release_takes_the_place_of_what_the_draft_holds(office, draft):
    draft_files.save(draft, FORM, b'{"key": "tindakan"}', 0, office.people["proses"], office.at)
    files = {name: one for name, one in release_files().items() if name != "processes/letters/tanda_terima.typ"}
    files["forms/baru_sekali.json"] = b'{"key": "baru_sekali", "sections": []}'
    assert take_in(office, draft, packed({f"kantor-main/{name}": one for name, one in files.items()})) == 3
    assert content(draft) == files
    assert take_in(office, draft, packed(release_files())) == 2
    assert content(draft) == release_files()
    assert release_drafts.draft(draft, office.people["proses"], office.at).changes == ()


BOMB = b"0" * (drafting.LARGEST + 1)


@pytest.mark.parametrize(
    ("files", "where", "words"),
    [
        ({"../luar.json": b"{}"}, "../luar.json", "Nama ini"),
        ({"/etc/passwd": b"x"}, "/etc/passwd", "Nama ini"),
        ({"processes\\catalogue\\a.json": b"{}"}, "", "Nama ini"),
        ({"forms/a.json": b"{}", "catatan.txt": b"x"}, "catatan.txt", "Nama ini"),
        ({"forms/a.json": b'{\n"a": }'}, "forms/a.json", "JSON"),
        ({"processes/a.bpmn": b"<a>"}, "processes/a.bpmn", "XML"),
        ({"forms/a.json": BOMB}, "forms/a.json", "paling besar"),
        ({f"forms/a{n}.json": b"{}" for n in range(1001)}, "ZIP", "lebih dari"),
        ({}, "ZIP", "tidak memuat"),
    ],
    ids=["di atas", "mutlak", "garis miring", "asing", "json", "xml", "bom", "banyak", "kosong"],
)
def test_a_bad_archive_is_told_by_file_and_leaves_the_draft_as_it_was(office, draft, files, where, words):
    before = content(draft)
    with pytest.raises(DefinitionInvalid) as invalid:
        take_in(office, draft, packed(files))
    [problem] = invalid.value.problems
    assert where in problem.file
    assert words in problem.message
    assert content(draft) == before


def test_what_is_no_archive_is_told_as_well(office, draft):
    whole = packed(release_files())
    for broken in (b"bukan zip", whole[: len(whole) // 2], whole[:-30]):
        with pytest.raises(DefinitionInvalid, match="tidak dapat"):
            take_in(office, draft, broken)
    with pytest.raises(SubmissionInvalid):
        take_in(office, draft, b"")
    assert content(draft) == release_files()


def test_a_file_that_stands_twice_in_an_archive_is_refused(office, draft):
    whole = packed({"forms/a.json": b"{}", "forms/b.json": b"{}"})
    twice = whole.replace(b"forms/b.json", b"forms/a.json")
    with pytest.raises(DefinitionInvalid) as invalid:
        take_in(office, draft, twice)
    assert "dua kali" in invalid.value.problems[0].message


def test_a_file_in_somebody_elses_hands_is_not_overwritten_by_an_archive(office, draft):
    draft_files.hold(draft, FORM, office.people["proses2"], office.at)
    files = {**release_files(), FORM: b'{"key": "tindakan", "sections": []}'}
    with pytest.raises(Refused, match=FORM):
        take_in(office, draft, packed(files))
    assert take_in(office, draft, packed(release_files())) == 0
    office.later(minutes=5)
    assert take_in(office, draft, packed(files)) == 1


def test_an_archive_is_taken_in_by_the_process_administrator_into_an_open_draft(office, draft):
    with pytest.raises(NotAllowed):
        take_in(office, draft, packed(release_files()), "pengawas")
    release_drafts.drop(draft, "Tidak jadi dipakai", office.people["proses"], office.at)
    with pytest.raises(Refused):
        take_in(office, draft, packed(release_files()))
    with pytest.raises(NotFound):
        publishing.bundle(draft, office.people["proses"], office.at)
