"""Pictures of every role's main pages, wide and narrow, from a small demonstration office: `make screenshots`.

With ONLY=manual those alone that the manuals and the README show.  No test: collected by name only, so that it may use
the tests' own office and browser.
"""

import io
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from app.cli import release_files
from app.clock import WIB
from app.operations import processes
from app.operations.demo import loading
from app.store import transaction
from tests.app.operations.office import LONG_AGO
from tests.app.operations.office import Office as Operations
from tests.browser.conftest import DESK, PHONE, serving
from tests.browser.office import Office
from tests.browser.rooms import ROOMS, logins, looked_up
from tests.browser.stocked import stock
from tests.conftest import NAME, close_pool

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screenshots"
SHOWN = re.compile(r"screenshots/([a-z0-9-]+-(?:1440|390))\.png")
MORNING = datetime(2026, 10, 20, 9, 30, tzinfo=WIB)  # a Tuesday, after three months of history
CASES = 102
COLOURS = 64
TALLEST = 2100  # pixels of a page that are pictured


@pytest.fixture
def lively(cluster, migrated, application, present, new_page):
    """The demonstration office on the morning after its history, and something on every desk."""
    database = cluster.copy(migrated, NAME)
    present.at = MORNING
    with application.app_context():
        processes.deploy(release_files(), "peragaan", LONG_AGO, development=True)
        loading.load(MORNING, None, CASES, 76, print)
        with transaction() as store:
            people = {one.email.partition("@")[0]: one.id for one in store.people.demonstration()}
        working = Operations(people, MORNING)
        stock(working, disaster=False)
    present.at = working.at
    with serving(application) as address:
        found = Office(application, address, people, present, new_page, database.ask)
        yield found
        found.close()
    close_pool(application)


def wanted(picture):
    """Whether a picture is to be taken: every one, or with ONLY=manual those that the manuals and the README show."""
    if os.environ.get("ONLY") != "manual":
        return True
    pages = [ROOT / "README.md", *(ROOT / "docs" / "manual").glob("*.md")]
    return picture in {one for page in pages for one in SHOWN.findall(page.read_text("utf-8"))}


def pictured(page, name, width):
    """A page as a small PNG with few colours."""
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS)
    few.save(FOLDER / f"{name}-{width}.png", optimize=True)


def settled(page):
    """Diagrams drawn, letters of the font there, pictures loaded."""
    if page.locator("[data-diagram]").count():
        page.wait_for_selector("[data-diagram][data-ready]")
    if page.locator("[data-studio]").count():
        page.wait_for_selector("html[data-ready]")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => 0)")


def test_pictures(lively):
    FOLDER.mkdir(parents=True, exist_ok=True)
    known, units = looked_up(lively)
    names = logins(units)
    for login, rooms in ROOMS.items():
        options = {"reduced_motion": "reduce"}
        person = lively.person(names.get(login, login), **options) if login else lively.visitor(**options)
        for name, address in rooms.items():
            for size in (DESK, PHONE):
                if not wanted(f"{login or 'pengunjung'}-{name}-{size['width']}"):
                    continue
                person.page.set_viewport_size(size)
                settled(person.go(address.format(**known)))
                pictured(person.page, f"{login or 'pengunjung'}-{name}", size["width"])


if __name__ == "__main__":
    # In a process of its own: what is imported here already, pytest could not look into any more.
    sys.exit(subprocess.call([sys.executable, "-m", "pytest", __file__, "-q", "-p", "no:cacheprovider", *sys.argv[1:]]))
