"""A change under a hundred running cases: foreseen, chosen for, approved by another, moved, taken back, carried on."""

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count as numbers

import pytest
from sqlalchemy import create_engine

from app.cli import release_files
from app.clock import WIB
from app.operations import draft_files, impact, issuing, migration_batches, release_drafts
from benchmarks.impact_scale import copy
from tests.app.operations.course import NOTHING_NEEDED, along
from tests.app.operations.flowing import billed, decided, skrd
from tests.app.operations.test_force_majeure import declare, proposal
from tests.browser.test_drawing import READY, Desk

LEVY = "processes/retribusi/penetapan_retribusi.bpmn"
ROLES, PERMITS = "processes/catalogue/roles.json", "processes/catalogue/permits.json"
SETTINGS, SCENARIOS = "processes/catalogue/settings.json", "processes/scenarios/"
RENAMED, CALLED = "paraf_ketetapan", "Hitung menurut rumus baru"
# The portal was away for two days while the files lay with their verifiers.
SINCE, UNTIL = (datetime(2026, 8, day, 9, 0, tzinfo=WIB) for day in (4, 6))
FRIDAY = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
WHY = "SOP penetapan retribusi yang baru"


@dataclass
class Files:
    """The files that were walked to their step, by that step, and how many there are of each with their copies."""

    at: dict = field(default_factory=dict)
    many: dict = field(default_factory=dict)
    number: dict = field(default_factory=dict)  # nomor pendaftaran


def levied(office, recommended):
    """At the calculation of its levy: its two branches are open, or one has reached where they meet."""
    case_id = office.registered("TRY")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", **NOTHING_NEEDED | {"butuh_rekomendasi": recommended})
    return case_id


def initialled(office):
    case_id = checked(office)
    office.do(case_id, "cek_retribusi", "kasi")
    return case_id


def checked(office):
    case_id = decided(office, "TRY")
    skrd(office, case_id)
    return case_id


def handed_in(office):
    case_id = office.open("TRY")
    office.do(case_id, "ajukan", "pemohon")
    return case_id


def verified(office):
    return along(office, office.registered("TRY"), (("verifikasi_keabsahan", "verifikator", {}),))


# Where files of the retribution process stand, and how many of each; two kinds of files of the other process.
WALKS = {
    "ajukan": (12, lambda office: office.open("TRY")),
    "periksa_kelengkapan": (10, handed_in),
    "verifikasi_keabsahan": (14, lambda office: office.registered("TRY")),
    "tentukan_jalur": (8, verified),
    "bertemu": (10, lambda office: levied(office, recommended=False)),
    "rekomendasi_opd": (8, lambda office: levied(office, recommended=True)),
    "cek_retribusi": (6, checked),
    "paraf_skrd": (10, initialled),
    "bayar": (8, billed),
    "penelitian": (10, lambda office: office.registered("PEN")),
    "bidan": (4, lambda office: office.open("SIPB")),
}


@pytest.fixture
def files(office, present):
    """A hundred files: one of each kind walked by the office, the others copies of it with identities of their own."""
    found = Files()
    with office.prepared() as operations, later_letters():
        for step, (many, walk) in WALKS.items():
            found.at[step], found.many[step] = walk(operations), many
            found.number[step] = operations.case(found.at[step]).number
        copied(office.application.config["OWNER_URL"], found)
        operations.at = FRIDAY
        declare(operations, proposal(SINCE, UNTIL, scope={"systems": ["daring"]}))
    present.at = operations.at
    assert sum(found.many.values()) == 100
    return found


@contextmanager
def later_letters():
    """The files of letters are left to the worker, as in a demonstration."""
    token = issuing.LATER.set(True)
    yield
    issuing.LATER.reset(token)


def copied(url, files):
    owner = create_engine(url)
    with owner.begin() as connection:
        for step, case_id in files.at.items():
            copy(connection, case_id, files.many[step] - 1)
    owner.dispose()


