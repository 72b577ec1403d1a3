"""A while under the hammer: whatever is killed, nothing that was told is lost, nothing happens twice."""

import os
import re
import subprocess
import sys

from tests.conftest import ROOT
from tests.depth import examples

SECONDS = str(examples(60))


def test_an_office_that_is_killed_all_the_time_loses_nothing_and_does_nothing_twice():
    """In a process of its own: it forks, which a process full of threads and browsers must not."""
    environment = {**os.environ, "SECONDS": SECONDS, "SEED": "76", "WRITE": ""}
    command = [sys.executable, "-m", "tests.hammer"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400, check=False)
    rows = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \|$", done.stdout.partition("audit")[2], re.M))
    assert len(rows) > 30, done.stdout + done.stderr[-3000:]
    assert {name for name, count in rows.items() if count != "0"} == set(), done.stdout + done.stderr[-3000:]
    assert " 0 processes ended by a fault of their own" in done.stdout, done.stderr[-3000:]
