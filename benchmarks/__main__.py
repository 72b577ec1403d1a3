"""`make bench`: run every benchmark on a server of its own and write docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from app.store import embedded
from benchmarks import (
    checker,
    clocks_scale,
    completion,
    due_date,
    growth,
    impact_scale,
    opening,
    pages,
    reading_cost,
    rounds,
    three_tasks,
    timers,
)  # fmt: skip
from benchmarks.page import Section, page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
# The scale comes last: its million cases stand in the same office, and its pages are looked at there.
PARTS = (
    completion,
    opening,
    three_tasks,
    growth,
    rounds,
    timers,
    checker,
    due_date,
    reading_cost,
    impact_scale,
    clocks_scale,
    pages,
)
LOAD = os.getloadavg()[0]  # of the minute before: above half the cores, others were at work


def machine(server: embedded.Server) -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {server.version} embedded, "
        "fsync and synchronous_commit on, Unix socket, one client unless said otherwise. "
        f"Load of the machine before the first measurement: {LOAD:.1f}."
    )


def _told(part: ModuleType, server: embedded.Server) -> Section:
    """One section; its name on standard error, since all together take minutes."""
    sys.stderr.write(f"{part.__name__}\n")
    section: Section = part.run(server)
    return section


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="eperizinan-bench-"))
    folder.chmod(0o755)
    try:
        server = embedded.start(folder / "db")
        os.environ |= {"DATABASE_URL": server.app_url, "DATABASE_OWNER_URL": server.owner_url}
        os.environ |= {"EPERIZINAN_VAR": str(folder / "var"), "EPERIZINAN_ENV": "development"}
        text = page(machine(server), [_told(part, server) for part in PARTS])
    finally:
        embedded.stop(folder / "db")
        shutil.rmtree(folder)
    PAGE.write_text(text)
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
