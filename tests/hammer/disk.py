"""A disk for the hammered server that can be made full: a file system in memory, shrunk to what is on it.

Only root may mount one; for anybody else there is no such blow, and the report says so by a zero.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SIZE = 4 * 1024**3  # only what is written takes memory
ROOM = 64 * 1024  # bytes left when it is full: enough for nothing, for even a page of WAL comes with others


@dataclass
class Disk:
    folder: Path
    mounted: bool = False

    def mount(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.mounted = os.geteuid() == 0 and _done("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", self)

    def fill(self) -> bool:
        """Leave no room; false where it cannot be done."""
        return self.mounted and self._resize(self._used() + ROOM)

    def empty(self) -> None:
        if self.mounted:
            self._resize(SIZE)

    def unmount(self) -> None:
        if self.mounted:
            _done("umount", "-l", self)

    def _used(self) -> int:
        found = os.statvfs(self.folder)
        return (found.f_blocks - found.f_bfree) * found.f_frsize

    def _resize(self, size: int) -> bool:
        return _done("mount", "-o", f"remount,size={size}", self)

    def __str__(self) -> str:
        return str(self.folder)


def _done(*command: object) -> bool:
    return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
