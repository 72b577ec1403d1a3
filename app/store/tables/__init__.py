"""Every table of the office, as SQLAlchemy Core: rows never leave the store as objects."""

from app.store.tables import (
    audits,
    calendar,
    calendar_changes,
    cases,
    clock_law,
    declaration_states,
    disturbances,
    documents,
    interventions,
    office,
    payments,
    people,
    recounts,
    reports,
    saved_views,
    watches,
)

__all__ = [
    "audits",
    "calendar",
    "calendar_changes",
    "cases",
    "clock_law",
    "declaration_states",
    "disturbances",
    "documents",
    "interventions",
    "office",
    "payments",
    "people",
    "recounts",
    "reports",
    "saved_views",
    "watches",
]
