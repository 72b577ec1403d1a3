"""Running a whole operation again after a fault that a repeat may cure.

Harmless because Interrupted says that nothing was done: the store asks the
database about a commit whose answer was lost.  A client that was itself cut
off repeats under the page's idempotency key (reliability 1).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.store.transactions import Interrupted
from app.store.transactions import Unavailable as Unavailable

P = ParamSpec("P")
R = TypeVar("R")

MOST_TRIES = 6
FIRST_PAUSE = 0.02
LONGEST_PAUSE = 2.0
LONGEST_IN_ALL = 8.0


def retried(operation: Callable[P, R]) -> Callable[P, R]:
    """Try up to six times, 20 ms doubling to 2 s with jitter, at most 8 s; then Unavailable (503)."""

    @wraps(operation)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        began = time.monotonic()
        for attempt in range(MOST_TRIES):
            try:
                return operation(*args, **kwargs)
            except Interrupted as fault:
                if attempt == MOST_TRIES - 1 or time.monotonic() - began > LONGEST_IN_ALL:
                    raise Unavailable(str(Unavailable.__doc__)) from fault
                time.sleep(min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt) * random.uniform(0.5, 1.5))
        raise AssertionError("unreachable")

    return run
