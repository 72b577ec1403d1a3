"""The shipped office as one deployment: diagrams, forms and law fit each other."""

import json
import re
from dataclasses import replace
from uuid import UUID

import pytest

from engine.access import SEPARATION
from engine.bpmn import GENERAL_FORM
from engine.catalogue import references
from engine.deployment import NEEDED, build, checksum, playable, problems
from engine.errors import DefinitionInvalid
from engine.forms.shapes import LISTS
from tests.processes.walking import files, shelf

FILES = files()
DIAGRAMS = {name: text.decode() for name, text in FILES.items() if name.endswith(".bpmn")}
DEPLOYMENT = shelf()[0]  # built by these files, once for all that look at it
CATALOGUE = DEPLOYMENT.catalogue
PERMITS = sorted(CATALOGUE.permits)
CATEGORIES = references.CATEGORIES
# A study's outcome is read by the head of the team, who concludes in the record: no gateway names it.
SUMMED_UP = {"kajian"}


def named(pattern):
    """Every word a pattern finds in the diagrams."""
    return {word for text in DIAGRAMS.values() for word in re.findall(pattern, text)}


def parameter(id):
    return named(rf'id="{id}"[^>]*value="(?:&quot;|\')([A-Za-z_.]+)(?:&quot;|\')"') | named(
        rf'value="(?:&quot;|\')([A-Za-z_.]+)(?:&quot;|\')"[^>]*id="{id}"'
    )


def test_the_shipped_set_has_no_error_and_no_unexplained_warning():
    found = problems(FILES)
    assert [one for one in found if one.severity == "error"] == []
    assert {one.element for one in found} <= SUMMED_UP


def test_every_form_of_every_task_is_there():
    keys = named(r'name="formKey" value="([a-z_]+)"')
    assert len(keys) > 25
    assert keys <= set(DEPLOYMENT.forms)


def test_every_form_is_used():
    used = named(r'name="formKey" value="([a-z_]+)"')
    used |= {f"pemohon_{one}" for one in CATEGORIES}
    used |= {one.technical_form for one in CATALOGUE.permits.values()}
    used |= {f"hitung_{one.levy}" for one in CATALOGUE.permits.values() if one.levy}
    # The general form serves the tasks that name none.
    assert set(DEPLOYMENT.forms) - used == {GENERAL_FORM}


@pytest.mark.parametrize(
    ("id", "known"),
    [
        ("letter", CATALOGUE.letters),
        ("notice", CATALOGUE.notices),
        ("register", CATALOGUE.registers),
        ("state", CATALOGUE.states),
        ("term", CATALOGUE.terms),
        ("to", CATALOGUE.roles),
    ],
)
def test_what_the_diagrams_ask_for_is_in_the_catalogue(id, known):
    wanted = parameter(id)
    assert wanted
    assert wanted <= set(known)


def test_the_steps_that_send_a_letter_are_steps_of_officials():
    for letter in CATALOGUE.letters.values():
        senders = [DEPLOYMENT.definition.elements[one].role for one in letter.sent_by]
        assert all(CATALOGUE.roles[role].official for role in senders)


def test_every_state_of_a_task_is_in_the_catalogue():
    states = named(r'name="state(?:Claimed)?" value="([A-Z_]+)"')
    assert len(states) > 10
    assert states <= set(CATALOGUE.states)


def test_every_standard_of_a_task_can_be_read():
    standards = named(r'name="standard(?:Online)?" value="([^"]+)"')
    assert len(standards) > 5
    assert all(references.BUDGET.fullmatch(one) for one in standards)


def test_every_lane_is_a_role():
    roles = named(r'<(?:bpmn:)?lane [^>]*name="[^"]*\(([A-Z]{2})\)"')
    assert len(roles) > 10
    assert roles <= set(CATALOGUE.roles)


def test_every_separated_task_is_in_a_diagram():
    tasks = named(r'<(?:bpmn:)?userTask id="([a-z_]+)"')
    assert set(SEPARATION) <= tasks


def test_every_permit_has_a_process_and_its_forms():
    for permit in CATALOGUE.permits.values():
        assert permit.process in DEPLOYMENT.definition.processes
        assert permit.technical_form in DEPLOYMENT.forms
        assert (permit.process == "izin_retribusi") is bool(permit.levy)


