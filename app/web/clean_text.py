"""What every page reads is free of characters that no person types and no database keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items

# NUL and its like are refused by PostgreSQL; tabs and line ends are what a person types.
CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


class CleanValues(ImmutableMultiDict[str, Any]):
    """Values of an address or a form without control characters, in names and in texts."""

    def __init__(self, mapping: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        super().__init__([(_clean(name), _clean(value)) for name, value in iter_multi_items(mapping or ())])


def _clean(value: Any) -> Any:
    return value.translate(CONTROLS) if isinstance(value, str) else value


class CleanRequest(Request):
    parameter_storage_class = CleanValues


def register(app: Flask) -> None:
    app.request_class = CleanRequest
