"""What every file of the house keeps to."""

import ast
import json
import re
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted([*(ROOT / "requirements").glob("*.lock"), *(ROOT / "benchmarks").rglob("*.lock")])
NPM_LOCKS = [ROOT / "package-lock.json", ROOT / "benchmarks" / "peers" / "package-lock.json"]
SOURCES = sorted(path for room in ("app", "engine") for path in (ROOT / room).rglob("*.py"))
LONGEST_MODULE = 400
CLOCK = ROOT / "app" / "clock.py"
WALL_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def named(path):
    return str(path.relative_to(ROOT))


def reads_of_the_wall_clock(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", None)
            if (owner, node.attr) in WALL_CLOCK:
                yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for alias in node.names if ("time", alias.name) in WALL_CLOCK)


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_every_locked_package_has_hashes_and_no_address(lock):
    text = lock.read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)
    packages = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^ *#.*\n", "", text))
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=named)
def test_the_npm_lock_has_checksums_and_no_address(lock):
    packages = json.loads(lock.read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert [name for name, package in fetched.items() if "integrity" not in package or "resolved" in package] == []


def test_front_end_packages_are_pinned_exactly():
    wanted = json.loads((ROOT / "package.json").read_text())
    versions = wanted["dependencies"] | wanted["devDependencies"]
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_third_party_notices_are_those_of_the_locked_packages():
    """After a change of a lock file, `make licences` writes them anew."""
    listed = set(re.findall(r"(?m)^(?:Python|browser) +(\S+) (\S+):", (ROOT / "THIRD-PARTY.txt").read_text()))
    locked = re.findall(r"(?m)^(\S+)==(\S+)( ;.*)? \\$", (ROOT / "requirements" / "run.lock").read_text())
    python = {(name, version) for name, version, _ in locked}
    everywhere = {(name, version) for name, version, marker in locked if not marker}
    npm = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    browser = {(name.removeprefix("node_modules/"), package.get("version")) for name, package in npm.items()}
    assert everywhere - listed == set()
    assert listed - python - browser == set()


@pytest.mark.parametrize("source", [path for path in SOURCES if "versions" not in path.parts], ids=named)
def test_a_module_can_be_read_in_one_sitting(source):
    """Except revisions of the tables: a table's creation is one statement after the other, and is never edited."""
    assert len(source.read_text().splitlines()) <= LONGEST_MODULE


def test_only_the_clock_reads_the_wall_clock():
    found = {
        named(source): lines
        for source in SOURCES
        if source != CLOCK and (lines := list(reads_of_the_wall_clock(ast.parse(source.read_text()))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "spelling",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "dt.date.today()",
        "time.time()",
        "from time import time",
    ],
)
def test_every_spelling_of_the_wall_clock_is_found(spelling):
    assert list(reads_of_the_wall_clock(ast.parse(spelling))) == [1]


def test_nothing_built_or_private_is_tracked():
    private = re.compile(r"(^|/)(node_modules|\.venv|var|built|build)/|\.pyc$|^\.env$")
    assert [named(path) for path in tracked_files() if private.search(named(path))] == []


def test_scripts_that_are_commands_may_be_run():
    commands = [
        path for path in tracked_files() if path.is_file() and path.read_bytes().startswith(b"#!/usr/bin/env bash")
    ]
    assert commands
    assert [named(path) for path in commands if not path.stat().st_mode & stat.S_IXUSR] == []


def test_the_dark_of_the_system_has_the_colours_of_the_dark_that_is_chosen():
    style = (ROOT / "app/static/site.css").read_text()
    chosen = re.search(r"^\[data-tema=gelap\]\{(.*?)\}", style, re.S | re.M)[1]
    asked = re.search(r"prefers-color-scheme:dark\)\{\[data-tema=sistem\]\{(.*?)\}", style, re.S)[1]
    assert "--tinta" in chosen
    assert chosen.split() == asked.split()
