"""Files of a release changed in one place each, so that what they look like stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Changed = dict[str, bytes | None]  # path -> its new content; None: the file is no longer of the release


def replaced(
    files: Mapping[str, bytes], pattern: str, by: str | Callable[[re.Match[str]], str], suffixes: tuple[str, ...]
) -> Changed:
    """Files of these endings in which a pattern stands, with every place of it replaced."""
    found: Changed = {}
    for path, content in files.items():
        if path.endswith(suffixes):
            text = re.sub(pattern, by, content.decode()).encode()
            found |= {path: text} if text != content else {}
    return found


def told(path: str, files: Mapping[str, bytes], change: Callable[[Any], Any]) -> Changed:
    """A JSON file as `change` makes it; nothing where that is what it was, or there is no such file."""
    if path not in files:
        return {}
    text = as_json(change(json.loads(files[path])))
    return {path: text} if json.loads(text) != json.loads(files[path]) else {}


def as_json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def kept(found: Changed) -> dict[str, bytes]:
    """Those that are still of the release."""
    return {path: text for path, text in found.items() if text is not None}
