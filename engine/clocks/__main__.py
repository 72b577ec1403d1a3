"""`python -m engine.clocks answer < cases.jsonl > answers.jsonl`, `… verify FILE…`: no database, no network."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.clocks.cases_format import answered
from engine.clocks.located import CaseFault
from engine.clocks.proof import differences, told

USAGE = """pemakaian: python -m engine.clocks answer < kasus.jsonl > jawaban.jsonl
           python -m engine.clocks verify bukti.json …"""


def main(arguments: list[str]) -> int:
    """Answer the cases on standard input, or check proofs; exit status 2 for a wrong call."""
    if arguments[:1] == ["verify"] and arguments[1:]:
        return max(_verified(Path(one)) for one in arguments[1:])
    if arguments != ["answer"]:
        print(USAGE, file=sys.stderr)
        return 2
    for line in answered(sys.stdin.buffer):
        print(line, flush=True)
    return 0


def _verified(path: Path) -> int:
    """Say of one document whether it follows from its facts: 0 it does, 1 it does not, 2 it cannot be read."""
    try:
        text = path.read_bytes()
        found = differences(text)
    except (OSError, CaseFault) as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 2
    for one in found:
        print(f"{path}: {one}")
    if not found:
        print(f"{path}: cocok. {told(text)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
