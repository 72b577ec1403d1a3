"""Fields that the office's code reads by name: a release whose forms lack one, or ask for it otherwise, is refused."""

import json

import pytest

from engine import contracts
from engine.deployment import problems
from engine.errors import Refused
from engine.renaming import renamed
from tests.engine.test_renaming import FILES


def with_form(key, change):
    """The shipped release with one of its forms changed."""
    path = f"forms/{key}.json"
    form = json.loads(FILES[path])
    for section in form["sections"]:
        section["fields"] = [made for one in section["fields"] if (made := change(one)) is not None]
    return {**FILES, path: json.dumps(form).encode()}


def without(name):
    return lambda field: None if field["name"] == name else field


def told(files):
    return [
        (one.file, one.element, one.severity, str(one.message))
        for one in problems(files)
        if one.code.startswith("needed")
    ]


@pytest.mark.parametrize(
    ("key", "name", "use"),
    [
        ("cek_retribusi", "jumlah_hitung_ulang", "langkah Periksa ulang hitungan"),
        ("hitung_imb", "luas", "menghitung retribusi menurut tarif imb-2012-contoh"),
        ("hitung_imb", "kompleksitas", "menghitung retribusi menurut tarif imb-2012-contoh"),
        ("pemohon_perorangan", "nik", "mengenali pemohon"),
        ("skm", "skm_biaya", "langkah"),
        ("jadwalkan", "waktu", "langkah"),
        ("permohonan", "kelurahan", "langkah"),
        ("bayar", "bukti", "langkah"),
        ("teknis_penelitian", "selesai_penelitian", "masa berlaku"),
    ],
)
def test_a_form_without_a_field_that_the_office_reads_is_told_at_the_form(key, name, use):
    [(file, element, severity, message)] = told(with_form(key, without(name)))
    assert (file, element, severity) == (f"forms/{key}.json", "", "error")
    assert message.startswith(f"Isian {name} diperlukan kantor untuk ")
    assert use.split()[0] in message


def test_a_field_of_another_kind_than_the_office_can_read_is_told_at_the_field():
    def text(field):
        return {"name": "luas", "label": "Luas", "type": "text"} if field["name"] == "luas" else field

    [(file, element, _severity, message)] = told(with_form("hitung_imb", text))
    assert (file, element) == ("forms/hitung_imb.json", "luas")
    assert message.endswith("dan harus berjenis angka.")


def test_a_field_within_a_group_is_held_too_and_a_missing_group_is_told_once():
    def emptier(field):
        kept = [one for one in field.get("fields", ()) if one["name"] != "volume"]
        return {**field, "fields": kept} if field["name"] == "prasarana" else field

    [(_file, element, _severity, message)] = told(with_form("hitung_imb", emptier))
    assert (element, "Isian prasarana.volume diperlukan" in message) == ("prasarana", True)
    [(_file, element, _severity, message)] = told(with_form("hitung_trayek", without("kendaraan")))
    assert (element, "Isian kendaraan diperlukan" in message) == ("", True)


def test_an_outcome_that_the_office_cannot_judge_is_told_at_the_form():
    path = "forms/validasi_bayar.json"
    form = json.loads(FILES[path])
    label = form["outcomes"][0]["label"]
    form["outcomes"].append({"value": "entah", "label": label})
    found = told({**FILES, path: json.dumps(form).encode()})
    assert [(one[1], one[3].startswith(f"Keputusan {label} tidak dikenal kantor")) for one in found] == [
        ("entah", True)
    ]


def test_a_form_that_no_permit_in_service_uses_is_not_asked_for():
    permits = json.loads(FILES["processes/catalogue/permits.json"])
    for one in permits.values():
        one["active"] = one["active"] and one["levy"] != "imb"
    files = with_form("hitung_imb", without("luas"))
    files["processes/catalogue/permits.json"] = json.dumps(permits).encode()
    assert told(files) == []


def test_what_is_read_only_where_it_is_asked_may_be_left_out():
    assert told(with_form("pemohon_perorangan", without("tanggal_lahir"))) == []
    assert told(with_form("teknis_praktik", without("tahun_lulus"))) == []
    assert told(FILES) == []


def test_a_step_bound_to_the_general_form_is_told_at_the_step():
    path = next(one for one in FILES if b'value="cek_retribusi"' in FILES[one])
    text = FILES[path].replace(b'value="cek_retribusi"', b'value="tindakan"')
    found = [one[:2] for one in told({**FILES, path: text})]
    assert found == [(path, "cek_retribusi")]


@pytest.mark.parametrize(
    "field",
    ["cek_retribusi.jumlah_hitung_ulang", "hitung_trayek.tahun", "pemohon_badan.nama_badan", "jadwalkan.anggota",
     "teknis_reklame.tanggal_bongkar", "susun_naskah.berlaku_sampai"],
)  # fmt: skip
def test_a_field_that_the_office_reads_keeps_its_name(field):
    with pytest.raises(Refused, match="dipakai kantor dengan nama itu"):
        renamed(FILES, "field", field, "nama_lain")


def test_every_kind_that_is_asked_for_has_a_word():
    declared = [*contracts.STEPS.values(), contracts.APPLICANT, contracts.MATTER, *contracts.FORMULAS.values()]
    assert {one.types[0] for part in declared for one in part} <= contracts.TYPES.keys()
