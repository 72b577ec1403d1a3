"""Who lives in a data folder, and waiting for them to come or go.

Every PostgreSQL process has the data folder as its working directory, which tells more than the pid file: after a
crash a recorded pid may belong to anybody, and orphans may still be writing.
"""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

from app.store.embedded_place import Place, ServerRefused

LEFTOVER_SECONDS = 60.0
STOP_SECONDS = 60.0
_GLOB = re.compile(r"([\\*?\[\]])")


def inhabitants(place: Place) -> frozenset[int]:
    """Process ids of the PostgreSQL processes whose working directory is the data folder; zombies have none."""
    # Asked as the account itself: in a container root may not read the working directory of another account.
    pattern = _GLOB.sub(r"\\\1", str(place.data))
    found = place.account.run(
        "find", "/proc", "-mindepth", "2", "-maxdepth", "2", "-name", "cwd", "-lname", pattern
    ).stdout
    pids = (int(line.split("/")[2]) for line in found.splitlines() if line.split("/")[2].isdigit())
    return frozenset(pid for pid in pids if _is_postgres(pid))


def postmaster(place: Place) -> int | None:
    """The process id of the running server, or None; a pid file naming a stranger counts as none."""
    recorded = _recorded_pid(place.data / "postmaster.pid")
    return recorded if recorded in inhabitants(place) else None


def clear_leftovers(place: Place) -> None:
    """Wait until orphans of a killed server are gone, then remove its pid file and socket locks.

    Raises ServerRefused if they stay for more than a minute.
    """
    if not _wait(lambda: not inhabitants(place), LEFTOVER_SECONDS):
        raise ServerRefused(
            f"Sisa proses basis data lama di {place.data} belum berhenti.",
            f"Processes of an earlier database server in {place.data} have not ended.",
        )
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    if place.socket is not None and place.socket.is_dir():
        for stale in place.socket.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)


def interrupt(place: Place, pid: int) -> None:
    """Stop the server: sessions end, nothing acknowledged is lost. Raises ServerRefused if it does not stop."""
    os.kill(pid, signal.SIGINT)
    if not _wait(lambda: not inhabitants(place), STOP_SECONDS):
        raise ServerRefused(
            f"Basis data di {place.data} tidak mau berhenti.",
            f"The database in {place.data} does not stop.",
        )


def is_in_use(place: Place, folder: Path) -> bool:
    """Whether a process still works on `folder`, such as the initdb of a starter that was killed."""
    wanted = os.fsencode(folder)
    return any(wanted in _command_line(entry) for entry in Path("/proc").glob("[0-9]*"))


def _wait(reached: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _recorded_pid(path: Path) -> int | None:
    try:
        first = path.read_text().partition("\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.strip().isdigit() else None


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except (FileNotFoundError, ProcessLookupError):
        return False


def _command_line(entry: Path) -> bytes:
    try:
        return (entry / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return b""
