"""Every letter of the office, from values as they come: usual, missing, too long, hostile."""

import copy
import io
import json
import os
import threading
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from app.letters import LetterFailed, render, rendering
from app.letters.fonts import MAIN, coverage, printable
from app.letters.limited import Limited
from app.letters.samples import ANSWERS as ISIAN
from app.letters.samples import APPLICANT as PEMOHON
from app.letters.samples import DECLARED, REPORTED, requirements, sample
from app.letters.samples import LETTER as SURAT
from engine.errors import Incident

FOLDER = Path(__file__).resolve().parents[3] / "processes" / "letters"
TEMPLATES = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.typ"))}
LONG = "Perumahan Taman Sejahtera Indah Blok Melati Raya Nomor 123 " * 4
HOSTILE = {
    "markup": '#eval("1+1") *tebal* _miring_ $x^2$ = judul\n- butir @acuan <label> `kode` \\ // komentar',
    "a path": '#read("/etc/passwd") #import "kop.typ": * #include "data.json"',
    "one word of ten thousand letters": "x" * 10_000,
    "ten thousand letters": "nama sangat panjang " * 500,
    "emoji": "Toko 👍🏽 Bu Siti 👩‍👩‍👧 🇮🇩",
    "arabic": "بسم الله الرحمن الرحيم",
    "several scripts": "שלום 漢字 ไทย Ωμέγα Жизнь é̄̂ \u202egnp.exe\u200b a\u0300\u05b8\u0651",
    "quotes and brackets": "\"'“”‘’{}[]()<>#$@~^\\|&%",
    "controls": "a\tb\r\nc\x07d\x1b[31me",
}


def words(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def told(content):
    """The text of a letter, as quickly as a long one needs it."""
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def filled(value, text):
    """The same values with `text` in the place of every text a person may have typed."""
    if isinstance(value, dict):
        return {key: filled(one, text) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, text) for one in value]
    return text if isinstance(value, str) else value


def with_text(letter, text):
    """The whole letter's values when the text is short, the applicant's and the declarer's when it is long."""
    values = sample(letter)
    short = ("isian", "persyaratan", "riwayat", "nama_pegawai", "berkas") if len(text) < 1000 else ()
    for key in ("pemohon", "kahar", "laporan", *short):
        if key in values:
            values[key] = filled(values[key], text)
    return values


def emptied(value):
    if isinstance(value, dict):
        return {key: emptied(one) for key, one in value.items()}
    return [] if isinstance(value, list) else "" if isinstance(value, str) else None


LETTERS = (
    *"tanda_terima lembar_pengembalian lembar_perbaikan surat_tugas bap rekomendasi skrd sts ssrd strd".split(),
    *"surat_teguran naskah_izin sk_izin surat_penolakan bast".split(),
    *DECLARED,
    *REPORTED,
    "kartu_kendali",
)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_carries_its_number_and_the_names_it_is_about(letter):
    content = render(f"{letter}.typ", TEMPLATES, sample(letter))
    text = words(content)
    if letter != "kartu_kendali":
        assert SURAT["nomor"] in text
    about = "Bambang Irawan" if letter in DECLARED else "Agustus 2026" if letter in REPORTED else PEMOHON["nama"]
    assert about in text
    assert "PEMERINTAH KOTA METRO" in text


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_marked_as_pdf_a_2b(letter):
    content = render(f"{letter}.typ", TEMPLATES, sample(letter))
    about = PdfReader(io.BytesIO(content)).xmp_metadata.stream.get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in about
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in about


@pytest.fixture(scope="module")
def elsewhere():
    """The typesetter of another process."""
    found = Limited("typesetting", rendering.MEMORY, rendering.SECONDS, kept=1)
    yield found
    found.close()


@pytest.mark.parametrize("letter", LETTERS)
def test_the_same_values_give_the_same_bytes(letter, elsewhere, monkeypatch):
    first = render(f"{letter}.typ", TEMPLATES, sample(letter))
    monkeypatch.setattr(rendering, "typesetter", elsewhere)
    assert render(f"{letter}.typ", TEMPLATES, sample(letter)) == first