@pytest.mark.parametrize("permit", PERMITS)
@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("key", ["permohonan", "kelengkapan"])
def test_an_application_asks_the_applicant_the_place_the_matter_and_the_papers(key, permit, category):
    form = DEPLOYMENT.form(key, permit, category)
    titles = [one.title for one in form.sections]
    technical = [one.title for one in DEPLOYMENT.forms[CATALOGUE.permits[permit].technical_form].sections]
    own = [one.title for one in DEPLOYMENT.forms[f"pemohon_{category}"].sections]
    before, papers = titles.index("Lokasi"), titles.index("Berkas persyaratan")
    assert titles[before - len(own) : before] == own
    after = papers if key == "permohonan" else len(titles) - 1
    assert titles[before + 1 : after] == technical
    assert key == "permohonan" or papers == 0, "a file that was sent back begins with its papers"
    assert titles[-1] == "Pernyataan"


@pytest.mark.parametrize("permit", PERMITS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_no_two_parts_of_an_application_use_one_name(permit, category):
    names = [one.name for one in DEPLOYMENT.form("permohonan", permit, category).fields()]
    assert len(names) == len(set(names))
    assert {"nama", "nik", "kelurahan", "alamat_objek", "berkas"} <= set(names)
    assert ("nama_badan" in names) is (category != "perorangan")


def test_completing_asks_exactly_what_applying_asked():
    for permit in PERMITS:
        asked, again = (DEPLOYMENT.form(key, permit, "badan").fields() for key in ("permohonan", "kelengkapan"))
        assert {one.name: replace(one, help="") for one in again} == {one.name: replace(one, help="") for one in asked}


@pytest.mark.parametrize("permit", [one for one in PERMITS if CATALOGUE.permits[one].levy])
def test_the_calculators_form_offers_what_the_tariff_charges(permit):
    levy = CATALOGUE.permits[permit].levy
    form = DEPLOYMENT.form("hitung_retribusi", permit)
    names = [one.name for one in form.fields()]
    assert len(names) == len(set(names))
    assert [one.title for one in form.sections][-1] == "Catatan"
    content = next(one.content for one in CATALOGUE.tariffs if one.levy == levy)
    tables = {name: set(table) for name, table in content.items() if isinstance(table, dict) and name != "klasifikasi"}
    tables |= {name: set(group["kelas"]) for name, group in content.get("klasifikasi", {}).items()}
    offered = {}
    for one in form.fields():
        for inner in (one, *one.fields):
            name = {"jenis": "prasarana"}.get(inner.name, inner.name)
            if name in tables:
                offered[name] = {value for value, _ in inner.options}
    assert offered == tables


def test_only_the_path_and_the_visit_reach_the_process():
    routed = {(key, one.name) for key, form in DEPLOYMENT.forms.items() for one in form.fields() if one.routes}
    flags = {("tentukan_jalur", one) for one in ("butuh_tinjauan", "butuh_kajian", "butuh_rekomendasi", "perangkat")}
    assert routed == flags | {("jadwalkan", one) for one in ("waktu", "perangkat", "anggota")}


def test_nothing_personal_reaches_the_process():
    assert not [one.name for form in DEPLOYMENT.forms.values() for one in form.fields() if one.routes and one.personal]


def everything(fields):
    for one in fields:
        yield one
        yield from everything(one.fields)


PERSONAL = re.compile(r"(^|_)(nama|nik|nip|npwp|alamat|telepon|surel|email|rekening|koordinat|lahir|kelamin)(_|$)")
# Names of things that are nobody's: a shop, a facility, a trade.
NOBODY = {"nama_toko", "nama_usaha", "nama_fasilitas", "nama_izin"}


@pytest.mark.parametrize("key", sorted(DEPLOYMENT.forms))
def test_whatever_tells_of_a_person_is_marked_personal(key):
    for one in everything(DEPLOYMENT.forms[key].fields()):
        if one.type in ("nik", "npwp", "phone", "email") or (PERSONAL.search(one.name) and one.name not in NOBODY):
            assert one.personal, one.name


@pytest.mark.parametrize("key", sorted(DEPLOYMENT.forms))
def test_every_list_a_form_draws_from_is_known(key):
    for one in everything(DEPLOYMENT.forms[key].fields()):
        assert {one.options_from, one.rows_from} - {""} <= LISTS
        assert one.label


REASONED = ("tidak_lengkap", "duplikat", "kembalikan", "tolak", "ditolak", "tidak_sah", "tidak_hadir", "keberatan")


@pytest.mark.parametrize("key", sorted(DEPLOYMENT.forms))
def test_whoever_says_no_says_why(key):
    form = DEPLOYMENT.forms[key]
    for value, _ in form.outcomes:
        # The return list of the completeness check holds a reason for each paper instead.
        if value in REASONED and (key, value) != ("periksa_kelengkapan", "tidak_lengkap"):
            assert value in form.reasons


def test_every_task_form_has_a_button():
    keys = named(r'name="formKey" value="([a-z_]+)"')
    assert [key for key in sorted(keys) if not DEPLOYMENT.forms[key].outcomes] == []


def test_the_order_of_files_does_not_change_the_checksum():
    assert checksum(dict(reversed(FILES.items()))) == checksum(FILES) == DEPLOYMENT.checksum
    assert checksum({**FILES, "forms/skm.json": b"{}"}) != DEPLOYMENT.checksum


def test_a_form_that_is_missing_is_told_at_its_task():
    found = problems({name: text for name, text in FILES.items() if name != "forms/susun_naskah.json"})
    errors = [one for one in found if one.severity == "error"]
    assert [one.element for one in errors] == ["susun_naskah"]


def test_a_key_that_is_not_the_files_name_is_told():
    moved = {("forms/salah.json" if name == "forms/skm.json" else name): text for name, text in FILES.items()}
    assert ("forms/salah.json", "form-key") in {(one.file, one.code) for one in problems(moved)}


def test_an_outcome_that_a_condition_names_cannot_leave_the_form():
    form = json.loads(FILES["forms/paraf.json"])
    form["outcomes"] = [one for one in form["outcomes"] if one["value"] != "setuju"]
    found = problems({**FILES, "forms/paraf.json": json.dumps(form).encode()})
    errors = [one for one in found if one.severity == "error"]
    assert {one.code for one in errors} == {"unknown-outcome"}


def test_a_set_with_faults_is_refused_with_all_of_them():
    broken = {**FILES, "forms/skm.json": b"{", "processes/catalogue/terms.json": b"["}
    with pytest.raises(DefinitionInvalid) as refused:
        build(UUID(int=2), 2, broken)
    assert {"forms/skm.json", "processes/catalogue/terms.json"} <= {one.file for one in refused.value.problems}


def test_a_permit_in_service_needs_a_process_that_is_drawn():
    files = dict(FILES)
    permits = json.loads(files["processes/catalogue/permits.json"])
    permits["IMB"]["process"] = "izin_lain"
    files["processes/catalogue/permits.json"] = json.dumps(permits).encode()
    [found] = [one for one in problems(files) if one.code == "unknown-process"]
    assert (found.file, found.element) == ("processes/catalogue/permits.json", "IMB")
    assert "izin_lain" in found.message


LEVY, VERIFY = "processes/retribusi/penetapan_retribusi.bpmn", "processes/bersama/verifikasi.bpmn"


def played(**changed):
    """What can be played of the shipped set with some files changed: path -> (what stands there, what then does)."""
    files = dict(FILES)
    for path, (old, new) in changed.items():
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    return playable(UUID(int=0), 0, files)


def test_a_set_without_errors_is_played_whole():
    found = playable(UUID(int=0), 0, FILES)
    assert (found.problems, found.broken) == ((), ())
    assert set(found.deployment.definition.processes) == set(DEPLOYMENT.definition.processes)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LEVY, b'name="formKey" value="paraf"', b'name="formKey" value="tiada"'),
        (LEVY, b"</bpmn:definitions>", b""),
        ("forms/cek_retribusi.json", b'"sections"', b'"bagian"'),
    ],
)
def test_a_mistake_keeps_only_those_processes_from_being_played_that_use_its_file(path, old, new):
    found = played(**{path: (old, new)})
    assert found.broken == (path,) or path in found.broken
    lost = set(DEPLOYMENT.definition.processes) - set(found.deployment.definition.processes)
    assert lost == {"penetapan_retribusi", "izin_retribusi"}
    assert found.deployment.checksum != DEPLOYMENT.checksum


def test_a_mistake_in_what_every_permit_passes_leaves_the_parts_that_do_not():
    found = played(**{VERIFY: (b"</bpmn:definitions>", b"")})
    kept = set(found.deployment.definition.processes)
    assert "pendaftaran" in kept
    assert not kept & {"verifikasi", "izin_retribusi", "izin_non_retribusi"}


def test_a_mistake_in_the_law_of_one_permit_keeps_nothing_else_from_being_played():
    permits = json.loads(FILES["processes/catalogue/permits.json"])
    permits["PEN"]["technical_form"] = "tiada"
    found = playable(UUID(int=0), 0, FILES | {"processes/catalogue/permits.json": json.dumps(permits).encode()})
    assert found.broken == ("processes/catalogue/permits.json",)
    assert set(found.deployment.definition.processes) == set(DEPLOYMENT.definition.processes)


def test_without_a_calendar_or_any_diagram_nothing_is_played():
    assert playable(UUID(int=0), 0, FILES | {NEEDED: b"[]"}).deployment is None
    law = {name: text for name, text in FILES.items() if not name.endswith(".bpmn")}
    assert playable(UUID(int=0), 0, law).deployment is None
