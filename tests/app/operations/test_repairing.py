"""A file that met a fault goes past its failing step or is put right, by the system administrator, in its history."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import administration, auditing, background, repairing
from app.operations.demo.staff import DOMAIN
from app.store import transaction
from engine.bpmn.stepping import Engine, name_of
from engine.errors import Incident, NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.hammer.audit import case_faults

WHY = "Layanan rusak sampai terbitan berikutnya"
FAILING = "catat_lewat"  # what a draft that nobody handed in passes on its way out


@pytest.fixture
def failing(office, monkeypatch):
    """`failing(element)`: its service fails while `data[name] == value`, or always; returns a draft that met it."""
    sound, bad = Engine.serve, {}

    def serve(self, task):
        name, value = bad.get(name_of(task), (None, None))
        failing = name_of(task) in bad and (name is None or task.data["permohonan"][name] == value)
        if failing and not self.passes_over(task, task.task_spec.result):
            raise Incident(name_of(task), "rusak")
        return sound(self, task)

    def fail(element=FAILING, name=None, value=None):
        bad[element] = (name, value)
        case_id = office.open()
        office.later(days=40)
        background.wake_one(office.at)
        return case_id

    monkeypatch.setattr(Engine, "serve", serve)
    return fail


def incident(office, case_id):
    found = repairing.desk(office.people["admin"], office.at).faults
    return next((one.row.id for one in found if one.row.case_id == case_id), None)


def skip(office, id, who="admin", why=WHY, **outputs):
    repairing.skip_incident(id, outputs, why, office.people[who], office.at)


def repair(office, id, name, value, who="admin", why=WHY):
    repairing.repair_data(id, name, value, why, office.people[who], office.at)


def sound(office, case_id):
    with transaction() as store:
        found = {name: bad for name, bad in case_faults(store, case_id, office.at).items() if bad}
    assert found == {}
    assert auditing.verify(case_id).faults == ()


def told(case_id, kind):
    with transaction() as store:
        event = next(one for one in store.cases.events(case_id) if one.kind == kind)
        return event, store.steps.reasons(case_id).get(event.seq)


def test_the_desk_shows_where_in_which_diagram_a_file_failed_and_why(office, failing):
    case_id = failing()
    [fault] = repairing.desk(office.people["admin"], office.at).faults
    assert (fault.row.case_id, fault.row.reason, fault.kind) == (case_id, "rusak", "serviceTask")
    assert fault.file.endswith("pendaftaran.bpmn")
    assert fault.line > 0
    assert (fault.no_skip, fault.gives) == ("", True)
    assert ("permohonan.jenis", "baru") in fault.values
    assert repairing.desk(office.people["pengawas"], office.at).faults[0].values == ()


def test_a_failing_step_is_passed_over_with_the_outputs_given_and_the_file_goes_on(office, failing):
    case_id = failing()
    skip(office, incident(office, case_id), hasil="ditutup")
    assert office.case(case_id).case.state == "DITUTUP"
    assert office.case(case_id).case.skips == {}
    assert incident(office, case_id) is None
    event, why = told(case_id, "element_skipped")
    assert (event.element, event.by, event.role, why) == (FAILING, office.people["admin"], "AS", WHY)
    assert '"hasil":"ditutup"' in event.body
    sound(office, case_id)


def test_where_the_file_still_fails_nothing_is_passed_over(office, failing):
    case_id = failing()
    failing("henti_jam_ditutup")
    before = office.case(case_id)
    with pytest.raises(Refused, match="masih gagal di henti_jam_ditutup"):
        skip(office, incident(office, case_id), hasil="ditutup")
    assert office.case(case_id) == before


def test_a_step_that_a_person_did_waits_passed_over_until_he_does_it_again(office):
    case_id = office.registered("SIPB")
    background.record_incident(case_id, Incident("catat_absah", "rusak"), "/tugas", office.at)
    skip(office, incident(office, case_id), hasil="lanjut")
    assert office.case(case_id).case.skips == {"catat_absah": {"hasil": "lanjut"}}
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    assert office.task(case_id, "tentukan_jalur")
    assert office.case(case_id).case.skips == {}
    sound(office, case_id)


@pytest.mark.parametrize("element", ["mulai_jam_layanan", "nomor_diminta", "tanda_terima", "keadaan_ditutup"])
def test_what_moves_a_clock_a_number_a_letter_or_the_state_is_not_passed_over(office, element):
    case_id = office.registered("SIPB")
    background.record_incident(case_id, Incident(element, "rusak"), "/tugas", office.at)
    with pytest.raises(Refused, match="tidak dapat dilewati"):
        skip(office, incident(office, case_id), hasil="x")


@pytest.mark.parametrize("element", ["tentukan_jalur", "jalur", "tidak_ada", ""])
def test_only_services_and_tables_are_passed_over(office, element):
    case_id = office.registered("SIPB")
    background.record_incident(case_id, Incident(element, "rusak"), "/tugas", office.at)
    with pytest.raises(Refused, match="Hanya layanan"):
        skip(office, incident(office, case_id), hasil="x")


def test_a_value_is_put_right_old_and_new_stand_in_the_history_and_the_file_is_tried_again(office, failing):
    case_id = failing(name="jenis", value="baru")
    id = incident(office, case_id)
    repair(office, id, "permohonan.jenis", "perpanjangan")
    event, why = told(case_id, "data_repaired")
    assert why == WHY
    assert event.body == '{"after":"perpanjangan","before":"baru","name":"permohonan.jenis"}'
    assert incident(office, case_id) == id
    administration.resolve_incident(id, office.people["admin"], office.at)
    assert background.wake_one(office.at + timedelta(seconds=1)) == case_id
    assert office.case(case_id).case.state == "DITUTUP"
    sound(office, case_id)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("permohonan.jenis", "Jl. Sudirman nomor 5"),
        ("permohonan.jenis", ""),
        ("permohonan.jenis", "baru"),
        ("permohonan.butuh_tinjauan", "mungkin"),
        ("permohonan.butuh_tinjauan", "1"),
    ],
)
def test_a_value_of_another_kind_or_somebodys_words_are_refused(office, failing, name, value):
    case_id = failing()
    with pytest.raises(SubmissionInvalid):
        repair(office, incident(office, case_id), name, value)


def test_what_does_not_stand_in_the_file_cannot_be_put_right(office, failing):
    case_id = failing()
    for name in ("permohonan.tidak_ada", "tidak.ada", "permohonan", "permohonan.jenis.x", ""):
        with pytest.raises(Refused):
            repair(office, incident(office, case_id), name, "x")


def test_only_the_system_administrator_repairs_and_only_with_a_reason_and_once(office, failing):
    case_id = failing()
    id = incident(office, case_id)
    for login in ("proses", "kadis", "pengawas"):
        with pytest.raises(NotAllowed):
            skip(office, id, login, hasil="ditutup")
        with pytest.raises(NotAllowed):
            repair(office, id, "permohonan.jenis", "perpanjangan", login)
    with pytest.raises(SubmissionInvalid):
        skip(office, id, why=" ", hasil="ditutup")
    with pytest.raises(SubmissionInvalid):
        skip(office, id)
    skip(office, id, hasil="ditutup")
    with pytest.raises(NotFound):
        skip(office, id, hasil="ditutup")


def test_incidents_are_listed_mended_and_passed_over_by_command(application, office, failing):
    case_id = failing(name="jenis", value="baru")
    id = str(incident(office, case_id))

    def told(*arguments):
        command, *rest = arguments
        by = ("--by", f"admin@{DOMAIN}")
        ran = application.test_cli_runner().invoke(args=["incidents", command, *by, *rest])
        return ran.exit_code, ran.output

    assert f"{FAILING} (" in told("list")[1]
    assert told("repair", "--reason", WHY, id, "permohonan.jenis", "x y")[0] == 1
    assert told("repair", "--reason", WHY, id, "permohonan.jenis", "perpanjangan")[0] == 0
    assert told("retry", id)[0] == 0
    assert told("skip", "--reason", WHY, "--give", "hasil=ditutup", id)[0] == 1
    assert UUID(id)
