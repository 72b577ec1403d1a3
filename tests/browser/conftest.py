"""A real Chromium, looking at the application through the network; every page watched for breaches of the policy."""

import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from app.operations import draft_files, release_drafts
from tests.app.conftest import furnished as furnished  # the released and staffed office, copied for every test
from tests.app.operations.office import Office as Operations
from tests.browser import tour
from tests.browser.office import Office, Present
from tests.browser.stocked import stock
from tests.conftest import NAME, PROCESS, close_pool, fastest_folder

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # For CHROMIUM=/usr/bin/chromium-headless-shell, which would fit letters to the pixels of a screen: they are wider.
    "--font-render-hinting=none",
    # No page lives long enough to win back what compiling its scripts for speed takes.
    "--js-flags=--max-optimized-bytecode-size=1",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
STOCKED = f"eperizinan_stocked_{PROCESS}"
TOURED = f"eperizinan_toured_{PROCESS}"

WATCH = """
document.addEventListener('securitypolicyviolation', (event) => window.reportBreach(
  `${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ''} on ${location.pathname}`));
"""
AXE_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What can break when nothing but the colours of a page changes.
AXE_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


def chromium_path():
    """CHROMIUM, or the first Chromium on PATH."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail("Chromium is missing: apt-get install chromium, or name one by CHROMIUM=/path", pytrace=False)
    return found


@contextmanager
def serving(application):
    """The address of `application`, answered by threads of this process."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        # Its processes share what they draw through files: in memory where there is room, which Playwright forgoes.
        roomy = ["--disable-dev-shm-usage"] if fastest_folder() else None
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS, ignore_default_args=roomy)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve():
    """`with serve(wsgi_application) as address`, for pages that are not the office's."""
    return serving


@pytest.fixture
def house(app):
    """The office's address; it stands on this test's own database."""
    with serving(app) as address:
        yield address


@pytest.fixture
def new_page(chromium):
    """`new_page(**options)` opens a page with a session of its own: one person at one desk.

    Options are those of Playwright's contexts, such as viewport=PHONE or java_script_enabled=False. The test fails at
    its end if any page broke the content security policy or had an uncaught error.
    """
    contexts, complaints = [], []

    def open_page(**options):
        context = chromium.new_context(**{"locale": "id-ID", "timezone_id": "Asia/Jakarta", "viewport": DESK} | options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.expose_binding("reportBreach", lambda source, breach: complaints.append(breach))
        context.add_init_script(WATCH)
        context.on("weberror", lambda error: complaints.append(f"uncaught: {error.error}"))
        return context.new_page()

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.evaluate("0")  # lets reports that are under way arrive
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """A page at a desk's width."""
    return new_page()


@pytest.fixture
def phone(new_page):
    """A page at a phone's width."""
    return new_page(viewport=PHONE, has_touch=True)


@pytest.fixture(scope="session")
def assert_accessible():
    """`assert_accessible(page)` fails with the rules that axe finds broken on the page as it stands.

    `recoloured`: a page that was looked at already, in other colours.
    """
    source = (ROOT / "node_modules/axe-core/axe.min.js").read_text()

    def check(page, recoloured=False):
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(source)
        found = page.evaluate(
            # Style sheets are fetched for one rule only, which is none of these.
            "rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: {assets: ['media']}})",
            AXE_COLOURS if recoloured else AXE_RULES,
        )
        broken = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
        assert broken == []

    return check


@pytest.fixture
def present(application, monkeypatch):
    """The office's clock, moved by the test; it hangs wherever a module reads the time."""
    found = Present()
    found.hang(monkeypatch)
    return found


@pytest.fixture
def office(cluster, furnished, application, present, new_page):
    """The furnished office on a database of this test's own, open to browsers."""
    source, people = furnished
    cluster.copy(source, NAME)
    with serving(application) as address:
        found = Office(application, address, dict(people), present, new_page)
        yield found
        found.close()
    close_pool(application)


@pytest.fixture(scope="session")
def stocked(cluster, furnished, application):
    """The name of a database with a case at every step, the people, and how late it is there."""
    source, people = furnished
    cluster.copy(source, NAME)
    with application.app_context():
        working = Operations(dict(people))
        stock(working)
    close_pool(application)
    cluster.copy(NAME, STOCKED)
    return STOCKED, people, working.at


@pytest.fixture
def lively(cluster, stocked, application, present, new_page):
    """The office with a case at every step, open to browsers."""
    source, people, present.at = stocked
    database = cluster.copy(source, NAME)
    with serving(application) as address:
        found = Office(application, address, dict(people), present, new_page, database.ask)
        yield found
        found.close()
    close_pool(application)


@pytest.fixture(scope="session")
def toured(cluster, stocked, application):
    """The name of a database with something on every page, its people, how late it is, and what addresses stand for."""
    source, people, at = stocked
    database = cluster.copy(source, NAME)
    with pytest.MonkeyPatch.context() as patch:
        present = Present(at)
        present.hang(patch)
        known, names = tour.prepared(Office(application, "", dict(people), present, None, database.ask))
    close_pool(application)
    cluster.copy(NAME, TOURED)
    return TOURED, people, at, known, names


@pytest.fixture
def plan(office):
    with office.prepared() as operations:
        return release_drafts.begin("Berkas diubah", operations.people["proses"], operations.at)


@pytest.fixture
def at(office, plan):
    """The administrator's page with an editor."""

    def opened(page, path):
        person = office.person("proses")
        person.go(f"/studio/{plan}/{page}?nama={path}")
        person.page.wait_for_selector("html[data-ready]")
        return person.page

    return opened


@pytest.fixture
def kept(office, plan):
    """What the draft holds of a file."""

    def content(path):
        with office.prepared() as operations:
            return draft_files.opened(plan, path, operations.people["proses"], operations.at).content.decode()

    return content
