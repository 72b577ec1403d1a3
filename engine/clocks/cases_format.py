"""Clock cases answered line by line, through the same functions that the pages use.

One JSON object a line in, one a line out, in the same order.  A line that
cannot be answered gets `{"id": ..., "error": ...}`; the others are not touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction

from engine.clocks.cases_input import Case, Question, case
from engine.clocks.reading import Reading, read
from engine.clocks.rungs import sweep


def answered(lines: Iterable[bytes]) -> Iterator[str]:
    """The answer to each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(answer(line, number))


def answer(line: bytes, number: int = 1) -> dict[str, object]:
    """The answer to one line, or its error with the line's number and the place of the fault."""
    document: object = None
    try:
        document = json.loads(line.decode("utf-8-sig"))
        return {"id": _id(document), **_answers(case(document))}
    except RecursionError:
        return {"id": _id(document), "error": f"baris {number}: bersarang terlalu dalam"}
    except (ValueError, OverflowError) as reason:
        return {"id": _id(document), "error": f"baris {number}: {reason}"}


def _id(document: object) -> object:
    return document.get("id") if isinstance(document, dict) else None


def _answers(asked: Case) -> dict[str, object]:
    answers: dict[str, object] = {"answers": [reading_answer(asked, question) for question in asked.questions]}
    return answers if asked.sweeps is None else answers | {"sweep_log": _sweep_log(asked)}


def _sweep_log(asked: Case) -> list[dict[str, object]]:
    """The sweeps played in order, each knowing what those before it put on record."""
    fired: dict[int, datetime | None] = {}
    log: list[dict[str, object]] = []
    for written, at in asked.sweeps or ():
        for firing in sweep(asked.clock, asked.world, at, fired):
            fired[firing.rung] = at if firing.what == "NO_LONGER" else None
            log.append({"at": written, "rung": firing.rung, "what": firing.what, "notify": firing.notify})
    return log


def reading_answer(asked: Case, question: Question) -> dict[str, object]:
    """The answer to one question: the reading with exact fractions as text."""
    reading = read(asked.clock, asked.world, question.at, question.known_at)
    return {
        "at": question.written[0],
        "known_at": question.written[1],
        "state": reading.state,
        "accruing": reading.accruing,
        "paused_by": list(reading.paused_by),
        "elapsed_hk": str(reading.elapsed_hk),
        "elapsed_minutes": str(reading.elapsed_minutes),
        "remaining": str(reading.remaining),
        **_promise(reading),
        "split": _amounts(reading.split, ("office", "applicant", "kahar", "closed", "gross")),
        "split_hk": _amounts(reading.split_hk, ("office", "applicant", "kahar")),
        "paused_minutes_by_cause": {cause: str(m) for cause, m in reading.paused_minutes_by_cause.items()},
    }


def _promise(reading: Reading) -> dict[str, object]:
    return {
        "accrual_at": _written(reading.accrual_at),
        "promised_at": _written(reading.promised_at),
        "no_promise_because": reading.no_promise_because,
        "rolled_by": list(reading.rolled_by),
        "late": reading.late,
        "rungs": {str(rung): _written(at) for rung, at in reading.rungs.items()},
    }


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _amounts(split: object, names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(Fraction(getattr(split, name))) for name in names}
