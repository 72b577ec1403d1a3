"""From which address the office is asked right now: what is written meanwhile is kept with it.

Beside an event, never in it: an address is a personal value, and the chain is handed out.
"""

from __future__ import annotations

from contextvars import ContextVar

_ADDRESS: ContextVar[str] = ContextVar("address", default="")


def came_from(address: str) -> None:
    """From now on in this thread; "" when nobody asks, as in the worker."""
    _ADDRESS.set(address)


def address() -> str:
    return _ADDRESS.get()
