"""Work in a child process with a time and a memory limit; safe under threads and after a fork."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import Any, BinaryIO, cast

from app.letters import child

ROOM = Path(__file__).resolve().parent
# Few threads and few arenas: the limit counts address space, which each of them reserves.
# The proxy leads nowhere: whatever still looks for the network finds none.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "RAYON_NUM_THREADS": "1",
    "HOME": "/nonexistent",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
}


class Stopped(Exception):
    """The child gave no answer: it took too long, needed too much memory, or fell."""


class _Child:
    """One process; serves one caller at a time."""

    def __init__(self, trade: Path, memory: int, seconds: int) -> None:
        self.seconds = seconds
        self.jobs = 0
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(ROOM / "child.py"), str(trade), str(memory), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,  # Ctrl-C in the terminal is the parent's to answer
        )
        self._stdin = cast(BinaryIO, self.process.stdin)
        self._stdout = cast(BinaryIO, self.process.stdout)

    def ask(self, words: dict[str, Any], parts: Sequence[bytes]) -> child.Frame:
        """One job; raises Stopped, after which the child is of no use."""
        self.jobs += 1
        watch = Timer(self.seconds, self.process.kill)
        watch.daemon = True
        watch.start()
        try:
            child.send(self._stdin, words, parts)
            answer = child.receive(self._stdout)
        except (OSError, EOFError, ValueError) as error:
            raise Stopped from error
        finally:
            watch.cancel()
        if "kehabisan" in answer[0]:
            raise Stopped
        return answer

    def forget(self) -> None:
        """Let go of a child that belongs to the process we were forked from."""
        self._stdin.close()
        self._stdout.close()
        self.process.returncode = 0

    def close(self) -> None:
        self.process.kill()
        for stream in (self._stdin, self._stdout):
            with suppress(OSError):  # what was still to be written has no reader any more
                stream.close()
        self.process.wait()


@dataclass
class Limited:
    """A trade (module of this room) done in children, of which some are kept for the next job.

    `memory`: bytes of address space; `seconds`: wall time of a job; `kept`: idle children kept (0: a fresh one for
    every job); `jobs`: after so many a child is replaced.
    """

    trade: str
    memory: int
    seconds: int
    kept: int = 0
    jobs: int = 200
    _idle: list[_Child] = field(default_factory=list)
    _owner: int = 0
    _lock: Lock = field(default_factory=Lock)

    def ask(self, words: dict[str, Any], parts: Sequence[bytes] = ()) -> child.Frame:
        """The trade's answer; raises Stopped when the limits end the work."""
        worker = self._take()
        try:
            answer = worker.ask(words, parts)
        except BaseException:
            worker.close()
            raise
        self._give_back(worker)
        return answer

    def close(self) -> None:
        """End the idle children; the next job starts a new one."""
        with self._lock:
            idle, self._idle = self._idle, []
        for one in idle if self._owner == os.getpid() else ():
            one.close()

    def _take(self) -> _Child:
        with self._lock:
            if self._owner != os.getpid():  # after a fork the children are the parent's
                for one in self._idle:
                    one.forget()
                self._owner, self._idle = os.getpid(), []
            worker = self._idle.pop() if self._idle else None
        if worker is not None and worker.process.poll() is None:
            return worker
        if worker is not None:
            worker.close()
        return _Child(ROOM / f"{self.trade}.py", self.memory, self.seconds)

    def _give_back(self, worker: _Child) -> None:
        with self._lock:
            if len(self._idle) < self.kept and worker.jobs < self.jobs:
                self._idle.append(worker)
                return
        worker.close()