def test_another_day_gives_another_file():
    values = sample("skrd")
    values["surat"]["tanggal"] = "2026-08-07"
    assert render("skrd.typ", TEMPLATES, values) != render("skrd.typ", TEMPLATES, sample("skrd"))


@pytest.mark.parametrize("letter", LETTERS)
def test_missing_values_leave_a_dotted_line(letter):
    surat = {"judul": "Surat", "nomor": "1", "tanggal": "2026-08-06", "alamat_verifikasi": ""}
    for values in ({}, {"surat": surat}, emptied(sample(letter)), emptied(sample(letter)) | {"surat": surat}):
        assert words(render(f"{letter}.typ", TEMPLATES, values))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("letter", LETTERS)
def test_what_an_applicant_types_is_never_more_than_text(letter, text):
    content = render(f"{letter}.typ", TEMPLATES, with_text(letter, text))
    said = told(content)
    assert "PEMERINTAH KOTA METRO" in said
    assert b"root:x:0:0" not in content
    assert "root:x:0:0" not in said


def test_markup_is_printed_as_it_was_typed():
    values = sample("tanda_terima")
    values["pemohon"]["nama"] = '#eval("1+1") *tebal* #read("/etc/passwd")'
    text = words(render("tanda_terima.typ", TEMPLATES, values)).replace("“", '"').replace("”", '"')
    assert '#eval("1+1") *tebal* #read("/etc/passwd")' in text


def test_a_sign_no_font_has_leaves_a_box_in_its_place():
    assert printable("a漢b") == "a□b"
    assert printable({"x": ["\u202e", 3, None]}) == {"x": ["", 3, None]}


def test_the_main_font_has_the_letters_of_a_letter():
    assert {ord(sign) for sign in "AZaz09 .,;:()/×²–•…·éü"} <= coverage(MAIN)


@pytest.mark.parametrize("letter", LETTERS)
def test_long_names_and_forty_requirements_stay_on_the_page(letter):
    values = sample(letter)
    if "pemohon" in values:
        values["pemohon"] |= {"nama": LONG[:120], "alamat": LONG, "alamat_objek": LONG}
        values["persyaratan"] = requirements(40)
        values["persyaratan"][2]["nama"] = LONG + "x" * 300
    reader = PdfReader(io.BytesIO(render(f"{letter}.typ", TEMPLATES, values)))
    for page in reader.pages:
        beyond = []

        def look(text, user, matrix, font, size, page=page, beyond=beyond):
            across = user[0] * matrix[4] + user[4]
            if text.strip() and not 0 <= across <= float(page.mediabox.width):
                beyond.append(text)

        page.extract_text(visitor_text=look)
        assert beyond == []


@pytest.mark.parametrize(("paper", "height"), [("a4", 842), ("f4", 935), ("F4", 935), ("", 842)])
def test_the_paper_follows_the_offices_setting(paper, height):
    values = sample("skrd")
    values["kantor"]["kertas"] = paper
    page = PdfReader(io.BytesIO(render("skrd.typ", TEMPLATES, values))).pages[0]
    assert round(float(page.mediabox.height)) == height


def test_the_assessment_tells_amount_formula_words_and_bank():
    text = words(render("skrd.typ", TEMPLATES, sample("skrd")))
    for expected in (
        "Rp187.625",
        "Rp140.625",
        "100 m² × 0,3125 × 1 × Rp4.500",
        "seratus delapan puluh tujuh ribu enam ratus dua puluh lima rupiah",
        "5 September 2026",
        "Bank Lampung",
        "imb-2011",
    ):
        assert expected in text


