"""Every route of the office, as every role, with faults and folded out, breaks no rule of accessibility."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.app.web.access_table import EVERYBODY, TABLE
from tests.app.web.test_access_table import LOGINS
from tests.browser import tour
from tests.browser.rooms import ROOMS
from tests.browser.test_accessibility import UNFOLD, look, looks
from tests.browser.walking import walk as walk

# Forms that no fault is possible in, or that the walk does not come to; each with its reason.
NOTHING_TYPED = "a button without anything typed"
BY_ITSELF = "sent by a script, which tells its fault in a line of its own page"
NOT_THERE = "the demonstration office has no such case; its faults are told by the same macros"
NO_FAULT = {
    **dict.fromkeys(
        (
            "akun.akhiri_sesi",
            "akun.aktivasi_kirim",
            "akun.keluar",
            "akun.pilih_bahasa",
            "akun.pilih_tema",
            "studio.buka_kembali",
            "berkas.catatan_dibaca",
            "berkas.pantau",
            "dampak.hitung",
            "kahar.buang_draf",
            "kahar.tetapkan",
            "kahar.ubah_ajukan",
            "kelola.aktifkan",
            "kelola.buang_draf_kalender",
            "kelola.cabut_peran",
            "kelola.periksa_buku_jejak",
            "kelola.tetapkan_aturan_jam",
            "kelola.tetapkan_kalender",
            "kelola.tutup_gangguan",
            "kelola.ulangi_kiriman",
            "laporan.periksa",
            "laporan.tandatangani",
            "perbaikan.ulangi",
            "tugas.ambil",
            "tugas.beberapa",
            "tugas.berikutnya",
            "tugas.hapus_tampilan",
        ),
        NOTHING_TYPED,
    ),
    "lapangan.foto": BY_ITSELF,
    "berkas.buka_kembali": NOT_THERE,
    "berkas.pindaian": NOT_THERE,
    "berkas.usul_perpanjangan": NOT_THERE,
    **dict.fromkeys(
        ("studio.periksa", "studio.simpan", "studio.giliran", "studio.pratinjau", "studio.lihat_surat"), BY_ITSELF
    ),
    "dampak.pilih": NOT_THERE,
    "kelola.batalkan_terbitan": NOT_THERE,
    "kelola.usulkan_kembali": NOT_THERE,
    "pindah.mulai": NOT_THERE,
    "studio.gabungkan": NOT_THERE,
    "kahar.tutup": NOT_THERE,
    "laporan.pindaian": NOT_THERE,
    "akun.lupa_kirim": "answers everybody alike, so that nobody learns who has an account",
    "audit.jawab_sampel": "answers may be left for later",
    "studio.ubah": "text that cannot be read stays and is told by its line (tests/app/web/test_studio.py)",
    "tugas.atur_kolom": "no column and no density is a choice as well",
    "tugas.simpan_tampilan": "the fault stands as a notice over the list",
}
FAULTY = (400, 401, 404, 409, 422)
SAID = "main :is(.ringkasan-salah, [role=alert], .kabar.lewat, section.galat)"
ASIDE = "simpan|tambah|hapus|unggah|nilai"  # buttons that decide nothing
TYPED = ".//input[not(@type='hidden')]|.//select|.//textarea"
EMPTIED = """
([place, button]) => {
  const form = document.querySelectorAll("main form[method=post i]")[place];
  for (const one of form.elements) {
    if (["hidden", "submit", "button"].includes(one.type)) continue;
    if (["checkbox", "radio"].includes(one.type)) one.checked = false;
    else one.value = "";
    delete one.dataset.harus; // as without scripts: what the page says first, the server says as well
  }
  form.noValidate = true;
  form.requestSubmit([...form.elements].filter((one) => one.type === "submit")[button]);
}
"""


def test_every_route_is_walked_or_is_no_page_for_a_reason(application):
    walked = tour.by_route(application).keys()
    routes = {rule.endpoint for rule in application.url_map.iter_rules() if "GET" in rule.methods}
    assert routes - walked - tour.NO_PAGES.keys() == set(), "a new page needs an address in the tour"
    assert tour.NO_PAGES.keys() - routes == set()
    assert walked & tour.NO_PAGES.keys() == set()


def test_pages_beside_the_rooms_and_those_that_other_roles_see_otherwise_are_accessible(
    walk, application, assert_accessible
):
    seen = {}
    for login, address in tour.addresses():
        status, page, text = walk.read(login, address)
        assert (status, page) == (200, True), (login, address)
        if address not in ROOMS.get(login, {}).values():
            look(walk.go(login, address), assert_accessible)
        seen.setdefault(tour.endpoint(application, address), set()).update(looks(text))
    for route, address in tour.by_route(application).items():
        for role, login in LOGINS.items():
            if role not in TABLE[route] or TABLE[route] == EVERYBODY:
                continue
            status, page, text = walk.read(login, address)
            assert status < 500, (role, address)
            if page and status == 200 and not looks(text) <= seen[route]:
                seen[route] |= looks(text)
                look(walk.go(login, address), assert_accessible)


def forms(application, login, address, text):
    """(what is new about it, place on the page, place of its first button that decides) of every form with controls."""
    page = html.fromstring(text).find(".//main")
    for place, form in enumerate(page.xpath(".//form[translate(@method, 'POST', 'post')='post']")):
        controls = [one for one in form.xpath(TYPED) if one.get("type") not in ("submit", "button")]
        buttons = form.xpath(".//button[not(@type='button')]")
        choices = [n for n, one in enumerate(buttons) if not re.match(ASIDE, one.get("value", ""))]
        if controls and choices:
            path = urlsplit(urljoin(address, form.get("action") or address)).path
            route = application.url_map.bind("localhost").match(path, "POST")[0]
            button = buttons[choices[0]].get("value", "")
            yield (route, login if route == "kerja.kirim" else button.partition(":")[0]), place, choices[0]


def unsent(walk, login, address, sent):
    """The forms of a page one after the other, the page read anew for each: what was sent may have changed it."""
    while True:
        _status, _page, text = walk.read(login, address)
        found = forms(walk.application, login, address.format(**walk.known), text)
        one = next((form for form in found if form[0] not in sent), None)
        if one is None:
            return
        sent.add(one[0])
        yield one


def sent_empty(page, place, button):
    """The status of what a form's emptied controls are answered with."""
    page.evaluate(UNFOLD)
    with page.expect_response(lambda one: one.request.method == "POST") as answer, page.expect_navigation():
        page.evaluate(EMPTIED, [place, button])
    return answer.value.status


def test_every_form_that_is_sent_empty_says_so_in_an_accessible_way(walk, application, assert_accessible):
    sent, faulty = set(), set()
    for login, address in tour.addresses():
        for (route, _which), place, button in unsent(walk, login, address, sent):
            page = walk.go(login, address)
            status = sent_empty(page, place, button)
            assert status < 500, route
            if status in FAULTY:
                faulty.add(route)
                assert page.locator(SAID).count(), route
                look(page, assert_accessible)
    posts = {rule.endpoint for rule in application.url_map.iter_rules() if "POST" in rule.methods}
    assert posts - faulty - NO_FAULT.keys() == set(), "a new form is to be sent empty here"
    assert faulty & NO_FAULT.keys() == set()
