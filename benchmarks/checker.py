"""The check of single diagrams beside a release, and how long the office takes to stand up."""

from __future__ import annotations

import subprocess
import sys
import time

from app.cli import release_files
from app.store import embedded
from benchmarks.page import Section
from engine import deployment

TIMES = 20


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    files = release_files()
    drawn = {name: content for name, content in files.items() if name.endswith((".bpmn", ".dmn"))}
    around = deployment.surroundings(files)
    began = time.perf_counter()
    for _ in range(TIMES):
        for name, content in drawn.items():
            deployment.check_file(name, content, around)
    each = (time.perf_counter() - began) / TIMES / len(drawn)
    began = time.perf_counter()
    deployment.problems(files)
    whole = time.perf_counter() - began
    return Section(
        "## The check\n\n"
        f"{len(drawn)} diagrams and tables of the release, each checked as if it joined it: {each * 1000:.1f} ms each, "
        f"{1 / each:.0f} a second. The release as a whole: {whole * 1000:.0f} ms.\n\n"
        "## Cold start\n\n"
        f"A new process until the application stands: {_cold() * 1000:.0f} ms; until the release is parsed too: "
        f"{_cold(PARSED) * 1000:.0f} ms.\n"
    )


STANDS = "from app import create_app; create_app()"
PARSED = f"""{STANDS}
from uuid import uuid4
from app.cli import release_files
from engine.deployment import build
build(uuid4(), 1, release_files())"""


def _cold(code: str = STANDS) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began
