"""PostgreSQL's own tools: a dump at a named snapshot, and loading it again.

pg_dump refuses a server newer than itself, so the tools are those beside the server's binaries, else the first ones
that are recent enough: PG_BIN, the wheel, the distribution's, the PATH.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, make_url

from app.store.embedded_place import candidates


class ToolFailed(OSError):
    """pg_dump or pg_restore is missing or did not succeed; the text is for the person at the terminal."""


def dump(url: str, server: int, snapshot: str, path: Path) -> None:
    """Write everything that `snapshot` shows to `path`, in the custom format.  Raises ToolFailed."""
    _run("pg_dump", url, server, "--format=custom", "--compress=gzip:6", f"--snapshot={snapshot}", f"--file={path}")


def load(url: str, server: int, path: Path) -> None:
    """Make in an empty database what the dump holds, all or nothing; owner is whoever `url` names.  Raises ToolFailed.

    Rights are left out, since roles may be called otherwise here; the caller gives them.
    """
    whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", url, server, *whole, f"--dbname={_plain(make_url(url))}", str(path))


def _run(tool: str, url: str, server: int, *options: str) -> None:
    target = make_url(url)
    named = [f"--dbname={_plain(target)}"] if tool == "pg_dump" else []
    done = subprocess.run(
        [str(_tool(tool, server)), *named, *options],
        # The password goes by the environment, where other accounts of the machine do not see it.
        env={**os.environ, "PGPASSWORD": str(target.password or ""), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise ToolFailed(f"{tool} tidak berhasil: {' | '.join(done.stderr.strip().splitlines()[-3:])}")


def _plain(url: URL) -> str:
    """The address for libpq, without its password."""
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string(hide_password=False)


def _tool(name: str, server: int) -> Path:
    """The tool of that name that is not older than the server's major version."""
    found = [one for one in _everywhere(name) if one.exists()]
    for one in found:
        if _version(one) >= server:
            return one
    seen = ", ".join(f"{one} ({_version(one)})" for one in found) or "tidak ada"
    raise ToolFailed(
        f"diperlukan {name} versi {server} atau lebih baru; yang ada: {seen}. Isi PG_BIN dengan foldernya."
    )


def _everywhere(name: str) -> list[Path]:
    on_path = shutil.which(name)
    return [*(folder / name for folder in candidates()), *([Path(on_path)] if on_path else [])]


def _version(tool: Path) -> int:
    answer = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", answer)
    return int(found[1]) if found else 0
