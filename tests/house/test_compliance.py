"""The page about the regulation tells the truth: every requirement has its row, what it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "kepatuhan.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| R-")]


def test_every_requirement_of_the_regulation_has_its_row():
    ids = [line.split("|")[1].strip() for line in ROWS]
    assert ids == [f"R-{number:02}" for number in range(1, 49)]


def test_every_row_names_its_proof_or_says_that_there_is_none():
    for line in ROWS:
        proof = line.split("|")[6]
        assert "`test_" in proof or "belum" in proof, line


def test_every_file_and_test_named_there_exists():
    written = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    tests = set(re.findall(r"def (test_\w+)", written))
    for name in re.findall(r"`([^`]+)`", "\n".join(ROWS)):
        if name.startswith("test_"):
            assert name in tests, name
        else:
            assert (ROOT / name).exists(), name


def test_the_words_of_the_glossary_are_still_in_the_code():
    glossary = (ROOT / "docs" / "concepts.md").read_text()
    code = "\n".join(path.read_text() for room in ("engine", "app") for path in (ROOT / room).rglob("*.py")).lower()
    rows = [line for line in glossary.splitlines() if line.startswith("| ") and "---" not in line][1:]
    for row in rows:
        word = row.split("|")[1].split("(")[0].split(",")[0].strip().strip("`").lower()
        assert word.replace(" ", "_") in code or word in code, word
