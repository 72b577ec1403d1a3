"""`make hammer`: hammer an office of real processes for SECONDS, audit it, print what was found (WRITE=1: keep it)."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic

from app.store import embedded
from tests.conftest import ROOT, close_pool, fastest_folder
from tests.hammer.audit import Audit, audit, drain
from tests.hammer.blows import Hammer
from tests.hammer.disk import Disk
from tests.hammer.house import House, build, journals

PAGE = ROOT / "docs" / "hammer.md"
HEAD = """# The hammer

`make hammer SECONDS=60` hammers an office of real processes: people at desks and workers, each a process, on a
PostgreSQL of their own with `synchronous_commit` on.  Processes, back ends and the server are killed, its disk is full
for a while, connections are cut, answers to COMMIT swallowed, clocks of single processes are wrong by hours.  Who is
killed sends his page again under its key.  Then the office is left in peace until nothing is due, and audited: every
row counts what must not be.

`kill -9` proves atomicity, not that a disk keeps what it was told: power loss is another test.  The goal before 1.0 is
1,000,000 completions under 10,000 kills; the run below says what was reached.
`make hammer SECONDS=… WRITE=1` writes this page.
"""


def main() -> int:
    seconds = float(os.environ.get("SECONDS") or 60)
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    folder = Path(tempfile.mkdtemp(prefix="eperizinan-hammer-", dir=fastest_folder()))
    try:
        house = build(folder, seconds)
        hammer, found = hammered(house, seed)
        text = report(house, hammer, found, seed)
        sys.stdout.write(text)
        if os.environ.get("WRITE"):
            PAGE.write_text(HEAD + "\n" + text)
    finally:
        embedded.stop(folder / "db")
        if not os.environ.get("KEEP"):
            Disk(folder / "db", mounted=os.geteuid() == 0).unmount()
            shutil.rmtree(folder)
    return 0 if found.clean and not hammer.broken else 1


def hammered(house: House, seed: int) -> tuple[Hammer, Audit]:
    hammer = Hammer(house, random.Random(seed))
    house.began = monotonic()
    hammer.fill()
    hammer.swing()
    hammer.end()
    drain(house)
    found = audit(house)
    close_pool(house.app)
    return hammer, found


def report(house: House, hammer: Hammer, found: Audit, seed: int) -> str:
    blows = hammer.blows + Counter(f"connection {one['line']}" for one in journals(house.folder, "lines"))
    told = Counter(one.partition(": ")[2] for one in found.told.elements())
    parts = [
        f"Run: SECONDS={house.seconds:.0f} SEED={seed}, {os.cpu_count()} cores shared with other work.\n",
        _table("blow", blows, sum(blows.values())),
        f"{found.completions:,} completions, {found.events:,} events, {sum(found.told.values()):,} answers: "
        + ", ".join(f"{count:,} {name}" for name, count in told.most_common())
        + f".  {found.twins:,} messages were handed on once more under the same name.  "
        f"{hammer.broken} processes ended by a fault of their own.\n",
        _table("audit: must be zero", found.rows, sum(found.rows.values())),
    ]
    return "\n".join(parts)


def _table(name: str, rows: dict[str, int], total: int) -> str:
    lines = [f"| {name} | |", "|---|---|", *(f"| {one} | {count:,} |" for one, count in rows.items())]
    return "\n".join([*lines, f"| **all** | **{total:,}** |", ""])


if __name__ == "__main__":
    sys.exit(main())
