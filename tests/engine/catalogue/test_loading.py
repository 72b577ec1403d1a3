"""The catalogue's files: the shipped ones are whole, and one seeded fault is told where it is."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalogue import load
from tests.depth import examples

FOLDER = Path(__file__).resolve().parents[3] / "processes" / "catalogue"
FILES = {one.name: one.read_bytes() for one in FOLDER.glob("*.json")}
CATALOGUE, PROBLEMS = load(FILES)


def changed(file, *path, to):
    """The shipped files with one value changed."""
    content = json.loads(FILES[file])
    spot = content
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = to
    return {**FILES, file: json.dumps(content).encode()}


def told(files):
    return {(one.file, one.element) for one in load(files)[1]}


def test_the_shipped_catalogue_has_no_fault():
    assert PROBLEMS == ()
    assert len(CATALOGUE.permits) == 18
    assert len(CATALOGUE.requirements) > 45


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_absent_or_broken_is_told(name):
    assert (name, "") in told({key: text for key, text in FILES.items() if key != name})
    for broken in (b"{", b"\xff\xfe", b"[" * 20_000, b"NaN", b'"teks"', b'{"a": 1, "a": 2}'):
        assert (name, "") in told({**FILES, name: broken})


@pytest.mark.parametrize(
    ("file", "path", "to"),
    [
        ("permits.json", ("IMB", "requirements"), ["tidak_ada"]),
        ("permits.json", ("IMB", "agencies"), ["TIDAK_ADA"]),
        ("permits.json", ("IMB", "levy"), "tidak_ada"),
        ("permits.json", ("IMB", "kinds"), ["balik_nama"]),
        ("permits.json", ("IMB", "kinds"), "baru"),
        ("permits.json", ("SIPB", "categories"), ["orang"]),
        ("permits.json", ("IMB", "flags"), {"butuh_apa": True}),
        ("permits.json", ("IMB", "flags"), {"butuh_tinjauan": "ya"}),
        ("permits.json", ("IMB", "standards"), []),
        ("permits.json", ("IMB", "legal_limits"), []),
        ("permits.json", ("IMB", "standards", 0, "budget"), "dua minggu"),
        ("permits.json", ("IMB", "standards", 0, "budget"), 14),
        ("permits.json", ("IMB", "standards", 0, "valid_from"), "8/2/2018"),
        ("permits.json", ("IMB", "standards"), ["14 hk"]),
        ("permits.json", ("IMB", "active"), "ya"),
        ("permits.json", ("IMB", "warna"), "biru"),
        ("permits.json", ("HO", "inactive_because"), ""),
        ("permits.json", ("IMB", "agencies"), []),
        ("permits.json", ("IMB", "name"), "  "),
        ("letters.json", ("skrd", "title"), ""),
        ("requirements.json", ("ktp", "accept"), ["exe"]),
        ("requirements.json", ("ktp", "max_mb"), 5_000),
        ("requirements.json", ("ktp", "kinds"), ["mutasi"]),
        ("terms.json", ("draf", "budget"), "sebulan"),
        ("letters.json", ("skrd", "register"), "TIDAK_ADA"),
        ("letters.json", ("skrd", "signatory"), "XX"),
        ("letters.json", ("skrd", "template"), "../../kunci.typ"),
        ("notices.json", ("terdaftar", "body"), "{nik}"),
        ("notices.json", ("terdaftar", "body"), "{nama.__class__}"),
        ("notices.json", ("terdaftar", "subject"), "{nama!r}"),
        ("notices.json", ("terdaftar", "subject"), "{nama"),
        ("notices.json", ("terdaftar", "to"), "XX"),
        ("registers.json", ("SKRD", "pattern"), "{seq.__class__}"),
        ("registers.json", ("SKRD", "pattern"), "SKRD/{year}"),
        ("registers.json", ("SKRD", "pattern"), "{seq:999999999}"),
        ("registers.json", ("SKRD", "pattern"), "{seq:03"),
        ("registers.json", ("SKRD", "restart"), "bulan"),
        ("roles.json", ("AR", "official"), None),
        ("areas.json", ("18.72.01.1001", "level"), "desa"),
        ("settings.json", ("batas_koordinat",), {"utara": "-5", "selatan": "-4", "barat": "105", "timur": "106"}),
        ("settings.json", ("batas_koordinat",), {"utara": "-5"}),
        ("settings.json", ("kahar_akibat",), ["SUSPEND"]),
        ("settings.json", ("kahar_akibat",), {"boleh": {"a": ["SUSPEND"]}}),
        ("settings.json", ("kahar_akibat", "boleh"), {"a": []}),
        ("settings.json", ("kahar_akibat", "boleh"), {"a": ["HAPUS"]}),
        ("settings.json", ("kahar_akibat", "boleh"), {"d": ["SUSPEND"]}),
        ("settings.json", ("pola_audit", "kilat"), {"detik": "60", "paling_sedikit": 1}),
        ("settings.json", ("pola_audit", "dikembalikan"), {"paling_sedikit": 0}),
        ("settings.json", ("pola_audit", "pengembali"), {"kali": "1/0", "paling_sedikit": 3}),
        ("settings.json", ("pola_audit",), "contoh"),
        ("states.json", ("DRAF",), "draf"),
    ],
)
def test_one_fault_is_told_at_its_row_and_only_there(file, path, to):
    assert told(changed(file, *path, to=to)) == {(file, str(path[0]))}


@pytest.mark.parametrize(
    ("listed", "word", "written", "said"),
    [
        ("standards", "valid_from", "1 September 2026", 'Berlaku sejak: "1 September 2026" bukan tanggal'),
        ("standards", "valid_from", "2026-02-31", 'Berlaku sejak: "2026-02-31" bukan tanggal'),
        ("standards", "valid_from", "", "Berlaku sejak belum diisi"),
        ("legal_limits", "budget", 14, "Jangka waktu harus berupa teks"),
    ],
)
def test_a_day_that_is_none_is_told_once_with_its_place_in_the_words_of_the_editor(listed, word, written, said):
    rows = json.loads(FILES["permits.json"])
    rows["IMB"][listed].append({**rows["IMB"][listed][0], word: written})
    [problem] = load({**FILES, "permits.json": json.dumps(rows).encode()})[1]
    place = {"standards": "Standar waktu layanan", "legal_limits": "Batas hukum"}[listed]
    assert (problem.element, problem.message) == ("IMB", f"{place}, butir 2: {said}.")
    assert ("misalnya 2026-09-01" in problem.hint) == (word == "valid_from")


def test_a_kelurahan_without_its_kecamatan_is_told():
    areas = json.loads(FILES["areas.json"])
    del areas["18.72.05"]
    found = told({**FILES, "areas.json": json.dumps(areas).encode()})
    assert found == {("areas.json", f"18.72.05.100{n}") for n in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("weeks", 0, "since"), "1 Januari"),
        (("weeks", 0, "hours", "0"), [["12:00", "07:30"]]),
        (("weeks", 0, "hours", "0"), [["07:30", "12:00"], ["11:00", "16:00"]]),
        (("weeks", 0, "hours", "0"), "07:30"),
        (("weeks", 0, "hours", "0"), [["25:00", "26:00"]]),
        (("weeks", 0, "hours", "0"), [["07:30"]]),
        (("days", 0, "hours"), None),
        (("weeks", 0, "hours"), {"senin": []}),
        (("days", 0, "since"), "2026-02-30"),
        (("days", 0, "decree"), ""),
        (("days", 0), "libur"),
        (("years", 0, "year"), "2025"),
        (("weeks",), {}),
    ],
)
def test_a_calendar_row_that_cannot_be_used_is_told(path, to):
    found = load(changed("calendar.json", *path, to=to))[1]
    assert [one.file for one in found] == ["calendar.json"]


@pytest.mark.parametrize(
    ("version", "path", "to", "sentence"),
    [
        ("imb-2012-contoh", ("formula",), "eval", "tidak dikenal"),
        ("imb-2012-contoh", ("harga_satuan",), 4500.5, "harga_satuan"),
        ("imb-2012-contoh", ("kegiatan", "baru", "indeks"), 1.0, "tabel kegiatan"),
        ("imb-2012-contoh", ("klasifikasi", "kepemilikan", "bobot"), "0.10", "Jumlah bobot"),
        ("imb-2012-contoh", ("klasifikasi",), {}, "klasifikasi"),
        ("imb-2012-contoh", ("prasarana", "pagar", "harga"), "500", "tabel prasarana"),
        ("imb-2012-contoh", ("biaya_tetap",), [{"nama": "x", "jumlah": -1}], "biaya_tetap"),
        ("trayek-2012-contoh", ("kelas", "bus_kecil", "harga"), -1, "tabel kelas"),
        ("gangguan-2012-contoh", ("tarif",), None, "tarif harus"),
        ("gangguan-2012-contoh", ("lokasi",), [], "Tabel lokasi"),
        ("pp-35-2023", ("rate_per_month",), "0.01", "rate_per_month"),
        ("pp-35-2023", ("rate_per_month",), "1/0", "rate_per_month"),
        ("pp-35-2023", ("most_months",), 0, "most_months"),
    ],
)
def test_a_tariff_that_could_not_be_calculated_with_is_told(version, path, to, sentence):
    rows = json.loads(FILES["tariffs.json"])
    number = next(i for i, one in enumerate(rows) if one["version"] == version)
    found = load(changed("tariffs.json", number, "content", *path, to=to))[1]
    assert [(one.file, one.element) for one in found] == [("tariffs.json", version)]
    assert sentence in found[0].message


@pytest.mark.parametrize(
    ("word", "to"),
    [("levy", None), ("version", ""), ("basis", 7), ("valid_from", "kemarin"), ("content", "teks"), ("berlaku", "x")],
)
def test_a_version_of_a_tariff_is_whole_or_told(word, to):
    found = load(changed("tariffs.json", 1, word, to=to))[1]
    assert "tariffs.json" in {one.file for one in found}
    assert {one.file for one in found} <= {"tariffs.json", "permits.json"}


def test_a_weightless_classification_is_told():
    path = (0, "content", "klasifikasi", "kepemilikan")
    found = load(changed("tariffs.json", *path, to={"kelas": {}}))[1]
    assert ["bobot" in one.message for one in found] == [True]


def test_a_requirement_needs_a_code_that_a_page_can_carry():
    requirements = json.loads(FILES["requirements.json"])
    requirements["KTP Asli"] = requirements["ktp"]
    assert told({**FILES, "requirements.json": json.dumps(requirements).encode()}) == {
        ("requirements.json", "KTP Asli")
    }


@pytest.mark.parametrize(
    ("code", "at"),
    [(one, one) for one in ("constructor", "__proto__", "IZIN BARU", "IZIN/1", "Ä")] + [("", "(kosong)")],
)
def test_a_code_that_no_page_or_browser_can_carry_is_refused_at_its_row(code, at):
    permits = json.loads(FILES["permits.json"])
    permits[code] = permits["IMB"]
    assert told({**FILES, "permits.json": json.dumps(permits).encode()}) == {("permits.json", at)}


def test_a_code_of_more_than_sixty_letters_is_refused():
    permits = json.loads(FILES["permits.json"])
    for code in ("A" * 60, "B" * 61):
        permits[code] = permits["IMB"]
    assert told({**FILES, "permits.json": json.dumps(permits).encode()}) == {("permits.json", "B" * 61)}


def test_an_unknown_list_of_the_calendar_is_told():
    calendar = json.loads(FILES["calendar.json"]) | {"libur": []}
    assert told({**FILES, "calendar.json": json.dumps(calendar).encode()}) == {("calendar.json", "libur")}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=examples(200), deadline=None)
@given(st.sampled_from(sorted(FILES)), JSON, st.sampled_from(["IMB", "ktp", "KD", "skrd", "0"]))
def test_any_content_is_a_catalogue_or_a_list_of_problems(name, content, code):
    load({**FILES, name: json.dumps(content).encode()})
    load({**FILES, name: json.dumps({code: content}).encode()})
    load({**FILES, name: json.dumps([content]).encode()})


# --- what the law says on a day


def test_a_standard_holds_from_its_day_on():
    rows = json.loads(FILES["permits.json"])
    newer = {"budget": "10 hk", "valid_from": "2026-07-01", "basis": "SK contoh", "example": True}
    rows["IMB"]["standards"].insert(0, newer)
    permit = load({**FILES, "permits.json": json.dumps(rows).encode()})[0].permits["IMB"]
    assert permit.standard_on(date(2026, 6, 30)).budget == "14 hk"
    assert permit.standard_on(date(2026, 7, 1)).budget == "10 hk"
    assert permit.standard_on(date(2017, 1, 1)) is None
    assert permit.legal_limit_on(date(2026, 7, 1)) is not None


def test_requirements_follow_the_kind_and_the_applicant():
    def codes(kind, category):
        return {one.code for one in CATALOGUE.requirements_of("IMB", kind, category)}

    assert "izin_lama" in codes("perpanjangan", "perorangan") - codes("baru", "perorangan")
    assert "persetujuan_tetangga" in codes("baru", "perorangan") - codes("perpanjangan", "perorangan")
    assert {"nib", "akta"} <= codes("baru", "badan") - codes("baru", "perorangan")
    assert "surat_tugas_instansi" in codes("baru", "instansi") - codes("baru", "badan")


def test_a_licence_to_practise_is_given_to_a_person_only():
    midwife, building = CATALOGUE.permits["SIPB"], CATALOGUE.permits["IMB"]
    assert [one for one in ("perorangan", "badan", "instansi") if midwife.offered_to(one)] == ["perorangan"]
    assert all(building.offered_to(one) for one in ("perorangan", "badan", "instansi"))


@pytest.mark.parametrize("permit", sorted(CATALOGUE.permits))
@pytest.mark.parametrize("kind", ["baru", "perpanjangan"])
@pytest.mark.parametrize("category", ["perorangan", "badan", "instansi"])
def test_every_application_needs_at_least_one_paper(permit, kind, category):
    assert any(one.mandatory for one in CATALOGUE.requirements_of(permit, kind, category))


def test_the_city_has_five_kecamatan_and_twenty_two_kelurahan():
    levels = [one.level for one in CATALOGUE.areas.values()]
    assert (levels.count("kecamatan"), levels.count("kelurahan")) == (5, 22)


def test_every_figure_names_its_source_or_says_that_it_is_an_example():
    permits = CATALOGUE.permits.values()
    dated = [one for permit in permits for one in (*permit.standards, *permit.legal_limits)]
    for one in (*dated, *CATALOGUE.terms.values(), *CATALOGUE.tariffs, *CATALOGUE.registers.values()):
        assert one.basis
    assert all(one.basis for one in CATALOGUE.requirements.values())
    assert all(one.basis and one.requirements_basis for one in permits)


def test_no_notice_calls_a_permit_a_permit_twice():
    for notice in CATALOGUE.notices.values():
        for text in (notice.subject, notice.body, notice.subject_en, notice.body_en):
            said = text.replace("{izin}", "Izin Trayek").lower()
            assert "izin izin" not in said
            assert "permit izin" not in said


def test_next_years_holidays_are_not_adopted():
    assert [one["year"] for one in CATALOGUE.calendar["years"]] == [2025, 2026]


def test_weeks_have_the_hours_of_the_presidential_regulation():
    def minutes(week):
        windows = [one for day in week["hours"].values() for one in day]
        clock = [[int(text[:2]) * 60 + int(text[3:]) for text in one] for one in windows]
        return sum(closes - opens for opens, closes in clock)

    assert [minutes(one) for one in CATALOGUE.calendar["weeks"]] == [37 * 60 + 30, 32 * 60 + 30, 32 * 60 + 30]