def test_the_assessment_names_its_data_in_words_and_fits_one_page():
    values = sample("skrd")
    values["retribusi"]["data"] = [
        ["Data perhitungan diambil dari", "Berita acara pemeriksaan"],
        ["Kegiatan", "Pembangunan baru"],
        ["Luas lantai", "100 m²"],
        ["Fungsi", "Hunian"],
        ["Kompleksitas (bobot 0,25)", "Sederhana"],
        ["Permanensi (bobot 0,20)", "Permanen"],
        ["Risiko kebakaran (bobot 0,15)", "Rendah"],
        ["Zonasi gempa (bobot 0,15)", "Zona 5"],
        ["Kepadatan lokasi (bobot 0,10)", "Renggang"],
        ["Ketinggian (bobot 0,10)", "Rendah"],
        ["Kepemilikan (bobot 0,05)", "Perorangan"],
        ["Waktu penggunaan", "Tetap"],
        ["Prasarana", "Pagar, 60; Pengolahan air limbah, 1"],
    ]
    made = render("skrd.typ", TEMPLATES, values)
    assert "Berita acara pemeriksaan" in words(made)
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


def test_a_permit_with_an_end_prints_the_day():
    values = sample("sk_izin")
    values["berkas"]["berlaku_sampai"] = "2031-08-06"
    values["isian"].get("susun_naskah", {}).pop("berlaku_sampai", None)
    assert "sampai dengan tanggal 6 Agustus 2031" in words(render("sk_izin.typ", TEMPLATES, values))


@pytest.mark.parametrize("end", ["2031-12-01", ""])
@pytest.mark.parametrize(("begin", "effect"), [("2026-12-01", "dalam Diktum KETIGA"), (None, "ditetapkan")])
def test_a_permit_takes_effect_when_its_validity_begins(begin, effect, end):
    values = sample("sk_izin")
    decided = values["surat"]["tanggal"]
    values["berkas"] |= {"berlaku_mulai": begin or decided, "berlaku_sampai": end}
    values["isian"]["susun_naskah"] |= {"berlaku_mulai": "2026-01-01", "berlaku_sampai": ""}
    text = words(render("sk_izin.typ", TEMPLATES, values))
    assert ("pada tanggal ditetapkan" in text) is (begin is None)
    assert f"{effect}, dan diperbaiki" in text
    assert ("berlaku sejak tanggal 1 Desember 2026" in text) is (begin is not None)
    assert "1 Januari 2026" not in text


def test_the_bill_tells_months_rate_and_interest():
    text = words(render("strd.typ", TEMPLATES, sample("strd")))
    assert "2 bulan × 1% per bulan × Rp187.625" in text
    assert "Rp3.753" in text
    assert "Rp191.378" in text


def test_the_permit_has_all_parts_of_a_decision():
    text = words(render("sk_izin.typ", TEMPLATES, sample("sk_izin")))
    parts = (
        "Menimbang Mengingat Memperhatikan MEMUTUSKAN KESATU KEDUA KETIGA KEEMPAT KELIMA "
        "Ditetapkan_di_Metro Kepala_Dinas, Pembina_Utama_Muda Tembusan"
    )
    places = [text.find(part.replace("_", " ")) for part in parts.split()]
    assert -1 not in places
    assert "19771202 200902 1 002" in text


def test_the_refusal_tells_every_ground_its_basis_and_the_remedy():
    text = words(render("surat_penolakan.typ", TEMPLATES, sample("surat_penolakan")))
    assert "Lokasi berada di sempadan sungai." in text
    assert "Sertifikat tanah bukan atas nama pemohon." in text
    assert "Rencana Tata Ruang Wilayah" in text
    assert "21 hari kerja" in text


def test_a_return_sheet_names_only_what_is_missing():
    text = words(render("lembar_pengembalian.typ", TEMPLATES, sample("lembar_pengembalian")))
    assert "Gambar rencana bangunan" in text
    assert "Fotokopi KTP" not in text


def test_a_technical_repair_prints_the_teams_request_instead_of_the_papers():
    values = sample("lembar_perbaikan")
    values["isian"]["bap"] |= {"keputusan": "perbaikan_teknis", "alasan": "Geser septik tank dua meter."}
    text = words(render("lembar_perbaikan.typ", TEMPLATES, values))
    assert "Geser septik tank dua meter." in text
    assert "Bukti lunas PBB" not in text