def redrawn():
    """The files of the release that change: a step under another id, a meeting of branches told by name, a role's
    channel, a standard; the scenarios follow."""
    shipped = release_files()
    changed = {LEVY, ROLES, PERMITS, SETTINGS} | {one for one in shipped if one.startswith(SCENARIOS)}
    texts = {name: shipped[name].decode() for name in changed if name.endswith((".bpmn", ".json"))}
    texts = {name: re.sub(r"\bparaf_skrd\b", RENAMED, text) for name, text in texts.items()}
    texts[LEVY] = texts[LEVY].replace('id="bertemu">', 'id="bertemu" name="Retribusi dan rekomendasi">')
    roles, permits = json.loads(texts[ROLES]), json.loads(texts[PERMITS])
    roles["VB"]["channel"] = "daring"
    permits["TRY"]["standards"][0]["budget"] = "8 hk"
    texts |= {ROLES: json.dumps(roles, indent=1), PERMITS: json.dumps(permits, indent=1)}
    return {name: text.encode() for name, text in texts.items() if text.encode() != shipped[name]}


def drafted(office):
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Penetapan retribusi menurut SOP baru", by, at)
        for path, content in redrawn().items():
            draft_files.save(plan, path, content, 0, by, at)
    return plan


def count(office):
    with office.prepared() as operations:
        while impact.count_one(operations.at):
            pass


def work(office, most=None):
    """The worker moves so many files, or all that wait."""
    with office.prepared() as operations:
        for done in numbers():
            if done == most or not migration_batches.work_one(operations.at):
                return


def figures(person):
    """The large figures of a page, by what they count."""
    shown = person.page.locator(".angka-besar .petak")
    return {
        one.locator(".redup").text_content().strip(): int(one.locator(".nilai").text_content().replace(".", ""))
        for one in shown.all()
    }


def proposed(office, plan):
    """The last change is drawn in the editor; then the whole is proposed.  The address of the release."""
    person = office.person("proses")
    person.go(f"/studio/{plan}/diagram?nama={LEVY}")
    person.page.wait_for_selector(READY)
    desk = Desk(person.page)
    desk.select("hitung_retribusi")
    desk.group("general")
    desk.fill("name", CALLED)
    desk.saved()
    person.go(f"/studio/{plan}")
    person.page.get_by_label("Mengapa berubah").fill(WHY)
    person.press("Usulkan sebagai terbitan")
    return person.page.url


def foreseen(office, release, files):
    """Every verdict with as many files as stand there, dates that move with old, new and why; a choice for a group."""
    person = office.person("proses")
    person.go(f"{release}/dampak")
    shown = figures(person)
    alike = files.many["penelitian"] + files.many["bidan"]
    stays, choice = files.many["bertemu"], files.many["paraf_skrd"]
    assert (shown["sama"], shown["tetap di terbitannya"], shown["perlu pilihan"]) == (alike, stays, choice)
    assert shown["pindah sendiri"] == 100 - alike - stays - choice
    assert shown["Janji bergeser"] == files.many["verifikasi_keabsahan"] + files.many["penelitian"]
    assert shown["Janji menahan tanggal baru"] > shown["Janji bergeser"]
    person.sees(CALLED)

    person.go(f"{release}/dampak?hanya=moves")
    person.sees(files.number["verifikasi_keabsahan"], "saluran yang diperlukan lain dalam terbitan ini")
    moved = person.page.locator("#daftar tr[data-baris]").filter(has_text=files.number["verifikasi_keabsahan"])
    before, after = moved.locator(".coret").first.inner_text(), moved.locator(".kuat").first.inner_text()
    assert before
    assert after
    assert before != after
    person.go(f"{release}/dampak?hanya=forbids")
    person.sees("janji yang diberikan menahannya", "standar lain dalam terbitan ini")
    person.go(f"{release}/dampak?hasil=stays")
    person.sees(files.number["bertemu"], "sedang berjalan dan digambar lain")

    person.go(f"{release}/dampak?hasil=choice")
    person.sees(files.number["paraf_skrd"], "tidak ada lagi")
    person.page.get_by_label("Paraf SKRD", exact=False).select_option(RENAMED)
    person.press("Simpan pilihan", exact=False)
    count(office)
    person.go(f"{release}/dampak")
    shown = figures(person)
    assert (shown["perlu pilihan"], shown["pindah menurut pilihan"]) == (0, choice)
    assert shown["pindah sendiri"] == 100 - alike - stays - choice
    paper = person.page.get_by_role("link", name="Laporan gladi PDF").get_attribute("href")
    answer = person.page.request.get(office.address + paper)
    assert answer.body().startswith(b"%PDF")


