"""In the dark theme drawings stand on a dimmed sheet: neither glaring nor too dark to be read."""

import pytest

from app.operations import draft_drawing, processes, release_drafts
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_drawing import DIAGRAM, NEW

TABLE = "processes/bersama/usul_jalur.dmn"
# The brightest of what covers a good part of a drawing's place, from 0 (black) to 1 (white), by its relative luminance.
BRIGHTEST = """(place) => {
  const light = (one) => one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4;
  const frame = document.querySelector(place);
  const large = (one) => { const { width, height } = one.getBoundingClientRect(); return width > 60 && height > 30; };
  const filled = [frame, ...frame.querySelectorAll("*")].filter(large).flatMap((one) => {
    const style = getComputedStyle(one);
    const drawn = /^(rect|path|circle|polygon)$/.test(one.localName) ? style.fill : "none";
    const colour = one instanceof SVGElement ? drawn : style.backgroundColor;
    const [r, g, b, a = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number);
    return b === undefined || a < 0.9 ? [] : [0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b)];
  });
  return Math.max(...filled);
}"""


@pytest.fixture
def places(office):
    """Name of a drawing -> its address, where it is drawn, what says that it is."""
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Gelap", by, at)
        draft_drawing.draw_new(plan, NEW, "Periksa ulang", by, at)
        first = processes.active().id
    studio = ".studio-kerja", "html[data-ready]"
    return {
        "penyunting": (f"/studio/{plan}/diagram?nama={DIAGRAM}", *studio),
        "tabel": (f"/studio/{plan}/tabel?nama={TABLE}", *studio),
        "banding": (
            f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={NEW}",
            '[data-sisi="after"]',
            "[data-banding-diagram][data-ready]",
        ),
        "alur": ("/alur/izin_retribusi", "[data-diagram]", "[data-diagram][data-ready]"),
    }


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["meja", "ponsel"])
@pytest.mark.parametrize("name", ["penyunting", "tabel", "banding", "alur"])
def test_in_the_dark_a_drawing_stands_on_a_dimmed_sheet_that_can_be_read(
    office, places, assert_accessible, name, viewport
):
    address, place, ready = places[name]
    page = office.person("proses", viewport=viewport, reduced_motion="reduce").go(address)
    page.wait_for_selector(ready)
    assert page.evaluate(BRIGHTEST, place) > 0.95
    page.emulate_media(color_scheme="dark")
    assert 0.5 < page.evaluate(BRIGHTEST, place) < 0.85
    assert_accessible(page)
