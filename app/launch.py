"""Opens the office with one command: database, tables, deployments, demonstration, then web and worker.

``python -m app.launch [run|migrate|deploy|demo-reset|backup [TO]|restore FROM [OVER]|rehearse [FROM]]``. Everything
that can go wrong before the doors open is one sentence in Indonesian and English and exit status 1. SIGINT and SIGTERM
close web, worker and the embedded server.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from types import FrameType

from app.launch_checks import DEFAULT_PORT, EVERYWHERE, LOOPBACK, ROOT, Refusal, check_folder, check_port, data_folder
from app.launch_database import database, say
from app.launch_office import serve
from app.store.embedded import ServerRefused

# The shell has read .env already; without this Flask advises to install what would read it again.
UNREAD = {"FLASK_SKIP_DOTENV": "1"}


def main(arguments: list[str]) -> int:
    """Carry out one verb; the exit status is 0, or 1 after a sentence on standard error."""
    signal.signal(signal.SIGTERM, _interrupted)
    verb = arguments[0] if arguments else "run"
    try:
        if verb not in VERBS:
            raise Refusal(f"perintah “{verb}” tidak dikenal; yang ada: {', '.join(VERBS)}.", f"unknown verb: {verb}")
        return VERBS[verb]({**os.environ, **UNREAD}, *arguments[1:])
    except (Refusal, ServerRefused) as refusal:
        print(f"Gagal: {refusal.indonesian}\nFailed: {refusal.english}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Dihentikan. / Stopped.", file=sys.stderr)
        return 130


def run(environment: dict[str, str]) -> int:
    """Open the office and keep it open until it is told to close."""
    host, port = environment.get("HOST", LOOPBACK), check_port(environment)
    with database(with_address(environment, host, port), alone=True) as reached:
        migrate_and_deploy(reached, "--start")
        if not _is_production(reached):
            step("Menyiapkan kantor peragaan bila belum ada", reached, "demo", "load", "--if-empty")
        accounts = "" if _is_production(reached) else answer(reached, "demo", "accounts")
        return serve(reached, host, port, accounts, ROOT)


def with_address(environment: Mapping[str, str], host: str, port: int) -> dict[str, str]:
    """The address that letters and their QR codes carry, and the only one answered to, where nobody named another."""
    if _is_production(environment):
        return dict(environment)
    shown = "localhost" if host in EVERYWHERE else host
    found = {"PUBLIC_URL": f"http://{shown}:{port}", **environment}
    return {"TRUSTED_HOSTS": "localhost,127.0.0.1", **found} if host == LOOPBACK else found


def migrate(environment: dict[str, str]) -> int:
    with database(environment) as reached:
        step("Memperbarui tabel basis data", reached, "db", "upgrade")
    return 0


def deploy(environment: dict[str, str]) -> int:
    with database(environment) as reached:
        migrate_and_deploy(reached)
    return 0


def demo_reset(environment: dict[str, str]) -> int:
    """Build the demonstration office anew; refused in production by the command itself."""
    host, port = environment.get("HOST", LOOPBACK), environment.get("PORT", DEFAULT_PORT)
    with database(with_address(environment, host, int(port))) as reached:
        migrate_and_deploy(reached, "--start")
        step("Membangun ulang kantor peragaan", reached, "demo", "reset")
    return 0


def backup(environment: dict[str, str], to: str = "") -> int:
    """Back the office up into the folder `to`, open or not."""
    with database(environment) as reached:
        step("Mencadangkan kantor", reached, "database", "backup", *_named(to))
    return 0


def restore(environment: dict[str, str], source: str = "", over: str = "") -> int:
    """Restore the backup `source` into this office, which must be closed, and empty unless `over` says otherwise."""
    if not source:
        raise Refusal("sebutkan cadangannya: make restore FROM=…", "name the backup: make restore FROM=…")
    with database(environment, alone=True) as reached:
        step("Memulihkan kantor dari cadangan", reached, "database", "restore", source, *(["--over"] if over else []))
    return 0


def rehearse(environment: dict[str, str], source: str = "") -> int:
    """Restore the newest backup in the folder `source` aside, verify it and throw it away."""
    with database(environment) as reached:
        step("Melatih pemulihan", reached, "database", "rehearse", *_named(source))
    return 0


def _named(folder: str) -> list[str]:
    return [folder] if folder else []


VERBS: Mapping[str, Callable[..., int]] = {
    "run": run,
    "migrate": migrate,
    "deploy": deploy,
    "demo-reset": demo_reset,
    "backup": backup,
    "restore": restore,
    "rehearse": rehearse,
}


def migrate_and_deploy(environment: Mapping[str, str], *how: str) -> None:
    """`how`: "--start" where the office opens: what people have published since stays in effect."""
    step("Memperbarui tabel basis data", environment, "db", "upgrade")
    step("Memeriksa dan menerbitkan proses dan formulir", environment, "deploy", *how)


def step(title: str, environment: Mapping[str, str], *command: str) -> None:
    """Run one of the application's commands, its progress shown. Raises Refusal with its last complaint."""
    say(title)
    done = _flask(environment, *command, stdout=None)
    if done.returncode != 0:
        log = check_folder(data_folder(environment)) / "launch.log"
        log.write_text(done.stderr)
        raise Refusal(
            f"langkah “{title}” tidak berhasil: {_complaint(done.stderr)} (selengkapnya di {log})",
            f"the command “flask {' '.join(command)}” did not succeed: {_complaint(done.stderr)} (more in {log})",
        )


def answer(environment: Mapping[str, str], *command: str) -> str:
    """What one of the application's commands prints."""
    return _flask(environment, *command, stdout=subprocess.PIPE).stdout or ""


def _flask(environment: Mapping[str, str], *command: str, stdout: int | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *command],
        env=environment,
        cwd=ROOT,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )


def _complaint(errors: str) -> str:
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    return lines[-1] if lines else "-"


def _is_production(environment: Mapping[str, str]) -> bool:
    return environment.get("EPERIZINAN_ENV") == "production"


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
