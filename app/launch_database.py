"""The database behind the office while a command runs: an external one, or the embedded server."""

import fcntl
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.launch_checks import Refusal, check_folder, data_folder
from app.store import embedded, external

# What the lock file says while the server is one that we started.
OURS = "server"


@contextmanager
def database(environment: Mapping[str, str], alone: bool = False) -> Iterator[dict[str, str]]:
    """The environment for all commands, with a database that answers.

    An embedded server that we start is stopped at the end, as is one that a killed predecessor left; one that somebody
    else keeps running is used and left alone. With `alone`, a second office in the same folder is refused.
    """
    if environment.get("DATABASE_URL"):
        external.check(environment["DATABASE_URL"])
        yield dict(environment)
        return
    var = check_folder(data_folder(environment))
    with _lock(var) as lock:
        if lock is None and alone:
            raise Refusal(
                f"kantor di {var} sedang dibuka oleh perintah lain.",
                f"the office in {var} is already open by another command.",
            )
        with _server(var / "db", lock) as server:
            yield {**environment, "DATABASE_URL": server.app_url, "DATABASE_OWNER_URL": server.owner_url}


def say(line: str) -> None:
    print(f"==> {line}", flush=True)


@contextmanager
def _lock(var: Path) -> Iterator[int | None]:
    """The launcher's lock, or None while another command holds it; the kernel frees it however we die."""
    descriptor = os.open(var / "launch.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _server(folder: Path, lock: int | None) -> Iterator[embedded.Server]:
    if lock is None or (embedded.status(folder) is not None and os.pread(lock, 16, 0).decode() != OURS):
        yield embedded.start(folder)
        return
    try:
        _note(lock, OURS)
        say("Menyalakan basis data tertanam")
        server = embedded.start(folder)
        if server.home != folder.resolve():
            say(f"Akun basis data tidak dapat memasuki {folder}; datanya disimpan di {server.home}")
        yield server
    finally:
        _stop(folder)
        _note(lock, "")


def _note(lock: int, text: str) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, text.encode(), 0)


def _stop(folder: Path) -> None:
    """Stop the server; a second Ctrl-C meanwhile must not leave it half stopped."""
    kept = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        if embedded.stop(folder):
            say("Basis data tertanam dimatikan")
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
