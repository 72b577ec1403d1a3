"""What the checker says of forms, letters and roles: by what people call them, the key only where nothing is there."""

import json
import re

import pytest

from engine.deployment import problems
from tests.processes.walking import files

FILES = files()
VERIFY, LAW = "processes/bersama/verifikasi.bpmn", "processes/catalogue/"


def found(code, changed, held=None):
    """Problems of one code of the shipped set with these texts of files put in place of others: path -> (old, new)."""
    made = {path: FILES[path].decode().replace(*texts).encode() for path, texts in changed.items()}
    assert all(FILES[path] != text for path, text in made.items()), "nothing was changed"
    return [one for one in problems({**FILES, **made}, held) if one.code == code]


def test_a_form_whose_question_is_not_handed_over_is_told_by_its_title():
    said = 'verifikasi_keabsahan.keputusan == "sah"</', 'verifikasi_keabsahan.alasan_tolak == "sah"</'
    form = json.loads(FILES["forms/verifikasi_keabsahan.json"])
    asked = [one["name"] for section in form["sections"] for one in section["fields"] if not one.get("routes")]
    (one,) = found("unknown-field", {VERIFY: (said[0], said[1].replace("alasan_tolak", asked[0]))})
    assert "pada formulir Verifikasi keabsahan belum diteruskan ke proses" in one.message


def test_a_form_whose_answer_nobody_reads_is_told_by_its_title():
    form = json.loads(FILES["forms/cek_retribusi.json"])
    field = {"name": "selisih", "label": "Catatan", "type": "number", "routes": True}
    form["sections"][0]["fields"].append(field)
    made = {**FILES, "forms/cek_retribusi.json": json.dumps(form).encode()}
    hints = {one.hint for one in problems(made) if one.code == "unread-field"}
    assert [hint.rpartition("hapus ")[2] for hint in hints] == ["routes pada formulir Pemeriksaan perhitungan."]


def test_a_role_that_nobody_holds_is_told_by_its_name():
    roles = frozenset(json.loads(FILES[f"{LAW}roles.json"])) - {"BP"}
    told = [one.message for one in problems(FILES, roles) if one.code == "nobody-holds"]
    assert told
    assert all(one.startswith("Peran Bendahara Penerimaan pada jalur ") for one in told)


def test_a_term_that_measures_an_applicants_work_names_the_role():
    roles = json.loads(FILES[f"{LAW}roles.json"])
    (code, role), *_ = [(code, one) for code, one in roles.items() if not one["official"]]
    told = [one.message for one in problems(_with_role(code)) if "bukan peran pejabat" in one.message]
    assert told == [f"Peran {role['name']} bukan peran pejabat kantor dalam katalog."]
    told = [one.message for one in problems(_with_role("TIADA")) if "bukan peran pejabat" in one.message]
    assert told == ["Peran TIADA bukan peran pejabat kantor dalam katalog."]


def _with_role(code):
    terms = json.loads(FILES[f"{LAW}terms.json"])
    terms["validasi"]["role"] = code
    return {**FILES, f"{LAW}terms.json": json.dumps(terms).encode()}


@pytest.mark.parametrize(
    ("word", "drawn", "told"),
    [
        ("letter", "bersama/pendaftaran", "bap (Berita Acara"),
        ("register", "bersama/pendaftaran", "PENDAFTARAN (Buku"),
        ("notice", "bersama/pendaftaran", "bukti_tidak_sah (Bukti"),
        ("state", "retribusi/retribusi", "DICABUT (Dicabut"),
        ("cause", "bersama/ronde_perbaikan", "MENUNGGU_PEMBAYARAN (menunggu pembayaran"),
        ("to", "retribusi/pembayaran", "BP (Bendahara Penerimaan)"),
    ],
)
def test_words_that_may_stand_in_a_parameter_are_told_with_what_they_stand_for(word, drawn, told):
    path = f"processes/{drawn}.bpmn"
    written = re.search(rf'id="{word}" type="str" value="&quot;(\w+)&quot;"', FILES[path].decode())
    one, *_ = found(f"unknown-{word}", {path: (written[0], written[0].replace(written[1], "salah"))})
    assert "menyebut salah yang tidak dikenal" in one.message
    assert one.hint.startswith("Pilih salah satu: ")
    assert told in one.hint


def test_the_outcomes_that_a_form_offers_are_told_with_what_their_buttons_say():
    said = 'verifikasi_keabsahan.keputusan == "sah"</'
    (one,) = found(
        "unknown-outcome", {VERIFY: (said, said.replace("sah", "sahih").replace("keabsahihan", "keabsahan"))}
    )
    assert "menyebut keputusan sahih yang tidak ditawarkan tugas Verifikasi keabsahan" in one.message
    assert one.hint.startswith("Formulirnya menawarkan: sah (Absah, teruskan), perbaikan (Minta perbaikan), ")
