"""Values to text and back, for columns whose text is exactly what was meant."""

from __future__ import annotations

import json
from typing import Any


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def parse(text: str | None) -> Any:
    return None if text is None else json.loads(text)
