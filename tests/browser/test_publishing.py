"""From an empty sheet to a file in the inbox: a process is drawn, bound to a permit, played, approved and worked on."""

from app.operations import release_drafts
from tests.browser.test_drawing import READY, Desk
from tests.browser.test_journeys import case_of

NEW = "processes/non_retribusi/layanan_singkat.bpmn"
LANES = """
() => {
  const [modeling, registry] = ['modeling', 'elementRegistry'].map((name) => ePerizinan.modeler.get(name));
  const lane = registry.find((one) => one.type === 'bpmn:Lane');
  const below = modeling.addLane(lane, 'bottom');
  const start = registry.find((one) => one.type === 'bpmn:StartEvent');
  const [x, y] = [start.x, lane.y + lane.height / 2];
  const apply = modeling.appendShape(start, { type: 'bpmn:UserTask' }, { x: x + 150, y }, lane.parent);
  const check = modeling.appendShape(apply, { type: 'bpmn:UserTask' }, { x: x + 300, y: below.y + 100 }, lane.parent);
  return [lane.id, below.id, apply.id, check.id];
}
"""


def drawn(desk):
    """Two lanes, an application, a decision, a service, two ends; roles, forms and conditions in the panel."""
    applicant, counter, apply, check = desk.page.evaluate(LANES)
    for lane, role in ((applicant, "PM"), (counter, "FO")):
        desk.select(lane)
        desk.group("ep-lajur")
        desk.choose("ep-role", role)
    for task, id, name, form in (
        (apply, "ajukan", "Ajukan", "permohonan"),
        (check, "putuskan", "Putuskan", "putusan_ronde"),
    ):
        desk.select(task)
        desk.group("general")
        desk.fill("name", name)
        desk.fill("id", id)
        desk.group("ep-kerja")
        desk.choose("ep-formKey", form)
    desk.pad("append.gateway")
    gateway = desk.selected()
    desk.group("general")
    desk.fill("name", "Diberi?")
    desk.pad("append.append-task")
    desk.named("Catat selesai")
    service = desk.replace("service-task")
    desk.group("ep-layanan")
    desk.choose("ep-service", "case.state")
    desk.choose("ep-param-state", "SELESAI")
    desk.pad("append.end-event")
    desk.named("Selesai")
    desk.click(gateway)
    desk.pad("append.end-event")
    desk.named("Tidak diberi")
    assert {"no-default", "no-condition"} <= set(desk.problems())
    desk.page.get_by_role("button", name="Jadikan jalan bawaan").click()
    desk.select(desk.between(gateway, service))
    desk.group("ep-jalan")
    desk.page.get_by_role("button", name="Tambah syarat").click()
    desk.page.get_by_label("Nilai", exact=True).select_option("beri_satu_lagi")
    desk.group("general")
    desk.fill("name", "diberi")
    found = [one for one in desk.problems() if one != "unheard-outcome"]
    assert found == []
    desk.saved()


def test_a_process_drawn_from_nothing_serves_a_file_in_the_inbox(office, present):
    with office.prepared() as operations:
        plan = release_drafts.begin("Layanan singkat bagi perawat", operations.people["proses"], operations.at)
    person = office.person("proses")
    person.go(f"/studio/{plan}")
    person.page.get_by_label("Nama proses").fill("Layanan singkat")
    person.page.get_by_label("Berkas proses").fill(NEW)
    person.press("Gambar proses baru")
    person.page.wait_for_selector(READY)
    drawn(Desk(person.page))

    person.go(f"/studio/{plan}/hukum?nama=processes/catalogue/permits.json")
    person.page.wait_for_selector(READY)
    person.page.locator('[data-kunci="SIPP"]').click()
    person.page.locator('[data-jalur="SIPP/process"]').select_option("layanan_singkat")
    person.page.wait_for_selector('[data-keadaan="tersimpan"]')

    person.go(f"/studio/{plan}/main")
    person.page.get_by_label("Izin", exact=True).select_option("SIPP")
    person.press("Mulai bermain")
    person.press("Ajukan permohonan")
    person.press("Beri satu kesempatan lagi")
    person.sees("Selesai", "ditutup", "2 langkah")

    person.go(f"/studio/{plan}")
    person.page.get_by_label("Mengapa berubah").fill("Perawat dilayani lebih singkat menurut keputusan kepala dinas")
    person.press("Usulkan sebagai terbitan")
    address = person.page.url
    other = office.person("proses2")
    other.go(address)
    if other.page.get_by_label("Keputusan", exact=False).count():
        other.page.get_by_label("Keputusan", exact=False).first.fill("SK Kepala Dinas 12/2026")
    other.press("Setujui", exact=False)
    other.sees("berlaku")

    applicant = office.person("pemohon")
    applicant.go("/permohonan/baru")
    applicant.follow("Pilih Surat Izin Praktik Perawat", exact=False)
    applicant.press("Isi formulir")
    applicant.finish("Ajukan permohonan")
    case_id = case_of(applicant)
    present.later(minutes=10)
    office.person("loket").do("Putuskan", "Beri satu kesempatan lagi", reason="Berkasnya benar")
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Selesai")
