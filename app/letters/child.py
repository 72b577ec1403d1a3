"""The inside of a limited child process: answers jobs from standard input until it is closed.

Run by its path, outside the application, so that it loads nothing but one trade (a module with
`work(words, parts) -> (words, parts)`): `python -I child.py TRADE MEMORY SECONDS`. A job and an answer are each one
frame: words (plain JSON) and parts (bytes).
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import resource
import struct
import sys
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

Frame = tuple[dict[str, Any], list[bytes]]
LARGEST_FILE = 64 * 1024**2
OPEN_FILES = 64
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, words: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
    """Write one frame."""
    head = json.dumps([words, [len(one) for one in parts]]).encode()
    stream.write(LENGTH.pack(len(head)) + head)
    for one in parts:
        stream.write(one)
    stream.flush()


def receive(stream: BinaryIO) -> Frame:
    """Read one frame; raises EOFError when the other side is gone."""
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    words, lengths = json.loads(_exactly(stream, length))
    return words, [_exactly(stream, one) for one in lengths]


def _exactly(stream: BinaryIO, length: int) -> bytes:
    found = stream.read(length)
    if len(found) != length:
        raise EOFError
    return found


def _confine(memory: int) -> None:
    """Bytes of address space, no core files, few open files, and no network where the system lets us give it up."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    # Root would lose its right to others' files in a user namespace, and needs none to leave the network.
    ctypes.CDLL(None).unshare(NEW_NETWORK if os.geteuid() == 0 else NEW_USER | NEW_NETWORK)


def _grant(seconds: int) -> None:
    """So much processor time for the next job, should the parent be gone and nobody watch the clock."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hardest))


def _trade(path: str) -> Callable[[dict[str, Any], list[bytes]], Frame]:
    spec = importlib.util.spec_from_file_location("trade", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    work: Callable[[dict[str, Any], list[bytes]], Frame] = module.work
    return work


def main(trade: str, memory: int, seconds: int) -> None:
    # What a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    work = _trade(trade)
    _confine(memory)
    while True:
        try:
            words, parts = receive(sys.stdin.buffer)
        except EOFError:
            return
        _grant(seconds)
        try:
            send(answers, *work(words, parts))
        except MemoryError:
            send(answers, {"kehabisan": "memori"})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
