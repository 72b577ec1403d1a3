"""Every page is light on the line, and fits: a small screen, large letters, long names, a sheet of paper."""

import gzip
import json
import re
from urllib.parse import urljoin

import pypdfium2
from lxml import html

from app.cli import release_files
from tests.browser import tour
from tests.browser.walking import walk as walk

MOST = 100_000  # bytes on the line at the first look, of every page that draws no diagram
FETCHED = ".//link[@rel='stylesheet' or @rel='icon']/@href|.//script/@src|.//img[not(@loading='lazy')]/@src"
DRAWN = ".//use/@href"
NARROW = {"width": 320, "height": 640}  # as a desk's 1280 pixels at 400 %
ENLARGED = {"width": 720, "height": 450}  # as a desk's 1440 pixels at 200 %
PAPER = {"width": 688, "height": 1020}  # what margins leave of A4
LONG = "Wirasatyanegarakusumadiningratpangestuningtyas"
LENGTHEN = (
    f"update people set name = repeat('{LONG}', 5) where kind = 'applicant'",
    f"update people set name = '{LONG}' where kind = 'official' and name not like 'Ratna%%'",
    f"update cases set applicant_name = repeat('{LONG}', 5), subject = repeat('{LONG}', 5)",
)
WIDER = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return "";
  const rolls = (one) => one.parentElement?.closest(".gulung, .menu, .lembar-kertas");
  const out = (one) => one.checkVisibility() && one.getBoundingClientRect().right > edge + 1;
  const over = [...document.querySelectorAll("body *")].filter(out);
  return over.filter((one) => !rolls(one)).map((one) => one.outerHTML.slice(0, 140)).pop() ?? "something";
}"""
# Every agency with figures of a large year, in letters that are fitted to the pixels of a screen: those are wider.
AGENCIES = """([names, figures]) => {
  const body = document.querySelector("#judul-opd").closest("section").querySelector("tbody");
  const lines = names.map((name) => {
    const line = body.rows[0].cloneNode(true);
    line.querySelector("th .utama-sel").textContent = name;
    line.querySelectorAll("td").forEach((cell, n) => cell.prepend(figures[n] + " "));
    return line;
  });
  body.replaceChildren(...lines);
  document.body.style.letterSpacing = "0.02em";
}"""
FIGURES = ("12.042", "11.802", "11.001", "10.801", "1.240", "91,5%", "112,55 hk", "1.108,25 hk", "00011 SIPB 030826")
COVERED = """() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const found = [];
  for (const one of document.querySelectorAll(wanted)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled || one.tabIndex < 0) continue;
    one.focus();
    const box = one.getBoundingClientRect();
    const labels = [...(one.labels ?? [])];
    const inside = (x, y) => {
      const top = document.elementFromPoint(x, y);
      return top && (one.contains(top) || top.contains(one) || labels.some((label) => label.contains(top)));
    };
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.2], [0.5, 0.8]];
    const seen = points.some(([x, y]) => inside(box.left + x * box.width, box.top + y * box.height));
    const style = getComputedStyle(one);
    const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!seen || !marked) found.push([seen, marked, one.outerHTML.slice(0, 140)]);
  }
  return found;
}"""
KEYBOARD = {
    "": ("/", "/masuk", "/izin/IMB"),
    "pemohon": ("/permohonan/{own}", "/tugas/{own_task}"),
    "verifikator": ("/kotak-tugas?daftar=kelompok", "/tugas/{VB}", "/berkas/{case}"),
    "tim": ("/tugas/{TT}",),
    "kabid": ("/jam-layanan", "/kahar/usul"),
    "pengawas": ("/audit?jenis=peristiwa",),
    "sekretaris": ("/laporan/angka?periode={period}",),
}


class Line:
    """What travels to a browser that comes for the first time; what pages share is fetched once."""

    def __init__(self, walk, login):
        self.client, self.kept = walk.application.test_client(), {}
        if login:
            self.client.set_cookie("sid", walk.token(login))

    def get(self, address):
        """What travels, and what it says: bytes both."""
        with self.client.get(address, headers={"Accept-Encoding": "gzip"}, follow_redirects=True) as answer:
            assert answer.status_code < 400, address
            sent = answer.get_data()
            return sent, gzip.decompress(sent) if answer.content_encoding == "gzip" else sent

    def weight(self, address):
        if address not in self.kept:
            self.kept[address] = len(self.get(address)[0])
        return self.kept[address]

    def page(self, address):
        """(what everything of a page weighs, whether it draws a diagram)."""
        sent, said = self.get(address)
        page = html.fromstring(said.decode())
        parts = {urljoin(address, one.partition("#")[0]) for one in page.xpath(f"{FETCHED}|{DRAWN}") if one[0] != "#"}
        parts |= {font for one in parts if one.partition("?")[0].endswith(".css") for font in self.fonts(one)}
        return len(sent) + sum(map(self.weight, parts)), bool(
            page.xpath("//*[@data-diagram]|//*[@data-banding-diagram]|//*[contains(@class, 'studio-kanvas')]")
        )

    def fonts(self, sheet):
        if (sheet, "fonts") not in self.kept:
            named = re.findall(r"url\(\"?([^)\"]+)\"?\)", self.get(sheet)[1].decode())
            self.kept[sheet, "fonts"] = [urljoin(sheet, one) for one in named if not one.startswith("data:")]
        return self.kept[sheet, "fonts"]


def test_every_page_without_a_diagram_weighs_less_than_a_hundred_kilobytes_at_the_first_look(walk):
    lines, weights = {}, {}
    for login, address in tour.addresses():
        line = lines.setdefault(login, Line(walk, login))
        weight, draws = line.page(address.format(**walk.known))
        if not draws:
            weights[f"{login} {address}"] = weight
    assert len(weights) > 100
    assert {page: weight for page, weight in weights.items() if weight > MOST} == {}


def test_no_page_runs_over_its_edge_with_long_names_on_a_small_screen_enlarged_or_on_paper(walk):
    for one in LENGTHEN:
        walk.office.ask(one)
    wide = []
    for login, address in tour.addresses():
        page = walk.go(login, address)
        for size in (NARROW, ENLARGED):
            page.set_viewport_size(size)
            if over := page.evaluate(WIDER):
                wide.append((login, address, size["width"], over))
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print")
        if over := page.evaluate(WIDER):
            wide.append((login, address, "paper", over))
        page.emulate_media(media="screen")
    assert wide == []


def test_the_report_on_agencies_with_long_names_stays_within_the_edges_of_its_paper(walk):
    page = walk.go("sekretaris", "/laporan/opd?periode={year}")
    agencies = json.loads(release_files()["processes/catalogue/agencies.json"])
    names = [LONG, LONG * 2, *(one["name"] for one in agencies.values())]
    page.evaluate(AGENCIES, [names, FIGURES])
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [sheet.get_textpage() for sheet in printed]
    assert "1.108,25" in texts[0].get_text_bounded()
    edges = [text.get_charbox(n) for text in texts for n in range(text.count_chars())]
    margin = printed[0].get_width() * 14 / 210
    assert min(left for left, *_ in edges) > margin - 1
    assert max(right for _, _, right, _ in edges) < printed[0].get_width() - margin + 1
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    assert page.evaluate(WIDER) == ""


def test_charts_with_large_numbers_stay_within_a_narrow_screen(walk):
    page = walk.go("sekretaris", "/laporan/angka?periode={year}")
    page.set_viewport_size(NARROW)
    assert page.locator(".grafik td.angka").count()
    page.evaluate(
        "document.querySelectorAll('.grafik td.angka').forEach((one) => one.textContent = '12.345 / 67.890 (18,2%)')"
    )
    assert page.evaluate(WIDER) == ""


def test_whatever_has_the_focus_is_marked_and_is_not_covered(walk):
    hidden = {}
    for login, addresses in KEYBOARD.items():
        for address in addresses:
            page = walk.go(login, address)
            page.keyboard.press("Tab")
            if found := page.evaluate(COVERED):
                hidden[address] = found
    assert hidden == {}
