"""The manuals show pictures that are there and name the keys and lists that the pages have."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MANUALS = sorted((ROOT / "docs" / "manual").glob("*.md"))
TEMPLATES = ROOT / "app" / "templates"


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
