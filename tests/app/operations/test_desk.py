"""What the desk shows: proposals that somebody decides on."""

from uuid import UUID

import pytest

from app.operations import desk


@pytest.mark.parametrize(("kind", "visit", "study"), [("baru", "ya", "tidak"), ("perpanjangan", "tidak", "ya")])
def test_the_table_proposes_the_way_and_the_kasi_finds_it_filled_in(office, kind, visit, study):
    case_id = office.registered("IMB", kind=kind)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    task = office.task(case_id, "tentukan_jalur")
    typed = desk.task_page(UUID(task.id), office.people["kasi"], office.at).typed
    assert (typed["butuh_tinjauan"], typed["butuh_kajian"]) == ([visit], [study])