def test_a_term_that_was_frozen_wins_over_the_usual_one():
    values = sample("lembar_perbaikan")
    assert "7 (tujuh) hari kerja" in words(render("lembar_perbaikan.typ", TEMPLATES, values))
    values["tenggat"] = {"perbaikan": "10 hari kerja"}
    text = words(render("lembar_perbaikan.typ", TEMPLATES, values))
    assert "paling lama 10 hari kerja sejak" in text
    assert "7 (tujuh)" not in text


def test_the_nik_is_masked():
    for letter in LETTERS:
        text = words(render(f"{letter}.typ", TEMPLATES, sample(letter)))
        assert PEMOHON["nik"] not in text
    assert "1872••••••••0003" in words(render("sk_izin.typ", TEMPLATES, sample("sk_izin")))


ORIGINALS = ("tanda_terima", "sk_izin", "bast")


@pytest.mark.parametrize("letter", ORIGINALS)
def test_an_original_for_the_applicant_bears_the_full_nik_and_its_draft_does_not(letter):
    values = sample(letter)
    values["surat"]["nik_penuh"] = True
    nik = ISIAN["serahkan"]["nik_penerima"] if letter == "bast" else PEMOHON["nik"]
    assert nik in words(render(f"{letter}.typ", TEMPLATES, values))
    assert nik not in words(render(f"{letter}.typ", TEMPLATES, values | {"rancangan": True}))


def test_only_a_draft_bears_the_watermark():
    values = sample("sk_izin")
    assert "RANCANGAN" not in words(render("sk_izin.typ", TEMPLATES, values))
    assert "RANCANGAN" in words(render("sk_izin.typ", TEMPLATES, values | {"rancangan": True}))


def test_a_letter_without_an_address_has_no_code_to_scan():
    values = sample("skrd")
    assert "Pindai untuk memeriksa" in words(render("skrd.typ", TEMPLATES, values))
    values["surat"]["alamat_verifikasi"] = ""
    assert "Pindai untuk memeriksa" not in words(render("skrd.typ", TEMPLATES, values))


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (b'#read("/etc/passwd")', "tidak ada"),
        (b'#read("../../../etc/passwd")', "escape"),
        (b'#import "@preview/cetz:0.3.0": *', "paket dari luar"),
        (b"#tidak-ada", "tidak ada isian tidak-ada; isian yang ada: berkas, isian, .*baris 1, huruf 2"),
        (b"halo\n#let data = 1\nnama #dta", "tidak ada isian dta; mungkin data .surat.typ, baris 3, huruf 7"),
        (b"#(a: 1).b", "tidak ada isian b"),
        (b"#let a = ", "tidak lengkap.*baris 1"),
        (b"#while true { }", "syarat ini tidak pernah berubah.*condition is always true.*baris 1"),
        (b"#let a(x) = a(x)\n#a(1)", "memanggil dirinya sendiri tanpa akhir.*maximum function call depth.*baris 1"),
        (b"#(1,).at(5)", "tidak mempunyai anggota sebanyak itu.*index"),
        (b"#let f(x) = x\n#f()", "belum diberikan.*missing argument"),
        (b"#(1 / 0)", "dibagi dengan nol"),
        (b"@tidak-ada", "tanda yang dirujuk tidak ada.*label"),
        (b'#(1 + "a")', "jenis yang diharapkan.*baris 1"),
        (b'#image("tidak.png")', "berkas tidak.png tidak ada"),
        (b"#let f(n) = f(n + 1)\n#f(1)", "depth"),
        (b"#let a = range(10000000000)", "batas"),
    ],
)
def test_a_template_that_cannot_be_set_is_told_with_its_reason(template, reason):
    with pytest.raises(LetterFailed, match=reason) as failed:
        render("surat.typ", {"surat.typ": template}, sample("skrd"))
    assert isinstance(failed.value, Incident)
    assert failed.value.element == "surat.typ"
    assert "surat-" not in failed.value.reason


