"""A diagram on paper: the whole of it, over as many sheets as its words need to be read."""

import re

import pypdfium2

from tests.browser.test_releases import DRAWN, FRAMES, three_steps_for_two

__all__ = ["three_steps_for_two"]
READY = "[data-diagram][data-ready]"
SMALLEST = 7.5  # pixels that a letter is high on paper, some five and a half points
PAPER = {"width": 1047, "height": 718}  # A4 lying down without its margins, in pixels
# Of each diagram on paper: how many sheets, which of its elements stand whole on none of them, the smallest letters.
SHEETS = """
(diagrams) => [...document.querySelectorAll(diagrams)].map((one) => {
  const every = [...one.querySelectorAll('.diagram-lembar > svg')];
  const sheets = every.slice(every.length > 1 ? 1 : 0); // after the small one of the whole
  const within = (outer, inner) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const whole = new Set();
  for (const sheet of sheets) {
    for (const shape of sheet.querySelectorAll('.djs-shape')) {
      const drawn = shape.querySelector('.djs-visual').getBoundingClientRect();
      if (within(sheet.getBoundingClientRect(), drawn)) whole.add(shape.dataset.elementId);
    }
  }
  const all = [...one.querySelectorAll('.diagram-canvas .djs-shape')].map((some) => some.dataset.elementId);
  const letters = sheets.map((sheet) => 12 * sheet.getScreenCTM().a);
  const edges = every.map((sheet) => sheet.getBoundingClientRect())
    .map(({ left, right, height }) => [left, right, height]);
  return {
    sheets: sheets.length, letters: Math.min(...letters), edges, all: all.length,
    missed: all.filter((id) => !whole.has(id)),
  };
})
"""


def on_paper(page, diagrams):
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    page.locator(".diagram-lembar").first.wait_for()
    return page.evaluate(SHEETS, diagrams)


def whole(found, frames):
    """Every step, event and label of a diagram is whole on one of its sheets, large enough to be read."""
    for one in found:
        assert set(one["missed"]) <= set(frames)
        assert one["letters"] >= SMALLEST
        assert all(
            left >= -1 and right <= PAPER["width"] + 1 and height <= PAPER["height"]
            for left, right, height in one["edges"]
        )


def test_the_public_flows_are_printed_whole_before_their_words(office, new_page):
    page = new_page()
    page.goto(f"{office.address}/alur")
    page.locator(READY).nth(1).wait_for()
    frames = page.evaluate(FRAMES)
    found = on_paper(page, READY)
    assert len(found) == 2
    whole(found, frames)
    assert max(one["sheets"] for one in found) > 1, "too large for one"
    assert page.get_by_text(f"Bagian 1 dari {found[0]['sheets']}").first.is_visible()
    assert page.locator(".diagram-lembar p svg").first.is_visible(), "the mark of those who made the drawing"
    after = (
        "one => one.compareDocumentPosition(document.querySelector('.alur-kata')) & Node.DOCUMENT_POSITION_FOLLOWING"
    )
    assert page.locator(".diagram-lembar").first.evaluate(after)
    page.emulate_media(media="screen")
    page.locator(".diagram-lembar").first.wait_for(state="detached")


def test_the_pdf_of_the_flows_lies_down_and_holds_every_part_and_the_whole_before_them(office, new_page):
    page = new_page()
    page.goto(f"{office.address}/alur")
    page.locator(READY).nth(1).wait_for()
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert all(sheet.get_width() > sheet.get_height() for sheet in printed)
    text = "".join("".join(sheet.get_textpage().get_text_bounded() for sheet in printed).split())
    flows = text.split("Seluruhnya")[1:]
    assert len(flows) == 2
    for flow in flows:
        parts = [(int(one), int(last)) for one, last in re.findall(r"agian(\d+)dari(\d+)", flow)]  # a B may stand apart
        assert parts == [(one, len(parts)) for one in range(1, len(parts) + 1)]
        assert len(parts) > 1
    assert page.locator(".diagram-lembar").count() == 0, "what is seen on the screen stays as it was"


def test_both_versions_of_a_coloured_diagram_are_printed_whole_with_their_colours_and_words(
    office, three_steps_for_two
):
    page = office.person("proses").go(three_steps_for_two)
    page.locator(DRAWN).wait_for(timeout=15_000)
    frames = page.evaluate(FRAMES)
    found = on_paper(page, "[data-sisi]")
    assert len(found) == 2
    whole(found, frames)
    for side, kind, word in (("before", "is-removed", "dihapus"), ("after", "is-added", "baru")):
        sheets = page.locator(f'[data-sisi="{side}"] .diagram-lembar')
        assert sheets.locator(f".djs-shape.{kind}").count()
        assert sheets.locator(".diagram-beda").get_by_text(word).count()


def test_nothing_that_only_a_mouse_needs_is_printed(office, new_page):
    page = new_page()
    page.goto(f"{office.address}/alur")
    page.locator(READY).nth(1).wait_for()
    assert page.locator(".diagram-canvas .djs-hit").count()
    on_paper(page, READY)
    assert page.locator(".diagram-lembar .djs-hit").count() == 0
