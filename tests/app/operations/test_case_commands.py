"""Interventions from the command line: every one by somebody, with a reason, and told in one sentence."""

import re
from uuid import UUID

import pytest

from app.operations.demo.staff import DOMAIN
from tests.app.operations import flowing
from tests.app.operations.test_migrating import release, renamed, replaced

WHY = "Berkas tertukar"


@pytest.fixture
def told(application, office):
    """`told("recall", "kasi", …)` runs a command in somebody's name; its exit status and what it said."""

    def run(command, login, *arguments):
        ran = application.test_cli_runner().invoke(
            args=["cases", command, "--by", f"{login}@{DOMAIN}", *map(str, arguments)]
        )
        return ran.exit_code, ran.output

    return run


def test_a_step_is_taken_back_by_command(office, told):
    case_id = flowing.decided(office, "SIPB")
    assert told("recall", "verifikator", case_id) == (
        1,
        "Error: Tugas sesudahnya sudah diselesaikan; langkah ini tidak dapat ditarik kembali lagi.\n",
    )
    assert told("recall", "proses", case_id) == (1, "Error: Alasan wajib diisi, paling sedikit 5 huruf\n")
    code, said = told("recall", "proses", "--reason", WHY, case_id)
    assert (code, "terbuka lagi" in said) == (0, True)
    assert office.task(case_id, "tentukan_jalur")


def test_a_file_and_a_process_are_suspended_and_resumed_by_command(office, told):
    case_id = office.registered("SIPB")
    assert told("suspend", "proses", "--reason", WHY, case_id) == (0, "Berkas ditangguhkan.\n")
    assert told("resume", "proses", "--reason", WHY, case_id) == (0, "Berkas dilanjutkan.\n")
    whole = ("--reason", WHY, "--process", "izin_non_retribusi")
    assert told("suspend", "proses", *whole) == (0, "1 berkas ditangguhkan.\n")
    assert told("resume", "proses", *whole, "--release", 1) == (0, "1 berkas dilanjutkan.\n")
    assert told("resume", "proses", *whole)[0] == 1
    assert told("suspend", "proses", "--reason", WHY)[0] == 2


def test_a_file_is_moved_to_another_release_by_the_names_of_its_steps(office, told):
    case_id = office.registered("SIPB")
    release(office, renamed)
    assert "L tetap " in told("foresee", "proses")[1], "each clock is shown, also one that stays"
    release(office, replaced)
    line = told("foresee", "proses", "--case", case_id)[1]
    task = office.task(case_id, "verifikasi_keabsahan").id
    assert f"perlu pilihan · verifikasi_keabsahan (tugas {task}): " in line
    assert re.search(r" · L kini \d\d/\d\d/\d{4} \d\d\.\d\d WIB", line), line
    picked = ("--case", case_id, "--choose", "verifikasi_keabsahan=verifikasi_ulang")
    assert re.search(r" · L tetap \d\d/\d\d/\d{4} \d\d\.\d\d WIB", told("foresee", "proses", *picked)[1])
    assert office.task(case_id, "verifikasi_keabsahan"), "nothing was changed"
    one = ("--reason", WHY, "--case", case_id)
    assert "tidak ada lagi" in told("migrate", "proses", *one)[1]
    assert "Tidak ada tugas terbuka entah" in told("migrate", "proses", *one, "--choose", "entah=verifikasi_ulang")[1]
    chosen = ("--choose", "verifikasi_keabsahan=verifikasi_ulang")
    code, said = told("migrate", "proses", *one, *chosen)
    assert (code, "pindah menurut pilihan · L tetap " in said) == (0, True)
    assert office.task(case_id, "verifikasi_ulang")


def test_a_move_is_shown_first_and_done_with_a_reason(office, told):
    case_id = flowing.decided(office, "SIPB")
    office.do(case_id, "susun_naskah", "pengolahan")
    task = UUID(office.task(case_id, "paraf_kasi").id)
    code, said = told("move", "proses", case_id, task, "susun_naskah")
    assert code == 0
    assert "ditutup: Paraf Kepala Seksi" in said
    assert "jam L: RUNNING" in said
    assert office.task(case_id, "paraf_kasi")
    code, said = told("move", "proses", "--reason", WHY, case_id, task, "susun_naskah")
    assert (code, "terbuka: susun_naskah" in said) == (0, True)
    assert told("undo-move", "proses", "--reason", WHY, case_id) == (0, "Pemindahan dibatalkan.\n")
    assert office.task(case_id, "paraf_kasi")


def test_a_file_is_named_by_its_number_and_shown_with_what_the_other_commands_ask_for(office, told):
    case_id = flowing.decided(office, "SIPB")
    number = office.case(case_id).number
    code, said = told("show", "proses", number)
    task = office.task(case_id, "susun_naskah")
    assert code == 0
    assert f"berkas {number} {case_id}" in said
    assert f"tugas {task.id} susun_naskah" in said
    assert "jam L " in said
    assert said == told("show", "proses", case_id)[1]
    code, said = told("move", "proses", number, "paraf_kasi", "susun_naskah")
    assert (code, "Tidak ada tugas terbuka paraf_kasi; yang terbuka: susun_naskah" in said) == (1, True)
    office.do(case_id, "susun_naskah", "pengolahan")
    code, said = told("move", "proses", number, "paraf_kasi", "susun_naskah")
    assert (code, "ditutup: Paraf Kepala Seksi" in said) == (0, True)
    assert told("recall", "proses", "--reason", WHY, "SIPB-0-0") == (1, "Error: Tidak ada berkas SIPB-0-0.\n")
    assert told("show", "pemohon", number)[0] == 1
    assert told("suspend", "proses", "--reason", WHY, number) == (0, "Berkas ditangguhkan.\n")
