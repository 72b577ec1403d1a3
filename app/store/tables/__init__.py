"""Every table of the office, as SQLAlchemy Core: rows never leave the store as objects."""

from app.store.tables import calendar, cases, documents, interventions, office, people

__all__ = ["calendar", "cases", "documents", "interventions", "office", "people"]
