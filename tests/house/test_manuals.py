"""The manuals show pictures that are there and name the keys and lists that the pages have."""

import re
from pathlib import Path

from tests.browser.rooms import ROOMS

ROOT = Path(__file__).parents[2]
MANUALS = sorted((ROOT / "docs" / "manual").glob("*.md"))
TEMPLATES = ROOT / "app" / "templates"
SCREENSHOTS = ROOT / "docs" / "screenshots"
PICTURED = ("petugas", "papan-pengawas", "audit", "kartu-kendali", "tim-teknis", "pengelola-proses")
PICTURE = re.compile(r"!\[[^\]]+\]\(\.\./screenshots/([a-z0-9-]+)-(1440|390)\.png\)")
LARGEST = 200_000  # bytes of a picture of a manual
MOST = 25  # pictures of all manuals


def test_pictures_and_pages_that_a_manual_points_to_are_there():
    links = [(one, link) for one in MANUALS for link in re.findall(r"\]\(([^)#]+)", one.read_text("utf-8"))]
    assert links
    assert [link for one, link in links if "://" not in link and not (one.parent / link).exists()] == []


def test_the_clerks_manual_names_the_keys_and_the_lists_of_the_inbox():
    manual = (ROOT / "docs" / "manual" / "petugas.md").read_text("utf-8")
    keys = re.findall(r"<kbd>(.)</kbd>", (TEMPLATES / "macros" / "pintasan.html").read_text("utf-8"))
    assert keys
    assert [one for one in keys if f"`{one}`" not in manual] == []
    (named,) = re.findall(r"set nama_daftar = \{(.*?)\} %", (TEMPLATES / "tugas" / "kotak.html").read_text("utf-8"))
    lists = re.findall(r'_\("([^"]+)"\)', named)
    assert len(lists) == 5
    assert [one for one in lists if f"| {one} |" not in manual] == []


def pictures(manual):
    return [f"{name}-{width}" for name, width in PICTURE.findall(manual.read_text("utf-8"))]


def test_what_clerks_and_supervisors_read_shows_pictures_that_the_screenshot_command_makes():
    made = {f"{login or 'pengunjung'}-{name}" for login, rooms in ROOMS.items() for name in rooms}
    shown = {one: pictures(ROOT / "docs" / "manual" / f"{one}.md") for one in PICTURED}
    assert all(shown.values()), shown
    everything = [one for found in shown.values() for one in found]
    assert {one for one in everything if one.rpartition("-")[0] not in made} == set()
    assert len(everything) <= MOST
    assert [one for one in everything if (SCREENSHOTS / f"{one}.png").stat().st_size > LARGEST] == []


def test_every_picture_of_a_manual_says_in_words_what_it_shows():
    for manual in MANUALS:
        text = manual.read_text("utf-8")
        assert len(re.findall(r"!\[", text)) == len(PICTURE.findall(text)), manual.name


def test_every_manual_is_found_from_the_readme_and_from_the_other_documents():
    readme = (ROOT / "README.md").read_text("utf-8")
    documents = "".join(one.read_text("utf-8") for one in (ROOT / "docs").glob("*.md"))
    for manual in MANUALS:
        assert f"docs/manual/{manual.name}" in readme, manual.name
        assert f"manual/{manual.name}" in documents, manual.name
