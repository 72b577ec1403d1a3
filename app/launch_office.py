"""Web and worker under one parent: if one ends, so does the other."""

import secrets
import shlex
import sys
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from honcho.manager import Manager

from app.launch_checks import EVERYWHERE, LOOPBACK
from app.launch_worker import LONGEST_LINE

THREADS = 6
PATIENCE_SECONDS = 60.0
# Two signals end in an orderly stop, which is not a failure of the office.
ORDERLY = {0, 130, 143}


def serve(environment: Mapping[str, str], host: str, port: int, accounts: str, root: Path) -> int:
    """Run web and worker until a signal; `accounts` is printed with the address once the web answers."""
    # Whoever answers on the port must be this very office, not one that was there before.
    mine = secrets.token_hex(8)
    environment = {**environment, "EPERIZINAN_INSTANCE": mine}
    manager = Manager()
    for name, command in commands(environment, host, port).items():
        manager.add_process(
            name, "exec " + shlex.join(command), env={**environment, "PYTHONUNBUFFERED": "1"}, cwd=str(root)
        )
    threading.Thread(target=_announce, args=(environment, host, port, accounts), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode in ORDERLY else 1


def commands(environment: Mapping[str, str], host: str, port: int) -> dict[str, list[str]]:
    """The two processes of the office by name."""
    workers = environment.get("WEB_WORKERS", "2")
    web = [sys.executable, "-m", "gunicorn", "app:create_app()", "--preload", "--bind", f"{host}:{port}"]
    web += ["--worker-class", "app.launch_worker.Worker", "--threads", str(THREADS), "--workers", workers]
    web += ["--timeout", "30", "--graceful-timeout", "4", "--max-requests", "2000", "--max-requests-jitter", "200"]
    web += ["--limit-request-line", str(LONGEST_LINE)]
    return {
        "web": [*web, "--log-level", "warning", "--no-control-socket"],
        "worker": [sys.executable, "-m", "flask", "--app", "app", "work"],
    }


def _announce(environment: Mapping[str, str], host: str, port: int, accounts: str) -> None:
    if answers(environment, host, port):
        shown = "localhost" if host in EVERYWHERE else host
        print(f"\n    Kantor buka di http://{shown}:{port}  (Ctrl-C menutupnya)\n\n{accounts}", flush=True)


def answers(environment: Mapping[str, str], host: str, port: int, patience: float = PATIENCE_SECONDS) -> bool:
    """Whether the office that was started with this environment answers within `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if _instance(environment, host, port) == environment["EPERIZINAN_INSTANCE"]:
            return True
        time.sleep(0.1)
    return False


def _instance(environment: Mapping[str, str], host: str, port: int) -> str:
    """Which office answers on the port; "" when none does."""
    named = environment.get("TRUSTED_HOSTS", "").split(",")[0]
    asked = LOOPBACK if host in EVERYWHERE else host
    reached = HTTPConnection(asked, port, timeout=1)
    try:
        reached.request("GET", "/healthz", headers={"Host": named or asked})
        return reached.getresponse().getheader("X-Instance", "")
    except (OSError, HTTPException):
        return ""
    finally:
        reached.close()
