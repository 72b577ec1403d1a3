"""Whether the office's web answers, asked from beside it."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

PATIENCE_SECONDS = 3
OK = 200


def web_answers(public_url: str) -> bool | None:
    """Whether `/healthz` of an address answers 200; None without an address, when nobody can say."""
    parts = urlsplit(public_url)
    if not parts.hostname:
        return None
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    reached = kind(parts.hostname, parts.port, timeout=PATIENCE_SECONDS)
    try:
        reached.request("GET", f"{parts.path.rstrip('/')}/healthz")
        return reached.getresponse().status == OK
    except (OSError, HTTPException):
        return False
    finally:
        reached.close()
