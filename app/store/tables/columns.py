"""Columns that many tables share, spelled once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Text, Uuid, func


def key() -> Column[Any]:
    """UUIDv7 made in Python (ruling 20)."""
    return Column("id", Uuid, primary_key=True)


def ref(name: str, target: str, **more: Any) -> Column[Any]:
    more.setdefault("nullable", False)
    return Column(name, Uuid, ForeignKey(target), **more)


def instant(name: str, **more: Any) -> Column[Any]:
    """timestamptz: stored UTC, shown WIB."""
    more.setdefault("nullable", False)
    return Column(name, DateTime(timezone=True), **more)


def text(name: str, **more: Any) -> Column[Any]:
    more.setdefault("nullable", False)
    return Column(name, Text, **more)


def written(name: str = "inserted_at") -> Column[Any]:
    """When the database wrote the row: outside law and hash (ruling 1)."""
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp())
