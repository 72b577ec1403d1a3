"""Values to text and back, for columns whose text is exactly what was meant."""

from __future__ import annotations

import json
from typing import Any

# Made once: json.dumps would make one for every value.
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def dump(value: Any) -> str:
    return _dump(value)


def parse(text: str | None) -> Any:
    return None if text is None else json.loads(text)
