"""Commands of the office: check, deploy, work, database, demo, verify-ledger, create-admin."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Put every command under `flask --app app`."""
