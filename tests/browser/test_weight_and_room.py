"""Every page is light on the line, and fits: a small screen, large letters, long names, a sheet of paper."""

from urllib.parse import urlsplit

import pytest

from tests.browser import tour
from tests.browser.walking import walk as walk

MOST = 100_000  # bytes on the line at the first look; pages with a diagram are let off
NARROW = {"width": 320, "height": 640}  # a desk's 1280 pixels at 400 %
ENLARGED = {"width": 720, "height": 450}  # a desk's 1440 pixels at 200 %
WHOLE = """() => {
  const edge = document.documentElement.clientWidth;
  const scrolls = (one) => one.closest(".tabel-gulir, .menu, .diagram, [data-diagram], .papan-gulir") !== null;
  const over = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.height && (box.right > edge + 1 || box.left < -1) && getComputedStyle(one).position !== "absolute";
  });
  return document.documentElement.scrollWidth > innerWidth ? over.slice(-3).map((one) => one.outerHTML.slice(0, 160)) : [];
}"""


def test_every_page_weighs_less_than_a_hundred_kilobytes_at_first_look(walk):
    heavy = {}
    static = {}
    for login, address in tour.addresses():
        sizes = weigh(walk, login, address, static)
        if sum(sizes.values()) > MOST:
            heavy[address] = sizes
    assert heavy == {}