def approved(office):
    """Another person, who says that he knows of the dates; on whose decree."""
    other = office.person("proses2")
    other.sees("janji menahan tanggal baru")  # his page asked for itself anew when the counting was over
    other.page.get_by_label("Keputusan yang mendasari").fill("SK Kepala Dinas 12/2026")
    other.page.get_by_role("button", name="Setujui dan terbitkan").click()
    other.sees("baca dampaknya")
    other.page.get_by_label("Saya sudah membaca dampaknya", exact=False).check()
    other.press("Setujui dan terbitkan")
    other.sees("Terbitan berlaku bagi berkas baru")


def moved(office, release, files):
    """In batches: held in the middle, gone on with, reported.  The address of the batch."""
    person = office.person("proses")
    person.go(f"{release}/dampak")
    person.page.get_by_label("Mengapa dipindahkan").fill(WHY)
    person.press("Mulai memindahkan")
    work(office, most=30)
    person.press("Jeda")
    work(office)
    person.sees("dijeda")
    left = files.many["bertemu"]
    assert figures(person) == {"menunggu": 70 - left, "dipindahkan": 30, "tetap di terbitannya": left}
    person.press("Lanjutkan")
    work(office)
    batch = person.page.url
    person.go(batch)
    assert figures(person) == {"dipindahkan": 100 - left, "tetap di terbitannya": left}
    person.go(f"{batch}?keadaan=left")
    person.sees(files.number["bertemu"], "sedang berjalan dan digambar lain")
    told = person.page.request.get(f"{batch}.csv").text()
    assert told.count("\n") == 101
    return batch


def taken_back(office, batch, kept):
    """What made no other step goes back; what did is told."""
    person = office.person("proses")
    person.go(batch)
    person.page.get_by_label("Mengapa dibatalkan").fill("Rumusnya masih diperbaiki")
    person.press("Kembalikan berkas")
    work(office)
    person.go(f"{batch}?keadaan=kept")
    shown = figures(person)
    assert (shown["dikembalikan"], shown["tetap di terbitan baru"]) == (90 - len(kept), len(kept))
    person.sees(*kept, "sudah melangkah sejak dipindahkan")


def test_the_retribution_process_changes_under_a_hundred_running_cases(office, files):
    release = proposed(office, drafted(office))
    other = office.person("proses2")
    other.go(release)
    other.sees("0 dari 100 berkas dihitung", "menyetujui tanpa menunggu")
    count(office)
    foreseen(office, release, files)
    approved(office)
    batch = moved(office, release, files)

    initialled, verified, meeting = (files.number[one] for one in ("paraf_skrd", "verifikasi_keabsahan", "bertemu"))
    office.person("kabid").do("Paraf SKRD", "Paraf dan teruskan", initialled)
    office.person("verifikator").do("Verifikasi keabsahan", "Absah, teruskan", verified)
    office.person("penghitung").do(
        "Hitung retribusi", "Hitung dan teruskan", meeting, kendaraan=1, prasarana=0, tahun=1
    )
    taken_back(office, batch, (initialled, verified))
    office.person("kasi").do("Telaah dan tentukan jalur", "Teruskan", verified, **NOTHING_NEEDED)
    office.person("penghitung").do(CALLED, "Hitung dan teruskan", verified, kendaraan=1, prasarana=0, tahun=1)
