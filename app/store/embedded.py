"""The PostgreSQL server that comes with the house: start, stop, and ask how it is.

One folder is one server. Starting is safe to repeat and safe to race: whoever comes second is given the same server.
The binaries are those of the installed wheel; its own manager is not used. Linux only, since it looks into /proc.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.store.embedded_place import Place, ServerRefused, find_place, make_socket_folder
from app.store.embedded_process import clear_leftovers, inhabitants, interrupt, is_in_use, postmaster
from app.store.embedded_roles import APP, OWNER, SUPERUSER, address, answers, furnish, keep_secrets, write_private

__all__ = ["Server", "ServerRefused", "start", "status", "stop"]

START_SECONDS = 120  # recovery after a crash may take its time

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",  # the socket alone
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "synchronous_commit": "on",  # acknowledged work is kept
    "wal_compression": "on",  # pglz: the wheel has no other
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",  # seven files by weekday
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
}


@dataclass(frozen=True)
class Server:
    """A running server. The addresses hold passwords: never log them."""

    home: Path
    pid: int
    version: int
    owner_url: str
    app_url: str
    superuser_url: str


def start(folder: Path, settings: Mapping[str, str] | None = None) -> Server:
    """Start the server kept in `folder`, creating it the first time; an already running one is simply returned.

    `settings` are added to PostgreSQL's configuration if the server has to be started. Raises ServerRefused with a
    sentence for the person at the terminal.
    """
    place = find_place(folder)
    with _turn(place):
        passwords = keep_secrets(place)
        if not _is_up(place, passwords):
            _create(place, passwords[SUPERUSER])
            _launch(place, {**SETTINGS, **(settings or {})})
        _finish(place, passwords)
        return _server(place, passwords)


def stop(folder: Path) -> bool:
    """Stop the server kept in `folder`; answers whether one was running."""
    place = _existing(folder)
    if place is None:
        return False
    with _turn(place):
        pid = postmaster(place)
        if pid is not None:
            interrupt(place, pid)
    return pid is not None


def status(folder: Path) -> Server | None:
    """The running server of `folder`, or None."""
    place = _existing(folder)
    return None if place is None or postmaster(place) is None else _server(place, keep_secrets(place))


def _is_up(place: Place, passwords: Mapping[str, str]) -> bool:
    """Whether a server answers; one that is recovering is waited for, one that is just dying counts as none.

    A killed process is still to be seen for a moment: whoever took it for a running server would have none.
    """
    deadline = time.monotonic() + START_SECONDS
    while postmaster(place) is not None and time.monotonic() < deadline:
        if answers(_socket(place), passwords):
            return True
        time.sleep(0.05)
    return False


def _existing(folder: Path) -> Place | None:
    return find_place(folder) if (folder / "INSTALLED").exists() else None


@contextmanager
def _turn(place: Place) -> Iterator[None]:
    """One starter or stopper at a time; the kernel gives the turn back however we die."""
    with open(os.open(place.folder / "start.lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _socket(place: Place) -> Path:
    if place.socket is None:
        raise ServerRefused(
            f"Catatan soket {place.socket_note} hilang; hentikan proses postgres di {place.data}.",
            f"The socket note {place.socket_note} is missing; stop the postgres processes in {place.data}.",
        )
    return place.socket


def _server(place: Place, passwords: Mapping[str, str]) -> Server:
    owner, app, superuser = (address(_socket(place), role, passwords[role]) for role in (OWNER, APP, SUPERUSER))
    return Server(place.home, postmaster(place) or 0, place.version, owner, app, superuser)


def _create(place: Place, password: str) -> None:
    """Create the data folder aside and rename it, so that it is there whole or not at all."""
    if (place.data / "PG_VERSION").exists():
        _refuse_other_version(place)
    else:
        _refuse_missing_data(place)
        _sweep(place)
        _initialise(place, password)


def _finish(place: Place, passwords: Mapping[str, str]) -> None:
    """Mark the office as installed, and complete what a first starter left undone if it died after the launch."""
    if not place.marker.exists():
        furnish(_socket(place), passwords)
        write_private(place.marker, "." if place.home == place.folder else str(place.home))


def _refuse_other_version(place: Place) -> None:
    kept = (place.data / "PG_VERSION").read_text().strip()
    if kept != str(place.version):
        raise ServerRefused(
            f"Data di {place.data} milik PostgreSQL {kept}, yang terpasang {place.version}; pindahkan dengan cadangan.",
            f"The data in {place.data} is of PostgreSQL {kept}, installed is {place.version}; move it by a backup.",
        )


def _refuse_missing_data(place: Place) -> None:
    filled = place.data.is_dir() and any(place.data.iterdir())
    if filled or place.marker.exists():
        raise ServerRefused(
            f"Di {place.data} seharusnya ada data kantor, tetapi tidak ditemukan; apakah cakramnya terpasang?",
            f"The office's data should be in {place.data} but is not there; is its disk mounted?",
        )


def _sweep(place: Place) -> None:
    """Remove what a starter killed during creation left behind, unless its initdb is still at work."""
    for left in place.home.glob("data.new-*"):
        if not is_in_use(place, left):
            shutil.rmtree(left)


def _initialise(place: Place, password: str) -> None:
    fresh = Path(tempfile.mkdtemp(prefix="data.new-", dir=place.home))
    cluster, word = fresh / "cluster", fresh / "word"
    write_private(word, password)
    for path in (fresh, word):
        place.account.own(path)
    done = place.account.run(place.binaries / "initdb", "-D", cluster, f"--pwfile={word}", *_initdb_options(place))
    word.unlink()
    if done.returncode != 0:
        raise ServerRefused(
            f"Basis data tidak dapat dibuat: {_last_lines(done.stderr)}",
            f"The database cannot be created: {_last_lines(done.stderr)}",
        )
    cluster.rename(place.data)
    fresh.rmdir()


def _initdb_options(place: Place) -> list[str]:
    # One order of letters on every machine: the builtin locale does not change with the operating system.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if place.version >= 17 else []
    return [*builtin, "--locale=C", "--encoding=UTF8", "--auth=scram-sha-256", f"--username={SUPERUSER}"]


def _launch(place: Place, settings: Mapping[str, str]) -> None:
    clear_leftovers(place)
    socket = make_socket_folder(place)
    _configure(place, {**settings, "unix_socket_directories": str(socket)})
    place.start_log.touch(mode=0o600)
    place.account.own(place.start_log)
    started = place.account.run(
        place.binaries / "pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", place.data, "-l", place.start_log
    )
    if started.returncode != 0 or not inhabitants(place):
        raise ServerRefused(
            f"Basis data tidak dapat dijalankan: {_reason(place)}", f"The database does not start: {_reason(place)}"
        )


def _configure(place: Place, settings: Mapping[str, str]) -> None:
    """Our settings go into a file of their own, read after PostgreSQL's, written anew at each start."""
    ours = place.data / "e-perizinan.conf"
    ours.write_text("".join(f"{name} = '{_quoted(value)}'\n" for name, value in settings.items()))
    place.account.own(ours)
    main = place.data / "postgresql.conf"
    line = "include 'e-perizinan.conf'\n"
    if line not in main.read_text():
        with main.open("a") as file:
            file.write(line)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _reason(place: Place) -> str:
    """The last complaints; with the collector on, the cause is in the newest log and not on standard error."""
    logs = sorted(place.data.glob("log/*.log"), key=lambda path: path.stat().st_mtime)[-1:]
    return " | ".join(_last_lines(path.read_text(errors="replace")) for path in [place.start_log, *logs])


def _last_lines(text: str, count: int = 3) -> str:
    return " | ".join([line.strip() for line in text.splitlines() if line.strip()][-count:])
