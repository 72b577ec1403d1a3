"""Web and worker under one parent: if one ends, so does the other."""

import shlex
import socket
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from honcho.manager import Manager

from app.launch_checks import EVERYWHERE

THREADS = 6
PATIENCE_SECONDS = 60.0
# Two signals end in an orderly stop, which is not a failure of the office.
ORDERLY = {0, 130, 143}


def serve(environment: Mapping[str, str], host: str, port: int, accounts: str, root: Path) -> int:
    """Run web and worker until a signal; `accounts` is printed with the address once the web answers."""
    manager = Manager()
    for name, command in commands(environment, host, port).items():
        manager.add_process(
            name, "exec " + shlex.join(command), env={**environment, "PYTHONUNBUFFERED": "1"}, cwd=str(root)
        )
    threading.Thread(target=_announce, args=(host, port, accounts), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode in ORDERLY else 1


def commands(environment: Mapping[str, str], host: str, port: int) -> dict[str, list[str]]:
    """The two processes of the office by name."""
    workers = environment.get("WEB_WORKERS", "2")
    web = [sys.executable, "-m", "gunicorn", "app:create_app()", "--preload", "--bind", f"{host}:{port}"]
    web += ["--worker-class", "gthread", "--threads", str(THREADS), "--workers", workers]
    web += ["--timeout", "30", "--graceful-timeout", "4", "--max-requests", "2000", "--max-requests-jitter", "200"]
    return {
        "web": [*web, "--log-level", "warning", "--no-control-socket"],
        "worker": [sys.executable, "-m", "flask", "--app", "app", "work"],
    }


def _announce(host: str, port: int, accounts: str) -> None:
    if _answers(host, port):
        shown = "localhost" if host in EVERYWHERE else host
        print(f"\n    Kantor buka di http://{shown}:{port}  (Ctrl-C menutupnya)\n\n{accounts}", flush=True)


def _answers(host: str, port: int) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False
