"""Riwayat isian: who changed what from what, when, in which step; numbers of identity stay masked."""

import re
from dataclasses import replace
from datetime import timedelta

from app.web import answered, field_history
from tests.app.web.office import NOW


def returned(office, **changed):
    """A file that was sent back for its KTP and handed in again with something changed."""
    case_id, morning = office.submitted(), NOW - timedelta(hours=1)
    wanting = {"kelengkapan.ktp.status": "tidak_terbaca"}
    office.complete(office.task(case_id, at=morning), "tidak_lengkap", "loket", morning, **wanting)
    office.complete(office.task(case_id, at=NOW), "diajukan", "pemohon", NOW, **changed)
    return case_id


def told(office, case_id, login="kasi"):
    """Every change but those of the first answers."""
    found = office.case(case_id, login)
    with office.app.test_request_context():
        every = field_history.changes(found)
    return [one for rows in every.values() for one in rows if not one.first]


def test_a_field_tells_from_what_to_what_by_whom_when_and_in_which_step(office):
    case_id = returned(office, alamat_objek="Jl. Imam Bonjol No. 9")
    found = office.case(case_id)
    (change,) = [one for one in told(office, case_id) if one.name == "alamat_objek"]
    first, last = (one for one in found.submissions if one.by == office.people["pemohon"])
    assert (change.before, change.after) == (first.values["alamat_objek"], "Jl. Imam Bonjol No. 9")
    assert (change.who, change.at, change.step) == (found.names[last.by], last.at, "Lengkapi berkas")
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=isian")
    assert re.search(r"<del>[^<]+</del> menjadi <ins>Jl\. Imam Bonjol No\. 9</ins>", page.text)


def test_what_stays_as_it_was_has_no_history(office):
    case_id = returned(office)
    first = office.case(case_id).submissions[0].values
    assert "nama" in first
    changed = {one.name for one in told(office, case_id)}
    assert changed
    same = [name for name, value in first.items() if office.case(case_id).submissions[-1].values.get(name) == value]
    assert not changed & set(same)


def test_a_nik_is_told_masked(office):
    found = office.case(office.submitted())
    form = found.forms["permohonan"]
    with office.app.test_request_context():
        told = answered.each(form, {"nik": "1872010101900009"}, found.lists, {})["nik"]
    assert (told.label, told.text) == ("NIK", "1872••••••••0009")


def test_a_change_behind_the_mask_or_of_a_paper_of_the_same_name_is_told(office):
    found = office.case(returned(office))
    first, last = (one for one in found.submissions if one.by == office.people["pemohon"])
    before, after = (
        {**one.values, "nik": nik} for one, nik in ((first, "1872010101900009"), (last, "1872020202900009"))
    )
    changed = tuple(replace(one, values=values) for one, values in ((first, before), (last, after)))
    with office.app.test_request_context():
        (rows,) = field_history.changes(replace(found, submissions=changed)).values()
    told = {one.name: (one.before, one.after) for one in rows if not one.first}
    assert told["nik"] == ("1872••••••••0009", "1872••••••••0009")
    assert told["berkas.ktp.unggahan"] == ("pindaian.pdf", "pindaian.pdf")


def test_each_step_has_answers_of_its_own(office):
    case_id = returned(office)
    office.complete(office.task(case_id), "lengkap", "loket")
    found = office.case(case_id)
    with office.app.test_request_context():
        every = field_history.changes(found)
    assert set(every) == {("permohonan", ""), ("periksa_kelengkapan", "")}
    statuses = [one for one in every["periksa_kelengkapan", ""] if one.name == "kelengkapan.ktp.status"]
    assert len(statuses) == 2
    assert statuses[1].before != statuses[1].after


def test_a_file_that_was_handed_in_once_tells_no_changes(office):
    case_id = office.submitted()
    assert told(office, case_id) == []
    assert "<del>" not in office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=isian")


def test_a_replaced_paper_stands_with_its_time_and_what_is_different_in_the_new_one(office):
    page = office.logged_in("kasi").get(f"/berkas/{returned(office)}?bagian=dokumen")
    assert "Versi yang sudah diganti" in page
    assert re.search(r"KTP pemohon[^<]*</span><br><span[^>]*>pindaian.pdf · [\d.]+ k?B · 1 halaman", page.text)
    assert "Versi yang sudah diganti" not in office.logged_in("kasi").get(
        f"/berkas/{office.submitted()}?bagian=dokumen"
    )
