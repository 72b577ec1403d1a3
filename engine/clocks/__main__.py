"""`python -m engine.clocks answer < cases.jsonl > answers.jsonl`: no database, no network."""

from __future__ import annotations

import sys

from engine.clocks.cases_format import answered

USAGE = "pemakaian: python -m engine.clocks answer < kasus.jsonl > jawaban.jsonl"


def main(arguments: list[str]) -> int:
    """Answer the cases on standard input; exit status 2 for a wrong call."""
    if arguments != ["answer"]:
        print(USAGE, file=sys.stderr)
        return 2
    for line in answered(sys.stdin.buffer):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