def test_an_endless_template_is_stopped(monkeypatch):
    monkeypatch.setattr(rendering, "typesetter", Limited("typesetting", rendering.MEMORY, 1))
    endless = b"#for a in range(9000) { for b in range(9000) { let c = calc.rem(a, 7) } }"
    with pytest.raises(LetterFailed, match="batas waktu"):
        render("surat.typ", {"surat.typ": endless}, {})


def test_a_missing_template_and_a_name_that_leaves_the_folder_are_refused():
    with pytest.raises(LetterFailed, match="tidak ada"):
        render("lain.typ", TEMPLATES, {})
    with pytest.raises(LetterFailed, match="nama berkas"):
        render("skrd.typ", TEMPLATES | {"../keluar.typ": b""}, {})


def test_a_failure_leaves_the_next_letter_alone():
    expected = render("skrd.typ", TEMPLATES, sample("skrd"))
    with pytest.raises(LetterFailed):
        render("surat.typ", {"surat.typ": b"#let a = range(10000000000)"}, {})
    assert render("skrd.typ", TEMPLATES, sample("skrd")) == expected


def test_threads_get_their_own_letters():
    numbers = [f"503/{number:03}/IMB/2026" for number in range(12)]
    found = {}

    def one(number):
        values = copy.deepcopy(sample("sts"))
        values["surat"]["nomor"] = number
        found[number] = words(render("sts.typ", TEMPLATES, values))

    threads = [threading.Thread(target=one, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(number in found[number] for number in numbers)


def test_a_forked_process_has_children_of_its_own():
    expected = render("sts.typ", TEMPLATES, sample("sts"))
    forked = os.fork()
    if forked == 0:
        os._exit(0 if render("sts.typ", TEMPLATES, sample("sts")) == expected else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert render("sts.typ", TEMPLATES, sample("sts")) == expected


def test_a_child_is_replaced_after_its_share_of_jobs():
    press = Limited("typesetting", rendering.MEMORY, 15, kept=1, jobs=1)
    job = {"folder": str(FOLDER), "main": "format.typ", "fonts": [], "timestamp": 0}
    press.ask(job)
    assert press._idle == []


def test_every_letter_of_the_catalogue_has_its_template():
    kinds = json.loads((FOLDER.parent / "catalogue" / "letters.json").read_text())
    assert {kind["template"] for kind in kinds.values()} == {f"{letter}.typ" for letter in LETTERS}


def test_the_receipt_tells_the_provisional_levy_of_a_permit_with_one():
    values = sample("tanda_terima") | {"perkiraan": {"jumlah": 83448}}
    assert "Perkiraan retribusi : Rp83.448" in words(render("tanda_terima.typ", TEMPLATES, values))
    values["perkiraan"] = {"jumlah": None}
    assert "dihitung setelah data teknis diperiksa" in words(render("tanda_terima.typ", TEMPLATES, values))
    assert "Perkiraan" not in words(render("tanda_terima.typ", TEMPLATES, sample("tanda_terima")))


@pytest.mark.parametrize("count", range(12, 24))
def test_the_signature_of_a_receipt_never_stands_alone_on_its_page(count):
    values = sample("tanda_terima") | {"persyaratan": requirements(count)}
    last = PdfReader(io.BytesIO(render("tanda_terima.typ", TEMPLATES, values))).pages[-1].extract_text()
    assert "Yang perlu Anda ketahui" in last


@pytest.mark.parametrize("letter", ["sk_kahar", "sk_kahar_perubahan", "sk_kahar_perpanjangan", "sk_kahar_pencabutan"])
def test_the_list_of_copies_never_stands_on_a_page_without_the_signature(letter):
    """Whatever the length of what goes before."""
    for lines in range(1, 26, 2):
        values = sample(letter)
        for name in ("uraian", "alasan"):
            values["kahar"][name] = "Kabel ke pusat data putus karena pekerjaan galian di tepi jalan. " * lines
        pages = [one.extract_text() for one in PdfReader(io.BytesIO(render(f"{letter}.typ", TEMPLATES, values))).pages]
        with_copies = [one for one in pages if "Tembusan" in one]
        assert len(with_copies) == 1
        assert "NIP 1" in with_copies[0], f"{lines} sentences"


@pytest.mark.parametrize(
    ("letter", "rolling", "usual"),
    [
        ("sk_kahar", "waktu layanan tetap dihitung", "dihentikan"),
        ("sk_kahar_perubahan", "Waktu layanan tetap dihitung", "dihitung kembali menurut"),
        ("sk_kahar_perpanjangan", "Waktu layanan tetap dihitung", None),
        ("sk_kahar_pencabutan", "tidak lagi bergeser", "semula tidak dihitung"),
        ("ba_pemulihan", "tidak lagi bergeser", "berjalan lagi"),
    ],
)
def test_a_paper_of_a_keadaan_kahar_says_whether_time_stands_still_or_only_the_last_day_moves(letter, rolling, usual):
    said = {}
    for effect in ("SUSPEND", "ROLL_LAST_DAY", None):  # None: a paper from before there was a choice
        values = sample(letter)
        values["kahar"] |= {"akibat_waktu": effect} if effect else {}
        said[effect] = " ".join(words(render(f"{letter}.typ", TEMPLATES, values)).split())
    assert rolling in said["ROLL_LAST_DAY"]
    assert all(rolling not in said[one] for one in ("SUSPEND", None))
    assert usual is None or (usual in said["SUSPEND"] and usual in said[None] and usual not in said["ROLL_LAST_DAY"])


def test_an_ordinary_decree_of_a_keadaan_kahar_is_one_page():
    values = sample("sk_kahar")
    values["kahar"]["uraian"] = "Kabel ke pusat data putus karena pekerjaan galian di tepi jalan. " * 2
    assert len(PdfReader(io.BytesIO(render("sk_kahar.typ", TEMPLATES, values))).pages) == 1


def test_a_revocation_names_the_last_of_several_changes_in_one_plain_sentence():
    values = sample("sk_kahar_pencabutan")
    changes = [{"jenis": "AMEND", "nomor": f"00{n}/KEP/DPMPTSP/2026", "tanggal": f"2026-08-0{n}"} for n in (7, 8)]
    values["kahar"]["sesudahnya"] = [*changes, *values["kahar"]["sesudahnya"]]
    text = " ".join(words(render("sk_kahar_pencabutan.typ", TEMPLATES, values)).split())
    assert "sebagaimana telah beberapa kali diubah, terakhir dengan Keputusan Nomor 008/KEP" in text
    assert "beserta Berita Acara Pemulihan Nomor 001/BA-PULIH" in text
    assert "007/KEP" not in text
    assert "yang diubah dengan" not in text


FIRST = {
    "mulai": "2026-08-03T07:30:00+07:00", "selesai": "", "jenis_peristiwa": "kebakaran",
    "uraian": "Gardu listrik terbakar di depan kantor.", "waktu_peristiwa": "2026-08-03T07:10:00+07:00",
}  # fmt: skip


@pytest.mark.parametrize("letter", ["sk_kahar_perubahan", "sk_kahar_pencabutan"])
def test_a_later_decree_recites_what_the_first_one_decided_and_not_what_stands_since(letter):
    values = sample(letter)
    values["kahar"]["asal"] |= FIRST
    text = " ".join(words(render(f"{letter}.typ", TEMPLATES, values)).split())
    recital = text.split("telah ditetapkan keadaan kahar", 1)[1].split("bahwa", 1)[0]
    assert "kebakaran: Gardu listrik terbakar di depan kantor, terjadi" in recital
    assert "Banjir" not in recital
    if letter == "sk_kahar_pencabutan":
        assert "sejak 3 Agustus 2026 pukul 07.30 WIB tanpa akhir yang ditetapkan" in recital
        assert "berakhir menurut Berita Acara Pemulihan" in text
    changed = {"jenis": "AMEND", "nomor": "007/KEP/DPMPTSP/2026", "tanggal": "2026-08-07"}
    values["kahar"]["sesudahnya"] = [changed, *values["kahar"]["sesudahnya"]]
    again = " ".join(words(render(f"{letter}.typ", TEMPLATES, values)).split())
    assert again.count("007/KEP/DPMPTSP/2026") == text.count("003/KEP/DPMPTSP/2026")


def test_a_revocation_declares_nothing_and_names_what_it_revokes():
    text = words(render("sk_kahar_pencabutan.typ", TEMPLATES, sample("sk_kahar_pencabutan")))
    for expected in (
        "PENCABUTAN KEPUTUSAN TENTANG KEADAAN KAHAR",
        "Mencabut Keputusan Kepala Dinas",
        "Nomor 003/KEP/DPMPTSP/2026 tanggal 6 Agustus 2026",
        "Berita Acara Pemulihan Nomor 001/BA-PULIH/DPMPTSP/2026",
        "perlu dicabut karena: Catatan PLN menyebut waktu yang lain",
        "sejak 3 Agustus 2026 pukul 08.00 WIB sampai dengan 6 Agustus 2026 pukul 12.00 WIB",
        "dihitung kembali",
        "mengenai 7 berkas; 5 janji layanan bergeser, 2 berkas menjadi terlambat",
    ):
        assert expected in text
    assert "Menetapkan keadaan kahar" not in text


def test_a_correction_tells_the_old_span_and_the_new():
    text = words(render("sk_kahar_perubahan.typ", TEMPLATES, sample("sk_kahar_perubahan")))
    assert "semula sejak 3 Agustus 2026 pukul 08.00 WIB sampai dengan 6 Agustus 2026 pukul 12.00 WIB" in text
    assert "menjadi sejak 4 Agustus 2026 pukul 09.00 WIB sampai dengan 5 Agustus 2026 pukul 14.00 WIB" in text
    assert "Nomor 003/KEP/DPMPTSP/2026" in text
    assert "Catatan PLN menyebut waktu yang lain" in text
    assert "telah dimasukkan" not in text


def test_an_extension_says_that_it_lasts_on_and_why():
    values = sample("sk_kahar_perpanjangan")
    values["kahar"] |= {"selesai": "", "sesudahnya": []}
    text = words(render("sk_kahar_perpanjangan.typ", TEMPLATES, values))
    assert "PERPANJANGAN KEADAAN KAHAR" in text
    assert "Nomor 003/KEP/DPMPTSP/2026" in text
    assert "tetap berlaku sampai kondisi dinyatakan stabil" in text
    assert "kondisi belum stabil karena: Catatan PLN" in text


def test_a_record_of_recovery_keeps_the_event_beside_its_end():
    text = words(render("ba_pemulihan.typ", TEMPLATES, sample("ba_pemulihan")))
    assert "Bencana alam: Banjir memutus jaringan listrik" in text
    assert "Pemulihan : Catatan PLN" in text


@pytest.mark.parametrize("letter", ["sk_kahar", "ba_pemulihan"])
def test_a_declaration_without_measures_says_nothing_of_them(letter):
    values = sample(letter)
    assert "Upaya yang dilakukan" in words(render(f"{letter}.typ", TEMPLATES, values))
    values["kahar"]["upaya"] = ""
    text = words(render(f"{letter}.typ", TEMPLATES, values))
    assert "Upaya yang dilakukan" not in text
    assert "KELIMA" not in text


def test_a_change_that_moves_no_promise_says_so():
    values = sample("sk_kahar_pencabutan")
    values["kahar"]["akibat"] = {"terkena": 0, "bergeser": 0, "jadi_tepat": 0, "jadi_terlambat": 0}
    assert "Tidak ada berkas yang janji layanannya bergeser." in words(
        render("sk_kahar_pencabutan.typ", TEMPLATES, values)
    )
