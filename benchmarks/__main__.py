"""`make bench`: run every benchmark on a database of its own and write docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from app.store import embedded
from benchmarks import checker, completion, growth, opening, rounds, three_tasks, timers

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench` in one run on one machine, other work kept away.  Only the ratios mean anything elsewhere.

"""


PARTS = (completion, opening, three_tasks, growth, rounds, timers, checker)


def _told(part: ModuleType, server: embedded.Server) -> str:
    """One section; its name on standard error, since all together take minutes."""
    sys.stderr.write(f"{part.__name__}\n")
    return part.run(server)


def machine(server: embedded.Server) -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {server.version} embedded, "
        "fsync and synchronous_commit on, Unix socket, one client."
    )


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="eperizinan-bench-"))
    folder.chmod(0o755)
    try:
        server = embedded.start(folder / "db")
        os.environ |= {"DATABASE_URL": server.app_url, "DATABASE_OWNER_URL": server.owner_url}
        os.environ |= {"EPERIZINAN_VAR": str(folder / "var"), "EPERIZINAN_ENV": "development"}
        text = HEAD + machine(server) + "\n\n" + "\n".join(_told(part, server) for part in PARTS)
    finally:
        embedded.stop(folder / "db")
        shutil.rmtree(folder)
    PAGE.write_text(text)
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
