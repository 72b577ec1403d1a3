"""The README leads somewhere: every file, picture and verb it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text()


def test_every_link_and_picture_of_the_readme_is_there():
    for name in re.findall(r"\]\(([^)#]+)\)", README):
        assert name.startswith("http") or (ROOT / name).exists(), name


def test_every_verb_of_the_readme_is_in_the_makefile():
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", README)) | set(re.findall(r"^make ([a-z-]+)", README, re.MULTILINE))
    assert "run" in named
    assert named <= verbs, named - verbs
