"""The check of single diagrams beside a release, and how long the office takes to stand up."""

from __future__ import annotations

import subprocess
import sys
import time

from app.cli import release_files
from app.store import embedded
from benchmarks import drawn
from benchmarks.page import Section
from engine import deployment

TIMES = 20
SIZES = (10, 30, 100, 1000)


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    files = release_files()
    own = {name: content for name, content in files.items() if name.endswith((".bpmn", ".dmn"))}
    around = deployment.surroundings(files)
    began = time.perf_counter()
    for _ in range(TIMES):
        for name, content in own.items():
            deployment.check_file(name, content, around)
    each = (time.perf_counter() - began) / TIMES / len(own)
    sizes = "".join(_sized(elements, around) for elements in SIZES)
    began = time.perf_counter()
    deployment.problems(files)
    whole = time.perf_counter() - began
    return Section(
        "## The check\n\n"
        f"{len(own)} diagrams and tables of the release, each checked as if it joined it: {each * 1000:.1f} ms each, "
        f"{1 / each:.0f} a second. The release as a whole: {whole * 1000:.0f} ms.\n\n"
        "Diagrams drawn for this (tasks, choices, forks and loops in turn), checked likewise; more than 300 elements "
        "in one process are refused, after all their problems were looked for:\n\n"
        f"| elements | ms each | a second | problems |\n|---|---|---|---|\n{sizes}\n"
        "## Cold start\n\n"
        f"A new process until the application stands: {_cold() * 1000:.0f} ms; until the release is parsed too: "
        f"{_cold(PARSED) * 1000:.0f} ms.\n"
    )


def _sized(elements: int, around: deployment.Surroundings) -> str:
    content = drawn.diagram(elements)
    times = max(2, 600 // elements)
    deployment.check_file("processes/ukur.bpmn", content, around)
    began = time.perf_counter()
    for _ in range(times):
        found = deployment.check_file("processes/ukur.bpmn", content, around)
    each = (time.perf_counter() - began) / times
    told = ", ".join(sorted({one.code for one in found})) or "none"
    return f"| {elements} | {each * 1000:.1f} | {1 / each:.0f} | {told} |\n"


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
