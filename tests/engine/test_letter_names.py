"""Letters follow a field's new name where they surely read it, and are named where only a person could tell."""

import pytest

from app.cli import release_files
from engine.errors import Refused
from engine.letter_names import Field, followed
from engine.renaming import renamed

KOP = """#let data = json("data.json")
#let isian = kamus(data, "isian")
#let pemohon = kamus(data, "pemohon")
#let surat = kamus(data, "surat")
"""
LETTERS = "processes/letters/"
EITHER = (
    '#let s = { let x = kamus(isian, "serahkan"); if x == (:) { kamus(isian, "bap") } else { x } }\n#ambil(s, "nomor")'
)
FIELD = Field("nomor", frozenset({"serahkan"}), False, frozenset({"bap"}))


def letter(body, field=FIELD):
    """A letter with another name for `nomor` in it, and whether it may read the field elsewhere."""
    head = '#import "kop.typ": *\n'
    files = {f"{LETTERS}kop.typ": KOP.encode(), f"{LETTERS}surat.typ": (head + body).encode()}
    changed, left = followed(files, field, "kode")
    assert set(changed) | set(left) <= {f"{LETTERS}surat.typ"}
    return changed.get(f"{LETTERS}surat.typ", files[f"{LETTERS}surat.typ"]).decode().removeprefix(head), bool(left)


@pytest.mark.parametrize(
    ("body", "now"),
    [
        ('#let s = kamus(isian, "serahkan")\n#ambil(s, "nomor")',
         '#let s = kamus(isian, "serahkan")\n#ambil(s, "kode")'),
        ('#let s = kamus(isian, "serahkan")\n#(1, 2).map(s => isi(s)).join(", ") #ambil(s, "nomor")',
         '#let s = kamus(isian, "serahkan")\n#(1, 2).map(s => isi(s)).join(", ") #ambil(s, "kode")'),
        ('#ambil(isian, "serahkan", "nomor")', '#ambil(isian, "serahkan", "kode")'),
        ('#ambil(data, "isian", "serahkan", "nomor")', '#ambil(data, "isian", "serahkan", "kode")'),
        ('#let s = kamus(data, "isian", "serahkan")\n#pilih(s, "hp", "nomor")',
         '#let s = kamus(data, "isian", "serahkan")\n#pilih(s, "hp", "kode")'),
        ('#let s = kamus(isian, "serahkan")\n#s.nomor #s.at("nomor")',
         '#let s = kamus(isian, "serahkan")\n#s.kode #s.at("kode")'),
    ],
)  # fmt: skip
def test_where_a_step_is_surely_read_the_new_name_stands(body, now):
    assert letter(body) == (now, False)


@pytest.mark.parametrize(
    "body",
    [
        '#let s = kamus(isian, "serahkan")\n#ambil(surat, "nomor") #isi(ambil(s, "catatan"))',
        '#let s = kamus(isian, "serahkan")\n#let b = kamus(isian, "bap")\n#ambil(b, "nomor")',
        '#ambil(isian, "serahkan", "baris", "nomor")',
        '#ambil(isian, "serahkan", "jenis") == "nomor"',
        '#ambil(isian, "serahkan", "tanggal") #tenggat("nomor", "7 hari")',
        '#let pasangan = (("bap", "nomor"), ("serahkan", "lain"))\n#ambil(isian, "serahkan", "tanggal")',
        '#let s = kamus(isian, "serahkan")\n#("nomor": "Nomor").at(ambil(s, "jenis"))',
        '#let baris = ("terbit", "nomor").map(k => angka(b, k))  // "serahkan"',
    ],
)  # fmt: skip
def test_what_is_no_field_of_the_step_stays_and_keeps_nothing_from_being_renamed(body):
    assert letter(body) == (body, False)


@pytest.mark.parametrize(
    "body",
    [
        '#daftar(isian, "serahkan").map(h => ambil(h, "nomor"))',
        '#let s = kamus(isian, "serahkan")\n#data.map(s => ambil(s, "nomor"))',
        '#let s = kamus(isian, "serahkan")\n#let baris(s) = [a) #ambil(s, "nomor")]',
        '#let s = kamus(isian, "serahkan")\n#for s in daftar(data, "riwayat") { ambil(s, "nomor") }',
        '#let s = kamus(isian, "serahkan")\n#let s = kamus(isian, "bap")\n#ambil(s, "nomor")',
        EITHER,
        '#let nama = "nomor"\n#ambil(isian, "serahkan", nama)',
        '#let s = kamus(s, "serahkan")\n#isian #ambil(s, "nomor")',
        '#let s = kamus(isian, "serahkan")\n#let kata = ("nomor": "Nomor")\n#kata.keys().map(k => ambil(s, k))',
    ],
)  # fmt: skip
def test_what_nobody_can_tell_is_left_to_a_person(body):
    assert letter(body) == (body, True)


def test_both_steps_of_one_form_follow_where_either_is_read():
    either = Field("nomor", frozenset({"serahkan", "bap"}), False)
    assert letter(EITHER, either) == (EITHER.replace('"nomor"', '"kode"'), False)


def test_what_an_application_states_follows_where_one_form_states_it():
    body = '#let luas = ambil(pemohon, "nomor")'
    assert letter(body, Field("nomor", frozenset(), True)) == (body.replace("nomor", "kode"), False)
    assert letter(body, Field("nomor", frozenset(), False)) == (body, False)


def test_a_field_that_a_letter_looks_up_by_a_name_of_its_own_is_renamed_there():
    files = release_files()
    changed = renamed(files, "field", "serahkan.nama_penerima", "penerima_izin")
    text = changed["processes/letters/bast.typ"].decode()
    assert 'ambil(s, "penerima_izin")' in text
    assert "nama_penerima" not in text
    assert b'"penerima_izin"' in changed["forms/serahkan.json"]


def test_words_of_the_report_and_outcomes_beside_steps_keep_no_field_from_being_renamed():
    files = release_files()
    changed = renamed(files, "field", "perbaikan.perbaikan", "jawaban")
    assert "forms/perbaikan.json" in changed
    assert not [path for path in changed if path.endswith(".typ")]


def test_a_field_that_only_a_person_can_tell_from_others_is_refused_with_the_letter():
    files = release_files()
    with pytest.raises(Refused, match="ganti dahulu namanya dalam templat"):
        renamed(files, "field", "tinjauan.temuan", "hasil_temuan")
