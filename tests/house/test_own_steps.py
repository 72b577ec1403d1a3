"""Steps that the office's own code finds by their id are those that nobody can give another one."""

import ast
import re

from app.cli import release_files
from engine.spots import steps
from engine.step_names import OWN_STEPS
from scripts.translations import ROOT

QUOTED = re.compile(r"[\"']([a-z_0-9]+)[\"']")


def words():
    """Every word that code and pages write as a text, demonstrations left out."""
    for room in ("engine", "app"):
        for path in (ROOT / room).rglob("*.py"):
            if "demo" in path.parts or path.name == "step_names.py":
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                    yield from (node.value, *node.value.split())
    for path in (ROOT / "app/templates").rglob("*.html"):
        yield from QUOTED.findall(path.read_text())


def test_every_step_that_the_code_names_keeps_its_id_and_no_other_does():
    assert steps(release_files()) & {*words()} == OWN_STEPS
